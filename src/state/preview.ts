import type { Fix } from '#engine/finding.ts';
import type { WrittenDocument } from '#engine/sql/written.ts';
import { derivedIds } from '#lib/ids.ts';
import { type DiffLine, diffLines, excerpt } from '#lib/line-diff.ts';
import { ok, type Result } from '#lib/result.ts';
import { findRecord } from '#model/collections.ts';
import { runCommands } from '#model/commands/run.ts';
import { diffDocuments } from '#model/diff.ts';
import type { Document } from '#model/types.ts';
import { recordInWords } from './dependents.ts';
import { callsOfFix } from './fixes.ts';

/** One statement that a change touches, adds or removes. */
export interface ChangedStatement {
  readonly key: string;
  readonly kind: 'changed' | 'added' | 'removed';
  /** What it is the statement of, such as `table orders`. */
  readonly what: string;
  /** Changed lines with those around them; undefined = left out. */
  readonly lines: readonly (DiffLine | undefined)[];
}

export interface Preview {
  readonly statements: readonly ChangedStatement[];
  /** Names of the records it touches, for changes that no statement shows. */
  readonly records: readonly string[];
}

export type WriteDocument = (document: Document) => WrittenDocument;

const CONTEXT = 2;

/**
 * What differs between a document and what becomes of it: the statements of the DDL before and after.
 * @param write prints a document.
 */
export function changePreview(document: Document, next: Document, write: WriteDocument): Preview {
  const written = write(document).statements;
  const now = write(next).statements;
  const before = new Map(written.map((one) => [one.key, one.sql]));
  const after = new Map(now.map((one) => [one.key, one.sql]));
  const recordOf = new Map([...written, ...now].map((one) => [one.key, one.record]));
  const words = (key: string) => {
    const id = recordOf.get(key) ?? '';
    return recordInWords(findRecord(next, id) === undefined ? document : next, id);
  };
  const statements: ChangedStatement[] = [];
  for (const [key, sql] of after) {
    const old = before.get(key);
    if (old === sql) continue;
    const lines = diffLines(old ?? '', sql);
    statements.push({
      key,
      kind: old === undefined ? 'added' : 'changed',
      what: words(key),
      lines: excerpt(lines, old === undefined ? lines.length : CONTEXT),
    });
  }
  for (const [key, sql] of before) {
    if (!after.has(key)) statements.push({ key, kind: 'removed', what: words(key), lines: diffLines(sql, '') });
  }
  const records = diffDocuments(document, next).map(({ from, to, id }) => {
    const record = (to ?? from) as { readonly name?: string } | undefined;
    return record?.name ?? id;
  });
  return { statements, records };
}

/** What a fix would do, without doing it. */
export function previewOf(document: Document, fix: Fix, write: WriteDocument): Result<Preview> {
  const calls = callsOfFix(document, fix);
  if (!calls.ok) return calls;
  const ran = runCommands(document, calls.value, derivedIds(), fix.label);
  return ran.ok ? ok(changePreview(document, ran.value.document, write)) : ran;
}
