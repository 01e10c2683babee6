import { readFileSync } from 'node:fs';
import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '../read-ddl.ts';

const read = (name: string) => readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8');

/** TPC-H at scale factor 10 with its 22 queries, each called once an hour. */
export async function tpch(): Promise<Document> {
  const document = readDdl(await parserForTests(), read('tpch/schema.sql'));
  const facts = readDeclaredFacts(document, read('tpch/facts-sf10.json'));
  if (!facts.ok) throw new Error(facts.problem.message);
  const text = read('workload/tpch-queries.sql');
  const spans = splitSql(text, 'postgresql').filter((span) => span.kind === 'statement');
  // The file holds each query twice: as published, and rewritten. One casts to a type that PostgreSQL calls text.
  const queries = spans.flatMap((span, at) => {
    if (at % 2 === 1) return [];
    const id = `qry_${at / 2 + 1}`;
    const sql = statementText(text, span).replace(/\bAS STRING\)/i, 'AS text)');
    return [[id, { id, name: `Q${at / 2 + 1}`, sql, callsPerHour: 1 }] as const];
  });
  return { ...withFacts(document, facts.value), queries: Object.fromEntries(queries) };
}
