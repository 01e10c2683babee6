import type { Budget } from '../../budget.ts';
import type { Grid } from '../relation.ts';
import { type Clusters, clustersOf } from './clusters.ts';
import { SetStore } from './set-store.ts';

/**
 * The agree sets of all pairs of rows: for each pair the columns on which it is equal. For each row the rows after it in
 * its cluster of each column get that column's bit; so a pair costs one look and one step for each column it agrees on.
 * @returns undefined when the budget ended it.
 */
export function allAgreeSets(grid: Grid, budget: Budget): SetStore | undefined {
  const store = new SetStore(grid.size);
  const clusters = clustersOf(grid);
  const done = store.words === 1 ? collectWords(grid, clusters, store, budget) : collectSets(grid, clusters, store, budget);
  return done ? store : undefined;
}

/** Rows between two looks at the budget. */
const ROWS_A_LOOK = 64;

function goOn(row: number, rows: number, budget: Budget): boolean {
  if (row % ROWS_A_LOOK !== 0) return true;
  // The first rows have most partners.
  budget.progress?.(1 - ((rows - row) / rows) ** 2, 'comparing rows');
  return !budget.shouldStop();
}

function collectWords(grid: Grid, clusters: readonly Clusters[], store: SetStore, budget: Budget): boolean {
  const { rows, size, codes } = grid;
  const agree = new Int32Array(rows);
  const next = clusters.map(({ starts }) => starts.slice());
  for (let row = 0; row < rows - 1; row++) {
    if (!goOn(row, rows, budget)) return false;
    for (let column = 0; column < size; column++) {
      const code = (codes[column] as Int32Array)[row] as number;
      const { order, starts } = clusters[column] as Clusters;
      const ahead = next[column] as Int32Array;
      const from = (ahead[code] as number) + 1;
      ahead[code] = from;
      const bit = 1 << column;
      const end = starts[code + 1] as number;
      for (let i = from; i < end; i++) {
        const other = order[i] as number;
        agree[other] = (agree[other] as number) | bit;
      }
    }
    let last = agree[row + 1] as number;
    store.addWord(last);
    agree[row + 1] = 0;
    for (let other = row + 2; other < rows; other++) {
      const word = agree[other] as number;
      if (word !== last) {
        store.addWord(word);
        last = word;
      }
      agree[other] = 0;
    }
  }
  return true;
}

function collectSets(grid: Grid, clusters: readonly Clusters[], store: SetStore, budget: Budget): boolean {
  const { rows, size, codes } = grid;
  const { words } = store;
  const agree = new Int32Array(rows * words);
  const next = clusters.map(({ starts }) => starts.slice());
  for (let row = 0; row < rows - 1; row++) {
    if (!goOn(row, rows, budget)) return false;
    for (let column = 0; column < size; column++) {
      const code = (codes[column] as Int32Array)[row] as number;
      const { order, starts } = clusters[column] as Clusters;
      const ahead = next[column] as Int32Array;
      const from = (ahead[code] as number) + 1;
      ahead[code] = from;
      const bit = 1 << (column & 31);
      const word = column >>> 5;
      const end = starts[code + 1] as number;
      for (let i = from; i < end; i++) {
        const at = (order[i] as number) * words + word;
        agree[at] = (agree[at] as number) | bit;
      }
    }
    for (let at = (row + 1) * words; at < agree.length; at += words) store.add(agree, at);
    agree.fill(0, (row + 1) * words);
  }
  return true;
}

/** Rows one after the other with their codes side by side, so that comparing two touches two runs of memory. */
export function rowMajor(grid: Grid): Int32Array {
  const { rows, size, codes } = grid;
  const cells = new Int32Array(rows * size);
  for (let column = 0; column < size; column++) {
    const own = codes[column] as Int32Array;
    for (let row = 0, at = column; row < rows; row++, at += size) cells[at] = own[row] as number;
  }
  return cells;
}

/** Compares pairs of rows and keeps their agree sets. */
export interface Comparer {
  readonly store: SetStore;
  /** @returns whether the agree set is new. */
  compare(one: number, other: number): boolean;
}

export function comparer(grid: Grid): Comparer {
  const { size } = grid;
  const cells = rowMajor(grid);
  const store = new SetStore(size);
  if (store.words === 1) {
    return {
      store,
      compare(one, other) {
        const a = one * size;
        const b = other * size;
        let word = 0;
        for (let column = 0; column < size; column++) if (cells[a + column] === cells[b + column]) word |= 1 << column;
        return store.addWord(word);
      },
    };
  }
  const buffer = new Int32Array(store.words);
  return {
    store,
    compare(one, other) {
      buffer.fill(0);
      const a = one * size;
      const b = other * size;
      for (let column = 0; column < size; column++) {
        if (cells[a + column] === cells[b + column]) {
          buffer[column >>> 5] = (buffer[column >>> 5] as number) | (1 << (column & 31));
        }
      }
      return store.add(buffer, 0);
    },
  };
}
