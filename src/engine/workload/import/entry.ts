import type { QueryOrigin, QueryParameter } from '#model/query-types.ts';

/** One statement as a source tells it, before those that are the same are merged. */
export interface Entry {
  readonly sql: string;
  /** Where it begins in the text given, from 1. */
  readonly line: number;
  readonly column: number;
  /** What the source calls it. */
  readonly name?: string;
  readonly server?: string;
  readonly calls: number;
  readonly rows?: number;
  readonly totalMs?: number;
  /** Another text of the same query, to be used where the first cannot be read. */
  readonly sample?: string;
}

/** Something that could not be taken, at its place: lines and columns count from 1, columns in UTF-16 units. */
export interface Refusal {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
  /** The statement, when it is one. */
  readonly sql?: string;
}

/** What a source holds. */
export interface Entries {
  readonly kind: QueryOrigin['kind'];
  readonly entries: readonly Entry[];
  readonly refused: readonly Refusal[];
  /** Hours that the source itself tells its counts are of. */
  readonly hours?: number;
}

/** A query to be put into the workload: a record without its id. */
export interface ImportedQuery {
  readonly name: string;
  readonly sql: string;
  readonly callsPerHour?: number;
  readonly parameters?: readonly QueryParameter[];
  readonly origin: QueryOrigin;
  readonly fingerprint: string;
  readonly line: number;
  readonly column: number;
}
