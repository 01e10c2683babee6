import { type Bits, bitItems, bitsKey, bitsOf, hasBit, isEmpty, isSubset, minus, union, without } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { closer } from './closure.ts';
import { minimalCover } from './cover.ts';
import { type Bounded, complete, cut, type Fd, type FdSet } from './dependencies.ts';

/** Dependencies in flight at which a projection gives up: it is exponential in the worst case. */
const MAX_PROJECTED = 4000;

/** Parts up to this many attributes are projected by closing every subset: cheaper than elimination, and bounded. */
const MAX_CLOSED = 8;

/**
 * The dependencies that a set implies on part of a heading, numbered as before (attributes outside keep their numbers and
 * occur nowhere). Small parts by the closure of every subset; others by resolution: each attribute outside is eliminated by
 * replacing it in every left side by the left sides that determine it (Gottlob, PODS 1987). When cut short, `value` holds
 * valid dependencies but maybe not all.
 */
export function project(set: FdSet, part: Bits, budget: Budget): Bounded<FdSet> {
  const { size } = set;
  const items = bitItems(part);
  if (items.length <= MAX_CLOSED) return complete(minimalCover({ size, fds: closeSubsets(set, items) }));
  let fds: readonly Fd[] = minimalCover(set, budget).fds;
  const outside = new Set<number>();
  for (const fd of fds) for (const item of bitItems(minus(union(fd.left, fd.right), part))) outside.add(item);
  while (outside.size > 0) {
    const item = cheapest(fds, outside);
    outside.delete(item);
    const resolved = eliminate(fds, item, size, budget);
    if (resolved === undefined) {
      const inside = fds.filter((fd) => isSubset(fd.left, part) && isSubset(fd.right, part));
      return cut({ size, fds: inside }, 'too many implied dependencies to project onto a part of the heading');
    }
    fds = resolved;
  }
  return complete(minimalCover({ size, fds }, budget));
}

/** For every set of `items` what it determines among them and no smaller set does. */
function closeSubsets(set: FdSet, items: readonly number[]): Fd[] {
  const { size } = set;
  const known = closer(set);
  const closures: number[] = [];
  const fds: Fd[] = [];
  for (let mask = 0; mask < 2 ** items.length; mask++) {
    const left = bitsOf(
      size,
      items.filter((_, at) => (mask >> at) & 1),
    );
    const closure = known.close(left);
    let here = 0;
    items.forEach((item, at) => {
      if (hasBit(closure, item)) here |= 1 << at;
    });
    closures.push(here);
    let fresh = here & ~mask;
    for (let at = 0; at < items.length; at++) if ((mask >> at) & 1) fresh &= ~(closures[mask & ~(1 << at)] as number);
    if (fresh !== 0) {
      const right = items.filter((_, at) => (fresh >> at) & 1);
      fds.push({ left, right: bitsOf(size, right) });
    }
  }
  return fds;
}

/** The attribute whose elimination makes the fewest new dependencies. */
function cheapest(fds: readonly Fd[], outside: ReadonlySet<number>): number {
  let best = -1;
  let cost = Number.POSITIVE_INFINITY;
  for (const item of outside) {
    let into = 0;
    let from = 0;
    for (const fd of fds) {
      if (hasBit(fd.right, item)) into++;
      else if (hasBit(fd.left, item)) from++;
    }
    if (into * from < cost) {
      cost = into * from;
      best = item;
    }
  }
  return best;
}

function eliminate(fds: readonly Fd[], item: number, size: number, budget: Budget): Fd[] | undefined {
  const into = fds.filter((fd) => hasBit(fd.right, item) && !hasBit(fd.left, item));
  const from = fds.filter((fd) => hasBit(fd.left, item) && !hasBit(fd.right, item));
  const kept = fds.filter((fd) => !hasBit(fd.left, item) && !hasBit(fd.right, item));
  const made: Fd[] = [];
  for (const user of from) {
    for (const source of into) {
      const left = union(source.left, without(user.left, item));
      const right = minus(user.right, left);
      if (!isEmpty(right)) made.push({ left, right });
      if (made.length + kept.length > MAX_PROJECTED || budget.shouldStop()) return undefined;
    }
  }
  return smallestLefts([...kept, ...made], size);
}

/** Drops dependencies whose left side contains another's for the same right attribute. */
function smallestLefts(fds: readonly Fd[], size: number): Fd[] {
  const byRight = new Map<number, Bits[]>();
  for (const fd of fds) {
    for (const item of bitItems(fd.right)) {
      const lefts = byRight.get(item) ?? [];
      if (lefts.some((left) => isSubset(left, fd.left))) continue;
      byRight.set(item, [...lefts.filter((left) => !isSubset(fd.left, left)), fd.left]);
    }
  }
  return [...byRight].flatMap(([item, lefts]) => lefts.map((left) => ({ left, right: bitsOf(size, [item]) })));
}

/** The same set over a smaller heading: only the attributes of `part`, renumbered in ascending order. */
export function narrow(set: FdSet, part: Bits): { readonly set: FdSet; readonly items: readonly number[] } {
  const items = bitItems(part);
  const at = new Map(items.map((item, position) => [item, position]));
  const renumber = (bits: Bits) =>
    bitsOf(
      items.length,
      bitItems(bits).flatMap((item) => at.get(item) ?? []),
    );
  const fds = set.fds.filter((fd) => isSubset(fd.left, part)).map((fd) => ({ left: renumber(fd.left), right: renumber(fd.right) }));
  return { set: { size: items.length, fds }, items };
}

/** Sets in the order given, without those inside another and without repeats. */
export function dropSubsumed(parts: readonly Bits[]): Bits[] {
  const seen = new Set<string>();
  return parts.filter((part, position) => {
    const key = bitsKey(part);
    if (seen.has(key)) return false;
    seen.add(key);
    return !parts.some((other, at) => at !== position && isSubset(part, other) && bitsKey(other) !== key);
  });
}
