import type { Finding } from '#engine/finding.ts';
import { checkDocument } from '#engine/rules/check.ts';
import type { Rule } from '#engine/rules/define.ts';
import { RULES } from '#engine/rules/registry.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { withCalls } from './read-ddl.ts';

export type GivenQuery = Partial<Omit<WorkloadQuery, 'id' | 'sql'>> & Pick<WorkloadQuery, 'sql'>;

/** Rules that give advice on queries. */
export const ADVICE_RULES: readonly Rule[] = RULES.filter(({ scope }) => scope === 'advice' || scope === 'workload');

/** The document with these queries in its workload, called `q1`, `q2` ... where they have no name. */
export function withQueries(document: Document, queries: readonly GivenQuery[]): Document {
  const calls = queries.map((query, i): CommandCall => ({ name: 'addQuery', args: { record: { name: `q${i + 1}`, ...query } } }));
  return withCalls(document, calls);
}

/** What the rules advise on queries. */
export function adviceOn(document: Document, queries: readonly GivenQuery[], parser: PgParser | undefined): readonly Finding[] {
  return checkDocument(withQueries(document, queries), { parser, rules: ADVICE_RULES });
}
