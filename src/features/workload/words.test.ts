import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { analyseQuery } from '#engine/workload/analyse.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { SHOP } from '#test/workload-schema.ts';
import { msText, originText, rateText, wordsOf } from './words.ts';

let parser: PgParser;
let shop: Document;

beforeAll(async () => {
  parser = await parserForTests();
  shop = readDdl(
    parser,
    `${SHOP}\nCREATE VIEW recent AS SELECT id, total FROM orders WHERE deleted_at IS NULL;
    CREATE MATERIALIZED VIEW takings AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY 1;`,
  );
});

/** One line for each thing said, the table's own first. */
function said(sql: string, role?: string): readonly string[] {
  const facts = analyseQuery(shop, { sql, ...(role === undefined ? {} : { role }) }, parser);
  return wordsOf(shop, facts).flatMap(({ title, note, does, lines }) => [
    `${title}${note === '' ? '' : ` (${note})`} ${does}`,
    ...lines.map(({ label, text, policy }) => `${label}: ${text}${policy === undefined ? '' : ` [${policy}]`}`),
  ]);
}

describe('what a query asks of tables, in words', () => {
  it('tells conditions, order, limit and columns', () => {
    expect(said("SELECT id FROM orders o WHERE customer_id = $1 AND note LIKE 'a%' ORDER BY created_at DESC LIMIT 20")).toEqual([
      'orders (as o) reads',
      'Equality: customer_id = $1',
      "Prefix: note LIKE 'a%'",
      'Order: created_at desc',
      'Limit: 20',
      'Columns: id, customer_id, created_at, note (4 of 10)',
    ]);
  });

  it('tells joins from both sides, and how', () => {
    const lines = said('SELECT c.name FROM customers c LEFT JOIN orders o ON o.customer_id = c.id');
    expect(lines).toContain('Join: id = o.customer_id (outer)');
    expect(lines).toContain('Join: customer_id = c.id (outer)');
    expect(said('SELECT 1 FROM orders o WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id)')).toContain(
      'Join: id = i.order_id (exists)',
    );
  });

  it('tells writes and what ON CONFLICT needs', () => {
    expect(said("UPDATE orders SET status = 'paid', total = 1 WHERE id = $1").slice(0, 3)).toEqual([
      'orders finds and updates',
      'Equality: id = $1',
      'Sets: status, total',
    ]);
    expect(said("INSERT INTO customers (id, email, name) VALUES (1, 'a', 'b') ON CONFLICT (email) DO NOTHING")).toEqual([
      'customers inserts',
      'Sets: id, email, name',
      'On conflict: unique on email',
    ]);
    expect(said('DELETE FROM items WHERE order_id = 1')[0]).toBe('items finds and deletes');
  });

  it('tells what policies add, and the views on the way', () => {
    const lines = said('SELECT body FROM docs WHERE id = 1', 'app');
    expect(lines).toContain("Equality: tenant = CAST(current_setting('app.tenant') AS integer) [by_tenant]");
    expect(lines.some((line) => line.endsWith('[own]'))).toBe(true);
    const view = said('SELECT total FROM recent WHERE id = 1');
    expect(view[0]).toBe('orders (through recent) reads');
    expect(view).toContain('Is null: deleted_at IS NULL');
  });

  it('tells of a materialized view that its rows are stored, and of REFRESH what it is for', () => {
    expect(said('SELECT total FROM takings t WHERE customer_id = $1 ORDER BY total')).toEqual([
      'takings (as t, materialized view, as of its last refresh) reads',
      'Equality: customer_id = $1',
      'Order: total',
      'Columns: customer_id, total',
    ]);
    expect(said('SELECT * FROM takings').at(-1)).toBe('Columns: * (all 2)');
    expect(said('REFRESH MATERIALIZED VIEW takings')[0]).toBe('orders (to refresh takings) reads');
  });

  it('tells arms of an OR, groups, distinct values, pages and stars', () => {
    expect(said('SELECT id FROM orders WHERE id = 1 OR total > 5')).toContain('Either: id = 1 or total > 5');
    expect(said('SELECT status, count(*) FROM orders GROUP BY status')).toContain('Group: status');
    expect(said('SELECT DISTINCT country FROM customers')).toContain('Distinct: country');
    expect(said('SELECT max(total) FROM orders')).toContain('Least or greatest: total');
    expect(said('SELECT id FROM orders WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT 5')).toContain(
      'Next page: (created_at, id) < ($1, $2)',
    );
    expect(said('SELECT * FROM orders')).toContain('Columns: * (all 10)');
    expect(said('SELECT 1 FROM orders')).toContain('Columns: none');
  });
});

describe('figures', () => {
  it('say times and rates in few letters', () => {
    expect([0.5, 12, 1800, 300_000, 9_000_000].map(msText)).toEqual(['0.5 ms', '12 ms', '1.8 s', '5 min', '2.5 h']);
    expect([0.25, 3, 1234.5, 51_234, 2_000_000].map(rateText)).toEqual(['0.25', '3', '1,235', '51.2k', '2M']);
  });

  it('say where a query was seen and what was counted', () => {
    expect(originText({ kind: 'typed', date: '2026-01-31T10:00:00Z' })).toBe('Typed or pasted · 2026-01-31');
    const counted = { kind: 'pg_stat_statements', name: 'q.csv', date: '2026-01-31', calls: 2400, hours: 24 } as const;
    expect(originText({ ...counted, meanMs: 0.5, totalMs: 1200, rows: 2400 })).toBe(
      'pg_stat_statements (q.csv) · 2026-01-31 · 2,400 calls in 24 h · 0.5 ms each · 1.2 s in all · 2,400 rows',
    );
  });
});
