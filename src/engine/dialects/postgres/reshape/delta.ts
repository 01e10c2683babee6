import type { Column } from '#model/column-types.ts';
import { referencingType } from '#model/derive/foreign-key-columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { statementsOf } from '../decomposition/written.ts';
import { ident, literal } from '../quote.ts';
import { columnLine } from '../write/column.ts';
import { checkSql, exclusionSql, keySql } from '../write/constraints.ts';
import { objectName, Scope } from '../write/scope.ts';

/** What turns the tables of one document into those of another, apart from rows: tables that are on both sides. */
export interface Delta {
  /** Columns that are new: without NOT NULL, as rows have no value yet. */
  readonly add: readonly string[];
  /** NOT NULL, keys, checks and indexes that are new. */
  readonly hold: readonly string[];
  /** Columns that are gone. */
  readonly drop: readonly string[];
}

const PLAIN = { keys: [], foreignKeys: [], defaultLater: false };

function missingIn<T extends { readonly id: Id }>(list: readonly T[], other: readonly T[]): T[] {
  return list.filter(({ id }) => !other.some((one) => one.id === id));
}

function addLine(scope: Scope, table: Table, column: Column): string {
  const { identity: _, notNullName: __, ...bare } = column;
  return columnLine(scope, table, { ...bare, type: referencingType(column.type), nullable: true }, PLAIN, 0).sql;
}

function partsOf(to: Document, table: Table, old: Table, version: number, scope: Scope): string[] {
  const name = objectName(to, table.schema, table.name);
  const add = (sql: string | undefined) => (sql === undefined ? [] : [`ALTER TABLE ${name} ADD ${sql};`]);
  const indexes = new Set(missingIn(table.indexes, old.indexes).map(({ id }) => id));
  return [
    ...missingIn(table.keys, old.keys).flatMap((key) => add(keySql(scope, table, key))),
    ...missingIn(table.checks, old.checks).flatMap((check) => add(checkSql(scope, check))),
    ...missingIn(table.exclusions, old.exclusions).flatMap((one) => add(exclusionSql(scope, table, one))),
    ...(indexes.size === 0
      ? []
      : statementsOf(to, [table.id], version).flatMap((one) => (one.part !== undefined && indexes.has(one.part) ? one.sql : []))),
  ];
}

/** From one document to another, for the tables that both have and that differ. */
export function deltaOf(from: Document, to: Document, version: number): Delta {
  const add: string[] = [];
  const hold: string[] = [];
  const drop: string[] = [];
  for (const table of Object.values(to.tables)) {
    const old = from.tables[table.id];
    if (old === undefined || old === table) continue;
    const scope = new Scope(to, version, { collection: 'tables', record: table.id });
    const name = objectName(to, table.schema, table.name);
    const fresh = missingIn(table.columns, old.columns);
    const left = missingIn(old.columns, table.columns);
    if (fresh.length > 0)
      add.push(`ALTER TABLE ${name}\n${fresh.map((column) => `  ADD COLUMN ${addLine(scope, table, column)}`).join(',\n')};`);
    for (const { name: column, comment } of fresh)
      if (comment !== undefined) add.push(`COMMENT ON COLUMN ${name}.${ident(column)} IS ${literal(comment)};`);
    for (const { name: column, nullable } of fresh)
      if (!nullable) hold.push(`ALTER TABLE ${name} ALTER COLUMN ${ident(column)} SET NOT NULL;`);
    hold.push(...partsOf(to, table, old, version, scope));
    // Keys, checks and indexes on columns that leave go with them.
    if (left.length > 0)
      drop.push(`ALTER TABLE ${name}\n${left.map((column) => `  DROP COLUMN ${ident(column.name)}`).join(',\n')};`);
  }
  return { add, hold, drop };
}
