import type { SqliteEngine } from '#engine/sql/parser-port.ts';
import type { OpenQueryServer } from './decomposition.ts';

/** SQLite as a server with a fresh database, for trials. */
export function sqliteTrials(engine: SqliteEngine): OpenQueryServer {
  return async () => {
    const database = engine.open();
    const execute = async (sql: string) => {
      const problem = database.run(sql);
      return problem === undefined ? undefined : { code: 'SQLITE_ERROR', message: problem.message };
    };
    return {
      version: engine.version,
      missingExtensions: [],
      execute,
      async query(sql) {
        // A query that fails gives no rows, so it is run for its error first.
        const error = await execute(sql);
        return error ?? database.rows(sql).map(([line]) => ({ line }));
      },
      close: async () => database.close(),
    };
  };
}
