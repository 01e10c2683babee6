import { BLOCK, type IndexPages } from './index-size.ts';

/** How an engine other than PostgreSQL lays out the entries of an index. */
export interface TreeLayout {
  /** Bytes of a page, and those of it that entries cannot have. */
  readonly page: number;
  readonly overhead: number;
  /** Share of a page that is filled when the index is made. */
  readonly fill: number;
  /** Bytes of an entry beside its values: headers, its place in the page's directory, the address of the row. */
  readonly entry: number;
  /** Bytes for each column beside its value. */
  readonly column: number;
}

/**
 * InnoDB: pages of 16 kB with 128 bytes of headers, one sixteenth left free; records have a header of five bytes and a slot
 * for every few of them (MySQL Reference Manual, 17.10 "InnoDB Row Formats", 17.6.2.3 "Sorted Index Builds"). The primary key
 * that each entry holds is counted as columns.
 */
export const INNODB_TREE: TreeLayout = { page: 16_384, overhead: 128, fill: 15 / 16, entry: 6, column: 1 };

/**
 * SQL Server: 8,096 bytes of a page, filled; a row has its status, NULL bitmap, offsets and a slot of two bytes ("Estimate the
 * size of a nonclustered index").
 */
export const MSSQL_TREE: TreeLayout = { page: 8192, overhead: 96, fill: 1, entry: 8, column: 1 };

/** SQLite: pages of 4 kB; cells have their sizes as variable integers, one for each column, and a pointer (File Format, 1.6, 2.1). */
export const SQLITE_TREE: TreeLayout = { page: 4096, overhead: 12, fill: 1, entry: 5, column: 1 };

/** Oracle: blocks of 8 kB with about 190 bytes of headers, PCTFREE 10; entries have flags, a slot and a rowid of six bytes. */
export const ORACLE_TREE: TreeLayout = { page: 8192, overhead: 190, fill: 0.9, entry: 11, column: 1 };

/**
 * Size of a B-tree right after it was made.
 *
 * @param bytes of an entry's values, those that lead to the row included
 * @returns pages of 8192 bytes, whatever the engine's own are, and levels of its own pages
 */
export function treePages(rows: number, bytes: number, columns: number, layout: TreeLayout): IndexPages {
  if (rows < 1) return { pages: 1, leaves: 0, height: 0 };
  const entry = bytes + layout.entry + columns * layout.column;
  const perPage = Math.max(2, Math.floor(((layout.page - layout.overhead) * layout.fill) / entry));
  const leaves = Math.ceil(rows / perPage);
  let own = leaves;
  let height = 0;
  for (let level = leaves; level > 1; height++) {
    level = Math.ceil(level / perPage);
    own += level;
  }
  const scale = layout.page / BLOCK;
  return { pages: Math.max(1, Math.ceil(own * scale)), leaves: Math.max(1, Math.ceil(leaves * scale)), height };
}
