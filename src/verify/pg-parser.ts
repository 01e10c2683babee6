import { loadModule, parseSync, scanSync } from 'libpg-query';
import { pgParser } from '#engine/dialects/postgres/parser.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';

/** PostgreSQL's parser in the worker of the databases: advice reads the queries where it asks what they cost. */
export async function loadPgParser(): Promise<PgParser> {
  await loadModule();
  return pgParser({ parseSync, scanSync });
}
