import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import type { Document } from '#model/types.ts';
import { adviseOnPlanner } from '#verify/planner/advise.ts';
import { dataDir } from '../test/pglite.ts';
import { parserForTests, readDdl } from '../test/read-ddl.ts';

const read = (name: string) => readFileSync(new URL(`../test/data/${name}`, import.meta.url), 'utf8');

/** TPC-H at scale factor 10 with its 22 queries, each called once an hour. */
async function tpch(): Promise<Document> {
  const document = readDdl(await parserForTests(), read('tpch/schema.sql'));
  const facts = readDeclaredFacts(document, read('tpch/facts-sf10.json'));
  if (!facts.ok) throw new Error(facts.problem.message);
  const text = read('workload/tpch-queries.sql');
  const spans = splitSql(text, 'postgresql').filter((span) => span.kind === 'statement');
  // The file holds each query twice: as published, and rewritten.
  const queries = spans.flatMap((span, at) => {
    const id = `qry_${at / 2 + 1}`;
    return at % 2 === 0 ? [[id, { id, name: `Q${at / 2 + 1}`, sql: statementText(text, span), callsPerHour: 1 }] as const] : [];
  });
  return { ...withFacts(document, facts.value), queries: Object.fromEntries(queries) };
}

describe('TPC-H', () => {
  it('is advised on', { timeout: 600_000 }, async () => {
    const document = await tpch();
    for (const budget of [2e9, 5e9, 10e9]) {
      const start = performance.now();
      const advice = await adviseOnPlanner(document, await parserForTests(), UNLIMITED, { dataDirectory: await dataDir(), budget });
      if (!advice.ok) throw new Error(advice.problem.message);
      const { prepared, explored, unplanned, refused } = advice.value;
      const { value } = explored;
      console.log(
        `${(budget / 1e9).toFixed(0)} GB: ${value.totalWithNone.toFixed(0)} -> ${value.total.toFixed(0)} (bound ${value.bound.toFixed(0)}) with ${value.indexes.length} of ${prepared.candidates.length} indexes, ${(value.bytes / 1e9).toFixed(2)} GB; ${explored.answers} plans, ${((performance.now() - start) / 1000).toFixed(1)} s`,
      );
      for (const one of unplanned) console.log(`   not planned: ${one.query} ${one.reason}`);
      for (const [name, why] of refused) console.log(`   refused: ${name} ${why}`);
      for (const id of value.indexes) console.log(`   ${prepared.candidates.find((one) => one.id === id)?.sql ?? id}`);
      expect(value.total).toBeLessThan(value.totalWithNone);
    }
  });
});
