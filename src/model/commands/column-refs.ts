import { castDraft, current, type Draft, isDraft } from 'mutative';
import { recordIn } from '../collections.ts';
import type { Column } from '../column-types.ts';
import { ancestorColumns, columnOf, columnsOf, descendantsOf } from '../derive/columns.ts';
import type { Document, Id, Relationship, Table } from '../types.ts';
import type { CommandContext } from './define.ts';
import { draftOf, drop } from './lookup.ts';

/** What becomes of a column's id where it is mentioned: another id, or undefined when the column goes away. */
export type ColumnMap = (id: Id) => Id | undefined;

function mapped(ids: readonly Id[], map: ColumnMap): Id[] {
  return ids.flatMap((id) => map(id) ?? []);
}

function complete(ids: readonly (Id | undefined)[], map: ColumnMap): boolean {
  return ids.every((id) => id === undefined || map(id) !== undefined);
}

/** Applies the map to an optional list; what becomes empty is removed. */
function mapOptional<T extends object, K extends keyof T>(part: T, key: K, map: ColumnMap): T {
  const list = part[key] as readonly Id[] | undefined;
  if (list === undefined || list.every((id) => map(id) === id)) return part;
  const { [key]: _, ...rest } = part;
  const left = mapped(list, map);
  return (left.length === 0 ? rest : { ...rest, [key]: left }) as T;
}

function mapElements<E extends { readonly column?: Id }>(elements: readonly E[], map: ColumnMap): E[] {
  return elements.map((one) => (one.column === undefined ? one : { ...one, column: map(one.column) as Id }));
}

/** A table's parts after the map. Constraints and indexes lose nothing but whole: one that names a lost column goes. */
function mapParts(table: Table, map: ColumnMap): Partial<Table> {
  const elementsLive = (one: { readonly elements: readonly { readonly column?: Id }[] }) =>
    complete(
      one.elements.map((element) => element.column),
      map,
    );
  return {
    keys: table.keys
      .filter((key) => complete(key.columns, map))
      .map((key) => ({ ...mapOptional(key, 'include', map), columns: mapped(key.columns, map) })),
    exclusions: table.exclusions
      .filter(elementsLive)
      .map((one) => ({ ...mapOptional(one, 'include', map), elements: mapElements(one.elements, map) })),
    indexes: table.indexes
      .filter(elementsLive)
      .map((one) => ({ ...mapOptional(one, 'include', map), elements: mapElements(one.elements, map) })),
    dependencies: table.dependencies
      .filter((one) => complete(one.determinant, map) && mapped(one.dependent, map).length > 0)
      .map((one) => ({ ...one, determinant: mapped(one.determinant, map), dependent: mapped(one.dependent, map) })),
    ...(table.partitioning === undefined
      ? {}
      : { partitioning: { ...table.partitioning, elements: mapElements(table.partitioning.elements, map) } }),
  };
}

function mentioned(table: Table): Set<Id> {
  const ids = new Set<Id>();
  for (const key of table.keys) for (const id of [...key.columns, ...(key.include ?? [])]) ids.add(id);
  for (const one of [...table.indexes, ...table.exclusions]) {
    for (const element of one.elements) if (element.column !== undefined) ids.add(element.column);
    for (const id of one.include ?? []) ids.add(id);
  }
  for (const one of table.dependencies) for (const id of [...one.determinant, ...one.dependent]) ids.add(id);
  for (const element of table.partitioning?.elements ?? []) if (element.column !== undefined) ids.add(element.column);
  return ids;
}

/**
 * A foreign key after one of its ends lost or renamed columns: it loses those pairs, or goes (undefined) when none is
 * left.
 */
function mapRelationship(one: Relationship, child: ColumnMap | undefined, parent: ColumnMap | undefined): Relationship | undefined {
  if (one.childColumns.length === 0) return one;
  const pairs = one.childColumns.map((id, at) => {
    const other = one.parentColumns[at] as Id;
    return [child === undefined ? id : child(id), parent === undefined ? other : parent(other)] as const;
  });
  const left = pairs.filter((pair): pair is [Id, Id] => pair[0] !== undefined && pair[1] !== undefined);
  if (left.length === 0) return undefined;
  const childColumns = left.map(([id]) => id);
  const { period, ...rest } = one;
  const lastLives = pairs.at(-1)?.every((id) => id !== undefined) === true;
  return mapOptional(
    {
      ...rest,
      ...(period === undefined || !lastLives ? {} : { period }),
      childColumns,
      parentColumns: left.map(([, id]) => id),
    },
    'onDeleteColumns',
    (id) => {
      const now = child === undefined ? id : child(id);
      return now !== undefined && childColumns.includes(now) ? now : undefined;
    },
  );
}

/** A record as it stands in the draft by now, as plain data. */
function now<T>(record: Draft<T> | undefined): T | undefined {
  return (isDraft(record) ? current(record as object) : record) as T | undefined;
}

function inside(document: Document, tables: ReadonlySet<Id>, map: ColumnMap): Relationship[] {
  return Object.values(document.relationships).filter(
    (one) =>
      (tables.has(one.child) && one.childColumns.some((id) => map(id) !== id)) ||
      (tables.has(one.parent) && one.parentColumns.some((id) => map(id) !== id)),
  );
}

/**
 * Carries a change of column ids through everything that mentions them: constraints, indexes and dependencies of the
 * table and of those that inherit from it, relationships, triggers, owned sequences, waivers.
 */
export function mapColumns(draft: Draft<Document>, table: Id, map: ColumnMap, before: Document): void {
  const tables = [recordIn(before, 'tables', table), ...descendantsOf(before, table)].filter((one) => one !== undefined);
  const ids = new Set(tables.map((one) => one.id));
  for (const one of tables) {
    if (![...mentioned(one)].some((id) => map(id) !== id)) continue;
    const target = draftOf(draft, 'tables', one.id);
    const table = now<Table>(target);
    if (target !== undefined && table !== undefined) Object.assign(target, castDraft(mapParts(table, map)));
  }
  for (const old of inside(before, ids, map)) {
    const one = now<Relationship>(draftOf(draft, 'relationships', old.id));
    if (one === undefined) continue;
    const next = mapRelationship(one, ids.has(one.child) ? map : undefined, ids.has(one.parent) ? map : undefined);
    if (next === undefined) removeLoose(draft, before, 'relationships', one.id);
    else (draft.relationships as Record<Id, unknown>)[one.id] = next;
  }
  for (const one of Object.values(before.triggers)) {
    if (!ids.has(one.on) || !one.updateOf?.some((id) => map(id) !== id)) continue;
    const updateOf = mapped(one.updateOf, map);
    const trigger = draftOf(draft, 'triggers', one.id);
    if (updateOf.length === 0) removeLoose(draft, before, 'triggers', one.id);
    else if (trigger !== undefined) trigger.updateOf = updateOf;
  }
  for (const one of Object.values(before.sequences)) {
    if (one.ownedBy === undefined || !ids.has(one.ownedBy.table) || map(one.ownedBy.column) === one.ownedBy.column) continue;
    const column = map(one.ownedBy.column);
    const sequence = draftOf(draft, 'sequences', one.id);
    // It may have gone along to another table by now.
    if (sequence?.ownedBy?.table !== one.ownedBy.table) continue;
    if (column === undefined) removeLoose(draft, before, 'sequences', one.id);
    else sequence.ownedBy = { table: one.ownedBy.table, column };
  }
  dropStaleMarks(draft, before, ids, map);
}

/** Removes a record that nothing but routes, statements, waivers and mentions hang on. */
function removeLoose(
  draft: Draft<Document>,
  before: Document,
  collection: 'relationships' | 'triggers' | 'sequences',
  id: Id,
): void {
  drop(draft, collection, id);
  for (const route of Object.values(before.routes)) if (route.relationship === id) drop(draft, 'routes', route.id);
  for (const one of Object.values(before.verbatim)) if (one.about === id) drop(draft, 'verbatim', one.id);
  for (const one of Object.values(before.waivers)) if (one.at.record === id) drop(draft, 'waivers', one.id);
  for (const one of Object.values(before.relationships)) {
    if (!one.realisedBy?.includes(id)) continue;
    const other = draftOf(draft, 'relationships', one.id);
    const rest = other?.realisedBy?.filter((each) => each !== id) ?? [];
    if (other === undefined) continue;
    if (rest.length === 0) delete other.realisedBy;
    else other.realisedBy = rest;
  }
  for (const one of Object.values(before.decisions)) {
    if (!one.about?.includes(id)) continue;
    const decision = draftOf(draft, 'decisions', one.id);
    const rest = decision?.about?.filter((each) => each !== id) ?? [];
    if (decision === undefined) continue;
    if (rest.length === 0) delete decision.about;
    else decision.about = rest;
  }
}

/** Removes or re-points waivers at parts of these tables that are no longer there, and indexes attached to removed ones. */
function dropStaleMarks(draft: Draft<Document>, before: Document, tables: ReadonlySet<Id>, map: ColumnMap): void {
  const gone = new Set<Id>();
  for (const id of tables) {
    const old = recordIn(before, 'tables', id);
    const now = draftOf(draft, 'tables', id);
    if (old === undefined || now === undefined) continue;
    for (const list of ['keys', 'exclusions', 'indexes', 'dependencies'] as const) {
      const left = new Set(now[list].map((one) => one.id));
      for (const one of old[list]) if (!left.has(one.id)) gone.add(one.id);
    }
  }
  detachIndexes(draft, before, gone);
  for (const waiver of Object.values(before.waivers)) {
    const { part, record } = waiver.at;
    if (part === undefined || !tables.has(record)) continue;
    const now = gone.has(part) ? undefined : map(part);
    const target = draftOf(draft, 'waivers', waiver.id);
    if (now === undefined) drop(draft, 'waivers', waiver.id);
    else if (now !== part && target !== undefined) target.at = { record, part: now };
  }
}

/** Indexes of partitions that were attached to removed ones stand on their own from now on. */
export function detachIndexes(draft: Draft<Document>, before: Document, gone: ReadonlySet<Id>): void {
  if (gone.size === 0) return;
  for (const table of Object.values(before.tables)) {
    if (!table.indexes.some((index) => index.attachedTo !== undefined && gone.has(index.attachedTo))) continue;
    for (const index of draftOf(draft, 'tables', table.id)?.indexes ?? []) {
      if (index.attachedTo !== undefined && gone.has(index.attachedTo)) delete index.attachedTo;
    }
  }
}

/**
 * Lets a table stand on fewer ancestors: columns it no longer inherits become its own, with new ids that everything
 * follows. `inherits` = the ancestors left; none for a partition that is detached.
 */
export function inheritColumns(draft: Draft<Document>, table: Id, inherits: readonly Id[], context: CommandContext): void {
  const { before, ids } = context;
  const old = recordIn(before, 'tables', table);
  const target = draftOf(draft, 'tables', table);
  if (old === undefined || target === undefined) return;
  const { partitionOf: _, inherits: __, ...bare } = old;
  const next: Table = inherits.length === 0 ? bare : { ...bare, inherits };
  const kept = new Set(columnsOf(before, next).map((column) => column.name));
  const added: Column[] = columnsOf(before, old)
    .filter((column) => !kept.has(column.name))
    .map((column) => ({ ...column, id: ids.next('col', column.name) }));
  const byName = new Map([...columnsOf(before, next), ...added].map((column) => [column.name, column.id]));
  const renamed = new Map<Id, Id>();
  for (const column of ancestorColumns(before, old)) {
    const id = byName.get(column.name);
    if (id !== undefined && columnOf(before, next, column.id) === undefined) renamed.set(column.id, id);
  }
  delete target.partitionOf;
  delete target.inherits;
  if (inherits.length > 0) target.inherits = [...inherits];
  target.columns = castDraft([...added, ...old.columns]);
  const parents = inherits.flatMap((id) => recordIn(before, 'tables', id) ?? []);
  const attachable = new Set(parents.flatMap((parent) => [...parent.indexes, ...parent.keys].map((one) => one.id)));
  for (const index of target.indexes) {
    if (index.attachedTo !== undefined && !attachable.has(index.attachedTo)) delete index.attachedTo;
  }
  if (renamed.size > 0) mapColumns(draft, table, (id) => renamed.get(id) ?? id, before);
}
