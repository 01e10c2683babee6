import { joinWorkload } from '#engine/workload/import/join.ts';
import type { WorkloadImport } from '#engine/workload/import/read.ts';
import type { Result } from '#lib/result.ts';
import type { Diff } from '#model/diff.ts';
import { documentStore, interactiveIds, run } from './document.ts';

export interface TakeOptions {
  /** Hours that the counts are of. */
  readonly hours?: number;
  /** Those that cannot be read too, to be mended. */
  readonly broken: boolean;
}

/** The imported queries that are wanted. */
export function wantedQueries(imported: WorkloadImport, broken: boolean): WorkloadImport['queries'] {
  return broken
    ? [...imported.queries, ...imported.broken].toSorted((a, b) => a.line - b.line || a.column - b.column)
    : imported.queries;
}

/** Puts imported queries into the workload, as one undo step. */
export function takeQueries(imported: WorkloadImport, { hours, broken }: TakeOptions): Result<Diff> {
  const { document } = documentStore.getState();
  const joined = joinWorkload(document, wantedQueries(imported, broken), {
    ids: interactiveIds(),
    ...(hours === undefined ? {} : { hours }),
  });
  const label = `Import ${joined.length === 1 ? 'a query' : `${joined.length} queries`}`;
  const put = joined.map(({ record }) => ({ collection: 'queries' as const, record }));
  return run({ name: 'putRecords', args: { label, put } });
}
