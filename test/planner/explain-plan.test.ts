/** Plans of bad queries, made by PostgreSQL itself, must be explained by what is bad; those of good ones by nothing. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExplainedPlan, explainPlan } from '#engine/planner/explain-plan.ts';
import { planNodes, readPlan } from '#engine/planner/plan.ts';
import type { PlanFindingCode } from '#engine/planner/plan-finding.ts';
import type { Document } from '#model/types.ts';
import { cpuMs } from '#test/cpu-time.ts';
import { TestDatabase } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';

const DDL = `
CREATE TABLE customer (id integer PRIMARY KEY, email text NOT NULL, country text NOT NULL, region text NOT NULL);
CREATE INDEX customer_email_idx ON customer (email);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer ON DELETE CASCADE, status text NOT NULL,
  placed timestamp NOT NULL, total integer NOT NULL, note text NOT NULL);
CREATE INDEX orders_status_idx ON orders (status);
CREATE TABLE event (at date NOT NULL, kind integer NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE event_2 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`;

const ROWS = `
INSERT INTO customer SELECT i, 'user' || i || '@example.com', 'C' || i % 100, 'R' || i % 100 FROM generate_series(1, 5000) i;
INSERT INTO orders SELECT i, 1 + i % 5000, CASE WHEN i % 4 = 0 THEN 'open' ELSE 'done' END, timestamp '2024-01-01' + i * interval '1 minute', i % 1000, repeat('x', 40)
  FROM generate_series(1, 60000) i;
INSERT INTO event SELECT date '2024-01-01' + i % 700, i % 20 FROM generate_series(1, 5000) i;
VACUUM ANALYZE;`;

interface Case {
  readonly code: PlanFindingCode;
  readonly sql: string;
  readonly before?: readonly string[];
  /** What the finding says, in part. */
  readonly says?: string;
  readonly candidate?: string;
}

const CASES: readonly Case[] = [
  {
    code: 'scan-discards',
    sql: `SELECT * FROM orders o WHERE customer_id = 77 AND placed > '2024-01-20'`,
    says: 'throws 99.9 % of them away',
    candidate: 'orders (customer_id, placed)',
  },
  {
    code: 'index-discards',
    sql: `SELECT * FROM orders WHERE status = 'open' AND total = 4`,
    before: ['SET enable_seqscan = off'],
    says: 'orders_status_idx finds',
    candidate: 'orders (status, total)',
  },
  { code: 'sort-spills', sql: 'SELECT * FROM orders ORDER BY note, total', before: [`SET work_mem = '64kB'`], says: 'on disk' },
  {
    code: 'hash-spills',
    sql: 'SELECT count(a.note || b.note) FROM orders a JOIN orders b USING (placed)',
    before: [`SET work_mem = '64kB'`, 'SET enable_mergejoin = off', 'SET enable_nestloop = off', 'SET hash_mem_multiplier = 1'],
    says: 'batches',
  },
  {
    code: 'many-loops',
    sql: 'SELECT c.email, (SELECT max(total) FROM orders o WHERE o.id = c.id) FROM customer c',
    says: 'Runs 5,000 times',
  },
  {
    code: 'many-loops',
    sql: 'SELECT * FROM orders o JOIN customer c ON c.id = o.customer_id',
    before: ['SET enable_hashjoin = off', 'SET enable_mergejoin = off', 'SET enable_memoize = off', 'SET enable_seqscan = on'],
    says: 'Runs 60k times',
  },
  {
    code: 'misestimate',
    sql: `SELECT * FROM customer WHERE country = 'C7' AND region = 'R7' AND email > 'a' AND length(email) > 3`,
    before: [`UPDATE customer SET country = 'C7', region = 'R7' WHERE id < 2500`],
    says: 'rows were expected',
  },
  {
    code: 'heap-fetches',
    sql: "SELECT count(status) FROM orders WHERE status > 'a'",
    before: ["UPDATE orders SET note = note || 'y'", 'SET enable_seqscan = off', 'SET enable_bitmapscan = off'],
    says: 'were looked up in the table',
  },
  {
    code: 'lossy-bitmap',
    sql: `SELECT count(note) FROM orders WHERE status = 'open'`,
    before: [
      `SET work_mem = '64kB'`,
      'SET enable_seqscan = off',
      'SET enable_indexscan = off',
      "INSERT INTO orders SELECT i, 1, 'open', now(), i, repeat('y', 2000) FROM generate_series(100000, 116000) i",
    ],
    says: 'row by row',
  },
  { code: 'not-pruned', sql: 'SELECT * FROM event WHERE kind = 3', says: 'all 2 partitions of event' },
  { code: 'function-on-column', sql: `SELECT * FROM customer WHERE lower(email) = 'user7@example.com'`, says: 'lower(email)' },
  { code: 'cast-on-column', sql: 'SELECT * FROM customer WHERE id = 7.0', says: 'id' },
  { code: 'offset-reads', sql: 'SELECT * FROM orders ORDER BY id LIMIT 10 OFFSET 20000', says: 'are made to give 10' },
  {
    code: 'join-discards',
    sql: 'SELECT count(*) FROM customer a JOIN customer b ON a.id * 2 < b.id - 9000 WHERE a.id < 200',
    before: ['SET enable_seqscan = on'],
    says: 'pairs away',
  },
  { code: 'trigger-time', sql: 'DELETE FROM customer WHERE id BETWEEN 100 AND 200', says: 'calls' },
];

describe('explaining plans', () => {
  let database: TestDatabase;
  let document: Document;
  beforeAll(async () => {
    document = readDdl(await parserForTests(), DDL);
    database = await TestDatabase.open();
    await database.reset();
    for (const sql of `${DDL}${ROWS}`.split(/;\n/)) await database.query(sql);
  });
  afterAll(() => database.close());

  async function explained(
    sql: string,
    before: readonly string[] = [],
    options = 'ANALYZE, BUFFERS, FORMAT JSON',
  ): Promise<ExplainedPlan> {
    await database.query('BEGIN');
    try {
      for (const one of before) await database.query(one);
      const [row] = await database.query<Record<string, unknown>>(`EXPLAIN (${options}) ${sql}`);
      const plan = readPlan(row);
      if (!plan.ok) throw new Error(plan.problem.message);
      return explainPlan(document, plan.value);
    } finally {
      await database.query('ROLLBACK');
    }
  }

  it.each(CASES)('finds $code: $sql', async ({ code, sql, before, says, candidate }) => {
    const { findings, nodes } = await explained(sql, before);
    const found = findings.filter((one) => one.code === code);
    const context = nodes
      .map((one) => `${one.path} ${one.words} ${JSON.stringify(one.node.details ?? {})} ${JSON.stringify(one.node.actual)}`)
      .join('\n');
    expect(
      findings.map((one) => one.code),
      context,
    ).toContain(code);
    const [first] = found;
    if (says !== undefined) expect(found.map((one) => one.what).join(' '), context).toContain(says);
    if (candidate !== undefined) expect(first?.candidate?.text, context).toBe(candidate);
    for (const one of findings) {
      expect(one.why.length, one.code).toBeGreaterThan(20);
      expect(one.todo.length, one.code).toBeGreaterThan(20);
      expect(nodes.some((node) => node.path === one.path)).toBe(true);
    }
  });

  it('says that the foreign key has no index where rows that refer are looked for', async () => {
    const { findings } = await explained('DELETE FROM customer WHERE id BETWEEN 100 AND 200');
    const [trigger] = findings.filter((one) => one.code === 'trigger-time');
    expect(trigger?.todo).toContain('orders (customer_id)');
  });

  it.each([
    'SELECT * FROM customer WHERE id = 7',
    `SELECT * FROM customer WHERE email = 'user7@example.com'`,
    'SELECT count(*) FROM customer',
    `SELECT count(*) FROM event WHERE at < '2025-01-01'`,
    'SELECT * FROM orders ORDER BY id LIMIT 10',
    'SELECT c.country, sum(o.total) FROM orders o JOIN customer c ON c.id = o.customer_id GROUP BY c.country',
  ])('finds nothing in %s', async (sql) => {
    const { findings } = await explained(sql);
    expect(findings.map((one) => `${one.code}: ${one.what}`)).toEqual([]);
  });

  it('finds tables and indexes in the model, and names those that are not there', async () => {
    const here = await explained(`SELECT * FROM customer x WHERE email = 'user7@example.com'`);
    const scan = here.nodes.find((one) => one.node.relation === 'customer');
    const customer = Object.values(document.tables).find((one) => one.name === 'customer');
    expect(scan?.table).toBe(customer?.id);
    expect(scan?.index?.part).toBe(customer?.indexes[0]?.id);
    await database.query('CREATE TABLE other (x integer PRIMARY KEY)');
    const elsewhere = await explained('SELECT * FROM other WHERE x = 1', [
      'SET enable_seqscan = off',
      'SET enable_bitmapscan = off',
    ]);
    expect(elsewhere.unknown).toEqual(['other']);
    expect(elsewhere.nodes.every((one) => one.words.length > 5)).toBe(true);
  });

  it('shares out all of the time or of the cost, and follows it down one way', async () => {
    for (const { sql, before } of CASES) {
      for (const options of ['ANALYZE, FORMAT JSON', 'FORMAT JSON']) {
        const { nodes, measure } = await explained(sql, before, options);
        expect(measure).toBe(options.startsWith('ANALYZE') ? 'time' : 'cost');
        expect(
          nodes.reduce((sum, one) => sum + one.share, 0),
          sql,
        ).toBeCloseTo(1, 6);
        const hot = nodes.filter((one) => one.hot).map((one) => one.path);
        expect(hot[0]).toBe('0');
        for (const [at, path] of hot.slice(1).entries()) expect(path.slice(0, path.lastIndexOf('.'))).toBe(hot[at]);
      }
    }
  });

  it('needs no more than what is there: of plans that were not run, cut or turned around nothing is thrown', async () => {
    const { nodes } = await explained('SELECT * FROM orders o JOIN customer c ON c.id = o.customer_id ORDER BY o.total LIMIT 5');
    const [root] = nodes;
    if (root === undefined) throw new Error('no plan');
    const all = [...planNodes(root.node)];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 1 }), fc.boolean(), (some, ran) => {
        const nest = some.reduceRight(
          (below, node) => {
            const { actual, ...rest } = node;
            return { ...rest, ...(ran && actual !== undefined ? { actual } : {}), children: below === undefined ? [] : [below] };
          },
          undefined as undefined | (typeof all)[number],
        );
        const result = explainPlan(document, { root: nest as (typeof all)[number] });
        expect(result.nodes).toHaveLength(some.length);
        const sum = result.nodes.reduce((so, one) => so + one.share, 0);
        expect(sum === 0 || Math.abs(sum - 1) < 1e-6).toBe(true);
      }),
      runs(613, 100),
    );
  });

  it('tells of workers that did not come, and of compiling', () => {
    const plan = readPlan({
      Plan: {
        'Node Type': 'Gather',
        'Workers Planned': 2,
        'Workers Launched': 0,
        'Actual Rows': 1,
        'Actual Loops': 1,
        'Actual Total Time': 500,
      },
      'Execution Time': 500,
      JIT: { Timing: { Total: 400 } },
    });
    if (!plan.ok) throw new Error(plan.problem.message);
    expect(
      explainPlan(document, plan.value)
        .findings.map((one) => one.code)
        .sort(),
    ).toEqual(['jit-time', 'workers-missing']);
  });
});

describe('what is pasted', () => {
  const GOOD = `                                   QUERY PLAN
--------------------------------------------------------------------------------
 Limit  (cost=0.42..8.44 rows=1 width=20) (actual time=0.030..0.031 rows=1 loops=1)
   Buffers: shared hit=4
   ->  Index Scan using orders_status_idx on orders o  (cost=0.42..8.44 rows=1 width=20) (actual time=0.029..0.029 rows=1 loops=1)
         Index Cond: (status = 'open'::text)
         Filter: (note <> 'a (b) -> c'::text)
         Rows Removed by Filter: 12
 Planning Time: 0.104 ms
 Execution Time: 0.061 ms
(8 rows)`;

  it('is read with what psql prints around it, in quotes, in borders, from a log', () => {
    const ways = [
      GOOD,
      GOOD.split('\n').slice(2, -1).join('\n'),
      GOOD.split('\n')
        .slice(2, -1)
        .map((line) => `"${line.replaceAll('"', '""')}"`)
        .join('\n'),
      GOOD.split('\n')
        .slice(2, -1)
        .map((line) => `| ${line.padEnd(130)} |`)
        .join('\n'),
      GOOD.replaceAll('\n', '\r\n'),
      `2026-01-01 10:00:00 UTC [7] LOG:  duration: 0.1 ms  plan:\n\tQuery Text: SELECT 1;\n${GOOD.split('\n')
        .slice(2, -3)
        .map((line) => `\t${line.slice(1)}`)
        .join('\n')}`,
    ];
    const first = readPlan(GOOD);
    expect(first.ok && first.value.executionMs).toBe(0.061);
    for (const way of ways) {
      const plan = readPlan(way);
      if (!plan.ok) throw new Error(`${plan.problem.message}\n${way}`);
      expect(plan.value.root).toEqual(first.ok && first.value.root);
    }
    const json = JSON.stringify([{ Plan: { 'Node Type': 'Result' } }], undefined, 2);
    const framed = ` QUERY PLAN \n------------\n${json
      .split('\n')
      .map((line) => ` ${line.padEnd(30)}+`)
      .join('\n')}\n(1 row)`;
    const wrapped = readPlan(framed);
    expect(wrapped.ok && wrapped.value.root.type).toBe('Result');
  });

  it('is told by line and column where it is no plan', () => {
    for (const [text, code, place] of [
      ['hello', 'plan-text', 'Line 1, column 1'],
      ['', 'plan-text', 'Line 1, column 1'],
      ['Seq Scan on a  (cost=0.00..1.00 rows=1 width=4)\n  what is this', 'plan-text', 'Line 2, column 3'],
      ['Seq Scan on a  (cost=0.00..1.00 rows=one width=4)', 'plan-text', 'Line 1, column '],
      ['Sort  (cost=0.00..1.00 rows=1 width=4)\n  ->  Seq Scan on a  (cost=oops)', 'plan-text', 'Line 2, column 22'],
      ['[{"Plan": }]', 'plan-json', 'line 1, column 11'],
      ['3', 'plan-shape', 'no object'],
    ] as const) {
      const plan = readPlan(text);
      expect(!plan.ok && plan.problem.code, text).toBe(code);
      expect(!plan.ok && plan.problem.message, text).toContain(place);
    }
  });

  it('throws nothing and takes no time, however it is damaged', () => {
    const lines = GOOD.split('\n');
    fc.assert(
      fc.property(
        fc.array(fc.nat(lines.length - 1), { maxLength: 30 }),
        fc.string({ maxLength: 5 }),
        fc.nat(200),
        (order, noise, at) => {
          const text = order.map((line) => lines[line]).join('\n');
          const plan = readPlan(`${text.slice(0, at)}${noise}${text.slice(at)}`);
          expect(plan.ok || plan.problem.message.length > 10).toBe(true);
        },
      ),
      runs(614, 300),
    );
    const deep = Array.from({ length: 700 }, (_, at) => `${' '.repeat(at * 6)}->  Sort  (cost=0.00..1.00 rows=1 width=4)`).join(
      '\n',
    );
    const nested = readPlan(deep);
    expect(!nested.ok && nested.problem.code).toBe('plan-shape');
    for (const text of [
      ' '.repeat(500_000),
      '('.repeat(500_000),
      `Sort  (cost=${'1'.repeat(400_000)}`,
      `Sort\n  Filter: ${"'".repeat(300_001)}`,
      `${' '.repeat(300_000)}x`,
      `Sort  (cost=${'1..'.repeat(100_000)}`,
      `|${' |'.repeat(200_000)}x`,
    ]) {
      // Not a measure of speed: what looks back again and again takes minutes.
      expect(cpuMs(() => expect(readPlan(text).ok).toBe(text.startsWith('Sort\n')))).toBeLessThan(20_000);
    }
  });
});
