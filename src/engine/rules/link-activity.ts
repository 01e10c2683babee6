import type { Document, Id, Relationship } from '#model/types.ts';
import { memoWithInputs } from '../memo.ts';
import type { JoinEnd, QueryFacts } from '../workload/facts.ts';
import type { WorkloadReport } from '../workload/report.ts';

/** What the workload does with the two tables of a foreign key that asks for its rows. Query ids. */
export interface LinkActivity {
  /** Queries that delete rows of the parent, or give them another key. */
  readonly changes: readonly Id[];
  /** Queries that compare the foreign key with the parent, or look for its values. */
  readonly lookups: readonly Id[];
}

const QUIET: LinkActivity = { changes: [], lookups: [] };

function isChanged(link: Relationship, { uses }: QueryFacts): boolean {
  return uses.some(
    ({ table, write }) =>
      table === link.parent &&
      (write?.kind === 'delete' || (write?.kind === 'update' && write.columns.some((id) => link.parentColumns.includes(id)))),
  );
}

function isLookedUp(link: Relationship, { uses, joins }: QueryFacts): boolean {
  const isChild = ({ use, term }: JoinEnd) =>
    uses[use]?.table === link.child && term.column !== undefined && link.childColumns.includes(term.column);
  const isParent = ({ use }: JoinEnd) => uses[use]?.table === link.parent;
  if (joins.some(({ left, right }) => (isChild(left) && isParent(right)) || (isChild(right) && isParent(left)))) return true;
  return uses.some(
    ({ table, read, predicates }) =>
      table === link.child &&
      read &&
      link.childColumns.every((id) =>
        predicates.some(({ test, term }) => term.column === id && (test === 'equal' || test === 'in')),
      ),
  );
}

const remembered = memoWithInputs<WorkloadReport, ReadonlyMap<Id, LinkActivity>>();

/**
 * What the workload says of foreign keys, by their ids; those of which neither table occurs in it are not in the map. The same
 * object for the same report and foreign keys.
 */
export function linkActivities(document: Document, report: WorkloadReport): ReadonlyMap<Id, LinkActivity> {
  return remembered(report, [document.relationships], () => {
    const byTable = new Map<Id, Set<Id>>();
    for (const [query, { uses }] of Object.entries(report))
      for (const { table } of uses) byTable.set(table, (byTable.get(table) ?? new Set()).add(query));
    const found = new Map<Id, LinkActivity>();
    for (const link of Object.values(document.relationships)) {
      const queries = new Set([...(byTable.get(link.child) ?? []), ...(byTable.get(link.parent) ?? [])]);
      if (queries.size === 0 || link.childColumns.length === 0) continue;
      const those = (is: (link: Relationship, facts: QueryFacts) => boolean) =>
        [...queries].filter((id) => is(link, report[id] as QueryFacts));
      const activity = { changes: those(isChanged), lookups: those(isLookedUp) };
      found.set(link.id, activity.changes.length + activity.lookups.length === 0 ? QUIET : activity);
    }
    return found;
  });
}

/** Whether two say the same. */
export function sameActivity(a: LinkActivity | undefined, b: LinkActivity | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return a.changes.join() === b.changes.join() && a.lookups.join() === b.lookups.join();
}
