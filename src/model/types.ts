/**
 * The document: data only. Top-level maps of records by id; what belongs to a table lives inside the table.
 * Absent optional facts are absent properties, never `undefined` values, so that equal documents are equal texts.
 */

import type { SchemaChange } from './change-types.ts';
import type { Column, ColumnType, Default } from './column-types.ts';
import type { Hierarchy, MultivaluedAttribute } from './concept-types.ts';
import type { IndexesDecided } from './decision-types.ts';
import type { Area, Diagram, Note, Placement, Route } from './layout-types.ts';
import type { WorkloadQuery } from './query-types.ts';
import type { Source } from './source-types.ts';
import type { CheckConstraint, Exclusion, Index, Key, Partitioning, Policy } from './table-parts.ts';

export type Id = string;

/** SQL text as written by a person or a dump: an expression, a predicate or a body. */
export type Sql = string;

export interface Named {
  readonly id: Id;
  readonly name: string;
}

/** A comment of the SQL text (`-- ...` or block), markers included, which is not `COMMENT ON`. */
export interface Remark {
  /** `before` the statement, `end` of the statement (after its last part), or the id of the part that it precedes or trails. */
  readonly at: 'before' | 'end' | Id;
  readonly text: string;
  /** True when it stands after the part on the part's own line. */
  readonly trailing?: boolean;
}

/** What every object that has a statement of its own may carry. */
export interface Stated extends Named {
  readonly comment?: string;
  readonly owner?: string;
  readonly remarks?: readonly Remark[];
  /** Clauses of its statement that the model has no field for, kept verbatim and written back (`residue`). */
  readonly residue?: readonly string[];
}

export type Dialect = 'postgresql' | 'mysql' | 'mariadb' | 'sqlite' | 'mssql' | 'oracle';

export interface Settings {
  readonly id: 'settings';
  readonly name: string;
  readonly dialect: Dialect;
  /** Major version of the target: 18 of PostgreSQL, 8 of MySQL, 11 of MariaDB, 3 of SQLite, 2022 of SQL Server, 23 of Oracle. */
  readonly version: number;
}

export interface Schema extends Stated {
  /** Exists without a CREATE SCHEMA, as `public` does. */
  readonly implicit?: boolean;
}

export interface StorageParameter {
  readonly name: string;
  readonly value: string;
}

export interface TableFacts {
  readonly rows?: number;
  /** Blocks of 8192 bytes, where they were measured (`pg_class.relpages`). */
  readonly pages?: number;
  readonly rowsPerDay?: number;
  /** What all of these were read from, in a few words; absent once a person says one of them. */
  readonly source?: string;
}

export interface Table extends Stated {
  readonly schema: Id;
  readonly persistence?: 'unlogged' | 'temporary';
  readonly columns: readonly Column[];
  readonly keys: readonly Key[];
  readonly exclusions: readonly Exclusion[];
  readonly checks: readonly CheckConstraint[];
  readonly indexes: readonly Index[];
  readonly policies: readonly Policy[];
  readonly dependencies: readonly Dependency[];
  /** Row-level security: absent = off. */
  readonly rowSecurity?: 'enabled' | 'forced';
  readonly partitioning?: Partitioning;
  /** Set when this table is a partition; `columns` then holds only what overrides or adds to the parent's. */
  readonly partitionOf?: { readonly parent: Id; readonly bound: Sql };
  /** Tables it INHERITS from; `columns` holds the local ones only. */
  readonly inherits?: readonly Id[];
  readonly parameters?: readonly StorageParameter[];
  readonly tablespace?: string;
  readonly accessMethod?: string;
  readonly replicaIdentity?: Sql;
  readonly facts?: TableFacts;
  /** Words that people group tables by, each once; no database knows of them. */
  readonly tags?: readonly string[];
}

/**
 * A functional (or multivalued) dependency of a table: one that a person declared, or found in data and accepted. What keys
 * say by themselves (primary key, unique on columns that are not null) is derived and never stored.
 */
export interface Dependency {
  readonly id: Id;
  readonly determinant: readonly Id[];
  readonly dependent: readonly Id[];
  readonly multivalued?: boolean;
  readonly note?: string;
  /** Where it was found in data; absent = declared. */
  readonly discovered?: Discovery;
  /** Why it is left alone; absent = it counts for normal forms, and what it breaks is a finding. */
  readonly exempt?: Exemption;
}

/** Data in which a dependency was found before a person accepted it as a rule. */
export interface Discovery {
  /** File, query or table that was looked at. */
  readonly source: string;
  /** Rows that were looked at. */
  readonly rows: number;
  /** Share of rows to take away until it holds (g3 of Kivinen and Mannila), 0 to 1; absent = it holds in all. */
  readonly error?: number;
  /** ISO date, given by the caller. */
  readonly date: string;
}

export type Exemption =
  /** The value was true at a time (a price when ordered): the dependency only seems to hold, and is never normalised. */
  | { readonly kind: 'temporal'; readonly reason: string; readonly date: string }
  /** The dependency holds and its repetition is wanted: it stays in the normal form's badge, but is no warning. */
  | {
      readonly kind: 'accepted';
      readonly reason: string;
      /** What keeps the copies equal. */
      readonly maintenance: 'trigger' | 'application' | 'materialized view';
      /** How far copies may lag behind, in words such as `5 minutes`; absent = never. */
      readonly staleness?: string;
      readonly date: string;
    };

export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';
export type Deferral = 'deferrable' | 'initially deferred';
/** How many rows of one end may belong to one row of the other end. */
export type Cardinality = '0..1' | '1' | '0..n' | '1..n';

/**
 * A relationship from child (which holds the key) to parent. As a foreign key its two column lists have equal length.
 * With empty lists it is conceptual: drawn, but without a constraint.
 */
export interface Relationship {
  readonly id: Id;
  /** Constraint name; absent when the engine names it. */
  readonly name?: string;
  readonly child: Id;
  readonly parent: Id;
  readonly childColumns: readonly Id[];
  readonly parentColumns: readonly Id[];
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  /** Columns of ON DELETE SET NULL/DEFAULT (list), when not all. */
  readonly onDeleteColumns?: readonly Id[];
  readonly match?: 'full';
  readonly deferral?: Deferral;
  readonly notValid?: boolean;
  readonly notEnforced?: boolean;
  /** The last column pair is WITH/PERIOD (PostgreSQL 18 temporal foreign key). */
  readonly period?: boolean;
  readonly residue?: readonly string[];
  readonly comment?: string;
  readonly remarks?: readonly Remark[];
  /** Declared cardinality of each end: intent. The physical ends are derived, never stored. */
  readonly declared?: { readonly child?: Cardinality; readonly parent?: Cardinality };
  /** Many-to-many at the conceptual level. */
  readonly manyToMany?: boolean;
  /** Tables and relationships that realise this conceptual fact. */
  readonly realisedBy?: readonly Id[];
}

export interface View extends Stated {
  readonly schema: Id;
  readonly materialized?: boolean;
  readonly recursive?: boolean;
  readonly temporary?: boolean;
  readonly columns?: readonly string[];
  readonly query: Sql;
  readonly options?: readonly StorageParameter[];
  readonly checkOption?: 'local' | 'cascaded';
  /** Materialized view created WITH NO DATA. */
  readonly withNoData?: boolean;
  readonly accessMethod?: string;
  readonly tablespace?: string;
  /** Indexes of a materialized view; their elements hold expressions or `columnName`s, as a view has no column records. */
  readonly indexes: readonly Index[];
  readonly columnComments?: readonly { readonly column: string; readonly comment: string }[];
  /** Of the rows that a materialized view stores; what nobody says follows from its query. */
  readonly facts?: TableFacts;
}

export type CustomType = EnumType | DomainType | CompositeType | RangeType | WrittenType;

export interface EnumType extends Stated {
  readonly kind: 'enum';
  readonly schema: Id;
  readonly values: readonly string[];
}

export interface DomainType extends Stated {
  readonly kind: 'domain';
  readonly schema: Id;
  readonly base: ColumnType;
  readonly notNull?: boolean;
  readonly default?: Default;
  readonly collation?: string;
  readonly checks: readonly CheckConstraint[];
}

export interface CompositeType extends Stated {
  readonly kind: 'composite';
  readonly schema: Id;
  readonly attributes: readonly {
    readonly id: Id;
    readonly name: string;
    readonly type: ColumnType;
    readonly collation?: string;
    readonly comment?: string;
  }[];
}

export interface RangeType extends Stated {
  readonly kind: 'range';
  readonly schema: Id;
  readonly subtype: ColumnType;
  readonly parameters: readonly StorageParameter[];
}

/** A type that is known by its statement only: a table type, a nested table or array, an object type with methods. */
export interface WrittenType extends Stated {
  readonly kind: 'written';
  readonly schema: Id;
  /** The complete CREATE statement without its terminator. */
  readonly definition: Sql;
}

export interface SequenceOptions {
  readonly type?: 'smallint' | 'integer' | 'bigint';
  readonly start?: string;
  readonly increment?: string;
  /** A number as text, or `none` for NO MINVALUE. */
  readonly min?: string;
  readonly max?: string;
  readonly cache?: string;
  readonly cycle?: boolean;
}

export interface Sequence extends Stated {
  readonly schema: Id;
  readonly options: SequenceOptions;
  readonly persistence?: 'unlogged' | 'temporary';
  readonly ownedBy?: { readonly table: Id; readonly column: Id };
}

/** A function, procedure or aggregate: its whole statement is kept as SQL; the name parts are what the tree shows. */
export interface Routine extends Stated {
  readonly schema: Id;
  readonly kind: 'function' | 'procedure' | 'aggregate';
  /** Identity arguments, such as `integer, text`; with the name they identify it. */
  readonly signature: string;
  /** The complete CREATE statement without the final semicolon. */
  readonly definition: Sql;
}

export interface Trigger extends Stated {
  /** The table or view it stands on. */
  readonly on: Id;
  readonly timing: 'before' | 'after' | 'instead of';
  readonly events: readonly ('insert' | 'update' | 'delete' | 'truncate')[];
  /** UPDATE OF these columns of a table. */
  readonly updateOf?: readonly Id[];
  readonly forEach: 'row' | 'statement';
  readonly when?: Sql;
  /** What it runs: in PostgreSQL a function call such as `audit.log('orders')`, elsewhere its body (`BEGIN ... END`). */
  readonly execute: Sql;
  readonly constraint?: boolean;
  readonly constraintFrom?: Id;
  readonly deferral?: Deferral;
  readonly referencing?: Sql;
  readonly enabled?: 'disabled' | 'replica' | 'always';
}

/** A statement that the model does not know, kept as it was: grants, extensions, rules ... */
export interface Verbatim {
  readonly id: Id;
  /** The statement's leading words, such as `GRANT` or `CREATE EXTENSION`. */
  readonly kind: string;
  readonly sql: Sql;
  /** The record it names, when it names one; deleting that record asks about this statement. */
  readonly about?: Id;
  /** Before every modelled object (extensions), right after the object `about`, or at the end. */
  readonly place: 'first' | 'with' | 'last';
  /** Order among statements of the same place. */
  readonly order: number;
  readonly remarks?: readonly Remark[];
}

/** A record of the document, or a part of one: a column, key, check, index, policy or dependency of a table. */
export interface Ref {
  readonly record: Id;
  readonly part?: Id;
}

export interface Waiver {
  readonly id: Id;
  readonly rule: string;
  readonly at: Ref;
  readonly reason: string;
  /** ISO date, given by the caller: the model owns no clock. */
  readonly date: string;
}

export interface Decision {
  readonly id: Id;
  readonly title: string;
  readonly status: 'proposed' | 'accepted' | 'superseded';
  readonly context: string;
  readonly decision: string;
  readonly consequences: string;
  readonly date: string;
  readonly about?: readonly Id[];
  /** Indexes that were made and dropped by it, with what they were weighed by. */
  readonly indexes?: IndexesDecided;
}

type Records<T> = Readonly<Record<Id, T>>;

/** Everything that is saved and undoable. `model` collections reach the engine; `concept` and `layout` ones do not. */
export interface Document {
  readonly settings: Records<Settings>;
  readonly schemas: Records<Schema>;
  readonly types: Records<CustomType>;
  readonly sequences: Records<Sequence>;
  readonly tables: Records<Table>;
  readonly relationships: Records<Relationship>;
  readonly views: Records<View>;
  readonly routines: Records<Routine>;
  readonly triggers: Records<Trigger>;
  readonly verbatim: Records<Verbatim>;
  readonly waivers: Records<Waiver>;
  readonly decisions: Records<Decision>;
  /** The statements that the database has to serve. */
  readonly queries: Records<WorkloadQuery>;
  /** Tables that stand in the concept only, as they were: others realise what they mean. */
  readonly entities: Records<Table>;
  /** Relationships with an end that is such an entity, as they were; `realisedBy` = the foreign keys that stand for them. */
  readonly associations: Records<Relationship>;
  readonly hierarchies: Records<Hierarchy>;
  readonly attributes: Records<MultivaluedAttribute>;
  readonly diagrams: Records<Diagram>;
  readonly placements: Records<Placement>;
  readonly routes: Records<Route>;
  readonly areas: Records<Area>;
  readonly notes: Records<Note>;
  readonly sources: Records<Source>;
  /** Changes of structure with the SQL that carries rows over, for the migrations. */
  readonly changes: Records<SchemaChange>;
}

export type Collection = keyof Document;
export type RecordOf<C extends Collection> = Document[C][string];
export type AnyRecord = RecordOf<Collection>;
