import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAdmissible, mustHave, problems } from '#test/index-selection/arbitrary.ts';
import { totalOf } from '#test/index-selection/baselines.ts';
import { synthetic } from '#test/index-selection/synthetic.ts';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../../budget.ts';
import { type ExploreOptions, selectByAsking } from './explore.ts';
import type { CostOracle, CostRequest } from './oracle.ts';
import type { SelectionProblem } from './problem.ts';
import { selectIndexes } from './select.ts';

/** A planner: it takes the cheapest of the plans that the indexes allow. Counts what it is asked. */
function planner(problem: SelectionProblem, says: boolean) {
  const keys = problem.indexes.flatMap(({ id, standing }) => (standing === 'key' ? [id] : []));
  const asked: CostRequest[] = [];
  const oracle: CostOracle = (requests) => {
    asked.push(...requests);
    return requests.map(({ query, indexes }) => {
      const there = new Set([...indexes, ...keys]);
      const plans = (problem.costs.get(query) ?? []).filter((plan) => plan.indexes.every((index) => there.has(index)));
      const best = plans.reduce((a, b) => (b.cost < a.cost ? b : a));
      return { cost: best.cost, ...(says ? { used: best.indexes.filter((index) => !keys.includes(index)) } : {}) };
    });
  };
  return { oracle, asked };
}

async function explored(problem: SelectionProblem, oracle: CostOracle, options: ExploreOptions = {}) {
  const answer = await selectByAsking(problem, oracle, UNLIMITED, options);
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value;
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a), Math.abs(b));

describe('choosing by asking a planner', () => {
  it.each([true, false])('is as good as knowing every cost (it says what it used: %s)', async (says) => {
    await fc.assert(
      fc.asyncProperty(problems(7), async (problem) => {
        const known = selectIndexes(problem, UNLIMITED);
        const { oracle } = planner(problem, says);
        const answer = await selectByAsking(problem, oracle, UNLIMITED);
        expect(answer.ok).toBe(known.ok);
        if (!known.ok || !answer.ok) return;
        expect(answer.value.complete).toBe(true);
        expect(near(answer.value.value.total, known.value.value.total)).toBe(true);
      }),
      runs(621, 100),
    );
  });

  it('says the true cost of an admissible set, and a bound that holds, however little it may ask', async () => {
    await fc.assert(
      fc.asyncProperty(problems(7), fc.nat({ max: 30 }), async (problem, answers) => {
        const known = selectIndexes(problem, UNLIMITED);
        fc.pre(known.ok);
        if (!known.ok) return;
        const { oracle, asked } = planner(problem, true);
        const { value, complete, answers: counted } = await explored(problem, oracle, { answers });
        const set = new Set(value.indexes);
        expect(counted).toBe(asked.length);
        expect(isAdmissible(problem, set)).toBe(true);
        // What was not asked for can only be cheaper than thought.
        expect(totalOf(problem, set)).toBeLessThanOrEqual(value.total + 1e-6);
        expect(value.total).toBeLessThanOrEqual(totalOf(problem, mustHave(problem)) + 1e-6);
        expect(value.bound).toBeLessThanOrEqual(known.value.value.total + 1e-6);
        if (complete) expect(near(value.total, known.value.value.total)).toBe(true);
      }),
      runs(622, 150),
    );
  });

  it('asks nothing twice, and less than for every set', async () => {
    const problem = synthetic({ seed: 3, tables: 5, indexesPerTable: 6, queries: 12, joins: 2, budget: 0.3, writes: 0.1 });
    const queries = problem.queries.map((query) => ({
      ...query,
      relevant: [...new Set((problem.costs.get(query.id) ?? []).flatMap(({ indexes }) => indexes))],
    }));
    const { oracle, asked } = planner(problem, true);
    const { value, complete, answers } = await explored({ ...problem, queries }, oracle);
    expect(complete).toBe(true);
    const keys = asked.map(({ query, indexes }) => JSON.stringify([query, [...indexes].sort()]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(answers).toBe(keys.length);
    const plans = [...problem.costs.values()].reduce((sum, list) => sum + list.length, 0);
    expect(answers).toBeLessThanOrEqual(plans * 3);
    const all = selectIndexes(problem, UNLIMITED);
    expect(all.ok && near(all.value.value.total, value.total)).toBe(true);
  });

  it('sends requests in batches, and waits for their answers', async () => {
    const problem = synthetic({ seed: 4, tables: 4, indexesPerTable: 4, queries: 9, joins: 2, budget: 0.5, writes: 0 });
    const { oracle } = planner(problem, true);
    const sizes: number[] = [];
    const later: CostOracle = async (requests) => {
      sizes.push(requests.length);
      await Promise.resolve();
      return oracle(requests);
    };
    await explored(problem, later, { batch: 5 });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5);
    expect(sizes.length).toBeGreaterThan(3);
  });

  it('stops when it is told to, and still chooses from what it knows', async () => {
    const problem = synthetic({ seed: 4, tables: 4, indexesPerTable: 4, queries: 9, joins: 2, budget: 0.5, writes: 0 });
    const { oracle } = planner(problem, true);
    const answer = await selectByAsking(problem, oracle, { shouldStop: () => true });
    expect(answer.ok && answer.value.complete).toBe(false);
    expect(answer.ok && answer.value.reason).toMatch(/not every set of indexes was asked for/);
    expect(answer.ok && answer.value.answers).toBe(18);
  });

  it('refuses a planner that does not answer with costs', async () => {
    const problem = synthetic({ seed: 4, tables: 2, indexesPerTable: 2, queries: 2, joins: 1, budget: 0.5, writes: 0 });
    const answer = await selectByAsking(problem, (requests) => requests.map(() => ({ cost: Number.NaN })), UNLIMITED);
    expect(answer).toMatchObject({ ok: false, problem: { code: 'select-bad-cost' } });
  });
});
