import { type Bits, bitCount, bitItems, bitsKey, bitsOf, isEmpty, union } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import type { Fd } from '../normalize/dependencies.ts';
import { type Found, findDependencies } from './fds/find.ts';
import type { FlatSets } from './fds/set-list.ts';
import { firstRows, gridOf, type NullMeaning, type Relation } from './relation.ts';

export interface DiscoverOptions {
  /** Whether NULL equals NULL (as if it were a value) or nothing (as if each were a value of its own). Default `equal`. */
  readonly nulls?: NullMeaning;
  /** Left sides of more columns are not looked for. */
  readonly maxLeft?: number | undefined;
  /** Rows that are looked at, from the first on. Default: all. */
  readonly maxRows?: number;
  /** Left sides found at most. Default two million. */
  readonly maxFound?: number;
}

/** Minimal dependencies and keys over columns numbered from 0, as plain data. */
export interface DependencySets {
  readonly size: number;
  /** For each column its minimal left sides. */
  readonly lefts: readonly FlatSets[];
  /** Minimal sets of columns no two rows are equal on. */
  readonly keys: FlatSets;
  /** Dependencies with one column on the right. */
  readonly count: number;
}

/** What a search found, and how far it is all there is. Everything found holds in the rows looked at and is minimal. */
export interface Discovery {
  readonly value: DependencySets;
  readonly complete: boolean;
  /** Why it is not complete, for people. */
  readonly reason?: string;
  /** Every dependency and key with at most so many columns on the left is there; -1 when not even constants are. */
  readonly completeUpToLeft: number;
  /** How many rows were looked at. */
  readonly sampledRows: number;
}

function reasonOf(found: Found, sampled: number, rows: number): string | undefined {
  const parts: string[] = [];
  const upTo =
    found.completeUpToLeft < 0
      ? 'nothing is complete'
      : `complete up to left sides of ${found.completeUpToLeft} ${found.completeUpToLeft === 1 ? 'column' : 'columns'}`;
  if (found.stop === 'budget') parts.push(`stopped before the end: ${upTo}`);
  if (found.stop === 'found') parts.push(`too many dependencies to list: ${upTo}`);
  if (found.stop === 'maxLeft') parts.push(`larger left sides were not asked for: ${upTo}`);
  if (found.stop === 'columns') parts.push(`${found.size} columns are too many to search left sides of any size: ${upTo}`);
  if (sampled < rows) parts.push(`the first ${sampled} of ${rows} rows were looked at`);
  return parts.length === 0 ? undefined : parts.join('; ');
}

/**
 * All minimal functional dependencies and minimal unique column combinations that hold in the rows. That they hold in these
 * rows does not make them rules: a person has to accept each.
 */
export function discoverDependencies(relation: Relation, budget: Budget, options: DiscoverOptions = {}): Discovery {
  const part = firstRows(relation, options.maxRows ?? relation.rows);
  const found = findDependencies(gridOf(part, options.nulls ?? 'equal'), budget, options);
  const lists = found.lists.map((list) => list.flat());
  const lefts = lists.slice(0, -1);
  const keys = lists[lists.length - 1] as FlatSets;
  const reason = reasonOf(found, part.rows, relation.rows);
  return {
    value: { size: found.size, lefts, keys, count: lefts.reduce((sum, list) => sum + list.count, 0) },
    complete: found.complete && part.rows === relation.rows,
    ...(reason === undefined ? {} : { reason }),
    completeUpToLeft: found.completeUpToLeft,
    sampledRows: part.rows,
  };
}

/** The sets of a flat list. */
export function setsOf(list: FlatSets): Bits[] {
  return Array.from({ length: list.count }, (_, at) => list.data.slice(at * list.words, (at + 1) * list.words));
}

/** The dependencies with one set of columns on the right for each left side, small left sides first. */
export function fdsOf(sets: DependencySets): Fd[] {
  const byLeft = new Map<string, Fd>();
  sets.lefts.forEach((list, column) => {
    const right = bitsOf(sets.size, [column]);
    for (const left of setsOf(list)) {
      const key = bitsKey(left);
      const known = byLeft.get(key);
      byLeft.set(key, { left, right: known === undefined ? right : union(known.right, right) });
    }
  });
  const sized = [...byLeft.values()].map((fd) => ({ fd, items: bitItems(fd.left) }));
  sized.sort((a, b) => a.items.length - b.items.length || compareLists(a.items, b.items));
  return sized.map(({ fd }) => fd);
}

/** The minimal keys, small ones first, as column numbers. */
export function keysOf(sets: DependencySets): number[][] {
  return setsOf(sets.keys)
    .map(bitItems)
    .sort((a, b) => a.length - b.length || compareLists(a, b));
}

/** Columns that hold one value in all rows. */
export function constantColumns(sets: DependencySets): number[] {
  return sets.lefts.flatMap((list, column) => (setsOf(list).some(isEmpty) ? [column] : []));
}

/** Groups of columns that say the same: each determines the others alone, as a code and a name that is told once do. */
export function equivalentColumns(sets: DependencySets): number[][] {
  const single = sets.lefts.map((list) => new Set(setsOf(list).flatMap((left) => (bitCount(left) === 1 ? bitItems(left) : []))));
  const seen = new Set<number>();
  return single.flatMap((_, column) => {
    if (seen.has(column)) return [];
    const group = [column, ...[...single.keys()].filter((other) => single[column]?.has(other) && single[other]?.has(column))];
    for (const member of group) seen.add(member);
    return group.length > 1 ? [group.sort((a, b) => a - b)] : [];
  });
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] ?? -1);
  return 0;
}
