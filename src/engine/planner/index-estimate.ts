import { brinPages, btreePages, ginPages, gistPages, hashPages } from '../physical/index-size.ts';
import type { ColumnStatistics, TableStatistics } from './statistics.ts';

/** One column of an index as the catalog describes it. */
export interface IndexColumn {
  /** The table's column; absent for an expression. */
  readonly column?: string;
  /** The index's own name for it: the column's, or `lower`, `expr` ... */
  readonly name: string;
  /** Bytes of its type; -1 = varying. */
  readonly length: number;
  /** Boundary it starts at, in bytes. */
  readonly align: number;
  readonly key: boolean;
  /** Equal values look alike, so that a B-tree may keep them once. */
  readonly equalImage: boolean;
}

/** An index as the catalog describes it. */
export interface IndexShape {
  readonly method: string;
  readonly unique: boolean;
  readonly columns: readonly IndexColumn[];
  /** Share of the table's rows that it holds, 0 to 1. */
  readonly share: number;
}

/** Bytes of an expression's value where nothing is known of it. */
const UNKNOWN_WIDTH = 16;
/** Elements, words or trigrams of one value where nothing is known: a sentence has about as many words. */
const KEYS_PER_VALUE = 8;

function statisticsOf(table: TableStatistics, { column, name }: IndexColumn): ColumnStatistics | undefined {
  return table.columns.find((one) => one.name === (column ?? name));
}

/** Different values of a column among so many rows. */
export function distinctValues(column: ColumnStatistics | undefined, rows: number): number {
  if (column === undefined) return Math.max(1, rows / 10);
  return Math.max(1, column.distinct < 0 ? -column.distinct * rows : Math.min(column.distinct, rows));
}

/** Bytes of an index's values one after the other, each at its boundary. */
function keyBytes(table: TableStatistics, columns: readonly IndexColumn[]): number {
  let at = 0;
  for (const column of columns) {
    if (column.length > 0) {
      at = Math.ceil(at / column.align) * column.align + column.length;
      continue;
    }
    const width = statisticsOf(table, column)?.averageWidth ?? UNKNOWN_WIDTH;
    // Their header is part of the average; up to 126 bytes they begin anywhere (PostgreSQL, "TOAST").
    at = width <= 127 ? at + width : Math.ceil(at / 4) * 4 + width;
  }
  return at;
}

/**
 * Rows and pages of an index that was never built, from what is known of its table.
 * @returns pages of 8192 bytes; a B-tree's are exact for a fresh one up to what the facts are, others are rough.
 */
export function estimateIndex(
  table: TableStatistics,
  { method, unique, columns, share }: IndexShape,
): { rows: number; pages: number } {
  const keys = columns.filter((column) => column.key);
  const rows = table.rows * share;
  const bytes = keyBytes(table, columns);
  if (method === 'hash') return { rows, pages: hashPages(rows) };
  if (method === 'brin') return { rows, pages: brinPages(table.pages, 2 * bytes) };
  if (method === 'gist' || method === 'spgist') return { rows, pages: gistPages(rows, Math.max(bytes, 16)) };
  if (method === 'gin') {
    const words = distinctValues(keys[0] === undefined ? undefined : statisticsOf(table, keys[0]), rows);
    return { rows, pages: ginPages(rows, KEYS_PER_VALUE, Math.min(words * KEYS_PER_VALUE, 200_000), 12) };
  }
  const distinct = keys.reduce((all, column) => all * distinctValues(statisticsOf(table, column), rows), 1);
  const nulls = keys.some((column) => (statisticsOf(table, column)?.nullFraction ?? 0) > 0);
  const deduplicates = !unique && columns.every((column) => column.key && column.equalImage);
  const { pages } = btreePages({ rows, distinct: unique ? rows : Math.min(distinct, rows), keyBytes: bytes, nulls, deduplicates });
  return { rows, pages };
}
