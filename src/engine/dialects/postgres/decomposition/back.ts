import type { ChangeStep } from '#model/change-types.ts';
import type { Column } from '#model/column-types.ts';
import { referencingType } from '#model/derive/foreign-key-columns.ts';
import type { Id, Table } from '#model/types.ts';
import type { Carried } from '../../../decompose/types.ts';
import { nothingHomeless } from '../../base/decomposition/guards.ts';
import { joined, rejoining, type Shape } from '../../base/decomposition/shape.ts';
import { missingIn, step } from '../../base/decomposition/steps.ts';
import { listOf } from '../../base/decomposition/words.ts';
import { inventedName } from '../names.ts';
import { ident, literal } from '../quote.ts';
import { columnLine } from '../write/column.ts';
import { checkSql, exclusionSql, keySql } from '../write/constraints.ts';
import { isSerial, sequenceOptions } from '../write/parts.ts';
import { Scope } from '../write/scope.ts';
import { nextNumber, ownedSequences } from './forward.ts';
import type { ChangedLinks } from './links.ts';
import { POSTGRES_WORDS } from './words.ts';
import { statementsOf } from './written.ts';

const list = (columns: readonly Column[]) => listOf(POSTGRES_WORDS, columns);

interface Work {
  readonly carried: Carried;
  readonly shape: Shape;
  readonly version: number;
  readonly scope: Scope;
  /** Columns that left, and come back. */
  readonly gone: readonly Column[];
}

function addColumns({ carried: { table }, shape, scope, gone }: Work): string {
  const plain = { keys: [], foreignKeys: [], defaultLater: false };
  // Rows have no value yet, so that NOT NULL comes later; what counts by itself would count over values that come back.
  const lines = [...gone]
    .sort((a, b) => Number(a.generated !== undefined) - Number(b.generated !== undefined))
    .map((column) => {
      const { identity: _, notNullName: __, ...bare } = column;
      return columnLine(scope, table, { ...bare, type: referencingType(column.type), nullable: true }, plain, 0).sql;
    });
  return `ALTER TABLE ${shape.table}\n${lines.map((line) => `  ADD COLUMN ${line}`).join(',\n')};`;
}

function fillBack({ shape, gone }: Work): string[] {
  const filled = gone.filter(({ generated }) => generated === undefined);
  if (shape.repeats) {
    const stored = shape.columns.filter(({ generated }) => generated === undefined);
    const always = stored.some(({ identity }) => identity?.mode === 'always') ? ' OVERRIDING SYSTEM VALUE' : '';
    return [
      `CREATE TEMPORARY TABLE rejoined ON COMMIT DROP AS\n${rejoining(shape, POSTGRES_WORDS).query};`,
      `DELETE FROM ${shape.table};`,
      `INSERT INTO ${shape.table} (${list(stored)})${always}\nSELECT ${list(stored)} FROM rejoined;`,
    ];
  }
  if (filled.length === 0) return [];
  const { from, values } = joined(shape, POSTGRES_WORDS);
  const select = filled.map(({ name }) => `${values.get(name)} AS ${ident(name)}`).join(', ');
  const set = filled.map(({ name }) => `${ident(name)} = j.${ident(name)}`).join(', ');
  return [
    `UPDATE ${shape.table} AS t SET ${set}\nFROM (SELECT r.ctid AS at, ${select}\n  FROM ${from}) AS j\nWHERE t.ctid = j.at;`,
  ];
}

/** NOT NULL, counters and identities as they were. */
function restoreColumns({ carried: { table, after }, shape, gone }: Work): string[] {
  const now = after.tables[table.id] as Table;
  const alter = (column: Column, what: string) => `ALTER TABLE ${shape.table} ALTER COLUMN ${ident(column.name)} ${what};`;
  const primary = table.keys.find(({ kind }) => kind === 'primary')?.columns ?? [];
  const loosened = table.columns.filter(
    (column) => column.nullable && now.columns.find(({ id }) => id === column.id)?.nullable === false,
  );
  return [
    ...loosened.map((column) => alter(column, 'DROP NOT NULL')),
    ...gone.flatMap((column) => {
      const counted = column.identity !== undefined || isSerial(column);
      const strict = (!column.nullable && !primary.includes(column.id)) || counted;
      return [...(strict ? [alter(column, 'SET NOT NULL')] : []), ...(counted ? countAgain(shape.table, table, column) : [])];
    }),
    ...gone.flatMap((column) =>
      column.comment === undefined ? [] : `COMMENT ON COLUMN ${shape.table}.${ident(column.name)} IS ${literal(column.comment)};`,
    ),
  ];
}

function countAgain(name: string, table: Table, column: Column): string[] {
  const alter = `ALTER TABLE ${name} ALTER COLUMN ${ident(column.name)}`;
  if (column.identity !== undefined) {
    const options = sequenceOptions(column.identity.options ?? {}).trim();
    const mode = column.identity.mode === 'always' ? 'ALWAYS' : 'BY DEFAULT';
    return [`${alter} ADD GENERATED ${mode} AS IDENTITY${options === '' ? '' : ` (${options})`};`, nextNumber(name, column)];
  }
  const prefix = name.slice(0, name.length - ident(table.name).length);
  const sequence = prefix + ident(inventedName(table.name, [column.name], 'seq'));
  return [
    `CREATE SEQUENCE ${sequence} OWNED BY ${name}.${ident(column.name)};`,
    `${alter} SET DEFAULT nextval(${literal(sequence)});`,
    nextNumber(name, column),
  ];
}

/** Keys, checks and indexes that went with the columns. */
function restoreParts({ carried: { before, after, table }, shape, version, scope }: Work): string[] {
  const now = after.tables[table.id];
  const went = <T extends { readonly id: Id }>(old: readonly T[], left: readonly T[] | undefined) => missingIn(old, left ?? []);
  const add = (sql: string | undefined) => (sql === undefined ? [] : [`ALTER TABLE ${shape.table} ADD ${sql};`]);
  const apart = new Set([...went(table.indexes, now?.indexes), ...went(table.policies, now?.policies)].map(({ id }) => id));
  return [
    ...went(table.keys, now?.keys).flatMap((key) => add(keySql(scope, table, key))),
    ...went(table.checks, now?.checks).flatMap((check) => add(checkSql(scope, check))),
    ...went(table.exclusions, now?.exclusions).flatMap((one) => add(exclusionSql(scope, table, one))),
    ...(apart.size === 0
      ? []
      : statementsOf(before, [table.id], version).flatMap((one) =>
          one.record === table.id && one.part !== undefined && apart.has(one.part) ? one.sql : [],
        )),
  ];
}

/** Constraints that the decomposition gave to the table that stays. */
function dropNewKeys({ carried: { table, after }, shape }: Work): string[] {
  const now = after.tables[table.id] as Table;
  const fresh = now.keys.filter(({ id }) => !table.keys.some((key) => key.id === id));
  return fresh.map((key) => {
    const names = key.columns.map((id) => now.columns.find((column) => column.id === id)?.name ?? id);
    const name = key.name ?? (key.kind === 'primary' ? inventedName(now.name, [], 'pkey') : inventedName(now.name, names, 'key'));
    return `ALTER TABLE ${shape.table} DROP CONSTRAINT ${ident(name)};`;
  });
}

/** From the tables with their rows to the one there was. Columns come back at its end, as a database adds them. */
export function backSteps(carried: Carried, shape: Shape, links: ChangedLinks, version: number): ChangeStep[] {
  const { before, after, table } = carried;
  const now = after.tables[table.id] as Table;
  const work: Work = {
    carried,
    shape,
    version,
    scope: new Scope(before, version, { collection: 'tables', record: table.id }),
    gone: table.columns.filter(({ id }) => !now.columns.some((column) => column.id === id)),
  };
  return [
    ...step(
      'guard',
      `Stops when a new table has rows that no row of ${table.name} can hold.`,
      nothingHomeless(shape, table.name, POSTGRES_WORDS),
    ),
    ...step('expand', 'Brings the columns back.', [...links.fresh.map(({ drop }) => drop), ...dropNewKeys(work), addColumns(work)]),
    ...step('fill', 'Copies the facts back to every row.', fillBack(work)),
    ...step('contract', 'Takes the tables away.', [
      ...ownedSequences(after, before),
      ...shape.fresh.map(({ name }) => `DROP TABLE ${name};`),
    ]),
    ...step('validate', 'Puts constraints and indexes back.', [
      ...restoreColumns(work),
      ...restoreParts(work),
      ...links.old.map(({ add }) => add),
    ]),
    ...step(
      'validate',
      'Looks at the rows without keeping others from writing.',
      links.old.map(({ validate }) => validate),
    ),
  ];
}
