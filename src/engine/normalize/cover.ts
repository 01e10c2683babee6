import { type Bits, bitItems, bitsKey, union, without } from '#lib/bitset.ts';
import { type Budget, UNLIMITED } from '../budget.ts';
import { type Closer, closer } from './closure.ts';
import { type Fd, type FdSet, splitRight } from './dependencies.ts';

/** The smallest part of `left`, taking attributes away in ascending order, that still determines `right`. */
export function reduceLeft(known: Closer, left: Bits, right: Bits): Bits {
  let reduced = left;
  for (const item of bitItems(left)) {
    const smaller = without(reduced, item);
    if (known.determines(smaller, right)) reduced = smaller;
  }
  return reduced;
}

/**
 * A minimal cover: one attribute on each right side, no extraneous attribute on the left, no redundant dependency.
 * Not unique; this one follows the order of declaration, so that equal input gives equal output. When the budget ends it
 * still says the same as `set`, but may hold more than is needed.
 */
export function minimalCover(set: FdSet, budget: Budget = UNLIMITED): FdSet {
  const known = closer(set);
  const seen = new Set<string>();
  const reduced: Fd[] = [];
  for (const { left, right } of splitRight(set)) {
    const fd = { left: budget.shouldStop() ? left : reduceLeft(known, left, right), right };
    const key = `${bitsKey(fd.left)}>${bitsKey(fd.right)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    reduced.push(fd);
  }
  const rest = closer({ size: set.size, fds: reduced });
  const kept = reduced.filter((fd, position) => {
    const redundant = !budget.shouldStop() && rest.determines(fd.left, fd.right, position);
    if (redundant) rest.use(position, false);
    return !redundant;
  });
  return { size: set.size, fds: kept };
}

/** A minimal cover with the right sides of equal left sides put together, in order of first appearance. */
export function canonicalCover(set: FdSet, budget: Budget = UNLIMITED): FdSet {
  return mergeLefts(minimalCover(set, budget));
}

/** The same dependencies with the right sides of equal left sides put together, in order of first appearance. */
export function mergeLefts(set: FdSet): FdSet {
  const byLeft = new Map<string, Fd>();
  for (const fd of set.fds) {
    const key = bitsKey(fd.left);
    const known = byLeft.get(key);
    byLeft.set(key, known === undefined ? fd : { left: known.left, right: union(known.right, fd.right) });
  }
  return { size: set.size, fds: [...byLeft.values()] };
}
