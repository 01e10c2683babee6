import type { Index } from '#model/table-parts.ts';
import type { Id } from '#model/types.ts';
import type { Term } from '../../workload/facts.ts';

/**
 * What a part of an index is there for: **E**quality (also IN, IS NULL and joins), **S**orting (also grouping), **R**ange (also
 * prefixes and operators of other methods), **I**ncluded so that the table need not be read.
 */
export type Role = 'E' | 'S' | 'R' | 'I';

export type Shape =
  | 'equality'
  | 'equality-range'
  | 'equality-sort'
  | 'equality-sort-range'
  | 'equality-range-sort'
  | 'join'
  | 'group'
  | 'distinct'
  | 'min-max'
  | 'or-arm'
  | 'prefix'
  | 'pattern'
  | 'document'
  | 'array'
  | 'text-search'
  | 'range-type'
  | 'distance'
  | 'append-only'
  | 'hash'
  | 'partial'
  | 'covering'
  | 'foreign-key'
  | 'conflict-target'
  | 'keyset'
  | 'merged';

/** Why a candidate is there: the query (absent for a foreign key), the use in it, and what it would do. */
export interface Reason {
  readonly query?: Id;
  /** Position in the `uses` of the query's facts. */
  readonly use?: number;
  /** The foreign key that asks for it. */
  readonly relationship?: Id;
  readonly shape: Shape;
  /** In words, such as `finds rows by customer_id, in the order of created_at`. */
  readonly why: string;
}

/** One part of a candidate, key parts first, then what is included. */
export interface CandidatePart {
  readonly term: Term;
  readonly role: Role;
  readonly desc?: true;
}

/** An index that may be worth having. Nobody has weighed it yet. */
export interface Candidate {
  /** Equal for equal definitions. */
  readonly key: string;
  readonly table: Id;
  /** As the model holds it, without id and name. */
  readonly index: Omit<Index, 'id'>;
  readonly parts: readonly CandidatePart[];
  readonly reasons: readonly Reason[];
  /** Extension that must exist for it: `pg_trgm`, `btree_gin`, `btree_gist`. */
  readonly extension?: string;
  /** What it takes for granted, for people: such as where the predicate of a partial index comes from. */
  readonly notes: readonly string[];
}
