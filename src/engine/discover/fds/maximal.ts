import type { Budget } from '../../budget.ts';
import { popcount, type SetStore } from './set-store.ts';

/** Sets of columns that a left side must meet, one after the other. */
export interface Edges {
  readonly edges: Int32Array;
  readonly count: number;
}

/** Agree sets between two looks at the budget. */
const SETS_A_LOOK = 1023;

/**
 * The agree sets of a store, largest first, for asking which matter for one target: those without the target that are
 * part of no other such set. Their complements are the minimal difference sets.
 */
export class AgreeIndex {
  readonly #store: SetStore;
  readonly #size: number;
  /** Positions in the store, by falling size. */
  #bySize: Int32Array;
  /** For each size from the largest down, where its positions end. */
  #ends: number[];
  #sorted = -1;
  /** For each column a bit list of the kept sets that hold it. */
  #holders = new Int32Array(0);
  #capacity = 0;

  constructor(store: SetStore, size: number) {
    this.#store = store;
    this.#size = size;
    this.#bySize = new Int32Array(0);
    this.#ends = [];
  }

  #sort(): void {
    const { store, size } = { store: this.#store, size: this.#size };
    if (this.#sorted === store.size) return;
    const { words, data } = store;
    const sizes = new Int32Array(store.size);
    const starts = new Int32Array(size + 2);
    for (let at = 0; at < store.size; at++) {
      let count = 0;
      for (let i = at * words; i < (at + 1) * words; i++) count += popcount(data[i] as number);
      sizes[at] = size - count;
      starts[size - count + 1] = (starts[size - count + 1] as number) + 1;
    }
    for (let i = 0; i <= size; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
    this.#ends = [...starts.subarray(1)];
    this.#bySize = new Int32Array(store.size);
    for (let at = 0; at < store.size; at++) {
      const slot = starts[sizes[at] as number] as number;
      this.#bySize[slot] = at;
      starts[sizes[at] as number] = slot + 1;
    }
    this.#sorted = store.size;
  }

  /**
   * Complements of the maximal agree sets without the target (and without it in the complement): what a left side must
   * meet. An empty one means that nothing determines the target.
   * @param target a column, or the number of columns for the key. @param limit at most so many, the smallest.
   * @returns undefined when the budget ended it.
   */
  edgesOf(target: number, budget: Budget, limit = Number.POSITIVE_INFINITY): Edges | undefined {
    this.#sort();
    const { words, data } = this.#store;
    const size = this.#size;
    const isColumn = target < size;
    const word = target >>> 5;
    const bit = isColumn ? 1 << (target & 31) : 0;
    this.#holders.fill(0);
    let edges = new Int32Array(64 * words);
    let count = 0;
    const items = new Int32Array(size);
    let from = 0;
    let looked = 0;
    for (const end of this.#ends) {
      // Sets of one size contain no other of it: only what came before can.
      const before = count;
      for (let i = from; i < end && count < limit; i++) {
        if ((++looked & SETS_A_LOOK) === 0 && budget.shouldStop()) return undefined;
        const start = (this.#bySize[i] as number) * words;
        if (isColumn && ((data[start + word] as number) & bit) !== 0) continue;
        const held = itemsOf(data, start, words, items);
        if (this.#covered(items, held, before)) continue;
        if ((count + 1) * words > edges.length) {
          const grown = new Int32Array(edges.length * 2);
          grown.set(edges);
          edges = grown;
        }
        this.complement(this.#bySize[i] as number, target, edges, count);
        this.#hold(items, held, count++);
      }
      from = end;
    }
    return { edges, count };
  }

  /** Writes what is outside an agree set, without the target, as the edge with a number. */
  complement(at: number, target: number, edges: Int32Array, edge: number): void {
    const { words, data } = this.#store;
    const to = edge * words;
    for (let i = 0; i < words; i++) edges[to + i] = ~(data[at * words + i] as number);
    if (target < this.#size) edges[to + (target >>> 5)] = (edges[to + (target >>> 5)] as number) & ~(1 << (target & 31));
    const tail = this.#size & 31;
    if (tail !== 0) edges[to + words - 1] = (edges[to + words - 1] as number) & ((1 << tail) - 1);
  }

  /**
   * Places of agree sets that hold all of a set and not the target, so that they show it is not determined: every one from
   * place `since`, and if there is none, the first of the older ones, large ones first.
   */
  against(set: Int32Array, target: number, since: number): number[] {
    const { size } = this.#store;
    const found: number[] = [];
    for (let at = since; at < size; at++) if (this.#shows(at, set, target)) found.push(at);
    if (found.length > 0) return found;
    for (const at of this.#bySize) if (this.#shows(at, set, target)) return [at];
    for (let at = Math.max(0, this.#sorted); at < since; at++) if (this.#shows(at, set, target)) return [at];
    return found;
  }

  #shows(at: number, set: Int32Array, target: number): boolean {
    const { words, data } = this.#store;
    const start = at * words;
    if (target < this.#size && (((data[start + (target >>> 5)] as number) >>> (target & 31)) & 1) === 1) return false;
    for (let i = 0; i < words; i++) if (((set[i] as number) & ~(data[start + i] as number)) !== 0) return false;
    return true;
  }

  /** Whether one of the first `before` kept sets holds all items. */
  #covered(items: Int32Array, held: number, before: number): boolean {
    const blocks = (before + 31) >>> 5;
    const capacity = this.#capacity;
    const holders = this.#holders;
    for (let block = 0; block < blocks; block++) {
      let left = block === before >>> 5 ? (1 << (before & 31)) - 1 : -1;
      for (let i = 0; i < held && left !== 0; i++) left &= holders[(items[i] as number) * capacity + block] as number;
      if (left !== 0) return true;
    }
    return false;
  }

  #hold(items: Int32Array, held: number, at: number): void {
    const block = at >>> 5;
    if (block >= this.#capacity) {
      const capacity = Math.max(8, this.#capacity * 2);
      const grown = new Int32Array(this.#size * capacity);
      for (let item = 0; item < this.#size; item++) {
        grown.set(this.#holders.subarray(item * this.#capacity, (item + 1) * this.#capacity), item * capacity);
      }
      this.#holders = grown;
      this.#capacity = capacity;
    }
    for (let i = 0; i < held; i++) {
      const slot = (items[i] as number) * this.#capacity + block;
      this.#holders[slot] = (this.#holders[slot] as number) | (1 << (at & 31));
    }
  }
}

function itemsOf(data: Int32Array, start: number, words: number, items: Int32Array): number {
  let count = 0;
  for (let i = 0; i < words; i++) {
    let word = data[start + i] as number;
    while (word !== 0) {
      const low = word & -word;
      items[count++] = (i << 5) + 31 - Math.clz32(low);
      word ^= low;
    }
  }
  return count;
}
