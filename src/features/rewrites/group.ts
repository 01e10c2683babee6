import type { Finding, Severity } from '#engine/finding.ts';
import { recordIn } from '#model/collections.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document, Id } from '#model/types.ts';

/** What is said of one query, the gravest first. */
export interface AdvisedQuery {
  readonly query: WorkloadQuery;
  readonly findings: readonly Finding[];
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Findings that are about a part of a query's text and no waiver covers, by query, in the order of the workload. */
export function groupByQuery(document: Document, findings: readonly Finding[], only?: Id): readonly AdvisedQuery[] {
  const groups = new Map<Id, Finding[]>();
  for (const finding of findings) {
    const id = finding.at[0]?.record;
    if (id === undefined || finding.text === undefined || finding.waivedBy !== undefined) continue;
    if (only !== undefined && id !== only) continue;
    const list = groups.get(id);
    if (list === undefined) groups.set(id, [finding]);
    else list.push(finding);
  }
  return Object.keys(document.queries).flatMap((id) => {
    const query = recordIn(document, 'queries', id);
    const list = groups.get(id);
    if (query === undefined || list === undefined) return [];
    return [
      { query, findings: list.sort((a, b) => RANK[a.severity] - RANK[b.severity] || (a.text?.start ?? 0) - (b.text?.start ?? 0)) },
    ];
  });
}
