import type { IdSource } from '#lib/ids.ts';
import { recordIn } from './collections.ts';
import type { ColumnType } from './column-types.ts';
import { defaultSchema, freeName, takeId } from './commands/lookup.ts';
import type { PutRecordsArgs } from './commands/put-records.ts';
import type { KeepName } from './copy.ts';
import type { Box } from './derive/geometry.ts';
import type { CustomType, Document, Id } from './types.ts';

export interface TransplantOptions {
  readonly ids: IdSource;
  readonly diagram: Id;
  /** The diagram that places come from; absent = the one of the same id. */
  readonly from?: Id;
  /** Pixels that copies are moved by, so that they do not hide what they were copied from. */
  readonly offset?: number;
  /** Wished middle of what is brought: it goes to the free place nearest to it. */
  readonly at?: { readonly x: number; readonly y: number };
  /** Tables that only stand for ones the target has: what refers to the first refers to the second. */
  readonly anchors?: ReadonlyMap<Id, Id>;
}

export interface Work {
  readonly from: Document;
  readonly to: Document;
  readonly options: TransplantOptions;
  readonly put: { collection: PutRecordsArgs['put'][number]['collection']; record: PutRecordsArgs['put'][number]['record'] }[];
  /** What became of tables, views, types and their parts. */
  readonly moved: Map<Id, Id>;
  /** Schemas that the target has for those of the source. */
  readonly schemas: Map<Id, Id>;
  /** Names given in this run, so that two copies do not take the same. */
  readonly given: Set<string>;
  /** Ids of records made in this run. */
  readonly ids: Set<Id>;
  /** Where things go on the target's diagram. */
  readonly boxes: ReadonlyMap<Id, Box>;
  readonly by: { readonly x: number; readonly y: number };
}

/** An id that neither the target nor this run has. */
export function newId(work: Work, prefix: string, hint: string): Id {
  const id = takeId(work.to, undefined, () => {
    for (;;) {
      const one = work.options.ids.next(prefix, hint);
      if (!work.ids.has(one)) return one;
    }
  });
  work.ids.add(id);
  return id;
}

/** The schema of the target with the same name; one that it has not comes along. */
export function schemaFor(work: Work, schema: Id): Id {
  const { from, to, put } = work;
  const known = work.schemas.get(schema);
  if (known !== undefined) return known;
  const old = recordIn(from, 'schemas', schema);
  const same = from === to ? old : Object.values(to.schemas).find((one) => one.name === old?.name);
  let id = same?.id ?? defaultSchema(to) ?? schema;
  if (same === undefined && old !== undefined) {
    id = newId(work, 'sch', old.name);
    put.push({ collection: 'schemas', record: { ...old, id } });
  }
  work.schemas.set(schema, id);
  return id;
}

export type Relation = 'tables' | 'views' | 'sequences';

/** Names of types are apart from those of relations, keys and indexes. */
export function nameKey(collection: Relation | 'types', schema: Id, name: string): string {
  return `${collection === 'types' ? 'types' : 'relations'} ${schema}.${name}`;
}

export function isTaken(work: Work, collection: Relation | 'types', schema: Id, name: string): boolean {
  const key = nameKey(collection, schema, name);
  return work.given.has(key) || namesIn(work.to).has(key);
}

const namesMemo = new WeakMap<Document, ReadonlySet<string>>();

/** Every name of a document that a copy cannot take, looked up once: there may be thousands of copies. */
function namesIn(document: Document): ReadonlySet<string> {
  const known = namesMemo.get(document);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const collection of ['tables', 'views', 'sequences', 'types'] as const) {
    for (const one of Object.values(document[collection])) names.add(nameKey(collection, one.schema, one.name));
  }
  namesMemo.set(document, names);
  return names;
}

export function nameFor(work: Work, collection: Relation | 'types', schema: Id, name: string): string {
  const taken = (one: string) => isTaken(work, collection, schema, one);
  const free = taken(name) ? freeName(`${name}_copy`, taken) : name;
  work.given.add(nameKey(collection, schema, free));
  return free;
}

/** A type as the target knows it: the same record, one of the same name, or (last) its bare name. */
export function typeFor(work: Work, type: ColumnType): ColumnType {
  const { from, to } = work;
  if (type.kind === 'other' && type.args === undefined && from !== to) {
    // SQL that names a type which the target has and the text itself does not make.
    const schema = type.schema ?? 'public';
    const same = Object.values(to.types).find(
      (one) => one.name === type.name && recordIn(to, 'schemas', one.schema)?.name === schema,
    );
    return same === undefined ? type : { kind: 'custom', type: same.id, ...(type.dims === undefined ? {} : { dims: type.dims }) };
  }
  if (type.kind !== 'custom') return type;
  const moved = work.moved.get(type.type);
  if (moved !== undefined) return { ...type, type: moved };
  const old = recordIn(from, 'types', type.type);
  if (from === to) return type;
  const rowOf = recordIn(from, 'tables', type.type) ?? recordIn(from, 'views', type.type);
  const same =
    old === undefined ? undefined : Object.values(to.types).find((one) => one.name === old.name && one.kind === old.kind);
  return same === undefined
    ? { kind: 'other', name: old?.name ?? rowOf?.name ?? type.type, ...(type.dims === undefined ? {} : { dims: type.dims }) }
    : { ...type, type: same.id };
}

/** The types that a type is made of. */
function partsOf(type: CustomType): readonly ColumnType[] {
  switch (type.kind) {
    case 'domain':
      return [type.base];
    case 'composite':
      return type.attributes.map((attribute) => attribute.type);
    case 'range':
      return [type.subtype];
    default:
      return [];
  }
}

/** A type of the target's with ids of its own, made of the target's types. */
function copyOfType(work: Work, type: CustomType, id: Id, schema: Id): CustomType {
  const { ids } = work.options;
  switch (type.kind) {
    case 'domain': {
      const checks = type.checks.map((check) => ({ ...check, id: ids.next('chk', check.name ?? type.name) }));
      return { ...type, id, schema, base: typeFor(work, type.base), checks };
    }
    case 'composite': {
      const attributes = type.attributes.map((one) => ({ ...one, id: ids.next('att', one.name), type: typeFor(work, one.type) }));
      return { ...type, id, schema, attributes };
    }
    case 'range':
      return { ...type, id, schema, subtype: typeFor(work, type.subtype) };
    default:
      return { ...type, id, schema };
  }
}

/** Brings a type along that the target has not, and the types it is made of before it. */
export function bringType(work: Work, wanted: ColumnType): void {
  const type = wanted.kind === 'custom' ? recordIn(work.from, 'types', wanted.type) : undefined;
  if (type === undefined || work.from === work.to || work.moved.has(type.id)) return;
  const schema = schemaFor(work, type.schema);
  const same = Object.values(work.to.types).find(
    (one) => one.name === type.name && one.schema === schema && one.kind === type.kind,
  );
  if (same !== undefined) {
    work.moved.set(type.id, same.id);
    return;
  }
  const id = newId(work, 'typ', type.name);
  work.moved.set(type.id, id);
  for (const part of partsOf(type)) bringType(work, part);
  const name = nameFor(work, 'types', schema, type.name);
  work.put.push({ collection: 'types', record: { ...copyOfType(work, type, id, schema), name } });
}

/** Names of parts that the copy can have as well: those of its own, and those nothing in the schema has. */
export function namesKept(work: Work, schema: Id): KeepName {
  if (work.from === work.to) return () => false;
  return (list, name) => {
    if (list === 'checks' || list === 'columns') return true;
    if (isTaken(work, 'tables', schema, name) || partNames(work.to, schema).has(name)) return false;
    work.given.add(nameKey('tables', schema, name));
    return true;
  };
}

const partNameMemo = new WeakMap<Document['tables'], Map<Id, Set<string>>>();

/** Names of keys, exclusions and indexes, which share one space with the tables of their schema. */
function partNames(document: Document, schema: Id): ReadonlySet<string> {
  let all = partNameMemo.get(document.tables);
  if (all === undefined) {
    all = new Map();
    for (const table of Object.values(document.tables)) {
      const names = all.get(table.schema) ?? new Set<string>();
      all.set(table.schema, names);
      for (const part of [...table.keys, ...table.exclusions, ...table.indexes]) if (part.name !== undefined) names.add(part.name);
    }
    partNameMemo.set(document.tables, all);
  }
  return all.get(schema) ?? new Set();
}
