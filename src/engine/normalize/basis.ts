import {
  allBits,
  type Bits,
  bitCount,
  bitItems,
  bitsOf,
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

/** The blocks of {@link deriveBasis} for one question; {@link Mixed} answers many. */
export function dependencyBasis(set: FdSet, mvds: readonly Mvd[], from: Bits): Bits[] {
  return new Mixed(set, mvds).basis(from);
}

/** Bases and closures under one set of functional and multivalued dependencies, prepared once and asked often. */
export class Mixed {
  readonly set: FdSet;
  readonly mvds: readonly Mvd[];
  /** Closures under the functional dependencies alone. */
  readonly known: Closer;
  readonly #all: Bits;
  /** Attributes that a functional dependency can add. */
  readonly #added: Bits;

  constructor(set: FdSet, mvds: readonly Mvd[]) {
    this.set = set;
    this.mvds = mvds;
    this.known = closer(set);
    this.#all = allBits(set.size);
    this.#added = unionOf(
      bitsOf(set.size, []),
      set.fds.map(({ left, right }) => minus(right, left)),
    );
  }

  /**
   * Whether the basis of a set of attributes is only what they determine and one block: no multivalued dependency starts
   * inside the closure, and so none can cut the rest. Quick, and true of most sets.
   * @param closure of the set under the functional dependencies.
   */
  isPlain(closure: Bits): boolean {
    const rest = minus(this.#all, closure);
    return !this.mvds.some(({ left, right }) => isSubset(left, closure) && intersects(rest, right) && !isSubset(rest, right));
  }

  /** The blocks of {@link deriveBasis}. */
  basis(from: Bits): Bits[] {
    const { size, fds } = this.set;
    const closure = this.known.close(from);
    const alone = bitItems(minus(closure, from)).map((item) => bitsOf(size, [item]));
    const rest = minus(this.#all, closure);
    if (isEmpty(rest)) return alone;
    if (this.isPlain(closure)) return [...alone, rest];
    let blocks = [rest];
    const cut = (left: Bits, right: Bits) => {
      const next = blocks.flatMap((block) => {
        if (intersects(block, left) || !intersects(block, right) || isSubset(block, right)) return [block];
        return [intersection(block, right), minus(block, right)];
      });
      const changed = next.length > blocks.length;
      blocks = next;
      return changed;
    };
    for (let changed = true; changed; ) {
      changed = false;
      for (const { left, right } of this.mvds) if (cut(left, right)) changed = true;
      for (const { left, right } of fds) {
        if (!intersects(right, rest)) continue;
        for (const item of bitItems(intersection(right, rest))) if (cut(left, bitsOf(size, [item]))) changed = true;
      }
    }
    return [...alone, ...blocks];
  }

  /**
   * What a set of attributes determines under both kinds together: an attribute that stands alone in the dependency basis
   * and that some functional dependency can add (Beeri 1980).
   */
  close(from: Bits): Bits {
    const closure = this.known.close(from);
    if (this.isPlain(closure)) return closure;
    let whole = closure;
    for (const block of this.basis(from)) if (bitCount(block) === 1 && isSubset(block, this.#added)) whole = union(whole, block);
    return whole;
  }
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
  const mixed = new Mixed(set, mvds);
  let known: Closer = closer({ size, fds: [...fds] });
  const add = (left: Bits) => {
    const closure = mixed.close(left);
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
