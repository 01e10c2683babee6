import type { Column } from '#model/column-types.ts';
import type { Document, Table } from '#model/types.ts';
import { mayHoldJson } from './kinds.ts';
import { perTable } from './per-table.ts';
import { linesOfUses, type Uses } from './uses.ts';

/** A JSON column whose elements are asked for one by one. */
export interface QueriedElements {
  readonly column: Column;
  /** The whole column is the array: not one inside of it. */
  readonly whole: boolean;
  readonly evidence: readonly string[];
}

const candidates = perTable((document: Document, table: Table) => table.columns.filter(({ type }) => mayHoldJson(document, type)));

/** JSON columns out of which statements take elements, with those statements. */
export function queriedElements(document: Document, table: Table, uses: Uses): readonly QueriedElements[] {
  const columns = candidates(document, table);
  if (columns.length === 0) return [];
  const used = uses.of(table);
  return columns.flatMap((column): QueriedElements[] => {
    const found = (used.get(column.id) ?? []).filter(({ kind }) => kind === 'element');
    if (found.length === 0) return [];
    const whole = found.some(({ direct }) => direct === true);
    return [{ column, whole, evidence: linesOfUses(found) }];
  });
}
