import { allBits, type Bits, bitsOf, intersection, isSubset, minus, sameBits, union } from '#lib/bitset.ts';
import { type Basis, deriveBasis, type Mvd } from './basis.ts';
import { type Closer, closer, proofOf, type Step } from './closure.ts';
import type { FdSet } from './dependencies.ts';
import type { BrokenForm, Forms } from './forms.ts';
import type { MvdBreach } from './fourth.ts';
import { type Chase, chase } from './join.ts';
import { eachKey, type Keys, listKeys } from './keys.ts';
import type { Part } from './parts.ts';

/** Why one dependency keeps a heading out of a normal form: everything a person needs to check it by hand. */
export interface BreachProof {
  readonly form: BrokenForm;
  readonly left: Bits;
  readonly right: Bits;
  /** What the left side determines. */
  readonly closure: Bits;
  /** What it misses: so it is no key. */
  readonly missing: Bits;
  /** The dependencies of the set that give `right`, in order. */
  readonly derivation: readonly Step[];
  /** Attributes of `right` that no key holds, when that is what breaks the form. */
  readonly nonPrime: Bits;
  /** Keys to compare with, a few of them. */
  readonly keys: readonly Bits[];
  /** For 2NF: a key that holds the left side and more. */
  readonly inside?: Bits;
}

const SHOWN_KEYS = 5;
/** Keys looked through for one that holds a left side. */
const MAX_LOOKED_AT = 1000;

/** Proofs of the breaches that `findForms` found in `set`. */
export function proveBreaches(set: FdSet, { breaches, keys }: Forms): BreachProof[] {
  const whole = closer(set);
  const all = allBits(set.size);
  const shown = listKeys(keys.value, SHOWN_KEYS);
  return breaches.map(({ form, left, right }) => {
    const { closure, steps } = whole.derive(left);
    const inside = form === '2NF' ? keyAround(keys.value, left) : undefined;
    return {
      form,
      left,
      right,
      closure,
      missing: minus(all, closure),
      derivation: proofOf(set, left, steps, right),
      nonPrime: intersection(right, keys.value.nonPrime),
      keys: shown,
      ...(inside === undefined ? {} : { inside }),
    };
  });
}

function keyAround(keys: Keys, left: Bits): Bits | undefined {
  let looked = 0;
  for (const key of eachKey(keys)) {
    if (isSubset(left, key) && !sameBits(left, key)) return key;
    if (++looked >= MAX_LOOKED_AT) return undefined;
  }
  return undefined;
}

/** Why a multivalued dependency breaks 4NF: the basis of its left side and what that side misses. */
export interface MvdProof extends MvdBreach {
  readonly basis: Basis;
  readonly missing: Bits;
}

/** @param known closures under all functional dependencies, those that follow from the multivalued ones too. */
export function proveMvdBreaches(set: FdSet, mvds: readonly Mvd[], known: Closer, breaches: readonly MvdBreach[]): MvdProof[] {
  return breaches.map((breach) => ({
    ...breach,
    basis: deriveBasis(set, mvds, breach.left),
    missing: minus(allBits(set.size), known.close(breach.left)),
  }));
}

/** One part's contribution while a dependency is followed through several parts. */
export interface JointStep {
  readonly part: number;
  readonly from: Bits;
  readonly added: Bits;
}

/** Where a dependency is checked after a decomposition. */
export type Home =
  /** In one part, by steps of that part's dependencies. */
  | { readonly kind: 'inside'; readonly part: number; readonly derivation: readonly Step[] }
  /** By dependencies of several parts together: checking each part is enough. */
  | { readonly kind: 'joint'; readonly steps: readonly JointStep[] }
  /** By none: `reached` is all that the parts can derive. */
  | { readonly kind: 'lost'; readonly reached: Bits };

/** The home of each dependency of a cover: Beeri and Honeyman's test (SIAM J. Computing 10(3), 1981), with its steps kept. */
export function homesOf(cover: FdSet, parts: readonly Part[]): Home[] {
  const known = closer(cover);
  return cover.fds.map((fd): Home => {
    const whole = union(fd.left, fd.right);
    const part = parts.findIndex(({ attributes }) => isSubset(whole, attributes));
    if (part >= 0) {
      const inside = { size: cover.size, fds: (parts[part] as Part).fds };
      return { kind: 'inside', part, derivation: proofOf(inside, fd.left, closer(inside).derive(fd.left).steps, fd.right) };
    }
    return followThrough(
      known,
      parts.map(({ attributes }) => attributes),
      fd.left,
      fd.right,
    );
  });
}

function followThrough(known: Closer, parts: readonly Bits[], left: Bits, right: Bits): Home {
  let reached = left;
  const steps: JointStep[] = [];
  for (let before = -1; before !== steps.length; ) {
    before = steps.length;
    parts.forEach((part, at) => {
      const from = intersection(reached, part);
      const added = minus(intersection(known.close(from), part), reached);
      if (sameBits(added, bitsOf(known.set.size, []))) return;
      steps.push({ part: at, from, added });
      reached = union(reached, added);
    });
    if (isSubset(right, reached)) return { kind: 'joint', steps };
  }
  return { kind: 'lost', reached };
}

/** A tableau: for each part a row, for each attribute 0 when distinguished, else the number of the row that owns the symbol, from 1. */
export type Tableau = readonly (readonly number[])[];

/** The proof that a join loses nothing (or the tableau that shows a loss): replayable step by step. */
export interface JoinProof {
  readonly start: Tableau;
  readonly chase: Chase;
}

export function proveJoin(cover: FdSet, parts: readonly Bits[]): JoinProof {
  return { start: tableauOf(cover.size, parts), chase: chase(cover, parts) };
}

function tableauOf(size: number, parts: readonly Bits[]): Tableau {
  return parts.map((part, row) =>
    Array.from({ length: size }, (_, column) => (isSubset(bitsOf(size, [column]), part) ? 0 : row + 1)),
  );
}

/** The tableau after the first `count` steps. */
export function replay({ start, chase: { steps } }: JoinProof, count: number): Tableau {
  const rows = start.map((row) => [...row]);
  for (const { row, from, column } of steps.slice(0, count)) {
    (rows[row] as number[])[column] = (rows[from] as number[])[column] as number;
  }
  return rows;
}
