import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { type Access, accessesOf, serves } from '../index-facts.ts';
import type { TableContext } from '../table-context.ts';

/**
 * The indexes of a table that its rows can be found by: those of a partitioned table made ON ONLY it stand for nothing until
 * one of every partition is attached (PostgreSQL manual, CREATE INDEX: the index is invalid until then).
 */
export function servingAccesses(document: Document, table: Table): readonly Access[] {
  const all = accessesOf(table);
  if (table.partitioning === undefined || !table.indexes.some(({ only }) => only === true)) return all;
  const partial = new Set(
    table.indexes.filter(({ only, id }) => only === true && !isWhole(document, table.id, id)).map(({ id }) => id),
  );
  return all.filter(({ id }) => !partial.has(id));
}

/** Whether every partition has an index that is attached to this one and is whole itself. */
function isWhole(document: Document, table: Id, index: Id): boolean {
  const partitions = Object.values(document.tables).filter(({ partitionOf }) => partitionOf?.parent === table);
  return partitions.every((one) => {
    if (one.keys.some(({ attachedTo }) => attachedTo === index)) return true;
    const own = one.indexes.find(({ attachedTo }) => attachedTo === index);
    if (own === undefined || one.id === table) return false;
    return own.only !== true || one.partitioning === undefined || isWhole(document, one.id, own.id);
  });
}

/**
 * Whether a foreign key of a partition is looked after above it: a partitioned table it is part of has an index that finds
 * its rows, for every partition has that index too, or has the same foreign key, where it is judged.
 */
export function servedAbove(document: Document, child: TableContext, relationship: Relationship): boolean {
  const names = relationship.childColumns.map((id) => child.name(id));
  const seen = new Set([child.table.id]);
  for (let above = child.table.partitionOf?.parent; above !== undefined && !seen.has(above); ) {
    seen.add(above);
    const table = recordIn(document, 'tables', above);
    if (table === undefined) return false;
    const columns = columnsOf(document, table);
    const ids = names.flatMap((name) => columns.find((column) => column.name === name)?.id ?? []);
    if (ids.length !== names.length) return false;
    const isSame = ({ parent, childColumns }: Relationship) =>
      parent === relationship.parent && childColumns.length === ids.length && ids.every((id) => childColumns.includes(id));
    if (linksOf(document).byChild.get(above)?.some(isSame) === true) return true;
    const columnOf = (id: Id) => columns.find((column) => column.id === id);
    if (servingAccesses(document, table).some((access) => serves(access, ids, columnOf))) return true;
    above = table.partitionOf?.parent;
  }
  return false;
}
