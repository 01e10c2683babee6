import { useId } from 'react';
import { askRefactoring } from '#features/refactor/index.ts';
import type { Table } from '#model/types.ts';
import { endDecomposition } from '#state/decomposition.ts';
import { select } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { KeepCard } from './KeepCard.tsx';
import { GroupName, PlanCard, RefusedCard } from './PlanCard.tsx';
import type { Work } from './use-work.ts';
import { OPTIONS, sameTables } from './words.ts';

/** Why no plan can be made at all, and what to do about it. */
function Refusal({ table, code, message }: { readonly table: Table; readonly code: string; readonly message: string }) {
  return (
    <div role="alert" className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg bg-warn-soft px-4 py-3">
      <p className="min-w-52 flex-1 text-warn">{message}</p>
      {code === 'no-key' ? (
        <Button
          icon="KeyRound"
          onClick={() => {
            endDecomposition();
            select([{ record: table.id }]);
            askRefactoring('surrogate');
          }}
        >
          Add a surrogate key …
        </Button>
      ) : null}
    </div>
  );
}

interface PlansProps {
  readonly table: Table;
  readonly work: Work;
  /** One below the other, only the chosen one in full: for where there is little room. */
  readonly stacked?: boolean;
}

/** The options: each plan with what it guarantees and its tables, and to leave the table as it is. */
export function Plans({ table, work, stacked = false }: PlansProps) {
  const { plans, option, setOption, refused } = work;
  const group = useId();
  const cards = plans.map(({ kind, chosen, problem }, at) => {
    if (chosen === undefined)
      return <RefusedCard key={kind} option={kind} current={option} reason={problem?.message ?? ''} onChoose={setOption} />;
    const twin = plans
      .slice(0, at)
      .find((one) => one.chosen !== undefined && sameTables(one.chosen.plan.proposal, chosen.plan.proposal));
    const same = twin === undefined ? undefined : OPTIONS[twin.kind].title;
    return <PlanCard key={kind} chosen={chosen} current={option} onChoose={setOption} same={same} brief={stacked} />;
  });
  return (
    <GroupName value={group}>
      {refused === undefined ? null : <Refusal table={table} code={refused.code} message={refused.message} />}
      <div
        role="radiogroup"
        aria-label="Decompositions"
        className={
          stacked ? 'flex flex-col gap-2' : 'grid min-h-full auto-cols-[minmax(214px,1fr)] grid-flow-col items-start gap-3'
        }
      >
        {refused === undefined ? cards : null}
        <KeepCard table={table} open={work.open} draft={work.draft} onDraft={work.setDraft} current={option} onChoose={setOption} />
      </div>
    </GroupName>
  );
}
