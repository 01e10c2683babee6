import type { Id, Sql } from './types.ts';

/** A query that an index was made for, as it was called then, and what one call cost without the index and with it. */
export interface IndexService {
  /** May be gone by now. */
  readonly query: Id;
  readonly name: string;
  /** In the unit of the decision's `basis`. */
  readonly without: number;
  readonly with: number;
}

/**
 * An index that was made or dropped, with what was known of it when it was decided: later edits of indexes and queries must not
 * change what was true then.
 */
export interface IndexDecision {
  readonly action: 'make' | 'drop';
  /** May be gone by now, like the index. */
  readonly table: Id;
  readonly index: Id;
  readonly name: string;
  /** `schema.table` as it was called. */
  readonly on: string;
  /** The statement that makes it. */
  readonly sql: Sql;
  readonly parts: readonly {
    readonly text: string;
    /** **E**quality, **S**orting, **R**ange, **I**ncluded; absent where no query uses the part. */
    readonly role?: 'E' | 'S' | 'R' | 'I';
  }[];
  readonly serves: readonly IndexService[];
  readonly bytes: number;
  readonly bytesInThreeYears?: number;
  /** What keeping it up to date costs in an hour. */
  readonly writeCost: number;
  /** By how much an hour of the workload would cost more without it. */
  readonly worth: number;
  /** What it takes for granted; of one that goes, why and what does its work. */
  readonly notes: readonly string[];
}

/** What one call of a query cost before and after all that a decision did. */
export interface QueryDecision {
  /** May be gone by now. */
  readonly query: Id;
  readonly name: string;
  readonly callsPerHour?: number;
  readonly before: number;
  readonly after: number;
}

/** What indexes were decided on from: a workload, weighed. */
export interface IndexesDecided {
  /** Whose costs they are, such as `planner of PostgreSQL 18.1`. */
  readonly basis: string;
  /** Bytes that indexes could take; absent = as many as pay. */
  readonly budget?: number;
  readonly indexes: readonly IndexDecision[];
  /** Absent where only some of what was advised was done: nobody weighed that. */
  readonly queries?: readonly QueryDecision[];
  readonly totals?: {
    /** Costs in an hour. */
    readonly before: { readonly reads: number; readonly writes: number; readonly bytes: number };
    readonly after: { readonly reads: number; readonly writes: number; readonly bytes: number };
  };
}
