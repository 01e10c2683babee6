import { type Budget, partOf } from '../../budget.ts';
import type { Grid } from '../relation.ts';
import { allAgreeSets, comparer } from './agree.ts';
import { chooseLattice, chooseSource, type Source } from './cost.ts';
import { searchLattice } from './lattice.ts';
import { Checker, Partitioner } from './partitions.ts';
import { sampleAgreeSets } from './sample.ts';
import { SetList } from './set-list.ts';
import type { SetStore } from './set-store.ts';
import { type Stop, Targets } from './targets.ts';

/** Wider tables are searched by the size of left sides only. */
const MAX_COLUMNS_UNBOUNDED = 120;
/** Left sides of wide tables have at most so many columns. */
const WIDE_MAX_LEFT = 3;
const MAX_FOUND = 2_000_000;
/** Share of the work that collecting agree sets is taken for. */
const COLLECTING = 0.3;

export interface FindOptions {
  /** Left sides of more columns are not looked for. */
  readonly maxLeft?: number | undefined;
  /** Left sides found at most, keys among them. */
  readonly maxFound?: number | undefined;
  /** How to get agree sets and to search, when the cost model is not to choose: every way gives the same result. */
  readonly way?: { readonly source?: Source; readonly lattice?: boolean } | undefined;
}

/** Minimal left sides of every column, and the minimal keys. */
export interface Found {
  readonly size: number;
  /** For each column its left sides; last the keys. */
  readonly lists: readonly SetList[];
  /** All there are, whatever their size. */
  readonly complete: boolean;
  /** All there are with at most so many columns on the left. */
  readonly completeUpToLeft: number;
  readonly stop: Stop | 'maxLeft' | 'columns' | undefined;
  readonly way: { readonly source: Source; readonly search: 'lattice' | 'hitting sets' };
}

/**
 * All minimal functional dependencies and minimal unique column combinations of a grid. A left side is minimal for a column
 * if it meets every difference set (columns on which some pair of rows differs) of the pairs that differ on the column, and
 * no part of it does. The cost model chooses where agree sets come from and how left sides are searched; the result does not
 * depend on it. When the budget ends the search, what was found is right and {@link Found.completeUpToLeft} says what is all.
 */
export function findDependencies(grid: Grid, budget: Budget, options: FindOptions = {}): Found {
  const wide = grid.size > MAX_COLUMNS_UNBOUNDED;
  const source = options.way?.source ?? (wide ? 'sample' : chooseSource(grid));
  const compare = source === 'sample' ? comparer(grid) : undefined;
  let store: SetStore | undefined = compare?.store;
  const collecting = partOf(budget, 0, COLLECTING);
  if (compare === undefined) store = allAgreeSets(grid, collecting);
  else sampleAgreeSets(grid, compare, collecting);
  if (store === undefined || budget.shouldStop()) return nothing(grid, source);
  const checker = compare === undefined ? undefined : new Checker(new Partitioner(grid), compare);
  const lattice = options.way?.lattice ?? chooseLattice(grid.size, store.size);
  const searching = partOf(budget, COLLECTING, 1);
  return lattice
    ? byLattice(grid, store, checker, source, searching, options)
    : byTargets(grid, store, checker, source, searching, options);
}

function nothing(grid: Grid, source: Source): Found {
  const words = Math.max(1, (grid.size + 31) >>> 5);
  return {
    size: grid.size,
    lists: Array.from({ length: grid.size + 1 }, () => new SetList(words)),
    complete: false,
    completeUpToLeft: -1,
    stop: 'budget',
    way: { source, search: 'hitting sets' },
  };
}

function itemsOf(word: number): number[] {
  const items: number[] = [];
  for (let rest = word; rest !== 0; rest &= rest - 1) items.push(31 - Math.clz32(rest & -rest));
  return items;
}

function byLattice(
  grid: Grid,
  store: SetStore,
  checker: Checker | undefined,
  source: Source,
  budget: Budget,
  options: FindOptions,
): Found {
  const { size } = grid;
  const lists = Array.from({ length: size + 1 }, () => new SetList(1));
  const maxLeft = options.maxLeft ?? size;
  const every = 2 ** (size + 1) - 1;
  const check =
    checker === undefined
      ? undefined
      : (left: number, targets: number) => {
          let held = 0;
          for (const item of checker.determined(itemsOf(left), itemsOf(every & ~left))) held |= 1 << item;
          return held & targets;
        };
  const run = searchLattice(
    size,
    store,
    (left, targets) => {
      for (let rest = targets; rest !== 0; rest &= rest - 1) {
        (lists[31 - Math.clz32(rest & -rest)] as SetList).pushWord(left);
      }
    },
    { check, maxLeft, budget },
  );
  const all = run.complete && maxLeft >= size;
  return {
    size,
    lists,
    complete: all,
    completeUpToLeft: run.completeUpToLeft,
    stop: all ? undefined : run.complete ? 'maxLeft' : 'budget',
    way: { source, search: 'lattice' },
  };
}

function byTargets(
  grid: Grid,
  store: SetStore,
  checker: Checker | undefined,
  source: Source,
  budget: Budget,
  options: FindOptions,
): Found {
  const { size } = grid;
  const wide = size > MAX_COLUMNS_UNBOUNDED;
  const maxLeft = Math.min(options.maxLeft ?? size, wide ? WIDE_MAX_LEFT : size);
  const targets = new Targets({ grid, store, checker, maxFound: options.maxFound ?? MAX_FOUND });
  // Small left sides first, so that there is something complete to say when the rest takes too long.
  const levels = [...new Set(wide ? [1, 2, maxLeft] : [2, maxLeft])].filter((level) => level <= maxLeft);
  let lists: readonly SetList[] = nothing(grid, source).lists;
  let done = -1;
  let stop: Stop | undefined;
  for (const [at, level] of levels.entries()) {
    // Each level takes longer than all before it together.
    const [from, to] = [at, at + 1].map((position) => (position / levels.length) ** 3) as [number, number];
    const run = targets.find(
      partOf(budget, from, to),
      level,
      level < size ? `left sides of up to ${level} columns` : 'left sides of all sizes',
    );
    stop = run.stop;
    lists = stop === undefined ? run.lists : merged(lists, run.lists, done);
    if (stop !== undefined) break;
    done = level;
  }
  const complete = stop === undefined && done >= size;
  return {
    size,
    lists,
    complete,
    completeUpToLeft: done,
    stop: complete ? undefined : (stop ?? (options.maxLeft !== undefined && options.maxLeft <= maxLeft ? 'maxLeft' : 'columns')),
    way: { source, search: 'hitting sets' },
  };
}

/** What is complete up to a size, and of the rest what else was found. */
function merged(whole: readonly SetList[], some: readonly SetList[], upTo: number): readonly SetList[] {
  return whole.map((list, target) => {
    const more = some[target] as SetList;
    for (let place = 0; place < more.count; place++) if (more.sizeAt(place) > upTo) list.push(more.at(place));
    return list;
  });
}
