import type { TableFacts } from '#engine/decompose/comparison-types.ts';
import { Pill } from '#ui/Pill.tsx';

const GOOD = new Set(['BCNF', '3NF', 'EKNF']);

/** The normal form of a table of a plan. @param fourth whether 4NF is worth saying: there are multivalued dependencies. */
export function NormalFormMark({ facts, fourth }: { readonly facts: TableFacts; readonly fourth: boolean }) {
  const form = fourth && facts.fourth === true ? '4NF' : facts.form;
  const open = facts.complete ? '' : ` or higher: ${facts.reason ?? 'undecided'}`;
  return (
    <Pill tone={form === '4NF' || GOOD.has(form) ? 'ok' : 'warn'} title={`In ${form}${open}`}>
      {form}
      {facts.complete ? '' : '+'}
    </Pill>
  );
}
