import { findRecord, recordIn } from '#model/collections.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Document, Id, Ref, Relationship, Table } from '#model/types.ts';

/** A name with its schema, unless that is the implicit one. */
export function titleOf(document: Document, table: { readonly name: string; readonly schema: Id }): string {
  const schema = recordIn(document, 'schemas', table.schema);
  return schema === undefined || schema.implicit === true ? table.name : `${schema.name}.${table.name}`;
}

/** What a ref points to as people say it: `orders`, `orders.total`, `orders (orders_pkey)`, `orders → customers`. */
export function labelOf(document: Document, ref: Ref): string {
  const found = findRecord(document, ref.record);
  if (found === undefined) return ref.record;
  if (found.collection === 'relationships') return relationshipLabel(document, found.record as Relationship);
  const record = found.record as { readonly name?: string; readonly schema?: Id };
  const name =
    record.schema === undefined
      ? (record.name ?? ref.record)
      : titleOf(document, { name: record.name ?? '', schema: record.schema });
  if (ref.part === undefined) return name;
  if (found.collection !== 'tables') return `${name} (${ref.part})`;
  const table = found.record as Table;
  const column = columnOf(document, table, ref.part);
  return column === undefined ? `${name} (${partLabel(document, table, ref.part)})` : `${name}.${column.name}`;
}

/** `orders → customers` */
export function relationshipLabel(document: Document, relationship: Relationship): string {
  const name = (id: Id) => {
    const table = Object.hasOwn(document.tables, id) ? document.tables[id] : undefined;
    return table === undefined ? id : titleOf(document, table);
  };
  return `${name(relationship.child)} → ${name(relationship.parent)}`;
}

function partLabel(document: Document, table: Table, part: Id): string {
  const named = [...table.keys, ...table.indexes, ...table.checks, ...table.policies, ...table.exclusions].find(
    (one) => one.id === part,
  );
  if (named?.name !== undefined) return named.name;
  const columns = (ids: readonly Id[]) => ids.map((id) => columnOf(document, table, id)?.name ?? id).join(', ');
  const key = table.keys.find((one) => one.id === part);
  if (key !== undefined) return `${key.kind === 'primary' ? 'primary key' : 'unique'} ${columns(key.columns)}`;
  const index = table.indexes.find((one) => one.id === part);
  if (index !== undefined) return `index ${columns(index.elements.flatMap((element) => element.column ?? []))}`;
  const dependency = table.dependencies.find((one) => one.id === part);
  if (dependency !== undefined)
    return `${columns(dependency.determinant)} ${dependency.multivalued === true ? '↠' : '→'} ${columns(dependency.dependent)}`;
  return part;
}
