import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { DEFAULT_SCHEMA } from '#model/create.ts';
import { columnOf } from '#model/derive/columns.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { IndexElement } from '#model/table-parts.ts';
import type { AnyRecord, Collection, Document, Id, Relationship, Routine, Table, Trigger, Verbatim } from '#model/types.ts';

function inSchema(document: Document, record: { readonly schema: Id; readonly name: string }): string {
  const dialect = recordIn(document, 'settings', 'settings')?.dialect ?? 'postgresql';
  const schema = recordIn(document, 'schemas', record.schema)?.name;
  return schema === undefined || schema === DEFAULT_SCHEMA[dialect] ? record.name : `${schema}.${record.name}`;
}

function nameOfTable(document: Document, id: Id): string {
  const found = recordIn(document, 'tables', id) ?? recordIn(document, 'views', id);
  return found === undefined ? '(missing)' : inSchema(document, found);
}

function columnNames(document: Document, table: Id, ids: readonly Id[]): string {
  const found = recordIn(document, 'tables', table);
  return ids.map((id) => (found === undefined ? undefined : columnOf(document, found, id)?.name) ?? '(missing)').join(', ');
}

function relationshipLabel(document: Document, one: Relationship): string {
  const key = one.name ?? `(${columnNames(document, one.child, one.childColumns)})`;
  return `foreign key ${key} of ${nameOfTable(document, one.child)}`;
}

const WORD: Readonly<Record<string, string>> = { tables: 'table', sequences: 'sequence' };

/** What a record is called in a list: `table sales.orders`, `foreign key fk_1 of orders`. */
export function recordLabel(document: Document, collection: Collection, record: AnyRecord): string {
  if (collection === 'relationships') return relationshipLabel(document, record as Relationship);
  if (collection === 'triggers') return `trigger ${(record as Trigger).name} on ${nameOfTable(document, (record as Trigger).on)}`;
  if (collection === 'verbatim')
    return `${(record as Verbatim).kind}: ${(record as Verbatim).sql.replaceAll(/\s+/g, ' ').slice(0, 60)}`;
  if (collection === 'routines') {
    const routine = record as Routine;
    return `${routine.kind} ${inSchema(document, routine)}(${routine.signature})`;
  }
  const name = 'name' in record ? (record.name ?? '') : '';
  if (!('schema' in record)) return `schema ${name}`;
  const word = 'kind' in record ? record.kind : 'materialized' in record ? 'materialized view' : (WORD[collection] ?? 'view');
  return `${word} ${inSchema(document, { schema: record.schema, name })}`;
}

function say(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (key, inner: unknown) => (key === 'id' ? undefined : inner)) ?? '';
}

function describeColumn(document: Document, column: Column): string {
  const { generated, identity } = column;
  return [
    typeName(document, column.type),
    column.nullable ? '' : 'not null',
    column.default === undefined ? '' : `default ${column.default.sql}`,
    identity === undefined ? '' : `identity ${identity.mode}${identity.options === undefined ? '' : ` ${say(identity.options)}`}`,
    generated === undefined ? '' : `generated (${generated.expression})${generated.stored ? ' stored' : ''}`,
    column.collation === undefined ? '' : `collate ${column.collation}`,
    ...(['compression', 'storage', 'statistics', 'notNullName', 'defaultName', 'charset', 'onUpdate', 'invisible'] as const).map(
      (key) => (column[key] === undefined ? '' : `${key} ${column[key]}`),
    ),
    column.comment === undefined ? '' : `-- ${column.comment}`,
    column.residue === undefined ? '' : column.residue.join(' '),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function elementText(document: Document, table: Id, element: IndexElement & { readonly operator?: string }): string {
  const { column, columnName, expression, ...rest } = element;
  const what = column === undefined ? (columnName ?? `(${expression ?? ''})`) : columnNames(document, table, [column]);
  return [what, ...Object.values(rest)].join(' ');
}

/** A part's own fields, with column ids as names. */
function describePart(document: Document, table: Id, part: object): string {
  return Object.entries(part)
    .flatMap(([key, value]) => {
      if (key === 'id' || key === 'name' || key === 'attachedTo') return [];
      if (key === 'columns' || key === 'include') return [`${key} (${columnNames(document, table, value as Id[])})`];
      if (key === 'elements') return [(value as IndexElement[]).map((one) => elementText(document, table, one)).join(', ')];
      return [value === true ? key : `${key} ${say(value)}`];
    })
    .join(', ');
}

const PARTS = [
  ['keys', 'key'],
  ['exclusions', 'exclusion'],
  ['checks', 'check'],
  ['indexes', 'index'],
  ['policies', 'policy'],
] as const;

/** Fields of a table that are told in another way, or that SQL does not say. */
const TOLD: ReadonlySet<string> = new Set([
  ...PARTS.map(([list]) => list),
  'id',
  'name',
  'schema',
  'columns',
  'dependencies',
  'facts',
  'tags',
]);

/** Key of the list of a table's column names. */
export const COLUMN_ORDER = 'column order';

function describeTable(document: Document, table: Table): Map<string, string> {
  const out = new Map<string, string>();
  for (const column of table.columns) out.set(`column ${column.name}`, describeColumn(document, column));
  const order = table.columns.map((column) => column.name).join(', ');
  out.set(COLUMN_ORDER, order);
  for (const [list, word] of PARTS) {
    for (const part of table[list]) {
      const said = describePart(document, table.id, part);
      out.set(`${word} ${part.name ?? said}`, said);
    }
  }
  out.set('name', inSchema(document, table));
  for (const [key, value] of Object.entries(table)) if (!TOLD.has(key)) out.set(key, say(value));
  return out;
}

function describeRelationship(document: Document, one: Relationship): Map<string, string> {
  const { id: _, child, parent, childColumns, parentColumns, onDeleteColumns, ...rest } = one;
  const out = new Map<string, string>([
    ['from', `${nameOfTable(document, child)} (${columnNames(document, child, childColumns)})`],
    ['to', `${nameOfTable(document, parent)} (${columnNames(document, parent, parentColumns)})`],
  ]);
  if (onDeleteColumns !== undefined) out.set('on delete columns', columnNames(document, child, onDeleteColumns));
  for (const [key, value] of Object.entries(rest)) out.set(key, say(value));
  return out;
}

/** Fields of other records that are told in another way, or that SQL does not say. */
const UNSAID: ReadonlySet<string> = new Set(['id', 'order', 'schema', 'facts']);

/** A record as short texts by part or field, for showing what changes. */
export function describeRecord(document: Document, collection: Collection, record: AnyRecord): ReadonlyMap<string, string> {
  if (collection === 'tables') return describeTable(document, record as Table);
  if (collection === 'relationships') return describeRelationship(document, record as Relationship);
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(record)) {
    if (!UNSAID.has(key)) out.set(key, say(value));
  }
  return out;
}
