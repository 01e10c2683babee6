import type { SqliteDatabase, SqliteEngine, SqliteProblem, SqliteRows, SqliteValue } from '../../sql/parser-port.ts';

interface LibraryStatement {
  bind(values: SqliteValue[]): boolean;
  step(): boolean;
  get(): SqliteValue[];
  get(values: null, config: { useBigInt: true }): (SqliteValue | bigint)[];
  getColumnNames(): string[];
  reset(): void;
  free(): boolean;
}

interface LibraryDatabase {
  prepare(sql: string): LibraryStatement;
  close(): void;
}

/** What of `sql.js` an adapter needs; whoever loads its WASM passes it in. */
export interface SqlJs {
  readonly Database: new (bytes?: Uint8Array | null) => LibraryDatabase;
}

/** Longest statement that is executed, in UTF-16 units. */
const MAX_LENGTH = 20_000_000;

/** An error of the WASM machine, not of SQLite: its memory may be in any state. */
function problemOf(error: unknown): SqliteProblem {
  const message = error instanceof Error ? error.message : String(error);
  const own = error instanceof Error && (error.constructor === Error || error.name === 'Error');
  return own ? { message } : { message: `SQLite broke down over this statement (${message})`, fatal: true };
}

class Database implements SqliteDatabase {
  readonly #database: LibraryDatabase;

  constructor(database: LibraryDatabase) {
    this.#database = database;
  }

  run(sql: string): SqliteProblem | undefined {
    if (sql.length > MAX_LENGTH) return { message: `The statement is longer than ${MAX_LENGTH} characters.` };
    let statement: LibraryStatement | undefined;
    try {
      statement = this.#database.prepare(sql);
      while (statement.step());
      return undefined;
    } catch (error) {
      return problemOf(error);
    } finally {
      statement?.free();
    }
  }

  rows(sql: string, values: readonly SqliteValue[] = []): readonly (readonly SqliteValue[])[] {
    let statement: LibraryStatement | undefined;
    try {
      statement = this.#database.prepare(sql);
      if (values.length > 0) statement.bind([...values]);
      const rows: SqliteValue[][] = [];
      while (statement.step()) rows.push(statement.get());
      return rows;
    } catch {
      return [];
    } finally {
      statement?.free();
    }
  }

  query(sql: string, most: number): SqliteRows | SqliteProblem {
    let statement: LibraryStatement | undefined;
    try {
      statement = this.#database.prepare(sql);
      const columns = statement.getColumnNames();
      const rows: (string | undefined)[][] = [];
      let more = false;
      while (!more && statement.step()) {
        if (rows.length === most) more = true;
        else rows.push(statement.get(null, { useBigInt: true }).map(textOf));
      }
      return { columns, rows, more };
    } catch (error) {
      return problemOf(error);
    } finally {
      statement?.free();
    }
  }

  each(sql: string, lists: Iterable<readonly SqliteValue[]>): SqliteProblem | undefined {
    let statement: LibraryStatement | undefined;
    const begun = this.run('BEGIN');
    if (begun !== undefined) return begun;
    try {
      statement = this.#database.prepare(sql);
      for (const values of lists) {
        statement.bind([...values]);
        while (statement.step());
        statement.reset();
      }
      statement.free();
      statement = undefined;
      return this.run('COMMIT');
    } catch (error) {
      statement?.free();
      this.run('ROLLBACK');
      return problemOf(error);
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** A value as text; bytes as PostgreSQL writes them. */
function textOf(value: SqliteValue | bigint): string | undefined {
  if (value === null) return undefined;
  if (value instanceof Uint8Array) return `\\x${[...value].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  return String(value);
}

/** A {@link SqliteEngine} over a loaded `sql.js`. */
export function sqliteEngine(library: SqlJs): SqliteEngine {
  const open = (bytes?: Uint8Array) => new Database(new library.Database(bytes));
  const first = open();
  const [row] = first.rows('SELECT sqlite_version()');
  first.close();
  return { version: String(row?.[0] ?? '3'), open };
}
