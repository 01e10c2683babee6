import initSqlJs from 'sql.js';
import wasm from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { sqliteEngine } from '#engine/dialects/sqlite/engine.ts';

/** SQLite. Its .wasm is an asset of the build. */
export const sqliteServer = async () => sqliteEngine(await initSqlJs({ locateFile: () => wasm }));
