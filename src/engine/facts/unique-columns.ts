import type { Id, Table } from '#model/types.ts';

/** Columns of every key and unique index that counts for all rows, key by key. */
export function uniqueColumnLists(table: Table): readonly (readonly Id[])[] {
  const keys = table.keys.map((key) => key.columns);
  // An index on an expression says nothing of its columns.
  const indexes = table.indexes.filter(
    (index) =>
      index.unique === true && index.where === undefined && index.elements.every((element) => element.column !== undefined),
  );
  return [...keys, ...indexes.map((index) => index.elements.flatMap((element) => element.column ?? []))];
}
