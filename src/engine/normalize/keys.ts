import {
  addBit,
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
    if (isSubset(whole, known.close(smaller))) key = smaller;
  }
  return key;
}

interface Reduced {
  readonly core: Bits;
  readonly rest: Bits;
  readonly fds: readonly Fd[];
}

/**
 * What is left to choose from: attributes on no right side are in every key, what they determine and what is on no left
 * side is in none (Saiedian and Spencer, The Computer Journal 39(2), 1996); both are taken out until nothing changes.
 */
function reduce(set: FdSet): Reduced {
  const { size } = set;
  let core = noBits(size);
  let rest = allBits(size);
  let fds = minimalCover(set).fds;
  for (;;) {
    const right = unionOf(
      noBits(size),
      fds.map((fd) => fd.right),
    );
    const source = minus(rest, right);
    core = union(core, source);
    const determined = closer({ size, fds }).close(source);
    const left = unionOf(
      noBits(size),
      fds.map((fd) => fd.left),
    );
    const next = intersection(minus(rest, determined), left);
    if (bitItems(next).length === bitItems(rest).length) return { core, rest, fds };
    rest = next;
    const kept = fds.flatMap((fd) => {
      const smaller = { left: minus(fd.left, determined), right: intersection(fd.right, rest) };
      return isEmpty(smaller.right) ? [] : [smaller];
    });
    fds = minimalCover({ size, fds: kept }).fds;
  }
}

/** Attributes that no dependency connects to the others can be chosen independently. */
function components(size: number, rest: Bits, fds: readonly Fd[]): Bits[] {
  const parent = Array.from({ length: size }, (_, item) => item);
  const find = (item: number): number => {
    let root = item;
    while (parent[root] !== root) root = parent[root] as number;
    parent[item] = root;
    return root;
  };
  for (const fd of fds) {
    const items = bitItems(union(fd.left, fd.right));
    for (const item of items) parent[find(item)] = find(items[0] as number);
  }
  const byRoot = new Map<number, Bits>();
  for (const item of bitItems(rest)) {
    const root = find(item);
    const bits = byRoot.get(root) ?? noBits(size);
    addBit(bits, item);
    byRoot.set(root, bits);
  }
  return [...byRoot.values()];
}

/** All minimal choices of a group: Lucchesi and Osborn (JCSS 17, 1978), polynomial in the number of keys. */
function groupKeys(known: Closer, attributes: Bits, fds: readonly Fd[], budget: Budget, max: number): Bounded<KeyGroup> {
  const keys: Bits[] = [shrinkToKey(known, attributes, attributes)];
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as Bits;
    for (const fd of fds) {
      if (!intersects(fd.right, key)) continue;
      const candidate = union(fd.left, minus(key, fd.right));
      if (keys.some((one) => isSubset(one, candidate))) continue;
      keys.push(shrinkToKey(known, candidate, attributes));
      if (keys.length >= max) return cut({ attributes, keys }, `more than ${max} keys in one group of attributes`);
      if (budget.shouldStop()) return cut({ attributes, keys }, 'the time for finding keys was used up');
    }
  }
  return complete({ attributes, keys });
}

/**
 * Every candidate key of a heading, factored by independent groups of attributes.
 * @param maxGroupKeys where enumeration inside one group stops.
 */
export function findKeys(set: FdSet, budget: Budget, maxGroupKeys: number = MAX_GROUP_KEYS): Bounded<Keys> {
  const { size } = set;
  const { core, rest, fds } = reduce(set);
  const groups: KeyGroup[] = [];
  const reasons: string[] = [];
  let count = 1n;
  let prime = core;
  let undecided = noBits(size);
  for (const attributes of components(size, rest, fds)) {
    const inside = fds.filter((fd) => isSubset(fd.left, attributes));
    const found = groupKeys(closer({ size, fds: inside }), attributes, inside, budget, maxGroupKeys);
    groups.push(found.value);
    count *= BigInt(found.value.keys.length);
    prime = union(prime, unionOf(noBits(size), found.value.keys));
    if (found.complete) continue;
    reasons.push(found.reason ?? '');
    undecided = union(undecided, attributes);
  }
  const nonPrime = minus(minus(allBits(size), prime), undecided);
  const keys = { core, groups, count, prime, nonPrime };
  return reasons.length === 0 ? complete(keys) : cut(keys, reasons[0] as string);
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
