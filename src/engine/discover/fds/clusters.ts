import type { Grid } from '../relation.ts';

/** Rows of one column ordered by its codes: those of a code stand together, in ascending order. */
export interface Clusters {
  readonly order: Int32Array;
  /** Where the rows of each code begin in `order`; one more entry ends the last. */
  readonly starts: Int32Array;
}

/** Orders rows by their codes, keeping the order given among equals (one pass of a radix sort). */
export function sortByCodes(order: Int32Array, codes: Int32Array, card: number): Clusters {
  const starts = new Int32Array(card + 1);
  for (let i = 0; i < order.length; i++) {
    const at = (codes[order[i] as number] as number) + 1;
    starts[at] = (starts[at] as number) + 1;
  }
  for (let code = 0; code < card; code++) starts[code + 1] = (starts[code + 1] as number) + (starts[code] as number);
  const next = starts.slice();
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    const code = codes[row] as number;
    const slot = next[code] as number;
    sorted[slot] = row;
    next[code] = slot + 1;
  }
  return { order: sorted, starts };
}

/** All rows in order. */
export function allRows(rows: number): Int32Array {
  const all = new Int32Array(rows);
  for (let row = 0; row < rows; row++) all[row] = row;
  return all;
}

/** The clusters of every column. */
export function clustersOf(grid: Grid): readonly Clusters[] {
  const rows = allRows(grid.rows);
  return grid.codes.map((codes, column) => sortByCodes(rows, codes, grid.cards[column] as number));
}

/** How many pairs of rows agree on a column, summed over all columns: what looking at every pair costs beside the pairs. */
export function agreeingPairs(grid: Grid): number {
  let pairs = 0;
  grid.codes.forEach((codes, column) => {
    const counts = new Int32Array(grid.cards[column] as number);
    for (let row = 0; row < grid.rows; row++) {
      const code = codes[row] as number;
      counts[code] = (counts[code] as number) + 1;
    }
    for (const count of counts) pairs += (count * (count - 1)) / 2;
  });
  return pairs;
}
