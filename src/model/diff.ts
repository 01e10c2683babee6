import { COLLECTIONS, type Scope } from './collections.ts';
import type { AnyRecord, Collection, Document, Id } from './types.ts';

/** One record's change: `from` absent = added, `to` absent = removed. */
export interface Change {
  readonly collection: Collection;
  readonly id: Id;
  readonly from?: AnyRecord;
  readonly to?: AnyRecord;
}

/**
 * What changed between two documents, at most one change a record. The one currency of edits: undo is its reverse,
 * a drag is many squashed, workers and other tabs follow by it, the journal stores it.
 */
export type Diff = readonly Change[];

type Of<T> = Readonly<Record<Id, T>>;

/** Pairs of records that stand at the same place in both but are not the same; undefined when others stand there. */
function inPlace<T extends { readonly id: Id }>(old: Of<T>, now: Of<T>): (readonly [from: T, to: T])[] | undefined {
  // Going through the values side by side is several times as fast as looking each up by its id.
  const [was, is] = [Object.values(old), Object.values(now)];
  if (was.length !== is.length) return undefined;
  const pairs: (readonly [T, T])[] = [];
  for (let i = 0; i < is.length; i++) {
    const [from, to] = [was[i] as T, is[i] as T];
    if (from === to) continue;
    if (from.id !== to.id) return undefined;
    pairs.push([from, to]);
  }
  return pairs;
}

/** Says of every record that is not the same in both what it was and what it is: first those that are there now. */
export function eachChange<T extends { readonly id: Id }>(
  old: Of<T>,
  now: Of<T>,
  say: (id: Id, from: T | undefined, to: T | undefined) => void,
): void {
  if (old === now) return;
  const pairs = inPlace(old, now);
  if (pairs !== undefined) {
    for (const [from, to] of pairs) say(to.id, from, to);
    return;
  }
  for (const id of Object.keys(now)) {
    const from = Object.hasOwn(old, id) ? old[id] : undefined;
    if (from !== now[id]) say(id, from, now[id]);
  }
  for (const id of Object.keys(old)) if (!Object.hasOwn(now, id)) say(id, old[id], undefined);
}

/** Changes that lead from `before` to `after`, found by comparing identities: records are immutable. */
export function diffDocuments(before: Document, after: Document): Diff {
  const changes: Change[] = [];
  if (before === after) return changes;
  for (const { name } of COLLECTIONS) {
    eachChange<AnyRecord>(before[name], after[name], (id, from, to) => changes.push(change(name, id, from, to)));
  }
  return changes;
}

/** The document after a diff. Untouched collections and records keep their identity. */
export function applyDiff(document: Document, diff: Diff): Document {
  if (diff.length === 0) return document;
  const touched = new Map<Collection, Record<Id, AnyRecord>>();
  for (const change of diff) {
    let records = touched.get(change.collection);
    if (records === undefined) {
      records = { ...(document[change.collection] as Readonly<Record<Id, AnyRecord>>) };
      touched.set(change.collection, records);
    }
    if (change.to === undefined) delete records[change.id];
    else records[change.id] = change.to;
  }
  return { ...document, ...Object.fromEntries(touched) };
}

function change(collection: Collection, id: Id, from: AnyRecord | undefined, to: AnyRecord | undefined): Change {
  return { collection, id, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** The diff that undoes this one. */
export function reverseDiff(diff: Diff): Diff {
  return diff.map((one) => change(one.collection, one.id, one.to, one.from));
}

/** One diff with the effect of the first and then the second; what was added and removed again is gone. */
export function squashDiffs(first: Diff, second: Diff): Diff {
  const merged = new Map<string, Change>();
  const key = (one: Change) => `${one.collection}\n${one.id}`;
  for (const one of first) merged.set(key(one), one);
  for (const one of second) {
    const earlier = merged.get(key(one));
    const next = earlier === undefined ? one : change(one.collection, one.id, earlier.from, one.to);
    if (next.from === next.to) merged.delete(key(one));
    else merged.set(key(one), next);
  }
  return [...merged.values()];
}

const SCOPE_OF = new Map<Collection, Scope>(COLLECTIONS.map(({ name, scope }) => [name, scope]));

/** The part of a diff that concerns one scope. */
export function scopeOfDiff(diff: Diff, scope: Scope): Diff {
  return diff.filter((one) => SCOPE_OF.get(one.collection) === scope);
}
