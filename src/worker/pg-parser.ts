import { loadModule, parseSync, scanSync } from 'libpg-query';
import { pgParser } from '#engine/dialects/postgres/parser.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';

let loading: Promise<PgParser> | undefined;

/** PostgreSQL's own parser. Its .wasm is an asset of the build, fetched once. */
export function loadPgParser(): Promise<PgParser> {
  loading ??= loadModule().then(() => pgParser({ parseSync, scanSync }));
  return loading;
}
