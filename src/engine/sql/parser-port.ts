/** A parse tree of PostgreSQL's own grammar as JSON; node shapes are those of `libpg-query` 18. */
export interface PgTree {
  readonly version: number;
  readonly stmts: readonly {
    readonly stmt: Readonly<Record<string, unknown>>;
    readonly stmt_location?: number;
    readonly stmt_len?: number;
  }[];
}

export type PgParsed =
  | { readonly ok: true; readonly tree: PgTree }
  /** `position`: UTF-16 offset of the error in the text given. */
  | { readonly ok: false; readonly message: string; readonly position: number };

export interface PgToken {
  /** UTF-16 offsets in the text given. */
  readonly start: number;
  readonly end: number;
  /** PostgreSQL's token name, such as `IDENT`, `SCONST`, `SQL_COMMENT`. */
  readonly name: string;
  readonly keyword: 'none' | 'unreserved' | 'colName' | 'typeFunc' | 'reserved';
}

/** The engine owns no WASM loader: whoever makes an engine hands it a loaded parser. */
export interface PgParser {
  parse(sql: string): PgParsed;
  scan(sql: string): readonly PgToken[];
}

export type ParsedStatement =
  | { readonly ok: true; readonly tree: unknown }
  /** `position`: UTF-16 offset of the error in the text given. */
  | { readonly ok: false; readonly message: string; readonly position: number };

/** A parser of single statements of MySQL, MariaDB or SQLite; node shapes are those of `node-sql-parser` 5. */
export interface StatementParser {
  parse(sql: string): ParsedStatement;
  /** An expression of a tree as SQL text. */
  expression(tree: unknown): string;
}

export type SqliteValue = number | string | null | Uint8Array;

/** Why SQLite refused a statement, in its own words. */
export interface SqliteProblem {
  readonly message: string;
  /** The engine itself broke down: its database cannot be used any further. */
  readonly fatal?: boolean;
}

/** Rows of a query as text, NULL as undefined. */
export interface SqliteRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
  /** There are more: the query was ended. */
  readonly more: boolean;
}

/** One database in memory. */
export interface SqliteDatabase {
  /**
   * Runs the first statement of a text, to its end.
   * @returns what SQLite says when it refuses.
   */
  run(sql: string): SqliteProblem | undefined;
  /** Rows of a query, values in the order of its columns; none when it fails. @param values for its `?` in order. */
  rows(sql: string, values?: readonly SqliteValue[]): readonly (readonly SqliteValue[])[];
  /** Rows of the first statement of a text, exact as text, or why there are none. @param most rows that are taken */
  query(sql: string, most: number): SqliteRows | SqliteProblem;
  /** Runs a statement once for each list of values, as one transaction. */
  each(sql: string, lists: Iterable<readonly SqliteValue[]>): SqliteProblem | undefined;
  close(): void;
}

/** SQLite, loaded outside and handed in like {@link PgParser}. */
export interface SqliteEngine {
  /** Such as `3.54.1`. */
  readonly version: string;
  /** A new database. @param bytes a file of SQLite; without it the database is empty */
  open(bytes?: Uint8Array): SqliteDatabase;
}
