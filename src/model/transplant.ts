import { boundsOf, Grid } from '#lib/grid.ts';
import type { IdSource } from '#lib/ids.ts';
import { findRecord, recordIn } from './collections.ts';
import type { PutRecordsArgs } from './commands/put-records.ts';
import { copyTable } from './copy.ts';
import { ancestorsOf, columnsOf } from './derive/columns.ts';
import type { Box } from './derive/geometry.ts';
import { boxesOf, freeSpot, GAP } from './derive/place.ts';
import { placementId, wholePixel } from './layout-types.ts';
import {
  bringType,
  isTaken,
  nameFor,
  nameKey,
  namesKept,
  newId,
  schemaFor,
  type TransplantOptions,
  typeFor,
  type Work,
} from './transplant-work.ts';
import type { Document, Id, Ref, Table, View } from './types.ts';

/** Records to put, and which of them the person should see selected. */
export interface Transplant {
  readonly put: PutRecordsArgs['put'];
  readonly refs: readonly Ref[];
}

function putPlacement(work: Work, old: Id, id: Id): void {
  const { from, options, put, boxes, by } = work;
  const box = boxes.get(old);
  const { diagram } = options;
  if (recordIn(work.to, 'diagrams', diagram) === undefined) return;
  const place = recordIn(from, 'placements', placementId(options.from ?? diagram, old));
  const { pinned: _, ...looks } = place ?? { object: id };
  const x = wholePixel((box?.x ?? 0) + by.x);
  const y = wholePixel((box?.y ?? 0) + by.y);
  put.push({ collection: 'placements', record: { ...looks, id: placementId(diagram, id), diagram, object: id, x, y } });
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

/** So many objects are no longer fitted between others. */
const MANY = 24;

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
  const wished = { x: at.x - width / 2, y: at.y - height / 2, width, height };
  const bounds = boundsOf([...taken.entries()].map(([, rect]) => rect));
  // Looking for a hole of the size of many tables takes long, and finds none: they go beside what is there.
  const beside = boxes.size > MANY && bounds !== undefined && taken.query(wished, 1).length > 0;
  const spot = beside ? { x: bounds.x + bounds.width + 2 * GAP.x, y: bounds.y } : freeSpot(taken, { width, height }, at);
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
    const moved = { ...copy, x: wholePixel(box.x + work.by.x), y: wholePixel(box.y + work.by.y) };
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
