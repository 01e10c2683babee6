import type { CheckableDialect } from '#engine/dialects/base/traits.ts';
import type { Dialect } from '#model/types.ts';
import type { CheckedStatement } from './check.ts';

/** A file that a database is filled from. */
export type RowFile =
  /** SQL, whatever it does. */
  | { readonly kind: 'sql'; readonly name: string; readonly text: string; readonly dialect: Dialect }
  /** Rows, which become a table. */
  | { readonly kind: 'data'; readonly name: string; readonly text: string }
  /** A database of SQLite. */
  | { readonly kind: 'sqlite'; readonly name: string; readonly bytes: Uint8Array };

/** A database that rows are to be read from. */
export interface RowRequest {
  readonly engine: CheckableDialect;
  /** The document's schema, made unless a file brings one. */
  readonly schema: readonly CheckedStatement[];
  /** Rows for it, each statement alone. */
  readonly inserts: readonly string[];
  readonly files: readonly RowFile[];
}

export interface RowTable {
  /** As a query writes it. */
  readonly name: string;
  /** As a person reads it. */
  readonly label: string;
  readonly rows: number;
}

/** What came of filling a database. */
export interface RowsOpened {
  readonly version: string;
  readonly tables: readonly RowTable[];
  /** Statements that the engine refused: how many, and what it said of the first. */
  readonly refused: number;
  readonly reasons: readonly string[];
}

/** The rows of a query as CSV, the names of its columns first. */
export interface RowText {
  readonly text: string;
  readonly rows: number;
  /** There are more: the query was ended. */
  readonly more: boolean;
}

/** A database in this browser that queries are asked. */
export interface RowDatabase extends RowsOpened {
  /** @returns why there are no rows, in the engine's words. */
  read(query: string, most: number): Promise<RowText | { readonly problem: string }>;
  close(): Promise<void>;
}

/** Collects what was refused. */
export class Refusals {
  count = 0;
  readonly reasons: string[] = [];

  add(where: string, why: string): void {
    this.count += 1;
    if (this.reasons.length < 5) this.reasons.push(`${where}: ${why}`);
  }
}
