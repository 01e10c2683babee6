/**
 * Documents that differ in one thing, for every thing that a schema can say: what a format makes of them tells whether it
 * says that thing. The first document of a case is the one that the others differ from.
 */
import type { Feature } from '#engine/exchange/common/features.ts';
import type { Column, ColumnType } from '#model/column-types.ts';
import { DEFAULT_SCHEMA, emptyDocument, emptyTable } from '#model/create.ts';
import type { Index, Key } from '#model/table-parts.ts';
import type { CustomType, Dialect, Document, Relationship, Schema, Table, View } from '#model/types.ts';

export type Edit = (document: Document) => Document;

export interface FeatureCase {
  /** What differs, as {@link FEATURES} calls it, or as this list does where every format is expected to say it. */
  readonly feature: Feature | 'column type' | 'name' | 'table' | 'column' | 'order';
  /** Which of several ways to have it. */
  readonly of: string;
  /** What it is a part of: a format that has none of that says so, and no more. */
  readonly within?: Feature;
  /** What all documents of the case have. */
  readonly from?: Edit;
  readonly variants: readonly Edit[];
  /** Dialects that have the thing; absent: all. The formats must be honest of it in every dialect all the same. */
  readonly at?: readonly Dialect[];
}

export const INTEGER: Readonly<Record<Dialect, ColumnType>> = {
  postgresql: { kind: 'builtin', name: 'integer' },
  mysql: { kind: 'builtin', name: 'int' },
  mariadb: { kind: 'builtin', name: 'int' },
  sqlite: { kind: 'builtin', name: 'INTEGER' },
  mssql: { kind: 'builtin', name: 'int' },
  oracle: { kind: 'builtin', name: 'number', args: ['10', '0'] },
};

export const VARCHAR: Readonly<Record<Dialect, (size: number) => ColumnType>> = {
  postgresql: (size) => ({ kind: 'builtin', name: 'varchar', args: [`${size}`] }),
  mysql: (size) => ({ kind: 'builtin', name: 'varchar', args: [`${size}`] }),
  mariadb: (size) => ({ kind: 'builtin', name: 'varchar', args: [`${size}`] }),
  sqlite: (size) => ({ kind: 'builtin', name: `VARCHAR(${size})` }),
  mssql: (size) => ({ kind: 'builtin', name: 'nvarchar', args: [`${size}`] }),
  oracle: (size) => ({ kind: 'builtin', name: 'varchar2', args: [`${size} char`] }),
};

export const dialectOf = (document: Document): Dialect => document.settings['settings']?.dialect ?? 'postgresql';

/** Two tables, `parent` and `child`, each with a primary key, and a foreign key between them. */
export function baseDocument(dialect: Dialect): Document {
  const base = emptyDocument('base', undefined, dialect);
  const schema = Object.values(base.schemas).find(({ name }) => name === DEFAULT_SCHEMA[dialect])?.id ?? '';
  const integer = (id: string, name: string, nullable = true): Column => ({ id, name, type: INTEGER[dialect], nullable });
  const text = (id: string, name: string): Column => ({ id, name, type: VARCHAR[dialect](40), nullable: true });
  const parent: Table = {
    ...emptyTable('parent', schema, 'parent'),
    columns: [integer('p_id', 'id', false), integer('p_n', 'n', false), text('p_code', 'code')],
    keys: [{ id: 'p_pk', kind: 'primary', columns: ['p_id'] }],
  };
  const child: Table = {
    ...emptyTable('child', schema, 'child'),
    columns: [
      integer('c_id', 'id', false),
      integer('c_a', 'a'),
      text('c_b', 'b'),
      text('c_c', 'c'),
      integer('c_parent', 'parent_id'),
    ],
    keys: [{ id: 'c_pk', kind: 'primary', columns: ['c_id'] }],
  };
  const link: Relationship = {
    id: 'link',
    child: 'child',
    parent: 'parent',
    childColumns: ['c_parent'],
    parentColumns: ['p_id'],
  };
  return { ...base, tables: { parent, child }, relationships: { link } };
}

export const table =
  (edit: (table: Table) => Partial<Table>): Edit =>
  (document) => {
    const child = document.tables['child'] as Table;
    return { ...document, tables: { ...document.tables, child: { ...child, ...edit(child) } } };
  };

export const parent =
  (edit: (table: Table) => Partial<Table>): Edit =>
  (document) => {
    const found = document.tables['parent'] as Table;
    return { ...document, tables: { ...document.tables, parent: { ...found, ...edit(found) } } };
  };

export const column = (edit: Partial<Column>, id = 'c_a'): Edit =>
  table((one) => ({ columns: one.columns.map((each) => (each.id === id ? { ...each, ...edit } : each)) }));

export const typed =
  (type: (dialect: Dialect) => ColumnType, id = 'c_a'): Edit =>
  (document) =>
    column({ type: type(dialectOf(document)) }, id)(document);

export const primary = (edit: Partial<Key>): Edit => table((one) => ({ keys: one.keys.map((key) => ({ ...key, ...edit })) }));
export const unique = (edit: Partial<Key> = {}): Edit =>
  table((one) => ({
    keys: [
      ...one.keys.filter(({ id }) => id !== 'c_u'),
      { id: 'c_u', kind: 'unique', name: 'u', columns: ['c_b', 'c_c'], ...edit },
    ],
  }));
export const index = (edit: Partial<Index> = {}): Edit =>
  table(() => ({ indexes: [{ id: 'c_i', name: 'i', elements: [{ column: 'c_a' }], ...edit }] }));
export const on = (...elements: Index['elements']): Edit => index({ elements });
export const link =
  (edit: Partial<Relationship>): Edit =>
  (document) => ({
    ...document,
    relationships: { ...document.relationships, link: { ...(document.relationships['link'] as Relationship), ...edit } },
  });
export const check = (edit: object): Edit => table(() => ({ checks: [{ id: 'c_c1', name: 'k', expression: 'a > 0', ...edit }] }));

export const schema =
  (edit: Partial<Schema> = {}): Edit =>
  (document) => {
    const made = { ...document, schemas: { ...document.schemas, other: { id: 'other', name: 'other', ...edit } } };
    return table(() => ({ schema: 'other' }))(made);
  };

export const schemaId = (document: Document) => (document.tables['parent'] as Table).schema;

/** A custom type, in use by a column. */
export const custom =
  (type: object): Edit =>
  (document) => {
    const made = { id: 'typ', name: 'mood', schema: schemaId(document), ...type } as CustomType;
    const typedColumn = column({ type: { kind: 'custom', type: 'typ' } }, 'c_b');
    return typedColumn({ ...document, types: { typ: made } });
  };
export const mood = (edit: object = {}): Edit => custom({ kind: 'enum', values: ['happy', 'sad'], ...edit });

export const view =
  (edit: Partial<View>): Edit =>
  (document) => ({
    ...document,
    views: { v: { id: 'v', name: 'v', schema: schemaId(document), query: 'SELECT 1 AS x', indexes: [], ...edit } },
  });

export const record =
  (collection: 'sequences' | 'routines' | 'triggers' | 'verbatim', given: (document: Document) => object): Edit =>
  (document) => ({ ...document, [collection]: { one: { id: 'one', name: 'one', ...given(document) } } });

export const literal = (sql: string) => ({ default: { kind: 'literal' as const, sql } });
export const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];

export const INTEGERS = ['p_id', 'p_n'];
export const POSTGRES: readonly Dialect[] = ['postgresql'];
export const MYSQL: readonly Dialect[] = ['mysql', 'mariadb'];

/** The documents of a case; the first is what the others differ from. */
export function documentsOf({ from, variants }: FeatureCase, dialect: Dialect): readonly Document[] {
  const base = from === undefined ? baseDocument(dialect) : from(baseDocument(dialect));
  return [base, ...variants.map((variant) => variant(base))];
}
