import type { Column } from '#model/column-types.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { ident } from '../quote.ts';
import { typeSql } from '../write/parts.ts';
import { objectName, Scope } from '../write/scope.ts';

/** The SQL name of a table. */
export function nameOfTable(document: Document, table: Table): string {
  return objectName(document, table.schema, table.name);
}

/** A column's type as SQL. */
export function typeOf(document: Document, { type }: Pick<Column, 'type'>): string {
  return typeSql(new Scope(document, 18, { collection: 'tables', record: '' }), type);
}

/** A column of a table by id: the plan has looked that it is there. */
export function columnIn(table: Table, id: Id): Column {
  return table.columns.find((one) => one.id === id) as Column;
}

/** `a, b` */
export function list(columns: readonly Column[], before = ''): string {
  return columns.map(({ name }) => before + ident(name)).join(', ');
}
