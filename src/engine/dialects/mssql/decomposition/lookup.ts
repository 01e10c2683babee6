import type { Column } from '#model/column-types.ts';
import type { CheckConstraint, Key } from '#model/table-parts.ts';
import type { Document, Relationship, Table } from '#model/types.ts';
import { quoteIdent as ident, quoteText } from '../quote.ts';

/** Taking constraints away: by name, or by what they are on, as names that SQL Server gives end in digits nobody knows. */

/** Drops the constraints of a table that a catalog view finds. @param where about `c`, a row of that view. */
function dropFound(table: string, view: string, where: string): string {
  return [
    "DECLARE @crowfoot_sql nvarchar(max) = N'';",
    `SELECT @crowfoot_sql += ${quoteText(`ALTER TABLE ${table} DROP CONSTRAINT `)} + QUOTENAME(c.name) + N';'`,
    `FROM ${view} AS c WHERE c.parent_object_id = OBJECT_ID(${quoteText(table)}) AND c.is_system_named = 1`,
    `  AND ${where};`,
    'EXEC sys.sp_executesql @crowfoot_sql;',
  ].join('\n');
}

const dropNamed = (table: string, name: string) => `ALTER TABLE ${table} DROP CONSTRAINT ${ident(name)};`;
const texts = (names: readonly string[]) => names.map(quoteText).join(', ');

/** @param table SQL name of the table it is on. */
export function dropForeignKey(table: string, document: Document, link: Relationship): string {
  if (link.name !== undefined) return dropNamed(table, link.name);
  const child = document.tables[link.child] as Table;
  const names = link.childColumns.map((id) => child.columns.find((one) => one.id === id)?.name ?? id);
  const columns = `SELECT COUNT(*) FROM sys.foreign_key_columns AS k WHERE k.constraint_object_id = c.object_id`;
  const named = `COL_NAME(k.parent_object_id, k.parent_column_id) IN (${texts(names)})`;
  return dropFound(table, 'sys.foreign_keys', `(${columns}) = ${names.length} AND (${columns} AND ${named}) = ${names.length}`);
}

export function dropKey(table: string, { columns }: Table, key: Key): string {
  if (key.name !== undefined) return dropNamed(table, key.name);
  if (key.kind === 'primary') return dropFound(table, 'sys.key_constraints', "c.type = 'PK'");
  const names = key.columns.map((id) => columns.find((one) => one.id === id)?.name ?? id);
  const parts = `SELECT COUNT(*) FROM sys.index_columns AS k WHERE k.object_id = c.parent_object_id AND k.index_id = c.unique_index_id`;
  const named = `COL_NAME(k.object_id, k.column_id) IN (${texts(names)})`;
  return dropFound(
    table,
    'sys.key_constraints',
    `c.type = 'UQ' AND (${parts}) = ${names.length} AND (${parts} AND ${named}) = ${names.length}`,
  );
}

/** @param gone columns that leave: a check without a name is one that says one of them, in brackets as the catalog has it. */
export function dropCheck(table: string, check: CheckConstraint, gone: readonly Column[]): string {
  if (check.name !== undefined) return dropNamed(table, check.name);
  const said = gone.map(({ name }) => `CHARINDEX(${quoteText(ident(name))}, c.definition) > 0`).join(' OR ');
  return dropFound(table, 'sys.check_constraints', `(${said})`);
}

export function dropDefault(table: string, { name, defaultName }: Column): string {
  if (defaultName !== undefined) return dropNamed(table, defaultName);
  return dropFound(table, 'sys.default_constraints', `COL_NAME(c.parent_object_id, c.parent_column_id) = ${quoteText(name)}`);
}
