/** Up to this many items a bitmap of all subsets tells what is known; above, a hash table. */
const BITMAP_ITEMS = 20;

/**
 * A growing collection of different sets of small numbers, `words` words each. Open addressing on a flat array: a set is
 * added without an object being made, and most additions only find that it is there.
 */
export class SetStore {
  readonly words: number;
  /** The sets, one after the other. */
  data: Int32Array;
  size = 0;
  readonly #bitmap: Int32Array | undefined;
  #table: Int32Array;
  #mask: number;

  /** @param items how many numbers sets are made of. */
  constructor(items: number) {
    this.words = Math.max(1, (items + 31) >>> 5);
    this.data = new Int32Array(256 * this.words);
    this.#bitmap = items <= BITMAP_ITEMS ? new Int32Array(Math.max(1, 1 << Math.max(0, items - 5))) : undefined;
    this.#table = new Int32Array(this.#bitmap === undefined ? 1024 : 0).fill(-1);
    this.#mask = this.#table.length - 1;
  }

  /** Adds a set of one word. @returns whether it is new. */
  addWord(word: number): boolean {
    const map = this.#bitmap;
    if (map !== undefined) {
      const at = word >>> 5;
      const bit = 1 << (word & 31);
      const known = map[at] as number;
      if ((known & bit) !== 0) return false;
      map[at] = known | bit;
      this.#room();
      this.data[this.size++] = word;
      return true;
    }
    const table = this.#table;
    let slot = mix(word) & this.#mask;
    for (;;) {
      const at = table[slot] as number;
      if (at < 0) break;
      if (this.data[at] === word) return false;
      slot = (slot + 1) & this.#mask;
    }
    this.#room();
    this.data[this.size] = word;
    this.#take(slot);
    return true;
  }

  /** Adds the set that stands at `offset`. @returns whether it is new. */
  add(from: Int32Array, offset: number): boolean {
    const { words } = this;
    if (words === 1) return this.addWord(from[offset] as number);
    let slot = hashOf(from, offset, words) & this.#mask;
    const table = this.#table;
    for (;;) {
      const at = table[slot] as number;
      if (at < 0) break;
      if (this.#same(at, from, offset)) return false;
      slot = (slot + 1) & this.#mask;
    }
    this.#room();
    const start = this.size * words;
    for (let i = 0; i < words; i++) this.data[start + i] = from[offset + i] as number;
    this.#take(slot);
    return true;
  }

  #same(at: number, from: Int32Array, offset: number): boolean {
    const start = at * this.words;
    for (let i = 0; i < this.words; i++) if (this.data[start + i] !== from[offset + i]) return false;
    return true;
  }

  #room(): void {
    if ((this.size + 1) * this.words <= this.data.length) return;
    const grown = new Int32Array(this.data.length * 2);
    grown.set(this.data);
    this.data = grown;
  }

  #take(slot: number): void {
    this.#table[slot] = this.size++;
    if (this.size * 2 <= this.#table.length) return;
    const { words } = this;
    const table = new Int32Array(this.#table.length * 2).fill(-1);
    this.#mask = table.length - 1;
    for (let at = 0; at < this.size; at++) {
      let free = (words === 1 ? mix(this.data[at] as number) : hashOf(this.data, at * words, words)) & this.#mask;
      while ((table[free] as number) >= 0) free = (free + 1) & this.#mask;
      table[free] = at;
    }
    this.#table = table;
  }
}

function mix(word: number): number {
  let hash = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return hash ^ (hash >>> 16);
}

function hashOf(from: Int32Array, offset: number, words: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < words; i++) {
    hash = Math.imul(hash ^ (from[offset + i] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Members of a word. */
export function popcount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
