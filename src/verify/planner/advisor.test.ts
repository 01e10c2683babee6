import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Budget } from '#engine/budget.ts';
import { advisedNames } from '#engine/indexes/advise/advice.ts';
import { planNodes } from '#engine/planner/plan.ts';
import type { Document } from '#model/types.ts';
import { dataDir } from '#test/pglite.ts';
import { advisedShop } from '#test/planner/advised-shop.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { Advisor } from './advisor.ts';

let document: Document;
let advisor: Advisor;

beforeAll(async () => {
  document = await advisedShop();
  advisor = new Advisor({ parser: parserForTests, cluster: dataDir, today: () => '2026-01-31', breathe: async () => {} });
});

afterAll(() => advisor.close());

const quiet = () => {};

describe('the advisor', () => {
  it('says that nothing is open before it was asked', async () => {
    const fresh = new Advisor({ parser: parserForTests, cluster: dataDir, today: () => '2026-01-31', breathe: async () => {} });
    expect(await fresh.weigh([])).toMatchObject({ ok: false, problem: { code: 'no-advice' } });
    expect(await fresh.plan({ sql: 'SELECT 1' }, quiet)).toMatchObject({ ok: false, problem: { code: 'no-advice' } });
    await fresh.close();
  });

  it('plans a statement of a document, with what it has and with what is asked for', async () => {
    const sql = `SELECT * FROM orders WHERE placed > '2025-12-31' AND id <> 4`;
    const now = await advisor.plan({ document, sql }, quiet);
    expect(now.ok && now.value.used).toEqual(['public.orders_placed_idx']);
    expect(now.ok && now.value.version).toMatch(/^18/);
    const without = await advisor.plan({ sql, indexes: [] }, quiet);
    expect(without.ok && without.value.used).toEqual([]);
    expect(without.ok && now.ok && without.value.cost > 10 * now.value.cost).toBe(true);
    expect(await advisor.plan({ sql: 'SELECT * FROM nowhere' }, quiet)).toMatchObject({
      ok: false,
      problem: { code: 'planner-42P01' },
    });
  });

  it('advises, says how far it is, and answers what another set would do, in turn', async () => {
    const heard: [number, string][] = [];
    const budget: Budget = { shouldStop: () => false, progress: (done, what) => heard.push([done, what]) };
    const advising = advisor.advise({ document, options: {} }, budget);
    // Asked before the advice is there: it waits.
    const waiting = advisor.weigh([]);
    const advice = await advising;
    if (!advice.ok) throw new Error(advice.problem.message);
    expect(advice.value.complete).toBe(true);
    expect(advice.value.reason).toBeUndefined();
    const none = await waiting;
    expect(none.ok && none.value.reads).toBeCloseTo(advice.value.none.reads);
    const shares = heard.map(([done]) => done);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(heard.some(([, what]) => /^\d+ plans asked/.test(what))).toBe(true);

    const [made] = advice.value.indexes;
    const planned = await advisor.plan(
      { sql: 'SELECT id, placed, total FROM orders WHERE customer_id = 7 ORDER BY placed DESC LIMIT 5', indexes: [made?.id ?? ''] },
      quiet,
    );
    // The name that people see, not that of the candidate.
    const names = planned.ok ? [...planNodes(planned.value.plan.root)].flatMap(({ index }) => index ?? []) : [];
    expect(names).toEqual([made?.name]);
  });

  it('weighs sets of an advice that another worker gave, with the same costs', async () => {
    const given = await advisor.advise({ document, options: {} }, { shouldStop: () => false });
    if (!given.ok) throw new Error(given.problem.message);
    const fresh = new Advisor({ parser: parserForTests, cluster: dataDir, today: () => '2026-01-31', breathe: async () => {} });
    const again = { document, options: {}, names: advisedNames(given.value) };
    const { advised } = given.value;
    const weighed = await fresh.weigh(advised.indexes, again);
    expect(weighed.ok && weighed.value).toEqual(advised);
    // Open again, it needs no more than before.
    const none = await fresh.weigh([]);
    expect(none.ok && none.value.reads).toBeCloseTo(given.value.none.reads);
    await fresh.close();
  });

  it('keeps its planner while nothing changes that plans depend on', async () => {
    let opened = 0;
    const cluster = () => {
      opened += 1;
      return dataDir();
    };
    const own = new Advisor({ parser: parserForTests, cluster, today: () => '2026-01-31', breathe: async () => {} });
    const budget: Budget = { shouldStop: () => false };
    const first = await own.advise({ document, options: {} }, budget);
    const moved = { ...document, queries: { ...document.queries } };
    for (const [id, query] of Object.entries(document.queries)) moved.queries[id] = { ...query, callsPerHour: 1 };
    const again = await own.advise({ document: moved, options: { budget: 1e8 } }, budget);
    if (!first.ok || !again.ok) throw new Error('no advice');
    expect(opened).toBe(1);
    expect(again.value.advised.bytes).toBeLessThanOrEqual(1e8);
    expect(again.value.queries.map(({ none }) => none)).toEqual(first.value.queries.map(({ none }) => none));
    expect(again.value.refused).toEqual(first.value.refused);
    const tables = Object.entries(document.tables).map(([id, table]) => [id, { ...table, facts: { rows: 7 } }] as const);
    const smaller = await own.advise({ document: { ...document, tables: Object.fromEntries(tables) }, options: {} }, budget);
    expect(opened).toBe(2);
    expect(smaller.ok && smaller.value.none.reads).toBeLessThan(first.value.none.reads / 100);
    await own.close();
  });

  it('gives the best so far when it is stopped, and says so', async () => {
    let plans = 0;
    const budget: Budget = {
      shouldStop: () => plans > 0,
      progress: (_, what) => (plans = Number(/^(\d+) plans/.exec(what)?.[1] ?? plans)),
    };
    const advice = await advisor.advise({ document, options: {} }, budget);
    if (!advice.ok) throw new Error(advice.problem.message);
    const { advised, none, complete, reason } = advice.value;
    expect(complete).toBe(false);
    expect(reason).toMatch(/stopped/);
    expect(advised.reads).toBeLessThanOrEqual(none.reads);
  });
});
