import type { Id } from '#model/types.ts';
import type { QueryFacts } from './facts.ts';

/** A query with how often it runs. */
export interface RatedQuery {
  readonly id: Id;
  readonly callsPerHour?: number;
  readonly facts: QueryFacts;
}

/** What a workload does to one table, in statements an hour. */
export interface TableRates {
  readonly table: Id;
  readonly reads: number;
  readonly inserts: number;
  readonly updates: number;
  readonly deletes: number;
  /** How often each column is set by an UPDATE. */
  readonly updatedColumns: ReadonlyMap<Id, number>;
  /** Queries that read it and that write it. */
  readonly readers: readonly Id[];
  readonly writers: readonly Id[];
  /** Queries of these of which nobody said how often they run: they count for nothing above. */
  readonly uncounted: readonly Id[];
}

interface Draft {
  reads: number;
  inserts: number;
  updates: number;
  deletes: number;
  readonly updatedColumns: Map<Id, number>;
  readonly readers: Set<Id>;
  readonly writers: Set<Id>;
  readonly uncounted: Set<Id>;
}

/**
 * Read and write rates of each table that a workload uses, by its id. A query that uses a table several times counts once as a
 * read; an UPDATE or DELETE is a read, as it looks for its rows, and a write.
 */
export function tableRates(queries: readonly RatedQuery[]): ReadonlyMap<Id, TableRates> {
  const drafts = new Map<Id, Draft>();
  for (const { id, callsPerHour, facts } of queries) {
    const calls = callsPerHour ?? 0;
    const read = new Set<Id>();
    for (const { table, read: looksFor, write } of facts.uses) {
      const draft = drafts.get(table) ?? newDraft();
      drafts.set(table, draft);
      if (callsPerHour === undefined) draft.uncounted.add(id);
      if (looksFor && !read.has(table)) {
        read.add(table);
        draft.readers.add(id);
        draft.reads += calls;
      }
      if (write === undefined) continue;
      draft.writers.add(id);
      draft[`${write.kind}s`] += calls;
      if (write.kind === 'update')
        for (const column of write.columns) draft.updatedColumns.set(column, (draft.updatedColumns.get(column) ?? 0) + calls);
    }
  }
  return new Map(
    [...drafts].map(([table, { readers, writers, uncounted, ...rest }]) => [
      table,
      { table, ...rest, readers: [...readers], writers: [...writers], uncounted: [...uncounted] },
    ]),
  );
}

function newDraft(): Draft {
  return {
    reads: 0,
    inserts: 0,
    updates: 0,
    deletes: 0,
    updatedColumns: new Map(),
    readers: new Set(),
    writers: new Set(),
    uncounted: new Set(),
  };
}
