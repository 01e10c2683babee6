import type { Plan } from '#engine/planner/plan.ts';
import { planShape } from '#engine/planner/plan.ts';
import { PlanTree } from '#features/querylab/index.ts';
import { shortNumber } from '#lib/amounts.ts';
import { timesLess } from './words.ts';

export interface PlanPairProps {
  readonly before: Plan;
  readonly after: Plan;
  readonly marked?: ReadonlySet<string>;
  readonly beforeLabel?: string;
  readonly afterLabel?: string;
}

function Side({
  label,
  plan,
  marked,
  note,
}: {
  readonly label: string;
  readonly plan: Plan;
  readonly marked?: ReadonlySet<string> | undefined;
  readonly note?: string | undefined;
}) {
  return (
    <div className="min-w-0 rounded-md border border-line px-3 pt-2 pb-1">
      <p className="mb-1 flex items-baseline gap-2 text-xs">
        <span className="font-medium">{label}</span>
        <span className="font-mono tabular-nums">{shortNumber(plan.root.totalCost)}</span>
        {note === undefined ? null : <span className="ml-auto text-ink-2">{note}</span>}
      </p>
      <PlanTree label={`Plan, ${label.toLowerCase()}`} plan={plan} {...(marked === undefined ? {} : { marked })} />
    </div>
  );
}

/** A query's plan with one set of indexes beside that with another. */
export function PlanPair({ before, after, marked, beforeLabel = 'Now', afterLabel = 'Advised' }: PlanPairProps) {
  const same = planShape(before) === planShape(after);
  return (
    <div className="grid grid-cols-2 items-start gap-3 max-[1200px]:grid-cols-1">
      <Side label={beforeLabel} plan={before} marked={marked} />
      <Side
        label={afterLabel}
        plan={after}
        marked={marked}
        note={same ? 'the same way' : timesLess(before.root.totalCost, after.root.totalCost)}
      />
    </div>
  );
}
