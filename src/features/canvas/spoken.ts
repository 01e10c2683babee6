import { recordIn } from '#model/collections.ts';
import { columnNames } from '#model/derive/columns.ts';
import { endsOf } from '#model/derive/ends.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Relationship, Table, View } from '#model/types.ts';
import { counted, viewLine } from '#paint/face.ts';
import type { SceneNode } from './scene.ts';

/** A table or view as it is said aloud: `Table orders, 9 columns, 2 findings`. @param reading what a lens says of it. */
export function spoken(node: SceneNode, columns: number, findings: number, reading: string | undefined): string {
  const conceptual = node.look.level === 'conceptual';
  const kind = node.kind === 'view' ? viewLine(node.record as View) : conceptual ? 'entity' : 'table';
  const name = (node.record as Table | View).name;
  const parts = [`${kind[0]?.toUpperCase()}${kind.slice(1)} ${name}`];
  if (node.kind === 'table') parts.push(counted(columns, conceptual ? 'attribute' : 'column'));
  if (findings > 0) parts.push(counted(findings, 'finding'));
  if (reading !== undefined) parts.push(reading);
  return parts.join(', ');
}

/** How many relationships leave a table and come to it: `3 foreign keys, referred to by 12`; empty when there are none. */
export function linksSaid(document: Document, id: Id): string {
  const links = linksOf(document);
  const out = links.byChild.get(id)?.length ?? 0;
  const into = links.byParent.get(id)?.length ?? 0;
  const parts = [out === 0 ? '' : counted(out, 'foreign key'), into === 0 ? '' : `referred to by ${into}`];
  return parts.filter((part) => part !== '').join(', ');
}

const MOST_NAMES = 5;

function named(document: Document, ids: readonly Id[]): string {
  const names = [...new Set(ids)].map((id) => recordIn(document, 'tables', id)?.name ?? '?');
  const rest = names.length - MOST_NAMES;
  return rest > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${rest} more` : names.join(', ');
}

/** The rest of a table that one hears once one is there: its key, what it refers to, and what refers to it. */
export function detailSaid(document: Document, table: Table): string {
  const primary = table.keys.find((key) => key.kind === 'primary');
  const links = linksOf(document);
  const out = links.byChild.get(table.id) ?? [];
  const into = links.byParent.get(table.id) ?? [];
  const parts = [
    primary === undefined ? 'no primary key' : `primary key ${columnNames(document, table, primary.columns).join(', ')}`,
  ];
  const parents = out.map((one) => one.parent);
  const children = into.map((one) => one.child);
  if (parents.length > 0) parts.push(`refers to ${named(document, parents)}`);
  if (children.length > 0) parts.push(`referred to by ${named(document, children)}`);
  return parts.join(', ');
}

const HOW_MANY = { '0..1': 'at most one', '1': 'exactly one', '0..n': 'any number', '1..n': 'one or more' } as const;

/** A relationship as it is said aloud: what refers to what by which columns, and how many of each there are. */
export function relationshipSaid(document: Document, one: Relationship): string {
  const child = recordIn(document, 'tables', one.child);
  const parent = recordIn(document, 'tables', one.parent);
  const name = one.name === undefined ? '' : ` ${one.name}`;
  if (child === undefined || parent === undefined) return `Relationship${name}`;
  if (one.childColumns.length === 0) return `Relationship${name} between ${child.name} and ${parent.name}`;
  const from = columnNames(document, child, one.childColumns).join(', ');
  const to = columnNames(document, parent, one.parentColumns).join(', ');
  const ends = endsOf(document, one);
  const many = `${HOW_MANY[ends.parent]} ${parent.name}, each has ${HOW_MANY[ends.child]} ${child.name}`;
  return `Foreign key${name}: ${child.name} (${from}) refers to ${parent.name} (${to}), ${many}`;
}
