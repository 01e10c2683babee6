import type { Budget } from '../../budget.ts';
import type { Grid } from '../relation.ts';
import type { Comparer } from './agree.ts';
import { allRows, sortByCodes } from './clusters.ts';

/** A column's sampling stops when fewer than this share of its comparisons find something new. */
const LEAST_YIELD = 0.01;
/** Windows that are compared at most, and words that what they find may take: wide tables find something new for ever. */
const MAX_WINDOWS = 400;
const MAX_WORDS = 8_000_000;

/** Rows that agree with others on the column, similar ones side by side, and for each where its cluster ends. */
interface Neighbours {
  readonly order: Int32Array;
  readonly ends: Int32Array;
}

/** Sorted by the column, inside its clusters by the two columns beside it: rows next to each other agree on much. */
function neighboursOf(grid: Grid, column: number): Neighbours {
  const { size, codes, cards } = grid;
  let order = allRows(grid.rows);
  for (const key of [(column + 1) % size, (column + size - 1) % size]) {
    if (key !== column) order = sortByCodes(order, codes[key] as Int32Array, cards[key] as number).order;
  }
  const sorted = sortByCodes(order, codes[column] as Int32Array, cards[column] as number);
  const kept = new Int32Array(grid.rows);
  const ends = new Int32Array(grid.rows);
  let length = 0;
  for (let code = 0; code < sorted.starts.length - 1; code++) {
    const from = sorted.starts[code] as number;
    const to = sorted.starts[code + 1] as number;
    if (to - from < 2) continue;
    const end = length + to - from;
    for (let i = from; i < to; i++) {
      kept[length] = sorted.order[i] as number;
      ends[length++] = end;
    }
  }
  return { order: kept.subarray(0, length), ends: ends.subarray(0, length) };
}

/**
 * Compares pairs that are likely to agree on much, column by column, with growing distance, as long as it pays
 * (the idea of HyFD's sampling, Papenbrock and Naumann, SIGMOD 2016, section 4). What is found goes to the comparer's store.
 */
export function sampleAgreeSets(grid: Grid, comparer: Comparer, budget: Budget): void {
  for (let row = 0; row + 1 < grid.rows; row++) comparer.compare(row, row + 1);
  const columns = grid.codes.map((_, column) => {
    if (budget.shouldStop()) return undefined;
    budget.progress?.(column / grid.size, 'comparing similar rows');
    return { neighbours: neighboursOf(grid, column), distance: 0, yield: 1 };
  });
  const run = (one: NonNullable<(typeof columns)[number]>) => {
    const { order, ends } = one.neighbours;
    const distance = ++one.distance;
    let compared = 0;
    let fresh = 0;
    for (let i = 0; i + distance < order.length; i++) {
      if (i + distance >= (ends[i] as number)) continue;
      compared++;
      if (comparer.compare(order[i] as number, order[i + distance] as number)) fresh++;
    }
    one.yield = compared === 0 ? 0 : fresh / compared;
  };
  for (const one of columns) if (one !== undefined) run(one);
  for (let round = 0; round < MAX_WINDOWS; round++) {
    if (budget.shouldStop() || comparer.store.size * comparer.store.words > MAX_WORDS) return;
    let best = columns[0];
    for (const one of columns) if (one !== undefined && (best === undefined || one.yield > best.yield)) best = one;
    if (best === undefined || best.yield < LEAST_YIELD) return;
    run(best);
  }
}
