import type { Verdict } from '#engine/normalize/verdict.ts';
import { formText, isBroken } from '#engine/normalize/verdict-text.ts';
import { Pill } from '#ui/Pill.tsx';
import { verdictWords } from '../logic/proof-words.ts';

/** The badge of a table: its highest normal form, dashed when it holds by assumption only. */
export function NormalFormPill({ verdict }: { readonly verdict: Verdict }) {
  const tone = verdict.byAssumption || (!verdict.complete && !isBroken(verdict)) ? 'assume' : isBroken(verdict) ? 'warn' : 'ok';
  return (
    <Pill tone={tone} title={verdictWords(verdict)}>
      {formText(verdict)}
    </Pill>
  );
}
