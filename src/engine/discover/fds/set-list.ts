import { popcount } from './set-store.ts';

/** Sets of small numbers, one after the other in one array, `words` words each: plain data that a worker can hand over. */
export interface FlatSets {
  readonly words: number;
  readonly count: number;
  readonly data: Int32Array;
}

/** A growing list of sets of small numbers, flat, so that a million of them is one array. */
export class SetList {
  readonly words: number;
  count = 0;
  #data: Int32Array;

  constructor(words: number) {
    this.words = words;
    this.#data = new Int32Array(16 * words);
  }

  push(set: Int32Array): void {
    const start = this.#room();
    for (let i = 0; i < this.words; i++) this.#data[start + i] = set[i] as number;
  }

  pushWord(word: number): void {
    // First the room: it may change the array.
    const start = this.#room();
    this.#data[start] = word;
  }

  #room(): number {
    const start = this.count++ * this.words;
    if (start + this.words > this.#data.length) {
      const grown = new Int32Array(this.#data.length * 2);
      grown.set(this.#data);
      this.#data = grown;
    }
    return start;
  }

  /** The set at a place, a view that is valid until the next addition. */
  at(place: number): Int32Array {
    return this.#data.subarray(place * this.words, (place + 1) * this.words);
  }

  /** The sets as plain data. */
  flat(): FlatSets {
    return { words: this.words, count: this.count, data: this.#data.slice(0, this.count * this.words) };
  }

  sizeAt(place: number): number {
    let size = 0;
    for (let i = place * this.words; i < (place + 1) * this.words; i++) size += popcount(this.#data[i] as number);
    return size;
  }
}
