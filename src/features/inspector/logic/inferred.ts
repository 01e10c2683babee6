import { recordIn } from '#model/collections.ts';
import { columnOf, columnsOf } from '#model/derive/columns.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Table } from '#model/types.ts';

/** A dependency that an enforced key makes true: its columns determine every column. */
export interface Inferred {
  readonly columns: readonly Id[];
  readonly from: 'primary key' | 'unique key' | 'unique index';
  /** Table that a foreign key over exactly these columns leads to: rows pair one to one. */
  readonly pairs?: string;
}

/**
 * Keys that really are keys: the primary key, and unique constraints and indexes that are neither partial nor on
 * expressions, over NOT NULL columns or with nulls not distinct. Equal column sets are listed once.
 */
export function inferredKeys(document: Document, table: Table): readonly Inferred[] {
  const found: Inferred[] = [];
  const seen = new Set<string>();
  const foreign = linksOf(document).byChild.get(table.id) ?? [];
  const mandatory = (ids: readonly Id[]) => ids.every((id) => columnOf(document, table, id)?.nullable === false);
  const add = (columns: readonly Id[], from: Inferred['from']) => {
    const key = [...columns].sort().join(' ');
    if (columns.length === 0 || seen.has(key)) return;
    seen.add(key);
    const link = foreign.find(
      (one) => one.childColumns.length === columns.length && one.childColumns.every((id) => columns.includes(id)),
    );
    const pairs = link === undefined ? undefined : recordIn(document, 'tables', link.parent)?.name;
    found.push({ columns, from, ...(pairs === undefined ? {} : { pairs }) });
  };
  for (const key of table.keys) if (key.kind === 'primary') add(key.columns, 'primary key');
  for (const key of table.keys) {
    if (key.kind === 'unique' && (key.nullsNotDistinct === true || mandatory(key.columns))) add(key.columns, 'unique key');
  }
  for (const index of table.indexes) {
    const columns = index.elements.flatMap((element) => element.column ?? []);
    if (index.unique !== true || index.where !== undefined || columns.length !== index.elements.length) continue;
    if (index.nullsNotDistinct === true || mandatory(columns)) add(columns, 'unique index');
  }
  return found;
}

/** Whether the columns are all there are. */
export function isWholeHeading(document: Document, table: Table, columns: readonly Id[]): boolean {
  return columnsOf(document, table).every((column) => columns.includes(column.id));
}
