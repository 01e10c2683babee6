import type { Document, Id } from '#model/types.ts';
import type { WrittenStatement } from '../../../sql/written.ts';
import { writePostgres } from '../write/document.ts';

/**
 * The statements of a few tables and their foreign keys, in an order in which they can be made. Only what these name is
 * written, so that a large model costs no more than a small one.
 */
export function statementsOf(document: Document, tables: readonly Id[], version: number): WrittenStatement[] {
  const links = Object.values(document.relationships).filter(({ child }) => tables.includes(child));
  const named = new Set([...tables, ...links.map(({ parent }) => parent)]);
  const few: Document = {
    ...document,
    tables: Object.fromEntries(Object.entries(document.tables).filter(([id]) => named.has(id))),
    relationships: Object.fromEntries(links.map((link) => [link.id, link])),
    views: {},
    routines: {},
    triggers: {},
    verbatim: {},
  };
  const own = new Set([...tables, ...links.map(({ id }) => id)]);
  return writePostgres(few, version).statements.filter(({ record }) => own.has(record));
}
