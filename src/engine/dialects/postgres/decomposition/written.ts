import type { Document, Id } from '#model/types.ts';
import type { WrittenStatement } from '../../../sql/written.ts';
import { statementsOf as statementsBy } from '../../base/decomposition/written.ts';
import { writePostgres } from '../write/document.ts';

/** The statements of a few tables and their foreign keys, in an order in which they can be made. */
export function statementsOf(document: Document, tables: readonly Id[], version: number): WrittenStatement[] {
  return statementsBy({ ...document, triggers: {} }, tables, (few) => writePostgres(few, version));
}
