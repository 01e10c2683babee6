import { allBits, type Bits, bitItems, hasBit, intersection, isSubset, sameBits, union } from '#lib/bitset.ts';
import { type Budget, UNLIMITED } from '../budget.ts';
import { type Closer, closer } from './closure.ts';
import type { Fd, FdSet } from './dependencies.ts';

/** One use of a dependency in the chase: in `column`, `row` takes the symbol of `from`. */
export interface ChaseStep {
  readonly fd: number;
  readonly row: number;
  readonly from: number;
  readonly column: number;
}

export interface Chase {
  readonly lossless: boolean;
  /** The row that became the original tuple, when lossless. */
  readonly row?: number;
  readonly steps: readonly ChaseStep[];
  /** False when the budget ended before nothing more could be equated: then `lossless: false` is no proof of a loss. */
  readonly complete: boolean;
}

/**
 * Whether joining the parts always gives back exactly the original rows: the chase of Aho, Beeri and Ullman (ACM TODS
 * 4(3), 1979). Row i of the tableau starts with the distinguished symbol in the columns of part i and a symbol of its own
 * elsewhere; a dependency equates symbols of rows that agree on its left side.
 * @param within the attributes that the join has to give back: all of them, unless only some parts are joined.
 */
export function chase(set: FdSet, parts: readonly Bits[], within: Bits = allBits(set.size), budget: Budget = UNLIMITED): Chase {
  const { size } = set;
  // Symbol 0 is the distinguished one of its column; row i owns the symbol i + 1.
  const rows = parts.map((part, row) => Array.from({ length: size }, (_, column) => (hasBit(part, column) ? 0 : row + 1)));
  const steps: ChaseStep[] = [];
  let complete = true;
  for (let changed = true; changed; ) {
    changed = false;
    for (const [position, fd] of set.fds.entries()) {
      if (budget.shouldStop()) {
        complete = false;
        changed = false;
        break;
      }
      if (chaseOne(rows, fd, position, steps)) changed = true;
    }
  }
  const row = rows.findIndex((symbols) => symbols.every((symbol, column) => symbol === 0 || !hasBit(within, column)));
  return row < 0 ? { lossless: size === 0 && parts.length > 0, steps, complete } : { lossless: true, row, steps, complete: true };
}

function chaseOne(rows: readonly number[][], fd: Fd, position: number, steps: ChaseStep[]): boolean {
  const left = bitItems(fd.left);
  const right = bitItems(fd.right);
  const groups = new Map<string, number[]>();
  rows.forEach((symbols, row) => {
    const key = left.map((column) => symbols[column]).join();
    groups.set(key, [...(groups.get(key) ?? []), row]);
  });
  let changed = false;
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    for (const column of right) {
      const symbolOf = (row: number) => (rows[row] as number[])[column] as number;
      const source = group.reduce((best, row) => (symbolOf(row) < symbolOf(best) ? row : best));
      const symbol = symbolOf(source);
      const replaced = new Set(group.map(symbolOf).filter((one) => one !== symbol));
      if (replaced.size === 0) continue;
      changed = true;
      for (const [row, symbols] of rows.entries()) {
        if (!replaced.has(symbols[column] as number)) continue;
        symbols[column] = symbol;
        steps.push({ fd: position, row, from: source, column });
      }
    }
  }
  return changed;
}

/**
 * Whether a dependency can be checked inside the parts alone: grow its left side by what each part can add, without
 * projecting (Beeri and Honeyman, SIAM J. Computing 10(3), 1981).
 */
export function isPreserved(known: Closer, parts: readonly Bits[], fd: Fd): boolean {
  const whole = union(fd.left, fd.right);
  if (parts.some((part) => isSubset(whole, part))) return true;
  let reached = fd.left;
  for (;;) {
    let next = reached;
    for (const part of parts) {
      const inside = intersection(next, part);
      if (!sameBits(inside, part)) next = union(next, intersection(known.close(inside), part));
    }
    if (isSubset(fd.right, next)) return true;
    if (sameBits(next, reached)) return false;
    reached = next;
  }
}

/** The dependencies of a set that the parts do not preserve. */
export function lostBy(set: FdSet, parts: readonly Bits[]): Fd[] {
  const known = closer(set);
  return set.fds.filter((fd) => !isPreserved(known, parts, fd));
}
