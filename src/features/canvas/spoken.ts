import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Table, View } from '#model/types.ts';
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
