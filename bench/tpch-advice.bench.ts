import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import type { Scenario } from '#engine/indexes/advise/advice.ts';
import { advise } from '#engine/indexes/advise/advise.ts';
import { prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import type { Document } from '#model/types.ts';
import { plannerModel } from '#verify/planner/cost-model.ts';
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
      const prepared = prepareAdvice(document, await parserForTests(), UNLIMITED);
      const model = await plannerModel(document, { dataDirectory: await dataDir() });
      if (!model.ok) throw new Error(model.problem.message);
      const advised = await advise(document, prepared, model.value, UNLIMITED, { budget });
      await model.value.close();
      if (!advised.ok) throw new Error(advised.problem.message);
      const { advice } = advised.value;
      const { none, indexes, bound, asked, left, refused } = advice;
      const made = indexes.filter((one) => one.verdict === 'make');
      const all = (one: Scenario) => one.reads + one.writes;
      console.log(
        `${(budget / 1e9).toFixed(0)} GB: ${all(none).toFixed(0)} -> ${all(advice.advised).toFixed(0)} (bound ${bound.toFixed(0)}) with ${made.length} of ${prepared.candidates.length} indexes, ${(advice.advised.bytes / 1e9).toFixed(2)} GB; ${asked} plans, ${((performance.now() - start) / 1000).toFixed(1)} s`,
      );
      for (const one of left) console.log(`   not planned: ${one.query} ${one.reason}`);
      for (const one of refused) console.log(`   refused: ${one.sql} ${one.reason}`);
      for (const one of made) console.log(`   ${one.sql}`);
      expect(all(advice.advised)).toBeLessThan(all(none));
    }
  });
});
