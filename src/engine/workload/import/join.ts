import type { IdSource } from '#lib/ids.ts';
import { nextQueryOrder } from '#model/derive/queries.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { normalText } from '../normal.ts';
import type { ImportedQuery } from './entry.ts';

export interface JoinOptions {
  readonly ids: IdSource;
  /** Hours that the counts are of, where a person said so. */
  readonly hours?: number;
}

/** What becomes of an imported query. */
export interface JoinedQuery {
  /** As it stands in the workload then. */
  readonly record: WorkloadQuery;
  /** The query that was there already and differs from it in literals at most; absent = a new one. */
  readonly was?: WorkloadQuery;
}

/** A free name: the wanted one, else with a number behind it. */
function nameBeside(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`;
  taken.add(name);
  return name;
}

function counted(query: ImportedQuery, hours: number | undefined): Pick<WorkloadQuery, 'origin' | 'callsPerHour'> {
  const { origin, callsPerHour } = query;
  if (hours === undefined || origin.calls === undefined) {
    return { origin, ...(callsPerHour === undefined ? {} : { callsPerHour }) };
  }
  return { origin: { ...origin, hours }, callsPerHour: origin.calls / hours };
}

/**
 * What a document's workload becomes with imported queries: those that are there already keep their name, text and what people
 * said of them and take the new figures (and values of parameters where none are known); the others come after them.
 */
export function joinWorkload(document: Document, imported: readonly ImportedQuery[], options: JoinOptions): readonly JoinedQuery[] {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const present = new Map<string, WorkloadQuery>();
  const taken = new Set<string>();
  for (const query of Object.values(document.queries)) {
    taken.add(query.name);
    present.set(normalText(query.sql, dialect).fingerprint, query);
  }
  let order = nextQueryOrder(document);
  return imported.map((query) => {
    const figures = counted(query, options.hours);
    const { sql, parameters } = query;
    const was = present.get(query.fingerprint);
    if (was !== undefined) {
      const values = was.parameters ?? (was.sql === sql ? parameters : undefined);
      return { was, record: { ...was, ...figures, ...(values === undefined ? {} : { parameters: values }) } };
    }
    const name = nameBeside(query.name, taken);
    const id = options.ids.next('qry', name);
    return { record: { id, name, sql, ...figures, order: order++, ...(parameters === undefined ? {} : { parameters }) } };
  });
}
