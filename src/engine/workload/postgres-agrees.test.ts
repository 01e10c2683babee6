import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import type { Document } from '#model/types.ts';
import { TestDatabase } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { READ_QUERIES } from '#test/workload-queries.ts';
import { SHOP } from '#test/workload-schema.ts';
import { analyseQuery } from './analyse.ts';
import type { QueryFacts } from './facts.ts';

/**
 * PostgreSQL itself says which columns a query looks at: those that a view of it depends on. It looks at what the text names,
 * we at what must be read; where those differ, the difference is written down.
 */

const TPCH = (name: string) => readFileSync(new URL(`../../../test/data/workload/${name}`, import.meta.url), 'utf8');

/** Columns that the text names and nobody needs: of EXISTS (SELECT *), and of inner queries whose outputs are not read. */
const NOT_NEEDED: Readonly<Record<string, readonly string[]>> = {
  'EXISTS and NOT EXISTS': ['orders.*'],
  'TPC-H 4': ['lineitem.*'],
  'TPC-H 21': ['lineitem.*'],
  'TPC-H 22': ['orders.*'],
};

const DEPENDS = `
SELECT DISTINCT c.relname || '.' || a.attname AS said
FROM pg_rewrite r
JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
JOIN pg_class c ON c.oid = d.refobjid AND c.relkind = 'r'
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
WHERE r.ev_class = 'asked'::regclass ORDER BY 1`;

let database: TestDatabase;
let parser: PgParser;

beforeAll(async () => {
  database = await TestDatabase.open();
  parser = await parserForTests();
});

afterAll(() => database.close());

/** The shop's tables, made where they are not there. */
async function withShop(): Promise<void> {
  if ((await database.query("SELECT 1 FROM pg_class WHERE relname = 'bookings'")).length > 0) return;
  await database.reset();
  expect(await database.run([SHOP])).toEqual([]);
}

function needed(document: Document, facts: QueryFacts): string[] {
  const found = facts.uses.flatMap((use) => {
    const table = document.tables[use.table];
    return use.columns.map((id) => `${table?.name}.${table?.columns.find((one) => one.id === id)?.name}`);
  });
  return [...new Set(found)].sort();
}

async function looksAt(sql: string): Promise<string[]> {
  const text = sql.replaceAll(/\$\d+/g, 'NULL').trim().replace(/;$/, '');
  const errors = await database.run([
    'DROP VIEW IF EXISTS asked',
    `CREATE VIEW asked AS SELECT 1 AS asked_for FROM (SELECT 1) one LEFT JOIN (${text}\n) AS it ON true`,
  ]);
  // Outputs without a name, or with one twice, are given other names.
  if (errors.length > 0) throw new Error(`${errors[0]?.message}\n${text}`);
  return (await database.query<{ said: string }>(DEPENDS)).map(({ said }) => said).sort();
}

async function agree(name: string, sql: string, document: Document): Promise<void> {
  const facts = analyseQuery(document, { sql }, parser);
  expect(facts.findings.filter((one) => one.severity === 'error')).toEqual([]);
  const theirs = await looksAt(sql);
  const ours = needed(document, facts);
  const spare = NOT_NEEDED[name] ?? [];
  const more = theirs.filter((one) => !ours.includes(one) && !spare.includes(one) && !spare.includes(one.replace(/\..*/, '.*')));
  expect({ missing: more, invented: ours.filter((one) => !theirs.includes(one)) }).toEqual({ missing: [], invented: [] });
}

describe('columns that PostgreSQL says a query looks at', () => {
  const asked = READ_QUERIES.filter(
    ({ sql, says, role }) =>
      role === undefined &&
      /^(?:WITH(?! gone)|SELECT)/.test(sql) &&
      !/interval \$|date \$/.test(sql) &&
      !says.some((one) => /^error| via /.test(one)),
  );

  it.each(asked.map((one) => [one.name, one.sql] as const))('shop: %s', async (name, sql) => {
    await withShop();
    await agree(name, sql, readDdl(parser, SHOP));
  });

  it('TPC-H: all 22 queries parse, resolve, and look at the same columns', async () => {
    const schema = TPCH('../tpch/schema.sql');
    await database.reset();
    // One of the queries casts to a type that other products have.
    expect(await database.run([schema, 'CREATE DOMAIN string AS text'])).toEqual([]);
    const document = readDdl(parser, schema);
    const text = TPCH('tpch-queries.sql');
    const statements = splitSql(text, 'postgresql').filter((span) => span.kind === 'statement');
    const first = statements.filter((_, i) => i % 2 === 0).map((span) => statementText(text, span));
    expect(first).toHaveLength(22);
    for (const [i, sql] of first.entries()) await agree(`TPC-H ${i + 1}`, sql, document);
  });
});

describe('names that PostgreSQL does not know', () => {
  const wrong = [
    'SELECT totl FROM orders',
    'SELECT o.id FROM orders o WHERE o.nope = 1',
    'SELECT o.id FROM orders o JOIN customers c ON c.id = o.custmer_id',
    'SELECT id FROM ordrs',
    'SELECT id FROM sales.region',
    'SELECT x.id FROM orders o',
    'SELECT id FROM orders o, customers c WHERE o.customer_id = c.id',
    'SELECT (SELECT c.nam FROM customers c WHERE c.id = o.customer_id) FROM orders o',
    'SELECT s.total FROM (SELECT id FROM orders) s',
    'WITH a AS (SELECT id FROM orders) SELECT a.total FROM a',
    'UPDATE orders SET ttal = 1',
    'UPDATE orders SET total = 1 WHERE idd = 3',
    'INSERT INTO items (order_id, quantity) VALUES (1, 2)',
    'DELETE FROM items USING orders o WHERE o.id = items.orderid',
    'SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = p.id)',
    'SELECT s.id FROM orders o, (SELECT o.id) s',
    'SELECT "ID" FROM orders',
    'SELECT é FROM orders WHERE ünknown = 1',
    'SELECT id FROM orders GROUP BY wrong',
    'SELECT id FROM orders ORDER BY lower(wrong)',
  ];

  it.each(wrong)('%s', async (sql) => {
    await withShop();
    const theirs = await database
      .query(sql)
      .then(() => undefined)
      .catch((error: { position?: string }) => error.position);
    const { findings } = analyseQuery(readDdl(parser, SHOP), { sql }, parser);
    const at = findings.filter((one) => one.severity === 'error').map((one) => one.at.start + 1);
    // PostgreSQL stops at the first and points at the beginning of a qualified name.
    const start = Number(theirs);
    expect(theirs).toBeDefined();
    expect(at.some((one) => one === start || /^[\w.]*$/.test(sql.slice(Math.min(start, one) - 1, Math.max(start, one) - 1)))).toBe(
      true,
    );
  });
});

/** Kinds of joins in a plan. The planner may turn the sides round. */
function kindsIn(plan: unknown, into: string[] = []): string[] {
  if (typeof plan !== 'object' || plan === null) return into;
  for (const [name, value] of Object.entries(plan)) {
    if (name === 'Join Type' && typeof value === 'string') into.push(value.toLowerCase().replace('right', 'left'));
    else kindsIn(value, into);
  }
  return into;
}

describe('outer joins that PostgreSQL takes for inner ones', () => {
  const froms = [
    'orders o LEFT JOIN customers c ON c.id = o.customer_id LEFT JOIN items i ON i.order_id = c.id',
    'orders o FULL JOIN customers c ON c.id = o.customer_id JOIN items i ON i.order_id = c.id',
    'orders o LEFT JOIN customers c ON c.id = o.customer_id FULL JOIN items i ON i.order_id = o.id',
    'items i RIGHT JOIN orders o ON o.id = i.order_id LEFT JOIN customers c ON c.id = o.customer_id AND o.total > 5',
  ];
  const wheres = [
    'true',
    "c.email = 'x'",
    'i.qty > 1',
    'c.email IS NULL',
    'o.total IS NOT NULL',
    'coalesce(i.qty, 0) = 0',
    "c.name LIKE 'a%' OR c.email = 'b'",
    'i.qty = 1 AND o.total < 9',
    'NOT (i.qty = 3)',
    "c.email IN ('a', 'b')",
  ];

  it.each(froms.flatMap((from) => wheres.map((where) => [`SELECT o.total, c.email, i.qty FROM ${from} WHERE ${where}`] as const)))(
    '%s',
    async (sql) => {
      await withShop();
      const { joins } = analyseQuery(readDdl(parser, SHOP), { sql }, parser);
      const theirs = kindsIn(await database.explain(`EXPLAIN (FORMAT JSON) ${sql}`));
      // What can never hold has no plan.
      if (theirs.length === 0) return;
      expect(joins.map(({ kind }) => (kind === 'right' ? 'left' : kind)).sort()).toEqual(theirs.sort());
    },
  );
});
