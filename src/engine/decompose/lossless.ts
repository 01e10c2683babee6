import { type Bits, intersection, isSubset, union } from '#lib/bitset.ts';
import { Mixed } from '../normalize/basis.ts';
import { chase } from '../normalize/join.ts';
import type { TableDependencies } from '../normalize/table-dependencies.ts';

/** Two parts that join without adding rows: what they share multidetermines the rest of one of them. */
export interface Merge {
  readonly one: Bits;
  readonly other: Bits;
}

type Given = Pick<TableDependencies, 'set' | 'mvds'>;

/** Joins two parts at a time until one is left. @returns the joins in order, or nothing when some parts cannot be joined. */
export function mergesOf({ set, mvds }: Given, parts: readonly Bits[]): readonly Merge[] | undefined {
  const mixed = new Mixed(set, mvds);
  const merges: Merge[] = [];
  let left = [...parts];
  while (left.length > 1) {
    const found = pairIn(mixed, left);
    if (found === undefined) return undefined;
    merges.push(found);
    left = [union(found.one, found.other), ...left.filter((part) => part !== found.one && part !== found.other)];
  }
  return merges;
}

function pairIn(mixed: Mixed, parts: readonly Bits[]): Merge | undefined {
  for (const [i, one] of parts.entries()) {
    for (const other of parts.slice(i + 1)) {
      const both = union(one, other);
      // Blocks of the basis, cut to the two parts, must not reach from one part into the other.
      const apart = mixed.basis(intersection(one, other)).every((block) => {
        const inside = intersection(block, both);
        return isSubset(inside, one) || isSubset(inside, other);
      });
      if (apart) return { one, other };
    }
  }
  return undefined;
}

/**
 * Whether joining the parts gives back exactly the old rows: by the chase for functional dependencies, else by joining two
 * parts at a time whose common attributes multidetermine the rest of one of them.
 */
export function isLossless(given: Given, parts: readonly Bits[]): boolean {
  if (chase(given.set, parts).lossless) return true;
  return given.mvds.length > 0 && mergesOf(given, parts) !== undefined;
}
