import type { Grid } from '../relation.ts';
import { agreeingPairs } from './clusters.ts';
import { MAX_LATTICE_COLUMNS } from './lattice.ts';

/**
 * How long ways take, in nanoseconds a step, as measured on one core of the machine of the bench. Only their relations
 * matter: they choose between ways that all give the same result.
 */
const NS = {
  /** Looking at one pair of rows whose agree set is one word. */
  pair: 4.5,
  /** More for each further word of an agree set. */
  pairWord: 6,
  /** Marking one column on which one pair agrees. */
  agreement: 1.6,
  /** One row in one pass of a radix sort. */
  sorted: 8,
  /** Comparing one cell of a sampled pair. */
  cell: 1.6,
  /** One row of one check of a candidate in the data. */
  checked: 8,
  /** One word of the lattice, for each column. */
  lattice: 1.1,
  /** Keeping or dropping one agree set for one target. */
  kept: 60,
};

/** Words that the agree sets of all pairs may take, if all differ: 256 MB. */
const MAX_PAIR_WORDS = 64_000_000;

/** Where agree sets come from: every pair of rows, or a sample whose candidates are checked in all rows. */
export type Source = 'all pairs' | 'sample';

export interface Costs {
  readonly allPairs: number;
  readonly sample: number;
}

/**
 * What the two ways to agree sets cost, in nanoseconds; infinitely much when memory would not do. All pairs: the pairs, and the columns they agree on. Sample: sorting
 * rows by each column, comparing neighbours, and checking candidates. How many candidates there will be nobody knows;
 * dependencies of real tables grow with about the 0.4th power of the number of column sets.
 */
export function costsOf(grid: Grid): Costs {
  const { rows, size } = grid;
  const words = Math.max(1, (size + 31) >>> 5);
  const pairs = (rows * (rows - 1)) / 2;
  const candidates = 2 ** Math.min(30, size * 0.4);
  return {
    allPairs:
      pairs * words > MAX_PAIR_WORDS
        ? Number.POSITIVE_INFINITY
        : pairs * (NS.pair + (words > 1 ? words * NS.pairWord : 0)) + agreeingPairs(grid) * NS.agreement,
    sample: rows * size * (3 * NS.sorted + 3 * size * NS.cell) + candidates * rows * NS.checked,
  };
}

export function chooseSource(grid: Grid): Source {
  const { allPairs, sample } = costsOf(grid);
  return allPairs <= sample ? 'all pairs' : 'sample';
}

/** Whether to fill the lattice of all column sets rather than to enumerate hitting sets. @param agreeSets how many are known. */
export function chooseLattice(size: number, agreeSets: number): boolean {
  if (size > MAX_LATTICE_COLUMNS) return false;
  return size * 2 ** size * NS.lattice <= (size + 1) * agreeSets * NS.kept + 20_000;
}
