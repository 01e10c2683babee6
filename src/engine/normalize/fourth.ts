import {
  allBits,
  type Bits,
  bitCount,
  bitItems,
  bitsOf,
  intersection,
  isEmpty,
  isSubset,
  minus,
  sameBits,
  union,
} from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { Mixed, type Mvd, subsetsOf } from './basis.ts';
import { unionOf } from './closure.ts';
import { type Bounded, complete, cut, type FdSet } from './dependencies.ts';
import { dropSubsumed } from './project.ts';

/** Subsets tried for one part before 4NF of a part is left open. */
const MAX_SUBSETS = 1 << 14;

/** A multivalued dependency that holds in a part of a heading and that no key explains. */
export interface MvdBreach {
  readonly left: Bits;
  /** The block that combines freely with the rest of the part. */
  readonly right: Bits;
  readonly rest: Bits;
  /** The given dependency is a functional one. */
  readonly functional?: boolean;
}

/** One split on the way to 4NF: `part` is the join of `block` with the left side, and of the rest. */
export interface Split {
  readonly part: Bits;
  readonly left: Bits;
  readonly block: Bits;
}

/** Given dependencies that say something and have no superkey on the left: none exactly when the whole heading is in 4NF. */
export function fourthBreaches(set: FdSet, mvds: readonly Mvd[]): MvdBreach[] {
  const all = allBits(set.size);
  const mixed = new Mixed(set, mvds);
  const key = (left: Bits) => sameBits(mixed.close(left), all);
  const trivial = ({ left, right }: Mvd) => isSubset(right, left) || isSubset(all, union(left, right));
  const breach = ({ left, right }: Mvd) => ({ left, right: minus(right, left), rest: minus(minus(all, left), right) });
  return [
    // A functional dependency on all of the rest is no trivial one: its left side would be a key.
    ...set.fds.filter((fd) => !isSubset(fd.right, fd.left) && !key(fd.left)).map((fd) => ({ ...breach(fd), functional: true })),
    ...mvds.filter((mvd) => !trivial(mvd) && !key(mvd.left)).map(breach),
  ];
}

/** Whether the whole heading is in 4NF: every given dependency that says something has a superkey on its left (exact for the whole). */
export function isFourth(set: FdSet, mvds: readonly Mvd[]): boolean {
  return fourthBreaches(set, mvds).length === 0;
}

/** A block that combines freely with the others inside a part, and is neither all of it nor determined with all of it. */
function violationIn(mixed: Mixed, part: Bits, left: Bits): Bits | undefined {
  const closure = mixed.known.close(left);
  // Nothing of the part is determined, and nothing cuts the rest: the answer for most left sides.
  if (isSubset(part, closure) || (sameBits(intersection(closure, part), left) && mixed.isPlain(closure))) return undefined;
  const blocks = mixed
    .basis(left)
    .map((block) => intersection(block, part))
    .filter((block) => !isEmpty(block));
  if (blocks.length < 2 || isSubset(part, mixed.close(left))) return undefined;
  return blocks.reduce((best, block) => (bitCount(block) < bitCount(best) ? block : best));
}

/** Left sides that may start a violation of a part: given ones first, then every set of attributes of some left side. */
function* lefts({ set, mvds }: Mixed, part: Bits): Generator<Bits> {
  const given = [...mvds, ...set.fds].map((one) => one.left);
  yield* given.filter((left) => isSubset(left, part));
  yield* subsetsOf(set.size, bitItems(intersection(part, unionOf(bitsOf(set.size, []), given))));
}

/**
 * What keeps a part of a heading out of 4NF. A multivalued dependency holds in a part when it separates whole blocks of
 * the basis, cut down to the part; one that no given dependency states may do so, so every left side is tried.
 * @returns `undefined` as value when there is none; cut when not every left side was tried.
 */
export function fourthBreachIn(mixed: Mixed, part: Bits, budget: Budget): Bounded<MvdBreach | undefined> {
  let tried = 0;
  for (const left of lefts(mixed, part)) {
    if (++tried > MAX_SUBSETS || budget.shouldStop()) return cut(undefined, 'too many possible left sides to try each');
    const right = violationIn(mixed, part, left);
    if (right !== undefined) return complete({ left, right, rest: minus(minus(part, left), right) });
  }
  return complete(undefined);
}

/**
 * Splits a heading until no part holds a multivalued dependency that its keys do not explain (Fagin, ACM TODS 2(3), 1977).
 * Each split is on a dependency that holds, so the join is lossless. `complete: false` when not every left side of a part
 * was tried.
 */
export function decomposeFourth(set: FdSet, mvds: readonly Mvd[], budget: Budget): Bounded<Bits[]> {
  const { value, ...how } = splitFourth(set, mvds, [allBits(set.size)], budget);
  return { value: value.parts, ...how };
}

/** Splits the parts given until each is in 4NF, with the splits made, in order: their own proof that nothing is lost. */
export function splitFourth(
  set: FdSet,
  mvds: readonly Mvd[],
  from: readonly Bits[],
  budget: Budget,
): Bounded<{ readonly parts: Bits[]; readonly splits: readonly Split[] }> {
  const mixed = new Mixed(set, mvds);
  const todo = [...from].reverse();
  const done: Bits[] = [];
  const splits: Split[] = [];
  let reason: string | undefined;
  while (todo.length > 0) {
    const part = todo.pop() as Bits;
    const breach = fourthBreachIn(mixed, part, budget);
    if (breach.value === undefined) {
      reason ??= breach.reason;
      done.push(part);
      continue;
    }
    const { left, right } = breach.value;
    splits.push({ part, left, block: right });
    todo.push(minus(part, right), union(left, right));
  }
  const value = { parts: dropSubsumed(done), splits };
  return reason === undefined ? complete(value) : cut(value, reason);
}
