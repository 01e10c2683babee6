/**
 * Names inside SQL text of the model: renaming what they mean, finding what depends on it, finding those that mean
 * nothing, and telling expressions whose value does not only depend on the row. Every text is parsed once.
 */
import type { Result } from '#lib/result.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import { type Dependent, dependentsOf as dependentsIn } from '../dialects/postgres/expressions/dependents.ts';
import { moveCalls as moveCallsIn } from '../dialects/postgres/expressions/move.ts';
import { type Renaming, renameCalls as renameCallsIn } from '../dialects/postgres/expressions/rename.ts';
import { type NewName, renameManyCalls as renameManyIn } from '../dialects/postgres/expressions/rename-many.ts';
import { type StaleReference, staleReferences as staleIn } from '../dialects/postgres/expressions/stale.ts';
import { type NotImmutable, notImmutable as notImmutableIn } from '../dialects/postgres/expressions/volatility.ts';
import type { PgParser } from './parser-port.ts';

export type { Dependent, NewName, NotImmutable, Renaming, StaleReference };

/** Renames a record or part together with every SQL text that names it, as one command call. */
export function renameCalls(document: Document, parser: PgParser, target: Ref, newName: string): Result<Renaming> {
  return renameCallsIn(document, parser, target, newName);
}

/** Renames many tables, columns, constraints and indexes at once with every SQL text that names them, as one command call. */
export function renameManyCalls(document: Document, parser: PgParser, renames: readonly NewName[], label: string): Renaming {
  return renameManyIn(document, parser, renames, label);
}

/** Moves a record to another schema together with every SQL text that names it. */
export function moveCalls(document: Document, parser: PgParser, record: Id, schema: Id): readonly CommandCall[] {
  return moveCallsIn(document, parser, record, schema);
}

/** What deleting a record or column would break or take along. */
export function dependentsOf(document: Document, parser: PgParser, target: Ref): readonly Dependent[] {
  return dependentsIn(document, parser, target);
}

/** Names in a record's SQL texts that nothing in the document has. */
export function staleReferences(document: Document, parser: PgParser, record: Id): readonly StaleReference[] {
  return staleIn(document, parser, record);
}

/** Parts of an expression that PostgreSQL does not take in an index or generated column. */
export function notImmutable(
  document: Document,
  parser: PgParser,
  sql: string,
  typeOf: (column: string) => string | undefined,
): readonly NotImmutable[] {
  return notImmutableIn(document, parser, sql, typeOf);
}
