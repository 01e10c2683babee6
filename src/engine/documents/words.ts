import { recordIn } from '#model/collections.ts';
import { columnNames } from '#model/derive/columns.ts';
import { endsOf } from '#model/derive/ends.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Index } from '#model/table-parts.ts';
import type { Cardinality, Document, Id, Relationship, Table } from '#model/types.ts';

/** `schema.name`, or the bare name in the schema that needs none (`public`). Plain text, nothing quoted. */
export function qualifiedName(document: Document, object: { readonly schema: Id; readonly name: string }): string {
  const schema = recordIn(document, 'schemas', object.schema);
  return schema === undefined || schema.implicit === true || schema.name === 'public'
    ? object.name
    : `${schema.name}.${object.name}`;
}

/** Tables in reading order: by schema name, then by name; partitions are listed with their parent. */
export function tablesInOrder(document: Document): readonly Table[] {
  const key = (table: Table) => qualifiedName(document, table);
  return Object.values(document.tables)
    .filter((table) => table.partitionOf === undefined)
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id < b.id ? -1 : 1));
}

export function partitionsOf(document: Document, table: Table): readonly Table[] {
  return Object.values(document.tables)
    .filter((one) => one.partitionOf?.parent === table.id)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const AMOUNT: Record<Cardinality, string> = {
  '0..1': 'at most one row',
  '1': 'exactly one row',
  '0..n': 'any number of rows',
  '1..n': 'one or more rows',
};

/** A relationship as two sentences a business person can check. */
export function relationshipSentence(document: Document, relationship: Relationship): string {
  const child = recordIn(document, 'tables', relationship.child);
  const parent = recordIn(document, 'tables', relationship.parent);
  if (child === undefined || parent === undefined) return '';
  const ends = endsOf(document, relationship);
  const from = qualifiedName(document, child);
  const to = qualifiedName(document, parent);
  return `A row of ${from} refers to ${AMOUNT[ends.parent]} of ${to}; a row of ${to} has ${AMOUNT[ends.child]} of ${from}.`;
}

/** What the index is for, as far as the model shows. */
export function indexReason(document: Document, table: Table, index: Index): string {
  const reasons: string[] = [];
  const leading = index.elements.map((element) => element.column);
  for (const relationship of linksOf(document).byChild.get(table.id) ?? []) {
    const columns = relationship.childColumns;
    const covers = columns.length > 0 && columns.every((_, at) => columns.includes(leading[at] ?? ''));
    const parent = recordIn(document, 'tables', relationship.parent);
    if (covers && parent !== undefined) reasons.push(`finds the rows of one ${parent.name} (foreign key)`);
  }
  if (index.unique === true)
    reasons.push(index.where === undefined ? 'enforces uniqueness' : 'enforces uniqueness of a part of the rows');
  if (index.unique !== true && index.where !== undefined) reasons.push('holds only the rows its predicate selects');
  if ((index.include?.length ?? 0) > 0)
    reasons.push(`answers from the index alone with ${columnNames(document, table, index.include ?? []).join(', ')}`);
  if (index.elements.some((element) => element.expression !== undefined)) reasons.push('serves searches on an expression');
  if (index.elements.some((element) => element.order === 'desc')) reasons.push('serves newest-first order');
  if (index.method !== undefined && index.method !== 'btree')
    reasons.push(`${index.method}: containment, search or range operators`);
  if (index.comment !== undefined) reasons.unshift(index.comment);
  return reasons.length === 0 ? 'serves searches and sorts on its columns' : reasons.join('; ');
}
