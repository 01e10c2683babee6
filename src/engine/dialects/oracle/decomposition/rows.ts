import type { Column } from '#model/column-types.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { type AlterWords, type AlterWork, alteringRows, partsGone, stored } from '../../base/decomposition/altering.ts';
import type { KitCarrier } from '../../base/decomposition/kit-words.ts';
import { rejoining, type Shaped } from '../../base/decomposition/shape.ts';
import { missingIn } from '../../base/decomposition/steps.ts';
import { listOf } from '../../base/decomposition/words.ts';
import { ident, literal } from '../quote.ts';
import { ORACLE_KIT } from '../write/kit.ts';

const LARGE = /^(?:n?clob|blob|long(?: raw)?)\b/i;

/** Large objects cannot be grouped: their length and their beginning stand for them. */
function exact({ type }: Column, sql: string): string {
  const name = type.kind === 'builtin' ? type.name : '';
  if (/^xmltype\b/i.test(name)) return `DBMS_LOB.SUBSTR(XMLSERIALIZE(DOCUMENT ${sql} AS CLOB), 1000, 1)`;
  if (!LARGE.test(name)) return sql;
  const begin = `DBMS_LOB.SUBSTR(${sql}, 1000, 1)`;
  return `DBMS_LOB.GETLENGTH(${sql}) || ':' || ${/^blob\b/i.test(name) ? `RAWTOHEX(${begin})` : begin}`;
}

function block(declared: string, body: readonly string[]): string {
  return ['DECLARE', `  ${declared}`, 'BEGIN', ...body.map((line) => `  ${line}`), 'END;', '/'].join('\n');
}

function refuseIf(query: string, message: string, hint: string): string {
  return block('crowfoot_found NUMBER;', [
    'SELECT COUNT(*) INTO crowfoot_found FROM (',
    `    ${query.replaceAll('\n', '\n    ')}`,
    '  ) WHERE ROWNUM = 1;',
    'IF crowfoot_found > 0 THEN',
    `    RAISE_APPLICATION_ERROR(-20001, ${literal(`${message} ${hint}`.slice(0, 500))});`,
    '  END IF;',
  ]);
}

function namesOf(table: Table, ids: readonly Id[]): string {
  return ids.map((id) => ident(table.columns.find((one) => one.id === id)?.name ?? id)).join(', ');
}

function tableOf(
  { words }: KitCarrier,
  document: Document,
  { child }: Relationship,
): { readonly table: Table; readonly name: string } {
  const table = document.tables[child] as Table;
  return { table, name: words.objectName(document, table.schema, table.name) };
}

/** Looks a name up that Oracle gave (SYS_C...), and drops the constraint. */
function dropLinkByLookup({ carrier }: AlterWork, document: Document, link: Relationship): string {
  const { table, name } = tableOf(carrier, document, link);
  const schema = document.schemas[table.schema];
  const owner =
    schema === undefined || schema.implicit === true ? "SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')" : literal(schema.name);
  const columns = link.childColumns.map((id) => table.columns.find((one) => one.id === id)?.name ?? id);
  const list = `SELECT LISTAGG(k.column_name, ',') WITHIN GROUP (ORDER BY k.position) FROM all_cons_columns k WHERE k.owner = c.owner AND k.constraint_name = c.constraint_name`;
  return [
    'BEGIN',
    `  FOR c IN (SELECT c.constraint_name FROM all_constraints c WHERE c.owner = ${owner} AND c.table_name = ${literal(table.name)}`,
    `      AND c.constraint_type = 'R' AND (${list}) = ${literal(columns.join(','))}) LOOP`,
    `    EXECUTE IMMEDIATE ${literal(`ALTER TABLE ${name} DROP CONSTRAINT "`)} || c.constraint_name || '"';`,
    '  END LOOP;',
    'END;',
    '/',
  ].join('\n');
}

function dropLink(work: AlterWork, document: Document, link: Relationship): string[] {
  if (link.name === undefined) return [dropLinkByLookup(work, document, link)];
  const { name } = tableOf(work.carrier, document, link);
  return [work.carrier.end(`ALTER TABLE ${name} DROP CONSTRAINT ${ident(link.name)}`)];
}

/** Added without a look at the rows (ENABLE NOVALIDATE); the look keeps nobody from writing. */
function addLink(
  { carrier }: AlterWork,
  document: Document,
  link: Relationship,
): { readonly add: string; readonly validate?: string } {
  const { name } = tableOf(carrier, document, link);
  const later = link.name !== undefined && link.notEnforced !== true;
  const scope = carrier.scope(document, { collection: 'relationships', record: link.id });
  const sql = carrier.kit.foreignKey(scope, later ? { ...link, notValid: true } : link);
  if (sql === undefined) return { add: '' };
  const add = carrier.end(`ALTER TABLE ${name} ADD ${sql}`);
  if (!later || link.notValid === true) return { add };
  return { add, validate: carrier.end(`ALTER TABLE ${name} ENABLE VALIDATE CONSTRAINT ${ident(link.name)}`) };
}

function dropKey({ carrier, name }: AlterWork, table: Table, key: Table['keys'][number]): string {
  const what =
    key.name !== undefined
      ? `CONSTRAINT ${ident(key.name)}`
      : key.kind === 'primary'
        ? 'PRIMARY KEY'
        : `UNIQUE (${namesOf(table, key.columns)})`;
  return carrier.end(`ALTER TABLE ${name} DROP ${what}`);
}

function indexNameIn(sql: string): string | undefined {
  return /\bINDEX (\S.*?) ON /.exec(sql)?.[1];
}

/** Constraints and indexes have one name in a schema; checks without a name go with their columns. */
function freed(work: AlterWork): string[] {
  const { carrier, table, name, gone, was } = work;
  const { keys, checks, indexes } = partsGone(work);
  const drop = (one: string | undefined) =>
    one === undefined ? [] : [carrier.end(`ALTER TABLE ${name} DROP CONSTRAINT ${ident(one)}`)];
  return [
    ...keys.map((key) => dropKey(work, table, key)),
    ...checks.flatMap((check) => drop(check.name)),
    ...gone.flatMap((column) => drop(column.notNullName)),
    ...indexes.flatMap((index) => {
      const sql = carrier.kit.index(was, { ...table, table }, index);
      const named = sql === undefined ? undefined : indexNameIn(sql);
      return named === undefined ? [] : [carrier.end(`DROP INDEX ${named}`)];
    }),
  ];
}

/** What always counts takes no values that are given: it counts by default until the rows are there. */
function fillable(document: Document, tables: readonly Id[]): Document {
  const open = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((column) =>
      column.identity?.mode === 'always' ? { ...column, identity: { ...column.identity, mode: 'by default' } } : column,
    ),
  });
  const changed = tables.map((id): [Id, Table] => [id, open(document.tables[id] as Table)]);
  return { ...document, tables: { ...document.tables, ...Object.fromEntries(changed) } };
}

/** Counters go on behind the numbers that are there. */
function filled({ carrier }: AlterWork, part: Shaped, now: Table, insert: string): string[] {
  return [
    insert,
    ...now.columns.flatMap(({ name, identity }) => {
      if (identity === undefined) return [];
      const mode = identity.mode === 'always' ? 'ALWAYS' : 'BY DEFAULT';
      return carrier.end(`ALTER TABLE ${part.name} MODIFY (${ident(name)} GENERATED ${mode} AS IDENTITY (START WITH LIMIT VALUE))`);
    }),
  ];
}

function contract(work: AlterWork): string[] {
  const { carrier, shape, name, gone, rest } = work;
  const end = (sql: string) => carrier.end(sql);
  const dropped = (columns: readonly Column[]) =>
    columns.length === 0 ? [] : [end(`ALTER TABLE ${name} DROP (${listOf({ ident }, columns)}) CASCADE CONSTRAINTS`)];
  const list = listOf({ ident }, stored(shape.rest.columns, rest));
  return [
    ...dropped(gone.filter(({ generated }) => generated !== undefined)),
    ...dropped(gone.filter(({ generated }) => generated === undefined)),
    ...(shape.repeats ? [end(`DELETE FROM ${name} WHERE ROWID NOT IN (SELECT MIN(ROWID) FROM ${name} GROUP BY ${list})`)] : []),
    ...(work.lateKey === undefined ? [] : [end(`ALTER TABLE ${name} ADD ${carrier.kit.key(work.now, rest, work.lateKey)}`)]),
  ];
}

function addColumns(work: AlterWork): string[] {
  const { carrier, table, rest, name, was } = work;
  const inOrder = missingIn(table.columns, rest.columns).toSorted(
    (a, b) => Number(a.generated !== undefined) - Number(b.generated !== undefined),
  );
  return [
    ...work.newKeys.map((key) => dropKey(work, rest, key)),
    ...inOrder.map((column) => {
      const { identity: _, notNullName: __, ...bare } = column;
      const plain = { ...bare, nullable: true };
      return carrier.end(`ALTER TABLE ${name} ADD (${carrier.kit.column(was, table, plain, 0, [], []).sql})`);
    }),
  ];
}

/** Facts that only several tables say together: no table alone has one row for each of the old ones. */
function fillBackTogether({ carrier, shape, name, gone }: AlterWork): string[] {
  const { words } = carrier;
  const given = gone.filter(({ generated }) => generated === undefined);
  if (given.length === 0) return [];
  const terms = shape.rest.key.map((column) => {
    const sides = [`j.${ident(column.name)}`, `r.${ident(column.name)}`] as const;
    return column.nullable ? words.same(...sides) : sides.join(' = ');
  });
  const query = rejoining(shape, words).query.replaceAll('\n', '\n  ');
  return [
    carrier.end(
      `UPDATE ${name} r SET (${listOf({ ident }, given)}) = (\n  SELECT ${listOf({ ident }, given, 'j.')} FROM (${query}) j WHERE ${terms.join(' AND ')})`,
    ),
  ];
}

/** Each table's facts in turn: what the next is joined on has come back by then. */
function fillBack(work: AlterWork): string[] {
  const { carrier, shape, table, name, gone } = work;
  const { words } = carrier;
  const end = (sql: string) => carrier.end(sql);
  if (shape.repeats) {
    const list = listOf({ ident }, stored(shape.columns, table));
    return [
      end(`CREATE TABLE crowfoot_rejoined AS\n${rejoining(shape, words).query}`),
      end(`DELETE FROM ${name}`),
      end(`INSERT INTO ${name} (${list}) SELECT ${list} FROM crowfoot_rejoined`),
      end('DROP TABLE crowfoot_rejoined PURGE'),
    ];
  }
  if (shape.joins.some(({ byKey }) => !byKey)) return fillBackTogether(work);
  return shape.joins.flatMap(({ part, on }) => {
    const given = part.gives.filter((column) => gone.includes(column) && column.generated === undefined);
    if (given.length === 0) return [];
    const terms = on.map((column) => {
      const sides = [`p.${ident(column.name)}`, `r.${ident(column.name)}`] as const;
      return part.policy !== 'keep' && column.nullable ? words.same(...sides) : sides.join(' = ');
    });
    return end(
      `UPDATE ${name} r SET (${listOf({ ident }, given)}) = (\n  SELECT ${listOf({ ident }, given, 'p.')} FROM ${part.name} p WHERE ${terms.join(' AND ')})`,
    );
  });
}

function notNull({ carrier, name }: AlterWork, column: Column): string {
  const called = column.notNullName === undefined ? '' : `CONSTRAINT ${ident(column.notNullName)} `;
  return carrier.end(`ALTER TABLE ${name} MODIFY (${ident(column.name)} ${column.nullable ? 'NULL' : `${called}NOT NULL`})`);
}

function restore(work: AlterWork): string[] {
  const { carrier, table, rest, name, was, gone } = work;
  const { kit } = carrier;
  const end = (sql: string) => carrier.end(sql);
  const add = (sql: string | undefined) => (sql === undefined ? [] : [end(`ALTER TABLE ${name} ADD ${sql}`)]);
  const { keys, checks, indexes } = partsGone(work);
  const primary = table.keys.find(({ kind }) => kind === 'primary')?.columns ?? [];
  const strict = gone.filter((column) => !column.nullable && column.generated === undefined && !primary.includes(column.id));
  const loosened = table.columns.filter(
    (column) => column.nullable && rest.columns.find(({ id }) => id === column.id)?.nullable === false,
  );
  return [
    ...[...loosened, ...strict].map((column) => notNull(work, column)),
    ...indexes.flatMap((index) => {
      const sql = kit.index(was, { ...table, table }, index);
      return sql === undefined ? [] : [end(sql)];
    }),
    ...keys.flatMap((key) => add(kit.key(was, table, key))),
    ...checks.flatMap((check) => add(kit.check(was, table, check))),
    ...gone.flatMap((column) => {
      const target = { kind: 'column' as const, name: column.name, schema: table.schema, on: table.name };
      const sql = column.comment === undefined ? undefined : kit.comment?.(was, target, column.comment);
      return sql === undefined ? [] : [end(sql)];
    }),
  ];
}

const WORDS: AlterWords = {
  as: ' ',
  same: (left, right) => `(${left} = ${right} OR (${left} IS NULL AND ${right} IS NULL))`,
  exact,
  rowText: (columns, before) => `JSON_ARRAY(${listOf({ ident }, columns, before)} NULL ON NULL)`,
  refuseIf,
  dropLink,
  addLink,
  freed,
  fillable,
  filled,
  once: {
    types: /^(?:n?clob|blob|xmltype|json)\b/i,
    select: (list, key, source) =>
      `SELECT ${list}\nFROM (SELECT ${list}, ROW_NUMBER() OVER (PARTITION BY ${key} ORDER BY NULL) AS n_of_key FROM ${source})\nWHERE n_of_key = 1`,
  },
  stricter: (work, columns) => columns.map((column) => notNull(work, column)),
  addKey: ({ carrier, name }, scope, table, key) => carrier.end(`ALTER TABLE ${name} ADD ${carrier.kit.key(scope, table, key)}`),
  contract,
  addColumns,
  fillBack,
  restore,
  limits({ gone, shape }) {
    const lost = gone.flatMap(({ name, identity }) => (identity === undefined ? [] : name));
    const large = shape.columns.flatMap(({ name, type }) => (type.kind === 'builtin' && LARGE.test(type.name) ? name : []));
    return [
      lost.length === 0 ? '' : ` ${lost.join(', ')} comes back without IDENTITY: Oracle gives it to no column that is there.`,
      large.length === 0 ? '' : ` Of ${large.join(', ')} only length and beginning were compared.`,
    ].join('');
  },
};

/** The SQL of a decomposition for Oracle. */
export const oracleRows = alteringRows(ORACLE_KIT, WORDS);
