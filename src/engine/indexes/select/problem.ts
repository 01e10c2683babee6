import { err, ok, type Result } from '#lib/result.ts';

/**
 * What an index is to the selection. `key`: it is there anyway (a primary key, a unique constraint), costs nothing and cannot
 * go. `kept`: it must be in the answer and is paid for. `existing`: it is there now and may be dropped. `candidate`: it could
 * be made.
 */
export type Standing = 'key' | 'kept' | 'existing' | 'candidate';

/** An index that could be in the answer. */
export interface IndexOption {
  readonly id: string;
  /** Bytes it takes on disk; they count against the budget unless it is a key. */
  readonly bytes: number;
  /** What keeping it up to date costs in an hour, in the unit of the query costs. Of updates see `UpdateDemand`. */
  readonly writeCost: number;
  readonly standing: Standing;
  /** Indexes without which this one cannot be made. */
  readonly requires?: readonly string[];
  /** Indexes that have no place beside this one, such as one it begins with: no answer holds both. */
  readonly supersedes?: readonly string[];
}

/** A query of the workload. */
export interface QueryDemand {
  readonly id: string;
  /** Calls in an hour: its weight. */
  readonly calls: number;
}

/** A way to answer a query: when all these indexes are there, it costs no more than this. */
export interface Combination {
  readonly indexes: readonly string[];
  /** Cost of one call. */
  readonly cost: number;
}

/**
 * Updates that stay within their page (heap-only tuples) as long as no index holds a column they change: then they touch no
 * index at all. With one of `breaks` in place each of them makes a new entry in every index of the table.
 */
export interface UpdateDemand {
  readonly id: string;
  /** Calls in an hour. */
  readonly calls: number;
  /** Indexes that hold a changed column. */
  readonly breaks: readonly string[];
  /** What one call costs for each index of the table that is there, once it is not a heap-only update. */
  readonly entries: readonly { readonly index: string; readonly cost: number }[];
}

/**
 * Which indexes to have under a budget. The cost of an answer is
 *
 *     sum over queries: calls * cheapest combination that is wholly there
 *   + penalty * (sum over indexes that are there: writeCost + what updates cost)
 *
 * and the bytes of all that are there (keys apart) stay within the budget.
 */
export interface SelectionProblem {
  readonly indexes: readonly IndexOption[];
  readonly queries: readonly QueryDemand[];
  /** By query id its combinations, the empty one (no index but the keys) among them. Costs need not fall with more indexes. */
  readonly costs: ReadonlyMap<string, readonly Combination[]>;
  readonly updates?: readonly UpdateDemand[];
  /** Bytes for everything but keys; `Infinity` when space does not matter. */
  readonly budget: number;
  /** By index id what it finds or sorts rows by first: indexes with the same are variants of one another. */
  readonly leads?: ReadonlyMap<string, string>;
  /** How much a unit of write cost weighs against a unit of query cost. Default 1. */
  readonly writePenalty?: number;
}

const sane = (value: number) => Number.isFinite(value) && value >= 0;

function checkIndexes(indexes: readonly IndexOption[], known: ReadonlySet<string>): Result<void> {
  if (known.size !== indexes.length)
    return err('select-duplicate-index', 'Two indexes of the problem have the same id. Give each index an id of its own.');
  for (const { id, bytes, writeCost, requires = [], supersedes = [] } of indexes) {
    if (!sane(bytes) || !sane(writeCost))
      return err(
        'select-bad-number',
        `Index ${id} has a size or a write cost that is negative or not a number. Give both as zero or more.`,
      );
    const stranger = [...requires, ...supersedes].find((other) => !known.has(other) || other === id);
    if (stranger !== undefined)
      return err(
        'select-unknown-index',
        `Index ${id} names ${stranger}, which is no other index of the problem. Add it, or do not name it.`,
      );
  }
  return ok(undefined);
}

function checkCosts(problem: SelectionProblem, known: ReadonlySet<string>): Result<void> {
  for (const query of problem.queries) {
    const combinations = problem.costs.get(query.id);
    if (!sane(query.calls)) return err('select-bad-number', `Query ${query.id} has calls that are negative or not a number.`);
    if (combinations === undefined || !combinations.some(({ indexes }) => indexes.length === 0))
      return err('select-no-base-cost', `Query ${query.id} has no cost without indexes. Give it a combination of no indexes.`);
    for (const { indexes, cost } of combinations) {
      if (!sane(cost)) return err('select-bad-number', `Query ${query.id} has a cost that is negative or not a number.`);
      const stranger = indexes.find((index) => !known.has(index));
      if (stranger !== undefined)
        return err('select-unknown-index', `Query ${query.id} has a cost with ${stranger}, which is no index of the problem.`);
    }
  }
  for (const { id, calls, breaks, entries } of problem.updates ?? []) {
    if (!sane(calls) || entries.some(({ cost }) => !sane(cost)))
      return err('select-bad-number', `Update ${id} has calls or a cost that is negative or not a number.`);
    const stranger = [...breaks, ...entries.map(({ index }) => index)].find((index) => !known.has(index));
    if (stranger !== undefined)
      return err('select-unknown-index', `Update ${id} names ${stranger}, which is no index of the problem.`);
  }
  return ok(undefined);
}

/**
 * Whether a problem says what it must. Codes: `select-duplicate-index`, `select-duplicate-query`, `select-unknown-index`,
 * `select-bad-number`, `select-no-base-cost`.
 */
export function checkProblem(problem: SelectionProblem): Result<void> {
  const known = new Set(problem.indexes.map(({ id }) => id));
  const indexes = checkIndexes(problem.indexes, known);
  if (!indexes.ok) return indexes;
  if (new Set(problem.queries.map(({ id }) => id)).size !== problem.queries.length)
    return err('select-duplicate-query', 'Two queries of the problem have the same id. Give each query an id of its own.');
  if (!(problem.budget >= 0) || !sane(problem.writePenalty ?? 1))
    return err('select-bad-number', 'The budget or the write penalty is negative or not a number. Give both as zero or more.');
  return checkCosts(problem, known);
}
