import initSqlJs from 'sql.js';
import { sqliteEngine } from '#engine/dialects/sqlite/engine.ts';
import type { SqliteEngine } from '#engine/sql/parser-port.ts';

/** SQLite, loaded the way Node loads WASM. */
export async function loadSqlite(): Promise<SqliteEngine> {
  return sqliteEngine(await initSqlJs());
}
