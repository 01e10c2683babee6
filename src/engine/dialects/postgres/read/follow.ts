import type { AnyRecord, Collection, Id, Ref } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { moved } from '../expressions/move.ts';
import { renamed } from '../expressions/rename.ts';
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
