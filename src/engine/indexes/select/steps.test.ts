import { afterEach, describe, expect, it, vi } from 'vitest';
import { synthetic } from '#test/index-selection/synthetic.ts';
import { type Budget, UNLIMITED } from '../../budget.ts';
import { atOnce, inSteps } from '../../steps.ts';
import { Chosen } from './chosen.ts';
import { selectByAsking } from './explore.ts';
import type { CostOracle } from './oracle.ts';
import type { SelectionProblem } from './problem.ts';
import { selectIndexes, selecting } from './select.ts';

const problem = synthetic({ seed: 9, tables: 6, indexesPerTable: 8, queries: 25, joins: 3, budget: 0.25, writes: 0.2 });

/** Indexes that come or go one at a time, counted: nearly all of the work. */
function counted() {
  const changes = { count: 0 };
  for (const name of ['add', 'remove'] as const) {
    const real = Chosen.prototype[name];
    vi.spyOn(Chosen.prototype, name).mockImplementation(function (this: Chosen, index: number) {
      changes.count++;
      real.call(this, index);
    });
  }
  return changes;
}

afterEach(() => vi.restoreAllMocks());

/** Runs the selection and stops it after so many steps. @returns steps in all, those after the stop, and the work in them. */
function stoppedAfter(most: number) {
  const changes = counted();
  let steps = 0;
  let largest = 0;
  let after = 0;
  const all = selecting(problem, { shouldStop: () => steps >= most });
  for (let before = 0; ; before = changes.count) {
    const next = all.next();
    largest = Math.max(largest, changes.count - before);
    if (next.done !== true) {
      steps++;
      continue;
    }
    if (!next.value.ok) throw new Error(next.value.problem.message);
    after = Math.max(0, steps - most);
    vi.restoreAllMocks();
    return { steps, after, largest, selected: next.value.value };
  }
}

describe('a selection in steps', () => {
  const whole = stoppedAfter(Number.POSITIVE_INFINITY);

  it('is the same as all at once', async () => {
    const once = selectIndexes(problem, UNLIMITED);
    expect(once.ok && once.value).toEqual(whole.selected);
    expect(atOnce(selecting(problem, UNLIMITED))).toEqual(once);
    let breaths = 0;
    const breathe = async () => void breaths++;
    expect(await inSteps(selecting(problem, UNLIMITED), { ...UNLIMITED, breathe })).toEqual(once);
    expect(breaths).toBe(whole.steps);
  });

  it('has many small steps', () => {
    expect(whole.steps).toBeGreaterThan(1000);
    // A change touches a few queries, a microsecond or so each.
    expect(whole.largest).toBeLessThan(5000);
  });

  it.each([0, 0.02, 0.2, 0.6, 0.95])('ends within few steps of a stop, wherever it comes (%d of the way)', (share) => {
    const { after, largest, selected } = stoppedAfter(Math.floor(share * whole.steps));
    // What is left: to fill with single indexes once, and of the answer its growth and what each index in it is worth.
    expect(after).toBeLessThanOrEqual(4 * selected.value.indexes.length + 20);
    expect(largest).toBeLessThan(5000);
    expect(selected.value.total).toBeLessThan(selected.value.totalWithNone);
    expect(selected.value.bound).toBeLessThanOrEqual(whole.selected.value.total * (1 + 1e-9));
    expect(selected.value.indexes).toEqual(selected.value.worth.map(({ index }) => index));
  });
});

/** A planner that takes the cheapest plan, and counts what it is asked. */
function planner({ costs }: SelectionProblem) {
  const asked = { count: 0 };
  const oracle: CostOracle = (requests) =>
    requests.map(({ query, indexes }) => {
      asked.count++;
      const plans = (costs.get(query) ?? []).filter((plan) => plan.indexes.every((index) => indexes.includes(index)));
      const best = plans.reduce((a, b) => (b.cost < a.cost ? b : a));
      return { cost: best.cost, used: best.indexes };
    });
  return { oracle, asked };
}

describe('a stop that comes as a message', () => {
  /** The stop is heard in a breath only, as in a worker. It comes so many breaths after the first choice has begun. */
  async function stoppedWhileChoosing(later: number) {
    const { oracle, asked } = planner(problem);
    let breaths = 0;
    const budget: Budget = { shouldStop: () => breaths >= later, breathe: async () => void breaths++ };
    const found = await selectByAsking(problem, oracle, budget);
    if (!found.ok) throw new Error(found.problem.message);
    return { ...found.value, breaths, asked: asked.count };
  }

  it('is heard between two steps of choosing', async () => {
    const whole = await stoppedWhileChoosing(Number.POSITIVE_INFINITY);
    expect(whole.complete).toBe(true);
    for (const later of [1, Math.floor(whole.breaths / 2)]) {
      const { breaths, complete, value } = await stoppedWhileChoosing(later);
      expect(breaths - later).toBeLessThanOrEqual(4 * value.indexes.length + 20);
      if (later === 1) expect(complete).toBe(false);
      expect(value.total).toBeLessThan(value.totalWithNone);
      expect(value.bound).toBeLessThanOrEqual(whole.value.total * (1 + 1e-9));
    }
  });
});
