import type { Document, Table } from '#model/types.ts';

/**
 * Remembers, for each table record, what was told of it under the document's types: most tables smell of nothing, and an edit
 * elsewhere asks them all again.
 */
export function perTable<V>(compute: (document: Document, table: Table) => V): (document: Document, table: Table) => V {
  const known = new WeakMap<object, WeakMap<Table, { readonly value: V }>>();
  return (document, table) => {
    const under = known.get(document.types) ?? new WeakMap<Table, { readonly value: V }>();
    known.set(document.types, under);
    const hit = under.get(table);
    if (hit !== undefined) return hit.value;
    const value = compute(document, table);
    under.set(table, { value });
    return value;
  };
}
