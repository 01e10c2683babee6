import { type Bits, bitItems, bitsOf, hasBit, isSubset } from '#lib/bitset.ts';
import { type Closer, closer } from '../normalize/closure.ts';
import type { Fd } from '../normalize/dependencies.ts';
import type { CodedColumn, Relation } from './relation.ts';

/** Two parts of a table whose rows combine freely for equal values of `left`, as the join of two lists of one thing has them. */
export interface FreeCombination {
  readonly left: readonly number[];
  /** With `left`, each of the two tables that give the whole when they are joined. */
  readonly sides: readonly [readonly number[], readonly number[]];
}

/** A number for each row, equal where the columns are. */
function groupsOf(relation: Relation, columns: readonly number[]): { readonly codes: Int32Array; readonly count: number } {
  let codes = new Int32Array(relation.rows);
  let count = relation.rows === 0 ? 0 : 1;
  for (const column of columns) {
    const { codes: own, values } = relation.columns[column] as CodedColumn;
    const seen = new Map<number, number>();
    const next = new Int32Array(relation.rows);
    for (let row = 0; row < relation.rows; row++) {
      const pair = (codes[row] as number) * values.length + (own[row] as number);
      let code = seen.get(pair);
      if (code === undefined) {
        code = seen.size;
        seen.set(pair, code);
      }
      next[row] = code;
    }
    codes = next;
    count = seen.size;
  }
  return { codes, count };
}

/** For each group the number of different pairs of it and another grouping. */
function perGroup(of: Int32Array, count: number, other: ReturnType<typeof groupsOf>): Int32Array {
  const seen = new Set<number>();
  const found = new Int32Array(count);
  of.forEach((group, row) => {
    const pair = group * other.count + (other.codes[row] as number);
    if (seen.has(pair)) return;
    seen.add(pair);
    found[group] = (found[group] as number) + 1;
  });
  return found;
}

/** Whether for equal values of `left` each value of one side stands with each of the other: `left ->> one` in these rows. */
export function combineFreely(
  relation: Relation,
  left: readonly number[],
  one: readonly number[],
  other: readonly number[],
): boolean {
  const { codes, count } = groupsOf(relation, left);
  const both = perGroup(codes, count, groupsOf(relation, [...new Set([...one, ...other])]));
  const first = perGroup(codes, count, groupsOf(relation, one));
  const second = perGroup(codes, count, groupsOf(relation, other));
  return both.every((pairs, group) => pairs === (first[group] as number) * (second[group] as number));
}

/** Whether there is evidence: some value of `left` has several values on both sides. */
function isSeen(relation: Relation, left: readonly number[], one: readonly number[], other: readonly number[]): boolean {
  const { codes, count } = groupsOf(relation, left);
  const first = perGroup(codes, count, groupsOf(relation, one));
  const second = perGroup(codes, count, groupsOf(relation, other));
  return first.some((values, group) => values > 1 && (second[group] as number) > 1);
}

/**
 * Looks whether a key is only one because two lists of the same thing were joined: one of its columns stands freely with the
 * rest for each value of something coarser that the rest determines. With the dependencies given, the table is then the join
 * of two (Fagin, ACM TODS 2(3), 1977).
 * @param fds dependencies that are believed; only their left sides are tried as what is shared.
 * @returns the combination with the coarsest shared left side; undefined when there is none.
 */
export function freeCombination(relation: Relation, key: readonly number[], fds: readonly Fd[]): FreeCombination | undefined {
  const size = relation.columns.length;
  const known = closer({ size, fds });
  if (key.length < 2) return undefined;
  for (const column of key) {
    const rest = key.filter((other) => other !== column);
    const closure = known.close(bitsOf(size, rest));
    if (hasBit(closure, column)) continue;
    const shared = sharedBy(known, rest, closure, fds).find(
      (left) => combineFreely(relation, left, [column], rest) && isSeen(relation, left, [column], rest),
    );
    if (shared === undefined) continue;
    const all = [...relation.columns.keys()];
    const first = all.filter((one) => hasBit(closure, one));
    return { left: shared, sides: [first, all.filter((one) => shared.includes(one) || !hasBit(closure, one))] };
  }
  return undefined;
}

/** Left sides inside what the rest of a key determines and not a key of that themselves, those that determine least first. */
function sharedBy(known: Closer, rest: readonly number[], closure: Bits, fds: readonly Fd[]): number[][] {
  const { size } = known.set;
  return fds
    .filter(({ left }) => isSubset(left, closure))
    .map(({ left }) => ({ left, reach: known.close(left) }))
    .filter(({ reach }) => !isSubset(bitsOf(size, rest), reach))
    .sort((a, b) => bitItems(a.reach).length - bitItems(b.reach).length)
    .map(({ left }) => bitItems(left));
}
