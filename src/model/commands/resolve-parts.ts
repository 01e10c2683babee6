import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { recordIn } from '../collections.ts';
import type { Column } from '../column-types.ts';
import { descendantsOf } from '../derive/columns.ts';
import { referencingType } from '../derive/foreign-key-columns.ts';
import type { Index, Key } from '../table-parts.ts';
import type { Document, Id, Ref, Relationship, Table } from '../types.ts';
import type { CommandContext } from './define.ts';
import { draftOf, drop, freeName, missing, problem, put, takeId } from './lookup.ts';
import { usesOfTypes } from './types.ts';

/** The columns of a table's primary key. */
export function primaryOf(table: Table): readonly Id[] {
  return table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
}

/** Why a table cannot give its columns away or take others': it shares them, or it is used as a type. */
export function standsAlone(document: Document, id: Id): Problem | undefined {
  const table = recordIn(document, 'tables', id);
  if (table === undefined) return missing('table', id);
  if (table.partitionOf !== undefined || table.partitioning !== undefined || table.inherits !== undefined) {
    return problem('has-ancestors', `${table.name} is partitioned or inherits: what it shares with other tables cannot be moved.`);
  }
  if (descendantsOf(document, id).length > 0) {
    return problem('has-heirs', `Other tables inherit from ${table.name}: end that first.`);
  }
  const [use] = usesOfTypes(document, new Set([id]));
  if (use !== undefined) return problem('type-in-use', `${table.name} is used as a type: give those columns another type first.`);
  return undefined;
}

/** What became of the columns of one table in another. */
export type ColumnIds = ReadonlyMap<Id, Id>;

export interface Moved {
  readonly ids: ColumnIds;
  /** The parts that the other table gained. */
  readonly gained: readonly Ref[];
  readonly renamed: boolean;
}

/** How a column is taken over. */
export interface TakeOver {
  readonly from: Table;
  readonly to: Id;
  /** Columns that the other table has already, by the id they have here. */
  readonly known: ColumnIds;
  /** Rows of the other table may go without a value, and must not get one by themselves. */
  readonly optional: boolean;
}

/** Gives a table the columns of another, with the keys, indexes and checks that hold on them alone. */
export function takeOver(
  draft: Draft<Document>,
  { from, to, known, optional }: TakeOver,
  { ids }: CommandContext,
): Moved | Problem {
  const table = draftOf(draft, 'tables', to);
  if (table === undefined) return missing('table', to);
  const used = new Set(table.columns.map((column) => column.name));
  const map = new Map(known);
  const gained: Ref[] = [];
  let renamed = from.columns.some(
    (column) => known.has(column.id) && table.columns.find((one) => one.id === known.get(column.id))?.name !== column.name,
  );
  for (const column of from.columns) {
    if (map.has(column.id)) continue;
    const plain = used.has(column.name) ? `${from.name}_${column.name}` : column.name;
    const name = freeName(plain, (one) => used.has(one));
    renamed ||= name !== column.name;
    used.add(name);
    const copy = takenColumn(column, ids.next('col', name), name, optional);
    map.set(column.id, copy.id);
    gained.push({ record: to, part: copy.id });
    table.columns.push(castDraft(copy));
  }
  const all = (list: readonly Id[]) => list.flatMap((id) => map.get(id) ?? []);
  const fresh = (list: readonly Id[]) => list.some((id) => !known.has(id));
  const gain = (id: Id) => gained.push({ record: to, part: id });
  for (const key of from.keys) {
    if (!fresh(key.columns)) continue;
    const { name: _, attachedTo: __, comment: ___, include, ...rest } = key;
    const copy: Key = {
      ...rest,
      id: ids.next('key', 'unique'),
      kind: 'unique',
      columns: all(key.columns),
      ...(include === undefined ? {} : { include: all(include) }),
    };
    table.keys.push(castDraft(copy));
    gain(copy.id);
  }
  for (const index of from.indexes) {
    const columns = index.elements.flatMap((element) => element.column ?? []);
    // An index of an expression or with a predicate is SQL that names the columns of its own table.
    if (columns.length < index.elements.length || index.where !== undefined || !fresh(columns)) continue;
    const { name: _, attachedTo: __, clustered: ___, replicaIdentity: ____, include, ...rest } = index;
    const copy: Index = {
      ...rest,
      id: ids.next('idx', 'index'),
      elements: index.elements.map((element) => ({ ...element, column: map.get(element.column as Id) as Id })),
      ...(include === undefined ? {} : { include: all(include) }),
    };
    table.indexes.push(castDraft(copy));
    gain(copy.id);
  }
  if (!renamed) {
    for (const { name: _, ...check } of from.checks) {
      const id = ids.next('chk', 'check');
      table.checks.push(castDraft({ ...check, id }));
      gain(id);
    }
  }
  return { ids: map, gained, renamed };
}

function takenColumn(column: Column, id: Id, name: string, optional: boolean): Column {
  const { notNullName: _, identity, default: given, generated, ...rest } = column;
  if (!optional) {
    const own = {
      ...(identity === undefined ? {} : { identity: { mode: identity.mode } }),
      ...(given === undefined ? {} : { default: given }),
    };
    return { ...rest, ...own, ...(generated === undefined ? {} : { generated }), id, name };
  }
  return { ...rest, id, name, nullable: true, type: referencingType(column.type) };
}

/** Takes a table out of the database and keeps it in the concept, with its relationships; what only a database has goes. */
export function intoConcept(draft: Draft<Document>, before: Document, id: Id): void {
  const table = recordIn(before, 'tables', id);
  if (table === undefined) return;
  drop(draft, 'tables', id);
  put(draft, 'entities', table);
  for (const one of Object.values(before.triggers)) if (one.on === id) drop(draft, 'triggers', one.id);
  for (const one of Object.values(before.triggers)) {
    const trigger = draftOf(draft, 'triggers', one.id);
    if (trigger !== undefined && one.constraintFrom === id) delete trigger.constraintFrom;
  }
  for (const one of Object.values(before.sequences)) {
    if (one.ownedBy?.table === id) drop(draft, 'sequences', one.id);
  }
  const gone = new Set([
    ...Object.values(before.triggers).flatMap((one) => (one.on === id ? [one.id] : [])),
    ...Object.values(before.sequences).flatMap((one) => (one.ownedBy?.table === id ? [one.id] : [])),
  ]);
  for (const one of Object.values(before.verbatim)) {
    if (one.about === id || (one.about !== undefined && gone.has(one.about))) {
      drop(draft, 'verbatim', one.id);
      gone.add(one.id);
    }
  }
  for (const one of Object.values(before.waivers)) {
    if (gone.has(one.at.record)) drop(draft, 'waivers', one.id);
  }
  for (const one of Object.values(before.decisions)) {
    if (!one.about?.some((each) => gone.has(each))) continue;
    const decision = draftOf(draft, 'decisions', one.id);
    const rest = one.about.filter((each) => !gone.has(each));
    if (decision === undefined) continue;
    if (rest.length === 0) delete decision.about;
    else decision.about = rest;
  }
}

/** Moves a relationship into the concept, as it was; `realisedBy` = the foreign keys that stand for it from now on. */
export function associate(draft: Draft<Document>, one: Relationship, realisedBy: readonly Id[]): void {
  // An earlier one of the same step may have changed what realises this one.
  const now = draftOf(draft, 'relationships', one.id)?.realisedBy ?? [];
  const all = [...now, ...realisedBy];
  drop(draft, 'relationships', one.id);
  const { realisedBy: _, ...rest } = one;
  put(draft, 'associations', castDraft(all.length === 0 ? rest : { ...rest, realisedBy: all }));
  // A conceptual relationship that this foreign key realised is realised by what stands for it.
  for (const other of Object.values(draft.relationships)) {
    if (!other.realisedBy?.includes(one.id)) continue;
    const left = [...other.realisedBy.filter((id) => id !== one.id), ...realisedBy];
    if (left.length === 0) delete other.realisedBy;
    else other.realisedBy = left;
  }
}

/** A foreign key like another, between other columns. */
export function likeKey(
  one: Relationship,
  ends: Pick<Relationship, 'child' | 'parent' | 'childColumns' | 'parentColumns'>,
  { before, ids }: CommandContext,
): Relationship {
  const { name: _, remarks: __, realisedBy: ___, declared: ____, onDeleteColumns: _____, ...rest } = one;
  return { ...rest, ...ends, id: takeId(before, undefined, () => ids.next('rel', one.name ?? 'realised')) };
}
