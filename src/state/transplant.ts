import type { IdSource } from '#lib/ids.ts';
import { findRecord, recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import { defaultSchema, freeName, nameProblem } from '#model/commands/lookup.ts';
import type { PutRecordsArgs } from '#model/commands/put-records.ts';
import { copyTable } from '#model/copy.ts';
import { placementId } from '#model/layout-types.ts';
import type { CustomType, Document, Id, Ref, Relationship, Table, View } from '#model/types.ts';

/** Records to put, and which of them the person should see selected. */
export interface Transplant {
  readonly put: PutRecordsArgs['put'];
  readonly refs: readonly Ref[];
}

export interface TransplantOptions {
  readonly ids: IdSource;
  readonly diagram: Id;
  /** Pixels that copies are moved by, so that they do not hide what they were copied from. */
  readonly offset: number;
}

interface Work {
  readonly from: Document;
  readonly to: Document;
  readonly options: TransplantOptions;
  readonly put: { collection: PutRecordsArgs['put'][number]['collection']; record: PutRecordsArgs['put'][number]['record'] }[];
  /** What became of tables, views, types and their parts. */
  readonly moved: Map<Id, Id>;
  /** Names given in this run, so that two copies do not take the same. */
  readonly given: Set<string>;
}

/** The schema of the target with the same name, else its default one. */
function schemaFor({ from, to }: Work, schema: Id): Id {
  const name = recordIn(from, 'schemas', schema)?.name;
  const same = Object.values(to.schemas).find((one) => one.name === name);
  return same?.id ?? defaultSchema(to) ?? schema;
}

function nameFor(work: Work, collection: 'tables' | 'views' | 'types', schema: Id, name: string): string {
  const taken = (one: string) => work.given.has(`${schema}.${one}`) || nameProblem(work.to, collection, one, schema) !== undefined;
  const free = taken(name) ? freeName(`${name}_copy`, taken) : name;
  work.given.add(`${schema}.${free}`);
  return free;
}

/** A type as the target knows it: the same record, one of the same name, or (last) its bare name. */
function typeFor(work: Work, type: ColumnType): ColumnType {
  if (type.kind !== 'custom') return type;
  const moved = work.moved.get(type.type);
  if (moved !== undefined) return { ...type, type: moved };
  const old = recordIn(work.from, 'types', type.type);
  if (work.from === work.to || old === undefined) return type;
  const same = Object.values(work.to.types).find((one) => one.name === old.name && one.kind === old.kind);
  return same === undefined
    ? { kind: 'other', name: old.name, ...(type.dims === undefined ? {} : { dims: type.dims }) }
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
  const id = work.options.ids.next('typ', type.name);
  work.moved.set(type.id, id);
  for (const part of partsOf(type)) bringType(work, part);
  const name = nameFor(work, 'types', schema, type.name);
  work.put.push({ collection: 'types', record: { ...copyOfType(work, type, id, schema), name } });
}

function putPlacement({ from, options, put }: Work, old: Id, id: Id): void {
  const place = recordIn(from, 'placements', placementId(options.diagram, old));
  const x = (place?.x ?? 0) + options.offset;
  const y = (place?.y ?? 0) + options.offset;
  const { diagram } = options;
  put.push({ collection: 'placements', record: { id: placementId(diagram, id), diagram, object: id, x, y } });
}

function putTable(work: Work, table: Table): Id {
  const schema = schemaFor(work, table.schema);
  const name = nameFor(work, 'tables', schema, table.name);
  const id = work.options.ids.next('tbl', name);
  const { table: copy, ids } = copyTable(table, id, name, work.options.ids);
  work.moved.set(table.id, id);
  for (const [old, now] of ids) work.moved.set(old, now);
  const { partitionOf, inherits, ...plain } = copy;
  for (const column of plain.columns) bringType(work, column.type);
  const columns = plain.columns.map((column) => ({ ...column, type: typeFor(work, column.type) }));
  const ancestors = work.from === work.to ? { ...(partitionOf ? { partitionOf } : {}), ...(inherits ? { inherits } : {}) } : {};
  work.put.push({ collection: 'tables', record: { ...plain, ...ancestors, schema, columns } });
  putPlacement(work, table.id, id);
  return id;
}

function putView(work: Work, view: View): Id {
  const schema = schemaFor(work, view.schema);
  const name = nameFor(work, 'views', schema, view.name);
  const id = work.options.ids.next('view', name);
  const indexes = view.indexes.map(({ name: _, ...index }) => ({ ...index, id: work.options.ids.next('idx', name) }));
  work.put.push({ collection: 'views', record: { ...view, id, schema, name, indexes } });
  putPlacement(work, view.id, id);
  return id;
}

/** The relationship between the copies. Its parent may stay where it was when both documents are the same. */
function putRelationship(work: Work, one: Relationship): void {
  const { from, to, moved, put, options } = work;
  const child = moved.get(one.child);
  const parent = moved.get(one.parent) ?? (from === to ? one.parent : undefined);
  if (child === undefined || parent === undefined) return;
  const map = (ids: readonly Id[]) => ids.map((id) => moved.get(id) ?? id);
  const { name: _, realisedBy: __, onDeleteColumns, ...rest } = one;
  put.push({
    collection: 'relationships',
    record: {
      ...rest,
      id: options.ids.next('rel', one.name ?? 'copy'),
      child,
      parent,
      childColumns: map(one.childColumns),
      parentColumns: moved.has(one.parent) ? map(one.parentColumns) : one.parentColumns,
      ...(onDeleteColumns === undefined ? {} : { onDeleteColumns: map(onDeleteColumns) }),
    },
  });
}

/**
 * Copies tables (with the relationships they hold), views, notes and areas of one document into another, or into the
 * same. Names that are taken get `_copy`; types that they need and the target has not come along.
 */
export function transplant(from: Document, to: Document, records: readonly Id[], options: TransplantOptions): Transplant {
  const work: Work = { from, to, options, put: [], moved: new Map(), given: new Set() };
  const refs: Ref[] = [];
  const tables = records.flatMap((id) => recordIn(from, 'tables', id) ?? []);
  for (const table of tables) refs.push({ record: putTable(work, table) });
  for (const id of records) {
    const view = recordIn(from, 'views', id);
    if (view !== undefined) refs.push({ record: putView(work, view) });
    const found = findRecord(from, id);
    if (found?.collection !== 'notes' && found?.collection !== 'areas') continue;
    const box = found.record as Document['notes'][string] | Document['areas'][string];
    const copy = { ...box, id: options.ids.next(found.collection === 'notes' ? 'note' : 'area', 'copy'), diagram: options.diagram };
    work.put.push({ collection: found.collection, record: { ...copy, x: box.x + options.offset, y: box.y + options.offset } });
    refs.push({ record: copy.id });
  }
  for (const one of Object.values(from.relationships)) if (work.moved.has(one.child)) putRelationship(work, one);
  return { put: work.put, refs };
}
