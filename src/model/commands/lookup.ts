import type { Draft } from 'mutative';
import { err, type Problem } from '#lib/result.ts';
import { findRecord, PART_PREFIX, type PartList, recordIn } from '../collections.ts';
import type { AnyRecord, Collection, Document, Id, Table } from '../types.ts';
import { nameFault } from '../validate-notes.ts';

/** A problem as a value, as commands return it. */
export function problem(code: string, message: string): Problem {
  const failed = err(code, message);
  return failed.ok ? { code, message } : failed.problem;
}

export function missing(noun: string, id: Id): Problem {
  return problem('not-found', `There is no ${noun} ${id}: it may have been deleted. Select it again.`);
}

/** The draft of a record; hostile ids find nothing. */
export function draftOf<C extends Collection>(
  draft: Draft<Document>,
  collection: C,
  id: Id,
): Draft<Document[C][string]> | undefined {
  const records = draft[collection] as Record<Id, Draft<Document[C][string]>>;
  return Object.hasOwn(records, id) ? records[id] : undefined;
}

/** Puts a record into the draft under its id. */
export function put(draft: Draft<Document>, collection: Collection, record: AnyRecord): void {
  (draft[collection] as Record<Id, unknown>)[record.id] = record;
}

export function drop(draft: Draft<Document>, collection: Collection, id: Id): void {
  const records = draft[collection] as Record<Id, unknown>;
  if (Object.hasOwn(records, id)) delete records[id];
}

/** What people call a record: its name, else title, else id. */
export function nameOf(document: Document, id: Id): string {
  const record = findRecord(document, id)?.record;
  if (record === undefined) return id;
  if ('name' in record && record.name !== undefined && record.name !== '') return record.name;
  return 'title' in record ? record.title : id;
}

/** What people call a part of a table: its name, else the nothing that an engine-named constraint has. */
export function partName(record: AnyRecord | undefined, id: Id): string | undefined {
  if (record === undefined) return undefined;
  for (const list of Object.keys(PART_PREFIX) as PartList[]) {
    const parts = (record as Partial<Table>)[list] as readonly { id: Id; name?: string }[] | undefined;
    const part = Array.isArray(parts) ? parts.find((one) => one.id === id) : undefined;
    if (part !== undefined) return part.name;
  }
  return undefined;
}

/** Collections whose names share one namespace within a schema. */
const RELATIONS: readonly Collection[] = ['tables', 'views', 'sequences'];
const NAMESPACES: { readonly [C in Collection]?: readonly Collection[] } = {
  schemas: ['schemas'],
  types: ['types'],
  tables: RELATIONS,
  views: RELATIONS,
  sequences: RELATIONS,
};

/** Why a record cannot have this name: it is unusable, or another record of the same namespace has it. */
export function nameProblem(document: Document, collection: Collection, name: string, schema?: Id, self?: Id): Problem | undefined {
  const fault = nameFault(name);
  if (fault !== undefined) return problem('name-unusable', fault);
  for (const other of NAMESPACES[collection] ?? []) {
    for (const record of Object.values(document[other]) as { id: Id; name: string; schema?: Id }[]) {
      if (record.name !== name || record.id === self || record.schema !== schema) continue;
      return problem(
        'name-taken',
        `${other === 'schemas' ? 'A schema' : 'The schema'} already has the name ${name}: choose another.`,
      );
    }
  }
  return undefined;
}

/** A name that is free: the wanted one, else with `_2`, `_3` ... */
export function freeName(wanted: string, taken: (name: string) => boolean): string {
  if (!taken(wanted)) return wanted;
  for (let n = 2; ; n++) if (!taken(`${wanted}_${n}`)) return `${wanted}_${n}`;
}

/** The schema new objects go to when none is named: `public`, else the first by name. */
export function defaultSchema(document: Document): Id | undefined {
  const all = Object.values(document.schemas);
  return (all.find((one) => one.name === 'public') ?? all.toSorted((a, b) => (a.name < b.name ? -1 : 1))[0])?.id;
}

/** Where to insert: a position within the list, or its end. */
export function clampAt(at: number | undefined, length: number): number {
  return at === undefined || !Number.isFinite(at) ? length : Math.max(0, Math.min(length, Math.trunc(at)));
}

/** A free id: the wanted one when nothing has it, else a new one. */
export function takeId(document: Document, wanted: Id | undefined, make: () => Id): Id {
  if (wanted !== undefined && wanted !== '__proto__' && findRecord(document, wanted) === undefined) return wanted;
  for (;;) {
    const id = make();
    if (findRecord(document, id) === undefined) return id;
  }
}

/** Records that the engine rewrote (SQL texts after a rename), put before the command's own change. */
export type Rewrites = readonly { readonly collection: Collection; readonly record: AnyRecord }[];

/** A copy of plain data: what a draft takes up as it is, later steps of the command would change in the caller's hands. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copyOf(one)])) as T;
}

export function applyRewrites(draft: Draft<Document>, rewrites: Rewrites | undefined): void {
  for (const { collection, record } of rewrites ?? []) {
    if (recordIn(draft as Document, collection, record.id) !== undefined) put(draft, collection, copyOf(record));
  }
}
