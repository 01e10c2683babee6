import { describe, expect, it } from 'vitest';
import { PRODUCTION_QUERY } from '#engine/facts/production/postgres-query.ts';
import { readProductionFacts } from '#engine/facts/production/read.ts';
import { plannerSetup } from '#engine/planner/from-document.ts';
import { indexesOfPlan } from '#engine/planner/plan.ts';
import type { Document } from '#model/types.ts';
import { dataDir } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { openPglite } from '#verify/pglite-server.ts';
import { openPlanner, type Planner } from '#verify/planner/what-if.ts';

const DDL = `
CREATE SCHEMA sales;
CREATE TYPE sales.state AS ENUM ('new', 'paid');
CREATE TABLE sales."Order" (id bigint PRIMARY KEY, customer integer NOT NULL, state sales.state NOT NULL, at timestamptz NOT NULL, tags text[], extra jsonb);
CREATE INDEX ON sales."Order" (customer, at);
CREATE INDEX open_orders ON sales."Order" (at) WHERE state = 'new';
CREATE TABLE sales.log (at timestamp NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE sales.log_1 PARTITION OF sales.log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE sales.log_2 PARTITION OF sales.log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`;

async function open(document: Document): Promise<Planner> {
  const planner = await openPlanner(plannerSetup(document), await dataDir());
  if (!planner.ok) throw new Error(planner.problem.message);
  return planner.value;
}

describe('planning for a document', () => {
  it('declares every table at its size, with names as they are, and sizes its indexes', async () => {
    const document = readDdl(await parserForTests(), DDL);
    const planner = await open(document);
    try {
      expect(planner.errors).toEqual([]);
      expect(planner.refused).toEqual([]);
      const whole = planner.sizes.get('sales.Order_pkey');
      const open = planner.sizes.get('sales.open_orders');
      expect(whole?.rows).toBe(10_000);
      expect(open?.rows).toBe(5000);
      const plan = await planner.plan('SELECT * FROM sales."Order" WHERE id = 7');
      expect(plan.ok && [...indexesOfPlan(plan.value)]).toEqual(['Order_pkey']);
      const pruned = await planner.plan(`SELECT * FROM sales.log WHERE at = '2024-05-05'`);
      expect(pruned.ok && pruned.value.root.relation).toBe('log_1');
      expect(pruned.ok && pruned.value.root.totalCost).toBeGreaterThan(10);
    } finally {
      await planner.close();
    }
  });

  it('takes the facts of a server by the query it gives, and then believes what that server believes', async () => {
    const { database } = await openPglite([], await dataDir());
    await database.exec(`${DDL}
      INSERT INTO sales."Order" SELECT i, i % 50, CASE WHEN i % 10 = 0 THEN 'new' ELSE 'paid' END::sales.state,
        timestamptz '2025-01-01' + i * interval '1 minute', ARRAY['a"b', 'c\\d'], '{}' FROM generate_series(1, 20000) i;
      CREATE TABLE other (x integer);
    `);
    await database.exec('VACUUM ANALYZE');
    const [row] = (await database.query<{ facts: string }>(PRODUCTION_QUERY)).rows;
    const sql = `SELECT * FROM sales."Order" WHERE customer = 7 AND at > '2025-01-10'`;
    const [real] = (
      await database.query<{ 'QUERY PLAN': [{ Plan: { 'Total Cost': number; 'Plan Rows': number } }] }>(
        `EXPLAIN (FORMAT JSON) ${sql}`,
      )
    ).rows;
    await database.close();
    const document = readDdl(await parserForTests(), DDL);
    const facts = readProductionFacts(document, row?.facts ?? '');
    if (!facts.ok) throw new Error(facts.problem.message);
    expect(facts.value.version).toBeGreaterThanOrEqual(180_000);
    expect(facts.value.unknown).toEqual(['public.other']);
    const tables = Object.fromEntries(
      Object.entries(document.tables).map(([id, table]) => {
        const told = facts.value.tables.get(id);
        const columns = table.columns.map((column) => {
          const known = facts.value.columns.get(id)?.get(column.id);
          return known === undefined ? column : { ...column, facts: known };
        });
        return [id, { ...table, columns, ...(told === undefined ? {} : { facts: told }) }];
      }),
    );
    const setup = plannerSetup({ ...document, tables });
    const opened = await openPlanner({ ...setup, indexes: facts.value.indexes }, await dataDir());
    if (!opened.ok) throw new Error(opened.problem.message);
    expect(opened.value.refused).toEqual([]);
    const plan = await opened.value.plan(sql);
    await opened.value.close();
    const truth = real?.['QUERY PLAN'][0].Plan;
    expect(plan.ok && plan.value.root.rows).toBe(truth?.['Plan Rows']);
    expect(plan.ok && Math.abs(plan.value.root.totalCost / (truth?.['Total Cost'] ?? 0) - 1)).toBeLessThan(0.02);
  });

  it('says where pasted facts are not JSON, or not these', async () => {
    const document = readDdl(await parserForTests(), DDL);
    const broken = readProductionFacts(document, '{"relations": [\n oops');
    expect(!broken.ok && broken.problem.message).toContain('line 2, column');
    const other = readProductionFacts(document, '{"a": 1}');
    expect(!other.ok && other.problem.code).toBe('facts-shape');
  });
});
