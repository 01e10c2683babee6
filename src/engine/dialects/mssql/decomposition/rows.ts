import type { Column } from '#model/column-types.ts';
import type { Document, Relationship, Table } from '#model/types.ts';
import { type AlterWords, type AlterWork, alteringRows, partsGone, stored } from '../../base/decomposition/altering.ts';
import type { KitCarrier } from '../../base/decomposition/kit-words.ts';
import { joined, rejoining } from '../../base/decomposition/shape.ts';
import { missingIn } from '../../base/decomposition/steps.ts';
import { listOf } from '../../base/decomposition/words.ts';
import { quoteIdent as ident, quoteText } from '../quote.ts';
import { inBrackets } from '../write/clauses.ts';
import { typeSql } from '../write/column.ts';
import { MSSQL_KIT } from '../write/kit.ts';
import { dropCheck, dropDefault, dropForeignKey, dropKey } from './lookup.ts';

const TEXT = /^n?(?:var)?char\b/i;
/** Types that nothing groups by: as the bytes of their text, or their own. */
const AS_TEXT = /^(?:xml|ntext|json)\b/i;
const AS_BYTES = /^(?:text|image|geometry|geography)\b/i;

/** Collations take different texts for equal: bytes do not. */
function exact({ type }: Column, sql: string): string {
  const name = type.kind === 'builtin' ? type.name : '';
  if (TEXT.test(name)) return `CAST(${sql} AS varbinary(max))`;
  if (AS_TEXT.test(name)) return `CAST(CAST(${sql} AS nvarchar(max)) AS varbinary(max))`;
  if (/^text\b/i.test(name)) return `CAST(CAST(${sql} AS varchar(max)) AS varbinary(max))`;
  return AS_BYTES.test(name) ? `CAST(${sql} AS varbinary(max))` : sql;
}

function refuseIf(query: string, message: string, hint: string): string {
  const said = quoteText(`${message} ${hint}`.slice(0, 1000));
  return `IF EXISTS (\n  ${query.replaceAll('\n', '\n  ')})\nBEGIN\n    THROW 50001, ${said}, 1;\nEND;\nGO`;
}

const dropping = (one: string): string => `${one}\nGO`;

function tableOf({ words }: KitCarrier, document: Document, link: Relationship): string {
  const child = document.tables[link.child] as Table;
  return words.objectName(document, child.schema, child.name);
}

/** Added without a look at the rows; the look comes next, and makes the server trust it. */
function addLink(
  { carrier }: AlterWork,
  document: Document,
  link: Relationship,
): { readonly add: string; readonly validate?: string } {
  const table = tableOf(carrier, document, link);
  const sql = carrier.kit.foreignKey(carrier.scope(document, { collection: 'relationships', record: link.id }), link);
  if (sql === undefined) return { add: '' };
  const later = link.name !== undefined;
  const add = carrier.end(`ALTER TABLE ${table} WITH ${later || link.notValid === true ? 'NOCHECK' : 'CHECK'} ADD ${sql}`);
  if (!later || link.notValid === true) return { add };
  return { add, validate: carrier.end(`ALTER TABLE ${table} WITH CHECK CHECK CONSTRAINT ${ident(link.name)}`) };
}

/** Names of constraints are those of a schema: what takes them over, or leaves, lets go first. */
function freed(work: AlterWork): string[] {
  const { table, name, gone } = work;
  const { keys, checks } = partsGone(work);
  return [
    ...keys.map((key) => dropKey(name, table, key)),
    ...checks.map((check) => dropCheck(name, check, gone)),
    ...gone.flatMap((column) => (column.default === undefined ? [] : dropDefault(name, column))),
  ].map(dropping);
}

function indexNameIn(sql: string): string | undefined {
  return /\bINDEX (\[(?:[^\]]|\]\])*\])/.exec(sql)?.[1];
}

/** An index as its statement, and what takes it away. */
function indexSql(work: AlterWork, index: Table['indexes'][number]) {
  const { carrier, table, was, name } = work;
  const sql = carrier.kit.index(was, { ...table, table }, index);
  const named = sql === undefined ? undefined : indexNameIn(sql);
  if (sql === undefined || named === undefined) return [];
  return [{ add: carrier.end(sql), drop: carrier.end(`DROP INDEX ${named} ON ${name}`) }];
}

function nullability({ carrier, name, was }: AlterWork, column: Column): string {
  const collation = column.collation === undefined ? '' : ` COLLATE ${column.collation}`;
  const type = `${typeSql(was, column.type, column.id)}${collation} ${column.nullable ? 'NULL' : 'NOT NULL'}`;
  return carrier.end(`ALTER TABLE ${name} ALTER COLUMN ${ident(column.name)} ${type}`);
}

/** SQL Server changes no column that an index holds: it goes, and comes again. */
function stricter(work: AlterWork, columns: readonly Column[]): string[] {
  if (columns.length === 0) return [];
  const ids = columns.map(({ id }) => id);
  const held = work.rest.indexes
    .filter(({ elements, include }) =>
      [...elements.map(({ column }) => column ?? ''), ...(include ?? [])].some((id) => ids.includes(id)),
    )
    .flatMap((index) => indexSql(work, index));
  return [...held.map(({ drop }) => drop), ...columns.map((one) => nullability(work, one)), ...held.map(({ add }) => add)];
}

function contract(work: AlterWork): string[] {
  const { carrier, shape, name, gone, rest } = work;
  const end = (sql: string) => carrier.end(sql);
  const once = `WITH alike AS (\n  SELECT ROW_NUMBER() OVER (PARTITION BY ${listOf({ ident }, stored(shape.rest.columns, rest))} ORDER BY (SELECT NULL)) AS n FROM ${name})\nDELETE FROM alike WHERE n > 1`;
  return [
    ...partsGone(work)
      .indexes.flatMap((index) => indexSql(work, index))
      .map(({ drop }) => drop),
    // What is computed from a column goes before it.
    ...gone.map((column) => end(`ALTER TABLE ${name} DROP COLUMN ${ident(column.name)}`)),
    ...(shape.repeats ? [end(once)] : []),
    ...(work.lateKey === undefined ? [] : [end(`ALTER TABLE ${name} ADD ${carrier.kit.key(work.now, rest, work.lateKey)}`)]),
  ];
}

function addColumns(work: AlterWork): string[] {
  const { carrier, table, rest, name, was } = work;
  const back = missingIn(table.columns, rest.columns);
  const inOrder = back.toSorted((a, b) => Number(a.generated !== undefined) - Number(b.generated !== undefined));
  return [
    ...work.newKeys.map((key) => dropping(dropKey(name, rest, key))),
    ...inOrder.map((column) => {
      const { identity: _, default: __, ...bare } = column;
      const plain = column.generated === undefined ? { ...bare, nullable: true } : column;
      return carrier.end(`ALTER TABLE ${name} ADD ${carrier.kit.column(was, table, plain, 0, [], []).sql}`);
    }),
  ];
}

function fillBack({ carrier, shape, table, name, gone }: AlterWork): string[] {
  const end = (sql: string) => carrier.end(sql);
  if (shape.repeats) {
    const columns = stored(shape.columns, table);
    const list = listOf({ ident }, columns);
    const counted = columns.some(({ identity }) => identity !== undefined);
    return [
      end(`SELECT ${list} INTO #crowfoot_rejoined FROM (\n${rejoining(shape, carrier.words).query}) AS j`),
      end(`DELETE FROM ${name}`),
      ...counting(carrier, name, counted, end(`INSERT INTO ${name} (${list}) SELECT ${list} FROM #crowfoot_rejoined`)),
      end('DROP TABLE #crowfoot_rejoined'),
    ];
  }
  const filled = gone.filter(({ generated }) => generated === undefined);
  if (filled.length === 0) return [];
  const { from, values } = joined(shape, carrier.words);
  const set = filled.map((column) => `${ident(column.name)} = ${values.get(column.name)}`).join(', ');
  return [end(`UPDATE r SET ${set}\nFROM ${from}`)];
}

function counting(carrier: KitCarrier, table: string, counted: boolean, insert: string): string[] {
  if (!counted) return [insert];
  return [carrier.end(`SET IDENTITY_INSERT ${table} ON`), insert, carrier.end(`SET IDENTITY_INSERT ${table} OFF`)];
}

/** Identities that leave the table: a column that is there becomes none. */
function lostIdentities({ gone }: AlterWork): string {
  const names = gone.flatMap(({ name, identity }) => (identity === undefined ? [] : name));
  return names.length === 0
    ? ''
    : ` ${names.join(', ')} comes back without IDENTITY: SQL Server gives it to no column that is there.`;
}

function restore(work: AlterWork): string[] {
  const { carrier, table, rest, name, was, gone } = work;
  const { kit } = carrier;
  const end = (sql: string) => carrier.end(sql);
  const add = (sql: string | undefined) => (sql === undefined ? [] : [end(`ALTER TABLE ${name} ADD ${sql}`)]);
  const { keys, checks, indexes } = partsGone(work);
  const real = gone.filter(({ generated }) => generated === undefined);
  const loosened = table.columns.filter(
    (column) => column.nullable && rest.columns.find(({ id }) => id === column.id)?.nullable === false,
  );
  const at = { schema: table.schema, on: table.name };
  return [
    ...[...loosened, ...real.filter(({ nullable }) => !nullable)].map((column) => nullability(work, column)),
    ...real.flatMap((column) => {
      if (column.default === undefined) return [];
      const called = column.defaultName === undefined ? '' : `CONSTRAINT ${ident(column.defaultName)} `;
      return add(`${called}DEFAULT ${inBrackets(column.default.sql)} FOR ${ident(column.name)}`);
    }),
    ...keys.flatMap((key) => add(kit.key(was, table, key))),
    ...indexes.flatMap((index) => indexSql(work, index)).map((one) => one.add),
    ...checks.flatMap((check) => {
      const sql = kit.check(was, table, check);
      return sql === undefined ? [] : [end(`ALTER TABLE ${name} ${kit.later?.(check) ?? 'ADD'} ${sql}`)];
    }),
    ...gone.flatMap((column) => {
      const sql =
        column.comment === undefined ? undefined : kit.comment?.(was, { kind: 'column', name: column.name, ...at }, column.comment);
      return sql === undefined ? [] : [end(sql)];
    }),
  ];
}

const WORDS: AlterWords = {
  as: ' AS ',
  same: (left, right) => `(${left} = ${right} OR (${left} IS NULL AND ${right} IS NULL))`,
  exact,
  rowText: (columns, before) => `(SELECT ${listOf({ ident }, columns, before)} FOR XML RAW)`,
  refuseIf,
  dropLink: ({ carrier }, document, link) => [dropping(dropForeignKey(tableOf(carrier, document, link), document, link))],
  addLink,
  freed,
  once: {
    types: /^(?:n?text|image|xml|geometry|geography|json)\b/i,
    select: (list, key, source) =>
      `SELECT ${list}\nFROM (SELECT ${list}, ROW_NUMBER() OVER (PARTITION BY ${key} ORDER BY (SELECT NULL)) AS n_of_key FROM ${source}) AS d\nWHERE n_of_key = 1`,
  },
  filled: ({ carrier }, part, now, insert) =>
    counting(
      carrier,
      part.name,
      now.columns.some(({ identity }) => identity !== undefined),
      insert,
    ),
  stricter,
  addKey: ({ carrier, name }, scope, table, key) => carrier.end(`ALTER TABLE ${name} ADD ${carrier.kit.key(scope, table, key)}`),
  contract,
  addColumns,
  fillBack,
  restore,
  limits: lostIdentities,
};

/** The SQL of a decomposition for SQL Server: batches of one transaction. */
export const mssqlRows = alteringRows(MSSQL_KIT, WORDS);
