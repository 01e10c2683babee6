import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestDatabase } from '../pglite.ts';
import { clinic } from './clinic.ts';
import { exploreFlat, recover } from './recover.ts';
import { scriptOf } from './rows.ts';
import { sakila } from './sakila.ts';
import { scoreOf } from './score.ts';
import { flatten, type Shape, shapeCalled } from './shapes.ts';
import { tpch } from './tpch.ts';

/** The shapes with fewer rows where they are made, and what is reached: less is a step back. */
const CASES: readonly (readonly [shape: Shape, precision: number, recall: number, keys: number])[] = [
  [shapeCalled('Chinook'), 0.8, 0.8, 1],
  [{ ...shapeCalled('TPC-H shape'), statements: () => scriptOf(tpch(3, 500)) }, 0.8, 0.9, 1],
  [{ ...shapeCalled('Sakila shape'), statements: () => scriptOf(sakila(3, 2500)) }, 0.78, 0.7, 0.75],
  [{ ...shapeCalled('Clinic'), statements: () => scriptOf(clinic(3, 800)) }, 1, 1, 1],
];

describe('tables joined into one', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await TestDatabase.open();
  });
  afterAll(() => db.close());

  it.each(CASES.map((one) => [one[0].name, ...one] as const))(
    'come back by their rows: %s',
    async (_, shape, precision, recall, keys) => {
      const flat = await flatten(shape, db);
      const found = recover(exploreFlat(flat));
      expect(found.precision).toBeGreaterThanOrEqual(precision);
      expect(found.recall).toBeGreaterThanOrEqual(recall);
      expect(found.keys).toBeGreaterThanOrEqual(keys);
      const columns = new Set(found.tables.flatMap((table) => table.columns));
      expect([...columns].sort()).toEqual((flat.csv.split('\n', 1)[0] ?? '').split(',').sort());
    },
  );
});

describe('the score', () => {
  const original = (name: string, ...columns: string[]) => ({ name, columns, key: columns.slice(0, 1) });
  const table = (...columns: string[]) => ({ columns, keys: [columns.slice(0, 1)] });

  it('counts equal tables, alike ones by their share of columns, and keys', () => {
    const score = scoreOf(
      [original('a', 'x', 'y'), original('b', 'y', 'z', 'u')],
      [table('y', 'z'), table('x', 'y'), table('q')],
      new Set(),
    );
    expect(score).toMatchObject({ precision: 1 / 3, recall: 1 / 2, softRecall: (1 + 2 / 3) / 2, keys: 1 });
    expect(score.softPrecision).toBeCloseTo((1 + 2 / 3) / 3);
    expect(score.extra).toEqual([table('q')]);
    expect(score.pairs[1]).toMatchObject({ likeness: 2 / 3, recovered: table('y', 'z') });
  });

  it('leaves columns of one value out on both sides', () => {
    const score = scoreOf([original('a', 'x', 'one')], [table('x'), table('one')], new Set(['one']));
    expect(score).toMatchObject({ precision: 1, recall: 1, keys: 1, extra: [] });
  });

  it('pairs a table once', () => {
    const score = scoreOf([original('a', 'x', 'y'), original('b', 'x', 'y')], [table('x', 'y')], new Set());
    expect(score).toMatchObject({ precision: 1, recall: 0.5, keys: 0.5 });
    expect(score.pairs[1]).toEqual({ original: original('b', 'x', 'y'), likeness: 0 });
  });
});
