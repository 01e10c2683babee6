import type { AnyRecord, Collection, CustomType, Id, Routine, Table, View } from '#model/types.ts';
import type { Arranger } from '../../base/write/arrange.ts';
import type { Needs } from '../../base/write/order.ts';
import { routineNeeds, tableNeeds, typeNeeds, viewNeeds } from './needs.ts';
import { type Order, orderOf } from './order.ts';
import { planKey, type TablePlan } from './plan.ts';
import { tablePlans } from './table-plans.ts';

function needsOf(collection: Collection, record: AnyRecord): Needs | undefined {
  if (collection === 'tables') return tableNeeds(record as Table);
  if (collection === 'views') return viewNeeds(record as View);
  if (collection === 'types') return typeNeeds(record as CustomType);
  return collection === 'routines' ? routineNeeds(record as Routine) : undefined;
}

/** @param apart tables created at another time, so that foreign keys to them are added afterwards. */
export function arranger(apart?: ReadonlySet<Id>): Arranger<Order, TablePlan> {
  return { orderOf, needsOf, plansOf: (document, order) => tablePlans(document, order, apart), planKey };
}
