/** Advice judged by a server that holds the rows: what its queries touch with the advised set, and with all others tried. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { advise } from '#engine/indexes/advise/advise.ts';
import { type PreparedAdvice, prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { plannerSetup } from '#engine/planner/from-document.ts';
import type { Document } from '#model/types.ts';
import { findPostgres, openPostgres } from '#test/engines/postgres.ts';
import { dataDir } from '#test/pglite.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { plannerModel } from '#verify/planner/cost-model.ts';
import { forVersion } from './for-version.ts';
import { judgedRows, judgedShop, QUERIES, SETTINGS } from './judged-shop.ts';
import { type JudgedIndex, RealServer } from './real-server.ts';
import { dexterSet, extendSet, greedyOnTruth, localSwaps, type Rival, randomSets } from './rival-sets.ts';

const found = findPostgres();
if (!found.ok) console.log(`skipped: advice judged by a loaded server: ${found.reason}`);

const WORKLOADS = [
  { name: 'queries with their values', parameters: false },
  { name: 'queries as a server counts them, without values', parameters: true },
];

describe.skipIf(!found.ok).each(WORKLOADS)('advice on a shop of 710,000 rows: $name', { timeout: 600_000 }, ({ parameters }) => {
  let engine: Awaited<ReturnType<typeof openPostgres>>;
  let document: Document;
  let prepared: PreparedAdvice;
  let server: RealServer;

  async function advised(budget: number | undefined): Promise<{ advice: IndexAdvice; indexes: readonly JudgedIndex[] }> {
    const model = await plannerModel(document, { dataDirectory: await dataDir(), settings: SETTINGS });
    if (!model.ok) throw new Error(model.problem.message);
    const done = await advise(document, prepared, model.value, UNLIMITED, budget === undefined ? {} : { budget });
    const { sizes } = model.value;
    await model.value.close();
    if (!done.ok) throw new Error(done.problem.message);
    const indexes = prepared.candidates.map(({ id, table, candidate: { index } }): JudgedIndex => {
      const columns = index.elements.flatMap((one) => one.column ?? []);
      const isPlain = columns.length === index.elements.length && index.where === undefined && index.include === undefined;
      const bytes = (sizes.get(id)?.pages ?? 0) * 8192;
      return { id, table: table.name, bytes, ...(isPlain ? { columns } : {}) };
    });
    return { advice: done.value.advice, indexes };
  }

  async function execute(statements: readonly string[]): Promise<void> {
    for (const sql of statements) await engine.query(sql);
  }

  beforeAll(async () => {
    engine = await openPostgres();
    // Advice is for the server that it is for: one before PostgreSQL 18 does not skip within an index.
    document = forVersion(await judgedShop(parameters), engine.major);
    prepared = prepareAdvice(document, await parserForTests(), UNLIMITED);
    await engine.reset();
    for (const [name, value] of Object.entries(SETTINGS)) await engine.query(`SET ${name} = ${value}`);
    // References hold by the way the rows are made; looking each up would take longer than making them.
    await execute(['SET session_replication_role = replica', 'SELECT setseed(0.3)']);
    await execute(plannerSetup(document).schema.map((one) => one.sql));
    await execute(judgedRows(document));
    await execute(prepared.candidates.map((one) => one.sql));
    await execute(['VACUUM ANALYZE']);
    const tables = Object.values(document.tables).map((one) => one.name);
    server = new RealServer(engine, QUERIES, tables);
    await server.hide(prepared.candidates.map((one) => one.id));
  }, 600_000);
  afterAll(() => engine?.close());

  async function rivalsOf(set: readonly JudgedIndex[], indexes: readonly JudgedIndex[], room: number): Promise<readonly Rival[]> {
    const short = indexes.filter((one) => one.columns !== undefined && one.columns.length <= 2);
    const all = [
      { name: 'none', set: [] },
      { name: 'everything', set: indexes },
      await dexterSet(server, QUERIES, short),
      await extendSet(server, indexes, room),
      await greedyOnTruth(server, indexes, room),
      ...indexes.map((one) => ({ name: `only ${one.id}`, set: [one] })),
      ...randomSets(indexes, room, set.length, 40),
      ...localSwaps(set, indexes, room),
    ];
    return all.filter((one) => one.set.reduce((sum, index) => sum + index.bytes, 0) <= room);
  }

  function print(head: string, set: readonly JudgedIndex[], totals: readonly (Rival & { readonly total: number })[]): void {
    const names = new Map(prepared.candidates.map((one) => [one.id, one.sql.replace(/^.* ON /s, '')]));
    const words = (text: string) => text.replaceAll(/crowfoot_candidate_\d+/g, (id) => names.get(id) ?? id);
    const line = (one: (typeof totals)[number]) => `   ${one.total}  ${words(one.name)} (${one.set.length} indexes)`;
    const kinds = ['extend', 'greedy', 'dexter', 'random', 'everything', 'none'];
    const firsts = kinds.flatMap((kind) => totals.find(({ name }) => name.startsWith(kind)) ?? []);
    const advice = set.map((one) => `   advised: ${words(one.id)}`);
    console.log([head, ...advice, ...totals.slice(0, 4).map(line), '   ...', ...firsts.map(line)].join('\n'));
  }

  async function compare(budget: number | undefined): Promise<void> {
    const { advice, indexes } = await advised(budget);
    const room = budget ?? Number.POSITIVE_INFINITY;
    const made = new Set(advice.indexes.filter((one) => one.verdict === 'make').map((one) => one.id));
    const set = indexes.filter((one) => made.has(one.id));
    const rivals = await rivalsOf(set, indexes, room);
    const totals: (Rival & { readonly total: number })[] = [];
    for (const rival of rivals) totals.push({ ...rival, total: await server.total(rival.set) });
    totals.sort((a, b) => a.total - b.total);
    const total = await server.total(set);
    const best = totals[0]?.total ?? 0;
    const bytes = set.reduce((sum, one) => sum + one.bytes, 0);
    const where = budget === undefined ? 'any room' : `${(budget / 1e6).toFixed(0)} MB`;
    print(
      `${where}: advised ${total} pages an hour with ${set.length} indexes of ${(bytes / 1e6).toFixed(1)} MB: ${(total / best).toFixed(3)} of the best of ${rivals.length} sets (${server.runs} plans run)`,
      set,
      totals,
    );
    expect(advice.left).toEqual([]);
    expect(bytes).toBeLessThanOrEqual(room);
    expect(total).toBeLessThanOrEqual(best * 1.1);
  }

  it('touches at most a tenth more pages than the best of all sets tried, whatever they weigh', () => compare(undefined));
  it('does so in twelve megabytes', () => compare(12e6));

  it('touches as many pages when the advised indexes alone are really there', async () => {
    const { advice, indexes } = await advised(undefined);
    const made = advice.indexes.filter((one) => one.verdict === 'make');
    const pretended = await server.total(indexes.filter((one) => made.some(({ id }) => id === one.id)));
    await execute(prepared.candidates.map(({ id }) => `DROP INDEX ${id}`));
    await execute(made.map((one) => one.sql));
    const alone = new RealServer(engine, QUERIES, []);
    expect(Math.abs((await alone.total([])) / pretended - 1)).toBeLessThan(0.02);
  });
});
