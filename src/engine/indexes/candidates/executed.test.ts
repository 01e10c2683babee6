import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import { analyseQuery } from '#engine/workload/analyse.ts';
import type { Document } from '#model/types.ts';
import { candidateStatements } from '#test/candidate-ddl.ts';
import { TestDatabase } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { more, seedOf } from '#test/runs.ts';
import { candidateText } from '#test/workload.ts';
import { READ_QUERIES } from '#test/workload-queries.ts';
import { randomQuery } from '#test/workload-random.ts';
import { SHOP } from '#test/workload-schema.ts';
import type { Candidate } from './candidate.ts';
import { candidatesFor } from './candidates.ts';

/** PostgreSQL takes every candidate, and its planner, left with nothing else, uses what it was made for. */

const TPCH = (name: string) => readFileSync(new URL(`../../../../test/data/workload/${name}`, import.meta.url), 'utf8');

let database: TestDatabase;
let parser: PgParser;

beforeAll(async () => {
  database = await TestDatabase.open();
  parser = await parserForTests();
});

afterAll(() => database.close());

interface Workload {
  readonly document: Document;
  readonly queries: readonly { readonly id: string; readonly sql: string; readonly role?: string }[];
}

function found({ document, queries }: Workload): readonly Candidate[] {
  const asked = queries.map((query) => ({ id: query.id, facts: analyseQuery(document, query, parser) }));
  return candidatesFor(document, asked, { parser }).value;
}

async function runsAll(document: Document, schema: string, candidates: readonly Candidate[]): Promise<readonly string[]> {
  await database.reset();
  expect(await database.run([schema, 'CREATE EXTENSION pg_trgm', 'CREATE EXTENSION btree_gist'])).toEqual([]);
  const statements = candidateStatements(document, candidates);
  expect((await database.run(statements)).map(({ message, statement }) => `${message}: ${statement}`)).toEqual([]);
  return statements;
}

const shopQueries = READ_QUERIES.map(({ name, sql, role }) => ({ id: name, sql, ...(role === undefined ? {} : { role }) }));

function tpchQueries() {
  const text = TPCH('tpch-queries.sql');
  const statements = splitSql(text, 'postgresql').filter((span) => span.kind === 'statement');
  return statements.flatMap((span, i) => (i % 2 === 0 ? [{ id: `TPC-H ${i / 2 + 1}`, sql: statementText(text, span) }] : []));
}

/** Names of indexes in a plan. */
function usedIn(plan: unknown, into = new Set<string>()): Set<string> {
  if (typeof plan !== 'object' || plan === null) return into;
  for (const [name, value] of Object.entries(plan)) {
    if (name === 'Index Name' && typeof value === 'string') into.add(value);
    else usedIn(value, into);
  }
  return into;
}

/** A query without parameters, as plans of them differ from version to version; each is of the type that it is compared with. */
function planned(sql: string): string {
  return `EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${sql.replace(/^EXPLAIN \(ANALYZE\) /, '')}`;
}

describe('candidates', () => {
  it('of the shop are all taken by PostgreSQL', async () => {
    const document = readDdl(parser, SHOP);
    const candidates = found({ document, queries: shopQueries });
    await runsAll(document, SHOP, candidates);
    expect(candidates.length).toBeGreaterThan(150);
    expect(new Set(candidates.map((one) => one.key)).size).toBe(candidates.length);
  });

  it('of TPC-H are all taken by PostgreSQL', async () => {
    const schema = TPCH('../tpch/schema.sql');
    const document = readDdl(parser, schema);
    const candidates = found({ document, queries: tpchQueries() });
    await runsAll(document, schema, candidates);
    const texts = candidates.map((one) => candidateText(document, one));
    for (const wanted of [
      'lineitem (l_shipdate)',
      'lineitem (l_partkey, l_suppkey)',
      'lineitem (l_orderkey) include (l_suppkey)',
      'orders (o_orderdate)',
      'orders (o_custkey)',
      'customer (c_mktsegment)',
      'customer ((substring(c_phone, 1, 2)))',
      'part (p_brand, p_container)',
      'part (p_name varchar_pattern_ops)',
      'part gin (p_name gin_trgm_ops)',
      'supplier (s_nationkey)',
    ])
      expect(texts).toContain(wanted);
  });

  it('of random workloads are all taken by PostgreSQL', async () => {
    const document = readDdl(parser, SHOP);
    const sampled = fc.sample(randomQuery, { seed: seedOf(91), numRuns: more(60, 3) });
    const candidates = found({ document, queries: sampled.map(({ sql }, i) => ({ id: `q${i}`, sql })) });
    await runsAll(document, SHOP, candidates);
    expect(candidates.length).toBeGreaterThan(100);
  });

  it('are used by the planner, each alone, for one of the queries they were made for', async () => {
    const document = readDdl(parser, SHOP);
    const queries = shopQueries.filter(
      ({ sql, role }) =>
        role === undefined && !/interval \$|date \$|^SET|FORM |nme|custmers|^SELECT id FROM orders o JOIN/.test(sql),
    );
    const candidates = found({ document, queries });
    const statements = await runsAll(document, SHOP, candidates);
    await database.run(['SET search_path = public, sales', ...candidates.map((_, i) => `DROP INDEX candidate_${i}`)]);
    await database.run([
      'SET enable_seqscan = off',
      'SET enable_sort = off',
      'SET enable_hashjoin = off',
      'SET enable_mergejoin = off',
      'SET enable_material = off',
      'SET enable_hashagg = off',
    ]);
    const sqlOf = new Map(queries.map((one) => [one.id, one.sql]));
    const unused: string[] = [];
    for (const [i, candidate] of candidates.entries()) {
      const own = [...new Set(candidate.reasons.flatMap((one) => one.query ?? []))].flatMap((id) => sqlOf.get(id) ?? []);
      let used = false;
      await database.run([statements[i] as string]);
      for (const sql of own) {
        const plans = await database.explain(planned(sql));
        used ||= usedIn(plans).has(`candidate_${i}`);
      }
      await database.run([`DROP INDEX candidate_${i}`]);
      if (!used) unused.push(candidateText(document, candidate));
    }
    process.stdout.write(
      `candidates of the shop that the planner can use: ${candidates.length - unused.length} of ${candidates.length}\n${unused.map((one) => `  not: ${one}\n`).join('')}`,
    );
    expect(unused.length / candidates.length).toBeLessThan(0.1);
  }, 300_000);
});
