import { popcount, type SetStore } from './set-store.ts';

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
   */
  edgesOf(target: number, limit = Number.POSITIVE_INFINITY): { readonly edges: Int32Array; readonly count: number } {
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
    for (const end of this.#ends) {
      // Sets of one size contain no other of it: only what came before can.
      const before = count;
      for (let i = from; i < end && count < limit; i++) {
        const start = (this.#bySize[i] as number) * words;
        if (isColumn && ((data[start + word] as number) & bit) !== 0) continue;
        const held = itemsOf(data, start, words, items);
        if (this.#covered(items, held, before)) continue;
        if ((count + 1) * words > edges.length) {
          const grown = new Int32Array(edges.length * 2);
          grown.set(edges);
          edges = grown;
        }
        for (let k = 0; k < words; k++) edges[count * words + k] = ~(data[start + k] as number);
        if (isColumn) edges[count * words + word] = (edges[count * words + word] as number) & ~bit;
        if ((size & 31) !== 0) {
          const tail = count * words + words - 1;
          edges[tail] = (edges[tail] as number) & ((1 << (size & 31)) - 1);
        }
        this.#hold(items, held, count++);
      }
      from = end;
    }
    return { edges, count };
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
