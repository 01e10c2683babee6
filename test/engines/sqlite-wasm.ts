import type { SqliteDatabase, SqliteEngine } from '#engine/sql/parser-port.ts';
import type { Engine, ExecError } from './engine.ts';
import { sqliteCatalog } from './sqlite-catalog.ts';

/** SQLite in this process: what reads definitions, as a judge of what is written. */
export class SqliteInProcess implements Engine {
  readonly name: string;
  readonly major = 3;
  readonly #engine: SqliteEngine;
  #database: SqliteDatabase;

  constructor(engine: SqliteEngine) {
    this.#engine = engine;
    this.name = `sql.js ${engine.version}`;
    this.#database = engine.open();
  }

  async reset(): Promise<void> {
    this.#database.close();
    this.#database = this.#engine.open();
  }

  async run(statements: readonly string[]): Promise<ExecError[]> {
    return statements.flatMap((statement, index) => {
      const problem = this.#database.run(statement);
      return problem === undefined ? [] : [{ index, statement, message: problem.message }];
    });
  }

  async catalog(): Promise<string[]> {
    const query = async (sql: string) => {
      const { columns, rows } = this.#named(sql);
      return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
    };
    return sqliteCatalog(query);
  }

  /** Rows with the names that the query gives its columns. */
  #named(sql: string) {
    const rows = this.#database.rows(sql);
    const names = sql.includes(' AS line') ? ['line'] : ['type', 'name', 'about', 'sql'];
    return { columns: names, rows };
  }

  async close(): Promise<void> {
    this.#database.close();
  }
}
