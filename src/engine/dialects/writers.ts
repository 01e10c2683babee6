import type { Dialect, Document } from '#model/types.ts';
import type { WrittenDocument } from '../sql/written.ts';
import type { WriteCache } from './base/write/cache.ts';
import { writeMssql } from './mssql/write/kit.ts';
import { writeOracle } from './oracle/write/kit.ts';
import { writePostgres } from './postgres/write/document.ts';

/** Writes a document of its dialect for a major version. Never fails. */
export type DialectWriter = (document: Document, version: number, cache?: WriteCache) => WrittenDocument;

const WRITERS: Readonly<Partial<Record<Dialect, DialectWriter>>> = {
  mssql: writeMssql,
  oracle: writeOracle,
  postgresql: writePostgres,
};

/** The writer of a dialect. */
export function writerOf(dialect: Dialect): DialectWriter {
  return WRITERS[dialect] ?? writePostgres;
}
