import { describe, expect, it } from 'vitest';
import { entryCost, insertCost, updateCosts, type WrittenIndex } from './writes.ts';

const index = (id: string, columns: string[], pages = 1000, share = 1): WrittenIndex => ({
  id,
  columns,
  share,
  tree: { rows: pages * 300, pages, height: pages > 300 ? 2 : 1 },
});
const quiet = { inserts: 0, deletes: 0, updates: [] };

describe('writes', () => {
  it('cost more in a larger index, and most when it does not fit the cache', () => {
    const small = entryCost(index('a', ['a'], 100));
    const large = entryCost(index('a', ['a'], 100_000));
    const huge = entryCost(index('a', ['a'], 10_000_000));
    expect(small).toBeGreaterThan(0);
    expect(large).toBeGreaterThan(small);
    expect(huge).toBeGreaterThan(large + 3);
  });

  it('of rows that come and go grow with their number and the share of rows an index holds', () => {
    const one = insertCost(index('a', ['a']), { ...quiet, inserts: 100 });
    expect(insertCost(index('a', ['a']), { ...quiet, inserts: 200 })).toBeCloseTo(2 * one);
    expect(insertCost(index('a', ['a'], 1000, 0.1), { ...quiet, inserts: 100 })).toBeCloseTo(one / 10);
    expect(insertCost(index('a', ['a']), { ...quiet, deletes: 100 })).toBeCloseTo(one / 2);
    expect(insertCost(index('a', ['a']), quiet)).toBe(0);
  });

  it('in place touch the indexes that hold the column, and no other', () => {
    const indexes = [index('a', ['a']), index('b', ['b']), index('ab', ['a', 'b'])];
    const { always, charges } = updateCosts(indexes, { ...quiet, updates: [{ rows: 10, columns: ['a'] }] }, { way: 'in place' });
    expect(charges).toEqual([]);
    expect(always.map(({ index: id, cost }) => [id, cost > 0])).toEqual([
      ['a', true],
      ['b', false],
      ['ab', true],
    ]);
  });

  it('as new versions touch none while no index holds the column, and all once one does', () => {
    const indexes = [index('a', ['a']), index('b', ['b'])];
    const updates = [
      { rows: 10, columns: ['a'] },
      { rows: 5, columns: ['z'] },
    ];
    const { always, charges } = updateCosts(indexes, { ...quiet, updates }, { way: 'versions', room: 1 });
    expect(always.every(({ cost }) => cost === 0)).toBe(true);
    expect(charges).toEqual([
      { calls: 10, breaks: ['a'], entries: indexes.map((one) => ({ index: one.id, cost: entryCost(one) })) },
    ]);
  });

  it('as new versions without room on the page touch all in any case', () => {
    const indexes = [index('a', ['a']), index('b', ['b'])];
    const { always, charges } = updateCosts(
      indexes,
      { ...quiet, updates: [{ rows: 10, columns: ['z'] }] },
      { way: 'versions', room: 0.25 },
    );
    expect(charges).toEqual([]);
    for (const { index: id, cost } of always)
      expect(cost).toBeCloseTo(7.5 * entryCost(indexes.find((one) => one.id === id) as WrittenIndex));
  });
});
