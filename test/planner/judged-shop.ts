/**
 * A shop with foreign keys at 710,000 rows: what its owner declares of it, its queries, and the rows that are made of that on
 * a server, so that advice can be judged by what queries really touch there.
 */
import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import { knownFacts } from '#engine/facts/facts.ts';
import { generateRows } from '#engine/planner/generate.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';

const DDL = `
CREATE TABLE customer (id integer PRIMARY KEY, email text NOT NULL, country text NOT NULL, status text NOT NULL, created_at timestamp NOT NULL);
CREATE TABLE product (id integer PRIMARY KEY, category_id integer NOT NULL, price numeric(10,2) NOT NULL, name text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id integer NOT NULL REFERENCES customer, status text NOT NULL,
  created_at timestamp NOT NULL, total numeric(10,2) NOT NULL, note text);
CREATE TABLE order_item (id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, product_id integer NOT NULL REFERENCES product,
  qty integer NOT NULL, price numeric(10,2) NOT NULL);
CREATE TABLE event (id bigint PRIMARY KEY, customer_id integer REFERENCES customer, kind integer NOT NULL, at timestamp NOT NULL, payload text);`;

const time = (distinct: number) => ({ distinct, min: '2024-01-01', max: '2025-12-31', correlation: 1 });
const price = (distinct: number, max: string) => ({ distinct, min: '1', max, averageWidth: 6, correlation: 0 });

const FACTS = {
  tables: {
    customer: {
      rows: 10_000,
      columns: {
        email: { distinct: -1, averageWidth: 21 },
        country: { distinct: 8, averageWidth: 3, correlation: 0 },
        status: {
          distinct: 3,
          averageWidth: 7,
          correlation: 0,
          common: [
            { value: 'active', share: 0.95 },
            { value: 'banned', share: 0.025 },
            { value: 'new', share: 0.025 },
          ],
        },
        created_at: time(-1),
      },
    },
    product: {
      rows: 2000,
      columns: { category_id: { distinct: 200, correlation: 0 }, price: price(-0.9, '501'), name: { averageWidth: 18 } },
    },
    orders: {
      rows: 200_000,
      columns: {
        customer_id: { distinct: 10_000, correlation: 0 },
        status: {
          distinct: 4,
          averageWidth: 5,
          correlation: 0,
          common: [
            { value: 'done', share: 0.9 },
            { value: 'paid', share: 0.07 },
            { value: 'pending', share: 0.02 },
            { value: 'failed', share: 0.01 },
          ],
        },
        created_at: time(-1),
        total: price(100_000, '2005'),
        note: { distinct: 1000, nullFraction: 0.3, averageWidth: 41, correlation: 0 },
      },
    },
    order_item: {
      rows: 400_000,
      columns: {
        order_id: { distinct: 200_000, correlation: 1 },
        product_id: { distinct: 2000, correlation: 0 },
        qty: { distinct: 5, min: '1', max: '5', correlation: 0 },
        price: price(50_000, '501'),
      },
    },
    event: {
      rows: 100_000,
      columns: {
        customer_id: { distinct: 10_000, nullFraction: 0.2, correlation: 0 },
        kind: { distinct: 50, min: '1', max: '50', correlation: 0 },
        at: time(-1),
        payload: { distinct: 1000, nullFraction: 0.3, averageWidth: 81, correlation: 0 },
      },
    },
  },
};

/** Queries with how often an hour has each, and a value for each parameter. */
const WORKLOAD: Readonly<Record<string, { readonly calls: number; readonly sql: string; readonly values?: readonly string[] }>> = {
  orders_of_customer: { calls: 2000, sql: 'SELECT * FROM orders WHERE customer_id = $1', values: ['777'] },
  last_orders: {
    calls: 1000,
    sql: 'SELECT * FROM orders WHERE customer_id = $1 AND created_at >= $2 ORDER BY created_at DESC LIMIT 20',
    values: ['777', `'2025-06-01'`],
  },
  paid_in_a_week: {
    calls: 20,
    sql: `SELECT * FROM orders WHERE status = 'paid' AND created_at BETWEEN $1 AND $2`,
    values: [`'2025-06-01'`, `'2025-06-08'`],
  },
  failed_first: { calls: 100, sql: `SELECT id, created_at FROM orders WHERE status = 'failed' ORDER BY created_at LIMIT 50` },
  sales_of_month: {
    calls: 2,
    sql: 'SELECT customer_id, sum(total) FROM orders WHERE created_at >= $1 AND created_at < $2 GROUP BY customer_id',
    values: [`'2025-11-01'`, `'2025-12-01'`],
  },
  items_of_customer: {
    calls: 500,
    sql: 'SELECT o.id, o.created_at, i.product_id, i.qty FROM orders o JOIN order_item i ON i.order_id = o.id WHERE o.customer_id = $1',
    values: ['777'],
  },
  all_done: { calls: 1, sql: `SELECT * FROM orders WHERE status = 'done'` },
  largest: { calls: 10, sql: 'SELECT * FROM orders ORDER BY total DESC LIMIT 10' },
  by_category: {
    calls: 5,
    sql: `SELECT p.category_id, sum(i.qty * i.price) FROM orders o JOIN order_item i ON i.order_id = o.id
      JOIN product p ON p.id = i.product_id WHERE o.created_at >= $1 GROUP BY p.category_id`,
    values: [`'2025-12-28'`],
  },
  events_of_a_kind: { calls: 50, sql: 'SELECT * FROM event WHERE kind = $1 AND at >= $2', values: ['45', `'2025-12-01'`] },
  all_paid: { calls: 1, sql: `SELECT * FROM orders WHERE status = 'paid'` },
  buyers_of_product: {
    calls: 30,
    sql: 'SELECT DISTINCT o.customer_id FROM order_item i JOIN orders o ON o.id = i.order_id WHERE i.product_id = $1',
    values: ['42'],
  },
  silent_customers: {
    calls: 2,
    sql: `SELECT c.id FROM customer c WHERE c.status = 'new' AND NOT EXISTS (SELECT FROM event e WHERE e.customer_id = c.id AND e.at >= $1)`,
    values: [`'2025-06-01'`],
  },
  page_of_events: {
    calls: 300,
    sql: 'SELECT id, kind, at FROM event WHERE customer_id = $1 ORDER BY at DESC LIMIT 25',
    values: ['4711'],
  },
};

/** The queries as they run, with values. */
export const QUERIES = Object.entries(WORKLOAD).map(([id, { calls, sql, values = [] }]) => ({
  id,
  calls,
  sql: sql.replaceAll(/\$(\d)/g, (_, number) => values[Number(number) - 1] as string),
}));

/** Planners of one process on both sides, so that they can agree. */
export const SETTINGS = { jit: 'off', max_parallel_workers_per_gather: '0' };

/** The document with what its owner says of it. @param parameters as a server counts queries: without their values */
export async function judgedShop(parameters: boolean): Promise<Document> {
  const document = readDdl(await parserForTests(), DDL);
  const facts = readDeclaredFacts(document, JSON.stringify(FACTS));
  if (!facts.ok) throw new Error(facts.problem.message);
  if (facts.value.unknown.length > 0) throw new Error(facts.value.unknown.join());
  const queries = QUERIES.map(
    ({ id, calls, sql }) =>
      [id, { id, name: id, sql: parameters ? (WORKLOAD[id]?.sql ?? sql) : sql, callsPerHour: calls }] as const,
  );
  return { ...withFacts(document, facts.value), queries: Object.fromEntries(queries) };
}

/** Statements that make every row that is declared. */
export function judgedRows(document: Document): readonly string[] {
  const { fillings, left } = generateRows(document, knownFacts(document), {
    share: 1,
    atLeast: 0,
    atMost: Number.MAX_SAFE_INTEGER,
  });
  if (left.length > 0) throw new Error(JSON.stringify(left));
  return fillings.map((one) => one.sql);
}
