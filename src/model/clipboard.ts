import type { Result } from '#lib/result.ts';
import { err, ok } from '#lib/result.ts';
import { COLLECTIONS, recordIn } from './collections.ts';
import type { ColumnType } from './column-types.ts';
import { emptyDocument } from './create.ts';
import { ancestorsOf, columnsOf } from './derive/columns.ts';
import { boxesOf } from './derive/place.ts';
import { parseJson } from './format/json.ts';
import { parseDocument } from './format/parse.ts';
import { serialize } from './format/serialize.ts';
import { MAIN_DIAGRAM, placementId } from './layout-types.ts';
import type { AnyRecord, Document, Id, Ref, Table } from './types.ts';

/** What travels through the clipboard: whole objects, or columns to be put into another table. */
export interface Clip {
  readonly kind: 'objects' | 'columns';
  /** A document of nothing but what was copied, placed on its main diagram. */
  readonly document: Document;
}

const FORMAT = 'crowfoot-clipboard';
const VERSION = 1;
/** Characters of a clipboard that is looked at; a model of thousands of tables is well below. */
const LIMIT = 60_000_000;

const NOTHING = Object.fromEntries(COLLECTIONS.map(({ name }) => [name, {}])) as unknown as Document;

type Parts = { -readonly [C in keyof Document]: Record<Id, AnyRecord> };

class Excerpt {
  readonly #from: Document;
  readonly #chosen: ReadonlySet<Id>;
  readonly #parts = { ...NOTHING } as unknown as Parts;

  constructor(from: Document, chosen: ReadonlySet<Id>) {
    this.#from = from;
    this.#chosen = chosen;
    for (const name of Object.keys(this.#parts) as (keyof Document)[]) this.#parts[name] = {};
  }

  put(collection: keyof Document, record: AnyRecord): void {
    this.#parts[collection][record.id] = record;
    if ('schema' in record && typeof record.schema === 'string') this.#schema(record.schema);
  }

  has(collection: keyof Document, id: Id): boolean {
    return Object.hasOwn(this.#parts[collection], id);
  }

  #schema(id: Id): void {
    const schema = recordIn(this.#from, 'schemas', id);
    if (schema !== undefined) this.#parts.schemas[id] = schema;
  }

  /** A table that stands without ancestors that stay behind: what it inherits from them is its own. */
  table(table: Table): void {
    const stay = ancestorsOf(table).filter((id) => !this.#chosen.has(id));
    if (stay.length === 0) this.put('tables', table);
    else {
      const { partitionOf: _, inherits: __, ...rest } = table;
      const indexes = table.indexes.map(({ attachedTo: ___, ...index }) => index);
      const keys = table.keys.map(({ attachedTo: ___, ...key }) => key);
      this.put('tables', { ...rest, keys, indexes, columns: columnsOf(this.#from, table) });
    }
    for (const column of columnsOf(this.#from, table)) this.type(column.type);
  }

  /** A type of the document, with the types it is made of. A row type of a table that stays behind is left as it is. */
  type(wanted: ColumnType): void {
    const type = wanted.kind === 'custom' ? recordIn(this.#from, 'types', wanted.type) : undefined;
    if (type === undefined || this.has('types', type.id)) return;
    this.put('types', type);
    if (type.kind === 'domain') this.type(type.base);
    else if (type.kind === 'range') this.type(type.subtype);
    else if (type.kind === 'composite') for (const attribute of type.attributes) this.type(attribute.type);
  }

  /** What belongs to the chosen tables and nobody else: sequences of their columns, triggers and what they call. */
  belongings(): void {
    const { sequences, triggers, routines, relationships } = this.#from;
    const among = Object.values(relationships).filter((one) => this.has('tables', one.child) && this.has('tables', one.parent));
    const links = new Set(among.map((one) => one.id));
    for (const one of among) {
      const { realisedBy, ...rest } = one;
      const kept = realisedBy?.filter((id) => this.#chosen.has(id) || links.has(id)) ?? [];
      this.put('relationships', kept.length === 0 ? rest : { ...rest, realisedBy: kept });
    }
    for (const one of Object.values(sequences))
      if (one.ownedBy !== undefined && this.has('tables', one.ownedBy.table)) this.put('sequences', one);
    for (const one of Object.values(triggers)) {
      if (!this.has('tables', one.on) && !this.has('views', one.on)) continue;
      const { constraintFrom, ...rest } = one;
      this.put('triggers', constraintFrom !== undefined && this.has('tables', constraintFrom) ? one : rest);
      const called = /([^.\s"]+|"(?:[^"]|"")*")\s*\(/.exec(one.execute)?.[1]?.replaceAll('"', '');
      for (const routine of Object.values(routines)) if (routine.name === called) this.put('routines', routine);
    }
  }

  /** Types of routines' and others' records are not followed; what still names something that stays behind is loosened. */
  document(diagram: Id): Document {
    const base = emptyDocument('Clipboard', this.#from.settings['settings']?.version ?? 18);
    const made = { ...(this.#parts as unknown as Document), settings: base.settings, diagrams: base.diagrams };
    const schemas = Object.keys(made.schemas).length === 0 ? base.schemas : made.schemas;
    return { ...made, schemas, placements: this.#placements(diagram) };
  }

  #placements(diagram: Id): Document['placements'] {
    const { tables, views } = this.#parts;
    const ids = [...Object.keys(tables), ...Object.keys(views)];
    if (ids.length === 0) return {};
    const boxes = boxesOf(this.#from, diagram);
    const placed = ids.flatMap((object) => {
      const box = boxes.get(object);
      if (box === undefined) return [];
      const old = recordIn(this.#from, 'placements', placementId(diagram, object));
      const id = placementId(MAIN_DIAGRAM, object);
      return [[id, { ...(old ?? { object, x: box.x, y: box.y }), id, diagram: MAIN_DIAGRAM }]];
    });
    return Object.fromEntries(placed) as Document['placements'];
  }
}

/** Custom types of what stays behind (row types of tables) as their names. */
function loosened(document: Document, from: Document): Document {
  const lost = (type: ColumnType) =>
    type.kind === 'custom' &&
    !Object.hasOwn(document.types, type.type) &&
    !Object.hasOwn(document.tables, type.type) &&
    !Object.hasOwn(document.views, type.type);
  const tables = Object.fromEntries(
    Object.entries(document.tables).map(([id, table]) => {
      if (!table.columns.some((column) => lost(column.type))) return [id, table];
      const columns = table.columns.map((column) => (lost(column.type) ? { ...column, type: named(from, column.type) } : column));
      return [id, { ...table, columns }];
    }),
  );
  return { ...document, tables };
}

function named(from: Document, type: ColumnType): ColumnType {
  if (type.kind !== 'custom') return type;
  const found = recordIn(from, 'tables', type.type) ?? recordIn(from, 'views', type.type);
  return { kind: 'other', name: found?.name ?? type.type, ...(type.dims === undefined ? {} : { dims: type.dims }) };
}

/**
 * What is copied of a document: whole tables, views, notes and areas with what belongs to them alone (types, owned
 * sequences, triggers, the relationships among them); or columns, when nothing but columns is selected.
 * @returns undefined when nothing of it can be copied.
 */
export function clipOf(document: Document, refs: readonly Ref[], diagram: Id): Clip | undefined {
  const whole = new Set(refs.filter((ref) => ref.part === undefined).map((ref) => ref.record));
  const excerpt = new Excerpt(document, whole);
  for (const id of whole) {
    const table = recordIn(document, 'tables', id);
    if (table !== undefined) excerpt.table(table);
    const view = recordIn(document, 'views', id);
    if (view !== undefined) excerpt.put('views', view);
    const type = recordIn(document, 'types', id);
    if (type !== undefined) excerpt.type({ kind: 'custom', type: id });
    const note = recordIn(document, 'notes', id);
    if (note !== undefined) excerpt.put('notes', { ...note, diagram: MAIN_DIAGRAM });
    const area = recordIn(document, 'areas', id);
    if (area !== undefined) excerpt.put('areas', { ...area, diagram: MAIN_DIAGRAM });
  }
  excerpt.belongings();
  const copied = loosened(excerpt.document(diagram), document);
  const any = [copied.tables, copied.views, copied.types, copied.notes, copied.areas].some(
    (records) => Object.keys(records).length > 0,
  );
  if (any) return { kind: 'objects', document: copied };
  return columnClip(document, refs);
}

/** Selected columns in tables that hold nothing else. */
function columnClip(document: Document, refs: readonly Ref[]): Clip | undefined {
  const excerpt = new Excerpt(document, new Set());
  for (const table of Object.values(document.tables)) {
    const parts = new Set(refs.flatMap((ref) => (ref.record === table.id && ref.part !== undefined ? [ref.part] : [])));
    const columns = table.columns.filter((column) => parts.has(column.id));
    if (columns.length === 0) continue;
    const { id, schema, name } = table;
    const bare = { id, schema, name, columns, keys: [], exclusions: [], checks: [], indexes: [], policies: [], dependencies: [] };
    excerpt.table(bare);
  }
  const copied = loosened(excerpt.document(MAIN_DIAGRAM), document);
  return Object.keys(copied.tables).length === 0 ? undefined : { kind: 'columns', document: { ...copied, placements: {} } };
}

/** Ids of the objects that a clip brings, in the order of their kinds. */
export function objectsOf({ document }: Clip): readonly Id[] {
  return [document.types, document.tables, document.views, document.notes, document.areas].flatMap((records) =>
    Object.keys(records),
  );
}

/** A clip as text for the clipboard. */
export function writeClip({ kind, document }: Clip): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, kind, model: serialize(document) });
}

/**
 * Reads what the clipboard holds. Anybody can put anything there: what is no clip, broken or hostile is refused with the
 * reason (`not-clip`, and those of the file format).
 */
export function readClip(text: string): Result<Clip> {
  if (text.length > LIMIT) return err('not-clip', 'The clipboard holds more than can be pasted.');
  const json = parseJson(text);
  if (!json.ok) return json;
  const value = json.value as { readonly [key: string]: unknown } | null;
  if (typeof value !== 'object' || value === null || value['format'] !== FORMAT) {
    return err('not-clip', 'The clipboard holds nothing of a model.');
  }
  const { version, kind, model } = value;
  if (version !== VERSION) {
    return err('clip-version', 'It was copied from another version of Crowfoot: reload both tabs, then copy again.');
  }
  if ((kind !== 'objects' && kind !== 'columns') || typeof model !== 'string') {
    return err('not-clip', 'The clipboard holds a part of a model that cannot be read: copy it again.');
  }
  const parsed = parseDocument(model);
  if (!parsed.ok) return parsed;
  if (parsed.value.readOnly !== undefined) return err('clip-version', parsed.value.readOnly);
  return ok({ kind, document: parsed.value.document });
}
