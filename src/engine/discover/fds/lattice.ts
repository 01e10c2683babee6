import type { Budget } from '../../budget.ts';
import type { SetStore } from './set-store.ts';

/** Columns that a lattice can have: its words have a bit for each and one for the key. */
export const MAX_LATTICE_COLUMNS = 22;

/** Asked for each candidate of which agree sets do not tell; may add agree sets to the store. @returns the targets that hold. */
export type Check = (left: number, targets: number) => number;

/** Told of each minimal left side and the targets that it determines and no part of it does. */
export type Found = (left: number, targets: number) => void;

export interface LatticeRun {
  /** Every left side of at most this size was looked at. */
  readonly completeUpToLeft: number;
  readonly complete: boolean;
}

/**
 * All minimal dependencies of a narrow table. For every set of columns one word says which targets it does not determine:
 * those outside some agree set that contains it. The words are filled by passing each on to the set's parts, column by
 * column (a superset sum), `columns * 2^columns` steps for all targets together. Then sets are visited by size: a target is
 * minimal when the set determines it and no part with one column less does. A candidate is checked in the data if asked;
 * what the check learns corrects the words of the sets not visited yet, so one pass is exact.
 * @param store agree sets of at most {@link MAX_LATTICE_COLUMNS} columns. @param check absent when all agree sets are known.
 */
export function searchLattice(
  size: number,
  store: SetStore,
  found: Found,
  options: { readonly check: Check | undefined; readonly maxLeft: number; readonly budget: Budget },
): LatticeRun {
  const { check, maxLeft, budget } = options;
  const violated = violations(size, store);
  let learned = store.size;
  // The bit `size` is the key's.
  const every = 2 ** (size + 1) - 1;
  const top = Math.min(size, maxLeft);
  for (let level = 0; level <= top; level++) {
    budget.progress?.(level / (top + 1), `left sides of ${level} columns`);
    let visited = 0;
    for (let left = 2 ** level - 1; left < 2 ** size; left = nextOfSize(left)) {
      if ((++visited & 4095) === 0 && budget.shouldStop()) return { completeUpToLeft: level - 1, complete: false };
      let targets = every & ~left & ~(violated[left] as number);
      for (let rest = left; rest !== 0 && targets !== 0; rest &= rest - 1) targets &= violated[left ^ (rest & -rest)] as number;
      if (targets === 0) continue;
      if (check !== undefined) {
        if (budget.shouldStop()) return { completeUpToLeft: level - 1, complete: false };
        targets = check(left, targets);
        for (; learned < store.size; learned++) pass(violated, store.data[learned] as number, ~(store.data[learned] as number));
      }
      if (targets !== 0) found(left, targets);
    }
  }
  return { completeUpToLeft: top, complete: true };
}

/** The next larger word with as many bits (Gosper's hack, HAKMEM 175). */
function nextOfSize(word: number): number {
  if (word === 0) return Number.POSITIVE_INFINITY;
  const low = word & -word;
  const ripple = word + low;
  return ripple | (((word ^ ripple) / low) >>> 2);
}

function violations(size: number, store: SetStore): Int32Array {
  const words = new Int32Array(2 ** size);
  for (let at = 0; at < store.size; at++) words[store.data[at] as number] = ~(store.data[at] as number);
  for (let column = 0; column < size; column++) {
    const bit = 1 << column;
    for (let block = 0; block < words.length; block += bit * 2) {
      for (let at = block; at < block + bit; at++) words[at] = (words[at] as number) | (words[at + bit] as number);
    }
  }
  return words;
}

/** Tells a set and its parts of targets they do not determine; stops where it is known, since then the parts know too. */
function pass(words: Int32Array, set: number, targets: number): void {
  const known = words[set] as number;
  if ((known | targets) === known) return;
  words[set] = known | targets;
  for (let rest = set; rest !== 0; rest &= rest - 1) pass(words, set ^ (rest & -rest), targets);
}
