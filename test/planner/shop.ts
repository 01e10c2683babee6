/**
 * A shop of five tables at seven million rows, queries on it, and for each what indexes might be made: the agreement of
 * plans with a server that holds the rows is judged on them.
 */

import { heapPages } from '#engine/physical/index-size.ts';
import type { ColumnStatistics, TableStatistics } from '#engine/planner/statistics.ts';

export const SCHEMA = [
  'CREATE TABLE customer (id integer PRIMARY KEY, email text NOT NULL, country text NOT NULL, status text NOT NULL, created_at timestamp NOT NULL)',
  'CREATE TABLE product (id integer PRIMARY KEY, category_id integer NOT NULL, price numeric(10,2) NOT NULL, name text NOT NULL)',
  'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id integer NOT NULL, status text NOT NULL, created_at timestamp NOT NULL, total numeric(10,2) NOT NULL, note text)',
  'CREATE TABLE order_item (id bigint PRIMARY KEY, order_id bigint NOT NULL, product_id integer NOT NULL, qty integer NOT NULL, price numeric(10,2) NOT NULL)',
  'CREATE TABLE event (id bigint PRIMARY KEY, customer_id integer, kind integer NOT NULL, at timestamp NOT NULL, payload text)',
];

export const ROWS = { customer: 100_000, product: 20_000, orders: 2_000_000, order_item: 4_000_000, event: 1_000_000 } as const;
type Name = keyof typeof ROWS;

/** Two years from here. */
const START = '2024-01-01';

/** Fills the tables; the same rows for the same seed. */
export const LOAD: readonly string[] = [
  `INSERT INTO customer SELECT i, 'user' || i || '@example.com',
     (ARRAY['US','DE','FR','IN','BR','UK','JP','CA'])[1 + floor(8 * power(random(), 3))::integer],
     CASE WHEN random() < 0.95 THEN 'active' WHEN random() < 0.5 THEN 'banned' ELSE 'new' END,
     timestamp '${START}' + (i::float8 / 100000) * interval '730 days'
   FROM generate_series(1, ${ROWS.customer}) i`,
  `INSERT INTO product SELECT i, 1 + floor(200 * random())::integer, round((1 + random() * 500)::numeric, 2), 'Product name ' || i
   FROM generate_series(1, ${ROWS.product}) i`,
  `INSERT INTO orders SELECT i, 1 + floor(100000 * random())::integer,
     CASE WHEN r < 0.90 THEN 'done' WHEN r < 0.97 THEN 'paid' WHEN r < 0.99 THEN 'pending' ELSE 'failed' END,
     timestamp '${START}' + ((i + random() * 2000) / 2002000) * interval '730 days', round((5 + random() * 2000)::numeric, 2),
     CASE WHEN random() < 0.3 THEN NULL ELSE repeat('n', 40) END
   FROM (SELECT i, random() AS r FROM generate_series(1, ${ROWS.orders}) i) s`,
  `INSERT INTO order_item SELECT i, 1 + floor(2000000 * (i::float8 / 4000001))::bigint, 1 + floor(20000 * power(random(), 3))::integer,
     1 + floor(5 * random())::integer, round((1 + random() * 500)::numeric, 2)
   FROM generate_series(1, ${ROWS.order_item}) i`,
  `INSERT INTO event SELECT i, CASE WHEN random() < 0.2 THEN NULL ELSE 1 + floor(100000 * random())::integer END,
     1 + floor(50 * random() * random())::integer, timestamp '${START}' + (i::float8 / 1000000) * interval '730 days',
     CASE WHEN random() < 0.3 THEN NULL ELSE repeat('p', 80) END
   FROM generate_series(1, ${ROWS.event}) i`,
];

/** What the planners are told to leave out, so that one process plans as the other. */
export const SETTINGS = { jit: 'off', max_parallel_workers_per_gather: '0', effective_cache_size: '4GB' };

interface Case {
  readonly id: string;
  readonly sql: string;
  /** Sets of indexes, each as the part of CREATE INDEX behind ON. */
  readonly sets: Readonly<Record<string, readonly string[]>>;
}

export const CASES: readonly Case[] = [
  {
    id: 'equality',
    sql: 'SELECT * FROM orders WHERE customer_id = 777',
    sets: { a: ['orders (customer_id)'], b: ['orders (customer_id, created_at)'], c: ['orders (created_at)'] },
  },
  {
    id: 'equality, range, order and limit',
    sql: `SELECT * FROM orders WHERE customer_id = 777 AND created_at >= '2025-06-01' ORDER BY created_at DESC LIMIT 20`,
    sets: {
      a: ['orders (customer_id)'],
      b: ['orders (customer_id, created_at)'],
      c: ['orders (created_at)'],
      d: ['orders (created_at, customer_id)'],
    },
  },
  {
    id: 'equality and range',
    sql: `SELECT * FROM orders WHERE status = 'paid' AND created_at BETWEEN '2025-06-01' AND '2025-06-08'`,
    sets: {
      a: ['orders (status, created_at)'],
      b: ['orders (created_at, status)'],
      c: ['orders (created_at)'],
      d: ['orders (status)'],
    },
  },
  {
    id: 'partial',
    sql: `SELECT id, created_at FROM orders WHERE status = 'failed' ORDER BY created_at LIMIT 50`,
    sets: {
      a: [`orders (created_at) WHERE status = 'failed'`],
      b: ['orders (status, created_at)'],
      c: ['orders (created_at)'],
      d: ['orders (status)'],
    },
  },
  {
    id: 'covering aggregate',
    sql: `SELECT customer_id, sum(total) FROM orders WHERE created_at >= '2025-11-01' AND created_at < '2025-12-01' GROUP BY customer_id`,
    sets: { a: ['orders (created_at)'], b: ['orders (created_at) INCLUDE (customer_id, total)'], c: ['orders (customer_id)'] },
  },
  {
    id: 'join along a foreign key',
    sql: `SELECT o.id, o.created_at, i.product_id, i.qty FROM orders o JOIN order_item i ON i.order_id = o.id WHERE o.customer_id = 777`,
    sets: {
      a: ['orders (customer_id)'],
      b: ['order_item (order_id)'],
      c: ['orders (customer_id)', 'order_item (order_id)'],
      d: ['order_item (product_id)'],
    },
  },
  {
    id: 'most rows',
    sql: `SELECT * FROM orders WHERE status = 'done'`,
    sets: { a: ['orders (status)'], b: ['orders (status, created_at)'] },
  },
  {
    id: 'first of an order',
    sql: 'SELECT * FROM orders ORDER BY total DESC LIMIT 10',
    sets: { a: ['orders (total)'], b: ['orders (total DESC, id)'], c: ['orders (status, total)'] },
  },
  {
    id: 'expression',
    sql: `SELECT * FROM customer WHERE lower(email) = 'user777@example.com'`,
    sets: { a: ['customer (lower(email))'], b: ['customer (email)'] },
  },
  {
    id: 'aggregate of three tables',
    sql: `SELECT p.category_id, sum(i.qty * i.price) FROM orders o JOIN order_item i ON i.order_id = o.id
      JOIN product p ON p.id = i.product_id WHERE o.created_at >= '2025-12-28' GROUP BY p.category_id`,
    sets: {
      a: ['orders (created_at)'],
      b: ['order_item (order_id)'],
      c: ['orders (created_at)', 'order_item (order_id)'],
      d: ['order_item (product_id)'],
    },
  },
  {
    id: 'equality and open range',
    sql: `SELECT * FROM event WHERE kind = 45 AND at >= '2025-12-01'`,
    sets: { a: ['event (kind, at)'], b: ['event (at, kind)'], c: ['event (at)'], d: ['event (kind)'] },
  },
  {
    id: 'one row in fourteen',
    sql: `SELECT * FROM orders WHERE status = 'paid'`,
    sets: { a: ['orders (status)'], b: ['orders (status, created_at)'] },
  },
];

/** Every case with no index and with each set: 12 + 39. */
export const PLANS = CASES.flatMap(({ id, sql, sets }) =>
  [['none', [] as readonly string[]] as const, ...Object.entries(sets)].map(([set, indexes]) => ({
    key: `${id}: ${set}`,
    sql,
    indexes,
  })),
);

type Facts = Omit<ColumnStatistics, 'name'>;

function bounds(at: (share: number) => string | number, count = 100): readonly string[] {
  return Array.from({ length: count + 1 }, (_, step) => String(at(step / count)));
}

const whole = (from: number, to: number) => bounds((share) => from + Math.floor(share * (to - from)));
const day = (share: number) => new Date(Date.UTC(2024, 0, 1) + share * 730 * 864e5).toISOString().slice(0, 19).replace('T', ' ');
const TIME: Facts = { nullFraction: 0, averageWidth: 8, distinct: -1, bounds: bounds(day), correlation: 1 };
const id = (width: number, rows: number): Facts => ({
  nullFraction: 0,
  averageWidth: width,
  distinct: -1,
  bounds: whole(1, rows),
  correlation: 1,
});
const common = (values: readonly (string | number)[], shares: readonly number[]) =>
  values.map((value, at) => ({ value: String(value), share: shares[at] as number }));
const price = (distinct: number, from: number, to: number): Facts => ({
  nullFraction: 0,
  averageWidth: 6,
  distinct,
  bounds: bounds((share) => (from + (to - from) * share).toFixed(2)),
  correlation: 0,
});

/** P(uv <= t) of two independent uniform numbers. */
const product = (t: number) => (t <= 0 ? 0 : t >= 1 ? 1 : t * (1 - Math.log(t)));
const KINDS = Array.from({ length: 50 }, (_, at) => at + 1);

/** What a person who knows the shop declares: written from the generator, not from the rows. */
const FACTS: Readonly<Record<Name, Readonly<Record<string, Facts>>>> = {
  customer: {
    id: id(4, ROWS.customer),
    email: { nullFraction: 0, averageWidth: 21, distinct: -1 },
    country: {
      nullFraction: 0,
      averageWidth: 2,
      distinct: 8,
      common: common(['US', 'DE', 'FR', 'IN', 'BR', 'UK', 'JP', 'CA'], [0.5, 0.13, 0.09, 0.073, 0.063, 0.054, 0.047, 0.043]),
      correlation: 0.3,
    },
    status: {
      nullFraction: 0,
      averageWidth: 6,
      distinct: 3,
      common: common(['active', 'banned', 'new'], [0.95, 0.025, 0.025]),
      correlation: 0.9,
    },
    created_at: TIME,
  },
  product: {
    id: id(4, ROWS.product),
    category_id: { nullFraction: 0, averageWidth: 4, distinct: 200, bounds: whole(1, 200), correlation: 0 },
    price: price(-0.9, 1, 501),
    name: { nullFraction: 0, averageWidth: 18, distinct: -1 },
  },
  orders: {
    id: id(8, ROWS.orders),
    customer_id: { nullFraction: 0, averageWidth: 4, distinct: 100_000, bounds: whole(1, 100_000), correlation: 0 },
    status: {
      nullFraction: 0,
      averageWidth: 5,
      distinct: 4,
      common: common(['done', 'paid', 'pending', 'failed'], [0.9, 0.07, 0.02, 0.01]),
      correlation: 0.81,
    },
    created_at: TIME,
    total: price(200_000, 5, 2005),
    note: { nullFraction: 0.3, averageWidth: 41, distinct: 1, common: common(['n'.repeat(40)], [0.7]), correlation: 1 },
  },
  order_item: {
    id: id(8, ROWS.order_item),
    order_id: { nullFraction: 0, averageWidth: 8, distinct: -0.5, bounds: whole(1, 2_000_000), correlation: 1 },
    product_id: {
      nullFraction: 0,
      averageWidth: 4,
      distinct: 20_000,
      bounds: bounds((share) => 1 + Math.floor(20_000 * share ** 3 * 0.99999)),
      correlation: 0,
    },
    qty: {
      nullFraction: 0,
      averageWidth: 4,
      distinct: 5,
      common: common([1, 2, 3, 4, 5], [0.2, 0.2, 0.2, 0.2, 0.2]),
      correlation: 0.2,
    },
    price: price(50_000, 1, 501),
  },
  event: {
    id: id(8, ROWS.event),
    customer_id: { nullFraction: 0.2, averageWidth: 4, distinct: 100_000, bounds: whole(1, 100_000), correlation: 0 },
    kind: {
      nullFraction: 0,
      averageWidth: 4,
      distinct: 50,
      common: common(
        KINDS,
        KINDS.map((kind) => product(kind / 50) - product((kind - 1) / 50)),
      ),
      correlation: 0.05,
    },
    at: TIME,
    payload: { nullFraction: 0.3, averageWidth: 81, distinct: 1, common: common(['p'.repeat(80)], [0.7]), correlation: 1 },
  },
};

/** Bytes of a row with its header, alignment and pointer. */
function rowBytes(table: Name): number {
  const data = Object.values(FACTS[table]).reduce((sum, facts) => sum + facts.averageWidth * (1 - facts.nullFraction), 0);
  return Math.ceil((24 + data) / 8) * 8 + 4;
}

export const TABLES: readonly TableStatistics[] = (Object.keys(ROWS) as Name[]).map((name) => {
  const pages = heapPages(ROWS[name], rowBytes(name));
  const columns = Object.entries(FACTS[name]).map(([column, facts]) => ({ name: column, ...facts }));
  return { schema: 'public', name, rows: ROWS[name], pages, visiblePages: pages, columns };
});

export const SETUP = {
  schema: SCHEMA.map((sql, at) => ({ key: String(at), sql })),
  tables: TABLES,
  settings: SETTINGS,
};

/** The name an index of a case has on both servers. */
export function indexName(definition: string): string {
  return `w_${definition
    .replaceAll(/[^a-z]+/gi, '_')
    .toLowerCase()
    .replace(/_$/, '')}`;
}

/** An index of a case as it is planned with. */
export function hypothetical(definition: string) {
  const name = indexName(definition);
  const table = { schema: 'public', name: definition.split(' ')[0] as string };
  return { schema: 'public', name, table, sql: `CREATE INDEX ${name} ON ${definition}` };
}
