import type { IdSource } from '#lib/ids.ts';
import type { SchemaChange } from '#model/change-types.ts';
import type { New } from '#model/patch.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { Plan } from '../refactor/types.ts';

/** A part of a decomposition as theory gives it: attributes and candidate keys, as column ids of the table. */
export interface GivenPart {
  readonly columns: readonly Id[];
  /** Candidate keys, any order; empty = all columns together. */
  readonly keys: readonly (readonly Id[])[];
}

/** Which decomposition: worked out from the table's dependencies, or given part by part. */
export type Choice = 'recommended' | '3NF' | 'BCNF' | '4NF' | readonly GivenPart[];

/**
 * What becomes of rows whose left side holds a NULL:
 * - `keep`: the row keeps its NULL and refers to nothing; nothing else of the new table may be known of it;
 * - `own row`: NULL counts as a value and has a row of its own in the new table;
 * - `refuse`: there are none, and from now on there can be none.
 */
export type NullPolicy = 'keep' | 'own row' | 'refuse';

/** A table of a proposed decomposition. Columns are those of the table that is decomposed, in its order. */
export interface ProposedTable {
  /** The one that keeps the id and the name of the table: always the first. */
  readonly remainder: boolean;
  /** Proposed name; free in the schema. */
  readonly name: string;
  readonly columns: readonly Id[];
  /** Those of `columns` that are in this table only or first: the others are copies that a key or foreign key needs. */
  readonly moved: readonly Id[];
  readonly key: readonly Id[];
  /** The remainder's primary key goes along whole, so that nothing is done about its key. */
  readonly keepsKey: boolean;
  /** Other candidate keys, to be unique. */
  readonly unique: readonly (readonly Id[])[];
  /** Candidate keys that nothing enforces, because a column of theirs may be NULL. */
  readonly unenforced: readonly (readonly Id[])[];
  /** Columns of `key` that may be NULL. */
  readonly nullable: readonly Id[];
  /** Policies to choose from when `nullable` is not empty, the best first. */
  readonly policies: readonly NullPolicy[];
  /** Why `keep` is not among them, as the end of a sentence. */
  readonly noKeep?: string;
}

export interface ProposedLink {
  /** Positions in `tables`. */
  readonly child: number;
  readonly parent: number;
  /** Columns of the foreign key, which both tables have. */
  readonly columns: readonly Id[];
}

/** One table on the way back to the old rows. */
export interface ProposedJoin {
  /** Position in `tables`. */
  readonly table: number;
  readonly on: readonly Id[];
  /** `on` is its key: it adds columns, and no rows. Else it is all that it shares with those before it, and it filters. */
  readonly byKey: boolean;
  /** Columns whose values come from it. */
  readonly gives: readonly Id[];
}

export interface LostDependency {
  readonly determinant: readonly Id[];
  readonly dependent: readonly Id[];
}

/** A decomposition worked out for a table, before names and policies are settled. */
export interface Proposal {
  readonly table: Id;
  readonly tables: readonly ProposedTable[];
  readonly links: readonly ProposedLink[];
  /** How the old rows come back, after the remainder: joins in order. */
  readonly joins: readonly ProposedJoin[];
  /** Dependencies that no table can check on its own any more. */
  readonly lost: readonly LostDependency[];
  /** Rows of the remainder repeat, as values were combined freely: each is kept once. */
  readonly repeats: boolean;
}

/** What a person settles of a proposal; by position in `tables`. */
export interface Settlement {
  readonly names?: Readonly<Record<number, string>>;
  readonly nulls?: Readonly<Record<number, NullPolicy>>;
  /** A view of the old shape is made, and views that named columns which leave read from it. */
  readonly view?: boolean;
  /** Where new tables stand on the diagram, where a person said so. */
  readonly places?: Readonly<Record<number, { readonly x: number; readonly y: number }>>;
}

export interface DecomposeOptions {
  readonly ids: IdSource;
  /** The diagram that the new tables are placed on. */
  readonly diagram: Id;
  /** ISO date that the kept change gets. */
  readonly date: string;
}

/** How the old rows come back from the tables: what proves a decomposition on rows. */
export interface Rejoining {
  /** A query whose rows are the old table's, columns under their old names in the old order. */
  readonly query: string;
  /** Old column names in order, as SQL. */
  readonly columns: readonly string[];
  /** The old table, as SQL. */
  readonly table: string;
  /** A row of those columns as one text, in which different rows differ. */
  readonly row: string;
}

export interface DecompositionPlan extends Plan {
  readonly proposal: Proposal;
  /** Ids of the tables afterwards, by position in the proposal. */
  readonly ids: readonly Id[];
  /** The SQL for a database with rows, as the document keeps it. */
  readonly change: New<SchemaChange>;
  readonly rejoining: Rejoining;
}

/** A decomposition that was planned, with the documents of both sides. */
export interface Carried {
  readonly before: Document;
  readonly after: Document;
  /** As it was before. */
  readonly table: Table;
  readonly proposal: Proposal;
  readonly settled: Settlement;
  /** Ids of the tables, by position in the proposal. */
  readonly tableIds: readonly Id[];
}

/** Makes the steps of one dialect. @param broken what names columns that leave: it has to be changed before they can. */
export type RowCarrier = (
  carried: Carried,
  broken: readonly string[],
) => Pick<SchemaChange, 'forward' | 'back'> & { readonly rejoining: Rejoining };
