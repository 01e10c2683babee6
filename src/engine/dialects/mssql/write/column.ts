import { recordIn } from '#model/collections.ts';
import type { Column, ColumnType } from '#model/column-types.ts';
import type { Id, Table } from '#model/types.ts';
import type { KitScope } from '../../base/write/kit.ts';
import { type SqlText, sqlText } from '../../base/write/text.ts';
import { rankOf } from '../residue.ts';
import { inBrackets, tellClauses, tellSince } from './clauses.ts';
import { TYPE_SINCE } from './features.ts';

/** Types that a column of SQL Server can have; the others are a shape that something else has. */
function canHold(scope: KitScope, type: Id): boolean {
  const kind = scope.fact([type], (document) => recordIn(document, 'types', type)?.kind ?? '');
  return kind === 'domain' || kind === 'written';
}

/** A column's type as SQL. */
export function typeSql(scope: KitScope, type: ColumnType, part: Id): string {
  if (type.kind === 'custom') {
    if (canHold(scope, type.type)) return scope.name(type.type);
    scope.lacks({ feature: 'custom column type', part }, 'nvarchar(255) is written.');
    return 'nvarchar(255)';
  }
  const args = type.args === undefined || type.args.length === 0 ? '' : `(${type.args.join(', ')})`;
  if (type.kind === 'other')
    return `${type.schema === undefined ? '' : `${scope.ident(type.schema)}.`}${scope.ident(type.name)}${args}`;
  if (type.name === '') {
    scope.note({ part, feature: 'type', message: 'The column has no type. SQL Server asks for one: nvarchar(max) is written.' });
    return 'nvarchar(max)';
  }
  tellSince(scope, TYPE_SINCE[type.name], `the type ${type.name}`, part);
  return `${type.name}${args}`;
}

function identitySql(scope: KitScope, { id, identity }: Column): string {
  if (identity === undefined) return '';
  if (identity.mode === 'by default') {
    const message =
      'SQL Server gives the numbers of an identity column itself; rows bring their own only under SET IDENTITY_INSERT.';
    scope.note({ part: id, feature: 'identity', message });
  }
  const { start = '1', increment = '1' } = identity.options ?? {};
  return ` IDENTITY(${start}, ${increment})`;
}

function defaultSql(scope: KitScope, column: Column): string {
  if (column.default === undefined) return '';
  if (column.defaultName !== undefined) scope.checkName(column.defaultName, column.id);
  const name = column.defaultName === undefined ? '' : ` CONSTRAINT ${scope.ident(column.defaultName)}`;
  return `${name} DEFAULT ${inBrackets(column.default.sql)}`;
}

function computed(column: Column, { expression, stored }: NonNullable<Column['generated']>): string {
  const kept = stored ? ` PERSISTED${column.nullable ? '' : ' NOT NULL'}` : '';
  return `AS ${inBrackets(expression)}${kept}`;
}

/** `HIDDEN` goes with the columns of a period only. */
function hidden(scope: KitScope, column: Column): string {
  if (column.invisible !== true) return '';
  if (column.residue?.some((one) => /^generated\b/i.test(one)) === true) return ' HIDDEN';
  scope.lacks({ feature: 'invisible column', part: column.id }, 'Only the columns of a period can be hidden: it is left out.');
  return '';
}

/** A set of sparse columns says nothing of NULL. */
function nullSql({ nullable, residue }: Column): string {
  if (nullable && residue?.some((one) => /^column_set\b/i.test(one)) === true) return '';
  return nullable ? ' NULL' : ' NOT NULL';
}

/** A column's line in CREATE TABLE. */
export function columnSql(scope: KitScope, _table: Table, column: Column, width: number): SqlText {
  const text = sqlText(scope.ident(column.name).padEnd(width)).add(' ');
  if (column.generated !== undefined) return text.add(computed(column, column.generated));
  tellClauses(scope, column.residue, column.id);
  const kept = (from: number, to: number) =>
    (column.residue ?? [])
      .filter((one) => rankOf(one) >= from && rankOf(one) < to)
      .map((one) => ` ${one}`)
      .join('');
  return text
    .add(typeSql(scope, column.type, column.id))
    .add(column.collation === undefined ? '' : ` COLLATE ${column.collation}`)
    .add(kept(0, 1))
    .add(identitySql(scope, column))
    .add(kept(1, 2))
    .add(hidden(scope, column))
    .add(nullSql(column))
    .add(kept(2, 3))
    .add(defaultSql(scope, column));
}
