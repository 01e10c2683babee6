import { type TreeSize, UNITS } from './access.ts';

/** What is written to a table in an hour, in rows. */
export interface WriteRates {
  readonly inserts: number;
  readonly deletes: number;
  /** Updates by what they change: rows an hour, and the columns that are given new values. */
  readonly updates: readonly { readonly rows: number; readonly columns: readonly string[] }[];
}

/** An index as writes see it. */
export interface WrittenIndex {
  readonly id: string;
  readonly tree: TreeSize;
  /** Columns of its key, of what it includes, and of its predicate and expressions. */
  readonly columns: readonly string[];
  /** Share of the rows that it holds: less than 1 for a partial one. */
  readonly share: number;
}

/** A new entry dirties a leaf, which is written once in a while: most of the time it is changed again before. */
const LEAF_WRITES = 0.1;
/** Bytes of log for one entry, about: record header, block reference and the tuple. */
const LOG_BYTES = 75;
const PAGE = 8192;

/**
 * What one new entry of an index costs, in the units of `access.ts`: the descent, the leaf that is read when it is not in the
 * cache, and what is written of the leaf and the log.
 */
export function entryCost({ tree }: Pick<WrittenIndex, 'tree'>): number {
  const comparing = tree.rows > 1 ? Math.ceil(Math.log2(tree.rows)) * UNITS.operator : 0;
  const descending = (tree.height + 1) * 50 * UNITS.operator;
  const missing = Math.max(0, 1 - UNITS.cachePages / Math.max(1, tree.pages));
  return (
    comparing + descending + UNITS.indexRow + missing * UNITS.randomPage + LEAF_WRITES * UNITS.sequentialPage + LOG_BYTES / PAGE
  );
}

/** What an index costs in an hour by rows that come and go: inserts at once, deletes when their entries are cleaned up. */
export function insertCost(index: WrittenIndex, { inserts, deletes }: WriteRates): number {
  return (inserts + 0.5 * deletes) * index.share * entryCost(index);
}

/** Updates as the selection takes them: see `UpdateDemand` there. */
export interface UpdateCharge {
  /** Rows an hour. */
  readonly calls: number;
  /** Indexes that hold a changed column: with one of them no update stays within its page. */
  readonly breaks: readonly string[];
  readonly entries: readonly { readonly index: string; readonly cost: number }[];
}

/** What updates cost the indexes of a table, in an hour. */
export interface UpdateCosts {
  /** Per index what it costs for being there. */
  readonly always: readonly { readonly index: string; readonly cost: number }[];
  /** What is only paid once some index holds a changed column. */
  readonly charges: readonly UpdateCharge[];
}

/**
 * How an engine updates a row: in place, so that only indexes that hold a changed column get a new entry (InnoDB, SQL Server,
 * Oracle, SQLite); or as a new version (PostgreSQL), which needs one in every index, unless no index holds a changed column
 * and the row's page has room (heap-only tuples, README.HOT).
 */
export type UpdateWay =
  | { readonly way: 'in place' }
  | {
      readonly way: 'versions';
      /** Share of updates that find room on their page: near 1 with a fill factor that leaves some. */
      readonly room: number;
    };

/** What updates cost the indexes of one table, as `SelectionProblem` takes it: write costs and `UpdateDemand`s. */
export function updateCosts(indexes: readonly WrittenIndex[], { updates }: WriteRates, engine: UpdateWay): UpdateCosts {
  const always = new Map(indexes.map(({ id }) => [id, 0]));
  const charges: UpdateCharge[] = [];
  const pay = (index: WrittenIndex, rows: number) =>
    void always.set(index.id, (always.get(index.id) ?? 0) + rows * index.share * entryCost(index));
  for (const { rows, columns } of updates) {
    const holding = indexes.filter((index) => index.columns.some((column) => columns.includes(column)));
    // The old entry is marked and the new one made.
    if (engine.way === 'in place') for (const index of holding) pay(index, 2 * rows);
    else {
      for (const index of indexes) pay(index, rows * (1 - engine.room));
      const calls = rows * engine.room;
      const entries = indexes.map((index) => ({ index: index.id, cost: index.share * entryCost(index) }));
      if (calls > 0 && holding.length > 0) charges.push({ calls, breaks: holding.map(({ id }) => id), entries });
    }
  }
  return { always: [...always].map(([index, cost]) => ({ index, cost })), charges };
}
