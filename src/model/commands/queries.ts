import { recordIn } from '../collections.ts';
import { queriesInOrder } from '../derive/queries.ts';
import type { Id } from '../types.ts';
import { defineCommand } from './define.ts';
import { draftOf, missing } from './lookup.ts';

export interface OrderQueriesArgs {
  /** The queries in their new order; those not named follow as they were. */
  readonly ids: readonly Id[];
}

/** Puts the queries of the workload in another order. */
export const orderQueries = defineCommand<OrderQueriesArgs>({
  label: () => 'Reorder the queries',
  run(draft, { ids }, { before }) {
    const lost = ids.find((id) => recordIn(before, 'queries', id) === undefined);
    if (lost !== undefined) return missing('query', lost);
    const named = new Set(ids);
    const rest = queriesInOrder(before).flatMap((one) => (named.has(one.id) ? [] : [one.id]));
    [...named, ...rest].forEach((id, at) => {
      const one = draftOf(draft, 'queries', id);
      if (one !== undefined && one.order !== at) one.order = at;
    });
    return undefined;
  },
});
