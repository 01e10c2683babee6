import { ident, literal } from '../dialects/postgres/quote.ts';

/** What the planner is to believe of a column; the terms of `pg_stats`. */
export interface ColumnStatistics {
  readonly name: string;
  /** 0 to 1. */
  readonly nullFraction: number;
  /** Bytes. */
  readonly averageWidth: number;
  /** Distinct values; negative: minus their share of the rows (-1 = unique). */
  readonly distinct: number;
  readonly common?: readonly { readonly value: string; readonly share: number }[];
  /** Bounds of a histogram of equal shares, ascending, common values left out. */
  readonly bounds?: readonly string[];
  /** -1 to 1: how the order of values follows the order of rows. */
  readonly correlation?: number;
}

/** What the planner is to believe of a table. */
export interface TableStatistics {
  readonly schema: string;
  readonly name: string;
  readonly rows: number;
  /** Blocks of 8192 bytes. */
  readonly pages: number;
  /** Of these, visible to all: what an index-only scan need not look at. */
  readonly visiblePages: number;
  readonly columns: readonly ColumnStatistics[];
}

/** What the planner is to believe of an index. */
export interface IndexSize {
  readonly schema: string;
  readonly name: string;
  readonly rows: number;
  readonly pages: number;
}

/** A number as SQL of type real; PostgreSQL reads `1e+21` as well. */
const real = (value: number) => `${Number.isFinite(value) ? value : 0}::real`;
const whole = (value: number) => String(Math.max(0, Math.min(2 ** 31 - 2, Math.round(value))));

function elements(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}

/**
 * The statement that makes PostgreSQL 18 believe in a relation's size (`pg_restore_relation_stats`, PostgreSQL 18,
 * "Statistics Import Functions"). The file's size is believed more: it has to say the same.
 */
export function relationStatement(one: {
  schema: string;
  name: string;
  rows: number;
  pages: number;
  visiblePages?: number;
}): string {
  const { schema, name, rows, pages, visiblePages = 0 } = one;
  const pairs = [
    `'schemaname', ${literal(schema)}`,
    `'relname', ${literal(name)}`,
    `'relpages', ${whole(pages)}::integer`,
    `'reltuples', ${real(rows)}`,
    `'relallvisible', ${whole(visiblePages)}::integer`,
  ];
  return `SELECT pg_restore_relation_stats(${pairs.join(', ')})`;
}

/** The statement that makes PostgreSQL 18 believe in a column's values (`pg_restore_attribute_stats`). */
export function columnStatement(table: Pick<TableStatistics, 'schema' | 'name'>, column: ColumnStatistics): string {
  const { common = [], bounds = [], correlation } = column;
  const pairs = [
    `'schemaname', ${literal(table.schema)}`,
    `'relname', ${literal(table.name)}`,
    `'attname', ${literal(column.name)}`,
    `'inherited', false`,
    `'null_frac', ${real(column.nullFraction)}`,
    `'avg_width', ${whole(column.averageWidth)}::integer`,
    `'n_distinct', ${real(column.distinct)}`,
  ];
  if (common.length > 0) {
    pairs.push(`'most_common_vals', ${literal(elements(common.map((one) => one.value)))}::text`);
    pairs.push(`'most_common_freqs', ARRAY[${common.map((one) => real(one.share)).join(', ')}]`);
  }
  // One bound is no histogram.
  if (bounds.length > 1) pairs.push(`'histogram_bounds', ${literal(elements(bounds))}::text`);
  if (correlation !== undefined) pairs.push(`'correlation', ${real(correlation)}`);
  return `SELECT pg_restore_attribute_stats(${pairs.join(', ')})`;
}

/** A relation's qualified name as SQL. */
export function relationName({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${ident(schema)}.${ident(name)}`;
}
