import type { Change, Diff } from '#model/diff.ts';
import type { CustomType, Document, Id, Relationship, Routine, Table, View } from '#model/types.ts';
import { type Needs, routineNeeds, tableNeeds, typeNeeds, viewNeeds } from './needs.ts';
import { type Order, orderOf } from './order.ts';
import { planKey, type TablePlan } from './plan.ts';
import { tablePlans } from './table-plans.ts';

/** The order of a document's objects and what it means for each table. */
export interface Arrangement {
  readonly order: Order;
  readonly plans: ReadonlyMap<Id, TablePlan>;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

function sameNeeds(a: Needs, b: Needs): boolean {
  return (
    sameNames(a.ids, b.ids) && sameNames(a.calls, b.calls) && sameNames(a.relations, b.relations) && sameNames(a.names, b.names)
  );
}

function needsOf(collection: Change['collection'], record: Change['to']): Needs | undefined {
  if (collection === 'tables') return tableNeeds(record as Table);
  if (collection === 'views') return viewNeeds(record as View);
  if (collection === 'types') return typeNeeds(record as CustomType);
  return collection === 'routines' ? routineNeeds(record as Routine) : undefined;
}

const ORDERED: ReadonlySet<string> = new Set(['tables', 'views', 'types', 'routines', 'sequences']);

/** Whether an edit leaves every object where it is. */
function keepsOrder({ collection, from, to }: Change, order: Order): boolean {
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
  const [needed, needs] = [needsOf(collection, from), needsOf(collection, to)];
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
export function arrange(
  document: Document,
  earlier: Arrangement | undefined,
  changes: Diff | undefined,
  apart: ReadonlySet<Id> | undefined,
): Arrangement {
  const stays = earlier !== undefined && changes?.every((one) => keepsOrder(one, earlier.order)) === true;
  if (stays && changes.every(({ collection }) => collection !== 'tables' && collection !== 'relationships')) return earlier;
  const order = stays ? earlier.order : orderOf(document);
  const planOf = tablePlans(document, order, apart);
  const plans = new Map<Id, TablePlan>(stays ? earlier.plans : undefined);
  for (const id of stays ? touchedTables(changes) : Object.keys(document.tables)) {
    const table = document.tables[id];
    if (table === undefined) continue;
    const plan = planOf(table);
    const before = earlier?.plans.get(id);
    plans.set(id, before !== undefined && planKey(before) === planKey(plan) ? before : plan);
  }
  return { order, plans };
}
