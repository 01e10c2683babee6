import {
  allBits,
  type Bits,
  bitItems,
  hasBit,
  intersection,
  intersects,
  isEmpty,
  isSubset,
  minus,
  noBits,
  union,
  without,
} from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { type Closer, closer, unionOf } from './closure.ts';
import { minimalCover } from './cover.ts';
import { type Bounded, complete, cut, type Fd, type FdSet } from './dependencies.ts';
import { type Factor, factorKeys } from './factor.ts';

/** Attributes that determine each other independently of the rest, with every minimal choice among them. */
export interface KeyGroup {
  readonly attributes: Bits;
  readonly keys: readonly Bits[];
}

/**
 * All candidate keys, as factors: each key is the core plus one choice from every group. Two hundred independent pairs
 * have 2^200 keys and 200 groups; the product is counted, never stored.
 */
export interface Keys {
  readonly core: Bits;
  readonly groups: readonly KeyGroup[];
  /** Exact when complete, otherwise how many are known. */
  readonly count: bigint;
  /** Attributes of at least one known key. */
  readonly prime: Bits;
  /** Attributes proved to be in no key. */
  readonly nonPrime: Bits;
}

export const MAX_GROUP_KEYS = 4096;

/** One key inside the superkey given: attributes are taken away in ascending order while the rest still determines all of `whole`. */
export function shrinkToKey(known: Closer, superkey: Bits, whole: Bits): Bits {
  let key = superkey;
  for (const item of bitItems(superkey)) {
    const smaller = without(key, item);
    if (known.determines(smaller, whole)) key = smaller;
  }
  return key;
}

/** Keys of one capacity, one after the other in one array: whether one is inside a set is asked for every candidate. */
class KeyList {
  readonly #words: number;
  #data: Int32Array;
  #count = 0;

  constructor(size: number) {
    this.#words = noBits(size).length;
    this.#data = new Int32Array(this.#words * 64);
  }

  add(key: Bits): void {
    if ((this.#count + 1) * this.#words > this.#data.length) {
      const grown = new Int32Array(this.#data.length * 2);
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data.set(key, this.#count++ * this.#words);
  }

  /** Whether some key is inside the set; the ones found last are the likeliest. */
  hasInside(set: Bits): boolean {
    const words = this.#words;
    const data = this.#data;
    for (let from = (this.#count - 1) * words; from >= 0; from -= words) {
      let at = 0;
      while (at < words && ((data[from + at] as number) & ~(set[at] as number)) === 0) at++;
      if (at === words) return true;
    }
    return false;
  }
}

/** Puts the left side of a dependency in place of its right side; false when the key has none of that. */
function replace(candidate: Bits, key: Bits, { left, right }: Fd): boolean {
  if (!intersects(right, key)) return false;
  for (let at = 0; at < key.length; at++) {
    candidate[at] = (left[at] as number) | ((key[at] as number) & ~(right[at] as number));
  }
  return true;
}

/** All minimal choices of a group: Lucchesi and Osborn (JCSS 17, 1978), polynomial in the number of keys. */
function groupKeys({ attributes, fds }: Factor, size: number, budget: Budget, max: number): Bounded<KeyGroup> {
  const known = closer({ size, fds });
  const keys: Bits[] = [shrinkToKey(known, attributes, attributes)];
  const list = new KeyList(size);
  list.add(keys[0] as Bits);
  const candidate = noBits(size);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as Bits;
    for (const fd of fds) {
      if (!replace(candidate, key, fd) || list.hasInside(candidate)) continue;
      if (keys.length >= max) return cut({ attributes, keys }, `more than ${max} keys in one group of attributes`);
      if (budget.shouldStop()) return cut({ attributes, keys }, 'the time for finding keys was used up');
      const found = shrinkToKey(known, candidate.slice(), attributes);
      keys.push(found);
      list.add(found);
    }
  }
  return complete({ attributes, keys });
}

/**
 * Every candidate key of a heading, factored by independent groups of attributes.
 * @param maxGroupKeys where enumeration inside one group stops.
 */
export function findKeys(set: FdSet, budget: Budget, maxGroupKeys?: number): Bounded<Keys> {
  return keysOfCover(minimalCover(set, budget), budget, maxGroupKeys);
}

/** {@link findKeys} of a set that is a minimal cover already. */
export function keysOfCover(cover: FdSet, budget: Budget, maxGroupKeys: number = MAX_GROUP_KEYS): Bounded<Keys> {
  const { size } = cover;
  const { core, factors } = factorKeys(cover, budget);
  const groups: KeyGroup[] = [];
  let reason: string | undefined;
  let count = 1n;
  let prime = core;
  let undecided = noBits(size);
  for (const factor of factors) {
    const found = groupKeys(factor, size, budget, maxGroupKeys);
    groups.push(found.value);
    count *= BigInt(found.value.keys.length);
    prime = unionOf(prime, found.value.keys);
    if (found.complete) continue;
    reason ??= found.reason;
    undecided = union(undecided, factor.attributes);
  }
  const nonPrime = minus(minus(allBits(size), prime), undecided);
  const keys = { core, groups, count, prime, nonPrime };
  return reason === undefined ? complete(keys) : cut(keys, reason);
}

/** The keys one by one, in a stable order, without ever holding the product. */
export function* eachKey(keys: Keys): Generator<Bits> {
  const choice = keys.groups.map(() => 0);
  for (;;) {
    yield keys.groups.reduce((all, group, at) => union(all, group.keys[choice[at] as number] as Bits), keys.core);
    let at = keys.groups.length - 1;
    while (at >= 0 && choice[at] === (keys.groups[at] as KeyGroup).keys.length - 1) choice[at--] = 0;
    if (at < 0) return;
    choice[at] = (choice[at] as number) + 1;
  }
}

/** The first keys, at most `limit`. */
export function listKeys(keys: Keys, limit: number): Bits[] {
  const list: Bits[] = [];
  for (const key of eachKey(keys)) {
    if (list.length >= limit) break;
    list.push(key);
  }
  return list;
}

/** Whether a known key contains all of these attributes: decided group by group, without the product. */
export function inSomeKey(keys: Keys, attributes: Bits): boolean {
  if (!isSubset(attributes, keys.prime)) return false;
  return keys.groups.every((group) => {
    const part = intersection(attributes, group.attributes);
    return isEmpty(part) || group.keys.some((key) => isSubset(part, key));
  });
}

/** Whether an attribute is prime: `undefined` when that was not settled. */
export function isPrime(keys: Keys, item: number): boolean | undefined {
  if (hasBit(keys.prime, item)) return true;
  return hasBit(keys.nonPrime, item) ? false : undefined;
}
