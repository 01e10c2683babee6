import type { Draft } from 'mutative';
import { COLLECTIONS, findRecord, recordIn } from '../collections.ts';
import type { Column, ColumnType } from '../column-types.ts';
import type { AnyRecord, Collection, Document, Id, Table } from '../types.ts';
import { inheritColumns } from './column-refs.ts';
import type { CommandContext } from './define.ts';
import { draftOf, drop } from './lookup.ts';

const values = <C extends Collection>(document: Document, collection: C) =>
  Object.values(document[collection]) as Document[C][string][];

function addAll(goes: Set<Id>, records: readonly AnyRecord[], when: (record: never) => boolean): void {
  for (const record of records) if (when(record as never)) goes.add(record.id);
}

/**
 * What goes along when these records are removed, as the database itself would take it: partitions of a table,
 * relationships and triggers, owned sequences, statements about it, its places on diagrams, waivers. The given ids are
 * part of the answer; references that can be loosened instead (types, decisions, inheritance) are not.
 */
export function removalOf(document: Document, ids: readonly Id[]): ReadonlySet<Id> {
  const goes = new Set(ids.filter((id) => findRecord(document, id) !== undefined));
  for (let size = -1; size !== goes.size; ) {
    size = goes.size;
    addAll(goes, values(document, 'tables'), (one: Table) => one.partitionOf !== undefined && goes.has(one.partitionOf.parent));
  }
  addAll(
    goes,
    values(document, 'relationships'),
    (one: Document['relationships'][string]) => goes.has(one.child) || goes.has(one.parent),
  );
  addAll(goes, values(document, 'triggers'), (one: Document['triggers'][string]) => goes.has(one.on));
  addAll(
    goes,
    values(document, 'sequences'),
    (one: Document['sequences'][string]) => one.ownedBy !== undefined && goes.has(one.ownedBy.table),
  );
  addAll(
    goes,
    values(document, 'placements'),
    (one: Document['placements'][string]) => goes.has(one.object) || goes.has(one.diagram),
  );
  addAll(
    goes,
    values(document, 'routes'),
    (one: Document['routes'][string]) => goes.has(one.relationship) || goes.has(one.diagram),
  );
  for (const collection of ['areas', 'notes'] as const) {
    addAll(goes, values(document, collection), (one: { diagram: Id }) => goes.has(one.diagram));
  }
  for (let size = -1; size !== goes.size; ) {
    size = goes.size;
    addAll(
      goes,
      values(document, 'verbatim'),
      (one: Document['verbatim'][string]) => one.about !== undefined && goes.has(one.about),
    );
    addAll(goes, values(document, 'waivers'), (one: Document['waivers'][string]) => goes.has(one.at.record));
  }
  return goes;
}

/** Removes records with all that goes along ({@link removalOf}), and loosens what only mentions them. */
export function removeRecords(draft: Draft<Document>, ids: readonly Id[], context: CommandContext): void {
  const { before } = context;
  const goes = removalOf(before, ids);
  for (const table of values(before, 'tables')) {
    if (goes.has(table.id)) continue;
    const lost = table.inherits?.filter((id) => goes.has(id)) ?? [];
    if (lost.length > 0)
      inheritColumns(
        draft,
        table.id,
        (table.inherits ?? []).filter((id) => !goes.has(id)),
        context,
      );
  }
  forgetTypes(draft, before, goes);
  for (const one of values(before, 'relationships')) {
    if (!goes.has(one.id) && one.realisedBy?.some((id) => goes.has(id))) {
      filterList(draftOf(draft, 'relationships', one.id), 'realisedBy', goes);
    }
  }
  for (const one of values(before, 'decisions')) {
    if (!goes.has(one.id) && one.about?.some((id) => goes.has(id))) filterList(draftOf(draft, 'decisions', one.id), 'about', goes);
  }
  for (const one of values(before, 'triggers')) {
    if (goes.has(one.id) || one.constraintFrom === undefined || !goes.has(one.constraintFrom)) continue;
    const trigger = draftOf(draft, 'triggers', one.id);
    if (trigger !== undefined) delete trigger.constraintFrom;
  }
  for (const { name } of COLLECTIONS) for (const id of goes) drop(draft, name, id);
}

/** Takes ids out of an optional list; an empty one is removed. */
function filterList<K extends string>(record: { [P in K]?: Id[] } | undefined, key: K, without: ReadonlySet<Id>): void {
  const list = record?.[key];
  if (record === undefined || list === undefined) return;
  const rest = list.filter((id) => !without.has(id));
  if (rest.length === 0) delete record[key];
  else record[key] = rest as { [P in K]?: Id[] }[K];
}

/** Turns references to types (or row types) that go away into their names: the text still says what was meant. */
function forgetTypes(draft: Draft<Document>, before: Document, goes: ReadonlySet<Id>): void {
  const gone = (type: ColumnType) => type.kind === 'custom' && goes.has(type.type);
  if (![...goes].some((id) => ['types', 'tables', 'views'].includes(findRecord(before, id)?.collection ?? ''))) return;
  for (const table of values(before, 'tables')) {
    if (goes.has(table.id) || !table.columns.some((column: Column) => gone(column.type))) continue;
    for (const column of draftOf(draft, 'tables', table.id)?.columns ?? []) {
      if (gone(column.type as ColumnType)) column.type = typeAsName(before, column.type as ColumnType) as typeof column.type;
    }
  }
  for (const type of values(before, 'types')) {
    if (goes.has(type.id) || type.kind === 'enum') continue;
    const one = draftOf(draft, 'types', type.id);
    if (one?.kind === 'domain' && gone(one.base as ColumnType))
      one.base = typeAsName(before, one.base as ColumnType) as typeof one.base;
    if (one?.kind === 'range' && gone(one.subtype as ColumnType)) {
      one.subtype = typeAsName(before, one.subtype as ColumnType) as typeof one.subtype;
    }
    if (one?.kind !== 'composite') continue;
    for (const attribute of one.attributes) {
      if (gone(attribute.type as ColumnType)) {
        attribute.type = typeAsName(before, attribute.type as ColumnType) as typeof attribute.type;
      }
    }
  }
}

/** A custom type as the name it had; any other type as it is. */
export function typeAsName(document: Document, type: ColumnType): ColumnType {
  if (type.kind !== 'custom') return type;
  const found =
    recordIn(document, 'types', type.type) ?? recordIn(document, 'tables', type.type) ?? recordIn(document, 'views', type.type);
  const schema = found === undefined ? undefined : recordIn(document, 'schemas', found.schema)?.name;
  return {
    kind: 'other',
    ...(schema === undefined ? {} : { schema }),
    name: found?.name ?? type.type,
    ...(type.dims === undefined ? {} : { dims: type.dims }),
  };
}
