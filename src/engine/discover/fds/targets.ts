import type { Budget } from '../../budget.ts';
import type { Grid } from '../relation.ts';
import { HittingSets } from './hitting.ts';
import { AgreeIndex, type Edges } from './maximal.ts';
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
}

export type Stop = 'budget' | 'found';

/** Smallest edges that a target's search begins with when it can learn more. */
const FIRST_EDGES = 1024;

/** What is known of the left sides that were checked: the columns they determine, the key last. */
type Closures = Map<string, Int32Array>;

/** Searches the left sides of one target after the other; what one learns serves the next. */
export class Targets {
  readonly #search: TargetSearch;
  readonly #index: AgreeIndex;
  readonly #closures: Closures = new Map();
  readonly #edges: (Edges | undefined)[] = [];
  #found = 0;

  constructor(search: TargetSearch) {
    this.#search = search;
    this.#index = new AgreeIndex(search.store, search.grid.size);
  }

  /**
   * The minimal left sides of at most `maxLeft` columns of every target, and of the key last.
   * @returns why it ended early, if it did; then the lists hold only some, each of them minimal.
   */
  find(budget: Budget, maxLeft: number, what: string): { readonly lists: readonly SetList[]; readonly stop: Stop | undefined } {
    const { grid, store } = this.#search;
    const lists = Array.from({ length: grid.size + 1 }, () => new SetList(store.words));
    this.#found = 0;
    // The key first: what it determines need not be checked again.
    for (let at = 0; at <= grid.size; at++) {
      const target = grid.size - at;
      budget.progress?.(at / (grid.size + 1), what);
      const stop = this.#findTarget(budget, target, maxLeft, lists[target] as SetList);
      this.#found += (lists[target] as SetList).count;
      if (stop !== undefined) return { lists, stop };
    }
    return { lists, stop: undefined };
  }

  #findTarget(budget: Budget, target: number, maxLeft: number, into: SetList): Stop | undefined {
    const { grid, checker, maxFound } = this.#search;
    for (;;) {
      if (budget.shouldStop()) return 'budget';
      const known = this.#edgesOf(budget, target);
      if (known === undefined) return 'budget';
      const { edges, count } = known;
      if (hasEmptyEdge(edges, count, into.words)) return undefined;
      into.count = 0;
      let full = false;
      const run = new HittingSets(grid.size, edges, count, {
        maxSize: maxLeft,
        shouldStop: () => budget.shouldStop(),
        leaf: (set) => {
          if (checker !== undefined) {
            // Looking at all rows takes long enough to look at the budget each time.
            if (budget.shouldStop()) return 'stop';
            const missed = this.#check(set, target, checker);
            if (missed !== undefined) {
              this.#learn(target, missed);
              return missed;
            }
          }
          into.push(set);
          full = this.#found + into.count >= maxFound;
          return full ? 'stop' : undefined;
        },
      }).run();
      if (full) return 'found';
      if (!run.finished) return 'budget';
      if (!run.learned) return undefined;
    }
  }

  /** What a target's left sides must meet: looked for once, and what is learned is added. */
  #edgesOf(budget: Budget, target: number): Edges | undefined {
    const known = this.#edges[target];
    if (known !== undefined) return known;
    const { checker } = this.#search;
    const made = this.#index.edgesOf(target, budget, checker === undefined ? undefined : FIRST_EDGES);
    this.#edges[target] = made;
    return made;
  }

  #learn(target: number, news: Int32Array): void {
    const { words } = this.#search.store;
    const known = this.#edges[target] as Edges;
    const length = known.count * words;
    const edges = known.edges.length >= length + news.length ? known.edges : new Int32Array((length + news.length) * 2);
    if (edges !== known.edges) edges.set(known.edges.subarray(0, length));
    edges.set(news, length);
    this.#edges[target] = { edges, count: known.count + news.length / words };
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

  #missed(set: Int32Array, target: number, before: number): Int32Array {
    const found = this.#index.against(set, target, before);
    const edges = new Int32Array(found.length * set.length);
    found.forEach((at, place) => void this.#index.complement(at, target, edges, place));
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
