import { type Relation, valueAt } from './relation.ts';

/** Some rows of data as they are. */
export interface RowSample {
  /** Numbers of the rows in the data, from 1, rising. */
  readonly numbers: readonly number[];
  /** Their values in the order of the columns; undefined for NULL. */
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** Rows, and values in all of them, that are handed over at most. */
const MOST_ROWS = 2000;
const MOST_CELLS = 40_000;

/**
 * Rows to show and to try things on: all of small data; else the wanted ones, as far as there is room, and the first.
 * @param wanted places of rows, from 0, the most wanted first
 */
export function sampleOf(relation: Relation, wanted: Iterable<number> = []): RowSample {
  const room = Math.min(relation.rows, MOST_ROWS, Math.max(1, Math.floor(MOST_CELLS / Math.max(1, relation.columns.length))));
  const places = new Set<number>();
  for (const row of wanted) {
    if (places.size >= room) break;
    places.add(row);
  }
  for (let row = 0; places.size < room; row++) places.add(row);
  const sorted = [...places].sort((a, b) => a - b);
  return {
    numbers: sorted.map((row) => row + 1),
    rows: sorted.map((row) => relation.columns.map((column) => valueAt(column, row))),
  };
}
