/** The text form of EXPLAIN and the JSON form of the same query must be read as the same plan, by every PostgreSQL there is. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Plan, type PlanNode, planNodes, readPlan } from '#engine/planner/plan.ts';
import { findPostgres, openPostgres } from '#test/engines/postgres.ts';
import { TestDatabase } from '#test/pglite.ts';

const SCHEMA = `
CREATE TABLE customer (id integer PRIMARY KEY, email text NOT NULL, country text NOT NULL);
CREATE TABLE "Order Line" (id bigint PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer ON DELETE CASCADE, status text NOT NULL,
  "placed at" timestamp NOT NULL, total numeric(10,2) NOT NULL, tags text[], note text);
CREATE TABLE event (at date NOT NULL, kind integer NOT NULL, customer_id integer) PARTITION BY RANGE (at);
CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE event_2 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO customer SELECT i, 'user' || i || '@example.com', 'C' || i % 7 FROM generate_series(1, 2000) i;
INSERT INTO "Order Line" SELECT i, 1 + i % 2000, CASE WHEN i % 10 = 0 THEN 'open' ELSE 'done' END,
  timestamp '2024-01-01' + i * interval '1 minute', i % 500, ARRAY['a', 'b' || i % 50], repeat('x', 60) FROM generate_series(1, 30000) i;
INSERT INTO event SELECT date '2024-01-01' + i % 700, i % 20, 1 + i % 2000 FROM generate_series(1, 20000) i;
CREATE INDEX "by customer" ON "Order Line" (customer_id);
CREATE INDEX by_status ON "Order Line" (status, "placed at");
CREATE INDEX by_tags ON "Order Line" USING gin (tags);
CREATE INDEX ON event (kind);
CREATE VIEW open_lines AS SELECT * FROM "Order Line" WHERE status = 'open' AND note <> 'it''s (cost=1.00..2.00 rows=1 width=1) -> odd';`;

const QUERIES: readonly string[] = [
  'SELECT * FROM customer',
  'SELECT * FROM customer c WHERE id = 7',
  `SELECT * FROM "Order Line" o WHERE customer_id = 7 AND "placed at" > '2024-01-05' ORDER BY "placed at" DESC LIMIT 3`,
  'SELECT count(*) FROM "Order Line" WHERE customer_id < 5',
  `SELECT id FROM "Order Line" WHERE customer_id = 3 OR status = 'open' AND "placed at" < '2024-01-02'`,
  `SELECT country, count(*) FROM customer GROUP BY country HAVING count(*) > 3 ORDER BY 2`,
  `SELECT c.email, o.total FROM customer c JOIN "Order Line" o ON o.customer_id = c.id WHERE c.country = 'C1'`,
  `SELECT c.email FROM customer c LEFT JOIN "Order Line" o ON o.customer_id = c.id AND o.status = 'open' WHERE o.id IS NULL`,
  'SELECT * FROM customer c WHERE EXISTS (SELECT FROM "Order Line" o WHERE o.customer_id = c.id AND o.total > 490)',
  'SELECT * FROM customer c WHERE id NOT IN (SELECT customer_id FROM "Order Line" WHERE total > 100)',
  'SELECT c.id, (SELECT max(total) FROM "Order Line" o WHERE o.customer_id = c.id) FROM customer c WHERE c.id < 20',
  'SELECT * FROM "Order Line" WHERE total > (SELECT avg(total) FROM "Order Line") LIMIT 5',
  'WITH a AS MATERIALIZED (SELECT * FROM customer WHERE id < 50) SELECT * FROM a x JOIN a y ON x.id = y.id + 1',
  'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 20) SELECT sum(n) FROM t',
  `SELECT * FROM event WHERE at = '2024-05-05'`,
  'SELECT kind, count(*) FROM event GROUP BY kind ORDER BY kind',
  'SELECT * FROM event WHERE kind = 3 ORDER BY at LIMIT 4',
  `SELECT * FROM "Order Line" WHERE tags @> ARRAY['b7']`,
  'SELECT id FROM customer UNION SELECT customer_id FROM event',
  'SELECT id FROM customer EXCEPT ALL SELECT customer_id FROM event',
  'SELECT DISTINCT customer_id FROM event',
  'SELECT id, rank() OVER (PARTITION BY country ORDER BY id) FROM customer',
  'SELECT * FROM generate_series(1, 10) g WHERE g > 3',
  `SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(x, y) JOIN customer c ON c.id = v.x`,
  'SELECT * FROM open_lines WHERE total = 3',
  'SELECT * FROM customer TABLESAMPLE SYSTEM (10) REPEATABLE (1)',
  `SELECT * FROM customer WHERE ctid = '(0,1)'`,
  'SELECT * FROM customer FOR UPDATE',
  'SELECT * FROM "Order Line" ORDER BY note, total',
  'SELECT total, note, count(*) FROM "Order Line" GROUP BY GROUPING SETS ((total), (note), ())',
  `UPDATE "Order Line" SET note = 'y' WHERE id = 3`,
  'DELETE FROM customer WHERE id = 1999',
  `INSERT INTO customer VALUES (5000, 'a
b', 'c') ON CONFLICT (id) DO UPDATE SET email = excluded.email WHERE customer.country <> 'x
y'`,
  'SELECT max(id) FROM customer',
  'SELECT * FROM customer a, customer b WHERE a.id < b.id AND a.id < 30 AND b.id < 30',
  `SELECT * FROM customer WHERE email = 'a
-> odd'`,
  'SELECT unnest(tags) FROM "Order Line" WHERE id < 5',
  'SELECT 1',
  'SELECT * FROM customer WHERE false',
];

/** What EXPLAIN is asked for, two of them with each setting. */
const OPTIONS: readonly string[] = [
  'ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF',
  'COSTS',
  'ANALYZE, WAL, BUFFERS, VERBOSE',
  'VERBOSE, SETTINGS, COSTS OFF',
  'ANALYZE, COSTS OFF',
  'VERBOSE, SETTINGS',
];

const SETTINGS: readonly string[] = [
  `SET max_parallel_workers_per_gather = 0`,
  'SET enable_hashjoin = off; SET enable_hashagg = off; SET enable_seqscan = off',
  `SET work_mem = '64kB'; SET enable_mergejoin = off; SET enable_indexscan = off`,
  'SET enable_nestloop = off; SET enable_hashjoin = off; SET enable_indexonlyscan = off',
  `SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET min_parallel_index_scan_size = 0`,
];

/** Figures that differ from run to run. */
const CHANGES: ReadonlySet<string> = new Set([
  'sharedHit',
  'sharedRead',
  'sharedDirtied',
  'sharedWritten',
  'walRecords',
  'walBytes',
  'heapFetches',
  'memoryKb',
  'rows',
]);

/** What must be the same in two runs; how workers share the work is not. */
function stable(node: PlanNode, ran: boolean, shared: boolean): unknown {
  const { actual, details = {}, children, ...rest } = node;
  const figures = Object.entries(details).filter(
    ([name, value]) => !ran || (typeof value === 'string' ? true : !shared && !CHANGES.has(name)),
  );
  return {
    ...rest,
    ...(ran && !shared ? { found: actual?.rows, loops: actual?.loops } : {}),
    ran: actual !== undefined,
    details: Object.fromEntries(figures),
    children: children.map((one) => stable(one, ran, shared)),
  };
}

interface Server {
  readonly label: string;
  readonly lines: (sql: string) => Promise<string>;
  readonly json: (sql: string) => Promise<unknown>;
  readonly run: (sql: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

async function pglite(): Promise<Server> {
  const database = await TestDatabase.open();
  await database.reset();
  const rows = (sql: string) => database.query<Record<string, unknown>>(sql);
  return {
    label: 'PGlite',
    lines: async (sql) => (await rows(sql)).map((row) => row['QUERY PLAN']).join('\n'),
    json: async (sql) => (await rows(sql))[0],
    run: async (sql) => {
      for (const one of sql.split(';')) if (one.trim() !== '') await rows(one);
    },
    close: async () => {
      await database.close();
    },
  };
}

async function debian(): Promise<Server> {
  const engine = await openPostgres();
  await engine.reset();
  return {
    label: 'PostgreSQL',
    lines: async (sql) => (await engine.query<Record<string, unknown>>(sql)).map((row) => row['QUERY PLAN']).join('\n'),
    json: async (sql) => (await engine.query<Record<string, unknown>>(sql))[0],
    run: (sql) => engine.query(sql),
    close: () => engine.close(),
  };
}

const found = findPostgres();
if (!found.ok) console.log(`skipped: text of plans by PostgreSQL: ${found.reason}`);
const SERVERS = [
  { label: 'PGlite', open: pglite, here: true },
  { label: 'PostgreSQL', open: debian, here: found.ok },
];

function read(given: unknown): Plan {
  const plan = readPlan(given);
  if (!plan.ok) throw new Error(`${plan.problem.message}\n${String(given)}`);
  return plan.value;
}

describe.each(SERVERS)('plans as text, of $label', ({ open, here }) => {
  describe.skipIf(!here)('read', () => {
    let server: Server;
    beforeAll(async () => {
      server = await open();
      for (const sql of SCHEMA.split(/;\n/)) await server.run(sql);
      await server.run('VACUUM ANALYZE');
    });
    afterAll(() => server?.close());

    const types = new Set<string>();
    afterEach(() => server.run('ROLLBACK'));
    it.each(SETTINGS)('the same tree as the JSON form: %s', async (settings) => {
      await server.run('BEGIN');
      await server.run(settings);
      for (const sql of QUERIES) {
        const at = SETTINGS.indexOf(settings);
        for (const options of [0, 1].map((more) => OPTIONS[(2 * at + more) % OPTIONS.length] as string)) {
          const ran = options.startsWith('ANALYZE');
          await server.run('SAVEPOINT before');
          const text = await server.lines(`EXPLAIN (${options}) ${sql}`);
          await server.run('ROLLBACK TO SAVEPOINT before');
          const json = await server.json(`EXPLAIN (${options}, FORMAT JSON) ${sql}`);
          await server.run('ROLLBACK TO SAVEPOINT before');
          const [one, other] = [read(text), read(json)];
          const shared = settings.includes('parallel_setup_cost');
          expect(stable(one.root, ran, shared), `${options}\n${text}`).toEqual(stable(other.root, ran, shared));
          expect(one.settings, text).toEqual(other.settings);
          expect(
            one.triggers?.map(({ name, calls }) => [name, calls]),
            text,
          ).toEqual(other.triggers?.map(({ name, calls }) => [name, calls]));
          expect(one.executionMs === undefined, text).toBe(other.executionMs === undefined);
          for (const node of planNodes(one.root)) types.add(node.type);
        }
      }
    });

    it('of thirty kinds of nodes', () => {
      console.log(`${types.size} kinds of nodes: ${[...types].sort().join(', ')}`);
      expect(types.size).toBeGreaterThanOrEqual(30);
    });

    it('with times, pages and what sorts needed', async () => {
      const text = await server.lines('EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM "Order Line" ORDER BY note, total');
      const { root, executionMs, planningMs } = read(text);
      expect(root.type).toBe('Sort');
      expect(root.details?.sortMethod).toMatch(/sort|merge/);
      expect(root.details?.sortKb).toBeGreaterThan(100);
      expect(root.actual?.ms).toBeGreaterThan(0);
      expect((root.actual?.sharedHit ?? 0) + (root.actual?.sharedRead ?? 0)).toBeGreaterThan(100);
      expect(executionMs).toBeGreaterThan(0);
      expect(planningMs).toBeGreaterThan(0);
    });
  });
});
