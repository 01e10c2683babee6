import type { WorkloadQuery } from '#model/query-types.ts';
import type { Dialect, Document } from '#model/types.ts';
import { queryPort } from '../dialects/queries.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { afterOuterJoins, finished, reduced } from './build.ts';
import type { QueryFacts } from './facts.ts';
import { normalText } from './normal.ts';
import { parametersOf } from './parameters.ts';
import { Resolver } from './resolve.ts';
import type { QueryPort } from './resolving.ts';

/** What a query is looked at with. */
export interface AnalyseInput extends Pick<WorkloadQuery, 'sql' | 'role' | 'parameters'> {}

/**
 * What a query says about the tables it uses, resolved against the model: predicates, joins, orders, what it writes; names that
 * mean nothing are findings with their places and the nearest names there are. Never fails: of a text that cannot be parsed
 * there is a finding `syntax` and nothing else.
 * @param parser PostgreSQL's own; needed for its dialect only.
 */
export function analyseQuery(document: Document, input: AnalyseInput, parser: PgParser | undefined): QueryFacts {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  return analyseWith(document, input, dialect, queryPort(dialect, parser));
}

/** {@link analyseQuery} with a reader of one's own. */
export function analyseWith(document: Document, input: AnalyseInput, dialect: Dialect, port: QueryPort): QueryFacts {
  const text = normalText(input.sql, dialect);
  const parsed = port.parse(input.sql);
  if (!parsed.ok) {
    const syntax = { code: 'syntax', severity: 'error', message: parsed.message, at: parsed.at, suggestions: [] } as const;
    return { statement: 'other', uses: [], joins: [], findings: [syntax], parameters: [], ...text };
  }
  const { statement } = parsed;
  const samples = new Map(input.parameters?.map((one) => [one.name, one.values]));
  const resolver = new Resolver(document, port, { samples, ...(input.role === undefined ? {} : { role: input.role }) });
  resolver.run(statement);
  const { refreshed, draft } = resolver;
  const joins = reduced(draft);
  afterOuterJoins(draft, joins);
  if (statement.is === 'other' && statement.refreshes === undefined) {
    const at = { start: 0, end: input.sql.length };
    resolver.finding('not-a-query', 'This statement reads and writes no rows that an index could find.', at);
  }
  return {
    statement: refreshed === undefined ? statement.is : 'select',
    ...(refreshed === undefined ? {} : { refreshes: refreshed }),
    uses: draft.uses.map(finished),
    joins,
    findings: resolver.findings,
    parameters: parametersOf(statement),
    ...text,
  };
}
