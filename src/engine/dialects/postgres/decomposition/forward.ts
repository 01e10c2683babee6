import type { ChangeStep } from '#model/change-types.ts';
import type { Column } from '#model/column-types.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { Carried } from '../../../decompose/types.ts';
import { guards, keptWhere, sameBags } from '../../base/decomposition/guards.ts';
import type { Shape, Shaped } from '../../base/decomposition/shape.ts';
import { columnsGone, missingIn, step, stricterIn, warned } from '../../base/decomposition/steps.ts';
import { listOf } from '../../base/decomposition/words.ts';
import { ident, literal } from '../quote.ts';
import { keySql } from '../write/constraints.ts';
import { isSerial } from '../write/parts.ts';
import { objectName, Scope } from '../write/scope.ts';
import type { ChangedLinks } from './links.ts';
import { POSTGRES_WORDS } from './words.ts';
import { statementsOf } from './written.ts';

const list = (columns: readonly Column[]) => listOf(POSTGRES_WORDS, columns);

/** Indexes and unique constraints have one name in a schema: those that move leave it before the new ones take it. */
function freedNames({ before, after, table }: Carried): string[] {
  const now = after.tables[table.id];
  const gone = <T extends { readonly id: Id; readonly name?: string }>(old: readonly T[], left: readonly T[] | undefined) =>
    missingIn(old, left ?? []).filter(({ name }) => name !== undefined);
  const name = objectName(before, table.schema, table.name);
  return [
    ...gone(table.keys, now?.keys).map((key) => `ALTER TABLE ${name} DROP CONSTRAINT ${ident(key.name ?? '')};`),
    ...gone(table.exclusions, now?.exclusions).map((one) => `ALTER TABLE ${name} DROP CONSTRAINT ${ident(one.name ?? '')};`),
    ...gone(table.indexes, now?.indexes).map((one) => `DROP INDEX ${objectName(before, table.schema, one.name ?? '')};`),
  ];
}

/** Sequences that belong to columns which move belong to the new ones. */
export function ownedSequences(from: Document, to: Document): string[] {
  return Object.values(to.sequences).flatMap((one) => {
    const old = from.sequences[one.id]?.ownedBy;
    const owner = one.ownedBy === undefined ? undefined : to.tables[one.ownedBy.table];
    if (owner === undefined || old?.table === one.ownedBy?.table) return [];
    const column = owner.columns.find(({ id }) => id === one.ownedBy?.column)?.name ?? '';
    return `ALTER SEQUENCE ${objectName(to, one.schema, one.name)} OWNED BY ${objectName(to, owner.schema, owner.name)}.${ident(column)};`;
  });
}

function fill(shape: Shape, part: Shaped, now: Table): string {
  const columns = part.columns.filter(({ name }) => now.columns.find((one) => one.name === name)?.generated === undefined);
  const always = now.columns.some(({ identity }) => identity?.mode === 'always');
  const kept = keptWhere(POSTGRES_WORDS, part);
  const where = kept === '' ? '' : `\nWHERE ${kept}`;
  const distinct = part.unordered ? `DISTINCT ON (${list(part.key)})` : 'DISTINCT';
  const counted = now.columns.filter((column) => column.identity !== undefined || isSerial(column));
  return [
    `INSERT INTO ${part.name} (${list(columns)})${always ? ' OVERRIDING SYSTEM VALUE' : ''}\nSELECT ${distinct} ${list(columns)}\nFROM ${shape.table}${where};`,
    ...counted.map((column) => nextNumber(part.name, column)),
  ].join('\n');
}

/** The next number of a counted column is beyond those that are there. */
export function nextNumber(table: string, { name }: Column): string {
  return `SELECT setval(pg_get_serial_sequence(${literal(table)}, ${literal(name)}), coalesce(max(${ident(name)}), 1), max(${ident(name)}) IS NOT NULL) FROM ${table};`;
}

/** Columns that take no NULL afterwards and did before, in the table that keeps its name. */
function stricter(name: string, table: Table, now: Table): string[] {
  return stricterIn(table, now).map((column) => `ALTER TABLE ${name} ALTER COLUMN ${ident(column.name)} SET NOT NULL;`);
}

function newKeys(carried: Carried, version: number): { readonly at: string[]; readonly late: string[] } {
  const { after, table } = carried;
  const now = after.tables[table.id] as Table;
  const scope = new Scope(after, version, { collection: 'tables', record: table.id });
  const name = objectName(after, now.schema, now.name);
  const fresh = now.keys.filter(({ id }) => !table.keys.some((key) => key.id === id));
  const replaced = carried.proposal.tables[0]?.keepsKey === true ? undefined : now.keys[0];
  const add = (key: Table['keys'][number]) => `ALTER TABLE ${name} ADD ${keySql(scope, now, key)};`;
  return { at: fresh.filter((key) => key !== replaced).map(add), late: fresh.filter((key) => key === replaced).map(add) };
}

/** Equal rows of what is left become one. */
function once({ rest, table }: Shape): string {
  return `DELETE FROM ${table} WHERE ctid NOT IN (SELECT min(ctid) FROM ${table} GROUP BY ${list(rest.columns)});`;
}

/** From one table with its rows to several. */
export function forwardSteps(
  carried: Carried,
  shape: Shape,
  links: ChangedLinks,
  version: number,
  broken: readonly string[],
): ChangeStep[] {
  const { before, after, table } = carried;
  const now = after.tables[table.id] as Table;
  const gone = columnsGone(table, now);
  const keys = newKeys(carried, version);
  const inOrder = shape.fresh.toReversed();
  return [
    ...step(
      'guard',
      'Stops when rows contradict the dependencies: nothing has been changed by then.',
      guards(shape, POSTGRES_WORDS),
    ),
    ...step('expand', 'Lets go of names and references that the new tables take over.', [
      ...links.old.map(({ drop }) => drop),
      ...freedNames(carried),
    ]),
    ...step('expand', 'Makes the new tables.', [
      ...statementsOf(
        after,
        shape.fresh.map(({ id }) => id),
        version,
      ).map(({ sql }) => sql),
      ...ownedSequences(before, after),
    ]),
    ...step(
      'fill',
      'Copies each fact once.',
      inOrder.map((part) => fill(shape, part, after.tables[part.id] as Table)),
    ),
    ...step('expand', 'Adds foreign keys without looking at the rows: a short lock.', [
      ...links.fresh.map(({ add }) => add),
      ...keys.at,
    ]),
    ...step('validate', 'Looks at the rows without keeping others from writing.', [
      ...links.fresh.map(({ validate }) => validate),
      ...stricter(shape.table, table, now),
    ]),
    ...step('verify', 'Proves that the tables give back the old rows, each as often as it was there.', [
      sameBags(shape, table.name, POSTGRES_WORDS),
    ]),
    ...step('contract', `Takes away what the new tables hold.${warned(broken)}`, [
      ...missingIn(table.policies, now.policies).map((policy) => `DROP POLICY ${ident(policy.name)} ON ${shape.table};`),
      `ALTER TABLE ${shape.table}\n${gone.map(({ name }) => `  DROP COLUMN ${ident(name)}`).join(',\n')};`,
      ...(shape.repeats ? [once(shape)] : []),
      ...keys.late,
    ]),
  ];
}
