import type { Verdict } from '#engine/normalize/verdict.ts';
import { Pill } from '#ui/Pill.tsx';
import { verdictWords } from '../logic/proof-words.ts';

/** The badge of a table: its highest normal form, dashed when it holds by assumption only. */
export function NormalFormPill({ verdict }: { readonly verdict: Verdict }) {
  const tone = verdict.byAssumption ? 'assume' : verdict.violations.some((one) => one.accepted !== true) ? 'warn' : 'ok';
  return (
    <Pill tone={tone} title={verdictWords(verdict)}>
      {verdict.highest}
      {verdict.byAssumption ? ' ?' : ''}
    </Pill>
  );
}
