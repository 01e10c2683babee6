import type { Id, Sql } from './types.ts';

/** How long somebody waits for it: a screen, a night's run, a person who reads figures. */
export type QueryPurpose = 'interactive' | 'batch' | 'report';

/** A value that a parameter takes, with how often it does. */
export interface ParameterValue {
  /** As an SQL literal without a cast, such as `'open'` or `42`; `NULL` for none. */
  readonly sql: Sql;
  /** Share of the calls with this value, 0 to 1; absent = a sample, of which nothing is known. */
  readonly share?: number;
}

/** What is known of a parameter of a query. */
export interface QueryParameter {
  /** As the text says it, marks included: `$1`, `:status`, `@day`; the n-th `?` is `?n`, from 1. */
  readonly name: string;
  readonly values: readonly ParameterValue[];
}

/** Where a query came from, with what was measured there. */
export interface QueryOrigin {
  readonly kind: 'typed' | 'file' | 'pg_stat_statements' | 'slow log' | 'performance_schema';
  /** File name, or what else people know it by. */
  readonly name?: string;
  /** ISO date, given by the caller. */
  readonly date: string;
  /** The identifier the server gives it: `queryid`, `DIGEST`. */
  readonly server?: string;
  readonly calls?: number;
  readonly rows?: number;
  readonly meanMs?: number;
  readonly totalMs?: number;
  /** Hours in which `calls` were counted. */
  readonly hours?: number;
}

/**
 * A statement that the database has to serve, in the document's dialect. Whether it reads or writes, and what, follows from
 * its text.
 */
export interface WorkloadQuery {
  readonly id: Id;
  readonly name: string;
  readonly sql: Sql;
  /** How often it is called in an hour; absent = not known. */
  readonly callsPerHour?: number;
  /** How long it may take, in milliseconds. */
  readonly latencyMs?: number;
  readonly purpose?: QueryPurpose;
  /** The database role that runs it, for row-level security; absent = any role that policies hold for. */
  readonly role?: string;
  readonly parameters?: readonly QueryParameter[];
  readonly origin?: QueryOrigin;
  /** Place in the list that a person gave it; absent = 0, and by id among equals. */
  readonly order?: number;
  readonly comment?: string;
}
