import { describe, expect, it } from 'vitest';
import { bitItems } from '#lib/bitset.ts';
import { balance, combinations, KNOWN_TABLES, measures, orderLines, readKnown } from '#test/discovery/tables.ts';
import { tane } from '#test/discovery/tane.ts';
import { UNLIMITED } from '../budget.ts';
import { discoverDependencies, fdsOf, setsOf } from './dependencies.ts';
import { chooseSource, costsOf } from './fds/cost.ts';
import { findDependencies } from './fds/find.ts';
import { gridOf, type Relation } from './relation.ts';

const known = KNOWN_TABLES.flatMap((table) => {
  const relation = readKnown(table);
  return relation === undefined ? [] : [{ table, relation }];
});

describe('tables of the literature', () => {
  it.each(known)('$table.name has as many dependencies as others find, and those of TANE', ({ table, relation }) => {
    const found = discoverDependencies(relation, UNLIMITED);
    expect(found).toMatchObject({ complete: true, value: { count: table.dependencies } });
    const grid = gridOf(relation, 'equal');
    const judge = tane(grid.rows, grid.codes)?.lefts.map((lefts) => [...lefts].sort((a, b) => a - b));
    expect(found.value.lefts.map((list) => [...list.data].sort((a, b) => a - b))).toEqual(judge);
  });

  it('are there', () => {
    expect(known.map(({ table }) => table.name)).toEqual(['iris', 'abalone']);
  });
});

function count(relation: Relation, way: NonNullable<Parameters<typeof findDependencies>[2]>['way']): string {
  const { lists } = findDependencies(gridOf(relation, 'equal'), UNLIMITED, { way });
  return lists
    .map((list) =>
      setsOf(list.flat())
        .map((set) => bitItems(set).join())
        .sort()
        .join(';'),
    )
    .join('\n');
}

describe('generated tables', () => {
  it('give the same by every way', () => {
    for (const relation of [balance(), orderLines(800), measures(400)]) {
      const first = count(relation, { source: 'all pairs', lattice: true });
      expect(first.length).toBeGreaterThan(10);
      expect(count(relation, { source: 'all pairs', lattice: false })).toBe(first);
      expect(count(relation, { source: 'sample', lattice: true })).toBe(first);
      expect(count(relation, { source: 'sample', lattice: false })).toBe(first);
    }
  });

  it('show in 20,000 order lines what the joined tables had', () => {
    const relation = orderLines(20_000);
    const found = discoverDependencies(relation, UNLIMITED);
    expect(found.complete).toBe(true);
    const names = relation.columns.map((column) => column.name);
    const holds = (left: string, right: string) =>
      fdsOf(found.value).some(
        (fd) =>
          bitItems(fd.left)
            .map((at) => names[at])
            .join() === left && bitItems(fd.right).some((at) => names[at] === right),
      );
    for (const [left, right] of [
      ['customer_id', 'city'],
      ['city', 'country'],
      ['country', 'region'],
      ['product_id', 'price'],
      ['category', 'department'],
      ['supplier_id', 'supplier_country'],
      ['day', 'month'],
    ] as const) {
      expect([left, right, holds(left, right)]).toEqual([left, right, true]);
      expect(holds(right, left)).toBe(false);
    }
  });
});

describe('the cost model', () => {
  it('compares all pairs of short or wide tables and samples tall ones', () => {
    const source = (relation: Relation) => chooseSource(gridOf(relation, 'equal'));
    expect(source(measures(150))).toBe('all pairs');
    expect(source(combinations())).toBe('sample');
    expect(source(orderLines(20_000))).toBe('sample');
  });

  it('does not keep all pairs where memory would not do', () => {
    const codes = Array.from({ length: 100 }, () => new Int32Array(20_000));
    const grid = { rows: 20_000, size: 100, codes, cards: codes.map(() => 1) };
    expect(costsOf(grid).allPairs).toBe(Number.POSITIVE_INFINITY);
    expect(chooseSource(grid)).toBe('sample');
  });

  it('knows that pairs grow with the square of the rows and a sample with the rows', () => {
    const [small, large] = [orderLines(500), orderLines(2000)].map((relation) => costsOf(gridOf(relation, 'equal')));
    expect((large?.allPairs ?? 0) / (small?.allPairs ?? 1)).toBeGreaterThan(10);
    expect((large?.sample ?? 0) / (small?.sample ?? 1)).toBeCloseTo(4, 5);
  });
});
