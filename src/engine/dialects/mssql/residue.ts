import type { Sql } from '#model/types.ts';

/** Where a column's kept clause stands: before IDENTITY, right after it, or after NULL. */
export function rankOf(clause: Sql): 0 | 1 | 2 {
  if (/^(?:NOT\s+FOR|GENERATED)\b/i.test(clause)) return 1;
  return /^(?:ROWGUIDCOL|ENCRYPTED|COLUMN_SET)\b/i.test(clause) ? 2 : 0;
}

/** Kept clauses of a column in the order they are written in, so that text and model agree about it. */
export function inOrder(residue: readonly Sql[]): Sql[] {
  return residue.toSorted((a, b) => rankOf(a) - rankOf(b));
}
