import initSqlJs from 'sql.js';
import wasm from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { sqliteEngine } from '#engine/dialects/sqlite/engine.ts';
import type { SqliteEngine } from '#engine/sql/parser-port.ts';

let loading: Promise<SqliteEngine> | undefined;

/** SQLite. Its .wasm is an asset of the build, fetched once, when somebody first needs it. */
export function loadSqlite(): Promise<SqliteEngine> {
  loading ??= initSqlJs({ locateFile: () => wasm }).then(sqliteEngine);
  return loading;
}
