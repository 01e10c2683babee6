import { allBits, type Bits, bitsKey, isSubset, minus, noBits, sameBits, union } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { closer, unionOf } from './closure.ts';
import { minimalCover } from './cover.ts';
import type { Bounded, Fd, FdSet } from './dependencies.ts';
import { isPreserved } from './join.ts';
import { shrinkToKey } from './keys.ts';
import { type Decomposition, PartJudge } from './parts.ts';
import { dropSubsumed } from './project.ts';

/** Left sides of the cover as classes, in order of first appearance: those that determine each other together, or each alone. */
function classesOfLefts({ cover, known }: PartJudge, merge: boolean): Bits[][] {
  const classes = new Map<string, Bits[]>();
  for (const { left } of cover.fds) {
    const key = bitsKey(merge ? known.close(left) : left);
    const lefts = classes.get(key) ?? [];
    if (!lefts.some((one) => sameBits(one, left))) lefts.push(left);
    classes.set(key, lefts);
  }
  return [...classes.values()];
}

function synthesisParts(judge: PartJudge, merge: boolean): Bits[] {
  const { cover } = judge;
  const { size } = cover;
  const classes = classesOfLefts(judge, merge);
  // The equivalences between merged left sides make some other dependencies redundant: they are left out before grouping.
  const between: Fd[] = classes.flatMap((lefts) =>
    lefts.length < 2 ? [] : lefts.map((left, at) => ({ left, right: lefts[(at + 1) % lefts.length] as Bits })),
  );
  const singles = minimalCover(cover, judge.budget).fds;
  const together = closer({ size, fds: [...between, ...singles] });
  const kept = singles.filter((fd, at) => {
    const position = between.length + at;
    const redundant = together.determines(fd.left, fd.right, position);
    if (redundant) together.use(position, false);
    return !redundant;
  });
  const parts = classes.map((lefts) => {
    const rights = kept.filter((fd) => lefts.some((left) => sameBits(left, fd.left))).map((fd) => fd.right);
    return unionOf(unionOf(noBits(size), lefts), rights);
  });
  return dropSubsumed(withKey(judge, parts));
}

/** The parts, and one more with a key of the heading when none holds one: then their join loses nothing. */
export function withKey({ known, set }: PartJudge, parts: readonly Bits[]): Bits[] {
  const all = allBits(set.size);
  return parts.some((part) => known.determines(part, all)) ? [...parts] : [...parts, shrinkToKey(known, all, all)];
}

/** {@link synthesize3nf} with a judge that is used again. */
export function synthesizeWith(judge: PartJudge, merge = true): Bounded<Decomposition> {
  return judge.assemble(synthesisParts(judge, merge));
}

/**
 * Bernstein's synthesis (ACM TODS 1(4), 1976), plus a part with a key when none holds one (Biskup, Dayal and Bernstein,
 * SIGMOD 1979): lossless, dependency-preserving, every part in 3NF.
 * @param merge put left sides that determine each other into one part: fewer tables. Textbooks often leave them apart.
 */
export function synthesize3nf(set: FdSet, budget: Budget, merge = true): Bounded<Decomposition> {
  return synthesizeWith(new PartJudge(set, budget), merge);
}

/**
 * Puts parts together that determine the same attributes, while no part gets worse: BCNF parts stay in BCNF, others in 3NF.
 * Fewer tables for the same facts.
 */
export function mergeParts(judge: PartJudge, parts: readonly Bits[]): Bits[] {
  const merged = dropSubsumed(parts);
  const closures = merged.map((part) => bitsKey(judge.known.close(part)));
  for (let one = 0; one < merged.length; one++) {
    for (let other = one + 1; other < merged.length; ) {
      const both = union(merged[one] as Bits, merged[other] as Bits);
      if (closures[one] !== closures[other] || !mayMerge(judge, merged[one] as Bits, merged[other] as Bits, both)) {
        other++;
        continue;
      }
      merged[one] = both;
      merged.splice(other, 1);
      closures.splice(other, 1);
    }
  }
  return dropSubsumed(merged);
}

function mayMerge(judge: PartJudge, one: Bits, other: Bits, both: Bits): boolean {
  if (judge.isBcnf(both) === true) return true;
  const bothWorse = judge.isBcnf(one) !== true && judge.isBcnf(other) !== true;
  return bothWorse && judge.judge(both).is['3NF'] === true;
}

/** Leaves out parts that nothing needs: what they hold and check, the others do, and a key stays in some part. */
export function dropRedundant(judge: PartJudge, parts: readonly Bits[]): Bits[] {
  const { cover, known } = judge;
  const all = allBits(cover.size);
  let kept = [...parts];
  for (const part of parts) {
    const rest = kept.filter((one) => one !== part);
    const covers =
      isSubset(minus(all, part), unionOf(noBits(cover.size), rest)) && isSubset(part, unionOf(noBits(cover.size), rest));
    if (!covers || !rest.some((one) => known.determines(one, all))) continue;
    const inside = cover.fds.filter(
      (fd) => isSubset(union(fd.left, fd.right), part) || !rest.some((one) => isSubset(union(fd.left, fd.right), one)),
    );
    if (inside.every((fd) => isPreserved(known, rest, fd))) kept = rest;
  }
  return kept;
}
