import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../budget.ts';
import { discoverDependencies, fdsOf } from './dependencies.ts';
import { Partitioner } from './fds/partitions.ts';
import { Grains, WholeTests } from './grain.ts';
import { gridOf, relationOf } from './relation.ts';

/** Lines of orders: what an order says is said again on each of its lines. */
const LINES = relationOf(
  ['line', 'order', 'day', 'note'],
  [
    ['1', '10', 'mon', 'a'],
    ['2', '10', 'mon', 'b'],
    ['3', '11', 'tue', 'a'],
    ['4', '11', 'tue', 'b'],
    ['5', '12', 'mon', 'c'],
    ['6', '12', 'mon', 'a'],
  ],
);

describe('the things that a left side was seen on', () => {
  const fds = fdsOf(discoverDependencies(LINES, UNLIMITED).value);
  const grid = gridOf(LINES, 'equal');

  it('are those of the coarsest column above it, not rows', () => {
    const grains = new Grains(grid, fds, [true, true, true, true]);
    expect(grains.of([2], 2)).toBe(1);
    // Lines are rows here.
    expect(grains.of([1], 3)).toBeUndefined();
    expect(grains.of([0], 6)).toBeUndefined();
    // No order has one note.
    expect(grains.of([2, 3], 4)).toBeUndefined();
  });

  it('are the number of a thing where several columns only tell all things apart, as any may', () => {
    // Orders of four lines; no two of them have one day and one note.
    const rows = [...Array(24).keys()].map((line) => {
      const order = line >> 2;
      return [String(line), String(order), String(order % 3), order < 3 ? 'a' : 'b'];
    });
    const relation = relationOf(['line', 'order_no', 'day', 'note'], rows);
    const found = fdsOf(discoverDependencies(relation, UNLIMITED).value);
    const all = [true, true, false, false];
    const of = (numbered: readonly boolean[]) => new Grains(gridOf(relation, 'equal'), found, all, numbered);
    expect(of(all).of([2, 3], 6)).toBe(1);
    // Without a name that says so it may be a measure: then lines count, which are rows.
    expect(of([]).of([2, 3], 6)).toBeUndefined();
    // One column that does as well is another name of the thing.
    expect(of(all).of([1], 6)).toBeUndefined();
  });

  it('are rows where what is above is no number of anything', () => {
    expect(new Grains(grid, fds, [false, false, true, true]).of([2], 2)).toBeUndefined();
  });
});

describe('what puts a left side of several columns to the test', () => {
  const repeats = (rows: readonly (readonly string[])[], left: readonly number[], right: readonly number[]) => {
    const relation = relationOf(
      (rows[0] ?? []).map((_, i) => `c${i}`),
      rows,
    );
    const parts = new Partitioner(gridOf(relation, 'equal'));
    const tests = new WholeTests(parts);
    // Asked twice: nothing is left of the first time.
    const [once, again] = [0, 1].map(() => tests.repeats(left, parts.of(left), right, undefined));
    expect(again).toBe(once);
    return once;
  };

  it('is little where one column alone nearly does it', () => {
    // a determines c but for one value, which b tells apart.
    const rows = [...Array(20).keys()].map((i) => [String(i % 5), 'x', String(i % 5)]);
    rows.push(['9', 'x', 'p'], ['9', 'x', 'p'], ['9', 'y', 'q']);
    expect(repeats(rows, [0, 1], [2])).toBe(1);
  });

  it('is everything where each is needed everywhere', () => {
    const rows = [...Array(32).keys()].map((i) => {
      const [a, b] = [i % 4, (i >> 2) % 4];
      return [String(a), String(b), String((a + b) % 4)];
    });
    expect(repeats(rows, [0, 1], [2])).toBe(16);
  });

  it('is counted as by looking at every pair of rows', () => {
    const row = fc.tuple(fc.constantFrom('0', '1', '2'), fc.constantFrom('0', '1', '2'), fc.constantFrom('0', '1'));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 14 }), (rows) => {
        const count = (kept: 0 | 1) => {
          const tested = rows.filter(([...one]) => rows.some((other) => other[kept] === one[kept] && other[2] !== one[2]));
          return tested.length - new Set(tested.map(([a, b]) => `${a} ${b}`)).size;
        };
        expect(repeats(rows, [0, 1], [2])).toBe(Math.min(count(0), count(1)));
      }),
      runs(5141, 200),
    );
  });
});
