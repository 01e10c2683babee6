import type { Candidate } from '#engine/indexes/candidates/candidate.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { Document } from '#model/types.ts';
import { withCalls } from './read-ddl.ts';

/** The whole model with these candidates in it, as its dialect's writer says it. */
export function writtenWith(document: Document, candidates: readonly Candidate[]): readonly string[] {
  const made = withCalls(
    document,
    candidates.map(
      ({ table, index }, i) => ({ name: 'addIndex', args: { table, part: { ...index, name: `candidate_${i}` } } }) as const,
    ),
  );
  const version = document.settings['settings']?.version ?? 18;
  return writeDocument(made, { version }).statements.map(({ sql }) => sql);
}

/** Each candidate as the statement that the dialect's own writer makes of it, named `candidate_N`. */
export function candidateStatements(document: Document, candidates: readonly Candidate[]): readonly string[] {
  const statements = writtenWith(document, candidates);
  return candidates.map((_, i) => {
    const found = statements.find((sql) => new RegExp(`\\bINDEX "?\`?\\[?candidate_${i}\\b`, 'i').test(sql));
    if (found === undefined) throw new Error(`no statement for candidate_${i}`);
    return found;
  });
}
