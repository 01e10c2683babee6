import initSqlJs from 'sql.js';
import wasm from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { sqliteEngine } from '#engine/dialects/sqlite/engine.ts';
import type { SqliteEngine } from '#engine/sql/parser-port.ts';

/** SQLite. Its .wasm is an asset of the build, fetched when somebody first needs it. */
export async function loadSqlite(): Promise<SqliteEngine> {
  return sqliteEngine(await initSqlJs({ locateFile: () => wasm }));
}
