import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mustHave, problems } from '#test/index-selection/arbitrary.ts';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../../budget.ts';
import { askingBySize, boundBySizes, bySize } from './bound.ts';
import { selectByAsking } from './explore.ts';
import { Graph } from './oracle.ts';
import type { SelectionProblem } from './problem.ts';
import { selectIndexes } from './select.ts';

/** What a planner would say of a set. */
function costOf(problem: SelectionProblem, query: string, set: readonly string[]) {
  const keys = problem.indexes.flatMap(({ id, standing }) => (standing === 'key' ? [id] : []));
  const there = new Set([...set, ...keys]);
  const plans = (problem.costs.get(query) ?? []).filter((plan) => plan.indexes.every((index) => there.has(index)));
  const best = plans.reduce((a, b) => (b.cost < a.cost ? b : a));
  return { cost: best.cost, used: best.indexes.filter((one) => !keys.includes(one)) };
}

/** The bound from sizes alone, and the one from the cost with every index. */
async function bounds(problem: SelectionProblem) {
  const movable = problem.indexes.filter(({ standing }) => standing !== 'key').map(({ id }) => id);
  const graphs = problem.queries.map(({ id, calls }) => new Graph(id, calls, movable));
  const stays = new Set([...mustHave(problem)].filter((id) => movable.includes(id)));
  const learn = (graph: Graph, set: readonly string[]) => {
    const { cost, used } = costOf(problem, graph.query, set);
    graph.learn(set, cost, used);
  };
  for (const graph of graphs) for (const set of [[], movable, movable.filter((id) => stays.has(id))]) learn(graph, set);
  for (const graph of graphs) {
    graph.begin();
    graph.open(movable);
  }
  const classed = bySize(problem, graphs, stays);
  for (const { graph, indexes } of askingBySize(classed)) learn(graph, indexes);
  const floor = graphs.reduce((sum, { calls, floor: least }) => sum + calls * least, 0);
  return { bound: await boundBySizes(problem, classed, stays, UNLIMITED), floor };
}

describe('what is proved where not every set was asked for', () => {
  it('is no more than the best answer costs', async () => {
    let higher = 0;
    await fc.assert(
      fc.asyncProperty(problems(8), async (problem) => {
        const best = selectIndexes(problem, UNLIMITED);
        fc.pre(best.ok);
        if (!best.ok) return;
        const { bound, floor } = await bounds(problem);
        expect(bound).toBeLessThanOrEqual(best.value.value.total + 1e-6 * Math.max(1, best.value.value.total));
        if (bound > floor * 1.001 + 1e-6) higher++;
      }),
      runs(651, 200),
    );
    // It would hold as well if it said nothing.
    expect(higher).toBeGreaterThan(20);
  });

  it('knows that there is no room for what would gain most', async () => {
    const index = (id: string, bytes: number) => ({ id, bytes, writeCost: 0, standing: 'candidate' as const });
    const ways = (small: string, large: string) => [
      { indexes: [], cost: 100 },
      { indexes: [small], cost: 90 },
      { indexes: [large], cost: 1 },
    ];
    const problem: SelectionProblem = {
      indexes: [index('a', 10), index('A', 1000), index('b', 10), index('B', 60)],
      queries: [
        { id: 'one', calls: 1 },
        { id: 'two', calls: 1 },
      ],
      costs: new Map([
        ['one', ways('a', 'A')],
        ['two', ways('b', 'B')],
      ]),
      budget: 100,
    };
    const { bound, floor } = await bounds(problem);
    expect(floor).toBe(2);
    // The best: 90 with `a`, 1 with `B`. Of all that any index could do for either, that is proved.
    expect(bound).toBeGreaterThan(70);
    expect(bound).toBeLessThanOrEqual(91);
  });

  it('is said: by how much another set could be better', async () => {
    const problem: SelectionProblem = {
      indexes: Array.from({ length: 12 }, (_, at) => ({ id: `i${at}`, bytes: 10 + at, writeCost: 0, standing: 'candidate' })),
      queries: [{ id: 'q', calls: 1 }],
      costs: new Map([
        [
          'q',
          [
            { indexes: [], cost: 1000 },
            ...Array.from({ length: 11 }, (_, at) => ({ indexes: [`i${at}`, `i${at + 1}`], cost: 900 - at })),
          ],
        ],
      ]),
      budget: 25,
    };
    const found = await selectByAsking(problem, (asked) => asked.map((one) => costOf(problem, one.query, one.indexes)), UNLIMITED, {
      answers: 6,
    });
    if (!found.ok) throw new Error(found.problem.message);
    const { value, complete, reason = '' } = found.value;
    const [, share = ''] = /no set costs less by more than ([\d.]+) %/.exec(reason) ?? [];
    expect(complete).toBe(false);
    expect(Number(share)).toBeCloseTo(100 * (1 - value.bound / value.total), 1);
    expect(value.bound).toBeLessThanOrEqual(900);
  });
});
