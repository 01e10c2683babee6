/** Materialized views, tables that are refreshed and star schemas, executed: their counts and sums are those of the base tables. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '#model/types.ts';
import {
  built,
  carryOut,
  disagreeing,
  documentOf,
  idOf,
  linkOf,
  mustRun,
  openMaria,
  openPglite,
  openSqljs,
  proposed,
  type Runs,
} from '#test/denormalize.ts';
import { advise } from './advise.ts';
import type { GivenLoad } from './load.ts';

const SHOP = `
CREATE TABLE categories (id int NOT NULL PRIMARY KEY, name varchar(40) NOT NULL);
CREATE TABLE products (id int NOT NULL PRIMARY KEY, name varchar(40) NOT NULL, category_id int,
  FOREIGN KEY (category_id) REFERENCES categories (id));
CREATE TABLE customers (id int NOT NULL PRIMARY KEY, name varchar(40), city varchar(40));
CREATE TABLE orders (id int NOT NULL PRIMARY KEY, customer_id int NOT NULL, order_date date NOT NULL, note varchar(40),
  FOREIGN KEY (customer_id) REFERENCES customers (id));
CREATE TABLE order_items (order_id int NOT NULL, line int NOT NULL, product_id int, quantity int NOT NULL, unit_price decimal(10,2) NOT NULL,
  PRIMARY KEY (order_id, line),
  FOREIGN KEY (order_id) REFERENCES orders (id), FOREIGN KEY (product_id) REFERENCES products (id));`;

const ROWS = [
  "INSERT INTO categories (id, name) VALUES (1, 'tools'), (2, 'toys')",
  "INSERT INTO products (id, name, category_id) VALUES (1, 'saw', 1), (2, 'ball', 2), (3, 'odd', NULL)",
  "INSERT INTO customers (id, name, city) VALUES (1, 'Ann', 'Ulm'), (2, 'Bo', NULL)",
  "INSERT INTO orders (id, customer_id, order_date, note) VALUES (1, 1, '2026-01-30', NULL), (2, 1, '2026-02-02', 'x'), (3, 2, '2026-02-02', NULL)",
  'INSERT INTO order_items (order_id, line, product_id, quantity, unit_price) VALUES (1, 1, 1, 2, 9.5), (1, 2, 2, 1, 3), (2, 1, 1, 5, 9), (3, 1, NULL, 1, 1), (3, 2, 3, 4, 2.25)',
];

function loadOf(document: Document): GivenLoad {
  const tables = {
    [idOf(document, 'order_items')]: { rows: 10_000_000 },
    [idOf(document, 'orders')]: { rows: 3_000_000 },
    [idOf(document, 'customers')]: { rows: 50_000 },
    [idOf(document, 'products')]: { rows: 2000 },
    [idOf(document, 'categories')]: { rows: 20 },
  };
  const product = linkOf(document, 'order_items', 'products');
  const order = linkOf(document, 'order_items', 'orders');
  const customer = linkOf(document, 'orders', 'customers');
  const quantity = document.tables[idOf(document, 'order_items')]?.columns.find(({ name }) => name === 'quantity')?.id ?? '';
  return {
    tables,
    joins: [
      { relationships: [product], reports: 20, measures: [quantity] },
      { relationships: [order], reports: 10 },
      { relationships: [order, customer], lookups: 50_000_000 },
    ],
  };
}

function holds(open: () => Promise<Runs | undefined>): void {
  let db: Runs | undefined;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db?.close());

  async function made(kind: 'summary' | 'read model' | 'star') {
    if (db === undefined) return undefined;
    const document = await documentOf(SHOP, db.dialect);
    const one = built(document, proposed(advise(document, loadOf(document)), kind), { staleness: '1 hour' });
    await db.reset();
    await mustRun(db, SHOP);
    for (const rows of ROWS) await mustRun(db, rows);
    await carryOut(db, one);
    expect(await disagreeing(db, one)).toEqual([]);
    return { db, made: one };
  }

  /** Lines change, one goes, one comes: what is kept lags behind, and is right again when it is refreshed. */
  async function lagsAndFollows(at: NonNullable<Awaited<ReturnType<typeof made>>>) {
    await mustRun(at.db, 'UPDATE order_items SET quantity = 7 WHERE order_id = 1 AND line = 1');
    await mustRun(at.db, 'DELETE FROM order_items WHERE order_id = 3 AND line = 2');
    await mustRun(at.db, 'INSERT INTO order_items (order_id, line, product_id, quantity, unit_price) VALUES (2, 2, 2, 8, 3)');
    const wrong = await disagreeing(at.db, at.made);
    for (const sql of at.made.repair) await mustRun(at.db, sql);
    expect(await disagreeing(at.db, at.made)).toEqual([]);
    return wrong;
  }

  it('a summary counts and sums what the base tables hold', async () => {
    const at = await made('summary');
    if (at === undefined) return;
    const base =
      'SELECT p.id, count(i.line), coalesce(sum(i.quantity), 0) FROM products p LEFT JOIN order_items i ON i.product_id = p.id GROUP BY p.id ORDER BY 1';
    const kept = 'SELECT product_id, order_item_count, quantity_total FROM products_order_items_summary ORDER BY 1';
    expect(await at.db.rows(kept)).toEqual(await at.db.rows(base));
    expect((await lagsAndFollows(at)).map(([id]) => id).sort()).toEqual(['1', '2', '3']);
    expect(await at.db.rows(kept)).toEqual(await at.db.rows(base));
    expect(at.made.code).toMatch(/REFRESH MATERIALIZED VIEW|INSERT INTO/);
  });

  it('a read model holds each row with its parents', async () => {
    const at = await made('read model');
    if (at === undefined) return;
    const base =
      'SELECT i.order_id, i.line, i.quantity, o.note, c.name FROM order_items i JOIN orders o ON o.id = i.order_id JOIN customers c ON c.id = o.customer_id ORDER BY 1, 2';
    const kept = 'SELECT order_id, line, quantity, order_note, customer_name FROM order_items_read ORDER BY 1, 2';
    expect(await at.db.rows(kept)).toEqual(await at.db.rows(base));
    expect((await lagsAndFollows(at)).map((row) => row.join('.')).sort()).toEqual(['1.1', '2.2', '3.2']);
    expect(await at.db.rows(kept)).toEqual(await at.db.rows(base));
  });

  it('a star schema counts and sums by its dimensions what the base tables hold, and keeps history', async () => {
    const at = await made('star');
    if (at === undefined) return;
    const sums = (sql: string) =>
      at.db
        .rows(sql)
        .then((rows) => rows.map((row) => row.map((value) => (value === null ? null : String(Number(value) || value)))));
    const base = `SELECT c.city, p.name AS product, k.name AS category, o.order_date, count(*) AS n, sum(i.quantity) AS pieces, sum(i.unit_price) AS prices FROM order_items i JOIN orders o ON o.id = i.order_id JOIN customers c ON c.id = o.customer_id
      LEFT JOIN products p ON p.id = i.product_id LEFT JOIN categories k ON k.id = p.category_id GROUP BY c.city, p.name, k.name, o.order_date ORDER BY 1, 2, 3, 4, 6`;
    const kept = `SELECT c.city, p.name AS product, p.category_name AS category, d.full_date, count(*) AS n, sum(f.quantity) AS pieces, sum(f.unit_price) AS prices FROM fact_order_items f JOIN dim_customer c ON c.customer_key = f.customer_key
      LEFT JOIN dim_product p ON p.product_key = f.product_key JOIN dim_date d ON d.date_key = f.date_key GROUP BY c.city, p.name, p.category_name, d.full_date ORDER BY 1, 2, 3, 4, 6`;
    expect(await sums(kept)).toEqual(await sums(base));
    expect(await at.db.rows('SELECT date_key, year_no, quarter_no, month_no, day_no, weekday_no FROM dim_date ORDER BY 1')).toEqual(
      [
        ['20260130', '2026', '1', '1', '30', '5'],
        ['20260131', '2026', '1', '1', '31', '6'],
        ['20260201', '2026', '1', '2', '1', '7'],
        ['20260202', '2026', '1', '2', '2', '1'],
      ],
    );
    expect((await lagsAndFollows(at)).map((row) => row.join('.')).sort()).toEqual(['1.1', '2.2', '3.2']);
    expect(await sums(kept)).toEqual(await sums(base));
    await mustRun(at.db, "UPDATE customers SET city = 'Bern' WHERE id = 1");
    await mustRun(at.db, 'INSERT INTO order_items (order_id, line, product_id, quantity, unit_price) VALUES (2, 3, 1, 1, 1)');
    for (const sql of at.made.repair) await mustRun(at.db, sql);
    const history =
      'SELECT c.city, count(*) FROM fact_order_items f JOIN dim_customer c ON c.customer_key = f.customer_key WHERE c.customer_id = 1 GROUP BY c.city ORDER BY 1';
    expect(await at.db.rows(history)).toEqual([
      ['Bern', '1'],
      ['Ulm', '4'],
    ]);
    expect(await at.db.rows('SELECT count(*) FROM dim_customer WHERE customer_id = 1')).toEqual([['2']]);
    await mustRun(at.db, 'UPDATE fact_order_items SET quantity = quantity + 1 WHERE order_id = 2 AND line = 1');
    expect((await disagreeing(at.db, at.made)).map((row) => row.join('.'))).toEqual(['2.1']);
  });
}

describe('on PostgreSQL (PGlite)', () => holds(openPglite));
describe('on SQLite (sql.js)', () => holds(openSqljs));
describe('on MariaDB', () => holds(openMaria));
