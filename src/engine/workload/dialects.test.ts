import { describe, expect, it } from 'vitest';
import { readSql } from '#engine/sql/read.ts';
import type { Dialect, Document } from '#model/types.ts';
import { factLines } from '#test/workload.ts';
import { PLAIN_SHOP } from '#test/workload-plain.ts';
import { analyseQuery } from './analyse.ts';

const shops = new Map<Dialect, Document>();

function shop(dialect: Dialect): Document {
  let document = shops.get(dialect);
  if (document === undefined) {
    const read = readSql([{ name: 'shop.sql', text: PLAIN_SHOP }], { dialect }, {});
    if (!read.ok) throw new Error(read.problem.message);
    document = read.value.document;
    shops.set(dialect, document);
  }
  return document;
}

/** Facts as lines, names in lower case, as Oracle's are not. */
function says(dialect: Dialect, sql: string): string[] {
  const document = shop(dialect);
  return factLines(document, analyseQuery(document, { sql }, undefined)).map((line) =>
    dialect === 'oracle' ? line.replaceAll(/"?\b([A-Z_]+)\b"?/g, (_all, name: string) => name.toLowerCase()) : line,
  );
}

const EVERYWHERE: readonly Dialect[] = ['mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];

describe('queries of dialects without a parser of their own', () => {
  it.each(EVERYWHERE)('%s: what all of them say alike', (dialect) => {
    const check = (sql: string, ...lines: string[]) =>
      expect(says(dialect, sql).map((line) => line.replaceAll(/[`"[\]]/g, '').toLowerCase())).toEqual(lines);
    check(
      "SELECT o.id, o.total FROM orders o WHERE o.customer_id = 3 AND o.status IN ('a', 'b') AND o.total BETWEEN 1 AND 5 AND o.note IS NULL ORDER BY o.created_at DESC",
      "orders o: equal customer_id = 3; in status in 'a'/'b'; range total between 1/5; null note is null; order created_at desc; needs id,customer_id,status,created_at,total,note",
    );
    check(
      'SELECT c.name, COUNT(*) AS n FROM customers c LEFT OUTER JOIN orders o ON o.customer_id = c.id AND o.total > 5 GROUP BY c.name HAVING COUNT(*) > 2 ORDER BY n',
      'customers c: group name; needs id,name',
      'orders o: range total > 5; needs customer_id,total',
      'left: c.id = o.customer_id',
    );
    check(
      'SELECT c.id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id) AND c.id NOT IN (SELECT i.order_id FROM items i)',
      'customers c: differs id <> all <query>; needs id',
      'orders o: needs customer_id',
      'items i: needs order_id',
      'semi: c.id = o.customer_id',
    );
    check(
      'WITH a AS (SELECT id, customer_id FROM orders WHERE total > 3) SELECT a.id FROM a WHERE a.customer_id = 7',
      'orders: range total > 3; equal customer_id = 7; needs id,customer_id,total',
    );
    check(
      "SELECT id FROM customers WHERE UPPER(email) = 'X' AND CASE WHEN country = 'DE' THEN 1 ELSE 0 END = 1",
      "customers: equal upper(email) = 'x'; equal case when country = 'de' then 1 else 0 end = 1; needs id,email,country",
    );
    check(
      'SELECT x.id FROM (SELECT id FROM orders UNION ALL SELECT order_id FROM items) x WHERE x.id = 5',
      'orders: equal id = 5; needs id',
      'items: equal order_id = 5; needs order_id',
    );
    check(
      'UPDATE orders SET total = total + 1, note = NULL WHERE customer_id = 4',
      'orders: equal customer_id = 4; update total,note; needs customer_id,total',
    );
    check('DELETE FROM items WHERE order_id = 4', 'items: equal order_id = 4; delete; needs order_id');
    check("INSERT INTO customers (id, email) VALUES (1, 'a')", 'customers (unread): insert id,email; needs');
    check(
      'INSERT INTO items (order_id, product_id, qty) SELECT id, 1, 1 FROM orders WHERE customer_id = 2',
      'items (unread): insert order_id,product_id,qty; needs',
      'orders: equal customer_id = 2; needs id,customer_id',
    );
    check(
      'SELECT o.id, ROW_NUMBER() OVER (PARTITION BY o.customer_id ORDER BY o.created_at) AS r FROM orders o, customers c WHERE c.id = o.customer_id',
      'orders o: needs id,customer_id,created_at',
      'customers c: needs id',
      'inner: c.id = o.customer_id',
    );
    check(
      'SELECT nope FROM orders',
      'orders: needs',
      'error unknown-column 7-11: no table of this query has a column nope. did you mean note?',
    );
  });

  it('MySQL: paging, index hints, session values, null-safe equality, MATCH and what a digest looks like', () => {
    expect(
      says('mysql', 'SELECT SQL_NO_CACHE id FROM `orders` USE INDEX (x) WHERE customer_id <=> ? AND status = @s LIMIT 5, 10'),
    ).toEqual(['orders: equal customer_id <=> ?1; equal status = @s; limit 10; offset 5; needs id,customer_id,status']);
    expect(
      says(
        'mysql',
        "SELECT id FROM customers WHERE MATCH (name) AGAINST ('+x' IN BOOLEAN MODE) AND (country = 'a' || country = 'b') && email LIKE 'q%'",
      ),
    ).toEqual(["customers: contains name match '+x'; in country IN 'a'/'b'; prefix email LIKE 'q%'; needs id,email,name,country"]);
    expect(
      says(
        'mysql',
        'SELECT `id` FROM `orders` WHERE `customer_id` IN (...) AND `created_at` > NOW ( ) - INTERVAL ? DAY AND `total` = ? LIMIT ?',
      ),
    ).toEqual([
      'orders: in customer_id IN ?1; range created_at > {now() - interval(?)}; equal total = ?3; limit ?4; needs id,customer_id,created_at,total',
    ]);
    expect(
      says(
        'mysql',
        'UPDATE orders o JOIN customers c ON c.id = o.customer_id SET o.total = 1, o.note = c.name WHERE c.country = ? ORDER BY o.id LIMIT 3',
      ),
    ).toEqual([
      'orders o: order id; limit 3; update total,note; needs id,customer_id',
      'customers c: equal country = ?1; needs id,name,country',
      'inner: c.id = o.customer_id',
    ]);
    expect(says('mysql', 'DELETE o FROM orders o INNER JOIN items i ON i.order_id = o.id WHERE i.qty = 0')).toEqual([
      'orders o: delete; needs id',
      'items i: equal qty = 0; needs order_id,qty',
      'inner: i.order_id = o.id',
    ]);
    expect(
      says('mysql', 'INSERT INTO items SET order_id = 1, product_id = 2, qty = 3 ON DUPLICATE KEY UPDATE qty = qty + VALUES(qty)'),
    ).toEqual(['items (unread): insert order_id,product_id,qty; needs qty']);
    expect(
      says(
        'mysql',
        'INSERT INTO `items` ( `order_id` , `qty` ) VALUES (...) /* , ... */ ON DUPLICATE KEY UPDATE `qty` = VALUES ( `qty` )',
      ),
    ).toEqual(['items (unread): insert order_id,qty; needs qty']);
    expect(
      says(
        'mysql',
        'SELECT COUNT ( * ) , `o` . `status` FROM `shop` . `orders` `o` WHERE `o` . `total` BETWEEN ? AND ? AND ( `o` . `id` , `o` . `status` ) IN (...) GROUP BY `o` . `status`',
      ),
    ).toEqual(['orders o: range total BETWEEN ?1/?2; in id IN; in status IN; group status; needs id,status,total']);
    expect(says('mysql', 'REPLACE INTO items VALUES (1, 2, 3), (4, 5, 6)')).toEqual([
      'items (unread): insert order_id,product_id,qty; needs',
    ]);
    expect(
      says(
        'mysql',
        'SELECT STRAIGHT_JOIN o.id FROM orders o STRAIGHT_JOIN items i ON i.order_id = o.id WHERE DATE(o.created_at) = CURDATE() FOR UPDATE',
      ),
    ).toEqual([
      'orders o: equal date(`created_at`) = {curdate()}; needs id,created_at',
      'items i: needs order_id',
      'inner: i.order_id = o.id',
    ]);
    expect(
      says(
        'mysql',
        "SELECT GROUP_CONCAT(DISTINCT name ORDER BY email SEPARATOR ', ') FROM customers WHERE JSON_CONTAINS(name, '1')",
      ),
    ).toEqual(["customers: contains name json_contains '1'; needs email,name"]);
  });

  it('SQLite: rowid, GLOB, LIKE without regard to case, upsert', () => {
    expect(
      says(
        'sqlite',
        "SELECT rowid, id FROM customers WHERE email LIKE 'a%' AND name GLOB 'b*' AND country IS 'DE' LIMIT 3 OFFSET 2",
      ),
    ).toEqual([
      "customers: pattern email ILIKE 'a%'; prefix name GLOB 'b*'; equal country <=> 'DE'; limit 3; offset 2; needs id,email,name,country",
    ]);
    expect(
      says(
        'sqlite',
        'INSERT OR IGNORE INTO customers (id, email) VALUES (:id, :email) ON CONFLICT (email) DO UPDATE SET name = excluded.name RETURNING id',
      ),
    ).toEqual(['customers (unread): insert id,email; conflict email; needs id,name']);
    expect(says('sqlite', "SELECT id FROM orders WHERE note -> '$.a' = 1 AND created_at > date('now', '-1 day')")).toEqual([
      "orders: equal \"note\" -> '$.a' = 1; range created_at > {date('now', '-1 day')}; needs id,created_at,note",
    ]);
  });

  it('SQL Server: TOP, brackets, hints, APPLY, OUTPUT, assignments in SELECT, UPDATE by alias', () => {
    expect(
      says(
        'mssql',
        'SELECT TOP (10) [id], n = [note] FROM [dbo].[orders] WITH (NOLOCK) WHERE [customer_id] = @customer ORDER BY [created_at] OPTION (RECOMPILE)',
      ),
    ).toEqual(['orders: equal customer_id = @customer; order created_at; limit 10; needs id,customer_id,created_at,note']);
    expect(
      says(
        'mssql',
        'SELECT c.id, x.total FROM customers c CROSS APPLY (SELECT TOP 1 o.total FROM orders o WHERE o.customer_id = c.id ORDER BY o.created_at DESC) x',
      ),
    ).toEqual([
      'customers c: needs id',
      'orders o: order created_at desc; limit 1; needs customer_id,created_at,total',
      'inner: o.customer_id = c.id',
    ]);
    expect(
      says(
        'mssql',
        "UPDATE o SET o.total += 1 OUTPUT inserted.id FROM orders AS o JOIN customers AS c ON c.id = o.customer_id WHERE c.country = N'DE'",
      ),
    ).toEqual([
      'orders o: update total; needs id,customer_id',
      "customers c: equal country = 'DE'; needs id,country",
      'inner: c.id = o.customer_id',
    ]);
    expect(
      says(
        'mssql',
        'SELECT id FROM orders WHERE created_at >= DATEADD(day, -7, GETDATE()) AND CONVERT(date, created_at) = @d ORDER BY id OFFSET 10 ROWS FETCH NEXT 5 ROWS ONLY',
      ),
    ).toEqual([
      'orders: range created_at >= {dateadd(day, -7, getdate())}; equal created_at = @d; order id; limit 5; offset 10; needs id,created_at',
    ]);
    expect(
      says(
        'mssql',
        'MERGE INTO customers AS t USING (SELECT 1 AS id) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET t.name = NULL WHEN NOT MATCHED BY TARGET THEN INSERT (id, email) VALUES (s.id, NULL);',
      ),
    ).toEqual(['customers t: equal id = 1; update id,email,name; needs id']);
  });

  it('Oracle: (+), ROWNUM, CONNECT BY, MINUS, dual', () => {
    expect(
      says('oracle', 'SELECT o.id FROM orders o, customers c WHERE o.customer_id = c.id(+) AND ROWNUM <= 5 AND o.status = :st'),
    ).toEqual(['orders o: equal status = :st; needs id,customer_id,status', 'customers c: needs id', 'left: o.customer_id = c.id']);
    expect(
      says(
        'oracle',
        'SELECT id FROM orders START WITH parent_id IS NULL CONNECT BY PRIOR id = parent_id MINUS SELECT order_id FROM items FETCH FIRST 3 ROWS ONLY',
      ),
    ).toEqual(['orders: needs id,parent_id', 'items: needs order_id']);
    expect(says('oracle', 'SELECT SYSDATE FROM dual')).toEqual([]);
  });

  it('MySQL: what several tables are changed by, and the name of the row that comes', () => {
    const sets =
      'UPDATE orders o JOIN customers c ON c.id = o.customer_id SET o.status = 1, c.name = 2, note = 3 WHERE c.email = ?';
    expect(says('mysql', sets)).toEqual([
      'orders o: update status,note; needs customer_id',
      'customers c: equal email = ?1; update name; needs id,email',
      'inner: c.id = o.customer_id',
    ]);
    for (const sql of [
      'DELETE o, i FROM orders o JOIN items i ON i.order_id = o.id WHERE o.total > 5',
      'DELETE FROM o, i USING orders o JOIN items i ON i.order_id = o.id WHERE o.total > 5',
    ])
      expect(says('mysql', sql)).toEqual([
        'orders o: range total > 5; delete; needs id,total',
        'items i: delete; needs order_id',
        'inner: i.order_id = o.id',
      ]);
    expect(says('mysql', 'DELETE FROM o USING orders o JOIN items i ON i.order_id = o.id')[1]).toBe('items i: needs order_id');
    expect(
      says(
        'mysql',
        'INSERT INTO customers (id, name) VALUES (1, 2) AS new ON DUPLICATE KEY UPDATE name = new.name, email = new.id',
      ),
    ).toEqual(['customers (unread): insert id,name; needs id,name']);
  });

  it('MySQL: MEMBER OF, JSON_TABLE', () => {
    expect(says('mysql', "SELECT id FROM orders WHERE 3 MEMBER OF (note->'$.a')")).toEqual([
      "orders: contains `note` -> '$.a' member of 3; needs id,note",
    ]);
    expect(says('mysql', 'SELECT o.id AS member FROM orders o WHERE o.id = 3')).toEqual(['orders o: equal id = 3; needs id']);
    expect(
      says('mysql', "SELECT o.id FROM orders o, JSON_TABLE(o.note, '$[*]' COLUMNS (a INT PATH '$.a')) j WHERE o.total = 5"),
    ).toEqual(['orders o: equal total = 5; needs id,total,note']);
  });

  it('SQL Server: rows that are changed through WITH', () => {
    const doubles =
      'WITH d AS (SELECT id, ROW_NUMBER() OVER (PARTITION BY email ORDER BY id) AS n FROM customers) DELETE FROM d WHERE n > 1';
    expect(says('mssql', doubles)).toEqual(['customers: order email,id; delete; needs id,email']);
    expect(says('mssql', 'WITH x AS (SELECT id, note FROM orders WHERE total = 5) UPDATE x SET note = 1 WHERE id = 3')).toEqual([
      'orders: equal total = 5; equal id = 3; update note; needs id,total',
    ]);
  });

  it('Oracle: KEEP is not the end of an index', () => {
    expect(
      says('oracle', 'SELECT MAX(total) KEEP (DENSE_RANK LAST ORDER BY created_at) FROM orders WHERE customer_id = 3'),
    ).toEqual(['orders: equal customer_id = 3; needs customer_id,created_at,total']);
  });

  it('windows take rows by their partitions, in their order', () => {
    const ranked =
      'SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created_at DESC) n FROM orders WHERE status = 5';
    for (const dialect of ['mysql', 'mssql'] as const)
      expect(says(dialect, ranked)).toEqual([
        'orders: equal status = 5; order customer_id,created_at desc; needs id,customer_id,status,created_at',
      ]);
    expect(says('mysql', `${ranked} ORDER BY total`)[0]).toContain('order total;');
    expect(says('mysql', 'SELECT id, COUNT(*) OVER () FROM orders LIMIT 3')).toEqual(['orders: limit 3; needs id']);
  });

  it('what an outer join makes up restricts nothing of what is read', () => {
    for (const where of ['o.id IS NULL', 'o.note IS NULL'])
      expect(
        says('mysql', `SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE ${where}`),
      ).toContainEqual(expect.stringContaining('IS NULL (filter)'));
    const both = 'SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.note IS NULL AND o.total > 5';
    expect(says('mysql', both)[1]).toBe('orders o: null note IS NULL; range total > 5; needs customer_id,total,note');
    const kept = 'SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE c.name IS NULL';
    expect(says('mysql', kept)[0]).toBe('customers c: null name IS NULL; needs id,name');
  });

  it('tell where a text cannot be read', () => {
    expect(says('mysql', 'SELECT id FROM orders WHERE')).toEqual(['error syntax 27-27: the statement ends too early, at its end']);
    expect(says('mssql', 'SELECT id FROM orders WHERE id = 1 GROUP customer_id')).toEqual([
      'error syntax 35-40: the statement should end here, at GROUP',
    ]);
    expect(says('sqlite', 'SELECT (id FROM orders')).toEqual(['error syntax 11-15: ) is expected here, at FROM']);
  });
});
