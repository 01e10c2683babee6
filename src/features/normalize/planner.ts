import type { DecompositionPlan, NullPolicy, Proposal, Settlement } from '#engine/decompose/types.ts';
import type { Planner } from '#features/refactor/index.ts';
import { today } from '#state/today.ts';

/** A proposal with what was settled of it. */
export interface Settled {
  readonly proposal: Proposal;
  readonly settled: Settlement;
}

/** What a decomposition would do, for {@link usePlanBy}. */
export const decomposition: Planner<Settled, DecompositionPlan> = async ({ proposal, settled }, document, parser, options) => {
  const { planDecomposition } = await import('#engine/decompose/plan.ts');
  return planDecomposition(document, parser, proposal, settled, { ...options, date: today() });
};

interface Unsettled {
  readonly plan: { readonly proposal: Proposal };
  readonly settled: Settlement;
  readonly problems: Readonly<Record<number, string>>;
}

/** To look at a plan before everything is settled: proposed names for those that cannot be, the first policies; else nothing. */
export function provisionally({ plan: { proposal }, settled, problems }: Unsettled): Settled | undefined {
  const open = proposal.tables.some(({ nullable }, at) => nullable.length > 0 && settled.nulls?.[at] === undefined);
  if (!open && Object.keys(problems).length === 0) return undefined;
  const names: Record<number, string> = {};
  const nulls: Record<number, NullPolicy> = {};
  for (const [at, one] of proposal.tables.entries()) {
    names[at] = (Object.hasOwn(problems, at) ? undefined : settled.names?.[at]) ?? one.name;
    const policy = settled.nulls?.[at] ?? one.policies[0];
    if (one.nullable.length > 0 && policy !== undefined) nulls[at] = policy;
  }
  return { proposal, settled: { ...settled, names, nulls } };
}
