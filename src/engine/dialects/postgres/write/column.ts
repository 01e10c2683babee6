import type { Column } from '#model/column-types.ts';
import type { Key } from '#model/table-parts.ts';
import type { Relationship, Table } from '#model/types.ts';
import { type SqlText, sqlText } from '../../base/write/text.ts';
import { FUNCTION_SINCE } from '../features.ts';
import { ident } from '../quote.ts';
import { referencesSql } from './foreign-key.ts';
import { callsIn } from './mentions.ts';
import { bracketed, defaultSql, isSerial, residueSql, sequenceOptions, typeSql } from './parts.ts';
import type { Scope } from './scope.ts';

/** What of a table's constraints a column's own line carries. */
export interface ColumnPlan {
  readonly keys: readonly Key[];
  readonly foreignKeys: readonly Relationship[];
  /** The default is set by a later statement. */
  readonly defaultLater: boolean;
}

/** Notes built-in functions that the target version does not have yet. */
export function checkFunctions(scope: Scope, sql: string, part: string): void {
  for (const name of callsIn(sql)) {
    const since = FUNCTION_SINCE.get(name);
    if (since === undefined || scope.version >= since) continue;
    scope.note({
      part,
      feature: 'new-function',
      since,
      message: `PostgreSQL ${scope.version} has no function ${name}() (it came with ${since}). It is written as it is and will not run there.`,
    });
  }
}

function generatedSql(scope: Scope, column: Column): string {
  const { generated } = column;
  if (generated === undefined) return '';
  checkFunctions(scope, generated.expression, column.id);
  const stored = generated.stored || !scope.has('virtual-generated', 'The column is written as STORED.', column.id);
  return ` GENERATED ALWAYS AS ${bracketed(generated.expression)} ${stored ? 'STORED' : 'VIRTUAL'}`;
}

function identitySql(scope: Scope, table: Table, column: Column): string {
  const { identity } = column;
  if (identity === undefined) return '';
  if (table.partitioning !== undefined) {
    scope.has('partitioned-identity', 'It is written as it is and will not run there.', column.id);
  }
  const name = identity.sequenceName === undefined ? '' : ` SEQUENCE NAME ${scope.nameIn(table.schema, identity.sequenceName)}`;
  const options = `${name}${sequenceOptions(identity.options ?? {})}`.trim();
  const mode = identity.mode === 'always' ? 'ALWAYS' : 'BY DEFAULT';
  return ` GENERATED ${mode} AS IDENTITY${options === '' ? '' : ` (${options})`}`;
}

function notNullSql(scope: Scope, column: Column, plan: ColumnPlan): string {
  if (column.nullable) return '';
  if (column.notNullName !== undefined) {
    scope.has('named-not-null', 'The name is written, and that version forgets it.', column.id);
    return ` CONSTRAINT ${ident(column.notNullName)} NOT NULL`;
  }
  const implied = isSerial(column) || column.identity !== undefined || plan.keys.some((key) => key.kind === 'primary');
  return implied ? '' : ' NOT NULL';
}

/** Everything after a column's type: NOT NULL, default, generation, and the constraints its own line carries. */
export function columnConstraints(scope: Scope, table: Table, column: Column, plan: ColumnPlan): SqlText {
  const text = sqlText(notNullSql(scope, column, plan));
  if (column.default !== undefined && !plan.defaultLater) {
    checkFunctions(scope, column.default.sql, column.id);
    text.add(` DEFAULT ${defaultSql(column.default.sql)}`);
  }
  text.add(generatedSql(scope, column)).add(identitySql(scope, table, column));
  for (const key of plan.keys) text.add(' ').part(key.id, key.kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE');
  for (const link of plan.foreignKeys) text.add(' ').part(link.id, referencesSql(scope, link));
  return text.add(residueSql(column.residue));
}

/** A column's line in CREATE TABLE. @param width columns to pad the name to. */
export function columnLine(scope: Scope, table: Table, column: Column, plan: ColumnPlan, width: number): SqlText {
  scope.checkName(column.name, column.id);
  const text = sqlText(`${ident(column.name).padEnd(width)} ${typeSql(scope, column.type)}`);
  if (column.storage !== undefined && scope.version >= 16) text.add(` STORAGE ${column.storage.toUpperCase()}`);
  if (column.compression !== undefined) text.add(` COMPRESSION ${column.compression}`);
  if (column.collation !== undefined) text.add(` COLLATE ${column.collation}`);
  return text.add(columnConstraints(scope, table, column, plan));
}
