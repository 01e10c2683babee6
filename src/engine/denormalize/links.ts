import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { endsOf } from '#model/derive/ends.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';

/** A foreign key that can be followed: both tables stand for themselves, and each child refers to one parent. */
export interface Followed {
  readonly link: Relationship;
  readonly child: Table;
  readonly parent: Table;
}

const stands = (table: Table) =>
  table.partitionOf === undefined && table.inherits === undefined && table.persistence !== 'temporary';

/**
 * The foreign key with its tables, when copies along it can be kept: enforced, between tables with columns of their own, and
 * with many children to a parent.
 */
export function followed(document: Document, id: Id): Followed | undefined {
  const link = recordIn(document, 'relationships', id);
  const child = link === undefined ? undefined : recordIn(document, 'tables', link.child);
  const parent = link === undefined ? undefined : recordIn(document, 'tables', link.parent);
  if (link === undefined || child === undefined || parent === undefined) return undefined;
  if (link.childColumns.length === 0 || link.notEnforced === true || link.period === true) return undefined;
  if (!stands(child) || !stands(parent)) return undefined;
  return { link, child, parent };
}

/** Whether a parent may have many children. */
export function isMany(document: Document, { link }: Followed): boolean {
  const end = endsOf(document, link).child;
  return end === '0..n' || end === '1..n';
}

export function columnIn(table: Table, id: Id): Column | undefined {
  return table.columns.find((column) => column.id === id);
}

/** Columns that keys and foreign keys are made of: they say which row, not what it is like. */
export function identifying(document: Document, table: Table): ReadonlySet<Id> {
  const ids = new Set(table.keys.filter(({ kind }) => kind === 'primary').flatMap(({ columns }) => columns));
  for (const link of linksOf(document).byChild.get(table.id) ?? []) for (const id of link.childColumns) ids.add(id);
  return ids;
}
