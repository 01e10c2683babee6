import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { withFacts } from '#engine/facts/declared.ts';
import { knownFacts } from '#engine/facts/facts.ts';
import { PRODUCTION_QUERY } from '#engine/facts/production/postgres-query.ts';
import { readProductionFacts } from '#engine/facts/production/read.ts';
import { advise } from '#engine/indexes/advise/advise.ts';
import { extensionsFor, type PreparedAdvice, prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { plannerSetup } from '#engine/planner/from-document.ts';
import { generateRows } from '#engine/planner/generate.ts';
import type { Document } from '#model/types.ts';
import { plannerModel } from '#verify/planner/cost-model.ts';
import { findPostgres, openPostgres } from '../test/engines/postgres.ts';
import { AskedExtend } from '../test/index-selection/asked-extend.ts';
import { tpch } from '../test/index-selection/tpch.ts';
import { TPCH_LEAST, TPCH_VALUES } from '../test/index-selection/tpch-values.ts';
import { dataDir } from '../test/pglite.ts';
import { forVersion } from '../test/planner/for-version.ts';
import { type JudgedIndex, RealServer } from '../test/planner/real-server.ts';
import { localSwaps, type Rival, randomSets } from '../test/planner/rival-sets.ts';
import { parserForTests } from '../test/read-ddl.ts';

/** Of scale factor 10. */
const SHARE = 0.002;
const SETTINGS = { jit: 'off', max_parallel_workers_per_gather: '0' };
/** What takes longer than the time limit touches this many pages, so that nobody wins by it. */
const TOO_LONG = 1e8;
/** What is touched at most, as a share of the best set tried. */
const MOST_ABOVE = 1.3;
const found = findPostgres();
if (!found.ok) console.log(`skipped: TPC-H judged by a loaded server: ${found.reason}`);

describe.skipIf(!found.ok)('TPC-H on a server that holds rows', { timeout: 1_800_000 }, () => {
  let engine: Awaited<ReturnType<typeof openPostgres>>;
  let document: Document;
  let prepared: PreparedAdvice;
  const made = new Set<string>();

  const server = {
    async query<T>(sql: string): Promise<T[]> {
      try {
        return await engine.query<T>(sql);
      } catch (error) {
        if (!sql.startsWith('EXPLAIN (ANALYZE') || !/statement timeout/.test(String(error))) throw error;
        const Plan = { 'Shared Hit Blocks': TOO_LONG, 'Shared Read Blocks': 0 };
        return [{ 'QUERY PLAN': [{ Plan }] }] as T[];
      }
    },
  };

  beforeAll(async () => {
    engine = await openPostgres();
    const declared = forVersion(await tpch(), engine.major);
    await engine.reset();
    for (const [name, value] of Object.entries(SETTINGS)) await engine.query(`SET ${name} = ${value}`);
    await engine.query('SET session_replication_role = replica');
    await engine.query('SELECT setseed(0.3)');
    for (const { sql } of plannerSetup(declared).schema) await engine.query(sql);
    const rows = generateRows(declared, knownFacts(declared), {
      share: SHARE,
      atLeast: TPCH_LEAST,
      atMost: Number.MAX_SAFE_INTEGER,
    });
    for (const { sql } of rows.fillings) await engine.query(sql);
    for (const sql of TPCH_VALUES) await engine.query(sql);
    await engine.query('VACUUM ANALYZE');
    // What is advised on is what the server says of itself, as people paste it.
    const [row] = await engine.query<{ facts: string }>(PRODUCTION_QUERY);
    const facts = readProductionFacts(declared, typeof row?.facts === 'string' ? row.facts : JSON.stringify(row?.facts));
    if (!facts.ok) throw new Error(facts.problem.message);
    document = withFacts(declared, facts.value);
    prepared = prepareAdvice(document, await parserForTests(), UNLIMITED);
    for (const name of extensionsFor(prepared)) await engine.query(`CREATE EXTENSION IF NOT EXISTS ${name}`);
    await engine.query(`SET statement_timeout = '15s'`);
  }, 600_000);
  afterAll(() => engine?.close());

  it.each([5e6, 10e6, 20e6])('pages touched with the advised set, and with others: %d bytes', async (budget) => {
    const model = await plannerModel(document, {
      dataDirectory: await dataDir(),
      settings: SETTINGS,
      extensions: extensionsFor(prepared),
    });
    if (!model.ok) throw new Error(model.problem.message);
    const advised = await advise(document, prepared, model.value, UNLIMITED, { budget });
    const { sizes } = model.value;
    const extended = await new AskedExtend(model.value, prepared.queries).choose(Object.values(document.tables), budget);
    await model.value.close();
    if (!advised.ok) throw new Error(advised.problem.message);
    const { advice } = advised.value;
    const indexes = prepared.candidates.flatMap(({ id, table }): JudgedIndex[] => {
      const size = sizes.get(id);
      return size === undefined ? [] : [{ id, table: table.name, bytes: size.pages * 8192 }];
    });
    const chosen = new Set(advice.indexes.filter((one) => one.verdict === 'make').map((one) => one.id));
    const set = indexes.filter((one) => chosen.has(one.id));
    const extend = extended.set.map(({ id, table, bytes, columns }) => {
      const names = columns.map((column) => table.columns.find((one) => one.id === column)?.name);
      return { id, table: table.name, bytes, sql: `CREATE INDEX ${id} ON ${table.name} (${names.join(', ')})` };
    });
    const swaps = localSwaps(set, indexes, budget);
    const every = Math.max(1, Math.ceil(swaps.length / 60));
    const rivals: readonly Rival[] = [
      { name: 'none', set: [] },
      { name: 'extend', set: extend },
      ...randomSets(indexes, budget, set.length, 20),
      ...swaps.filter((_, at) => at % every === 0),
    ];
    const sql = new Map([
      ...prepared.candidates.map((one) => [one.id, one.sql] as const),
      ...extend.map((one) => [one.id, one.sql] as const),
    ]);
    await engine.query('SET statement_timeout = 0');
    for (const { id } of [set, ...rivals.map((one) => one.set)].flat()) {
      if (made.has(id)) continue;
      made.add(id);
      await engine.query(sql.get(id) ?? '');
    }
    await engine.query('VACUUM ANALYZE');
    await engine.query(`SET statement_timeout = '15s'`);
    const queries = prepared.queries.map(({ id, sql: text, calls }) => ({ id, sql: text, calls }));
    const real = new RealServer(
      server,
      queries,
      Object.values(document.tables).map((one) => one.name),
    );
    await real.hide([...made]);
    const total = await real.total(set);
    const totals: { readonly name: string; readonly total: number }[] = [];
    for (const rival of rivals) totals.push({ name: rival.name, total: await real.total(rival.set) });
    totals.sort((a, b) => a.total - b.total);
    const best = Math.min(total, totals[0]?.total ?? total);
    const winner = rivals.find((one) => one.name === totals[0]?.name)?.set ?? [];
    const of = (name: string) => totals.find((one) => one.name.startsWith(name))?.total;
    console.log(
      `${budget / 1e6} MB: advised ${total} pages with ${set.length} indexes, ${(total / best).toFixed(3)} of the best of ${rivals.length} sets; none ${of('none')}, extend ${of('extend')}, random ${of('random')}, best other ${totals[0]?.total} (${totals[0]?.name}); ${real.runs} plans run`,
    );
    for (const one of set) console.log(`   ${sql.get(one.id)}`);
    const costs = [await real.cost(set), await real.cost(winner)];
    console.log(
      `   by the server's own costs: advised ${costs[0]?.toFixed(0)}, the one with the fewest pages ${costs[1]?.toFixed(0)}`,
    );
    const [ours, theirs] = [await real.each(set), await real.each(winner)];
    for (const [id, pages] of ours)
      if (Math.abs(pages - (theirs.get(id) ?? 0)) > total / 50)
        console.log(`   ${id}: advised ${pages} pages, there ${theirs.get(id)}`);
    expect(total).toBeLessThan(of('none') ?? 0);
    expect(total).toBeLessThanOrEqual(best * MOST_ABOVE);
  });
});
