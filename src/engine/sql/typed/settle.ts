import { sameValue } from '#lib/same.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Exclusion, Key } from '#model/table-parts.ts';
import type { AnyRecord, Collection, Document, Id, Table, Verbatim } from '#model/types.ts';
import { type IdMap, MATCHED, pairRecords, withIds } from './match.ts';
import { mergeEdit } from './merge.ts';
import type { ReadIds } from './reading.ts';

const REMOVE: { readonly [C in Collection]?: CommandCall['name'] } = {
  schemas: 'removeSchemas',
  types: 'removeTypes',
  sequences: 'removeSequences',
  tables: 'removeTables',
  relationships: 'removeRelationships',
  views: 'removeViews',
  routines: 'removeRoutines',
  triggers: 'removeTriggers',
  verbatim: 'removeVerbatim',
};

export function removeCall(collection: Collection, ids: readonly Id[]): CommandCall[] {
  const name = REMOVE[collection];
  return name === undefined || ids.length === 0 ? [] : [{ name, args: { ids } } as CommandCall];
}

/** A document as it was read over what was not read, and the ids the reading gave. */
export interface Read {
  readonly document: Document;
  readonly ids: ReadIds;
}

type Records = Readonly<Record<Id, AnyRecord>>;

function recordsOf(document: Document, collection: Collection): Records {
  return document[collection] as Records;
}

function mapRecords(document: Document, only: (id: Id) => boolean, change: (record: AnyRecord) => AnyRecord): Document {
  const collections = MATCHED.map((name) => {
    const records = Object.values(recordsOf(document, name)).map((one) => (only(one.id) ? change(one) : one));
    return [name, Object.fromEntries(records.map((one) => [one.id, one]))];
  });
  return { ...document, ...Object.fromEntries(collections) } as Document;
}

/** Ids that are taken: those of every record and part. */
function takenIds(document: Document): Set<Id> {
  const taken = new Set<Id>();
  for (const collection of MATCHED) {
    for (const record of Object.values(recordsOf(document, collection))) {
      taken.add(record.id);
      for (const value of Object.values(record)) {
        if (!Array.isArray(value)) continue;
        for (const part of value) if (typeof part === 'object' && part !== null && 'id' in part) taken.add(String(part.id));
      }
    }
  }
  return taken;
}

/** Gives what is new an id that nothing else has. */
function nameNew(ids: IdMap, read: ReadIds, taken: Set<Id>): void {
  for (const [id, plain] of read.plain) {
    if (ids.has(id)) continue;
    let free = plain;
    for (let count = 2; taken.has(free); count++) free = `${plain}_${count}`;
    taken.add(free);
    ids.set(id, free);
  }
}

/** Keys that the target version cannot say and that were therefore written as exclusion constraints, by those. */
function writtenAsExclusions(held: Table, before: Table): ReadonlyMap<Id, Key> {
  const known = new Set([...held.exclusions.map((one) => one.id)]);
  const shown = new Set(before.keys.map((one) => one.id));
  const open = held.keys.filter((key) => key.withoutOverlaps === true && !shown.has(key.id));
  const found = new Map<Id, Key>();
  for (const exclusion of before.exclusions) {
    if (known.has(exclusion.id)) continue;
    const at = open.findIndex((key) => key.name === exclusion.name && key.columns.length === exclusion.elements.length);
    const [key] = at < 0 ? [] : open.splice(at, 1);
    if (key !== undefined) found.set(exclusion.id, key);
  }
  return found;
}

/** The table with exclusion constraints that stand for keys as those keys again. */
function asKeys(table: Table, keys: ReadonlyMap<Id, Key>, unchanged: (exclusion: Exclusion) => boolean): Table {
  const standing = table.exclusions.filter((one) => keys.has(one.id) && unchanged(one));
  if (standing.length === 0) return table;
  return {
    ...table,
    keys: [...table.keys, ...standing.map((one) => keys.get(one.id) as Key)],
    exclusions: table.exclusions.filter((one) => !standing.includes(one)),
  };
}

function merged(held: AnyRecord, before: AnyRecord, after: AnyRecord): AnyRecord {
  if ('exclusions' in held && 'exclusions' in before && 'exclusions' in after) {
    const was = before as Table;
    const keys = writtenAsExclusions(held as Table, was);
    if (keys.size > 0) {
      const same = (one: Exclusion) => was.exclusions.some((other) => sameValue(other, one));
      return mergeEdit(
        held,
        asKeys(was, keys, () => true),
        asKeys(after as Table, keys, same),
      );
    }
  }
  const next = mergeEdit(held, before, after);
  // A statement kept as text stays where it is among the others.
  if (next === held || !('place' in held)) return next;
  return { ...(next as Verbatim), place: (held as Verbatim).place, order: (held as Verbatim).order };
}

const BESIDE = ['comment', 'attachedTo', 'clustered', 'replicaIdentity', 'statistics', 'storage', 'default'] as const;
const PARTS = ['columns', 'keys', 'exclusions', 'checks', 'indexes', 'policies'] as const;

/** Constraints and indexes that have another name now with what other statements say of them under the old one. */
function fitting(said: AnyRecord, record: AnyRecord, unfit: ReadonlySet<Id>): AnyRecord {
  if (unfit.has(record.id)) return { ...saidBeside([said as unknown as Fields], record.id), ...record } as AnyRecord;
  if (unfit.size === 0 || !('indexes' in said) || !('indexes' in record)) return record;
  const lists = PARTS.flatMap((list) => {
    const before = (said as Partial<Table>)[list] as readonly Fields[] | undefined;
    const after = (record as Partial<Table>)[list] as readonly Fields[] | undefined;
    if (before === undefined || after === undefined) return [];
    return [[list, after.map((part) => (unfit.has(part.id) ? { ...saidBeside(before, part.id), ...part } : part))] as const];
  });
  return { ...record, ...Object.fromEntries(lists) } as AnyRecord;
}

type Fields = { readonly id: Id } & Readonly<Record<string, unknown>>;

function saidBeside(parts: readonly Fields[], id: Id): object {
  const part = parts.find((one) => one.id === id);
  return Object.fromEntries(BESIDE.flatMap((key) => (part?.[key] === undefined ? [] : [[key, part[key]]])));
}

export interface Settled {
  readonly calls: readonly CommandCall[];
  /** What the records and parts that were read are called in the document. */
  readonly ids: IdMap;
  readonly removed: readonly Id[];
}

/**
 * Calls that change in the document what differs between its text as it was and as it was typed. What neither says, be it
 * that SQL has no words for it or that the target version has none, stays.
 * @param base the document without what was read. @param before the text as written. @param after the text as typed.
 * @param scope records read anew; parts of which statements beside the typed ones say what fitted no more; records of which
 * the typed text says nothing, though the text as written does.
 */
export function settle(
  document: Document,
  base: Document,
  before: Read,
  after: Read,
  {
    reread,
    unfit,
    unsaid,
  }: { readonly reread: ReadonlySet<Id>; readonly unfit: ReadonlySet<Id>; readonly unsaid: ReadonlySet<Id> },
  label: string,
): Settled {
  const oldIds: IdMap = new Map();
  pairRecords(document, reread, before.document, base, oldIds);
  const isNew = (read: Document) => (id: Id) =>
    MATCHED.some((name) => Object.hasOwn(read[name], id) && !Object.hasOwn(base[name], id));
  const was = mapRecords(before.document, isNew(before.document), (one) => withIds(one, oldIds));
  const shown = new Set(MATCHED.flatMap((name) => Object.keys(was[name]).filter((id) => !Object.hasOwn(base[name], id))));
  const ids: IdMap = new Map();
  pairRecords(was, shown, after.document, base, ids);
  nameNew(ids, after.ids, takenIds(document));
  const put: { collection: Collection; record: AnyRecord }[] = [];
  const calls: CommandCall[] = [];
  const removed: Id[] = [];
  for (const collection of MATCHED) {
    const [held, old] = [recordsOf(document, collection), recordsOf(was, collection)];
    const seen = new Set<Id>();
    for (const read of Object.values(recordsOf(after.document, collection))) {
      const record = withIds(read, ids);
      seen.add(record.id);
      const mine = Object.hasOwn(held, record.id) ? held[record.id] : undefined;
      const said = Object.hasOwn(old, record.id) ? old[record.id] : undefined;
      const next = mine === undefined || said === undefined ? record : merged(mine, said, fitting(said, record, unfit));
      if (!sameValue(mine, next)) put.push({ collection, record: next });
    }
    const gone = Object.keys(held).filter((id) => Object.hasOwn(old, id) && !seen.has(id) && !unsaid.has(id));
    removed.push(...gone);
    calls.push(...removeCall(collection, gone));
  }
  if (put.length > 0) calls.push({ name: 'putRecords', args: { label, put } });
  return { calls, ids, removed };
}
