import type { Change, Diff } from '#model/diff.ts';
import type { AnyRecord, Collection, Document, Id, Relationship, Table } from '#model/types.ts';
import type { Needs, Order } from './order.ts';

/** The order of a document's objects and what it means for each table. */
export interface Arrangement<O extends Order, P> {
  readonly order: O;
  readonly plans: ReadonlyMap<Id, P>;
}

/** How a dialect orders a document and plans its tables. */
export interface Arranger<O extends Order, P> {
  orderOf(document: Document): O;
  /** What of a record decides its place; undefined when nothing does. */
  needsOf(collection: Collection, record: AnyRecord): Needs | undefined;
  plansOf(document: Document, order: O): (table: Table) => P;
  /** Equal plans have equal keys. */
  planKey(plan: P): string;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

function sameNeeds(a: Needs, b: Needs): boolean {
  return (
    sameNames(a.ids, b.ids) && sameNames(a.calls, b.calls) && sameNames(a.relations, b.relations) && sameNames(a.names, b.names)
  );
}

const ORDERED: ReadonlySet<string> = new Set(['tables', 'views', 'types', 'routines', 'sequences']);

/** Whether an edit leaves every object where it is. */
function keepsOrder<O extends Order, P>({ collection, from, to }: Change, order: O, arranger: Arranger<O, P>): boolean {
  if (collection === 'relationships') {
    const [before, after] = [from as Relationship | undefined, to as Relationship | undefined];
    const counts = (link: Relationship | undefined) => (link?.childColumns.length ?? 0) > 0;
    return before?.child === after?.child && before?.parent === after?.parent && counts(before) === counts(after);
  }
  if (!ORDERED.has(collection)) return true;
  if (from === undefined || to === undefined) return false;
  const [before, after] = [from as Table, to as Table];
  if (before.schema !== after.schema) return false;
  // A name counts where the SQL of some object says it, and that of a routine wherever it is called.
  const renamed = before.name !== after.name;
  if (renamed && (collection === 'routines' || order.mentions(before.name) || order.mentions(after.name))) return false;
  if (collection === 'tables' && (before.partitionOf !== undefined || after.partitionOf !== undefined)) return false;
  if (collection === 'tables' && (before.partitioning !== undefined || after.partitioning !== undefined)) return false;
  const [needed, needs] = [arranger.needsOf(collection, from), arranger.needsOf(collection, to)];
  return needed === undefined || needs === undefined || sameNeeds(needed, needs);
}

/** Tables whose plan an edit may change while the order stays. */
function touchedTables(changes: Diff): Set<Id> {
  const touched = new Set<Id>();
  for (const { collection, id, from, to } of changes) {
    if (collection === 'tables') touched.add(id);
    if (collection !== 'relationships') continue;
    for (const link of [from, to] as (Relationship | undefined)[]) if (link !== undefined) touched.add(link.child);
  }
  return touched;
}

/**
 * Arranges a document, keeping of an earlier arrangement what the changes since leave alone; equal plans keep their
 * identity.
 */
export function arrange<O extends Order, P>(
  document: Document,
  arranger: Arranger<O, P>,
  earlier: Arrangement<O, P> | undefined,
  changes: Diff | undefined,
): Arrangement<O, P> {
  const stays = earlier !== undefined && changes?.every((one) => keepsOrder(one, earlier.order, arranger)) === true;
  if (stays && changes.every(({ collection }) => collection !== 'tables' && collection !== 'relationships')) return earlier;
  const order = stays ? earlier.order : arranger.orderOf(document);
  const planOf = arranger.plansOf(document, order);
  const plans = new Map<Id, P>(stays ? earlier.plans : undefined);
  for (const id of stays ? touchedTables(changes) : Object.keys(document.tables)) {
    const table = document.tables[id];
    if (table === undefined) continue;
    const plan = planOf(table);
    const before = earlier?.plans.get(id);
    plans.set(id, before !== undefined && arranger.planKey(before) === arranger.planKey(plan) ? before : plan);
  }
  return { order, plans };
}
