import { recordIn } from '../collections.ts';
import type { Column } from '../column-types.ts';
import type { Document, Id, Table } from '../types.ts';

const NOTHING: readonly Id[] = [];

/** Tables this one takes columns from: its partitioned parent or those it inherits. */
export function ancestorsOf(table: Table): readonly Id[] {
  return table.partitionOf === undefined ? (table.inherits ?? NOTHING) : [table.partitionOf.parent];
}

/**
 * All columns of a table in the engine's order: inherited ones first, then its own. A local column with the name of an
 * inherited one overrides it. Cycles of ancestors, which no engine accepts, end the walk.
 */
export function columnsOf(document: Document, table: Table): readonly Column[] {
  if (ancestorsOf(table).length === 0) return table.columns;
  return walk(document, table, new Set());
}

function walk(document: Document, table: Table, seen: Set<Id>): readonly Column[] {
  if (seen.has(table.id)) return [];
  seen.add(table.id);
  const byName = new Map<string, Column>();
  for (const id of ancestorsOf(table)) {
    const parent = recordIn(document, 'tables', id);
    if (parent === undefined) continue;
    for (const column of walk(document, parent, seen)) if (!byName.has(column.name)) byName.set(column.name, column);
  }
  for (const column of table.columns) byName.set(column.name, column);
  return [...byName.values()];
}

/** A column of the table by id, inherited ones included. An overridden ancestor's id still finds its column. */
export function columnOf(document: Document, table: Table, id: Id): Column | undefined {
  const own = table.columns.find((column) => column.id === id);
  if (own !== undefined) return own;
  for (const ancestor of ancestorsOf(table)) {
    const parent = recordIn(document, 'tables', ancestor);
    const found = parent === undefined || parent.id === table.id ? undefined : columnOf(document, parent, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names of columns by id, in the order given; unknown ids are left out. */
export function columnNames(document: Document, table: Table, ids: readonly Id[]): string[] {
  return ids.flatMap((id) => columnOf(document, table, id)?.name ?? []);
}
