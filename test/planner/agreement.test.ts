import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buffersOf, indexesOfPlan, readPlan } from '#engine/planner/plan.ts';
import type { Planner } from '#verify/planner/what-if.ts';
import { factor, loadedPlans, median, openShop, type PlanSaid, pretendedPlans } from './agreement.ts';
import { PLANS } from './shop.ts';

describe('the planner with nothing stored', () => {
  let planner: Planner;
  beforeAll(async () => {
    planner = await openShop();
  });
  afterAll(() => planner.close());

  it('makes the plans of a server that holds the rows, in all 51 cases, at about their costs', async () => {
    const loaded = loadedPlans();
    const plans = await pretendedPlans(planner);
    expect(PLANS).toHaveLength(51);
    for (const { key } of PLANS) expect(`${key}: ${plans[key]?.shape}`).toBe(`${key}: ${loaded[key]?.shape}`);
    const factors = PLANS.map(({ key }) => factor((plans[key] as PlanSaid).cost, (loaded[key] as PlanSaid).cost));
    expect(median(factors)).toBeLessThanOrEqual(1.05);
  });

  it('plans with the indexes that are shown and no others', async () => {
    const sql = 'SELECT * FROM orders WHERE customer_id = 1 ORDER BY id';
    await planner.show(new Set());
    const none = await planner.plan(sql);
    await planner.show(new Set(['public.w_orders_customer_id', 'public.orders_pkey']));
    const one = await planner.plan(sql);
    expect(none.ok && [...indexesOfPlan(none.value)]).toEqual([]);
    expect(one.ok && [...indexesOfPlan(one.value)]).toEqual(['w_orders_customer_id']);
  });

  it('makes generic plans of queries with parameters', async () => {
    await planner.show(new Set(['public.w_orders_customer_id']));
    const plan = await planner.plan('SELECT * FROM orders WHERE customer_id = $1');
    expect(plan.ok && [...indexesOfPlan(plan.value)]).toEqual(['w_orders_customer_id']);
    expect(plan.ok && plan.value.root.rows).toBe(20);
  });

  it('says what PostgreSQL says of queries that cannot be planned, and goes on', async () => {
    const wrong = await planner.plan('SELECT nothing FROM orders');
    expect(wrong.ok).toBe(false);
    expect(!wrong.ok && wrong.problem.message).toContain('column "nothing" does not exist');
    expect((await planner.plan('SELECT 1')).ok).toBe(true);
  });

  it('takes more indexes later, beside tables that already tell their size', async () => {
    const refused = await planner.add([
      {
        schema: 'public',
        name: 'later',
        table: { schema: 'public', name: 'orders' },
        sql: 'CREATE INDEX later ON orders (note)',
      },
      {
        schema: 'public',
        name: 'never',
        table: { schema: 'public', name: 'orders' },
        sql: 'CREATE INDEX never ON orders (missing)',
      },
    ]);
    expect([...refused.keys()]).toEqual(['public.never']);
    await planner.show(new Set(['public.later']));
    const plan = await planner.plan(`SELECT count(*) FROM orders WHERE note = 'x'`);
    expect(plan.ok && [...indexesOfPlan(plan.value)]).toEqual(['later']);
  });
});

describe('reading a plan', () => {
  it('takes what clients copy, with what happened', () => {
    const text = JSON.stringify([
      {
        'QUERY PLAN': [
          {
            Plan: {
              'Node Type': 'Index Scan',
              'Index Name': 'a_b',
              'Relation Name': 'a',
              'Total Cost': 8.3,
              'Plan Rows': 1,
              'Actual Rows': 2,
              'Actual Loops': 3,
              'Shared Hit Blocks': 4,
              'Shared Read Blocks': 5,
              'Index Cond': '(b = 1)',
            },
            'Execution Time': 0.5,
          },
        ],
      },
    ]);
    const plan = readPlan(text);
    if (!plan.ok) throw new Error(plan.problem.message);
    expect(plan.value.root).toMatchObject({ type: 'Index Scan', index: 'a_b', totalCost: 8.3 });
    expect(plan.value.root.conditions).toEqual([{ what: 'Index Cond', text: '(b = 1)' }]);
    expect(buffersOf(plan.value)).toBe(9);
    expect(plan.value.executionMs).toBe(0.5);
  });

  it('says where text is not JSON, and what is no plan', () => {
    const broken = readPlan('[\n {"Plan": {"Node Type": }\n]');
    expect(!broken.ok && broken.problem.code).toBe('plan-json');
    for (const text of ['[]', '{}', '[{"Plan": {}}]', '[{"Plan": {"Node Type": "A", "Plans": [1]}}]', '3', 'null']) {
      const other = readPlan(text);
      expect(!other.ok && other.problem.code, text).toBe('plan-shape');
    }
  });
});
