import type { Dialect, Document } from '#model/types.ts';
import type { WrittenDocument } from '../sql/written.ts';
import type { WriteCache } from './base/write/cache.ts';
import { writeBase } from './base/write/document.ts';
import type { WriteKit } from './base/write/kit.ts';
import { MARIADB_KIT } from './mariadb/kit.ts';
import { MSSQL_KIT } from './mssql/write/kit.ts';
import { MYSQL_KIT } from './mysql/write/kit.ts';
import { ORACLE_KIT } from './oracle/write/kit.ts';
import { writePostgres } from './postgres/write/document.ts';
import { SQLITE_KIT } from './sqlite/write/kit.ts';

/** Writes a document of its dialect for a major version. Never fails. */
export type DialectWriter = (document: Document, version: number, cache?: WriteCache) => WrittenDocument;

/** The clauses of every dialect but PostgreSQL, which has a writer of its own. */
const KITS: Readonly<Partial<Record<Dialect, WriteKit>>> = {
  mysql: MYSQL_KIT,
  mariadb: MARIADB_KIT,
  mssql: MSSQL_KIT,
  oracle: ORACLE_KIT,
  sqlite: SQLITE_KIT,
};

/** The clauses of a dialect; undefined for PostgreSQL. */
export function kitOf(dialect: Dialect): WriteKit | undefined {
  return KITS[dialect];
}

/** The writer of a dialect. */
export function writerOf(dialect: Dialect): DialectWriter {
  const kit = KITS[dialect];
  return kit === undefined ? writePostgres : (document, version, cache) => writeBase(document, kit, version, cache);
}
