import type { DecompositionPlan, Proposal, Settlement } from '#engine/decompose/types.ts';
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
