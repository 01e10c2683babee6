import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { Budget } from '#engine/budget.ts';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { dataDir } from '#test/pglite.ts';
import { EXTRAS, OF_PEOPLE, OPTIONS, PLAIN, ROWS, type Variation, variedShop } from '#test/planner/varied-shop.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';
import { Advisor } from './advisor.ts';
import { plannerModel } from './cost-model.ts';
import { PretendServer, tableName } from './pretend-server.ts';

const FREE: Budget = { shouldStop: () => false };

let opened = 0;
let day = '2026-01-31';

function anAdvisor(): Advisor {
  const cluster = () => {
    opened += 1;
    return dataDir();
  };
  return new Advisor({ parser: parserForTests, cluster, today: () => day, breathe: async () => {} });
}

async function adviceOf(advisor: Advisor, variation: Variation, budget = FREE): Promise<IndexAdvice> {
  const options = OPTIONS[variation.options] ?? {};
  const advised = await advisor.advise({ document: await variedShop(variation), options }, budget);
  if (!advised.ok) throw new Error(advised.problem.message);
  return advised.value;
}

describe('advice that is asked for again', () => {
  let advisor: Advisor;
  let explained: MockInstance<PretendServer['explain']>;

  /** Statements of the workload that the planner was asked about since, those for sizes of partial indexes apart. */
  function asked(): readonly string[] {
    const all = explained.mock.calls
      .map(([sql]) => sql)
      .filter((sql) => !/^SELECT (?:1 FROM "?\w+"?\."?\w+"? WHERE|\* FROM crowfoot_probe)/.test(sql));
    explained.mockClear();
    return all;
  }

  beforeEach(() => {
    opened = 0;
    day = '2026-01-31';
    advisor = anAdvisor();
    explained = vi.spyOn(PretendServer.prototype, 'explain');
  });

  afterEach(async () => {
    explained.mockRestore();
    await advisor.close();
  });

  it('asks the planner nothing that it asked before', { timeout: 300_000 }, async () => {
    const first = await adviceOf(advisor, PLAIN);
    const all = asked().length;
    expect(all).toBeGreaterThan(30);
    expect(await adviceOf(advisor, PLAIN)).toEqual(first);
    expect(asked()).toEqual([]);
    // Other calls and another weight: much of it is asked about the same sets.
    await adviceOf(advisor, { ...PLAIN, calls: 7 });
    await adviceOf(advisor, { ...PLAIN, options: 3 });
    await adviceOf(advisor, { ...PLAIN, options: 1 });
    expect(asked().length).toBeLessThan(all / 4);
    expect(opened).toBe(1);
    // Without a query the planner is another, as there are other candidates; what it would say is known.
    const less = await adviceOf(advisor, { ...PLAIN, without: [3] });
    expect(less.queries).toHaveLength(first.queries.length - 1);
    expect(opened).toBe(2);
    expect(asked()).toEqual([]);
    expect(await adviceOf(advisor, PLAIN)).toEqual(first);
    expect(asked()).toEqual([]);
  });

  it('asks anew about what facts of a table have a say in, and about all after another schema or day', {
    timeout: 300_000,
  }, async () => {
    await adviceOf(advisor, PLAIN);
    const all = asked().length;
    await adviceOf(advisor, { ...PLAIN, people: 2 });
    const of = asked();
    expect(of.length).toBeGreaterThan(0);
    expect(of.filter((sql) => !OF_PEOPLE.test(sql))).toEqual([]);
    await adviceOf(advisor, { ...PLAIN, extras: [1] });
    expect(asked().length).toBeGreaterThan(all / 2);
    day = '2026-02-01';
    await adviceOf(advisor, { ...PLAIN, extras: [1] });
    expect(asked().length).toBeGreaterThan(all / 2);
  });

  it('once stopped asks about no more than what is shown', { timeout: 300_000 }, async () => {
    let stopped = 0;
    const after = (plans: number): Budget => ({
      shouldStop: () => {
        if (explained.mock.calls.length < plans) return false;
        stopped ||= explained.mock.calls.length;
        return true;
      },
    });
    const advice = await adviceOf(advisor, PLAIN, after(40));
    expect(advice.complete).toBe(false);
    expect(stopped).toBeGreaterThan(0);
    // Three sets are shown; with none and as it is now was asked already, and of the third what no query was asked for.
    expect(explained.mock.calls.length - stopped).toBeLessThanOrEqual(advice.queries.length + 1);
    asked();
    // Stopped at once where all is known: nothing is asked.
    await adviceOf(advisor, PLAIN);
    asked();
    const again = await adviceOf(advisor, PLAIN, { shouldStop: () => true });
    expect(again.queries.length).toBe(advice.queries.length);
    expect(asked().length).toBeLessThanOrEqual(again.queries.length);
  });
});

const some = (length: number) => fc.uniqueArray(fc.nat({ max: length - 1 }), { maxLength: 3 });
const VARIATION: fc.Arbitrary<Variation> = fc.record({
  extras: some(EXTRAS.length),
  orders: fc.nat({ max: ROWS.length - 1 }),
  people: fc.nat({ max: ROWS.length - 1 }),
  values: fc.nat({ max: 2 }),
  without: some(6),
  calls: fc.constantFrom(1, 100),
  state: fc.nat({ max: 1 }),
  options: fc.nat({ max: OPTIONS.length - 1 }),
});

describe('advice after any edits', () => {
  it('is what it would be without anything remembered, to the last figure', { timeout: 900_000 }, async () => {
    const edits = fc.array(
      fc.tuple(VARIATION, fc.subarray(Object.keys(PLAIN) as (keyof Variation)[], { minLength: 1, maxLength: 2 })),
      {
        minLength: 2,
        maxLength: 3,
      },
    );
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const warm = anAdvisor();
        let now = PLAIN;
        for (const [other, keys] of [[PLAIN, []] as const, ...changes]) {
          now = { ...now, ...Object.fromEntries(keys.map((key) => [key, other[key]])) };
          const cold = anAdvisor();
          expect(await adviceOf(warm, now)).toEqual(await adviceOf(cold, now));
          await cold.close();
        }
        await warm.close();
      }),
      runs(8107, 2, 10),
    );
  });
});

describe('tables that a statement opens', () => {
  it('are found through views, functions, partitions and policies, and are none of what is not one statement', {
    timeout: 120_000,
  }, async () => {
    const model = await plannerModel(await variedShop({ ...PLAIN, extras: [1, 6] }), { dataDirectory: await dataDir() });
    if (!model.ok) throw new Error(model.problem.message);
    const { planner } = model.value;
    const names = (...all: readonly string[]) => all.map((name) => tableName({ schema: 'public', name }));
    expect(await planner.tablesOf('SELECT * FROM recent')).toEqual(names('orders'));
    expect(await planner.tablesOf('SELECT * FROM people WHERE id IN (SELECT person FROM recent)')).toEqual(
      names('orders', 'people'),
    );
    expect(await planner.tablesOf('SELECT * FROM visits WHERE person = $1')).toEqual(names('visits', 'visits_1', 'visits_2'));
    expect(await planner.tablesOf('SELECT * FROM visits WHERE at = 7')).toEqual(names('visits', 'visits_1'));
    expect(await planner.tablesOf('INSERT INTO orders SELECT id, 1, town, 1, 1 FROM people')).toEqual(names('orders', 'people'));
    expect(await planner.tablesOf('SELECT 1; SELECT * FROM orders')).toBeUndefined();
    expect(await planner.tablesOf('SELECT FROM nowhere')).toBeUndefined();
    // Nothing is left of it: the next statement is planned.
    expect(await planner.plan('SELECT * FROM orders')).toMatchObject({ ok: true });
    await model.value.close();
  });
});
