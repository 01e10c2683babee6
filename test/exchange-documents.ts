/** Documents that every exchange format is tried on: worked examples, real schemas, and hostile names. */
import { readFileSync } from 'node:fs';
import type { Loss } from '#engine/sql/receipt.ts';
import type { Column } from '#model/column-types.ts';
import { DEFAULT_SCHEMA, emptyDocument, emptyTable } from '#model/create.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { readInput } from '../src/cli/input.ts';

export const NAUGHTY = JSON.parse(
  readFileSync(new URL('data/naughty-strings/blns.json', import.meta.url), 'utf8'),
) as readonly string[];

/** Those that can be a name in a database. */
export const NAUGHTY_NAMES = [...new Set(NAUGHTY)].filter((text) => text !== '');

const loaded = new Map<string, Promise<Document>>();

async function load(path: string, dialect: Dialect): Promise<Document> {
  const read = await readInput([path], dialect);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

/** The document of a file of SQL, read once a process. */
export function documentOf(path: string, dialect: Dialect = 'postgresql'): Promise<Document> {
  const key = `${dialect} ${path}`;
  const known = loaded.get(key) ?? load(path, dialect);
  loaded.set(key, known);
  return known;
}

export const EXAMPLES = ['shop', 'blog', 'saas'].map((name) => `src/features/import/examples/${name}.sql`);

/** Files and dialects that every writer is tried on. */
export const CORPUS: readonly (readonly [path: string, dialect: Dialect])[] = [
  ...EXAMPLES.map((path) => [path, 'postgresql'] as const),
  ['test/data/sql/postgresql/chinook.sql', 'postgresql'],
  ['test/data/sql/postgresql/sakila_pg.sql', 'postgresql'],
  ['test/data/sql/postgresql/pagila.sql', 'postgresql'],
  ['test/data/sql/mysql/sakila.sql', 'mysql'],
  ['test/data/sql/sqlite/sakila.sql', 'sqlite'],
];

/** A document of one table for each name: the name is the table's, its columns', its comment and its enum's value. */
export function hostileDocument(names: readonly string[], dialect: Dialect = 'postgresql'): Document {
  const base = emptyDocument('hostile', undefined, dialect);
  const schema = Object.values(base.schemas).find((one) => one.name === DEFAULT_SCHEMA[dialect])?.id ?? '';
  const type = dialect === 'postgresql' ? ('integer' as const) : ('int' as const);
  const tables = names.map((name, at) => ({
    ...emptyTable(`tbl_${at}`, schema, name),
    comment: name,
    columns: [
      { id: `col_${at}_id`, name: 'id', type: { kind: 'builtin' as const, name: type }, nullable: false },
      {
        id: `col_${at}_x`,
        name: name === 'id' ? 'id2' : name,
        type: { kind: 'builtin' as const, name: type },
        nullable: true,
        comment: name,
      },
    ],
    keys: [{ id: `key_${at}`, kind: 'primary' as const, columns: [`col_${at}_id`] }],
    indexes: [{ id: `idx_${at}`, name, elements: [{ column: `col_${at}_x` }] }],
  }));
  const relationships = names.slice(1).map((name, at) => ({
    id: `rel_${at}`,
    name,
    child: `tbl_${at + 1}`,
    parent: `tbl_${at}`,
    childColumns: [`col_${at + 1}_x`],
    parentColumns: [`col_${at}_id`],
  }));
  const byId = <T extends { readonly id: string }>(records: readonly T[]) =>
    Object.fromEntries(records.map((one) => [one.id, one]));
  const values = dialect === 'postgresql' ? [{ id: 'type_e', kind: 'enum' as const, schema, name: 'hostile', values: names }] : [];
  return { ...base, tables: byId(tables), relationships: byId(relationships), types: byId(values) };
}

/** `IDENTITY` and `IDENTITY(1, 1)` are the same. */
function counted(column: Column): Column {
  const { options, ...identity } = column.identity ?? {};
  const usual = options?.start === '1' && options.increment === '1' && Object.keys(options).length === 2;
  return usual ? { ...column, identity: { mode: 'always', ...identity } } : column;
}

/** A type from elsewhere in the schema that names without one mean; whether a default is a literal follows from its text. */
function inDefaultSchema(column: Column): Column {
  const value = column.default === undefined ? {} : { default: { ...column.default, kind: 'literal' as const } };
  if (column.type.kind !== 'other' || column.type.schema !== 'public') return { ...column, ...value };
  const { schema: _, ...type } = column.type;
  return { ...column, ...value, type };
}

/** A type with what it has when nothing is said: no digits after the point; SQLite's names in any case. */
function usualType(column: Column, dialect: Dialect): Column {
  if (column.type.kind !== 'builtin') return column;
  const { args, ...type } = { ...column.type, ...(dialect === 'sqlite' ? { name: column.type.name.toLowerCase() } : {}) };
  const whole = /^(?:numeric|decimal|number)$/.test(type.name) && args?.[1] === '0' ? [args[0] ?? ''] : args;
  const usual = { mysql: '10', mariadb: '10', mssql: '18' }[dialect as string];
  const none = /^decimal$/.test(type.name) && whole?.length === 1 && whole[0] === usual;
  return { ...column, type: { ...type, ...(whole === undefined || none ? {} : { args: whole }) } };
}

/**
 * With the names of keys, indexes and foreign keys that PostgreSQL gives by itself where none was given; without casts of
 * literals to what their column is, and without defaults that change nothing.
 */
function plain(document: Document): Document {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const table = (one: Table): Table => {
    const column = (id: string | undefined) => one.columns.find((each) => each.id === id)?.name ?? '';
    const keys = one.keys.map((key) => {
      const own = key.kind === 'primary' ? `${one.name}_pkey` : `${one.name}_${key.columns.map(column).join('_')}_key`;
      return { ...key, name: key.name ?? own };
    });
    const indexes = one.indexes.map((index) => {
      const own = [one.name, ...index.elements.map((element) => column(element.column)), 'idx'].join('_');
      return { ...index, name: index.name ?? own };
    });
    const columns = one.columns.map((given) => {
      const primary = one.keys.some((key) => key.kind === 'primary' && key.columns.includes(given.id));
      const each = { ...inDefaultSchema(usualType(counted(given), dialect)), ...(primary ? { nullable: false } : {}) };
      const { default: value, ...rest } = each;
      if (value === undefined || value.sql.toUpperCase() === 'NULL') return rest;
      if (/^(?:true|false)$/i.test(value.sql)) return { ...each, default: { ...value, sql: value.sql.toLowerCase() } };
      const literal = /^'(?:[^']|'')*'(?=::[\w". ]+$)/.exec(value.sql)?.[0];
      if (literal !== undefined) return { ...each, default: { kind: 'literal' as const, sql: literal } };
      return /^(?:current_timestamp|getdate\(\))$/i.test(value.sql)
        ? { ...each, default: { kind: 'literal' as const, sql: 'now()' } }
        : each;
    });
    return { ...one, keys, columns, indexes };
  };
  const links = Object.values(document.relationships);
  const own = new Map(
    links.map((one) => {
      const child = document.tables[one.child];
      const columns = one.childColumns.map((column) => child?.columns.find((each) => each.id === column)?.name ?? '');
      return [one, one.name ?? [child?.name, ...columns, 'fkey'].join('_')] as const;
    }),
  );
  // Two that would be called the same are told apart by their columns.
  const isFree = (name: string | undefined) => [...own.values()].filter((other) => other === name).length === 1;
  const relationships = links.map(
    (one) => [one.id, one.childColumns.length > 0 && isFree(own.get(one)) ? { ...one, name: own.get(one) ?? '' } : one] as const,
  );
  const tables = Object.entries(document.tables).map(([id, one]) => [id, table(one)] as const);
  return { ...document, tables: Object.fromEntries(tables), relationships: Object.fromEntries(relationships) };
}

/** With the tables of schemas that are said to be lost in the one that every database has. */
function inOneSchema(document: Document, lost: readonly string[]): Document {
  if (lost.length === 0) return document;
  const schemas = Object.fromEntries(Object.entries(document.schemas).filter(([, { name }]) => !lost.includes(name)));
  const home = Object.values(emptyDocument('', undefined, document.settings['settings']?.dialect).schemas)[0];
  const id = Object.values(schemas).find(({ implicit }) => implicit === true)?.id ?? home?.id ?? '';
  const moved = Object.entries(document.tables).map(
    ([key, table]) => [key, { ...table, schema: schemas[table.schema] === undefined ? id : table.schema }] as const,
  );
  const known = home === undefined || schemas[id] !== undefined ? schemas : { ...schemas, [home.id]: home };
  return { ...document, schemas: known, tables: Object.fromEntries(moved) };
}

/** Two documents without what means the same in both: names that engines give, and where schemas are lost, the schemas. */
export function comparable(before: Document, after: Document, losses: readonly Loss[]): readonly [Document, Document] {
  const homeless = losses.filter(({ feature }) => feature === 'schema').map(({ object }) => object.replace(/^schema /, ''));
  return [plain(inOneSchema(before, homeless)), plain(after)];
}
