import type { Document, Id, Table } from '#model/types.ts';
import { namingOf } from '../dialects/naming.ts';

/** Rows that a person has of a table, as text. */
export interface GivenRows {
  /** Ids of columns; those that the table does not have are left out. */
  readonly columns: readonly Id[];
  /** Values in the order of `columns`; undefined for NULL. */
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/**
 * Rows as INSERT statements of the document's dialect, one row each. Values are untyped literals, which the server reads as
 * the column's type (PostgreSQL documentation, 10.4 Value Storage; SQLite by its affinity); what it cannot read, or a
 * constraint refuses, fails alone.
 * @returns nothing when a column that needs a value has none in the rows.
 */
export function givenInserts(document: Document, table: Table, { columns, rows }: GivenRows): readonly string[] {
  const written = table.columns.flatMap((column) => {
    const place = columns.indexOf(column.id);
    return place < 0 || column.generated !== undefined ? [] : [{ column, place }];
  });
  const lacking = table.columns.some(
    (column) =>
      !columns.includes(column.id) &&
      (!column.nullable || table.keys.some((key) => key.kind === 'primary' && key.columns.includes(column.id))) &&
      column.default === undefined &&
      column.identity === undefined &&
      column.generated === undefined,
  );
  if (lacking || written.length === 0) return [];
  const { ident, literal, objectName, overriding } = namingOf(document);
  const always = written.some(({ column }) => column.identity?.mode === 'always') ? overriding : '';
  const names = written.map(({ column }) => ident(column.name)).join(', ');
  const head = `INSERT INTO ${objectName(table.schema, table.name)} (${names})${always} VALUES `;
  return rows.map((row) => {
    const values = written.map(({ place }) => {
      const value = row[place];
      return value === undefined ? 'NULL' : literal(value);
    });
    return `${head}(${values.join(', ')});`;
  });
}
