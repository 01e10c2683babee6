import { describe, expect, it } from 'vitest';
import { btreePages, heapPages } from './index-size.ts';

/** Sizes that PostgreSQL 15 made of these, in pages (`pg_class.relpages`). */
const MEASURED = [
  { what: 'key of integers, 100,000 rows', rows: 100_000, distinct: 100_000, keyBytes: 4, deduplicates: false, pages: 276 },
  { what: 'key of integers, 20,000 rows', rows: 20_000, distinct: 20_000, keyBytes: 4, deduplicates: false, pages: 57 },
  { what: 'key of bigints, 2,000,000 rows', rows: 2_000_000, distinct: 2_000_000, keyBytes: 8, deduplicates: false, pages: 5486 },
  { what: 'key of bigints, 4,000,000 rows', rows: 4_000_000, distinct: 4_000_000, keyBytes: 8, deduplicates: false, pages: 10_969 },
  { what: 'key of bigints, 1,000,000 rows', rows: 1_000_000, distinct: 1_000_000, keyBytes: 8, deduplicates: false, pages: 2745 },
  { what: 'two rows of each key', rows: 4_000_000, distinct: 2_000_000, keyBytes: 8, deduplicates: true, pages: 9890 },
];

describe('the size of a B-tree', () => {
  it.each(MEASURED)('$what', ({ pages, what: _, ...shape }) => {
    const told = btreePages(shape).pages;
    expect(Math.abs(told / pages - 1), `${told} for ${pages}`).toBeLessThan(0.01);
  });

  it('is the meta page of nothing, and a root of one row', () => {
    expect(btreePages({ rows: 0, distinct: 0, keyBytes: 8, deduplicates: true })).toEqual({ pages: 1, leaves: 0, height: 0 });
    expect(btreePages({ rows: 1, distinct: 1, keyBytes: 8, deduplicates: true })).toEqual({ pages: 2, leaves: 1, height: 0 });
  });

  it('takes about seven bytes a row where few values repeat', () => {
    const { pages } = btreePages({ rows: 1_000_000, distinct: 5, keyBytes: 8, deduplicates: true });
    expect((pages * 8192) / 1_000_000).toBeGreaterThan(6.5);
    expect((pages * 8192) / 1_000_000).toBeLessThan(7.5);
  });
});

describe('the size of a table', () => {
  it('is whole rows on whole pages', () => {
    expect(heapPages(0, 40)).toBe(0);
    expect(heapPages(204, 40)).toBe(1);
    expect(heapPages(205, 40)).toBe(2);
    expect(heapPages(3, 9000)).toBe(3);
  });
});
