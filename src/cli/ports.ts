import type { ReadPorts } from '#engine/sql/read.ts';
import type { Dialect } from '#model/types.ts';
import { loadPgParser } from './pg-parser.ts';
import { loadSqlite } from './sqlite.ts';
import { loadStatementParser } from './statement-parser.ts';

/** What the reader of a dialect needs: PostgreSQL its own parser, SQLite itself, the others a second opinion on what they refuse. */
export async function loadPorts(dialect: Dialect): Promise<ReadPorts> {
  if (dialect === 'postgresql') return { parser: await loadPgParser() };
  if (dialect === 'sqlite') return { sqlite: await loadSqlite() };
  const statements = await loadStatementParser(dialect);
  return statements === undefined ? {} : { statements };
}
