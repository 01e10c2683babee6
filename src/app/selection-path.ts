import { findRecord } from '#model/collections.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Document, Ref, Table } from '#model/types.ts';

/** Any part of a table by id, by what it is called. */
function partName(document: Document, table: Table, id: string): string {
  const column = columnOf(document, table, id);
  if (column !== undefined) return column.name;
  const named = [table.keys, table.checks, table.exclusions, table.indexes, table.policies].flat().find((part) => part.id === id);
  return named?.name ?? '(unnamed)';
}

/** What is selected, as a path: `orders.ship_zip`, or how many. */
export function selectionPath(document: Document, selection: readonly Ref[]): string {
  const last = selection.at(-1);
  if (last === undefined) return '';
  if (selection.length > 1) return `${selection.length} selected`;
  const found = findRecord(document, last.record);
  if (found === undefined) return '';
  const { record, collection } = found;
  const name =
    'name' in record && record.name !== undefined ? record.name : collection === 'relationships' ? 'relationship' : collection;
  if (last.part === undefined || collection !== 'tables') return name;
  return `${name}.${partName(document, record as Table, last.part)}`;
}
