import type { CodedColumn } from '../relation.ts';
import { type Counted, compareValues } from './compare.ts';
import type { ValueKind } from './kind.ts';

/** What estimates of a larger table are made from, beside the counts of a profile. */
export interface ColumnAnalysis {
  /** Values that stand once. */
  readonly singles: number;
  /** Bytes of a value in UTF-8 on average. */
  readonly averageBytes: number;
  /** Values that stand twice or more, most frequent first. */
  readonly common: readonly Counted[];
  /** Ascending values at equal distances among the rows looked at; {@link ColumnAnalysis.common} included. */
  readonly spread: readonly string[];
  /** -1 to 1: how the order of values follows the order of rows. Absent where there is no order to tell. */
  readonly correlation?: number;
}

/** Rows that are put in order: ANALYZE of PostgreSQL looks at 30,000 of all. */
const ORDERED_ROWS = 10_000;
const COMMON = 100;
const SPREAD = 1000;
/** Longer values are no good bounds: ANALYZE leaves those of more than 1,024 bytes out. */
const LONGEST = 1024;

function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Both halves of a surrogate pair are two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code < 0xe000 ? 2 : 3;
  }
  return bytes;
}

/** Pearson's correlation of places in order of value with places among the rows (`compute_scalar_stats` of `analyze.c`). */
function correlationOf(sorted: readonly { readonly row: number }[]): number | undefined {
  const count = sorted.length;
  if (count < 2) return undefined;
  let products = 0;
  for (const [at, { row }] of sorted.entries()) products += at * row;
  const sum = ((count - 1) * count) / 2;
  const squares = ((count - 1) * count * (2 * count - 1)) / 6;
  return (count * products - sum * sum) / (count * squares - sum * sum);
}

/** Looks at a column as ANALYZE of PostgreSQL does. @param counts rows of each code */
export function analyseColumn(column: CodedColumn, counts: Int32Array, kind: ValueKind | undefined): ColumnAnalysis {
  let singles = 0;
  let bytes = 0;
  let filled = 0;
  const repeated: Counted[] = [];
  column.values.forEach((value, code) => {
    const rows = counts[code] as number;
    if (code === column.nullCode || rows === 0) return;
    filled += rows;
    bytes += bytesOf(value) * rows;
    if (rows === 1) singles += 1;
    else if (value.length <= LONGEST) repeated.push({ value, rows });
  });
  const common = repeated.sort((a, b) => b.rows - a.rows).slice(0, COMMON);
  const base = { singles, common, averageBytes: filled === 0 ? 0 : bytes / filled };
  if (kind === undefined) return { ...base, spread: [] };
  const step = Math.max(1, Math.ceil(column.codes.length / ORDERED_ROWS));
  const taken: { readonly value: string; readonly row: number }[] = [];
  for (let row = 0; row < column.codes.length; row += step) {
    const code = column.codes[row] as number;
    const value = column.values[code];
    if (code !== column.nullCode && value !== undefined && value.length <= LONGEST) taken.push({ value, row: taken.length });
  }
  const compare = compareValues(kind);
  const sorted = taken.toSorted((a, b) => compare(a.value, b.value) || a.row - b.row);
  const correlation = correlationOf(sorted);
  const points = Math.min(SPREAD, sorted.length);
  const spread = Array.from(
    { length: points },
    (_, at) => sorted[Math.round((at * (sorted.length - 1)) / Math.max(1, points - 1))]?.value ?? '',
  );
  return { ...base, spread, ...(correlation === undefined ? {} : { correlation }) };
}
