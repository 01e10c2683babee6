import { type Bits, bitCount, bitsKey, isSubset, union } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { closer, implies, proofOf } from './closure.ts';
import { minimalCover } from './cover.ts';
import { dropRedundant, mergeParts, synthesizeWith, withKey } from './decompose.ts';
import type { Bounded, Fd, FdSet } from './dependencies.ts';
import { atomicClosure } from './determinants.ts';
import { type Decomposition, PartJudge } from './parts.ts';

/** Whether some lossless decomposition into BCNF keeps every dependency. */
export type PreservingBcnf = 'exists' | 'proved-none' | 'none-found';

export interface Recommended extends Decomposition {
  readonly preservingBcnf: PreservingBcnf;
}

/** Critical dependencies up to which every smaller choice of them is tried. */
const MAX_CRITICAL = 12;

interface Choice {
  /** Dependencies whose own attributes are in BCNF: each can be a part of its own. */
  readonly fine: readonly Fd[];
  /** Those whose attributes are not: any part that holds one is outside BCNF. As few as were found to be enough. */
  readonly critical: readonly Fd[];
  /** Why it may be more than is needed, if so. */
  readonly open?: string;
  /** Whether every critical one was compared with all that could replace it. */
  readonly decided: boolean;
}

const textOf = (fd: Fd): string => `${bitsKey(fd.left)}>${bitsKey(fd.right)}`;

/** Every atomic dependency with its left side inside one closed set, and which of them are critical. */
function atomsInside(judge: PartJudge, closed: Bits) {
  const inside = { size: judge.set.size, fds: judge.cover.fds.filter((fd) => isSubset(fd.left, closed)) };
  const atoms = atomicClosure(inside, judge.budget);
  let decided = atoms.complete;
  const fine: Fd[] = [];
  const critical: Fd[] = [];
  for (const fd of atoms.value) {
    const inBcnf = judge.isBcnf(union(fd.left, fd.right));
    (inBcnf === true ? fine : critical).push(fd);
    if (inBcnf === undefined) decided = false;
  }
  return { fine, critical, decided, reason: atoms.reason ?? 'a projection was too large' };
}

/**
 * Replaces critical dependencies of the cover by atomic ones that imply them, fine ones where those do. What implies
 * `x -> a` has its left sides inside the closure of `x`, so only there the atomic closure is needed.
 */
function choose(judge: PartJudge): Choice {
  const { size } = judge.set;
  const fine: Fd[] = [];
  const open: Fd[] = [];
  const others = new Map<string, Fd>();
  let why: string | undefined;
  for (const fd of minimalCover(judge.cover).fds) {
    if (judge.isBcnf(union(fd.left, fd.right)) === true) {
      fine.push(fd);
      continue;
    }
    const atoms = atomsInside(judge, judge.known.close(fd.left));
    if (!atoms.decided) why ??= atoms.reason;
    const set = { size, fds: atoms.fine };
    const { closure, steps } = closer(set).derive(fd.left);
    if (isSubset(fd.right, closure)) fine.push(...proofOf(set, fd.left, steps, fd.right).map((step) => set.fds[step.fd] as Fd));
    else {
      open.push(fd);
      for (const other of [...atoms.fine, ...atoms.critical]) others.set(textOf(other), other);
    }
  }
  return { fine, decided: why === undefined, ...fewestCritical(judge, fine, open, [...others.values()], why) };
}

/** The fewest critical dependencies that keep the open ones, when there are not too many to choose from. */
function fewestCritical(judge: PartJudge, fine: readonly Fd[], open: readonly Fd[], atoms: readonly Fd[], why: string | undefined) {
  const { size } = judge.set;
  const greedy = irredundant(size, open, fine);
  const fixed = [...fine, ...atoms.filter((fd) => judge.isBcnf(union(fd.left, fd.right)) === true)];
  const critical = atoms.filter((fd) => judge.isBcnf(union(fd.left, fd.right)) !== true);
  const said = (reason: string | undefined) => (reason === undefined ? {} : { open: reason });
  if (greedy.length < 2) return { critical: greedy, ...said(why) };
  if (critical.length > MAX_CRITICAL) return { critical: greedy, ...said(why ?? 'too many choices of dependencies to try each') };
  for (let count = 1; count < greedy.length; count++) {
    for (let mask = 0; mask < 2 ** critical.length; mask++) {
      const chosen = critical.filter((_, at) => (mask >> at) & 1);
      if (chosen.length !== count) continue;
      const known = closer({ size, fds: [...fixed, ...chosen] });
      // The fine atoms that help are kept with them: the plan drops what is not needed.
      if (open.every((fd) => implies(known, fd))) return { fine: unique(fixed), critical: chosen, ...said(why) };
    }
  }
  return { critical: greedy, ...said(why) };
}

function unique(fds: readonly Fd[]): Fd[] {
  return [...new Map(fds.map((fd) => [textOf(fd), fd])).values()];
}

/** Without the dependencies that the others imply, the first ones being tried first. */
function irredundant(size: number, tried: readonly Fd[], fixed: readonly Fd[]): Fd[] {
  const known = closer({ size, fds: [...tried, ...fixed] });
  return tried.filter((fd, at) => {
    const redundant = known.determines(fd.left, fd.right, at);
    if (redundant) known.use(at, false);
    return !redundant;
  });
}

/** {@link recommend} with a judge that is used again. */
export function recommendWith(judge: PartJudge): Bounded<Recommended> {
  const { size } = judge.set;
  const synthesis = synthesizeWith(judge);
  if (synthesis.complete && synthesis.value.parts.every((part) => part.is.BCNF === true)) {
    return { ...synthesis, value: { ...synthesis.value, preservingBcnf: 'exists' } };
  }
  const { fine, critical, open, decided } = choose(judge);
  // Dependencies of the cover stay before others, small ones before large ones.
  const given = new Set(minimalCover(judge.cover).fds.map(textOf));
  const weight = (fd: Fd) => bitCount(fd.left) - (given.has(textOf(fd)) ? size : 0);
  const candidates = unique(fine);
  const kept = irredundant(
    size,
    [...candidates].sort((a, b) => weight(b) - weight(a)),
    critical,
  );
  const inOrder = candidates.filter((fd) => kept.includes(fd));
  const parts = [...inOrder, ...critical].map(({ left, right }): Bits => union(left, right));
  const merged = mergeParts(judge, withKey(judge, mergeParts(judge, parts)));
  const plan = judge.assemble(dropRedundant(judge, merged));
  const chosen = better(plan, synthesis) ? plan : synthesis;
  const value = { ...chosen.value, preservingBcnf: preserving(critical, decided) };
  if (open === undefined) return { ...chosen, value };
  return { value, complete: false, reason: chosen.reason ?? `fewer parts may be outside BCNF: ${open}` };
}

/**
 * Whether a lossless BCNF decomposition exists that keeps every dependency: exactly when the atomic dependencies whose
 * own attributes are in BCNF imply all others. A part in BCNF has only such ones in its cover, as BCNF passes on to smaller
 * parts; conversely each of them is a part, and a key of the heading is one more. (Osborn, IPL 8(1), 1979; deciding it is
 * NP-hard, Beeri and Bernstein 1979, so the atomic closure may be cut short.)
 */
function preserving(critical: readonly Fd[], decided: boolean): PreservingBcnf {
  if (critical.length === 0) return 'exists';
  return decided ? 'proved-none' : 'none-found';
}

/** Whether a plan keeps everything, with fewer parts outside BCNF, or as many and fewer parts. */
function better(one: Bounded<Decomposition>, other: Bounded<Decomposition>): boolean {
  if (one.value.lost.length > 0 || !one.value.lossless) return false;
  const outside = ({ value }: Bounded<Decomposition>) => value.parts.filter((part) => part.is.BCNF !== true).length;
  return (outside(one) - outside(other) || one.value.parts.length - other.value.parts.length) < 0;
}

/**
 * The plan to propose: lossless, every dependency kept, every part at least in 3NF, as few as possible outside BCNF, and no
 * part that the others make superfluous. The aim of Zhang, Chen and Link's synthesis (Composite Object Normal Forms,
 * PACMMOD 1(1), 2023), by the atomic closure: dependencies whose attributes are in BCNF first, critical ones only where the
 * others do not imply them. Cut short, the plan is still lossless, preserving and in 3NF.
 */
export function recommend(set: FdSet, budget: Budget): Bounded<Recommended> {
  return recommendWith(new PartJudge(set, budget));
}
