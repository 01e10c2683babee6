import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';

/** A name without what people write differently: case, underscores, blanks, signs. */
function bare(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Which column of a table each column of data is, by name: the same one first, else one that differs in case, underscores
 * or blanks only. A column of the table is taken once; undefined where there is none.
 */
export function matchColumns(document: Document, table: Table, names: readonly string[]): readonly (Id | undefined)[] {
  const columns = columnsOf(document, table);
  const taken = new Set<Id>();
  const found: (Id | undefined)[] = names.map((name) => {
    const same = columns.find((column) => column.name === name && !taken.has(column.id))?.id;
    if (same !== undefined) taken.add(same);
    return same;
  });
  return found.map((id, at) => {
    if (id !== undefined) return id;
    const key = bare(names[at] ?? '');
    const near = key === '' ? undefined : columns.find((column) => !taken.has(column.id) && bare(column.name) === key)?.id;
    if (near !== undefined) taken.add(near);
    return near;
  });
}

export interface Fit {
  readonly table: Table;
  /** Columns of the data that the table has. */
  readonly matched: number;
}

/** Tables that have at least half of the columns, the best first, the one of the file's name before its equals. */
export function fittingTables(document: Document, names: readonly string[], file: string, most = 8): readonly Fit[] {
  const wanted = bare(file);
  return Object.values(document.tables)
    .filter((table) => table.partitionOf === undefined)
    .map((table) => ({ table, matched: matchColumns(document, table, names).filter((id) => id !== undefined).length }))
    .filter(({ table, matched }) => matched * 2 >= names.length || (matched > 0 && bare(table.name) === wanted))
    .sort((a, b) => b.matched - a.matched || Number(bare(b.table.name) === wanted) - Number(bare(a.table.name) === wanted))
    .slice(0, most);
}

/** The table of a file's name that has at least half of its columns. */
export function tableNamed(document: Document, names: readonly string[], file: string): Table | undefined {
  const wanted = bare(file);
  return fittingTables(document, names, file, Number.POSITIVE_INFINITY).find(
    ({ table, matched }) => bare(table.name) === wanted && matched * 2 >= names.length,
  )?.table;
}
