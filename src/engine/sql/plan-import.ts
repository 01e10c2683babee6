import { sameValue } from '#lib/same.ts';
import { recordIn } from '#model/collections.ts';
import type { PutRecordsArgs } from '#model/commands/put-records.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Source } from '#model/source-types.ts';
import type { AnyRecord, Collection, Document, Id, Relationship, Sequence, Table, Trigger, Verbatim, View } from '#model/types.ts';
import { COLUMN_ORDER, describeRecord, recordLabel } from './describe-record.ts';
import { matchDocuments } from './match.ts';
import { remapRecord } from './remap-ids.ts';
import { adoptedSources } from './sources.ts';

/** Collections that SQL text fills, in the order a plan lists them. */
const IMPORTED = [
  'schemas',
  'types',
  'sequences',
  'tables',
  'relationships',
  'views',
  'routines',
  'triggers',
  'verbatim',
] as const satisfies readonly Collection[];

type Imported = (typeof IMPORTED)[number];

/** One thing that differs, in words: a part or field of the object with what it was and what it becomes. */
interface PlannedChange {
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
}

/** One object of the current document or of what was read. */
export interface PlanItem {
  /** Its record's id in the document after the import. */
  readonly id: Id;
  readonly collection: Imported;
  /** Such as `table sales.orders`. */
  readonly label: string;
  /** `added`: only in the text; `absent`: only in the document; `changed` and `same`: in both. */
  readonly state: 'added' | 'changed' | 'absent' | 'same';
  readonly changes: readonly PlannedChange[];
  /** As the document has it. */
  readonly before?: AnyRecord;
  /** As the import would have it, with the ids of the document. */
  readonly after?: AnyRecord;
  /** Added objects that this one cannot do without; they come along when it is ticked. */
  readonly needs: readonly Id[];
}

export interface ImportPlan {
  readonly current: Document;
  readonly items: readonly PlanItem[];
  /** The files that were read, with the ids of the document. */
  readonly sources: readonly Source[];
}

/** Facts that SQL does not say survive a re-import: dependencies, statistics, classifications, tags, declared cardinality. */
function carryOver(collection: Imported, before: AnyRecord, after: AnyRecord): AnyRecord {
  if (collection === 'tables') return carryTable(before as Table, after as Table);
  if (collection === 'views') return carryView(before as View, after as View);
  if (collection !== 'relationships') return after;
  const { declared, realisedBy, manyToMany } = before as Relationship;
  return {
    ...(after as Relationship),
    ...(declared === undefined ? {} : { declared }),
    ...(realisedBy === undefined ? {} : { realisedBy }),
    ...(manyToMany === undefined ? {} : { manyToMany }),
  };
}

function carryView({ facts }: View, after: View): View {
  return facts === undefined || after.materialized !== true ? after : { ...after, facts };
}

function carryTable(before: Table, after: Table): Table {
  const columns = after.columns.map((column) => {
    const old = before.columns.find((one) => one.id === column.id);
    if (old === undefined) return column;
    const { facts, classification } = old;
    return { ...column, ...(classification === undefined ? {} : { classification }), ...(facts === undefined ? {} : { facts }) };
  });
  const gone = new Set(before.columns.filter((old) => !columns.some((one) => one.id === old.id)).map((old) => old.id));
  const dependencies = before.dependencies.filter((one) => ![...one.determinant, ...one.dependent].some((id) => gone.has(id)));
  const { facts, tags } = before;
  return { ...after, columns, dependencies, ...(facts === undefined ? {} : { facts }), ...(tags === undefined ? {} : { tags }) };
}

/** A statement kept as text stays where it is among the others. */
function keepPlace({ place, order }: Verbatim, after: Verbatim): Verbatim {
  return { ...after, place, order };
}

/** What the text cannot say: conceptual relationships are never absent from it. */
function isSayable(collection: Imported, record: AnyRecord): boolean {
  if (collection === 'relationships') return (record as Relationship).childColumns.length > 0;
  return collection !== 'schemas' || !('implicit' in record && record.implicit === true);
}

/** The read document with the ids of the current one where they are the same things. */
export function remapped(read: Document, to: (id: Id) => Id): Document {
  const collections = IMPORTED.map((collection) => {
    const records = Object.values(read[collection] as Readonly<Record<Id, AnyRecord>>).map((one) =>
      remapRecord(collection, one, to),
    );
    return [collection, Object.fromEntries(records.map((one) => [one.id, one]))] as const;
  });
  return { ...read, ...Object.fromEntries(collections) };
}

/** Records without which this one makes no sense. */
function needsOf(collection: Imported, record: AnyRecord): Id[] {
  const schema = 'schema' in record && typeof record.schema === 'string' ? [record.schema] : [];
  const typesOf = (columns: readonly { readonly type: { readonly kind: string; readonly type?: Id } }[]) =>
    columns.flatMap(({ type }) => (type.kind === 'custom' && type.type !== undefined ? [type.type] : []));
  switch (collection) {
    case 'tables': {
      const table = record as Table;
      const parents = table.partitionOf === undefined ? (table.inherits ?? []) : [table.partitionOf.parent];
      return [...schema, ...parents, ...typesOf(table.columns)];
    }
    case 'relationships':
      return [(record as Relationship).child, (record as Relationship).parent];
    case 'triggers':
      return [(record as Trigger).on];
    case 'sequences':
      return [...schema, ...((record as Sequence).ownedBy === undefined ? [] : [(record as Sequence).ownedBy?.table ?? ''])];
    case 'verbatim':
      return (record as Verbatim).about === undefined ? [] : [(record as Verbatim).about ?? ''];
    default:
      return schema;
  }
}

/** The order is worth saying only when nothing came or went. */
function sameNames(a: string, b: string): boolean {
  return a.split(', ').sort().join() === b.split(', ').sort().join();
}

function changesBetween(from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): PlannedChange[] {
  const changes: PlannedChange[] = [];
  for (const [what, text] of to) {
    const old = from.get(what);
    if (old === undefined) changes.push({ what, to: text });
    else if (old !== text && !(what === COLUMN_ORDER && !sameNames(old, text))) changes.push({ what, from: old, to: text });
  }
  for (const [what, text] of from) if (!to.has(what)) changes.push({ what, from: text });
  return changes;
}

function planRecord(collection: Imported, current: Document, next: Document, record: AnyRecord): PlanItem {
  const before = recordIn(current, collection, record.id);
  const label = recordLabel(next, collection, record);
  const needs = needsOf(collection, record);
  const said = () => describeRecord(next, collection, record);
  if (before === undefined) {
    return { id: record.id, collection, label, state: 'added', changes: changesBetween(new Map(), said()), after: record, needs };
  }
  const carried = carryOver(collection, before, record);
  const after = collection === 'verbatim' ? keepPlace(before as Verbatim, carried as Verbatim) : carried;
  if (sameValue(before, after))
    return { id: record.id, collection, label, state: 'same', changes: [], before, after: before, needs };
  const changes = changesBetween(describeRecord(current, collection, before), describeRecord(next, collection, after));
  return { id: record.id, collection, label, state: 'changed', changes, before, after, needs };
}

/**
 * Compares what was read with a document, object by object. Ids of records and parts that are the same stay, so that
 * nothing which refers to them is touched; reading the same text again changes nothing.
 * @param hints ids of the read document that are known to be others of the current one, as after a rename.
 */
export function planImport(current: Document, read: Document, hints: ReadonlyMap<Id, Id> = new Map()): ImportPlan {
  const matches = matchDocuments(current, read, hints);
  const next = remapped(read, (id) => matches.get(id) ?? id);
  const items: PlanItem[] = [];
  for (const collection of IMPORTED) {
    const records = next[collection] as Readonly<Record<Id, AnyRecord>>;
    for (const record of Object.values(records)) {
      items.push(planRecord(collection, current, next, record));
    }
    for (const record of Object.values(current[collection] as Readonly<Record<Id, AnyRecord>>)) {
      if (Object.hasOwn(records, record.id) || !isSayable(collection, record)) continue;
      const label = recordLabel(current, collection, record);
      items.push({ id: record.id, collection, label, state: 'absent', changes: [], before: record, needs: [] });
    }
  }
  return { current, items, sources: adoptedSources(current, read, (id) => matches.get(id) ?? id) };
}

/** What a merge ticks at first: everything that is new or changed; what the text does not have is kept. */
export function mergeTicks(plan: ImportPlan): ReadonlySet<Id> {
  return new Set(plan.items.flatMap(({ id, state }) => (state === 'added' || state === 'changed' ? [id] : [])));
}

/** What replacing the document ticks: everything that is not the same. */
export function replaceTicks(plan: ImportPlan): ReadonlySet<Id> {
  return new Set(plan.items.flatMap(({ id, state }) => (state === 'same' ? [] : [id])));
}

/** Ticks with the added objects they need. */
function withNeeds(plan: ImportPlan, ticks: ReadonlySet<Id>): Set<Id> {
  const byId = new Map(plan.items.map((item) => [item.id, item]));
  const out = new Set<Id>();
  const add = (id: Id) => {
    if (out.has(id)) return;
    out.add(id);
    for (const need of byId.get(id)?.needs ?? []) if (byId.get(need)?.state === 'added') add(need);
  };
  for (const id of ticks) add(id);
  return out;
}

type Put = { collection: Collection; record: AnyRecord };
type Remove = { collection: Collection; id: Id };

/** Whether the columns a record names by id exist after the import. */
function standsOn(document: Document, { collection, record }: Put): boolean {
  const has = (table: Id, ids: readonly Id[]) => {
    const found = recordIn(document, 'tables', table);
    return found !== undefined && ids.every((id) => columnOf(document, found, id) !== undefined);
  };
  if (collection === 'relationships') {
    const one = record as Relationship;
    return has(one.child, one.childColumns) && has(one.parent, one.parentColumns);
  }
  if (collection === 'triggers') {
    const { on, updateOf } = record as Trigger;
    return recordIn(document, 'views', on) !== undefined || has(on, updateOf ?? []);
  }
  return true;
}

function afterwards(current: Document, puts: readonly Put[], removes: readonly Remove[]): Document {
  const next: Record<string, Record<Id, AnyRecord>> = {};
  for (const collection of IMPORTED) next[collection] = { ...(current[collection] as Record<Id, AnyRecord>) };
  for (const { collection, id } of removes) delete next[collection]?.[id];
  for (const { collection, record } of puts) (next[collection] as Record<Id, AnyRecord>)[record.id] = record;
  return { ...current, ...next };
}

/** What goes with removed tables and views: foreign keys, triggers and texts about them, places on diagrams, waivers. */
function goingAlong(document: Document, gone: ReadonlySet<Id>): Remove[] {
  const removes: Remove[] = [];
  const take = (collection: Collection, id: Id, yes: boolean) => {
    if (yes && !gone.has(id)) removes.push({ collection, id });
  };
  for (const one of Object.values(document.relationships))
    take('relationships', one.id, gone.has(one.child) || gone.has(one.parent));
  for (const one of Object.values(document.triggers)) take('triggers', one.id, gone.has(one.on));
  for (const one of Object.values(document.sequences))
    take('sequences', one.id, one.ownedBy !== undefined && gone.has(one.ownedBy.table));
  for (const one of Object.values(document.verbatim)) take('verbatim', one.id, one.about !== undefined && gone.has(one.about));
  for (const one of Object.values(document.placements)) take('placements', one.id, gone.has(one.object));
  for (const one of Object.values(document.routes)) take('routes', one.id, gone.has(one.relationship));
  for (const one of Object.values(document.waivers)) take('waivers', one.id, gone.has(one.at.record));
  return removes;
}

/** Foreign keys, triggers and owned sequences that name columns which are gone. */
function dangling(document: Document, puts: readonly Put[]): Remove[] {
  const changed = new Set(puts.map((put) => put.record.id));
  const removes: Remove[] = [];
  for (const record of Object.values(document.relationships)) {
    if (!changed.has(record.child) && !changed.has(record.parent)) continue;
    if (!standsOn(document, { collection: 'relationships', record })) removes.push({ collection: 'relationships', id: record.id });
  }
  for (const { id, ownedBy } of Object.values(document.sequences)) {
    const owner = ownedBy === undefined || !changed.has(ownedBy.table) ? undefined : recordIn(document, 'tables', ownedBy.table);
    if (owner !== undefined && columnOf(document, owner, ownedBy?.column ?? '') === undefined)
      removes.push({ collection: 'sequences', id });
  }
  for (const record of Object.values(document.triggers)) {
    if (!changed.has(record.on)) continue;
    if (!standsOn(document, { collection: 'triggers', record })) removes.push({ collection: 'triggers', id: record.id });
  }
  return removes;
}

/** What the ticked items put and remove, with what cannot stay when they go. */
function importRecords(plan: ImportPlan, ticks: ReadonlySet<Id>): { put: readonly Put[]; remove: readonly Remove[] } {
  const ticked = withNeeds(plan, ticks);
  const chosen = plan.items.filter((item) => ticked.has(item.id));
  const puts = chosen.flatMap((item): Put[] =>
    item.after === undefined || item.state === 'same' ? [] : [{ collection: item.collection, record: item.after }],
  );
  const removes = chosen.flatMap((item): Remove[] =>
    item.state === 'absent' ? [{ collection: item.collection, id: item.id }] : [],
  );
  const along = goingAlong(plan.current, new Set(removes.map((one) => one.id)));
  const next = afterwards(plan.current, puts, [...removes, ...along]);
  const put = puts.filter((one) => standsOn(next, one));
  const broken = dangling(afterwards(plan.current, put, [...removes, ...along]), put);
  const routes = goingAlong(plan.current, new Set(broken.map((one) => one.id)));
  return { put, remove: distinct([...removes, ...along, ...broken, ...routes]) };
}

function distinct(removes: readonly Remove[]): Remove[] {
  return [...new Map(removes.map((one) => [`${one.collection}\n${one.id}`, one])).values()];
}

/**
 * The ticked items as one undo step, with the files they came from; none when nothing changes.
 * @param instead the files stand for the document from now on: those of earlier imports go.
 */
export function importCalls(
  plan: ImportPlan,
  ticks: ReadonlySet<Id>,
  label = 'Import SQL',
  instead = false,
): readonly CommandCall[] {
  const { put, remove } = importRecords(plan, ticks);
  if (put.length === 0 && remove.length === 0) return [];
  const files = plan.sources.map((record) => ({ collection: 'sources' as const, record }));
  const old = instead ? Object.keys(plan.current.sources).map((id) => ({ collection: 'sources' as const, id })) : [];
  const args: PutRecordsArgs = { label, put: [...put, ...files], remove: [...remove, ...old] };
  return [{ name: 'putRecords', args }];
}

/** Counts of a plan's items by state. */
export function planCounts(plan: ImportPlan): Readonly<Record<PlanItem['state'], number>> {
  const counts = { added: 0, changed: 0, absent: 0, same: 0 };
  for (const { state } of plan.items) counts[state]++;
  return counts;
}
