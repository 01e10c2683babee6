/** What the text of a query says about the tables it uses: plain data, with column ids of the model. */
import type { Id, Sql } from '#model/types.ts';

/** UTF-16 offsets in the text of the query. What stands in a view's or a policy's text has none. */
export interface Spot {
  readonly start: number;
  readonly end: number;
}

/** What one part of an index key would hold: a column (`column`), or an expression over columns of the table. */
export interface Term {
  readonly column?: Id;
  /** As an index would say it: columns by their bare names. */
  readonly expression?: Sql;
  /** Columns it is made of. */
  readonly columns: readonly Id[];
}

export type Value =
  /** As SQL, such as `'open'` or `date '2026-01-01'`. */
  | { readonly kind: 'literal'; readonly sql: Sql }
  | { readonly kind: 'parameter'; readonly name: string }
  /** Known when the query begins, but not from its text: `now() - interval '1 day'`, `$1 + 1`. */
  | { readonly kind: 'computed'; readonly sql: Sql; readonly parameters: readonly string[] }
  /** The result of a query that is computed once. */
  | { readonly kind: 'query' }
  /** Of a row of another table, or of this one in another row. */
  | { readonly kind: 'row' };

/**
 * - `equal`, `in` (also `= ANY`), `range` (`<`, `BETWEEN`), `null`, `not null`
 * - `prefix`: `LIKE 'a%'`; `pattern`: any other LIKE, ILIKE, SIMILAR TO, regular expression
 * - `contains`: an operator that takes an index of another kind (`operator` says which: `@>`, `&&`, `@@`, `?`)
 * - `differs`: `<>`, `NOT IN`, `NOT LIKE`, which no B-tree finds
 * - `other`: anything else that looks at this table alone
 */
export type Test = 'equal' | 'in' | 'range' | 'null' | 'not null' | 'prefix' | 'pattern' | 'contains' | 'differs' | 'other';

/** A condition that rows of one table must meet. */
export interface Predicate {
  readonly test: Test;
  readonly term: Term;
  /** As it reads with the term on its left: `=`, `<`, `LIKE`, `@>`. */
  readonly operator: string;
  /** What the term is compared with; both ends of a BETWEEN. */
  readonly values: readonly Value[];
  /** The whole condition as an index predicate would say it: columns by their bare names. */
  readonly sql: Sql;
  readonly at?: Spot;
  /** The policy (row-level security) that brings it. */
  readonly policy?: Id;
  /**
   * It does not restrict which rows of this table are read: it stands in the ON of an outer join that keeps them all, or
   * above an aggregate.
   */
  readonly filterOnly?: true;
}

/** Conditions of which one must hold, each arm a list of conditions on the same table that must all hold. */
export interface Alternatives {
  readonly arms: readonly (readonly Predicate[])[];
  readonly at?: Spot;
}

/** `(a, b) > ($1, $2)`: the place in an order where the last page ended. */
export interface Keyset {
  readonly terms: readonly Term[];
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly values: readonly Value[];
  readonly at?: Spot;
}

export interface OrderTerm {
  readonly term: Term;
  readonly desc: boolean;
  /** Only where it is not the dialect's own order. */
  readonly nulls?: 'first' | 'last';
  /** An operator that orders by distance, such as `<->`. */
  readonly distance?: string;
}

/** What a statement does to the rows of the table it changes. */
export interface Write {
  readonly kind: 'insert' | 'update' | 'delete';
  /** Columns that are given a value; of an insert and a delete every index of the table is touched anyway. */
  readonly columns: readonly Id[];
  /** What ON CONFLICT names, so that a unique index must exist on exactly that. */
  readonly conflict?: { readonly terms: readonly Term[]; readonly where?: Sql; readonly at?: Spot };
}

/** One appearance of a table in a query. Of `orders a JOIN orders b` there are two. */
export interface TableUse {
  readonly table: Id;
  /** Its alias, or its own name. */
  readonly name: string;
  readonly at?: Spot;
  /** Views that it was reached through, outermost first. */
  readonly through: readonly Id[];
  /** The SELECT, UPDATE ... it stands in, counted from 0 for the outermost. */
  readonly block: number;
  /** Whether its rows are looked for: false for the table of a plain INSERT. */
  readonly read: boolean;
  readonly predicates: readonly Predicate[];
  readonly alternatives: readonly Alternatives[];
  readonly keysets: readonly Keyset[];
  /** The order its block asks for, when that is an order of this table's rows. */
  readonly order: readonly OrderTerm[];
  readonly group: readonly Term[];
  /** SELECT DISTINCT or DISTINCT ON. */
  readonly distinct: readonly Term[];
  /** Arguments of MIN and MAX, where these are all the aggregates there are. */
  readonly extremes: readonly Term[];
  readonly limit?: Value;
  readonly offset?: Value;
  /** Every column that some clause needs, in the table's order. */
  readonly columns: readonly Id[];
  /** All of them were asked for by `*`. */
  readonly star: boolean;
  readonly write?: Write;
}

/**
 * Terms of two uses that are compared. `semi` and `anti`: EXISTS, IN and their negations; `scalar`: a subquery on the right
 * that is computed for each row of the left. `left`, `right`: the side whose rows are all kept.
 */
export interface Join {
  readonly kind: 'inner' | 'left' | 'right' | 'full' | 'semi' | 'anti' | 'scalar';
  readonly left: JoinEnd;
  readonly right: JoinEnd;
  readonly operator: string;
  readonly at?: Spot;
  readonly policy?: Id;
}

/** Which use (position in `uses`), and what of it is compared. */
export interface JoinEnd {
  readonly use: number;
  readonly term: Term;
}

export interface QueryFinding {
  readonly code:
    | 'syntax'
    | 'unknown-table'
    | 'unknown-column'
    | 'ambiguous-column'
    | 'unknown-alias'
    | 'not-a-query'
    | 'not-understood'
    | 'joins-without-condition';
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly at: Spot;
  /** Names that exist and look like a slip of what is written, nearest first. */
  readonly suggestions: readonly string[];
}

export interface QueryFacts {
  /** `other`: a statement that reads and writes no rows, such as SET. */
  readonly statement: 'select' | 'insert' | 'update' | 'delete' | 'merge' | 'other';
  /** The materialized view that it refreshes: what it uses is what the view's query does. */
  readonly refreshes?: Id;
  readonly uses: readonly TableUse[];
  readonly joins: readonly Join[];
  /** Unknown names and what else keeps the facts from being whole. */
  readonly findings: readonly QueryFinding[];
  /** Parameters in the order of their first appearance, named as in `QueryParameter`. */
  readonly parameters: readonly string[];
  /** The text with literals replaced, on one line, comments left out. */
  readonly normal: string;
  /** Equal for queries that differ in literals, white space, comments and case of words only. */
  readonly fingerprint: string;
}
