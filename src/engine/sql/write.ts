import type { Document } from '#model/types.ts';
import { createWriteCache, type WriteCache } from '../dialects/base/write/cache.ts';
import { writerOf } from '../dialects/writers.ts';
import { STATEMENT_GAP, type WrittenDocument } from './written.ts';

export interface WriteOptions {
  /** Major version of the target, such as 18. */
  readonly version: number;
  /** From {@link createWriteCache}: makes writing again after an edit cost what the edit touched. */
  readonly cache?: WriteCache;
}

export { createWriteCache, type WriteCache };

/**
 * The model as SQL statements of its dialect in dependency order, each with a stable key and the places of its parts.
 * Never fails: what the target cannot say is listed in `unsupported` and written in the closest form it has.
 */
export function writeDocument(document: Document, options: WriteOptions): WrittenDocument {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  return writerOf(dialect)(document, options.version, options.cache);
}

/** The whole text of a written document. */
export function writtenText(written: WrittenDocument): string {
  if (written.statements.length === 0) return '';
  return `${written.statements.map((statement) => statement.sql).join(STATEMENT_GAP)}\n`;
}
