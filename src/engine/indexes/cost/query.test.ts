import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../../budget.ts';
import { type AskedProblem, selectByAsking } from '../select/explore.ts';
import type { PlannedIndex, PlannedQuery, PlannedUse } from './planned.ts';
import { planQuery } from './query.ts';

const heap = (rows: number) => ({ rows, pages: Math.ceil(rows / 80), visible: 0.9 });
const index = (id: string, rows: number, key: string, more: Partial<PlannedIndex> = {}): PlannedIndex => ({
  id,
  tree: { rows, pages: Math.ceil(rows / 300), height: 2 },
  key: key.split(' ').map((one) => ({ term: one.replace('-', ''), ...(one.endsWith('-') ? { desc: true } : {}) })),
  ...more,
});

const ROWS = 1_000_000;
const orders = (more: Partial<PlannedUse> = {}): PlannedUse => ({
  heap: heap(ROWS),
  width: 100,
  restrictions: [{ term: 'customer', test: 'equal', share: 1e-5 }],
  needs: ['customer', 'placed', 'total'],
  indexes: [
    index('customer', ROWS, 'customer'),
    index('placed', ROWS, 'placed'),
    index('customer_placed', ROWS, 'customer placed'),
    index('placed_customer', ROWS, 'placed customer'),
    index('covering', ROWS, 'customer', { include: ['placed', 'total'] }),
  ],
  distinct: { customer: 100_000 },
  ...more,
});
const plan = (query: Partial<PlannedQuery>, ...available: string[]) =>
  planQuery({ uses: [orders()], joins: [], ...query }, new Set(available));

describe('the cheapest plan', () => {
  it('reads the whole table without an index, and finds few rows by one', () => {
    expect(plan({})).toMatchObject({ used: [], cost: ROWS / 80 + ROWS * 0.0125 });
    const found = plan({}, 'customer');
    expect(found.used).toEqual(['customer']);
    expect(found.cost).toBeLessThan(100);
    expect(found.rows).toBeCloseTo(10);
  });

  it('does not use an index for most of the rows', () => {
    const uses = [orders({ restrictions: [{ term: 'customer', test: 'range', share: 0.8 }] })];
    expect(plan({ uses }, 'customer').used).toEqual([]);
  });

  it('takes equality before the range, and stops at the first range', () => {
    const restrictions = [
      { term: 'customer', test: 'equal' as const, share: 1e-3 },
      { term: 'placed', test: 'range' as const, share: 0.1 },
    ];
    const uses = [orders({ restrictions })];
    expect(plan({ uses }, 'customer_placed', 'placed_customer', 'customer').used).toEqual(['customer_placed']);
    expect(plan({ uses }, 'customer_placed').cost).toBeLessThan(plan({ uses }, 'placed_customer').cost);
  });

  it('takes the order from an index, forwards and backwards, instead of sorting', () => {
    const order = (desc: boolean) => ({ use: 0, terms: [{ term: 'placed', desc }] });
    const uses = [orders({ restrictions: [{ term: 'customer', test: 'equal', share: 0.01 }] })];
    for (const desc of [false, true]) {
      const found = plan({ uses, order: order(desc), limit: 20 }, 'customer', 'customer_placed');
      expect(found.used).toEqual(['customer_placed']);
      expect(found.cost).toBeLessThan(plan({ uses, order: order(desc), limit: 20 }, 'customer').cost / 10);
    }
    const mixed = { use: 0, terms: [{ term: 'placed' }, { term: 'total', desc: true }] };
    const both = orders({
      restrictions: [],
      indexes: [index('same', ROWS, 'placed total'), index('mixed', ROWS, 'placed- total')],
    });
    expect(plan({ uses: [both], order: mixed, limit: 10 }, 'same', 'mixed').used).toEqual(['mixed']);
  });

  it('does not read the table when the index holds all that is needed', () => {
    const uses = [orders({ restrictions: [{ term: 'customer', test: 'equal', share: 1e-3 }] })];
    expect(plan({ uses }, 'customer', 'covering').used).toEqual(['covering']);
  });

  it('uses a partial index for what its predicate leaves', () => {
    const open = { term: 'status', test: 'other' as const, share: 0.001 };
    const uses = [orders({ restrictions: [open], indexes: [index('open', ROWS / 1000, 'placed', { implied: [0] })] })];
    expect(plan({ uses }, 'open').used).toEqual(['open']);
  });

  const customers: PlannedUse = {
    heap: heap(100_000),
    width: 60,
    restrictions: [{ term: 'email', test: 'equal', share: 1e-5 }],
    needs: ['id', 'email'],
    indexes: [index('email', 100_000, 'email'), index('key', 100_000, 'id')],
    distinct: {},
  };
  const join: PlannedQuery = {
    uses: [customers, orders({ restrictions: [] })],
    joins: [{ left: { use: 0, term: 'id' }, right: { use: 1, term: 'customer' } }],
  };

  it('looks up the other side of a join, when both sides have an index', () => {
    const none = planQuery(join, new Set());
    const one = planQuery(join, new Set(['customer']));
    const both = planQuery(join, new Set(['customer', 'email']));
    expect(both.used.toSorted()).toEqual(['customer', 'email']);
    expect(both.cost).toBeLessThan(one.cost / 20);
    expect(one.cost).toBeLessThan(none.cost);
    expect(both.rows).toBeCloseTo(10);
  });

  it('has an answer for no table, for tables that nothing joins, and for many', () => {
    expect(planQuery({ uses: [], joins: [] }, new Set())).toEqual({ cost: 0, used: [], rows: 0 });
    expect(planQuery({ uses: [customers, customers], joins: [] }, new Set(['email'])).cost).toBeGreaterThan(0);
    const uses = Array.from({ length: 12 }, () => customers);
    const joins = uses.slice(1).map((_, at) => ({ left: { use: at, term: 'id' }, right: { use: at + 1, term: 'id' } }));
    const all = planQuery({ uses, joins }, new Set(['email', 'key']));
    expect(all.used).toContain('email');
    expect(all.cost).toBeLessThan(planQuery({ uses, joins }, new Set()).cost / 50);
  });
});

const TERMS = ['a', 'b', 'c', 'd'];
const term = fc.constantFrom(...TERMS);
const share = fc.constantFrom(0.5, 0.1, 0.01, 1e-4);
const someUse = (table: number): fc.Arbitrary<PlannedUse> =>
  fc
    .record({
      rows: fc.constantFrom(1000, 100_000, 2_000_000),
      restrictions: fc.array(
        fc.record({ term, test: fc.constantFrom('equal', 'in', 'range', 'other'), share, values: fc.constantFrom(1, 3) }),
        { maxLength: 3 },
      ),
      keys: fc.array(fc.uniqueArray(term, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
      needs: fc.uniqueArray(term, { minLength: 1, maxLength: 3 }),
      spread: fc.constantFrom(10, 1000, 1e6),
    })
    .map(({ rows, restrictions, keys, needs, spread }) => ({
      heap: heap(rows),
      width: 50,
      restrictions: restrictions as PlannedUse['restrictions'],
      needs,
      indexes: keys.map((key, at) => index(`${table}.${at}`, rows, key.join(' '))),
      distinct: Object.fromEntries(TERMS.map((one) => [one, spread])),
      correlation: { a: 0.9, b: -0.3 },
    }));
const queries: fc.Arbitrary<PlannedQuery> = fc
  .integer({ min: 1, max: 3 })
  .chain((count) =>
    fc.tuple(
      fc.tuple(...Array.from({ length: count }, (_, at) => someUse(at))),
      fc.array(fc.tuple(term, term), { minLength: 2, maxLength: 2 }),
      term,
      fc.boolean(),
      fc.constantFrom(undefined, 1, 50),
    ),
  )
  .map(([uses, pairs, by, sorts, limit]) => ({
    uses,
    joins: uses
      .slice(1)
      .map((_, at) => ({ left: { use: at, term: pairs[at]?.[0] ?? 'a' }, right: { use: at + 1, term: pairs[at]?.[1] ?? 'a' } })),
    ...(sorts ? { order: { use: 0, terms: [{ term: by }] } } : {}),
    ...(limit === undefined ? {} : { limit }),
  }));
const idsOf = (query: PlannedQuery) => query.uses.flatMap((use) => use.indexes.map(({ id }) => id));

describe('of random queries', () => {
  it('more indexes never cost more, and those that are not used make no difference', () => {
    fc.assert(
      fc.property(queries, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (query, there) => {
        const all = idsOf(query);
        const some = new Set(all.filter((_, at) => there[at]));
        const whole = planQuery(query, new Set(all));
        const part = planQuery(query, some);
        expect(Number.isFinite(part.cost) && part.cost >= 0).toBe(true);
        expect(whole.cost).toBeLessThanOrEqual(part.cost * (1 + 1e-12));
        expect(part.used.every((id) => some.has(id))).toBe(true);
        expect(planQuery(query, new Set(part.used)).cost).toBeCloseTo(part.cost, 6);
      }),
      runs(651, 300),
    );
  });

  it('are served best by what is selected, of all sets', async () => {
    await fc.assert(
      fc.asyncProperty(queries, fc.constantFrom(0.2, 0.5, 1), async (query, budgetShare) => {
        const ids = idsOf(query).slice(0, 8);
        const sizes = new Map(query.uses.flatMap((use) => use.indexes.map((one) => [one.id, one.tree.pages * 8192] as const)));
        const budget = ids.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0) * budgetShare;
        const problem: AskedProblem = {
          indexes: ids.map((id) => ({ id, bytes: sizes.get(id) ?? 0, writeCost: 1, standing: 'candidate' })),
          queries: [{ id: 'q', calls: 10 }],
          budget,
        };
        const answer = await selectByAsking(
          problem,
          (asked) => asked.map(({ indexes }) => planQuery(query, new Set(indexes))),
          UNLIMITED,
        );
        if (!answer.ok) throw new Error(answer.problem.message);
        let least = Number.POSITIVE_INFINITY;
        for (let mask = 0; mask < 1 << ids.length; mask++) {
          const set = ids.filter((_, at) => (mask >> at) & 1);
          if (set.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0) <= budget)
            least = Math.min(least, 10 * planQuery(query, new Set(set)).cost + set.length);
        }
        expect(answer.value.complete).toBe(true);
        expect(answer.value.value.total / least).toBeCloseTo(1, 6);
      }),
      runs(652, 80),
    );
  });
});
