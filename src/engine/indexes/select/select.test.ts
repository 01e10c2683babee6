import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteForce, isAdmissible, mustHave, problems } from '#test/index-selection/arbitrary.ts';
import { totalOf } from '#test/index-selection/baselines.ts';
import { synthetic } from '#test/index-selection/synthetic.ts';
import { runs } from '#test/runs.ts';
import { type Budget, UNLIMITED } from '../../budget.ts';
import type { SelectionProblem } from './problem.ts';
import { type Selected, type SelectOptions, selectIndexes } from './select.ts';

/** Stops at the n-th question. */
function stopsAt(count: number): Budget {
  let asked = 0;
  return { shouldStop: () => ++asked > count };
}

function select(problem: SelectionProblem, budget = UNLIMITED, options: SelectOptions = {}): Selected {
  const selected = selectIndexes(problem, budget, options);
  if (!selected.ok) throw new Error(selected.problem.message);
  return selected.value;
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a), Math.abs(b));

describe('a selection', () => {
  it('is the best of all sets, and proved to be', () => {
    fc.assert(
      fc.property(problems(9), (problem) => {
        const best = bruteForce(problem);
        const selected = selectIndexes(problem, UNLIMITED);
        expect(selected.ok).toBe(best !== undefined);
        if (best === undefined) return;
        if (!selected.ok) throw new Error(selected.problem.message);
        const { value, complete } = selected.value;
        const set = new Set(value.indexes);
        expect(isAdmissible(problem, set)).toBe(true);
        expect(near(totalOf(problem, set), value.total)).toBe(true);
        expect(complete).toBe(true);
        expect(near(value.total, best)).toBe(true);
        expect(value.bound).toBeLessThanOrEqual(best + 1e-6);
      }),
      runs(611, 400),
    );
  });

  it('is admissible wherever it is stopped, and its bound holds', () => {
    fc.assert(
      fc.property(problems(8), fc.nat({ max: 60 }), fc.nat({ max: 3 }), (problem, count, nodes) => {
        const best = bruteForce(problem);
        fc.pre(best !== undefined);
        const { value, complete, reason } = select(problem, stopsAt(count), { nodes });
        expect(isAdmissible(problem, new Set(value.indexes))).toBe(true);
        expect(value.bound).toBeLessThanOrEqual((best as number) + 1e-6 * Math.max(1, best as number));
        expect(near(totalOf(problem, new Set(value.indexes)), value.total)).toBe(true);
        expect(reason === undefined).toBe(complete);
        if (complete) expect(near(value.total, best as number)).toBe(true);
      }),
      runs(612, 300),
    );
  });
});

const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);

describe('its explanation', () => {
  it('adds up', () => {
    fc.assert(
      fc.property(problems(8), (problem) => {
        const selected = selectIndexes(problem, UNLIMITED);
        fc.pre(selected.ok);
        if (!selected.ok) return;
        const { value } = selected.value;
        const set = new Set(value.indexes);
        expect(near(totalOf(problem, new Set(mustHave(problem))), value.totalWithNone)).toBe(true);
        expect(near(value.totalWithNone - sum(value.steps.map(({ gain }) => gain)), value.total)).toBe(true);
        expect(new Set([...value.steps.flatMap(({ indexes }) => indexes), ...mustHave(problem)])).toEqual(set);
        for (const { index, worth } of value.worth) {
          const dependants = problem.indexes.filter(({ requires = [] }) => requires.includes(index)).map(({ id }) => id);
          if (dependants.some((id) => set.has(id))) continue;
          const without = new Set([...set].filter((id) => id !== index));
          expect(near(totalOf(problem, without) - value.total, worth)).toBe(true);
        }
        for (const { uses } of value.queries) for (const id of uses) expect(set.has(id)).toBe(true);
      }),
      runs(613, 150),
    );
  });

  it('says of every other index why it is not there, and no way round is cheaper', () => {
    fc.assert(
      fc.property(problems(8), (problem) => {
        const selected = selectIndexes(problem, UNLIMITED);
        fc.pre(selected.ok);
        if (!selected.ok) return;
        const { value } = selected.value;
        const others = problem.indexes.filter(({ id, standing }) => standing !== 'key' && !value.indexes.includes(id));
        expect(value.losers.map(({ index }) => index).sort()).toEqual(others.map(({ id }) => id).sort());
        for (const { dearer, instead, why } of value.losers) {
          expect(dearer ?? 0).toBeGreaterThanOrEqual(0);
          if (why === 'superseded') expect(instead).toBeDefined();
          if (why === 'covered') expect(value.indexes).toEqual(expect.arrayContaining([...instead]));
        }
      }),
      runs(614, 150),
    );
  });

  const index = (id: string, bytes: number, writeCost = 0, standing: 'candidate' | 'existing' = 'candidate') =>
    ({ id, bytes, writeCost, standing }) as const;

  it('names the reasons', () => {
    const { value } = select({
      indexes: [
        index('good', 10),
        index('double', 10, 1),
        index('idle', 5, 1, 'existing'),
        index('busy', 10, 50),
        index('large', 100),
        { ...index('short', 1), supersedes: ['good'] },
      ],
      queries: [
        { id: 'a', calls: 10 },
        { id: 'b', calls: 1 },
      ],
      costs: new Map([
        [
          'a',
          [
            { indexes: [], cost: 100 },
            { indexes: ['good'], cost: 1 },
            { indexes: ['double'], cost: 2 },
            { indexes: ['short'], cost: 90 },
          ],
        ],
        [
          'b',
          [
            { indexes: [], cost: 40 },
            { indexes: ['busy'], cost: 10 },
            { indexes: ['large'], cost: 5 },
          ],
        ],
      ]),
      budget: 60,
    });
    expect(value.indexes).toEqual(['good']);
    expect(value.totalNow).toBe(1041);
    const why = Object.fromEntries(value.losers.map((one) => [one.index, one]));
    expect(why['double']).toMatchObject({ why: 'covered', instead: ['good'], dearer: 1 });
    expect(why['idle']).toMatchObject({ why: 'unused', existing: true });
    expect(why['busy']).toMatchObject({ why: 'writes', gain: 30, dearer: 20 });
    expect(why['large']).toMatchObject({ why: 'room', gain: 35 });
    expect(why['large']?.dearer).toBeUndefined();
    expect(why['short']).toMatchObject({ why: 'superseded', instead: ['good'] });
    expect(value.steps).toEqual([
      { indexes: ['good'], bytes: 10, gain: 990, total: 50, changes: [{ query: 'a', from: 1000, to: 10 }] },
    ]);
  });

  it('takes two indexes that only gain together in one step', () => {
    const { value, complete } = select({
      indexes: [index('left', 40), index('right', 40), index('lure', 30)],
      queries: [
        { id: 'join', calls: 1 },
        { id: 'other', calls: 1 },
      ],
      costs: new Map([
        [
          'join',
          [
            { indexes: [], cost: 1000 },
            { indexes: ['left', 'right'], cost: 1 },
          ],
        ],
        [
          'other',
          [
            { indexes: [], cost: 1000 },
            { indexes: ['lure'], cost: 100 },
          ],
        ],
      ]),
      budget: 80,
    });
    expect(complete).toBe(true);
    expect(value.steps.map(({ indexes }) => indexes)).toEqual([['left', 'right']]);
    expect(value.losers).toMatchObject([{ index: 'lure', why: 'room', dearer: 99 }]);
  });
});

describe('what it is told and asked', () => {
  const problem = synthetic({ seed: 5, tables: 6, indexesPerTable: 8, queries: 25, joins: 3, budget: 0.2, writes: 0.2 });

  it('tells progress that only rises, and news that only get better', () => {
    const shares: number[] = [];
    const totals: number[] = [];
    const bounds: number[] = [];
    const told = ({ total, bound }: { total: number; bound: number }) => {
      totals.push(total);
      bounds.push(bound);
    };
    select(problem, { shouldStop: () => false, progress: (done) => void shares.push(done) }, { told });
    expect(shares.at(0)).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect([...totals].sort((a, b) => b - a)).toEqual(totals);
    expect([...bounds].sort((a, b) => a - b)).toEqual(bounds);
  });

  it('gives the same answer again, and the same total for another order', () => {
    const first = select(problem);
    expect(select(problem)).toEqual(first);
    const turned = select({ ...problem, indexes: [...problem.indexes].reverse(), queries: [...problem.queries].reverse() });
    expect(turned.value.total / first.value.total).toBeCloseTo(1, 9);
  });

  it('gives a useful answer when it is stopped early, and says how much better another could be', () => {
    const { value, complete, reason } = select(problem, UNLIMITED, { nodes: 1 });
    const best = select(problem).value.total;
    expect(value.total / best - 1).toBeLessThan(0.05);
    if (!complete) expect(reason).toMatch(/could cost less, but by no more than [\d.e-]+ %/);
    const nothing = select(problem, { shouldStop: () => true });
    expect(nothing.complete).toBe(false);
    expect(nothing.value.total).toBeLessThanOrEqual(nothing.value.totalWithNone);
  });
});

describe('a problem that is not sound', () => {
  const sound: SelectionProblem = {
    indexes: [{ id: 'a', bytes: 1, writeCost: 0, standing: 'candidate' }],
    queries: [{ id: 'q', calls: 1 }],
    costs: new Map([['q', [{ indexes: [], cost: 1 }]]]),
    budget: 1,
  };
  const a = { id: 'a', bytes: 1, writeCost: 0, standing: 'candidate' } as const;

  it.each<[string, Partial<SelectionProblem>]>([
    ['select-duplicate-index', { indexes: [a, a] }],
    [
      'select-duplicate-query',
      {
        queries: [
          { id: 'q', calls: 1 },
          { id: 'q', calls: 2 },
        ],
      },
    ],
    ['select-bad-number', { indexes: [{ ...a, bytes: -1 }] }],
    ['select-bad-number', { indexes: [{ ...a, writeCost: Number.NaN }] }],
    ['select-bad-number', { queries: [{ id: 'q', calls: Number.POSITIVE_INFINITY }] }],
    ['select-bad-number', { budget: Number.NaN }],
    ['select-bad-number', { writePenalty: -1 }],
    ['select-bad-number', { costs: new Map([['q', [{ indexes: [], cost: -5 }]]]) }],
    ['select-bad-number', { updates: [{ id: 'u', calls: -1, breaks: [], entries: [] }] }],
    ['select-unknown-index', { indexes: [{ ...a, requires: ['b'] }] }],
    ['select-unknown-index', { indexes: [{ ...a, supersedes: ['a'] }] }],
    [
      'select-unknown-index',
      {
        costs: new Map([
          [
            'q',
            [
              { indexes: [], cost: 5 },
              { indexes: ['x'], cost: 1 },
            ],
          ],
        ]),
      },
    ],
    ['select-unknown-index', { updates: [{ id: 'u', calls: 1, breaks: ['x'], entries: [] }] }],
    ['select-no-base-cost', { costs: new Map([['q', [{ indexes: ['a'], cost: 5 }]]]) }],
    ['select-no-base-cost', { costs: new Map() }],
    ['select-no-room', { indexes: [{ ...a, bytes: 2, standing: 'kept' }] }],
  ])('is refused: %s %j', (code, change) => {
    const selected = selectIndexes({ ...sound, ...change }, UNLIMITED);
    expect(selected).toMatchObject({ ok: false, problem: { code } });
  });

  it('with nothing in it has an answer', () => {
    expect(select({ indexes: [], queries: [], costs: new Map(), budget: Number.POSITIVE_INFINITY })).toMatchObject({
      complete: true,
      value: { indexes: [], total: 0, bound: 0 },
    });
  });
});
