import type { Document, Id } from '#model/types.ts';
import type { WrittenDocument, WrittenStatement } from '../../../sql/written.ts';

/**
 * The statements of a few tables, their foreign keys and triggers, in an order in which they can be made. Only what these
 * name is written, so that a large model costs no more than a small one.
 */
export function statementsOf(
  document: Document,
  tables: readonly Id[],
  write: (document: Document) => WrittenDocument,
): WrittenStatement[] {
  const links = Object.values(document.relationships).filter(({ child }) => tables.includes(child));
  const named = new Set([...tables, ...links.map(({ parent }) => parent)]);
  const triggers = Object.values(document.triggers).filter(({ on }) => tables.includes(on));
  const few: Document = {
    ...document,
    tables: Object.fromEntries(Object.entries(document.tables).filter(([id]) => named.has(id))),
    relationships: Object.fromEntries(links.map((link) => [link.id, link])),
    views: {},
    routines: {},
    triggers: Object.fromEntries(triggers.map((one) => [one.id, one])),
    verbatim: {},
  };
  const own = new Set([...tables, ...links.map(({ id }) => id), ...triggers.map(({ id }) => id)]);
  return write(few).statements.filter(({ record }) => own.has(record));
}
