import { recordIn } from '#model/collections.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { Budget } from '../../budget.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import { writeDocument } from '../../sql/write.ts';
import { analyseQuery } from '../../workload/analyse.ts';
import type { QueryFacts } from '../../workload/facts.ts';
import { isStoredView } from '../../workload/stored-view.ts';
import type { Candidate } from '../candidates/candidate.ts';
import { candidatesFor } from '../candidates/candidates.ts';
import { type PresentIndex, presentIndexes, withIndexNames, writtenParts } from './present.ts';

/** A query of the document as advice weighs it. */
export interface AdvisedQuery {
  readonly id: Id;
  readonly sql: string;
  /** Calls in an hour; 1 when nobody said, so that it counts at all. */
  readonly calls: number;
  readonly counted: boolean;
  readonly facts: QueryFacts;
  /** Tables whose rows it looks for. */
  readonly tables: readonly Id[];
}

/** An index that could be made, with the statement that makes it. */
export interface PreparedCandidate {
  /** Its name while it is only thought of: no other index has it. */
  readonly id: string;
  readonly schema: string;
  readonly table: Table;
  readonly sql: string;
  readonly candidate: Candidate;
}

export interface PreparedAdvice {
  readonly queries: readonly AdvisedQuery[];
  /** Queries that cannot be weighed, with the reason. */
  readonly left: readonly { readonly query: Id; readonly reason: string }[];
  readonly candidates: readonly PreparedCandidate[];
  /** What the document has. */
  readonly present: readonly PresentIndex[];
  /** Why not every candidate was found. */
  readonly reason?: string;
}

/**
 * The statement that is planned and run for a query, without its end. REFRESH, which no planner takes, does what the query of its
 * view does.
 */
export function plannedSql(document: Document, { sql }: Pick<WorkloadQuery, 'sql'>, { refreshes }: QueryFacts): string {
  const table = refreshes === undefined ? undefined : recordIn(document, 'tables', refreshes);
  const view = table !== undefined && isStoredView(table) ? table.view : recordIn(document, 'views', refreshes ?? '');
  return (view?.query ?? sql).trim().replace(/;\s*$/, '');
}

function advisedQueries(document: Document, parser: PgParser | undefined): Pick<PreparedAdvice, 'queries' | 'left'> {
  const queries: AdvisedQuery[] = [];
  const left: { query: Id; reason: string }[] = [];
  for (const query of Object.values(document.queries)) {
    const facts = analyseQuery(document, query, parser);
    const syntax = facts.findings.find((one) => one.code === 'syntax' || one.code === 'not-a-query');
    if (syntax !== undefined) {
      left.push({ query: query.id, reason: syntax.message });
      continue;
    }
    const tables = [...new Set(facts.uses.filter((use) => use.read).map((use) => use.table))];
    const { callsPerHour } = query;
    queries.push({
      id: query.id,
      sql: plannedSql(document, query, facts),
      calls: callsPerHour ?? 1,
      counted: callsPerHour !== undefined,
      facts,
      tables,
    });
  }
  return { queries, left };
}

/** Names of candidates begin so; no schema has them by chance. */
const PREFIX = 'crowfoot_candidate_';

/** Every candidate as an index of its table, so that the dialect's own writer says it. */
function withCandidates(document: Document, candidates: readonly Candidate[]): Document {
  const byTable = new Map<Id, Index[]>();
  candidates.forEach(({ table, index }, at) => {
    const id = `${PREFIX}${at + 1}`;
    byTable.set(table, [...(byTable.get(table) ?? []), { ...index, id, name: id }]);
  });
  const tables = Object.entries(document.tables).map(([id, table]): [Id, Table] => {
    const more = byTable.get(id);
    return [id, more === undefined ? table : { ...table, indexes: [...table.indexes, ...more] }];
  });
  return { ...document, tables: Object.fromEntries(tables) };
}

/**
 * What advice on indexes starts from: the document's queries with what they say, and every index that their shapes ask for as
 * a statement. Nothing is weighed.
 * @param document with its materialized views as tables (`withStoredViews`), where indexes are to be thought of on these too
 */
export function prepareAdvice(document: Document, parser: PgParser | undefined, budget: Budget): PreparedAdvice {
  const { queries, left } = advisedQueries(document, parser);
  const asked = queries.map(({ id, facts }) => ({ id, facts, parameters: document.queries[id]?.parameters ?? [] }));
  const found = candidatesFor(document, asked, { budget, ...(parser === undefined ? {} : { parser }) });
  const { version = 18 } = document.settings['settings'] ?? {};
  const made = withCandidates(document, found.value);
  const statements = writtenParts(made, writeDocument(made, { version }).statements);
  const candidates = found.value.flatMap((candidate, at): PreparedCandidate[] => {
    const id = `${PREFIX}${at + 1}`;
    const sql = statements.get(id);
    const table = recordIn(document, 'tables', candidate.table);
    if (sql === undefined || table === undefined) return [];
    return [{ id, schema: recordIn(document, 'schemas', table.schema)?.name ?? 'public', table, sql, candidate }];
  });
  const present = presentIndexes(withIndexNames(document));
  return { queries, left, candidates, present, ...(found.reason === undefined ? {} : { reason: found.reason }) };
}

/** Extensions that candidates need. */
export function extensionsFor({ candidates }: Pick<PreparedAdvice, 'candidates'>): readonly string[] {
  return [...new Set(candidates.flatMap(({ candidate }) => candidate.extension ?? []))];
}
