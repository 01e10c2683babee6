import type { Budget } from '../../budget.ts';
import type { Grid } from '../relation.ts';
import { HittingSets } from './hitting.ts';
import { AgreeIndex } from './maximal.ts';
import type { Checker } from './partitions.ts';
import { SetList } from './set-list.ts';
import type { SetStore } from './set-store.ts';

export interface TargetSearch {
  readonly grid: Grid;
  readonly store: SetStore;
  /** Absent when the store has the agree sets of all pairs. */
  readonly checker: Checker | undefined;
  /** Left sides found at most, of all targets together. */
  readonly maxFound: number;
  readonly budget: Budget;
}

export type Stop = 'budget' | 'found';

/** Smallest edges that a target's search begins with when it can learn more. */
const FIRST_EDGES = 4096;

/** What is known of the left sides that were checked: the columns they determine, the key last. */
type Closures = Map<string, Int32Array>;

/** Searches the left sides of one target after the other; what one learns serves the next. */
export class Targets {
  readonly #search: TargetSearch;
  readonly #index: AgreeIndex;
  readonly #closures: Closures = new Map();
  #found = 0;

  constructor(search: TargetSearch) {
    this.#search = search;
    this.#index = new AgreeIndex(search.store, search.grid.size);
  }

  /**
   * The minimal left sides of at most `maxLeft` columns of every target, and of the key last.
   * @returns why it ended early, if it did; then the lists hold only some, each of them minimal.
   */
  find(maxLeft: number, what: string): { readonly lists: readonly SetList[]; readonly stop: Stop | undefined } {
    const { grid, store, budget } = this.#search;
    const lists = Array.from({ length: grid.size + 1 }, () => new SetList(store.words));
    this.#found = 0;
    // The key first: what it determines need not be checked again.
    for (let at = 0; at <= grid.size; at++) {
      const target = grid.size - at;
      budget.progress?.(at / (grid.size + 1), what);
      const stop = this.#findTarget(target, maxLeft, lists[target] as SetList);
      this.#found += (lists[target] as SetList).count;
      if (stop !== undefined) return { lists, stop };
    }
    return { lists, stop: undefined };
  }

  #findTarget(target: number, maxLeft: number, into: SetList): Stop | undefined {
    const { grid, checker, budget, maxFound } = this.#search;
    for (;;) {
      if (budget.shouldStop()) return 'budget';
      const { edges, count } = this.#index.edgesOf(target, checker === undefined ? undefined : FIRST_EDGES);
      if (hasEmptyEdge(edges, count, into.words)) return undefined;
      into.count = 0;
      let full = false;
      const run = new HittingSets(grid.size, edges, count, {
        maxSize: maxLeft,
        shouldStop: () => full || budget.shouldStop(),
        leaf: (set) => {
          if (checker !== undefined) {
            const missed = this.#check(set, target, checker);
            if (missed !== undefined) return missed;
          }
          into.push(set);
          if (this.#found + into.count >= maxFound) full = true;
          return undefined;
        },
      }).run();
      if (full) return 'found';
      if (!run.finished) return 'budget';
      if (!run.learned) return undefined;
    }
  }

  /** @returns edges of the target that the set does not meet; nothing when the set determines the target in all rows. */
  #check(set: Int32Array, target: number, checker: Checker): Int32Array | undefined {
    const { size } = this.#search.grid;
    const key = set.join();
    let closure = this.#closures.get(key);
    const before = this.#search.store.size;
    if (closure === undefined) {
      const left: number[] = [];
      const targets: number[] = [];
      for (let column = 0; column <= size; column++) (column < size && has(set, column) ? left : targets).push(column);
      closure = new Int32Array((size + 32) >>> 5);
      for (const held of checker.determined(left, targets)) {
        closure[held >>> 5] = (closure[held >>> 5] as number) | (1 << (held & 31));
      }
      this.#closures.set(key, closure);
    }
    return has(closure, target) ? undefined : this.#missed(set, target, before);
  }

  /** Agree sets that hold the set and not the target show that it is not determined: the newest first, a few of them. */
  #missed(set: Int32Array, target: number, before: number): Int32Array {
    const { store, grid } = this.#search;
    const { words, data } = store;
    const isColumn = target < grid.size;
    const found: number[] = [];
    for (let at = store.size - 1; at >= 0 && (at >= before || found.length === 0); at--) {
      const start = at * words;
      if (isColumn && (((data[start + (target >>> 5)] as number) >>> (target & 31)) & 1) === 1) continue;
      let holds = true;
      for (let i = 0; i < words && holds; i++) holds = ((set[i] as number) & ~(data[start + i] as number)) === 0;
      if (holds) found.push(at);
    }
    const edges = new Int32Array(found.length * words);
    found.forEach((at, place) => {
      for (let i = 0; i < words; i++) edges[place * words + i] = ~(data[at * words + i] as number);
      if (isColumn)
        edges[place * words + (target >>> 5)] = (edges[place * words + (target >>> 5)] as number) & ~(1 << (target & 31));
      const tail = grid.size & 31;
      const last = (place + 1) * words - 1;
      if (tail !== 0) edges[last] = (edges[last] as number) & ((1 << tail) - 1);
    });
    return edges;
  }
}

function has(set: Int32Array, item: number): boolean {
  return (((set[item >>> 5] as number) >>> (item & 31)) & 1) === 1;
}

function hasEmptyEdge(edges: Int32Array, count: number, words: number): boolean {
  for (let edge = 0; edge < count; edge++) {
    let any = 0;
    for (let i = edge * words; i < (edge + 1) * words; i++) any |= edges[i] as number;
    if (any === 0) return true;
  }
  return false;
}
