import * as v from 'valibot';
import type { IdSource } from '#lib/ids.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { recordIn } from './collections.ts';
import type { ColumnType } from './column-types.ts';
import { typeAsName } from './commands/cascade.ts';
import { defaultSchema, freeName, nameProblem, takeId } from './commands/lookup.ts';
import type { PutRecordsArgs } from './commands/put-records.ts';
import { copyTable } from './copy.ts';
import { ancestorsOf, columnsOf } from './derive/columns.ts';
import { parseJson } from './format/json.ts';
import { RECORD_SCHEMAS } from './format/schemas.ts';
import { MAIN_DIAGRAM, placementId } from './layout-types.ts';
import type { CustomType, Document, Id, Relationship, Table } from './types.ts';

const FRAGMENT = 'crowfoot-fragment';

const fragmentSchema = v.strictObject({
  format: v.literal(FRAGMENT),
  version: v.literal(1),
  tables: v.pipe(v.array(RECORD_SCHEMAS.tables), v.maxLength(1000)),
  relationships: v.pipe(v.array(RECORD_SCHEMAS.relationships), v.maxLength(10_000)),
  types: v.pipe(v.array(RECORD_SCHEMAS.types), v.maxLength(1000)),
  places: v.pipe(
    v.array(v.strictObject({ object: v.string(), x: v.pipe(v.number(), v.finite()), y: v.pipe(v.number(), v.finite()) })),
    v.maxLength(1000),
  ),
});

/** Tables with what belongs to them, as they travel through the clipboard. */
export interface Fragment {
  readonly tables: readonly Table[];
  /** Between the tables, or from one of them to a table that stays where it is. */
  readonly relationships: readonly Relationship[];
  /** Types that columns of the tables use. */
  readonly types: readonly CustomType[];
  /** Places relative to the top left one, in canvas pixels. */
  readonly places: readonly { readonly object: Id; readonly x: number; readonly y: number }[];
}

/** The text to put on the clipboard for these tables; undefined when none of them exists. */
export function copyText(document: Document, ids: readonly Id[], diagram: Id = MAIN_DIAGRAM): string | undefined {
  const tables = [...new Set(ids)]
    .flatMap((id) => recordIn(document, 'tables', id) ?? [])
    .map((table) => standalone(document, table));
  if (tables.length === 0) return undefined;
  const inside = new Set(tables.map((table) => table.id));
  const types = usedTypes(document, tables);
  const known = new Set([...types.map((type) => type.id), ...inside]);
  const placed = tables.flatMap((table) => recordIn(document, 'placements', placementId(diagram, table.id)) ?? []);
  const [left, top] = [Math.min(...placed.map((one) => one.x)), Math.min(...placed.map((one) => one.y))];
  return JSON.stringify({
    format: FRAGMENT,
    version: 1,
    tables: tables.map((table) => withTypes(table, (type) => (known.has(idOf(type)) ? type : typeAsName(document, type)))),
    relationships: Object.values(document.relationships)
      .filter((one) => inside.has(one.child) && !one.manyToMany)
      .map(({ realisedBy: _, ...one }) => one),
    types,
    places: placed.map((one) => ({ object: one.object, x: one.x - left, y: one.y - top })),
  });
}

function idOf(type: ColumnType): Id {
  return type.kind === 'custom' ? type.type : '';
}

function withTypes(table: Table, change: (type: ColumnType) => ColumnType): Table {
  const columns = table.columns.map((column) =>
    column.type.kind === 'custom' ? { ...column, type: change(column.type) } : column,
  );
  return { ...table, columns };
}

/** A table that stands without its ancestors: what it inherits becomes its own. */
function standalone(document: Document, table: Table): Table {
  if (ancestorsOf(table).length === 0) return table;
  const { partitionOf: _, inherits: __, ...rest } = table;
  return { ...rest, columns: columnsOf(document, table) };
}

/** The enums and domains (over plain types) that columns use; other types travel by name. */
function usedTypes(document: Document, tables: readonly Table[]): readonly CustomType[] {
  const ids = new Set(tables.flatMap((table) => table.columns.map((column) => idOf(column.type))));
  return [...ids].flatMap((id) => {
    const type = recordIn(document, 'types', id);
    if (type === undefined) return [];
    const plain = type.kind === 'enum' || (type.kind === 'domain' && type.base.kind !== 'custom');
    return plain ? [type] : [];
  });
}

/** Reads what the clipboard holds; `not-fragment` when it is something else. */
export function parseFragment(text: string): Result<Fragment> {
  if (!text.includes(FRAGMENT)) return err('not-fragment', 'The clipboard holds no tables.');
  const json = parseJson(text);
  if (!json.ok) return json;
  const read = v.safeParse(fragmentSchema, json.value, { abortEarly: true });
  if (!read.success) return err('not-fragment', `The clipboard holds no tables that can be read (${read.issues[0].message}).`);
  return ok(read.output);
}

export interface PasteInto {
  readonly diagram?: Id;
  /** Where the top left table goes, in canvas pixels. */
  readonly x: number;
  readonly y: number;
  /** Absent = the default schema. */
  readonly schema?: Id;
}

/**
 * The arguments of `putRecords` that paste a fragment: new ids for everything, free names for the tables, types of the same
 * name and kind taken as the same. Relationships whose other end is not in the document are left out.
 */
export function pasteArgs(document: Document, fragment: Fragment, ids: IdSource, into: PasteInto): Result<PutRecordsArgs> {
  const schema = into.schema ?? defaultSchema(document);
  if (schema === undefined) return err('no-schema', 'The model has no schema: add one first.');
  const put: PutRecordsArgs['put'][number][] = [];
  const types = pasteTypes(document, fragment.types, ids, schema, put);
  const tables = new Map<Id, Id>();
  for (const table of fragment.tables)
    tables.set(
      table.id,
      takeId(document, undefined, () => ids.next('tbl', table.name)),
    );
  const columns = new Map<Id, ReadonlyMap<Id, Id>>();
  const taken = new Set<string>();
  for (const table of fragment.tables) {
    const id = tables.get(table.id) as Id;
    const name = freeName(table.name, (one) => taken.has(one) || nameProblem(document, 'tables', one, schema) !== undefined);
    taken.add(name);
    const copied = copyTable(table, id, name, ids);
    columns.set(table.id, copied.ids);
    const { partitionOf: _, inherits: __, ...bare } = copied.table;
    const record = withTypes({ ...bare, schema }, (type) => pastedType(document, type, types, tables));
    put.push({ collection: 'tables', record });
  }
  for (const one of fragment.relationships) {
    const record = pasteRelationship(document, one, ids, tables, columns);
    if (record !== undefined) put.push({ collection: 'relationships', record });
  }
  const diagram = into.diagram ?? MAIN_DIAGRAM;
  for (const { object, x, y } of fragment.places) {
    const table = tables.get(object);
    if (table === undefined) continue;
    const place = { id: placementId(diagram, table), diagram, object: table, x: Math.round(into.x + x), y: Math.round(into.y + y) };
    put.push({ collection: 'placements', record: place });
  }
  return ok({ label: `Paste ${fragment.tables.length === 1 ? 'a table' : `${fragment.tables.length} tables`}`, put });
}

function pasteTypes(
  document: Document,
  types: readonly CustomType[],
  ids: IdSource,
  schema: Id,
  put: PutRecordsArgs['put'][number][],
): ReadonlyMap<Id, Id> {
  const known = new Map<Id, Id>();
  for (const type of types) {
    const same = Object.values(document.types).find((one) => one.name === type.name && one.kind === type.kind);
    const id = same?.id ?? takeId(document, undefined, () => ids.next('typ', type.name));
    known.set(type.id, id);
    if (same === undefined) put.push({ collection: 'types', record: { ...type, id, schema } });
  }
  return known;
}

function pastedType(document: Document, type: ColumnType, types: ReadonlyMap<Id, Id>, tables: ReadonlyMap<Id, Id>): ColumnType {
  if (type.kind !== 'custom') return type;
  const id = types.get(type.type) ?? tables.get(type.type);
  return id === undefined ? typeAsName(document, type) : { ...type, type: id };
}

function pasteRelationship(
  document: Document,
  one: Relationship,
  ids: IdSource,
  tables: ReadonlyMap<Id, Id>,
  columns: ReadonlyMap<Id, ReadonlyMap<Id, Id>>,
): Relationship | undefined {
  const child = tables.get(one.child);
  const outside = recordIn(document, 'tables', one.parent);
  const parent = tables.get(one.parent) ?? outside?.id;
  if (child === undefined || parent === undefined) return undefined;
  const mapped = (table: Id, list: readonly Id[]) => list.map((id) => columns.get(table)?.get(id) ?? id);
  const there = new Set(outside === undefined ? [] : columnsOf(document, outside).map((column) => column.id));
  if (!tables.has(one.parent) && one.parentColumns.some((id) => !there.has(id))) return undefined;
  const { realisedBy: _, ...rest } = one;
  return {
    ...rest,
    id: takeId(document, undefined, () => ids.next('rel', one.name ?? 'pasted')),
    child,
    parent,
    childColumns: mapped(one.child, one.childColumns),
    parentColumns: mapped(one.parent, one.parentColumns),
    ...(one.onDeleteColumns === undefined ? {} : { onDeleteColumns: mapped(one.child, one.onDeleteColumns) }),
  };
}
