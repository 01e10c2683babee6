import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteForce, isAdmissible, problems } from '#test/index-selection/arbitrary.ts';
import { totalOf } from '#test/index-selection/baselines.ts';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../../budget.ts';
import { atOnce } from '../../steps.ts';
import { grow } from './grow.ts';
import { Incumbent } from './improve.ts';
import { instanceOf } from './instance.ts';
import type { Combination, SelectionProblem } from './problem.ts';
import { type SelectOptions, selectIndexes } from './select.ts';

const index = (id: string, bytes: number) => ({ id, bytes, writeCost: 0, standing: 'candidate' as const });

/** What a growth alone comes to. */
function grown(problem: SelectionProblem) {
  const instance = instanceOf(problem);
  const incumbent = new Incumbent(instance, () => false);
  atOnce(grow(incumbent));
  return { indexes: incumbent.items.map((at) => instance.ids[at]), total: incumbent.total };
}

function select(problem: SelectionProblem, options: SelectOptions) {
  const selected = selectIndexes(problem, UNLIMITED, options);
  if (!selected.ok) throw new Error(selected.problem.message);
  return selected.value.value;
}

/** A small index gains most per byte; a larger variant of it does its work and more, and there is no room for both. */
const WIDER: SelectionProblem = {
  indexes: [index('order', 40), index('order, price', 90), index('date', 45)],
  queries: [
    { id: 'by order', calls: 1 },
    { id: 'sums', calls: 1 },
    { id: 'by date', calls: 1 },
  ],
  costs: new Map<string, Combination[]>([
    [
      'by order',
      [
        { indexes: [], cost: 200 },
        { indexes: ['order'], cost: 100 },
        { indexes: ['order, price'], cost: 100 },
      ],
    ],
    [
      'sums',
      [
        { indexes: [], cost: 200 },
        { indexes: ['order, price'], cost: 110 },
      ],
    ],
    [
      'by date',
      [
        { indexes: [], cost: 100 },
        { indexes: ['date'], cost: 80 },
      ],
    ],
  ]),
  leads: new Map([
    ['order', 'order'],
    ['order, price', 'order'],
    ['date', 'date'],
  ]),
  budget: 100,
};

describe('growth', () => {
  it('puts an index in the place of a smaller variant', () => {
    expect(grown(WIDER)).toEqual({ indexes: ['order, price'], total: 310 });
    // Best gain per byte alone keeps the small one, and fills what is left.
    const { leads: _, ...alone } = WIDER;
    expect(select(alone, { nodes: 0 }).total).toBe(380);
    expect(select(WIDER, { nodes: 0 }).total).toBe(310);
    expect(bruteForce(WIDER)).toBe(310);
  });

  it('takes an index beside its variant where there is room for both and both are worth it', () => {
    const costs = new Map(WIDER.costs).set('by order', [
      { indexes: [], cost: 200 },
      { indexes: ['order'], cost: 50 },
      { indexes: ['order, price'], cost: 100 },
    ]);
    const problem = { ...WIDER, costs, budget: 1000 };
    expect(grown(problem).total).toBe(bruteForce(problem));
  });

  it('is admissible whatever the problem, never better than the best, and the start of no worse an answer', () => {
    fc.assert(
      fc.property(problems(8), fc.array(fc.nat({ max: 3 }), { minLength: 8, maxLength: 8 }), (given, groups) => {
        const best = bruteForce(given);
        fc.pre(best !== undefined);
        const leads = new Map(given.indexes.map(({ id }, at) => [id, String(groups[at % groups.length])]));
        const problem = { ...given, leads };
        const { indexes, total } = grown(problem);
        const keys = given.indexes.flatMap(({ id, standing }) => (standing === 'key' ? [id] : []));
        const set = new Set(indexes as string[]);
        expect(isAdmissible(problem, set)).toBe(true);
        expect(Math.abs(totalOf(problem, new Set([...set, ...keys])) - total)).toBeLessThan(1e-6 * Math.max(1, total));
        expect(total).toBeGreaterThanOrEqual((best as number) - 1e-6);
        expect(select(problem, { nodes: 0 }).total).toBeLessThanOrEqual(total + 1e-6);
        expect(select(problem, {}).total).toBeCloseTo(best as number, 5);
      }),
      runs(641, 150),
    );
  });

  it('an answer from before is a start: the next one is no worse', () => {
    const { leads: _, ...alone } = WIDER;
    expect(select(alone, { nodes: 0, start: ['order, price'] })).toMatchObject({ indexes: ['order, price'], total: 310 });
    // One that does not fit any more is none.
    expect(select({ ...alone, budget: 50 }, { nodes: 0, start: ['order, price'] })).toMatchObject({ indexes: ['order'] });
  });
});
