import type { TableFacts } from '#engine/decompose/comparison-types.ts';
import { Pill } from '#ui/Pill.tsx';

const GOOD = new Set(['BCNF', '3NF', 'EKNF', '4NF']);

/** The normal form of a table of a plan. @param fourth whether 4NF is worth saying: there are multivalued dependencies. */
export function formMark(facts: TableFacts, fourth: boolean) {
  const form = fourth && facts.fourth === true ? '4NF' : facts.form;
  const open = facts.complete ? '' : ` or higher: ${facts.reason ?? 'undecided'}`;
  return {
    text: facts.complete ? form : `${form}+`,
    tone: GOOD.has(form) ? ('ok' as const) : ('warn' as const),
    title: `In ${form}${open}`,
  };
}

export function NormalFormMark({ facts, fourth }: { readonly facts: TableFacts; readonly fourth: boolean }) {
  const { text, tone, title } = formMark(facts, fourth);
  return (
    <Pill tone={tone} title={title}>
      {text}
    </Pill>
  );
}
