import {
  allBits,
  type Bits,
  bitCount,
  bitItems,
  bitsOf,
  hasBit,
  intersection,
  intersects,
  isEmpty,
  isSubset,
  minus,
  sameBits,
  union,
} from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { type Bounded, complete, cut, type Fd, type FdSet } from './dependencies.ts';
import { dropSubsumed } from './project.ts';

/** A multivalued dependency: for equal `left`, the values of `right` and of the rest combine freely. */
export type Mvd = Fd;

/** Subsets tried for one part before 4NF of a part is left open. */
const MAX_SUBSETS = 1 << 14;

/**
 * The dependency basis of a set of attributes: the rest of the heading in the blocks that combine freely (Beeri, ACM TODS
 * 5(3), 1980). Functional dependencies count as multivalued ones, attribute by attribute.
 */
export function dependencyBasis(set: FdSet, mvds: readonly Mvd[], from: Bits): Bits[] {
  const all = allBits(set.size);
  const rules = [
    ...mvds,
    ...set.fds.flatMap((fd) => bitItems(fd.right).map((item) => ({ left: fd.left, right: bitsOf(set.size, [item]) }))),
  ];
  let blocks = [minus(all, from)].filter((block) => !isEmpty(block));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { left, right } of rules) {
      const next = blocks.flatMap((block) => {
        if (intersects(block, left)) return [block];
        const inside = intersection(block, right);
        const outside = minus(block, right);
        if (isEmpty(inside) || isEmpty(outside)) return [block];
        changed = true;
        return [inside, outside];
      });
      blocks = next;
    }
  }
  return blocks;
}

/**
 * What a set of attributes determines under functional and multivalued dependencies together: an attribute that stands
 * alone in the dependency basis and on the right of some functional dependency (Beeri 1980).
 */
export function mixedClosure(set: FdSet, mvds: readonly Mvd[], from: Bits): Bits {
  let closure = from;
  for (const block of dependencyBasis(set, mvds, from)) {
    const [item, second] = bitItems(block);
    if (item === undefined || second !== undefined) continue;
    if (set.fds.some((fd) => hasBit(fd.right, item) && !hasBit(fd.left, item))) closure = union(closure, block);
  }
  return closure;
}

/** Whether the whole heading is in 4NF: every given dependency that says something has a superkey on its left (exact for the whole). */
export function isFourth(set: FdSet, mvds: readonly Mvd[]): boolean {
  const all = allBits(set.size);
  const key = (left: Bits) => sameBits(mixedClosure(set, mvds, left), all);
  const trivial = ({ left, right }: Mvd) => isSubset(right, left) || isSubset(all, union(left, right));
  return set.fds.every((fd) => isSubset(fd.right, fd.left) || key(fd.left)) && mvds.every((mvd) => trivial(mvd) || key(mvd.left));
}

/** A block that combines freely with the others inside a part, and is neither all of it nor determined with all of it. */
function violationIn(set: FdSet, mvds: readonly Mvd[], part: Bits, left: Bits): Bits | undefined {
  const blocks = dependencyBasis(set, mvds, left)
    .map((block) => intersection(block, part))
    .filter((block) => !isEmpty(block));
  if (blocks.length < 2 || isSubset(part, mixedClosure(set, mvds, left))) return undefined;
  return blocks.reduce((best, block) => (bitCount(block) < bitCount(best) ? block : best));
}

/** Subsets of a part that may start a violation: small ones first, made of attributes on some left side. */
function* lefts(set: FdSet, mvds: readonly Mvd[], part: Bits): Generator<Bits> {
  const given = [...set.fds, ...mvds].map((one) => one.left).filter((left) => isSubset(left, part));
  yield* given;
  const items = bitItems(part).filter((item) => [...set.fds, ...mvds].some((one) => hasBit(one.left, item)));
  for (let mask = 0; mask < 2 ** Math.min(items.length, 30); mask++) {
    yield bitsOf(
      set.size,
      items.filter((_, at) => (mask >> at) & 1),
    );
  }
}

/**
 * Splits a heading until no part holds a multivalued dependency that its keys do not explain. Each split is on a
 * dependency that holds, so the join is lossless. `complete: false` when not every left side of a part was tried.
 */
export function decomposeFourth(set: FdSet, mvds: readonly Mvd[], budget: Budget): Bounded<Bits[]> {
  const todo = [allBits(set.size)];
  const done: Bits[] = [];
  let reason: string | undefined;
  while (todo.length > 0) {
    const part = todo.pop() as Bits;
    let tried = 0;
    let split = false;
    for (const left of lefts(set, mvds, part)) {
      tried++;
      if (tried > MAX_SUBSETS || budget.shouldStop()) {
        reason = 'too many possible left sides to try each';
        break;
      }
      const block = violationIn(set, mvds, part, left);
      if (block === undefined) continue;
      todo.push(minus(part, block), union(left, block));
      split = true;
      break;
    }
    if (!split) done.push(part);
  }
  const parts = dropSubsumed(done);
  return reason === undefined ? complete(parts) : cut(parts, reason);
}
