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
  if (own !== undefined || ancestorsOf(table).length === 0) return own;
  return inAncestors(document, table, id, new Set([table.id]));
}

function inAncestors(document: Document, table: Table, id: Id, seen: Set<Id>): Column | undefined {
  for (const ancestor of ancestorsOf(table)) {
    const parent = recordIn(document, 'tables', ancestor);
    if (parent === undefined || seen.has(ancestor)) continue;
    seen.add(ancestor);
    const found = parent.columns.find((column) => column.id === id) ?? inAncestors(document, parent, id, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every column of every ancestor, overridden ones included. */
export function ancestorColumns(document: Document, table: Table): readonly Column[] {
  const seen = new Set([table.id]);
  const queue = [...ancestorsOf(table)];
  const found: Column[] = [];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const parent = recordIn(document, 'tables', id);
    if (parent === undefined || seen.has(id)) continue;
    seen.add(id);
    found.push(...parent.columns);
    queue.push(...ancestorsOf(parent));
  }
  return found;
}

/** Names of columns by id, in the order given; unknown ids are left out. */
export function columnNames(document: Document, table: Table, ids: readonly Id[]): string[] {
  return ids.flatMap((id) => columnOf(document, table, id)?.name ?? []);
}

/** Tables that take columns from this one, directly or through others. */
export function descendantsOf(document: Document, table: Id): readonly Table[] {
  const found = new Map<Id, Table>();
  const known = new Set([table]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const other of Object.values(document.tables)) {
      if (known.has(other.id) || !ancestorsOf(other).some((id) => known.has(id))) continue;
      known.add(other.id);
      found.set(other.id, other);
      grown = true;
    }
  }
  return [...found.values()];
}
