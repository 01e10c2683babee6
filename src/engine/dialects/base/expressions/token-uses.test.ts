import { describe, expect, it } from 'vitest';
import type { Column } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { renameIn } from '../../postgres/expressions/uses.ts';
import { ROWS, type TokenContext, tokenUses } from './token-uses.ts';

const column = (id: string, name: string): Column => ({ id, name, type: { kind: 'builtin', name: 'int' }, nullable: true });

function shop(dialect: Dialect): Document {
  const empty = emptyDocument('shop', undefined, dialect);
  const orders: Table = {
    ...emptyTable('orders', 'sch_public', 'orders'),
    columns: [column('o.id', 'id'), column('o.total', 'total'), column('o.customer', 'customer_id')],
    indexes: [{ id: 'o.i', name: 'by_total', elements: [{ column: 'o.total' }] }],
  };
  const customers: Table = {
    ...emptyTable('customers', 'sch_public', 'customers'),
    columns: [column('c.id', 'id'), column('c.name', 'name')],
  };
  const view = (id: string, name: string, query: string) => ({ id, schema: 'sch_public', name, query, indexes: [] });
  const views = { v: view('v', 'big', 'SELECT total, id AS number FROM orders'), w: view('w', 'whole', 'SELECT * FROM orders') };
  const routine = { schema: 'sch_public', signature: '', definition: '' };
  const routines = {
    f: { id: 'f', name: 'fee', kind: 'function' as const, ...routine },
    p: { id: 'p', name: 'pay', kind: 'procedure' as const, ...routine },
  };
  const sequences = { s: { id: 's', schema: 'sch_public', name: 'numbers', options: {} } };
  return { ...empty, tables: { orders, customers }, views, routines, sequences };
}

/** Names of Oracle's catalog are in capitals when nobody quotes them. */
function shouted(document: Document): Document {
  const up = <T extends { readonly name: string }>(one: T): T => ({ ...one, name: one.name.toUpperCase() });
  const all = <T extends { readonly name: string }>(records: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(records).map(([id, one]) => [id, up(one)]));
  const tables = Object.values(document.tables).map((one) => ({ ...up(one), columns: one.columns.map(up), indexes: one.indexes }));
  const { views, routines, sequences } = document;
  return {
    ...document,
    tables: Object.fromEntries(tables.map((one) => [one.id, one])),
    views: all(views),
    routines: all(routines),
    sequences: all(sequences),
  };
}

/** Each name found with what it means, in order; behind `?` what may mean several things. */
function found(sql: string, context: Partial<TokenContext>, dialect: Dialect = 'mysql'): string {
  const document = dialect === 'oracle' ? shouted(shop(dialect)) : shop(dialect);
  const { uses, unsure = [] } = tokenUses(document, sql, { statements: false, ...context });
  const sure = uses.map((use) => `${sql.slice(use.start, use.end)}=${use.part ?? use.record}`);
  return [...sure, ...unsure.map((one) => `?${sql.slice(one.start, one.end)}=${one.parts.join('|')}`)].join(' ');
}

/** The text after a column got another name. */
function renamed(sql: string, part: string, to: string, context: Partial<TokenContext> = {}, dialect: Dialect = 'mysql'): string {
  const { uses } = tokenUses(shop(dialect), sql, { statements: true, ...context });
  const [record] = part.startsWith('o.') ? ['orders'] : ['customers'];
  return renameIn(
    sql,
    uses.filter((use) => use.record === record),
    { columns: new Set([part]) },
    to,
  );
}

const STATEMENTS = { statements: true };
const TRIGGER = { table: 'orders', rows: ROWS, statements: true };

describe('names in an expression', () => {
  it.each<[string, string]>([
    ['total > 0 AND `customer_id` IS NOT NULL', 'total=o.total `customer_id`=o.customer'],
    ["total(1) > 'total' AND nothing = 1", ''],
    ['orders.total > 0', 'orders=orders total=o.total'],
    ['extract(year FROM total) > id', 'total=o.total id=o.id'],
    ['CASE total WHEN id THEN 1 ELSE customer_id END', 'total=o.total id=o.id customer_id=o.customer'],
    ['fee(total) > 0', 'fee=f total=o.total'],
    ['@total > :total', 'total=o.total'],
  ])('%s', (sql, expected) => expect(found(sql, { table: 'orders' })).toBe(expected));
});

describe('names in a query', () => {
  it.each<[string, string]>([
    ['SELECT total FROM orders', 'total=o.total orders=orders'],
    [
      'SELECT o.total, c.id AS total FROM orders o JOIN customers AS c ON c.id = o.customer_id',
      'total=o.total id=c.id orders=orders customers=customers id=c.id customer_id=o.customer',
    ],
    ['SELECT id FROM orders, customers', 'orders=orders customers=customers ?id=o.id|c.id'],
    [
      'SELECT name, total FROM orders, customers WHERE orders.id = 1',
      'name=c.name total=o.total orders=orders customers=customers orders=orders id=o.id',
    ],
    [
      'SELECT `default`.`orders`.`total` FROM `default`.`orders`',
      '`default`=sch_public `orders`=orders `total`=o.total `default`=sch_public `orders`=orders',
    ],
    ['SELECT total FROM elsewhere', ''],
    ['SELECT total FROM orders, elsewhere', 'orders=orders ?total=o.total'],
    [
      'SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM customers WHERE name = total)',
      'id=o.id orders=orders customers=customers name=c.name total=o.total',
    ],
    ['SELECT id FROM orders WHERE id IN (SELECT id FROM customers)', 'id=o.id orders=orders id=o.id id=c.id customers=customers'],
    ['SELECT t.total FROM (SELECT total, id total2 FROM orders) t', 'total=o.total id=o.id orders=orders'],
    ['SELECT t.total FROM (SELECT * FROM orders) AS t', 'total=o.total orders=orders'],
    ['SELECT total FROM (SELECT o.* FROM orders o) t ORDER BY total', 'total=o.total orders=orders'],
    ['SELECT a FROM (SELECT total FROM orders) t (a)', 'total=o.total orders=orders'],
    ['WITH orders AS (SELECT id AS total FROM customers) SELECT total FROM orders', 'id=c.id customers=customers'],
    ['WITH x (a) AS (SELECT total FROM orders), y AS (SELECT a FROM x) SELECT a FROM y', 'total=o.total orders=orders'],
    ['SELECT total, number FROM big', 'big=v'],
    ['SELECT total FROM whole WHERE whole.id = 1', 'total=o.total whole=w whole=w id=o.id'],
    ['SELECT orders.* FROM orders', 'orders=orders orders=orders'],
    ['SELECT count(*) total FROM orders GROUP BY customer_id ORDER BY total', 'orders=orders customer_id=o.customer'],
    ['SELECT id AS total FROM orders ORDER BY total DESC, id', 'id=o.id orders=orders id=o.id'],
    ['SELECT id FROM orders JOIN customers USING (id)', 'orders=orders customers=customers ?id=o.id|c.id ?id=o.id|c.id'],
    [
      'SELECT total FROM orders UNION SELECT name FROM customers ORDER BY total',
      'total=o.total orders=orders name=c.name customers=customers',
    ],
    ['(SELECT total FROM orders) UNION ALL (SELECT id FROM customers)', 'total=o.total orders=orders id=c.id customers=customers'],
    [
      'SELECT o.id FROM (orders o JOIN customers c ON c.id = o.customer_id) WHERE name = 1',
      'id=o.id orders=orders customers=customers id=c.id customer_id=o.customer name=c.name',
    ],
    [
      'SELECT sum(total) OVER (PARTITION BY customer_id ORDER BY id) FROM orders',
      'total=o.total customer_id=o.customer id=o.id orders=orders',
    ],
    ['SELECT total FROM orders USE INDEX (by_total) FOR UPDATE', 'total=o.total orders=orders by_total=o.i'],
    ['SELECT DISTINCT total, fee(id) FROM orders LIMIT 3', 'total=o.total fee=f id=o.id orders=orders'],
    ['SELECT CAST(total AS char) FROM orders', 'total=o.total orders=orders'],
    ['SELECT total FROM orders WHERE total IS NOT DISTINCT FROM id', 'total=o.total orders=orders total=o.total id=o.id'],
  ])('%s', (sql, expected) => expect(found(sql, STATEMENTS)).toBe(expected));

  it.each<[Dialect, string, string]>([
    ['mssql', 'SELECT TOP (3) total = id, @x = total FROM [orders] WITH (NOLOCK)', 'id=o.id total=o.total [orders]=orders'],
    [
      'mssql',
      'SELECT c.name, o.total FROM customers c CROSS APPLY (SELECT total FROM orders WHERE customer_id = c.id) o',
      'name=c.name customers=customers total=o.total orders=orders customer_id=o.customer id=c.id',
    ],
    ['mssql', 'SELECT NEXT VALUE FOR numbers', 'numbers=s'],
    [
      'oracle',
      'SELECT numbers.NEXTVAL, total FROM orders o WHERE o.customer_id(+) = o.id',
      'numbers=s total=o.total orders=orders customer_id=o.customer id=o.id',
    ],
    ['oracle', 'SELECT "total" FROM orders', 'orders=orders'],
    [
      'oracle',
      'SELECT id FROM orders START WITH id = 1 CONNECT BY PRIOR id = customer_id',
      'id=o.id orders=orders id=o.id id=o.id customer_id=o.customer',
    ],
    ['mariadb', 'SELECT NEXTVAL(numbers), total FROM orders', 'numbers=s total=o.total orders=orders'],
    ['sqlite', 'SELECT "total" FROM orders INDEXED BY by_total', '"total"=o.total orders=orders by_total=o.i'],
  ])('of %s: %s', (dialect, sql, expected) => expect(found(sql, STATEMENTS, dialect)).toBe(expected));
});

describe('names in changes of rows', () => {
  it.each<[Dialect, string, string]>([
    ['mysql', 'INSERT INTO customers (id, name) VALUES (1, 2)', 'customers=customers id=c.id name=c.name'],
    [
      'mysql',
      'INSERT INTO customers (id, name) SELECT id, total FROM orders',
      'customers=customers id=c.id name=c.name id=o.id total=o.total orders=orders',
    ],
    [
      'mysql',
      'INSERT INTO orders SET total = 1 ON DUPLICATE KEY UPDATE total = VALUES(total) + id',
      'orders=orders total=o.total total=o.total total=o.total id=o.id',
    ],
    [
      'mysql',
      'UPDATE orders SET orders.total = total + 1 WHERE id IN (SELECT number FROM big)',
      'orders=orders orders=orders total=o.total total=o.total id=o.id big=v',
    ],
    [
      'mysql',
      'UPDATE orders o, customers c SET total = 1, name = 2 WHERE c.id = o.customer_id',
      'orders=orders customers=customers total=o.total name=c.name id=c.id customer_id=o.customer',
    ],
    ['mysql', 'DELETE o FROM orders o WHERE total = 0', 'orders=orders total=o.total'],
    [
      'sqlite',
      'INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET total = excluded.total',
      'orders=orders id=o.id id=o.id total=o.total total=o.total',
    ],
    ['sqlite', 'REPLACE INTO orders (id, total) VALUES (1, 2)', 'orders=orders id=o.id total=o.total'],
    [
      'mssql',
      'UPDATE o SET id = c.id FROM orders o JOIN customers c ON c.id = o.id',
      'id=o.id id=c.id orders=orders customers=customers id=c.id id=o.id',
    ],
    [
      'mssql',
      'UPDATE orders SET total = 0 OUTPUT inserted.total SELECT name FROM customers',
      'orders=orders total=o.total total=o.total name=c.name customers=customers',
    ],
    [
      'oracle',
      'MERGE INTO orders o USING customers c ON (c.id = o.customer_id) WHEN MATCHED THEN UPDATE SET total = c.id WHEN NOT MATCHED THEN INSERT (id, total) VALUES (c.id, 0)',
      'orders=orders customers=customers id=c.id customer_id=o.customer total=o.total id=c.id id=o.id total=o.total id=c.id',
    ],
    ['oracle', 'DELETE FROM orders WHERE total = 0 RETURNING id INTO x', 'orders=orders total=o.total id=o.id'],
  ])('of %s: %s', (dialect, sql, expected) => expect(found(sql, STATEMENTS, dialect)).toBe(expected));
});

describe('names in programs', () => {
  it.each<[Dialect, string, string]>([
    [
      'mysql',
      'BEGIN SET NEW.total = OLD.total + 1; UPDATE customers SET name = 1 WHERE id = NEW.customer_id; END',
      'total=o.total total=o.total customers=customers name=c.name id=c.id customer_id=o.customer',
    ],
    [
      'mysql',
      'BEGIN IF NEW.total > 0 THEN DELETE FROM customers WHERE name = OLD.id; END IF; END',
      'total=o.total customers=customers name=c.name id=o.id',
    ],
    ['mssql', 'UPDATE o SET total = 0 FROM orders o JOIN inserted i ON i.id = o.id', 'total=o.total orders=orders id=o.id id=o.id'],
    ['mssql', 'IF UPDATE(total) SELECT id FROM deleted', 'total=o.total id=o.id'],
    ['oracle', 'BEGIN :new.total := :old.id; IF INSERTING THEN pay(:new.id); END IF; END;', 'total=o.total id=o.id pay=p id=o.id'],
    [
      'sqlite',
      'BEGIN INSERT INTO customers (name) VALUES (new.total); SELECT id FROM orders; END',
      'customers=customers name=c.name total=o.total id=o.id orders=orders',
    ],
  ])('a trigger of %s: %s', (dialect, sql, expected) => expect(found(sql, TRIGGER, dialect)).toBe(expected));

  it.each<[Dialect, string, string]>([
    [
      'mysql',
      'CREATE PROCEDURE pay(IN total INT) BEGIN DECLARE name INT; SELECT id INTO name FROM orders WHERE id = total; CALL pay(name); END',
      'pay=p id=o.id orders=orders id=o.id pay=p',
    ],
    [
      'mysql',
      'CREATE FUNCTION pay(x INT) RETURNS INT RETURN (SELECT total FROM orders WHERE id = x)',
      'pay=p total=o.total orders=orders id=o.id',
    ],
    [
      'mysql',
      'CREATE PROCEDURE pay() BEGIN CREATE TEMPORARY TABLE t (id INT); INSERT INTO t (id) SELECT id FROM orders; END',
      'pay=p id=o.id orders=orders',
    ],
    [
      'mssql',
      'CREATE PROCEDURE dbo.pay @id int AS SET NOCOUNT ON SELECT total FROM orders WHERE id = @id IF @id > 0 UPDATE orders SET total = 1 DELETE customers WHERE name = 1',
      'dbo=sch_public pay=p total=o.total orders=orders id=o.id orders=orders total=o.total customers=customers name=c.name',
    ],
    [
      'mssql',
      'CREATE PROC pay AS BEGIN EXEC pay; SELECT total INTO #t FROM orders; SELECT total FROM #t END',
      'pay=p pay=p total=o.total orders=orders',
    ],
    [
      'oracle',
      'CREATE OR REPLACE PROCEDURE pay (x orders.total%TYPE) IS r orders%ROWTYPE; CURSOR c IS SELECT total FROM orders; BEGIN SELECT * INTO r FROM orders WHERE id = x; r.total := 1; pay(r.id); END;',
      'pay=p orders=orders total=o.total orders=orders total=o.total orders=orders orders=orders id=o.id pay=p ?total=o.total ?id=o.id',
    ],
    [
      'oracle',
      'CREATE FUNCTION fee RETURN NUMBER IS BEGIN FOR one IN (SELECT total FROM orders) LOOP NULL; END LOOP; RETURN fee; END;',
      'fee=p total=o.total orders=orders',
    ],
  ])('a routine of %s: %s', (dialect, sql, expected) =>
    expect(found(sql, { ...STATEMENTS, defines: 'p' }, dialect)).toBe(expected),
  );

  it.each<[Dialect, string, string]>([
    ['mssql', 'GRANT SELECT, INSERT ON orders TO customers', 'orders=orders'],
    ['oracle', 'REVOKE SELECT ON orders FROM customers', 'orders=orders'],
    ['oracle', 'COMMENT ON COLUMN orders.total IS 1', 'orders=orders total=o.total'],
    ['mysql', 'CREATE FULLTEXT INDEX i ON orders (total)', 'orders=orders total=o.total'],
    ['mysql', 'ALTER TABLE orders ORDER BY total', 'orders=orders total=o.total'],
    ['mysql', 'CREATE INDEX i USING BTREE ON orders (total)', 'orders=orders total=o.total'],
    [
      'oracle',
      'ALTER TABLE orders ADD CONSTRAINT k UNIQUE (total) USING INDEX (CREATE UNIQUE INDEX k ON orders (total))',
      'orders=orders total=o.total orders=orders total=o.total',
    ],
    ['mssql', 'ALTER TABLE x SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.orders))', 'dbo=sch_public orders=orders'],
    [
      'mysql',
      'UPDATE orders SET total = (REPLACE(total, 1, 2)) WHERE (INSERT(total, 1, 2, 3)) > id',
      'orders=orders total=o.total total=o.total total=o.total id=o.id',
    ],
    ['oracle', 'ALTER TABLE orders DISABLE CONSTRAINT "by_total"', 'orders=orders "by_total"=o.i'],
  ])('a statement of %s: %s', (dialect, sql, expected) => expect(found(sql, STATEMENTS, dialect)).toBe(expected));
});

describe('a column with another name', () => {
  it.each<[string, string]>([
    ['SELECT total FROM orders', 'SELECT `sum` AS `total` FROM orders'],
    ['SELECT o.total, 1 FROM orders o ORDER BY total', 'SELECT o.`sum` AS `total`, 1 FROM orders o ORDER BY total'],
    ['SELECT total AS t, total + 1 FROM orders', 'SELECT `sum` AS t, `sum` + 1 FROM orders'],
    ['SELECT x FROM (SELECT total, id x FROM orders) t', 'SELECT x FROM (SELECT `sum` AS `total`, id x FROM orders) t'],
    [
      'SELECT id FROM orders WHERE total IN (SELECT total FROM orders)',
      'SELECT id FROM orders WHERE `sum` IN (SELECT `sum` FROM orders)',
    ],
    ['INSERT INTO customers (name) SELECT total FROM orders', 'INSERT INTO customers (name) SELECT `sum` FROM orders'],
    [
      'SELECT total FROM orders UNION SELECT total FROM orders ORDER BY total',
      'SELECT `sum` AS `total` FROM orders UNION SELECT `sum` FROM orders ORDER BY total',
    ],
  ])('%s', (sql, expected) => expect(renamed(sql, 'o.total', 'sum')).toBe(expected));
});

it('tells names apart as the dialect does', () => {
  expect(found('SELECT TOTAL FROM ORDERS', STATEMENTS)).toBe('TOTAL=o.total ORDERS=orders');
  expect(found('SELECT total FROM "orders"', STATEMENTS, 'oracle')).toBe('');
  expect(found('SELECT "TOTAL" FROM "ORDERS"', STATEMENTS, 'oracle')).toBe('"TOTAL"=o.total "ORDERS"=orders');
});

it('writes a new name in quotes of the dialect', () => {
  const written = (dialect: Dialect) =>
    tokenUses(shop(dialect), 'total', { statements: false, table: 'orders' }).uses.map((use) => use.renamed('a b'));
  expect(written('mysql')).toEqual(['`a b`']);
  expect(written('mssql')).toEqual(['[a b]']);
  expect(written('sqlite')).toEqual(['"a b"']);
});

it('goes through any text whatever it is', () => {
  for (const sql of [
    '',
    ')',
    '((((',
    'SELECT',
    'WITH',
    'WITH x AS',
    'FROM',
    'UPDATE',
    'a.',
    '.a',
    'INSERT INTO',
    'CASE END END',
    ';;',
    'ON (',
    'SELECT TOP',
    'SELECT TOP (',
    'x AS',
  ])
    for (const dialect of ['mysql', 'sqlite', 'mssql', 'oracle'] as const) expect(() => found(sql, TRIGGER, dialect)).not.toThrow();
});
