import type { Deferral, Id, Sql, StorageParameter } from './types.ts';

/** A primary key or a unique constraint (a unique *index* is an {@link Index}). */
export interface Key {
  readonly id: Id;
  readonly kind: 'primary' | 'unique';
  /** Constraint name; absent when the engine names it. */
  readonly name?: string;
  readonly columns: readonly Id[];
  readonly include?: readonly Id[];
  readonly nullsNotDistinct?: boolean;
  readonly deferral?: Deferral;
  /** PostgreSQL 18: the last column WITHOUT OVERLAPS. */
  readonly withoutOverlaps?: boolean;
  /** SQL Server: rows are stored in its order, or expressly not. */
  readonly clustered?: boolean;
  /** Index method, where it was given (MySQL `USING HASH`). */
  readonly method?: string;
  /** Positions in `columns` (from 0) of those that are kept in descending order. */
  readonly descending?: readonly number[];
  /** By position in `columns`: leading characters or bytes that the key covers (MySQL), null for a whole column. */
  readonly lengths?: readonly (number | null)[];
  readonly parameters?: readonly StorageParameter[];
  readonly tablespace?: string;
  readonly comment?: string;
  /** The key of the partitioned parent whose index this one's is attached to. */
  readonly attachedTo?: Id;
  readonly residue?: readonly string[];
}

/** One key column of an index or exclusion constraint: a column, or an expression, or (on views) a column name. */
export interface IndexElement {
  readonly column?: Id;
  readonly columnName?: string;
  readonly expression?: Sql;
  readonly collation?: string;
  /** Operator class as SQL, with its parameters. */
  readonly operatorClass?: string;
  /** Leading characters or bytes that are indexed (MySQL). */
  readonly length?: number;
  readonly order?: 'desc';
  readonly nulls?: 'first' | 'last';
  /** Statistics target of an indexed expression. */
  readonly statistics?: number;
}

export interface Exclusion {
  readonly id: Id;
  readonly name?: string;
  readonly method?: string;
  readonly elements: readonly (IndexElement & { readonly operator: string })[];
  readonly include?: readonly Id[];
  readonly where?: Sql;
  readonly deferral?: Deferral;
  readonly parameters?: readonly StorageParameter[];
  readonly tablespace?: string;
  readonly comment?: string;
}

export interface CheckConstraint {
  readonly id: Id;
  readonly name?: string;
  readonly expression: Sql;
  readonly noInherit?: boolean;
  readonly notValid?: boolean;
  readonly notEnforced?: boolean;
  readonly residue?: readonly string[];
  readonly comment?: string;
}

export interface Index {
  readonly id: Id;
  /** Absent when the engine names it. */
  readonly name?: string;
  readonly unique?: boolean;
  /** Absent = btree. */
  readonly method?: string;
  readonly elements: readonly IndexElement[];
  readonly include?: readonly Id[];
  readonly where?: Sql;
  readonly nullsNotDistinct?: boolean;
  readonly parameters?: readonly StorageParameter[];
  readonly tablespace?: string;
  readonly comment?: string;
  /** CREATE INDEX ... ON ONLY: not carried to the partitions. */
  readonly only?: boolean;
  /** The index of the partitioned parent that this one is attached to. */
  readonly attachedTo?: Id;
  readonly clustered?: boolean;
  /** The planner does not use it. */
  readonly invisible?: boolean;
  readonly replicaIdentity?: boolean;
  readonly residue?: readonly string[];
}

export interface Policy {
  readonly id: Id;
  readonly name: string;
  readonly restrictive?: boolean;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  /** Empty = PUBLIC. */
  readonly roles: readonly string[];
  readonly using?: Sql;
  readonly withCheck?: Sql;
  readonly comment?: string;
}

export interface Partitioning {
  /** `key`: MySQL hashes the columns by a function of its own. */
  readonly strategy: 'range' | 'list' | 'hash' | 'key';
  readonly elements: readonly {
    readonly column?: Id;
    readonly expression?: Sql;
    readonly collation?: string;
    readonly operatorClass?: string;
  }[];
  /** MySQL: `RANGE COLUMNS`, `LIST COLUMNS`. */
  readonly byColumns?: boolean;
  readonly linear?: boolean;
  /** Number of hash or key partitions, when they are not listed. */
  readonly count?: number;
  /** Oracle: partitions of this size are made as rows come. */
  readonly interval?: Sql;
  /** `SUBPARTITION BY ...` as SQL. */
  readonly sub?: Sql;
  /** Partitions that the table lists itself (all but PostgreSQL, where they are tables). */
  readonly parts?: readonly Partition[];
}

export interface Partition {
  readonly name: string;
  /** Such as `VALUES LESS THAN (2020)` or `VALUES IN (1, 2)`. */
  readonly bound?: Sql;
  /** What follows: options and subpartitions, as SQL. */
  readonly options?: Sql;
}
