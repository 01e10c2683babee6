import { sameValue } from '#lib/same.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnNames } from '#model/derive/columns.ts';
import type { CheckConstraint, Exclusion, Index, Key } from '#model/table-parts.ts';
import type { Dialect, Document, Relationship, Table, View } from '#model/types.ts';
import { recordLabel } from '../../sql/describe-record.ts';
import { COUNTED } from './dialects.ts';

/**
 * Everything that a document may say and some language cannot, each with the words for it. A writer names those that it
 * can say; what a document has of the others is lost, and said to be.
 */
export const FEATURES = {
  schema: 'schemas',
  'empty schema': 'schemas with nothing in them',
  'schema of types': 'schemas without tables',
  'schema comment': 'comments on schemas',
  owner: 'owners',
  remark: 'remarks in the SQL text',
  residue: 'clauses that only its own dialect knows',
  view: 'views',
  'materialized view': 'materialized views',
  sequence: 'sequences',
  routine: 'functions and procedures',
  trigger: 'triggers',
  verbatim: 'statements of the database itself (grants, extensions and the like)',
  'enum type': 'enum types',
  'enum type name': 'names of enum types',
  'unused enum type': 'enum types that no column has',
  'type comment': 'comments on types',
  domain: 'domains',
  'composite type': 'composite types',
  'range type': 'range types',
  'written type': 'types that are known by their statement only',
  'table comment': 'comments on tables',
  persistence: 'unlogged and temporary tables',
  partitioning: 'partitions',
  inheritance: 'table inheritance',
  parameters: 'storage parameters',
  tablespace: 'tablespaces',
  'access method': 'table access methods',
  'row security': 'row-level security',
  policy: 'policies',
  exclusion: 'exclusion constraints',
  check: 'check constraints',
  'check state': 'checks that are not valid, not enforced or not inherited',
  'constraint comment': 'comments on constraints',
  'column comment': 'comments on columns',
  default: 'defaults',
  'default name': 'names of defaults',
  'on update': 'values that an update sets',
  identity: 'columns that number themselves',
  'identity always': 'that a column which numbers itself refuses a value that is given',
  'identity options': 'options of a column that numbers itself',
  generated: 'generated columns',
  collation: 'collations',
  charset: 'character sets',
  'invisible column': 'invisible columns',
  'column storage': 'how a column is stored',
  'not null': 'columns that must have a value',
  'not null name': 'names of NOT NULL constraints',
  'primary key': 'primary keys',
  'primary key order': 'primary keys in another order than their columns',
  'primary key name': 'names of primary keys',
  'unique key': 'unique constraints',
  'unique key name': 'names of unique constraints',
  'key include': 'columns that a key only carries along',
  'nulls not distinct': 'NULLS NOT DISTINCT',
  'key deferral': 'deferred keys',
  'key detail': 'clustering, method, order and storage of keys',
  'without overlaps': 'WITHOUT OVERLAPS and PERIOD',
  index: 'indexes',
  'unique index': 'unique indexes',
  'partial index': 'partial indexes',
  'expression index': 'indexes on expressions',
  'index method': 'index methods',
  'index include': 'columns that an index only carries along',
  'index order': 'descending order in indexes',
  'index nulls': 'the place of nulls in indexes',
  'operator class': 'operator classes',
  'index collation': 'collations of indexes',
  'index prefix': 'indexes on the beginning of a text',
  'index comment': 'comments on indexes',
  'index detail': 'storage, clustering and visibility of indexes',
  'foreign key': 'foreign keys',
  'foreign key name': 'names of foreign keys',
  'foreign key action': 'what a foreign key does when a row is deleted or changed',
  'foreign key action columns': 'the columns that a foreign key sets',
  'foreign key deferral': 'deferred foreign keys',
  'foreign key match': 'MATCH FULL',
  'foreign key state': 'foreign keys that are not valid or not enforced',
  'conceptual relationship': 'relationships without a key',
} as const;

export type Feature = keyof typeof FEATURES;

interface Found {
  readonly object: string;
  readonly feature: Feature;
}

type Note = (feature: Feature, present: boolean | undefined, object?: string) => void;

function noterFor(found: Found[], own: string): Note {
  return (feature, present, object = own) => {
    if (present === true) found.push({ object, feature });
  };
}

const dialectOf = (document: Document): Dialect => recordIn(document, 'settings', 'settings')?.dialect ?? 'postgresql';
const filled = (list: readonly unknown[] | undefined) => list !== undefined && list.length > 0;
const given = (value: unknown) => value !== undefined;

function columnFeatures(column: Column, note: Note, object: string, dialect: Dialect): void {
  const say = (feature: Feature, present: boolean) => note(feature, present, object);
  say('column comment', given(column.comment));
  say('default', column.default !== undefined && !/^[\s(]*null[\s)]*$/i.test(column.default.sql));
  say('default name', given(column.defaultName));
  say('on update', given(column.onUpdate));
  say('identity', given(column.identity));
  say('identity always', column.identity?.mode === 'always' && COUNTED[dialect].mode !== 'always');
  const usual = dialect === 'mssql' && sameValue(column.identity?.options, { start: '1', increment: '1' });
  say('identity options', (given(column.identity?.options) && !usual) || given(column.identity?.sequenceName));
  say('generated', given(column.generated));
  say('collation', given(column.collation));
  say('charset', given(column.charset));
  say('invisible column', column.invisible === true);
  say('column storage', given(column.compression) || given(column.storage) || given(column.statistics));
  say('not null', !column.nullable);
  say('not null name', given(column.notNullName));
  say('residue', filled(column.residue));
}

/** Whether PostgreSQL gives a constraint this name by itself, so that nothing is lost with it. */
function isUsual(name: string | undefined, parts: readonly string[], dialect: Dialect): boolean {
  const own = parts.join('_');
  return dialect === 'postgresql' && name === own && own.length < 60;
}

function keyFeatures(key: Key, note: Note, object: string, usual: boolean): void {
  const say = (feature: Feature, present: boolean) => note(feature, present, object);
  say('primary key', key.kind === 'primary');
  say('primary key name', key.kind === 'primary' && given(key.name) && !usual);
  say('unique key', key.kind === 'unique');
  say('unique key name', key.kind === 'unique' && given(key.name) && !usual);
  say('key include', filled(key.include));
  say('nulls not distinct', key.nullsNotDistinct === true);
  say('key deferral', given(key.deferral));
  say('without overlaps', key.withoutOverlaps === true);
  const detail =
    given(key.clustered) || given(key.method) || filled(key.descending) || filled(key.lengths) || filled(key.parameters);
  say('key detail', detail || given(key.tablespace) || given(key.attachedTo));
  say('constraint comment', given(key.comment));
  say('residue', filled(key.residue));
}

function indexFeatures(index: Index, note: Note, object: string): void {
  const say = (feature: Feature, present: boolean) => note(feature, present, object);
  const some = (test: (element: Index['elements'][number]) => boolean) => index.elements.some(test);
  say(index.unique === true ? 'unique index' : 'index', true);
  say('partial index', given(index.where));
  say(
    'expression index',
    some((one) => given(one.expression)),
  );
  say('index method', given(index.method) && index.method !== 'btree');
  say('index include', filled(index.include));
  say(
    'index order',
    some((one) => given(one.order)),
  );
  say(
    'index nulls',
    some((one) => given(one.nulls)),
  );
  say(
    'operator class',
    some((one) => given(one.operatorClass)),
  );
  say(
    'index collation',
    some((one) => given(one.collation)),
  );
  say(
    'index prefix',
    some((one) => given(one.length)),
  );
  say('nulls not distinct', index.nullsNotDistinct === true);
  say('index comment', given(index.comment));
  const kept = filled(index.parameters) || given(index.tablespace) || given(index.clustered) || given(index.attachedTo);
  say('index detail', kept || index.only === true || index.invisible === true || index.replicaIdentity === true);
  say('residue', filled(index.residue));
}

function checkFeatures(check: CheckConstraint, note: Note, object: string): void {
  note('check', true, object);
  note('check state', check.noInherit === true || check.notValid === true || check.notEnforced === true, object);
  note('constraint comment', given(check.comment), object);
  note('residue', filled(check.residue), object);
}

/** Whether a key has its columns in another order than the table, which a mark on each column does not tell. */
function isReordered(table: Table, key: Key): boolean {
  const places = key.columns.map((id) => table.columns.findIndex((column) => column.id === id));
  return places.some((place, at) => at > 0 && place < (places[at - 1] as number));
}

function tableFeatures(document: Document, table: Table, found: Found[]): void {
  const dialect = dialectOf(document);
  const own = recordLabel(document, 'tables', table);
  const note = noterFor(found, own);
  const path = own.replace(/^table /, '');
  note('table comment', given(table.comment));
  note('owner', given(table.owner));
  note('remark', filled(table.remarks));
  note('residue', filled(table.residue));
  note('persistence', given(table.persistence));
  note('partitioning', given(table.partitioning) || given(table.partitionOf));
  note('inheritance', filled(table.inherits));
  note('parameters', filled(table.parameters));
  note('tablespace', given(table.tablespace));
  note('access method', given(table.accessMethod) || given(table.replicaIdentity));
  note('row security', given(table.rowSecurity));
  for (const policy of table.policies) note('policy', true, `policy ${policy.name} on ${path}`);
  const named = (part: Key | CheckConstraint | Exclusion | Index, kind: string) => `${kind} ${part.name ?? '(unnamed)'} of ${path}`;
  for (const column of table.columns) columnFeatures(column, note, `column ${path}.${column.name}`, dialect);
  for (const key of table.keys) {
    const object = named(key, key.kind === 'primary' ? 'primary key' : 'unique key');
    const parts = key.kind === 'primary' ? ['pkey'] : [...columnNames(document, table, key.columns), 'key'];
    keyFeatures(key, note, object, isUsual(key.name, [table.name, ...parts], dialect));
    note('primary key order', key.kind === 'primary' && isReordered(table, key), object);
  }
  for (const index of table.indexes) indexFeatures(index, note, named(index, 'index'));
  for (const check of table.checks) checkFeatures(check, note, named(check, 'check'));
  for (const one of table.exclusions) note('exclusion', true, named(one, 'exclusion'));
}

function relationshipFeatures(document: Document, one: Relationship, found: Found[]): void {
  const note = noterFor(found, recordLabel(document, 'relationships', one));
  if (one.childColumns.length === 0) {
    note('conceptual relationship', true);
    return;
  }
  note('foreign key', true);
  note('remark', filled(one.remarks));
  const child = recordIn(document, 'tables', one.child);
  const names = child === undefined ? [] : [child.name, ...columnNames(document, child, one.childColumns), 'fkey'];
  note('foreign key name', given(one.name) && !isUsual(one.name, names, dialectOf(document)));
  const acts = [one.onDelete, one.onUpdate].some((action) => action !== undefined && action !== 'no action');
  note('foreign key action', acts);
  note('foreign key action columns', filled(one.onDeleteColumns));
  note('foreign key match', given(one.match));
  note('foreign key deferral', given(one.deferral));
  note('residue', filled(one.residue));
  note('foreign key state', one.notValid === true || one.notEnforced === true);
  note('without overlaps', one.period === true);
  note('constraint comment', given(one.comment));
}

function viewFeatures(document: Document, view: View, found: Found[]): void {
  const note = noterFor(found, recordLabel(document, 'views', view));
  note(view.materialized === true ? 'materialized view' : 'view', true);
}

const TYPE_FEATURE = {
  enum: 'enum type',
  domain: 'domain',
  composite: 'composite type',
  range: 'range type',
  written: 'written type',
} as const satisfies Record<string, Feature>;

/** Everything that a document has of what some language cannot say, with the object that has it. */
export function featuresOf(document: Document): readonly Found[] {
  const all: Found[] = [];
  const tables = Object.values(document.tables).filter((table) => table.partitionOf === undefined);
  for (const schema of Object.values(document.schemas)) {
    const note = noterFor(all, recordLabel(document, 'schemas', schema));
    note('schema', schema.implicit !== true);
    note('schema comment', given(schema.comment));
    note('owner', given(schema.owner));
    note('remark', filled(schema.remarks));
    note('residue', filled(schema.residue));
    const empty = schema.implicit !== true && !tables.some((table) => table.schema === schema.id);
    const types = Object.values(document.types).some((type) => type.kind === 'enum' && type.schema === schema.id);
    note('empty schema', empty && !types);
    note('schema of types', empty && types);
  }
  const used = new Set(tables.flatMap((table) => table.columns.flatMap(({ type }) => (type.kind === 'custom' ? [type.type] : []))));
  for (const type of Object.values(document.types)) {
    const note = noterFor(all, recordLabel(document, 'types', type));
    note(TYPE_FEATURE[type.kind], true);
    note('enum type name', type.kind === 'enum');
    note('unused enum type', type.kind === 'enum' && !used.has(type.id));
    note('residue', filled(type.residue));
    note('type comment', given(type.comment));
    note('owner', given(type.owner));
    note('remark', filled(type.remarks));
  }
  for (const table of Object.values(document.tables)) tableFeatures(document, table, all);
  for (const one of Object.values(document.relationships)) relationshipFeatures(document, one, all);
  for (const view of Object.values(document.views)) viewFeatures(document, view, all);
  const rest = [
    ['sequences', 'sequence'],
    ['routines', 'routine'],
    ['triggers', 'trigger'],
    ['verbatim', 'verbatim'],
  ] as const;
  for (const [collection, feature] of rest) {
    for (const record of Object.values(document[collection]))
      all.push({ object: recordLabel(document, collection, record), feature });
  }
  return all;
}
