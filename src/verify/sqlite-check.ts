import { problemPosition } from '#engine/dialects/sqlite/read/position.ts';
import type { SqliteDatabase, SqliteEngine } from '#engine/sql/parser-port.ts';
import type { CheckError, CheckedStatement, CheckOutcome } from './check.ts';

/** Modules, functions and collations that an application brings along, by how SQLite says that it has them not. */
const ABSENT = /^no such (module|function|collation sequence): (.+)$/s;

function errorOf(database: SqliteDatabase, { key, sql }: CheckedStatement): CheckError | undefined {
  const problem = database.run(sql);
  if (problem === undefined) return undefined;
  const absent = ABSENT.exec(problem.message);
  if (absent !== null) {
    const message = `The SQLite in the browser does not have the ${absent[1]} ${absent[2]}. What needs it cannot be checked here; an application that has it may well run this.`;
    return { statement: key, code: 'missing-module', message };
  }
  const offset = problemPosition(database, sql, problem.message);
  return { statement: key, ...(offset === undefined ? {} : { offset }), code: 'SQLITE_ERROR', message: problem.message };
}

/**
 * Executes written statements in order in an empty database and gives SQLite's own errors, each at its statement.
 * A statement that fails does not keep the next ones from being tried.
 * @param progress called with the share done, 0 to 1
 */
export function checkOnSqlite(
  engine: SqliteEngine,
  statements: readonly CheckedStatement[],
  progress: (done: number, what: string) => void = () => {},
): CheckOutcome {
  const database = engine.open();
  try {
    const errors = statements.flatMap((statement, i) => {
      if (i % 100 === 0) progress(i / statements.length, `Statement ${i + 1} of ${statements.length}`);
      return errorOf(database, statement) ?? [];
    });
    return { version: engine.version, errors };
  } finally {
    database.close();
  }
}
