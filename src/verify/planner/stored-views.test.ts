import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { applicationOf } from '#engine/indexes/advise/apply.ts';
import { planNodes } from '#engine/planner/plan.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Table } from '#model/types.ts';
import { dataDir } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { Advisor } from './advisor.ts';
import { proveAdvice } from './prove.ts';

const DDL = `
CREATE TABLE customers (id bigint PRIMARY KEY, country char(2) NOT NULL, email varchar(200));
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), total numeric(12,2) NOT NULL,
  placed timestamptz NOT NULL, state text NOT NULL);
CREATE MATERIALIZED VIEW order_facts AS
  SELECT o.id, o.customer_id, c.country, o.total, o.placed::date AS day FROM orders o JOIN customers c ON c.id = o.customer_id;
CREATE UNIQUE INDEX order_facts_id ON order_facts (id);
CREATE INDEX order_facts_day ON order_facts (day);
CREATE MATERIALIZED VIEW by_country AS SELECT country, count(*) AS orders, sum(total) AS takings FROM order_facts GROUP BY country;
CREATE MATERIALIZED VIEW odd AS SELECT * FROM generate_series(1, 10) AS g;`;

const QUERIES = {
  facts: { sql: 'SELECT total, day FROM order_facts WHERE customer_id = $1', callsPerHour: 5000 },
  countries: { sql: 'SELECT * FROM by_country WHERE country = $1', callsPerHour: 100 },
  refresh: { sql: 'REFRESH MATERIALIZED VIEW order_facts;', callsPerHour: 1 },
  strange: { sql: 'SELECT g FROM odd', callsPerHour: 1 },
  wrong: { sql: 'SELECT nothing FROM order_facts', callsPerHour: 1 },
};

let document: Document;
let advisor: Advisor;
let advice: IndexAdvice;

beforeAll(async () => {
  const parser = await parserForTests();
  const read = readDdl(parser, DDL);
  const rows: Readonly<Record<string, number>> = { customers: 50_000, orders: 2_000_000 };
  const tables = Object.fromEntries(
    Object.entries(read.tables).map(([id, table]): [string, Table] => [id, { ...table, facts: { rows: rows[table.name] ?? 0 } }]),
  );
  const queries = Object.fromEntries(Object.entries(QUERIES).map(([id, query]) => [id, { id, name: id, ...query }]));
  document = { ...read, tables, queries };
  advisor = new Advisor({ parser: async () => parser, cluster: dataDir, today: () => '2026-01-31', breathe: async () => {} });
  const advised = await advisor.advise({ document, options: {} }, UNLIMITED);
  if (!advised.ok) throw new Error(advised.problem.message);
  advice = advised.value;
});

afterAll(() => advisor?.close());

const view = (name: string) => Object.values(document.views).find((one) => one.name === name)?.id ?? '';

describe('advice with materialized views', () => {
  it('plans queries on them at the size that follows from their queries', () => {
    const facts = advice.queries.find(({ query }) => query === 'facts');
    const scan = facts && [...planNodes(facts.planNow.root)].find(({ relation }) => relation === 'order_facts');
    expect(scan).toBeDefined();
    expect(facts?.now).toBeGreaterThan(10_000);
    expect(facts?.advised).toBeLessThan((facts?.now ?? 0) / 100);
  });

  it('makes an index on one, drops a needless one, and keeps what is unique', () => {
    const of = advice.indexes.filter(({ table }) => table === view('order_facts'));
    const made = of.find(({ verdict }) => verdict === 'make');
    expect(made?.parts[0]?.text).toBe('customer_id');
    expect(made?.sql).toMatch(/^CREATE INDEX \w+ ON order_facts \(customer_id/);
    // REFRESH writes it anew.
    expect(made?.notes.join(' ')).toContain('each REFRESH makes it anew');
    expect(made?.writeCost).toBeGreaterThan(1000);
    expect(of.find(({ name }) => name === 'order_facts_day')?.verdict).toBe('drop');
    expect(of.find(({ name }) => name === 'order_facts_id')?.verdict).toBe('rule');
  });

  it('takes REFRESH for its query, and leaves out only what nobody can plan', () => {
    const refresh = advice.queries.find(({ query }) => query === 'refresh');
    const read = refresh && [...planNodes(refresh.planNow.root)].flatMap(({ relation }) => relation ?? []);
    expect(read?.sort()).toEqual(['customers', 'orders']);
    expect(advice.queries.map(({ query }) => query).sort()).toEqual(['countries', 'facts', 'refresh', 'strange']);
    expect(advice.left).toEqual([{ query: 'wrong', reason: expect.stringContaining('"nothing" does not exist') }]);
  });

  it('is applied to the view, in DDL that reads the same again', async () => {
    const ids = advice.indexes.filter(({ verdict }) => verdict === 'make' || verdict === 'drop').map(({ id }) => id);
    const planned = applicationOf(document, advice, ids, { ids: derivedIds(), date: '2026-01-01' });
    if (!planned.ok) throw new Error(planned.problem.message);
    const ran = runCommands(document, planned.value.calls, derivedIds());
    if (!ran.ok) throw new Error(ran.problem.message);
    const after = ran.value.document.views[view('order_facts')];
    expect(after?.indexes.map(({ elements }) => elements[0]?.columnName)).toEqual(['id', 'customer_id']);
    const sql = writeDocument(ran.value.document, { version: 18 }).statements.map((one) => one.sql);
    expect(sql.join('\n')).toMatch(/CREATE INDEX \w+ ON order_facts \(customer_id/);
  });

  it('weighs an own set, and plans single queries on them', async () => {
    const own = await advisor.weigh([]);
    expect(own.ok && own.value.queries.find(({ query }) => query === 'facts')?.cost).toBeGreaterThan(10_000);
    const plan = await advisor.plan({ document, sql: 'SELECT * FROM order_facts WHERE id = 5' }, () => {});
    expect(plan.ok && plan.value.used).toEqual(['public.order_facts_id']);
    const refresh = await advisor.plan({ sql: 'REFRESH MATERIALIZED VIEW by_country' }, () => {});
    const read = refresh.ok ? [...planNodes(refresh.value.plan.root)].flatMap(({ relation }) => relation ?? []) : [];
    expect(read).toEqual(['order_facts']);
  });
});

describe('measuring with materialized views', () => {
  it('fills them with what their queries give of the generated rows', async () => {
    const proof = await proveAdvice({ document, advice, rows: 20_000 }, await parserForTests(), UNLIMITED, await dataDir());
    if (!proof.ok) throw new Error(proof.problem.message);
    const facts = proof.value.queries.find(({ query }) => query === 'facts');
    const [now, advised] = ['now', 'advised'].map((set) => facts?.runs.find((run) => run.set === set));
    expect(advised?.rows).toBeGreaterThan(0);
    expect(advised?.buffers).toBeLessThan(now?.buffers ?? 0);
    expect(proof.value.queries.find(({ query }) => query === 'refresh')?.runs.length).toBeGreaterThan(0);
  });
});
