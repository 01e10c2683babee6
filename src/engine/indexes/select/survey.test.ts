import { describe, expect, it } from 'vitest';
import { extend } from '#test/index-selection/baselines.ts';
import { synthetic } from '#test/index-selection/synthetic.ts';
import { UNLIMITED } from '../../budget.ts';
import { type AskedProblem, selectByAsking } from './explore.ts';
import type { CostOracle } from './oracle.ts';
import type { SelectionProblem } from './problem.ts';
import { selectIndexes } from './select.ts';

/** A planner of a problem whose costs are known. */
function oracleOf(problem: SelectionProblem): CostOracle {
  return (requests) =>
    requests.map(({ query, indexes }) => {
      const there = new Set(indexes);
      const plans = (problem.costs.get(query) ?? []).filter((plan) => plan.indexes.every((index) => there.has(index)));
      const best = plans.reduce((a, b) => (b.cost < a.cost ? b : a));
      return { cost: best.cost, used: best.indexes };
    });
}

/** Each index with nine variants of itself: larger ones that do no more, and smaller ones that do less. */
function withVariants(problem: SelectionProblem): { readonly problem: SelectionProblem; readonly asked: AskedProblem } {
  const leads = new Map<string, string>();
  const indexes = problem.indexes.flatMap((index) =>
    Array.from({ length: 10 }, (_, at) => {
      const id = at === 0 ? index.id : `${index.id}_${at}`;
      leads.set(id, index.id);
      return { ...index, id, bytes: index.bytes * (at < 5 ? 1 + at / 10 : 1 - at / 20) };
    }),
  );
  const costs = new Map(
    [...problem.costs].map(([query, plans]) => [
      query,
      plans.flatMap((plan) => [
        plan,
        ...plan.indexes.flatMap((one) =>
          Array.from({ length: 9 }, (_, at) => ({
            indexes: plan.indexes.map((index) => (index === one ? `${index}_${at + 1}` : index)),
            cost: plan.cost * (at < 4 ? 1.0001 : 1.1 + at / 100),
          })),
        ),
      ]),
    ]),
  );
  const known = { ...problem, indexes, costs };
  const queries = problem.queries.map((query) => {
    const names = (costs.get(query.id) ?? []).flatMap((plan) => plan.indexes);
    return { ...query, relevant: [...new Set(names)] };
  });
  return { problem: known, asked: { ...known, queries, leads } };
}

describe('a survey of what is worth asking for', () => {
  it.each([1, 2, 3, 4, 5, 6])('comes near what knowing every cost would choose, with few answers (seed %i)', async (seed) => {
    const small = synthetic({ seed, tables: 4, indexesPerTable: 5, queries: 10, joins: 2, budget: 0.3, writes: 0.1 });
    const { problem, asked } = withVariants(small);
    const best = selectIndexes(problem, UNLIMITED);
    const found = await selectByAsking(asked, oracleOf(problem), UNLIMITED, { answers: 600 });
    if (!best.ok || !found.ok) throw new Error('no selection');
    expect(found.value.answers).toBeLessThanOrEqual(600);
    const { total, bound } = found.value.value;
    expect(bound).toBeLessThanOrEqual(best.value.value.total + 1e-6);
    expect(total).toBeGreaterThanOrEqual(best.value.value.bound - 1e-6);
    expect(total / best.value.value.total).toBeLessThan(1.01);
  });

  it.each([1, 2, 3, 4, 5, 6])('is no worse than Extend, which knows every cost (seed %i)', async (seed) => {
    const small = synthetic({ seed, tables: 4, indexesPerTable: 5, queries: 10, joins: 2, budget: 0.3, writes: 0 });
    const { problem, asked } = withVariants(small);
    const columns = new Map(
      problem.indexes.map(({ id }) => [id, id.split('_').length > 2 ? [asked.leads?.get(id) ?? '', id] : [id]]),
    );
    const found = await selectByAsking(asked, oracleOf(problem), UNLIMITED, { answers: 600 });
    if (!found.ok) throw new Error(found.problem.message);
    expect(found.value.value.total).toBeLessThanOrEqual(extend(problem, columns) * (1 + 1e-9));
  });
});
