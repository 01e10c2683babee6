import { allBits, type Bits, bitsKey, intersection, isSubset, minus, union } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { mergeParts } from './decompose.ts';
import type { Bounded, Fd, FdSet } from './dependencies.ts';
import { isPreserved } from './join.ts';
import { type Decomposition, PartJudge } from './parts.ts';
import { dropSubsumed } from './project.ts';
import { type PreservingBcnf, recommendWith } from './recommend.ts';

export interface BcnfDecomposition extends Decomposition {
  readonly preservingBcnf: PreservingBcnf;
  /** Splits that were tried, and whether nothing better can come of the starting points: fewer lost dependencies. */
  readonly explored: number;
  readonly exhausted: boolean;
}

/** Splits that a search may try before the best so far is taken. */
export const MAX_SPLITS = 150;

interface Best {
  parts: readonly Bits[] | undefined;
  lost: number;
  tried: number;
}

/**
 * Splits parts by violating dependencies in every order, deepest first, and keeps the parts that lose the fewest
 * dependencies, then the fewest parts. A split never gives back what is lost, so a branch that already loses as much as the
 * best is cut.
 */
class SplitSearch {
  readonly #judge: PartJudge;
  readonly #max: number;
  readonly #least: number;
  readonly best: Best = { parts: undefined, lost: Number.POSITIVE_INFINITY, tried: 0 };
  exhausted = true;

  /** @param least how many are lost in any case: a result that loses no more ends the search. */
  constructor(judge: PartJudge, max: number, least: number) {
    this.#judge = judge;
    this.#max = max;
    this.#least = least;
  }

  from(parts: readonly Bits[]): void {
    this.#search([], parts, this.#judge.cover.fds, new Set());
  }

  #search(done: readonly Bits[], todo: readonly Bits[], held: readonly Fd[], seen: Set<string>): void {
    const { best } = this;
    const [part, ...rest] = todo;
    if (best.lost <= this.#least) return;
    if (best.parts !== undefined && (best.tried >= this.#max || this.#judge.budget.shouldStop())) {
      this.exhausted = false;
      return;
    }
    const parts = [...done, ...todo];
    const alive = held.filter((fd) => isPreserved(this.#judge.known, parts, fd));
    const lost = this.#judge.cover.fds.length - alive.length;
    if (lost > best.lost || (lost === best.lost && best.parts !== undefined && done.length >= best.parts.length)) return;
    if (part === undefined) {
      const merged = mergeParts(this.#judge, dropSubsumed(done));
      if (lost < best.lost || best.parts === undefined || merged.length < best.parts.length) {
        Object.assign(best, { parts: merged, lost });
      }
      return;
    }
    const splits = this.#splits(part);
    if (splits.length === 0) this.#search([...done, part], rest, alive, seen);
    for (const [kept, taken] of splits) {
      best.tried++;
      const next = [taken, kept, ...rest];
      const state = [...done, ...next].map(bitsKey).sort().join(' ');
      if (seen.has(state)) continue;
      seen.add(state);
      this.#search(done, next, alive, seen);
    }
  }

  /** The ways to split a part, those first that lose nothing. */
  #splits(part: Bits): (readonly [kept: Bits, taken: Bits])[] {
    const { known, cover } = this.#judge;
    const inside = cover.fds.filter((fd) => isSubset(union(fd.left, fd.right), part));
    const splits = new Map<string, readonly [Bits, Bits]>();
    for (const { left, right } of this.#judge.violations(part)) {
      // All that the left side determines goes, or only this dependency's right side.
      for (const taken of [intersection(known.close(left), part), union(left, right)]) {
        const kept = union(left, minus(part, taken));
        splits.set(`${bitsKey(kept)} ${bitsKey(taken)}`, [kept, taken]);
      }
    }
    const list = [...splits.values()];
    if (list.length < 2) return list;
    const cost = new Map(list.map((split) => [split, inside.filter((fd) => !isPreserved(known, split, fd)).length]));
    return list.sort((a, b) => (cost.get(a) as number) - (cost.get(b) as number));
  }
}

/** {@link decomposeBcnf} with a judge that is used again. */
export function decomposeBcnfWith(judge: PartJudge, maxSplits = MAX_SPLITS): Bounded<BcnfDecomposition> {
  const recommended = recommendWith(judge);
  const { preservingBcnf, ...plan } = recommended.value;
  if (plan.parts.every((part) => part.is.BCNF === true)) {
    return { ...recommended, value: { ...plan, preservingBcnf, explored: 0, exhausted: true } };
  }
  const search = new SplitSearch(judge, maxSplits, preservingBcnf === 'proved-none' ? 1 : 0);
  search.from(plan.parts.map((part) => part.attributes));
  search.from([allBits(judge.set.size)]);
  const { best, exhausted } = search;
  const found = judge.assemble(best.parts ?? []);
  return { ...found, value: { ...found.value, preservingBcnf, explored: best.tried, exhausted } };
}

/**
 * A lossless decomposition into BCNF that loses as few dependencies as the search finds. One that loses none is taken when
 * the plan of {@link recommendWith} is one; otherwise that plan, whose parts outside BCNF are split, and the whole heading
 * are the starting points of a search through orders of splitting, each split on a dependency that holds.
 */
export function decomposeBcnf(set: FdSet, budget: Budget): Bounded<BcnfDecomposition> {
  return decomposeBcnfWith(new PartJudge(set, budget));
}
