import type { Document, Id } from '#model/types.ts';
import type { Order as BaseOrder, NameIndex, Needs, OrderedNode } from '../../base/write/order.ts';
import { NO_NEEDS, orderObjects } from '../../base/write/order.ts';
import { routineNeeds, tableNeeds, typeNeeds, unqualifiedInBody, viewNeeds } from './needs.ts';

export interface Order extends BaseOrder {
  /** Routines by plain name. */
  readonly routines: ReadonlyMap<string, readonly Id[]>;
  /**
   * Bodies must not be checked while routines are created: routines and views need each other in a circle, or a body
   * names something that only another search path finds.
   */
  readonly unchecked: boolean;
}

const NO_IDS: readonly Id[] = [];

function needsOf(document: Document, node: OrderedNode): Needs {
  switch (node.collection) {
    case 'types':
      return typeNeeds(document.types[node.id] as Document['types'][string]);
    case 'tables':
      return tableNeeds(document.tables[node.id] as Document['tables'][string]);
    case 'routines':
      return routineNeeds(document.routines[node.id] as Document['routines'][string]);
    case 'views':
      return viewNeeds(document.views[node.id] as Document['views'][string]);
    default:
      return NO_NEEDS;
  }
}

/** Whether a routine's body names, without a schema, something that is only in other schemas than `public`. */
function namesHidden(document: Document, index: NameIndex): boolean {
  const schemaOf = (id: Id) => (document.tables[id] ?? document.views[id] ?? document.routines[id])?.schema;
  const usual = new Set(Object.values(document.schemas).flatMap((one) => (one.name === 'public' ? [one.id] : [])));
  return Object.values(document.routines).some((routine) =>
    unqualifiedInBody(routine).some((name) => {
      const found = [...(index.relations.get(name) ?? NO_IDS), ...(index.routines.get(name) ?? NO_IDS)];
      return found.length > 0 && !found.some((id) => usual.has(schemaOf(id) ?? ''));
    }),
  );
}

/** {@link orderObjects} by what PostgreSQL's objects say of each other. */
export function orderOf(document: Document): Order {
  const { order, index, circular } = orderObjects(document, { needsOf, nameKey: (name) => name });
  return { ...order, routines: index.routines, unchecked: circular || namesHidden(document, index) };
}
