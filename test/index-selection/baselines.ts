import type { SelectionProblem } from '#engine/indexes/select/problem.ts';

/** What others do, written from their descriptions: to be held against ours in the same run. */

/** The cost of a set, straight from its definition. */
export function totalOf(problem: SelectionProblem, set: ReadonlySet<string>): number {
  const penalty = problem.writePenalty ?? 1;
  const keys = new Set(problem.indexes.flatMap(({ id, standing }) => (standing === 'key' ? [id] : [])));
  const there = (id: string) => set.has(id) || keys.has(id);
  let total = 0;
  for (const { id, calls } of problem.queries) {
    let least = Number.POSITIVE_INFINITY;
    for (const { indexes, cost } of problem.costs.get(id) ?? []) if (cost < least && indexes.every(there)) least = cost;
    total += calls * least;
  }
  for (const { id, writeCost } of problem.indexes) if (set.has(id) && !keys.has(id)) total += penalty * writeCost;
  for (const { calls, breaks, entries } of problem.updates ?? [])
    if (breaks.some(there)) for (const { index, cost } of entries) if (there(index)) total += penalty * calls * cost;
  return total;
}

/** The cost of sets that differ little from one another: only queries that a change can touch are looked at again. */
export class Totals {
  private readonly byIndex = new Map<string, string[]>();
  private readonly problem: SelectionProblem;
  private readonly calls: ReadonlyMap<string, number>;
  private readonly sorted: ReadonlyMap<string, SelectionProblem['costs'] extends ReadonlyMap<string, infer L> ? L : never>;
  private readonly now = new Map<string, number>();
  readonly set = new Set<string>();

  constructor(problem: SelectionProblem) {
    this.problem = problem;
    this.calls = new Map(problem.queries.map(({ id, calls }) => [id, calls]));
    this.sorted = new Map([...problem.costs].map(([id, list]) => [id, [...list].sort((a, b) => a.cost - b.cost)]));
    for (const [query, list] of problem.costs) {
      for (const index of new Set(list.flatMap(({ indexes }) => indexes))) {
        const queries = this.byIndex.get(index) ?? [];
        queries.push(query);
        this.byIndex.set(index, queries);
      }
      this.now.set(query, this.costOf(query, this.set));
    }
  }

  private costOf(query: string, set: ReadonlySet<string>): number {
    const list = this.sorted.get(query) ?? [];
    return (this.calls.get(query) ?? 0) * (list.find(({ indexes }) => indexes.every((id) => set.has(id)))?.cost ?? 0);
  }

  /** What queries gain when some indexes come and others go. */
  gain(add: readonly string[], remove: readonly string[] = []): number {
    const set = new Set(this.set);
    for (const id of add) set.add(id);
    for (const id of remove) set.delete(id);
    let gain = 0;
    for (const query of new Set([...add, ...remove].flatMap((id) => this.byIndex.get(id) ?? [])))
      gain += (this.now.get(query) ?? 0) - this.costOf(query, set);
    return gain;
  }

  change(add: readonly string[], remove: readonly string[] = []): void {
    for (const id of add) this.set.add(id);
    for (const id of remove) this.set.delete(id);
    for (const query of new Set([...add, ...remove].flatMap((id) => this.byIndex.get(id) ?? [])))
      this.now.set(query, this.costOf(query, this.set));
  }

  total(): number {
    return totalOf(this.problem, this.set);
  }
}

/** Adds the single index with the best benefit per byte that fits, until none gains. */
export function plainGreedy(problem: SelectionProblem): number {
  const totals = new Totals(problem);
  let bytes = 0;
  for (;;) {
    let best: { readonly id: string; readonly bytes: number; readonly ratio: number } | undefined;
    for (const index of problem.indexes) {
      if (totals.set.has(index.id) || bytes + index.bytes > problem.budget) continue;
      const ratio = totals.gain([index.id]) / Math.max(1, index.bytes);
      if (ratio > (best?.ratio ?? 0)) best = { id: index.id, bytes: index.bytes, ratio };
    }
    if (best === undefined) return totals.total();
    totals.change([best.id]);
    bytes += best.bytes;
  }
}

/** A step must make the workload cheaper by this factor. */
const LEAST_IMPROVEMENT = 1.003;

/**
 * Extend: from nothing, again and again the step with the best benefit per additional byte: a new index of one column, or one
 * column more at the end of an index that is chosen; until nothing fits, or the best step gains less than 0.3 %.
 *
 * R. Schlosser, J. Kossmann, M. Boissier: Efficient Scalable Multi-Attribute Index Selection Using Recursive Strategies,
 * ICDE 2019; the least improvement is that of the authors' published evaluation.
 */
export function extend(problem: SelectionProblem, columns: ReadonlyMap<string, readonly string[]>): number {
  const totals = new Totals(problem);
  const sizes = new Map(problem.indexes.map(({ id, bytes }) => [id, bytes]));
  const sizeOf = (id: string) => sizes.get(id) ?? 0;
  const longer = new Map<string, string[]>();
  const singles: string[] = [];
  for (const { id } of problem.indexes) {
    const list = columns.get(id) ?? [];
    if (list.length <= 1) singles.push(id);
    const begin = list.slice(0, -1).join();
    longer.set(begin, [...(longer.get(begin) ?? []), id]);
  }
  let bytes = 0;
  let cost = totals.total();
  for (;;) {
    let best:
      | { readonly add: string; readonly remove: readonly string[]; readonly bytes: number; readonly ratio: number }
      | undefined;
    const consider = (add: string, remove: readonly string[]) => {
      const more = sizeOf(add) - remove.reduce((sum, id) => sum + sizeOf(id), 0);
      if (totals.set.has(add) || bytes + more > problem.budget) return;
      const gain = totals.gain([add], remove);
      const ratio = gain / Math.max(1, more);
      if (gain > 0 && cost - gain <= cost / LEAST_IMPROVEMENT && ratio > (best?.ratio ?? 0))
        best = { add, remove, bytes: more, ratio };
    };
    for (const id of singles) consider(id, []);
    for (const id of totals.set) for (const next of longer.get((columns.get(id) ?? ['?']).join()) ?? []) consider(next, [id]);
    if (best === undefined) return cost;
    totals.change([best.add], best.remove);
    bytes += best.bytes;
    cost = totals.total();
  }
}
