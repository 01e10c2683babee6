import type { Id } from '#model/types.ts';

/** What the order of the document decides about one table: which of its parts its CREATE TABLE can hold. */
export interface TablePlan {
  /** Foreign keys that stand in CREATE TABLE, because their parent is there already. */
  readonly inline: ReadonlySet<Id>;
  /** Keys, checks, exclusions, indexes and columns (their defaults) that need something written after the table. */
  readonly later: ReadonlySet<Id>;
  /** Indexes kept on the partitioned parent alone, because a partition has none attached to it. */
  readonly only: ReadonlySet<Id>;
  /** Indexes of this partition to attach to the parent's by name, as the parent's was made for itself alone. */
  readonly attach: ReadonlySet<Id>;
}

export const PLAIN_PLAN: TablePlan = { inline: new Set(), later: new Set(), only: new Set(), attach: new Set() };

/** Equal plans have equal keys. */
export function planKey(plan: TablePlan): string {
  if (plan === PLAIN_PLAN) return '';
  return [plan.inline, plan.later, plan.only, plan.attach].map((ids) => [...ids].toSorted().join(',')).join(';');
}
