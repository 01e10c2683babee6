import { Grid } from '#lib/grid.ts';
import type { IdSource } from '#lib/ids.ts';
import { findRecord, recordIn } from './collections.ts';
import type { ColumnType } from './column-types.ts';
import { defaultSchema, freeName, nameProblem, takeId } from './commands/lookup.ts';
import type { PutRecordsArgs } from './commands/put-records.ts';
import { copyTable, type KeepName } from './copy.ts';
import { ancestorsOf, columnsOf } from './derive/columns.ts';
import type { Box } from './derive/geometry.ts';
import { boxesOf, freeSpot } from './derive/place.ts';
import { placementId } from './layout-types.ts';
import type { CustomType, Document, Id, Ref, Table, View } from './types.ts';

/** Records to put, and which of them the person should see selected. */
export interface Transplant {
  readonly put: PutRecordsArgs['put'];
  readonly refs: readonly Ref[];
}

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

interface Work {
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
function newId(work: Work, prefix: string, hint: string): Id {
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
function schemaFor(work: Work, schema: Id): Id {
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

type Relation = 'tables' | 'views' | 'sequences';

/** Names of types are apart from those of relations, keys and indexes. */
function nameKey(collection: Relation | 'types', schema: Id, name: string): string {
  return `${collection === 'types' ? 'types' : 'relations'} ${schema}.${name}`;
}

function isTaken(work: Work, collection: Relation | 'types', schema: Id, name: string): boolean {
  return work.given.has(nameKey(collection, schema, name)) || nameProblem(work.to, collection, name, schema) !== undefined;
}

function nameFor(work: Work, collection: Relation | 'types', schema: Id, name: string): string {
  const taken = (one: string) => isTaken(work, collection, schema, one);
  const free = taken(name) ? freeName(`${name}_copy`, taken) : name;
  work.given.add(nameKey(collection, schema, free));
  return free;
}

/** A type as the target knows it: the same record, one of the same name, or (last) its bare name. */
function typeFor(work: Work, type: ColumnType): ColumnType {
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
function bringType(work: Work, wanted: ColumnType): void {
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

function putPlacement(work: Work, old: Id, id: Id): void {
  const { from, options, put, boxes, by } = work;
  const box = boxes.get(old);
  const { diagram } = options;
  if (recordIn(work.to, 'diagrams', diagram) === undefined) return;
  const place = recordIn(from, 'placements', placementId(options.from ?? diagram, old));
  const { pinned: _, ...looks } = place ?? { object: id };
  const x = Math.round((box?.x ?? 0) + by.x);
  const y = Math.round((box?.y ?? 0) + by.y);
  put.push({ collection: 'placements', record: { ...looks, id: placementId(diagram, id), diagram, object: id, x, y } });
}

/** Names of parts that the copy can have as well: those of its own, and those nothing in the schema has. */
function namesKept(work: Work, schema: Id): KeepName {
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

/** A table that takes columns from one that stays behind has them itself. */
function standalone(work: Work, table: Table): Table {
  if (work.from === work.to || ancestorsOf(table).every((id) => work.moved.has(id))) return table;
  const { partitionOf: _, inherits: __, ...rest } = table;
  return {
    ...rest,
    keys: table.keys.map(({ attachedTo: ___, ...key }) => key),
    indexes: table.indexes.map(({ attachedTo: ___, ...index }) => index),
    columns: columnsOf(work.from, table),
  };
}

function putTable(work: Work, given: Table, id: Id): void {
  const table = standalone(work, given);
  const schema = schemaFor(work, table.schema);
  const name = nameFor(work, 'tables', schema, table.name);
  const { table: copy, ids } = copyTable(table, id, name, work.options.ids, namesKept(work, schema));
  for (const [old, now] of ids) work.moved.set(old, now);
  const { partitionOf, inherits, ...plain } = copy;
  for (const column of plain.columns) bringType(work, column.type);
  const columns = plain.columns.map((column) => ({ ...column, type: typeFor(work, column.type) }));
  const to = (one: Id) => work.moved.get(one) ?? one;
  const ancestors = {
    ...(partitionOf === undefined
      ? {}
      : { partitionOf: { ...partitionOf, parent: work.from === work.to ? partitionOf.parent : to(partitionOf.parent) } }),
    ...(inherits === undefined ? {} : { inherits: work.from === work.to ? inherits : inherits.map(to) }),
  };
  const indexes = plain.indexes.map((index, at) => {
    const old = table.indexes[at]?.attachedTo;
    return old === undefined || work.from === work.to ? index : { ...index, attachedTo: to(old) };
  });
  work.put.push({
    collection: 'tables',
    record: { ...remapped(work, plain), ...ancestors, schema, columns, indexes: remapped(work, { ...plain, indexes }).indexes },
  });
  if (partitionOf === undefined) putPlacement(work, given.id, id);
}

/** Parts that name columns of ancestors, which have other ids in the target. */
function remapped<T extends Pick<Table, 'columns' | 'keys' | 'indexes' | 'exclusions' | 'dependencies' | 'partitioning'>>(
  work: Work,
  table: T,
): T {
  if (work.from === work.to) return table;
  const own = new Set(table.columns.map((column) => column.id));
  const to = (one: Id) => (own.has(one) ? one : (work.moved.get(one) ?? one));
  const element = <E extends { readonly column?: Id }>(one: E): E =>
    one.column === undefined ? one : { ...one, column: to(one.column) };
  const include = (part: { readonly include?: readonly Id[] }) =>
    part.include === undefined ? {} : { include: part.include.map(to) };
  return {
    ...table,
    keys: table.keys.map((key) => ({ ...key, columns: key.columns.map(to), ...include(key) })),
    indexes: table.indexes.map((one) => ({ ...one, elements: one.elements.map(element), ...include(one) })),
    exclusions: table.exclusions.map((one) => ({ ...one, elements: one.elements.map(element), ...include(one) })),
    dependencies: table.dependencies.map((one) => ({
      ...one,
      determinant: one.determinant.map(to),
      dependent: one.dependent.map(to),
    })),
    ...(table.partitioning === undefined
      ? {}
      : { partitioning: { ...table.partitioning, elements: table.partitioning.elements.map(element) } }),
  };
}

function putView(work: Work, view: View): Id {
  const schema = schemaFor(work, view.schema);
  const name = nameFor(work, 'views', schema, view.name);
  const id = newId(work, 'view', name);
  const keep = namesKept(work, schema);
  const indexes = view.indexes.map(({ name: old, ...index }) => ({
    ...index,
    id: work.options.ids.next('idx', name),
    ...(old !== undefined && keep('indexes', old) ? { name: old } : {}),
  }));
  work.moved.set(view.id, id);
  work.put.push({ collection: 'views', record: { ...view, id, schema, name, indexes } });
  putPlacement(work, view.id, id);
  return id;
}

/** The relationships among the copies. A parent may stay where it was when both documents are the same. */
function putRelationships(work: Work): void {
  const { from, to, moved, put, options } = work;
  const present = (id: Id) => moved.get(id) ?? (from === to ? id : undefined);
  const brought = Object.values(from.relationships).filter(
    (one) => moved.has(one.child) && present(one.parent) !== undefined && options.anchors?.has(one.child) !== true,
  );
  const ids = new Map(brought.map((one) => [one.id, newId(work, 'rel', one.name ?? 'copy')]));
  const map = (list: readonly Id[]) => list.map((id) => moved.get(id) ?? id);
  for (const one of brought) {
    const { name, realisedBy, onDeleteColumns, ...rest } = one;
    const realises = from === to ? [] : (realisedBy ?? []).flatMap((id) => ids.get(id) ?? moved.get(id) ?? []);
    put.push({
      collection: 'relationships',
      record: {
        ...rest,
        ...(name === undefined || from === to ? {} : { name }),
        ...(realises.length === 0 ? {} : { realisedBy: realises }),
        id: ids.get(one.id) as Id,
        child: moved.get(one.child) as Id,
        parent: present(one.parent) as Id,
        childColumns: map(one.childColumns),
        parentColumns: moved.has(one.parent) ? map(one.parentColumns) : one.parentColumns,
        ...(onDeleteColumns === undefined ? {} : { onDeleteColumns: map(onDeleteColumns) }),
      },
    });
  }
}

/** What belongs to the copied tables in another document: sequences of their columns, triggers with the routines they call. */
function putBelongings(work: Work): void {
  const { from, to, moved, put, options } = work;
  if (from === to) return;
  const is = (id: Id) => moved.has(id) && options.anchors?.has(id) !== true;
  for (const one of Object.values(from.sequences)) {
    if (one.ownedBy === undefined || !is(one.ownedBy.table)) continue;
    const schema = schemaFor(work, one.schema);
    // A default names its sequence in SQL: one of the name that is there is the one it means.
    if (isTaken(work, 'sequences', schema, one.name)) continue;
    work.given.add(nameKey('sequences', schema, one.name));
    const ownedBy = { table: moved.get(one.ownedBy.table) ?? '', column: moved.get(one.ownedBy.column) ?? one.ownedBy.column };
    put.push({ collection: 'sequences', record: { ...one, id: newId(work, 'seq', one.name), schema, ownedBy } });
  }
  const called = Object.values(from.triggers).filter((one) => is(one.on));
  for (const one of Object.values(from.routines)) {
    if (!called.some((trigger) => trigger.execute.includes(one.name))) continue;
    const schema = schemaFor(work, one.schema);
    if (Object.values(to.routines).some((other) => other.schema === schema && other.name === one.name)) continue;
    put.push({ collection: 'routines', record: { ...one, id: newId(work, 'fn', one.name), schema } });
  }
  for (const one of called) {
    const { constraintFrom, updateOf, ...rest } = one;
    const from_ = constraintFrom === undefined ? undefined : moved.get(constraintFrom);
    put.push({
      collection: 'triggers',
      record: {
        ...rest,
        id: newId(work, 'trg', one.name),
        on: moved.get(one.on) ?? '',
        ...(from_ === undefined ? {} : { constraintFrom: from_ }),
        ...(updateOf === undefined ? {} : { updateOf: updateOf.map((id) => moved.get(id) ?? id) }),
      },
    });
  }
}

type Boxed = Document['notes'][string] | Document['areas'][string];

function boxedRecord(document: Document, id: Id): { collection: 'notes' | 'areas'; record: Boxed } | undefined {
  const found = findRecord(document, id);
  if (found?.collection !== 'notes' && found?.collection !== 'areas') return undefined;
  return { collection: found.collection, record: found.record as Boxed };
}

/** Where what is brought stands in the source, and by how much it has to move to a free place. */
function placesOf(from: Document, to: Document, records: readonly Id[], options: TransplantOptions): Pick<Work, 'boxes' | 'by'> {
  const source = boxesOf(from, options.from ?? options.diagram);
  const boxes = new Map<Id, Box>();
  for (const id of records) {
    const box = source.get(id) ?? boxedRecord(from, id)?.record;
    if (box !== undefined) boxes.set(id, box);
  }
  const { offset = 0, at } = options;
  if (at === undefined || boxes.size === 0) return { boxes, by: { x: offset, y: offset } };
  const all = [...boxes.values()];
  const left = Math.min(...all.map((box) => box.x));
  const top = Math.min(...all.map((box) => box.y));
  const width = Math.max(...all.map((box) => box.x + box.width)) - left;
  const height = Math.max(...all.map((box) => box.y + box.height)) - top;
  const taken = new Grid();
  for (const [id, box] of boxesOf(to, options.diagram)) taken.set(id, box);
  for (const note of Object.values(to.notes)) if (note.diagram === options.diagram) taken.set(note.id, note);
  const spot = freeSpot(taken, { width, height }, at);
  return { boxes, by: { x: spot.x - left, y: spot.y - top } };
}

/** Ancestors before those that take columns from them. */
function inOrder(document: Document, records: readonly Id[]): readonly Table[] {
  const chosen = new Set(records);
  const done = new Set<Id>();
  const sorted: Table[] = [];
  const visit = (id: Id) => {
    const table = recordIn(document, 'tables', id);
    if (table === undefined || done.has(id) || !chosen.has(id)) return;
    done.add(id);
    for (const ancestor of ancestorsOf(table)) visit(ancestor);
    sorted.push(table);
  };
  for (const id of records) visit(id);
  return sorted;
}

/**
 * Copies tables (with the relationships they hold and what belongs to them), views, types, notes and areas of one document
 * into another, or into the same. Names that are taken get `_copy`; types and schemas that they need and the target has
 * not come along.
 */
export function transplant(from: Document, to: Document, records: readonly Id[], options: TransplantOptions): Transplant {
  const places = placesOf(from, to, records, options);
  const work: Work = {
    from,
    to,
    options,
    put: [],
    moved: new Map(),
    schemas: new Map(),
    given: new Set(),
    ids: new Set(),
    ...places,
  };
  const refs: Ref[] = [];
  for (const [old, now] of options.anchors ?? []) anchor(work, old, now);
  for (const id of records) if (recordIn(from, 'types', id) !== undefined) bringType(work, { kind: 'custom', type: id });
  const tables = inOrder(from, records);
  for (const { id, name } of tables) work.moved.set(id, newId(work, 'tbl', name));
  for (const table of tables) {
    const id = work.moved.get(table.id) as Id;
    putTable(work, table, id);
    refs.push({ record: id });
  }
  for (const id of records) {
    const view = recordIn(from, 'views', id);
    if (view !== undefined) refs.push({ record: putView(work, view) });
    const boxed = boxedRecord(from, id);
    if (boxed === undefined || recordIn(to, 'diagrams', options.diagram) === undefined) continue;
    const { record: box, collection } = boxed;
    const copy = { ...box, id: newId(work, collection === 'notes' ? 'note' : 'area', 'copy'), diagram: options.diagram };
    const moved = { ...copy, x: Math.round(box.x + work.by.x), y: Math.round(box.y + work.by.y) };
    work.put.push({ collection, record: moved });
    refs.push({ record: copy.id });
  }
  putRelationships(work);
  putBelongings(work);
  return { put: work.put, refs };
}

/** A table of the target, and its columns by name, in place of one of the source. */
function anchor(work: Work, old: Id, now: Id): void {
  const [source, target] = [recordIn(work.from, 'tables', old), recordIn(work.to, 'tables', now)];
  if (source === undefined || target === undefined) return;
  work.moved.set(old, now);
  const columns = new Map(columnsOf(work.to, target).map((column) => [column.name, column.id]));
  for (const column of columnsOf(work.from, source)) {
    const id = columns.get(column.name);
    if (id !== undefined) work.moved.set(column.id, id);
  }
}

/** Columns of a clip with types of the target, and the types that have to come along with them. */
export function columnsFor(
  from: Document,
  to: Document,
  ids: IdSource,
  diagram: Id,
): { readonly columns: readonly Omit<Table['columns'][number], 'id'>[] } & Pick<Transplant, 'put'> {
  const work: Work = {
    from,
    to,
    options: { ids, diagram },
    put: [],
    moved: new Map(),
    schemas: new Map(),
    given: new Set(),
    ids: new Set(),
    boxes: new Map(),
    by: { x: 0, y: 0 },
  };
  const columns = Object.values(from.tables).flatMap((table) =>
    table.columns.map((column) => {
      bringType(work, column.type);
      const { id: _, notNullName: __, ...rest } = column;
      return { ...rest, type: typeFor(work, column.type) };
    }),
  );
  return { columns, put: work.put };
}
