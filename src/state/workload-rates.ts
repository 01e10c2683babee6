import { type TableRates, tableRates } from '#engine/workload/rates.ts';
import type { WorkloadReport } from '#engine/workload/report.ts';
import type { Document, Id } from '#model/types.ts';

let known: { readonly queries: unknown; readonly workload: unknown; readonly rates: ReadonlyMap<Id, TableRates> } | undefined;

/** Rates of each table, worked out once for the same queries. */
export function ratesOf(document: Document, workload: WorkloadReport): ReadonlyMap<Id, TableRates> {
  if (known?.queries === document.queries && known.workload === workload) return known.rates;
  const rated = Object.values(document.queries).flatMap(({ id, callsPerHour }) => {
    const facts = Object.hasOwn(workload, id) ? workload[id] : undefined;
    return facts === undefined ? [] : [{ id, facts, ...(callsPerHour === undefined ? {} : { callsPerHour }) }];
  });
  const rates = tableRates(rated);
  known = { queries: document.queries, workload, rates };
  return rates;
}
