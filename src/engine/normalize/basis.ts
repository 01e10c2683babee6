import {
  allBits,
  type Bits,
  bitItems,
  bitsOf,
  hasBit,
  intersection,
  intersects,
  isEmpty,
  isSubset,
  minus,
  union,
} from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { type Closer, closer, unionOf } from './closure.ts';
import { type Bounded, complete, cut, type Fd, type FdSet } from './dependencies.ts';

/** A multivalued dependency: for equal `left`, the values of `right` and of the rest combine freely. */
export type Mvd = Fd;

/** One use of a dependency while a basis is found: it cuts a block in two. */
export interface BasisStep {
  /** Position of the dependency: below the number of functional ones it is one of those, above a multivalued one. */
  readonly rule: number;
  readonly block: Bits;
  readonly inside: Bits;
}

export interface Basis {
  readonly blocks: readonly Bits[];
  readonly steps: readonly BasisStep[];
}

/**
 * The dependency basis of a set of attributes with its derivation: the rest of the heading in the blocks that combine freely
 * (Beeri, ACM TODS 5(3), 1980). Functional dependencies count as multivalued ones, attribute by attribute.
 */
export function deriveBasis(set: FdSet, mvds: readonly Mvd[], from: Bits): Basis {
  const rules = [
    ...set.fds.flatMap((fd, rule) => bitItems(fd.right).map((item) => ({ rule, left: fd.left, right: bitsOf(set.size, [item]) }))),
    ...mvds.map(({ left, right }, at) => ({ rule: set.fds.length + at, left, right })),
  ];
  let blocks = [minus(allBits(set.size), from)].filter((block) => !isEmpty(block));
  const steps: BasisStep[] = [];
  for (let changed = true; changed; ) {
    changed = false;
    for (const { rule, left, right } of rules) {
      blocks = blocks.flatMap((block) => {
        if (intersects(block, left)) return [block];
        const inside = intersection(block, right);
        const outside = minus(block, right);
        if (isEmpty(inside) || isEmpty(outside)) return [block];
        changed = true;
        steps.push({ rule, block, inside });
        return [inside, outside];
      });
    }
  }
  return { blocks, steps };
}

/** The blocks of {@link deriveBasis} alone. */
export function dependencyBasis(set: FdSet, mvds: readonly Mvd[], from: Bits): readonly Bits[] {
  return deriveBasis(set, mvds, from).blocks;
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

/** Left sides tried before the search for what both kinds imply together is left open. */
const MAX_LEFTS = 1 << 12;

/** Subsets of `among`, the small ones first. */
export function* subsetsOf(size: number, among: readonly number[]): Generator<Bits> {
  for (let count = 0; count <= among.length; count++) {
    const chosen = Array.from({ length: count }, (_, at) => at);
    for (;;) {
      yield bitsOf(
        size,
        chosen.map((at) => among[at] as number),
      );
      let at = count - 1;
      while (at >= 0 && chosen[at] === among.length - count + at) at--;
      if (at < 0) break;
      chosen[at] = (chosen[at] as number) + 1;
      for (let next = at + 1; next < count; next++) chosen[next] = (chosen[next - 1] as number) + 1;
    }
  }
}

/**
 * The functional dependencies that a set implies together with multivalued ones: a functional dependency inside one block
 * of a multivalued one holds from its left side (coalescence: `a ->> bc` and `d -> b` give `a -> b`). Only attributes on
 * some left side can start a new one, so their subsets are tried, given left sides first. When cut short, `value` holds
 * valid dependencies, maybe not all.
 */
export function closeMixed(set: FdSet, mvds: readonly Mvd[], budget: Budget): Bounded<FdSet> {
  if (mvds.length === 0 || set.fds.length === 0) return complete(set);
  const { size } = set;
  const fds: Fd[] = [...set.fds];
  let known: Closer = closer({ size, fds: [...fds] });
  const add = (left: Bits) => {
    const closure = mixedClosure(set, mvds, left);
    if (isSubset(closure, known.close(left))) return;
    fds.push({ left, right: minus(closure, left) });
    known = closer({ size, fds: [...fds] });
  };
  const given = [...mvds, ...set.fds].map(({ left }) => left);
  for (const left of given) add(left);
  let tried = 0;
  for (const left of subsetsOf(size, bitItems(unionOf(bitsOf(size, []), given)))) {
    if (++tried > MAX_LEFTS || budget.shouldStop()) {
      return cut({ size, fds }, 'not every functional dependency that the multivalued ones may imply was looked for');
    }
    add(left);
  }
  return complete({ size, fds });
}
