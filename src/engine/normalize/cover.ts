import { type Bits, bitItems, bitsKey, hasBit, isSubset, union, without } from '#lib/bitset.ts';
import { type Closer, closer } from './closure.ts';
import { type Fd, type FdSet, splitRight } from './dependencies.ts';

/** The smallest part of `left`, taking attributes away in ascending order, that still determines `right`. */
export function reduceLeft(known: Closer, left: Bits, right: Bits): Bits {
  let reduced = left;
  for (const item of bitItems(left)) {
    const smaller = without(reduced, item);
    if (isSubset(right, known.close(smaller))) reduced = smaller;
  }
  return reduced;
}

/**
 * A minimal cover: one attribute on each right side, no extraneous attribute on the left, no redundant dependency.
 * Not unique; this one follows the order of declaration, so that equal input gives equal output.
 */
export function minimalCover(set: FdSet): FdSet {
  const known = closer(set);
  const seen = new Set<string>();
  const reduced: Fd[] = [];
  for (const { left, right } of splitRight(set)) {
    const fd = { left: reduceLeft(known, left, right), right };
    const key = `${bitsKey(fd.left)}>${bitsKey(fd.right)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    reduced.push(fd);
  }
  const rest = closer({ size: set.size, fds: reduced });
  const kept = reduced.filter((fd, position) => {
    const target = bitItems(fd.right)[0] as number;
    const redundant = hasBit(rest.close(fd.left, position), target);
    if (redundant) rest.use(position, false);
    return !redundant;
  });
  return { size: set.size, fds: kept };
}

/** A minimal cover with the right sides of equal left sides put together, in order of first appearance. */
export function canonicalCover(set: FdSet): FdSet {
  const byLeft = new Map<string, Fd>();
  for (const fd of minimalCover(set).fds) {
    const key = bitsKey(fd.left);
    const known = byLeft.get(key);
    byLeft.set(key, known === undefined ? fd : { left: known.left, right: union(known.right, fd.right) });
  }
  return { size: set.size, fds: [...byLeft.values()] };
}
