import type { Column } from '#model/column-types.ts';
import { freeName } from '#model/commands/lookup.ts';
import type { Index, Key } from '#model/table-parts.ts';
import type { Document, Relationship, Table } from '#model/types.ts';
import { type AlterWords, type AlterWork, alteringRows, partsGone, stored } from '../../base/decomposition/altering.ts';
import { joined, rejoining } from '../../base/decomposition/shape.ts';
import { missingIn } from '../../base/decomposition/steps.ts';
import { listOf } from '../../base/decomposition/words.ts';
import type { KitScope, WriteKit } from '../../base/write/kit.ts';
import { MARIADB_KIT } from '../../mariadb/kit.ts';
import { ident, literal } from '../quote.ts';
import { ownChecks } from '../write/column.ts';
import { MYSQL_KIT } from '../write/kit.ts';
import { droppedByLookup, indexDroppedIfThere } from './lookup.ts';

const LONG = /^(?:(?:tiny|medium|long)?(?:text|blob)|json)\b/i;
const TEXT = /^(?:var)?char\b|^enum\b|^set\b/i;

/** Collations take different texts for equal, and of long values only the beginning is sorted: bytes and digests do not. */
function exact({ type }: Column, sql: string): string {
  const name = type.kind === 'builtin' ? type.name : '';
  if (LONG.test(name)) return `CONCAT(LENGTH(${sql}), ':', SHA2(${sql}, 256))`;
  return TEXT.test(name) ? `CAST(${sql} AS BINARY)` : sql;
}

/** SIGNAL needs a routine, and its IF a delimiter: a key that is there twice says its value, the message. */
function refuseIf(query: string, message: string, hint: string): string {
  const said = [...`${message} ${hint}`].slice(0, 180).join('');
  const source = query.replaceAll('\n', '\n  ');
  return `INSERT INTO crowfoot_refusal (reason)\nSELECT ${literal(said)} FROM (SELECT 1 AS n UNION ALL SELECT 2 AS n) AS twice\nWHERE EXISTS (\n  ${source});`;
}

const OPENING = [
  'DROP TEMPORARY TABLE IF EXISTS crowfoot_refusal;',
  'CREATE TEMPORARY TABLE crowfoot_refusal (reason varchar(190) NOT NULL PRIMARY KEY);',
];

/** The name of a key or index: the engine calls one without a name by its first column. */
function indexName(table: Table, part: Key | Index): string {
  if (part.name !== undefined) return part.name;
  const id = 'kind' in part ? part.columns[0] : part.elements[0]?.column;
  const column = table.columns.find((one) => one.id === id)?.name ?? 'functional_index';
  const taken = new Set([...table.keys, ...table.indexes].flatMap((one) => (one === part ? [] : (one.name?.toLowerCase() ?? []))));
  return freeName(column, (name) => taken.has(name.toLowerCase()));
}

function alter({ carrier, name }: AlterWork, clauses: readonly string[]): string[] {
  return clauses.length === 0 ? [] : [carrier.end(`ALTER TABLE ${name}\n    ${clauses.join(',\n    ')}`)];
}

const dropKey = (table: Table, key: Key) =>
  key.kind === 'primary' ? 'DROP PRIMARY KEY' : `DROP INDEX ${ident(indexName(table, key))}`;

/** Foreign keys that stay and may rest on an index that goes: they let go of it, and then make one of their own. */
function resting(work: AlterWork, keys: readonly Key[], indexes: readonly Index[]): readonly Relationship[] {
  const first = [...keys.map(({ columns }) => columns[0]), ...indexes.map(({ elements }) => elements[0]?.column)];
  const { before, after } = work.carried;
  return Object.values(after.relationships).filter(
    (link) =>
      link.child === work.table.id &&
      before.relationships[link.id]?.child === work.table.id &&
      link.childColumns.some((id) => first.includes(id)),
  );
}

/** Runs statements while foreign keys that could be in the way are not there. */
function without(work: AlterWork, links: readonly Relationship[], sql: readonly string[]): string[] {
  const { after } = work.carried;
  return [
    ...links.map((link) => dropForeignKey(work, after, link).join('\n')),
    ...sql,
    ...links.map((link) => addLink(work, after, link).add),
  ];
}

/** Keys that go with their column only: what counts has to lead one. */
function withCounter({ table, rest }: AlterWork, key: Key): boolean {
  const [first] = key.columns;
  const counts = table.columns.some(({ id, identity }) => identity !== undefined && id === first);
  return key.kind === 'primary' || (counts && !rest.keys.some(({ columns }) => columns[0] === first));
}

/** Indexes go first, so that foreign keys which come do not rest on them. */
function freed(work: AlterWork): string[] {
  const { table } = work;
  const { keys, indexes } = partsGone(work);
  const early = keys.filter((key) => !withCounter(work, key));
  const drops = [...early.map((key) => dropKey(table, key)), ...indexes.map((one) => `DROP INDEX ${ident(indexName(table, one))}`)];
  return [...dropChecks(work), ...without(work, resting(work, early, indexes), alter(work, drops))];
}

function checkName({ carrier }: AlterWork, table: Table, check: Table['checks'][number]): string {
  if (check.name !== undefined) return check.name;
  const number = table.checks.filter(({ name }) => name === undefined).indexOf(check) + 1;
  return carrier.kit.dialect === 'mariadb' ? `CONSTRAINT_${number}` : `${table.name}_chk_${number}`;
}

/** Names of checks are those of a schema in MySQL. Servers before 8 keep no checks. */
function dropChecks(work: AlterWork): string[] {
  const { table, carrier } = work;
  if (!work.was.says('check')) return [];
  const word = carrier.kit.dialect === 'mariadb' ? 'CONSTRAINT' : 'CHECK';
  const own = table.columns.flatMap((column) => ownChecks(table, column, carrier.kit.dialect));
  const left = partsGone(work).checks.filter((check) => !own.includes(check));
  return alter(
    work,
    left.map((check) => `DROP ${word} ${ident(checkName(work, table, check))}`),
  );
}

function line({ carrier: { kit } }: AlterWork, scope: KitScope, table: Table, column: Column): string {
  return kit.column(scope, table, column, 0, [], []).sql;
}

/** Counted columns take a number that is given, zero as well. */
function counting(columns: readonly Column[], insert: readonly string[]): string[] {
  if (!columns.some(({ identity }) => identity !== undefined)) return [...insert];
  return [
    'SET @crowfoot_mode = @@SESSION.sql_mode;',
    "SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',NO_AUTO_VALUE_ON_ZERO');",
    ...insert,
    'SET SESSION sql_mode = @crowfoot_mode;',
  ];
}

function contract(work: AlterWork): string[] {
  const { carrier, shape, rest, table, name, gone } = work;
  const keys = partsGone(work).keys.filter((key) => withCounter(work, key));
  const drops = [...keys.map((key) => dropKey(table, key)), ...gone.map((column) => `DROP COLUMN ${ident(column.name)}`)];
  const late = work.lateKey === undefined ? [] : [`ADD ${carrier.kit.key(work.now, rest, work.lateKey)}`];
  const list = listOf({ ident }, stored(shape.rest.columns, rest));
  const links = resting(work, keys, []);
  if (!shape.repeats) return without(work, links, alter(work, [...drops, ...late]));
  return without(work, links, [
    `CREATE TEMPORARY TABLE crowfoot_once AS SELECT DISTINCT ${list} FROM ${name};`,
    `DELETE FROM ${name};`,
    ...alter(work, [...drops, ...late]),
    `INSERT INTO ${name} (${list}) SELECT ${list} FROM crowfoot_once;`,
    'DROP TEMPORARY TABLE crowfoot_once;',
  ]);
}

/** Columns come back where they were. */
function addColumns(work: AlterWork): string[] {
  const { table, rest } = work;
  const missing = missingIn(table.columns, rest.columns);
  const adds = missing.map((column) => {
    const { identity: _, ...bare } = column;
    const before = table.columns[table.columns.indexOf(column) - 1];
    const place = before === undefined ? 'FIRST' : `AFTER ${ident(before.name)}`;
    const plain = column.generated === undefined ? { ...bare, nullable: true } : column;
    return `ADD COLUMN ${line(work, work.was, { ...table, checks: [] }, plain)} ${place}`;
  });
  return alter(work, [...work.newKeys.map((key) => dropKey(rest, key)), ...adds]);
}

function fillBack({ carrier, shape, table, name, gone }: AlterWork): string[] {
  const filled = gone.filter(({ generated }) => generated === undefined);
  if (shape.repeats) {
    const columns = stored(shape.columns, table);
    const list = listOf({ ident }, columns);
    return [
      `CREATE TEMPORARY TABLE crowfoot_rejoined AS\n${rejoining(shape, carrier.words).query};`,
      `DELETE FROM ${name};`,
      ...counting(columns, [`INSERT INTO ${name} (${list}) SELECT ${list} FROM crowfoot_rejoined;`]),
      'DROP TEMPORARY TABLE crowfoot_rejoined;',
    ];
  }
  if (filled.length === 0) return [];
  const { from, values } = joined(shape, carrier.words);
  const set = filled.map((column) => `r.${ident(column.name)} = ${values.get(column.name)}`);
  return [`UPDATE ${from}\nSET ${set.join(', ')};`];
}

function restore(work: AlterWork): string[] {
  const { carrier, table, rest, was } = work;
  const { kit } = carrier;
  const { keys, checks, indexes } = partsGone(work);
  const changed = table.columns.filter((column) => {
    if (column.generated !== undefined) return false;
    const now = rest.columns.find(({ id }) => id === column.id);
    return now === undefined
      ? !column.nullable || ownChecks(table, column, kit.dialect).length > 0
      : now.nullable !== column.nullable;
  });
  const lines = [
    ...keys.map((key) => kit.key(was, table, key)),
    ...indexes.flatMap((index) => kit.index(was, { ...table, table }, index) ?? []),
    ...(was.says('check') ? checks.flatMap((check) => kit.check(was, table, check) ?? []) : []),
  ];
  return alter(work, [
    ...changed.map((column) => `MODIFY COLUMN ${line(work, was, table, column)}`),
    ...lines.map((one) => `ADD ${one}`),
  ]);
}

function dropForeignKey({ carrier }: AlterWork, document: Document, link: Relationship): string[] {
  const child = document.tables[link.child] as Table;
  const table = carrier.words.objectName(document, child.schema, child.name);
  if (link.name === undefined) return droppedByLookup(document, link, table);
  return [`ALTER TABLE ${table} DROP FOREIGN KEY ${ident(link.name)};`];
}

/** The one's columns begin with the other's, so that an index of it serves both. */
const begins = (columns: readonly (string | undefined)[], start: readonly string[]) => start.every((id, at) => columns[at] === id);

/** An index that the model knows serves a foreign key: the server made none, or let go of it. */
function isBorne(child: Table, { childColumns }: Relationship): boolean {
  return (
    child.keys.some(({ columns }) => begins(columns, childColumns)) ||
    child.indexes.some(({ elements }) =>
      begins(
        elements.map(({ column }) => column),
        childColumns,
      ),
    )
  );
}

/**
 * A foreign key leaves the index behind that the server made for it, which may by then serve another one, or be gone for one
 * that serves both (MySQL 8.4 Reference Manual, 15.1.20.5 FOREIGN KEY Constraints). So the indexes go when all the foreign
 * keys have gone, each only where the server has it; those that stay and may rest on one make one of their own again.
 */
function unlinked(work: AlterWork, document: Document, links: readonly Relationship[]): string[] {
  const { carried, carrier } = work;
  const next = document === carried.before ? carried.after : carried.before;
  return links.flatMap((link) => {
    const child = document.tables[link.child] as Table;
    const other = next.relationships[link.id];
    const comesBack = other?.child === link.child && other.childColumns.join() === link.childColumns.join();
    if (comesBack || isBorne(child, link)) return [];
    const stay = Object.values(document.relationships).filter(
      (one) =>
        one.child === link.child && !links.includes(one) && begins(link.childColumns, one.childColumns) && !isBorne(child, one),
    );
    const name = link.name ?? indexName(child, { id: link.id, elements: [{ column: link.childColumns[0] ?? '' }] });
    const table = carrier.words.objectName(document, child.schema, child.name);
    return [
      ...stay.flatMap((one) => dropForeignKey(work, document, one)),
      ...indexDroppedIfThere(document, child, table, name),
      ...stay.map((one) => addLink(work, document, one).add),
    ];
  });
}

function addLink({ carrier }: AlterWork, document: Document, link: Relationship): { readonly add: string } {
  const child = document.tables[link.child] as Table;
  const sql = carrier.kit.foreignKey(carrier.scope(document, { collection: 'relationships', record: link.id }), link);
  const table = carrier.words.objectName(document, child.schema, child.name);
  return { add: sql === undefined ? '' : carrier.end(`ALTER TABLE ${table} ADD ${sql}`) };
}

const WORDS: AlterWords = {
  as: ' AS ',
  same: (left, right) => `${left} <=> ${right}`,
  exact,
  rowText: (columns, before) => `CONCAT_WS(', ', ${columns.map(({ name }) => `QUOTE(${before}${ident(name)})`).join(', ')})`,
  refuseIf,
  opening: OPENING,
  dropLink: dropForeignKey,
  unlinked,
  addLink,
  freed,
  filled: (_work, _part, now, insert) => counting(now.columns, [insert]),
  stricter: (work, columns) =>
    alter(
      work,
      columns.map((column) => `MODIFY COLUMN ${line(work, work.now, work.rest, column)}`),
    ),
  addKey: (work, scope, table, key) => alter(work, [`ADD ${work.carrier.kit.key(scope, table, key)}`]).join(''),
  contract,
  addColumns,
  fillBack,
  restore,
};

const rowsOf = (kit: WriteKit) => alteringRows(kit, WORDS);

/** The SQL of a decomposition for MySQL and for MariaDB. */
export const mysqlRows = rowsOf(MYSQL_KIT);
export const mariadbRows = rowsOf(MARIADB_KIT);
