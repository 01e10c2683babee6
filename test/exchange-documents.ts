/** Documents that every exchange format is tried on: worked examples, real schemas, and hostile names. */
import { readFileSync } from 'node:fs';
import { planImport } from '#engine/sql/plan-import.ts';
import type { Loss } from '#engine/sql/receipt.ts';
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

/**
 * With the names of keys, indexes and foreign keys that PostgreSQL gives by itself where none was given; without casts of
 * literals to what their column is, and without defaults that change nothing.
 */
function plain(document: Document): Document {
  const table = (one: Table): Table => {
    const column = (id: string | undefined) => one.columns.find((each) => each.id === id)?.name ?? '';
    const keys = one.keys.map((key) => {
      const own = key.kind === 'primary' ? `${one.name}_pkey` : `${one.name}_${key.columns.map(column).join('_')}_key`;
      return { ...key, name: key.name ?? own };
    });
    const indexes = one.indexes.map((index) => {
      const own = [one.name, ...index.elements.map((element) => column(element.column)), 'idx'].join('_');
      // Changes are told in the order of the properties.
      const { method, ...rest } = index;
      return { ...rest, name: index.name ?? own, ...(method === undefined ? {} : { method }) };
    });
    const columns = one.columns.map((each) => {
      const { default: value, ...rest } = each;
      if (value === undefined || value.sql.toUpperCase() === 'NULL') return rest;
      if (/^(?:true|false)$/i.test(value.sql)) return { ...each, default: { ...value, sql: value.sql.toLowerCase() } };
      const literal = /^'(?:[^']|'')*'(?=::[\w". ]+$)/.exec(value.sql)?.[0];
      if (literal !== undefined) return { ...each, default: { kind: 'literal' as const, sql: literal } };
      return value.sql.toLowerCase() === 'current_timestamp'
        ? { ...each, default: { kind: 'expression' as const, sql: 'now()' } }
        : each;
    });
    return { ...one, keys, columns, indexes };
  };
  const relationships = Object.entries(document.relationships).map(([id, one]) => {
    const child = document.tables[one.child];
    const columns = one.childColumns.map((column) => child?.columns.find((each) => each.id === column)?.name ?? '');
    return [id, { ...one, name: one.name ?? [child?.name, ...columns, 'fkey'].join('_') }] as const;
  });
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

/**
 * What differs after a way out and in again, but of which the writer said nothing. A difference in a part of a table is
 * said when a loss names that part, or a column in it.
 */
export function unsaidDifferences(before: Document, after: Document, losses: readonly Loss[]): readonly string[] {
  const homeless = losses.filter(({ feature }) => feature === 'schema').map(({ object }) => object.replace(/^schema /, ''));
  const said = losses.map(({ object }) => homeless.reduce((name, schema) => name.replace(`${schema}.`, ''), object));
  // Columns of what it inherits from stand in the table itself afterwards, and so its foreign keys lead to others.
  const heirs = losses.filter(({ feature }) => feature === 'inheritance').map(({ object }) => object.replace(/^table /, ''));
  const lines: string[] = [];
  for (const { state, label, changes } of planImport(plain(inOneSchema(before, homeless)), plain(after)).items) {
    if (state === 'same' || heirs.some((heir) => label === `table ${heir}` || label.endsWith(` of ${heir}`))) continue;
    const path = label.replace(/^\w+ /, '');
    const whole = said.includes(label);
    if (state !== 'changed' || changes.length === 0) {
      if (!whole) lines.push(`${label}: ${state}`);
      continue;
    }
    for (const change of changes) {
      const was = change.what === 'name' ? said.some((object) => object.includes(` ${change.from} of `)) : false;
      const name = change.what.replace(/^[a-z ]+ (?=\S)/, '');
      const part = said.some(
        (object) =>
          object.endsWith(`${path}.${name}`) || object.endsWith(`${name} of ${path}`) || object.endsWith(`${name} on ${path}`),
      );
      const unnamed = said.some((object) => object.endsWith(`(unnamed) of ${path}`));
      if (!was && !part && !(whole && (!change.what.includes(' ') || !label.startsWith('table '))) && !unnamed)
        lines.push(`${label}: ${change.what}: ${change.from} -> ${change.to}`);
    }
  }
  return lines;
}
