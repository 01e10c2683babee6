import { readName, skipSpace } from '#lib/identifiers.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';

/** Reads `table.column` or `schema.table.column`. Tables of `schema` win where the schema is not said. */
export function readOwnedBy(document: Document, text: string, schema: Id): Result<{ readonly table: Id; readonly column: Id }> {
  const path: string[] = [];
  let at = skipSpace(text, 0);
  for (;;) {
    const name = readName(text, at);
    if (name === undefined) break;
    path.push(name.name);
    at = skipSpace(text, name.end);
    if (text[at] !== '.') break;
    at = skipSpace(text, at + 1);
  }
  const [column, table, home] = path.toReversed();
  if (at < text.length || path.length > 3 || column === undefined || table === undefined) {
    return err('owned-by', 'Write the table and the column, such as orders.id.');
  }
  const schemas = Object.values(document.schemas).filter((one) => home === undefined || one.name === home);
  const tables = Object.values(document.tables)
    .filter((one) => one.name === table && schemas.some((other) => other.id === one.schema))
    .sort((a, b) => Number(b.schema === schema) - Number(a.schema === schema));
  const found = tables[0];
  if (found === undefined) return err('owned-by', `There is no table ${table}.`);
  const owned = found.columns.find((one) => one.name === column);
  return owned === undefined
    ? err('owned-by', `${found.name} has no column ${column}.`)
    : ok({ table: found.id, column: owned.id });
}
