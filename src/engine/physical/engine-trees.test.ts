import { describe, expect, it } from 'vitest';
import { INNODB_TREE, MSSQL_TREE, ORACLE_TREE, SQLITE_TREE, treePages } from './engine-trees.ts';

const ALL = { INNODB_TREE, MSSQL_TREE, ORACLE_TREE, SQLITE_TREE };

describe.each(Object.entries(ALL))('sizes of B-trees by %s', (_, layout) => {
  it('grow with rows and with what entries hold', () => {
    let last = 0;
    for (const rows of [0, 1, 1000, 100_000, 10_000_000]) {
      const { pages, leaves, height } = treePages(rows, 12, 2, layout);
      expect(pages).toBeGreaterThanOrEqual(last);
      expect(pages).toBeGreaterThanOrEqual(leaves);
      expect(height).toBeLessThan(6);
      last = pages;
    }
    expect(treePages(1e6, 100, 2, layout).pages).toBeGreaterThan(3 * treePages(1e6, 12, 2, layout).pages);
  });

  it('are about what entries take, headers and free room apart', () => {
    const bytes = treePages(1e6, 12, 2, layout).pages * 8192;
    expect(bytes).toBeGreaterThan(12e6);
    expect(bytes).toBeLessThan(40e6);
  });
});

describe('sizes', () => {
  it('have room for rows whose keys are as large as a page', () => {
    expect(treePages(10, 10_000, 1, SQLITE_TREE).leaves).toBeGreaterThanOrEqual(2);
  });

  it('of SQL Server fill 8,096 bytes of a page', () => {
    // 18 bytes of values, a byte for each of two columns, eight of header and slot: 289 entries to a page.
    expect(treePages(289_000, 18, 2, MSSQL_TREE).leaves).toBe(1000);
  });
});
