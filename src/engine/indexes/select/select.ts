import { err, ok, type Result } from '#lib/result.ts';
import type { Budget } from '../../budget.ts';
import { atOnce, type Steps } from '../../steps.ts';
import { branchAndBound } from './branch.ts';
import { costOfSet } from './chosen.ts';
import { replaceable, withoutIndexes } from './dominance.ts';
import { type Explanation, explain } from './explain.ts';
import { grow } from './grow.ts';
import { begin, Incumbent } from './improve.ts';
import { type Instance, instanceOf } from './instance.ts';
import { checkProblem, type SelectionProblem } from './problem.ts';

export interface SelectOptions {
  /** Partial answers the proof looks at, at most. The same number gives the same answer on every machine. Default 2,000. */
  readonly nodes?: number;
  /** An answer from before, of the same indexes: the new one is no worse. */
  readonly start?: readonly string[];
  /** Called with each better answer, and when more is known of how good an answer can be. */
  told?(news: News): void;
}

/** How far the search is. Costs per hour. */
export interface News {
  readonly total: number;
  /** No answer costs less. */
  readonly bound: number;
}

/** The chosen indexes. Costs are per hour, in the unit of the query costs. */
export interface Selection extends Explanation {
  /** What to have, keys apart, in the order of the problem. */
  readonly indexes: readonly string[];
  readonly bytes: number;
  /** Queries and writes together: what was made as small as possible. */
  readonly total: number;
  /** Total with nothing but keys and what must be kept. */
  readonly totalWithNone: number;
  /** Total with the indexes that exist now; without regard to the budget. */
  readonly totalNow: number;
  /** No set of the given indexes within the budget has a smaller total. */
  readonly bound: number;
}

/** What a search chose, and whether it is proved that nothing is better. */
export interface Selected {
  readonly value: Selection;
  /** True when `total` is proved to be the least there is, to rounding. */
  readonly complete: boolean;
  /** Why that is not proved, and how much better another answer could be at most. */
  readonly reason?: string;
}

const DEFAULT_NODES = 2000;

/** The total of what exists now: what the answer is compared with. */
function totalNow(problem: SelectionProblem, instance: Instance): number {
  const now = new Set(problem.indexes.filter(({ standing }) => standing === 'existing').map(({ id }) => id));
  const items = instance.ids.flatMap((id, at) => (now.has(id) || instance.kept[at] === 1 ? [at] : []));
  return costOfSet(instance, items).total;
}

/** With every index there and none of them costing anything: no answer is cheaper. */
function leastTotal({ constant, optionStart, optionCost, queryIds, fixed, kept }: Instance): number {
  const queries = queryIds.reduce((sum, _, query) => sum + (optionCost[optionStart[query] as number] as number), constant);
  return fixed.reduce((sum, cost, index) => (kept[index] === 1 ? sum + cost : sum), queries);
}

function reasonOf(incumbent: Incumbent, bound: number, stopped: boolean): string {
  const most = incumbent.total <= 0 ? 0 : ((incumbent.total - bound) / incumbent.total) * 100;
  const why = stopped ? 'The search was stopped' : 'The search reached its limit';
  if (bound <= 0) return `${why} before it was known how good an answer can be.`;
  return `${why}: another set could cost less, but by no more than ${most < 0.1 ? most.toPrecision(1) : most.toFixed(1)} %.`;
}

/**
 * Chooses indexes under a storage budget. Greedy by gain per byte over single indexes and over sets that only gain together;
 * lower bounds and further starts by Lagrangian relaxation; a descent by forcing each set in and each index out; then branch
 * and bound. Whenever it is stopped it gives the best answer so far, and says how much better another one could be.
 *
 * @param problem costs of every combination that matters; `problem.ts` says what they mean
 * @param budget when to stop; progress is told as the share of the way to a proof
 * @returns codes of `checkProblem`; `select-no-room` when what must be kept is larger than the budget
 */
export function selectIndexes(problem: SelectionProblem, budget: Budget, options: SelectOptions = {}): Result<Selected> {
  return atOnce(selecting(problem, budget, options));
}

/** The same in steps, for work that lets others in between. */
export function* selecting(problem: SelectionProblem, budget: Budget, options: SelectOptions = {}): Steps<Result<Selected>> {
  const sound = checkProblem(problem);
  if (!sound.ok) return sound;
  const instance = instanceOf(problem);
  const must = instance.bytes.reduce((sum, bytes, index) => (instance.kept[index] === 1 ? sum + bytes : sum), 0);
  if (must > instance.budget)
    return err(
      'select-no-room',
      `The indexes that must be kept take ${must} bytes, more than the budget of ${instance.budget}. Allow more, or let some of them go.`,
    );
  const stop = () => budget.shouldStop();
  const reduced = withoutIndexes(instance, yield* replaceable(instance, stop));
  const incumbent = new Incumbent(reduced, stop);
  budget.progress?.(0, 'choosing what gains most per byte');
  if (options.start !== undefined) {
    const before = new Set(options.start);
    incumbent.offer(instance.ids.flatMap((id, at) => (before.has(id) || instance.kept[at] === 1 ? [at] : [])));
  }
  yield* begin(incumbent);
  yield* grow(incumbent);
  const least = leastTotal(reduced);
  let first: number | undefined;
  const told = (bound: number) => {
    const gap = incumbent.total - bound;
    first ??= Math.max(gap, incumbent.rounding);
    options.told?.({ total: incumbent.total, bound: Math.max(bound, least) });
    budget.progress?.(Math.min(0.99, 0.3 + 0.69 * (1 - Math.min(1, gap / first))), 'looking for anything better');
  };
  const proof = yield* branchAndBound(incumbent, { nodes: options.nodes ?? DEFAULT_NODES, told });
  const bound = Math.min(Math.max(least, proof.bound), incumbent.total);
  const complete = bound >= incumbent.total - incumbent.rounding;
  const items = [...incumbent.items];
  budget.progress?.(0.99, 'comparing with what was not chosen');
  const { total, bytes } = costOfSet(instance, items);
  const none = instance.ids.flatMap((_, at) => (instance.kept[at] === 1 ? [at] : []));
  const value: Selection = {
    indexes: items.map((index) => instance.ids[index] as string),
    bytes,
    total,
    totalWithNone: costOfSet(instance, none).total,
    totalNow: totalNow(problem, instance),
    bound,
    ...(yield* explain(problem, instance, items, stop)),
  };
  budget.progress?.(1, 'done');
  return ok({ value, complete, ...(complete ? {} : { reason: reasonOf(incumbent, bound, budget.shouldStop()) }) });
}
