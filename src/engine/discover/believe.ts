import { allBits, type Bits, bitsOf, hasBit, isSubset } from '#lib/bitset.ts';
import { closer } from '../normalize/closure.ts';
import type { Fd } from '../normalize/dependencies.ts';
import { equivalentColumns, fdsOf } from './dependencies.ts';
import type { Exploration } from './explore.ts';
import type { RankedFd } from './rank.ts';
import { type Relation, valueAt } from './relation.ts';

/** Which of the dependencies that hold are likely meant. */
export interface Believed {
  /** As in the ranking, right sides without what is no news. The likeliest first. */
  readonly dependencies: readonly RankedFd[];
  /** The key that rows are told apart by; absent when rows stand twice. */
  readonly key?: readonly number[];
}

export interface BeliefOptions {
  /** Dependencies below are not believed. */
  readonly minScore?: number;
}

/** Between what tables are made of and what holds by chance, in the schemas that `npm run bench:recovery` calls tuned on. */
const MIN_SCORE = 0.58;

/** Left sides that are compared with each other at most: far more than a flat table has things. */
const MAX_LIKELY = 400;

/** Columns that hold the same text as another in every row, each with the first of its kind. */
function copies(relation: Relation, equivalent: readonly (readonly number[])[]): Map<number, number> {
  const found = new Map<number, number>();
  const same = (a: number, b: number) => {
    const [one, other] = [relation.columns[a], relation.columns[b]];
    if (one === undefined || other === undefined) return false;
    for (let row = 0; row < relation.rows; row++) if (valueAt(one, row) !== valueAt(other, row)) return false;
    return true;
  };
  for (const group of equivalent) {
    group.forEach((column, at) => {
      const first = group.slice(0, at).find((other) => same(other, column));
      if (first === undefined) return;
      const source = found.get(first) ?? first;
      found.set(source, source);
      found.set(column, source);
    });
  }
  return found;
}

/** How well a left side would serve as a key, for choosing between those that determine each other. */
function worthAsKey({ left, scores }: RankedFd): number {
  return scores.type + scores.value + scores.position / 2 - (left.length - 1) / 2;
}

interface Candidate {
  readonly fd: RankedFd;
  readonly left: Bits;
  /** Everything that the left side determines, by all that was discovered. */
  readonly closure: Bits;
}

/** One left side for each thing: of those that determine each other the one that serves best as a key. */
function determinants(size: number, seen: Pick<Exploration, 'discovery' | 'ranked'>, minScore: number): Candidate[] {
  const known = closer({ size, fds: fdsOf(seen.discovery.value) });
  const likely = seen.ranked
    .filter((one) => one.evidence && one.score >= minScore)
    .slice(0, MAX_LIKELY)
    .sort((a, b) => worthAsKey(b) - worthAsKey(a) || b.score - a.score);
  const chosen: Candidate[] = [];
  for (const fd of likely) {
    const left = bitsOf(size, fd.left);
    const closure = known.close(left);
    const twin = chosen.some((other) => isSubset(other.left, closure) && isSubset(left, other.closure));
    if (!twin) chosen.push({ fd, left, closure });
  }
  return chosen;
}

const determines = (upper: Candidate, lower: Candidate) => upper !== lower && isSubset(lower.left, upper.closure);

/** Those that determine none of the others. */
function coarsestOf(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter((one) => !candidates.some((other) => determines(one, other)));
}

/**
 * The thing that a column belongs to. Where several that have nothing to do with each other determine it, each does so by
 * chance, as columns of few values let them: it belongs to the coarsest thing that determines all of those, or most of them.
 * @param holders what determines the column.
 */
function homeOf(holders: readonly Candidate[]): Candidate | undefined {
  const coarsest = coarsestOf(holders);
  if (coarsest.length < 2) return coarsest[0];
  const held = (one: Candidate) => coarsest.filter((other) => determines(one, other)).length;
  const most = Math.max(...holders.map(held));
  const best = most < 2 ? coarsest : coarsestOf(holders.filter((one) => held(one) === most));
  return best.reduce((a, b) => (b.fd.score > a.fd.score ? b : a));
}

/** The home of the others of one column, and whoever determines it. */
function from(home: Candidate | undefined, holders: readonly Candidate[]): readonly Candidate[] {
  if (home === undefined) return [];
  return holders.filter((one) => one === home || isSubset(home.left, one.closure));
}

/**
 * Chooses what to propose of the dependencies that hold: those with enough that speaks for them; of left sides that determine
 * each other, as a number and a name that is told once do, the one that serves best as a key; for each column one home. A
 * column that repeats another word for word, as the address on an invoice and the price on its line may, is no news about
 * that, and taken for what was true when the row was written: it stays with the column before it.
 */
export function believe(
  relation: Relation,
  seen: Pick<Exploration, 'discovery' | 'ranked' | 'keys'>,
  options: BeliefOptions = {},
): Believed {
  const size = relation.columns.length;
  const sources = copies(relation, equivalentColumns(seen.discovery.value));
  const candidates = determinants(size, seen, options.minScore ?? MIN_SCORE);
  const believed = new Map<Candidate, number[]>();
  let before: Candidate | undefined;
  relation.columns.forEach((_, column) => {
    const source = sources.get(column);
    const isNews = ({ fd }: Candidate) =>
      !fd.left.some((own) => own === column || (source !== undefined && sources.get(own) === source));
    const holders = candidates.filter((one) => hasBit(one.closure, column) && isNews(one));
    const chosen = source !== undefined && before !== undefined && holders.includes(before) ? before : homeOf(holders);
    if (source === undefined && chosen !== undefined) before = chosen;
    for (const one of from(chosen, holders)) believed.set(one, [...(believed.get(one) ?? []), column]);
  });
  const key = seen.keys[0]?.columns;
  return {
    dependencies: [...believed].map(([{ fd }, right]) => ({ ...fd, right })).sort((a, b) => b.score - a.score),
    ...(key === undefined ? {} : { key }),
  };
}

/** What a decomposition goes by: the believed dependencies and the key. */
export function believedFds(size: number, { dependencies, key }: Believed): Fd[] {
  const fds = dependencies.map(({ left, right }) => ({ left: bitsOf(size, left), right: bitsOf(size, right) }));
  if (key === undefined) return fds;
  return [...fds, { left: bitsOf(size, key), right: allBits(size) }];
}
