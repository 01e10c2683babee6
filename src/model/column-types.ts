import type { Id, SequenceOptions, Sql } from './types.ts';

/**
 * A column's type.
 * - `builtin`: one of the dialect's own types by its usual name (`bigint`, `varchar`, `timestamptz`, `bigserial`; in MySQL
 *   `int unsigned`, and `enum` with its literals as `args`; in SQLite any text, or none). Arguments stand after the first word.
 * - `custom`: an enum, domain, composite, range or table row type of this document, by id, so that a rename follows.
 * - `other`: a type from elsewhere, such as an extension's `public.citext`.
 */
export type ColumnType =
  | { readonly kind: 'builtin'; readonly name: string; readonly args?: readonly string[]; readonly dims?: number }
  | { readonly kind: 'custom'; readonly type: Id; readonly dims?: number }
  | {
      readonly kind: 'other';
      readonly schema?: string;
      readonly name: string;
      readonly args?: readonly string[];
      readonly dims?: number;
    };

export interface Default {
  readonly kind: 'literal' | 'expression' | 'null';
  readonly sql: Sql;
}

export interface Identity {
  readonly mode: 'always' | 'by default';
  readonly sequenceName?: string;
  readonly options?: SequenceOptions;
}

/** What the planner would know of a column. */
export interface ColumnFacts {
  /** Different values, NULL left out; negative: minus their share of the rows (-1 = unique). Never 0. */
  readonly distinct?: number;
  /** 0 to 1. */
  readonly nullFraction?: number;
  /** Bytes. */
  readonly averageWidth?: number;
  /** -1 to 1: how the order of values follows the order of rows. */
  readonly correlation?: number;
  readonly min?: string;
  readonly max?: string;
  readonly common?: readonly { readonly value: string; readonly share: number }[];
  /** Ascending values between which lie equal shares of the rest (`pg_stats.histogram_bounds`). */
  readonly bounds?: readonly string[];
  /** What all of these were read from, in a few words; absent once a person says one of them. */
  readonly source?: string;
}

export type Classification = 'none' | 'personal' | 'contact' | 'financial' | 'health' | 'credential' | 'location' | 'other';

export interface Column {
  readonly id: Id;
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Name of the NOT NULL constraint (PostgreSQL 18), when it was given. */
  readonly notNullName?: string;
  readonly default?: Default;
  /** Name of the default's constraint (SQL Server). */
  readonly defaultName?: string;
  /** What an UPDATE that says nothing of the column sets (MySQL `ON UPDATE CURRENT_TIMESTAMP`). */
  readonly onUpdate?: Sql;
  readonly identity?: Identity;
  readonly generated?: { readonly expression: Sql; readonly stored: boolean };
  /** As SQL, such as `"C"` or `pg_catalog."de_DE"`. */
  readonly collation?: string;
  /** Character set (MySQL). */
  readonly charset?: string;
  /** `SELECT *` leaves it out. */
  readonly invisible?: boolean;
  readonly compression?: string;
  readonly storage?: string;
  readonly statistics?: number;
  readonly comment?: string;
  /** Kind of personal or secret data; `none` = a person looked and it holds none. */
  readonly classification?: Classification;
  readonly facts?: ColumnFacts;
  readonly residue?: readonly string[];
}
