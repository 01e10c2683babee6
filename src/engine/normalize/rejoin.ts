import { type Bits, bitCount, intersects, isSubset, noBits, union } from '#lib/bitset.ts';
import { unionOf } from './closure.ts';
import type { Fd, FdSet } from './dependencies.ts';
import { chase } from './join.ts';

/**
 * The parts to join so that a dependency can be checked on the result: few of them, together holding its attributes, and
 * their join is exactly what the original rows hold there (the chase of those rows alone shows it).
 * @returns positions of parts, each after the first sharing attributes with an earlier one where any does; `undefined` when
 * the join of all parts is not lossless.
 */
export function partsToCheck(cover: FdSet, parts: readonly Bits[], fd: Fd): readonly number[] | undefined {
  const wanted = union(fd.left, fd.right);
  const enough = (chosen: readonly number[]) => {
    const some = chosen.map((at) => parts[at] as Bits);
    const held = unionOf(noBits(cover.size), some);
    return isSubset(wanted, held) && chase(cover, some, held).lossless;
  };
  let chosen = parts.map((_, at) => at);
  if (!enough(chosen)) return undefined;
  // Large parts are left out first.
  for (const at of [...chosen].sort((a, b) => bitCount(parts[b] as Bits) - bitCount(parts[a] as Bits))) {
    const rest = chosen.filter((one) => one !== at);
    if (rest.length > 0 && enough(rest)) chosen = rest;
  }
  return inJoinOrder(parts, chosen);
}

function inJoinOrder(parts: readonly Bits[], chosen: readonly number[]): number[] {
  const rest = [...chosen];
  const ordered: number[] = [];
  let held: Bits | undefined;
  while (rest.length > 0) {
    const near: Bits | undefined = held;
    const next = near === undefined ? 0 : rest.findIndex((at) => intersects(parts[at] as Bits, near));
    const [at] = rest.splice(Math.max(next, 0), 1) as [number];
    ordered.push(at);
    held = held === undefined ? (parts[at] as Bits) : union(held, parts[at] as Bits);
  }
  return ordered;
}
