import type { Id, Relationship } from '#model/types.ts';
import type { TableContext } from './table-context.ts';
import { isBookkeeping } from './words.ts';

/** A table that links two others: each row is one pair. */
export interface Junction {
  readonly first: Relationship;
  readonly second: Relationship;
  /** Columns of both foreign keys, in order of the table's keys. */
  readonly columns: readonly Id[];
}

/**
 * The table as a link between two others: exactly two foreign keys that share no column, all of them NOT NULL or in a key.
 * `pure`: nothing else in it but a surrogate key and bookkeeping columns.
 */
export function junctionOf(at: TableContext, pure: boolean): Junction | undefined {
  const [first, second, third] = at.outgoing;
  if (first === undefined || second === undefined || third !== undefined || at.incoming.length > 0) return undefined;
  if (at.table.partitionOf !== undefined || first.childColumns.some((id) => second.childColumns.includes(id))) return undefined;
  const columns = [...first.childColumns, ...second.childColumns];
  if (!pure) return { first, second, columns };
  const surrogate = at.table.keys.find((key) => key.kind === 'primary' && key.columns.length === 1)?.columns[0];
  const rest = at.columns.filter(
    (column) => !columns.includes(column.id) && column.id !== surrogate && !isBookkeeping(column.name),
  );
  return rest.length === 0 ? { first, second, columns } : undefined;
}
