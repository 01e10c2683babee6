import type { WorkloadQuery } from '../query-types.ts';
import type { Document } from '../types.ts';

/** The queries of a workload as people ordered them; by id where nobody did. */
export function queriesInOrder({ queries }: Pick<Document, 'queries'>): readonly WorkloadQuery[] {
  return Object.values(queries).toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.id < b.id ? -1 : 1));
}

/** The order that puts a new query after the others. */
export function nextQueryOrder({ queries }: Pick<Document, 'queries'>): number {
  return Object.values(queries).reduce((most, one) => Math.max(most, (one.order ?? 0) + 1), 0);
}
