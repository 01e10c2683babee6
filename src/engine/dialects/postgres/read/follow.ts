import type { AnyRecord, Collection, Id, Ref } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { dependentsOf } from '../expressions/dependents.ts';
import { moved } from '../expressions/move.ts';
import { renamed } from '../expressions/rename.ts';
import { removeRelation } from './remove.ts';
import type { ReadState } from './state.ts';
import { copyOf } from './writable.ts';

type Changed = ReadonlyMap<Id, { readonly collection: Collection; readonly record: AnyRecord }>;

/** A body that is a string is kept as it was written; only one between BEGIN ATOMIC and END goes by what its names mean. */
function staysAsWritten(collection: Collection, record: AnyRecord): boolean {
  return collection === 'routines' && !/\bBEGIN\s+ATOMIC\b/i.test('definition' in record ? String(record.definition) : '');
}

/** Records keep their identity: whoever folds the statement holds on to them. */
function adopt(state: ReadState, changed: Changed): void {
  for (const [id, { collection, record }] of changed) {
    if (staysAsWritten(collection, record)) continue;
    const known = (state.records as Readonly<Record<string, ReadonlyMap<Id, object>>>)[collection]?.get(id);
    if (known === undefined) continue;
    for (const key of Object.keys(known)) if (!Object.hasOwn(record, key)) Reflect.deleteProperty(known, key);
    Object.assign(known, copyOf(record));
  }
  state.indexNames.forget();
}

/**
 * Gives a record or column another name in every SQL text read so far that means it, and in the record itself. PostgreSQL
 * keeps views, rules, policies, checks and grants by what their names mean, so that they follow (ALTER TABLE, "RENAME").
 */
export function followName(state: ReadState, parser: PgParser, target: Ref, to: string): void {
  const done = renamed(state.document(), parser, target, to);
  if (done.ok) adopt(state, done.value.changed);
}

/** The same for a record that goes to another schema. */
export function followSchema(state: ReadState, parser: PgParser, record: Id, schema: Id): void {
  const done = moved(state.document(), parser, record, schema);
  if (done !== undefined) adopt(state, done.changed);
}

/**
 * The views that go with something under CASCADE, those upon them included. To be asked before it goes.
 * @param target a table, view or column.
 */
export function viewsOn(state: ReadState, parser: PgParser, target: Ref): ReadonlySet<Id> {
  const found = new Set<Id>();
  const queue: Ref[] = [target];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const { ref } of state.records.views.size === 0 ? [] : dependentsOf(state.document(), parser, next)) {
      if (found.has(ref.record) || !state.records.views.has(ref.record)) continue;
      found.add(ref.record);
      queue.push({ record: ref.record });
    }
  }
  return found;
}

/** Removes views with what stands on them. */
export function removeViews(state: ReadState, views: ReadonlySet<Id>): void {
  for (const id of views) {
    const view = state.get('views', id);
    if (view !== undefined) removeRelation(state, { schema: state.schemaName(view.schema), name: view.name });
  }
}
