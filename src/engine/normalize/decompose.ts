import { allBits, type Bits, bitItems, bitsKey, intersection, isSubset, minus, noBits, sameBits, union } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { closer, unionOf } from './closure.ts';
import { canonicalCover, minimalCover } from './cover.ts';
import type { Bounded, Fd, FdSet } from './dependencies.ts';
import { type BrokenForm, findForms } from './forms.ts';
import { chase, lostBy } from './join.ts';
import { listKeys, shrinkToKey } from './keys.ts';
import { dropSubsumed, narrow, project } from './project.ts';
import type { NormalForm } from './verdict.ts';

/** One table of a decomposition with what is proved of it, its dependencies projected exactly. */
export interface Part {
  readonly attributes: Bits;
  /** Candidate keys, at most 20. */
  readonly keys: readonly Bits[];
  readonly form: NormalForm;
  readonly is: { readonly [F in BrokenForm]?: boolean };
  /** Projected dependencies, as a cover. */
  readonly fds: readonly Fd[];
  readonly complete: boolean;
  readonly reason?: string;
}

export interface Decomposition {
  readonly parts: readonly Part[];
  readonly lossless: boolean;
  /** Dependencies of the canonical cover that no part can check on its own. */
  readonly lost: readonly Fd[];
}

const SHOWN_KEYS = 20;

/** Judges one part of a heading: projects the dependencies onto it and tests the result. */
export function judgePart(set: FdSet, attributes: Bits, budget: Budget): Part {
  const projected = project(set, attributes, budget);
  const { set: inside, items } = narrow(projected.value, attributes);
  const forms = findForms(inside, budget);
  const widen = (bits: Bits) => {
    const wide = noBits(set.size);
    for (const at of bitItems(bits)) {
      const item = items[at] as number;
      wide[item >>> 5] = (wide[item >>> 5] as number) | (1 << (item & 31));
    }
    return wide;
  };
  const common = {
    attributes,
    keys: listKeys(forms.value.keys.value, SHOWN_KEYS).map(widen),
    fds: canonicalCover(projected.value).fds,
  };
  if (projected.complete && forms.complete) return { ...common, form: forms.value.highest, is: forms.value.is, complete: true };
  // With dependencies missing, a form that is broken is broken; one that seems to hold is not proved.
  const broken = Object.entries(forms.value.is).filter(([, holds]) => !holds);
  const is = projected.complete ? forms.value.is : (Object.fromEntries(broken) as Part['is']);
  const form = projected.complete ? forms.value.highest : '1NF';
  return { ...common, form, is, complete: false, reason: projected.reason ?? forms.reason ?? 'undecided' };
}

function assemble(set: FdSet, parts: readonly Bits[], budget: Budget): Bounded<Decomposition> {
  const judged = parts.map((part) => judgePart(set, part, budget));
  const cover = canonicalCover(set);
  const value = { parts: judged, lossless: chase(cover, parts).lossless, lost: lostBy(cover, parts) };
  const open = judged.find((part) => !part.complete);
  return open === undefined ? { value, complete: true } : { value, complete: false, reason: open.reason ?? 'undecided' };
}

/** Left sides of the cover as classes, in order of first appearance: those that determine each other together, or each alone. */
function classesOfLefts(cover: FdSet, merge: boolean): Bits[][] {
  const known = closer(cover);
  const classes = new Map<string, Bits[]>();
  for (const { left } of cover.fds) {
    const key = bitsKey(merge ? known.close(left) : left);
    const lefts = classes.get(key) ?? [];
    if (!lefts.some((one) => sameBits(one, left))) lefts.push(left);
    classes.set(key, lefts);
  }
  return [...classes.values()];
}

function synthesisParts(set: FdSet, merge: boolean): Bits[] {
  const cover = canonicalCover(set);
  const { size } = set;
  const known = closer(cover);
  const classes = classesOfLefts(cover, merge);
  // The equivalences between merged left sides make some other dependencies redundant: they are left out before grouping.
  const between: Fd[] = classes.flatMap((lefts) =>
    lefts.length < 2 ? [] : lefts.map((left, at) => ({ left, right: lefts[(at + 1) % lefts.length] as Bits })),
  );
  const singles = minimalCover(cover).fds;
  const together = closer({ size, fds: [...between, ...singles] });
  const kept = singles.filter((fd, at) => {
    const position = between.length + at;
    const redundant = isSubset(fd.right, together.close(fd.left, position));
    if (redundant) together.use(position, false);
    return !redundant;
  });
  const parts = classes.map((lefts) => {
    const rights = kept.filter((fd) => lefts.some((left) => sameBits(left, fd.left))).map((fd) => fd.right);
    return unionOf(unionOf(noBits(size), lefts), rights);
  });
  const all = allBits(size);
  if (!parts.some((part) => isSubset(all, known.close(part)))) parts.push(shrinkToKey(known, all, all));
  return dropSubsumed(parts);
}

/**
 * Bernstein's synthesis (ACM TODS 1(4), 1976), plus a part with a key when none holds one (Biskup, Dayal and Bernstein,
 * SIGMOD 1979): lossless, dependency-preserving, every part in 3NF.
 * @param merge put left sides that determine each other into one part: fewer tables. Textbooks often leave them apart.
 */
export function synthesize3nf(set: FdSet, budget: Budget, merge = true): Bounded<Decomposition> {
  return assemble(set, synthesisParts(set, merge), budget);
}

/** A way to choose which violating dependency to split by. */
type Choose = (violations: readonly Fd[], set: FdSet) => Fd;

const CHOICES: readonly Choose[] = [
  (violations) => violations[0] as Fd,
  (violations) => violations[violations.length - 1] as Fd,
  (violations) => violations.reduce((best, fd) => (bitItems(fd.right).length > bitItems(best.right).length ? fd : best)),
  // A left side from which no other violation starts leaves the others whole.
  (violations) =>
    violations.find((fd) => !violations.some((other) => other !== fd && isSubset(other.left, fd.right))) ?? (violations[0] as Fd),
];

function splitParts(set: FdSet, choose: Choose, budget: Budget): Bits[] {
  const done: Bits[] = [];
  const todo: Bits[] = [allBits(set.size)];
  while (todo.length > 0) {
    const part = todo.pop() as Bits;
    const projected = canonicalCover(project(set, part, budget).value);
    const known = closer(projected);
    const violations = projected.fds.filter((fd) => !isSubset(part, known.close(fd.left)));
    if (violations.length === 0) {
      done.push(part);
      continue;
    }
    const { left } = choose(violations, projected);
    const closure = intersection(known.close(left), part);
    todo.push(union(left, minus(part, closure)), closure);
  }
  return dropSubsumed(done);
}

/**
 * A lossless decomposition into BCNF. The synthesis is taken when its parts happen to be in BCNF, as it preserves every
 * dependency; otherwise the heading is split by violating dependencies in a few orders, and the result that loses the
 * fewest dependencies, then has the fewest parts, is kept. Finding a preserving one at all is NP-hard.
 */
export function decomposeBcnf(set: FdSet, budget: Budget): Bounded<Decomposition> {
  const synthesis = synthesize3nf(set, budget);
  if (synthesis.complete && synthesis.value.parts.every((part) => part.is.BCNF === true)) return synthesis;
  let best: Bounded<Decomposition> | undefined;
  for (const choose of CHOICES) {
    if (best !== undefined && budget.shouldStop()) break;
    const next = assemble(set, splitParts(set, choose, budget), budget);
    if (best === undefined || better(next, best)) best = next;
  }
  return best as Bounded<Decomposition>;
}

function better(one: Bounded<Decomposition>, other: Bounded<Decomposition>): boolean {
  if (one.complete !== other.complete) return one.complete;
  const lost = one.value.lost.length - other.value.lost.length;
  return lost !== 0 ? lost < 0 : one.value.parts.length < other.value.parts.length;
}
