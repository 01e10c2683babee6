import { loadModule, parseSync, scanSync } from 'libpg-query';
import { pgParser } from '#engine/dialects/postgres/parser.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';

/** PostgreSQL's parser, loaded the way Node loads WASM. */
export async function loadPgParser(): Promise<PgParser> {
  await loadModule();
  return pgParser({ parseSync, scanSync });
}
