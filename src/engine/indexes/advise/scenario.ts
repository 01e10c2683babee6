import { ok, type Result } from '#lib/result.ts';
import type { Plan, PlanNode } from '../../planner/plan.ts';
import type { AskedProblem } from '../select/explore.ts';
import type { Scenario } from './advice.ts';
import type { CostModel } from './cost-model.ts';
import type { AdvisedQuery } from './prepare.ts';

/** Ids of candidates as they stand in plans, with the names that people see. */
export type ShownNames = ReadonlyMap<string, string>;

/** The plan with indexes by the names they would be given. */
export function withIndexNamesShown(plan: Plan, names: ShownNames): Plan {
  const renamed = (node: PlanNode): PlanNode => {
    const name = node.index === undefined ? undefined : names.get(node.index);
    return { ...node, ...(name === undefined ? {} : { index: name }), children: node.children.map(renamed) };
  };
  return { ...plan, root: renamed(plan.root) };
}

/** What keeping a set of indexes up to date costs in an hour, without the write penalty. Of keys only what all pay is left out. */
export function writesOf({ indexes, updates = [] }: Pick<AskedProblem, 'indexes' | 'updates'>, set: ReadonlySet<string>): number {
  const keys = new Set(indexes.flatMap(({ id, standing }) => (standing === 'key' ? [id] : [])));
  const there = (id: string) => set.has(id) || keys.has(id);
  const own = indexes.reduce((sum, { id, writeCost }) => (set.has(id) && !keys.has(id) ? sum + writeCost : sum), 0);
  return updates.reduce((sum, { calls, breaks, entries }) => {
    if (!breaks.some(there)) return sum;
    return sum + calls * entries.reduce((all, { index, cost }) => (there(index) ? all + cost : all), 0);
  }, own);
}

/**
 * What an hour of the workload costs with a set of indexes beside those that hold rules.
 * @param queries those that can be planned; one that cannot with this set ends it with its problem
 */
export async function weighScenario(
  model: Pick<CostModel, 'cost'>,
  queries: readonly AdvisedQuery[],
  problem: Pick<AskedProblem, 'indexes' | 'updates'>,
  chosen: readonly string[],
  names: ShownNames,
): Promise<Result<Scenario>> {
  const movable = new Set(problem.indexes.flatMap(({ id, standing }) => (standing === 'key' ? [] : [id])));
  const indexes = chosen.filter((id) => movable.has(id));
  const set = new Set(indexes);
  const costs = await model.cost(queries, indexes);
  const weighed: Scenario['queries'][number][] = [];
  let reads = 0;
  for (const [at, { id, calls }] of queries.entries()) {
    const cost = costs[at] as (typeof costs)[number];
    if (!cost.ok) return cost;
    reads += calls * cost.value.cost;
    weighed.push({ query: id, cost: cost.value.cost, uses: cost.value.used, plan: withIndexNamesShown(cost.value.plan, names) });
  }
  const bytes = problem.indexes.reduce((sum, one) => (set.has(one.id) ? sum + one.bytes : sum), 0);
  return ok({ indexes, reads, writes: writesOf(problem, set), bytes, queries: weighed });
}
