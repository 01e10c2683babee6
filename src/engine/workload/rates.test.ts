import { expect, it } from 'vitest';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { SHOP } from '#test/workload-schema.ts';
import { analyseQuery } from './analyse.ts';
import { tableRates } from './rates.ts';

function table(document: Document, name: string): string {
  return Object.values(document.tables).find((one) => one.name === name)?.id ?? '';
}

it('reads, inserts, updates and deletes of each table, by how often its queries run', async () => {
  const parser = await parserForTests();
  const document = readDdl(parser, SHOP);
  const queries = [
    ['read', 100, 'SELECT a.id FROM orders a JOIN orders b ON b.id = a.id JOIN customers c ON c.id = a.customer_id'],
    ['set', 10, 'UPDATE orders SET total = 1, note = NULL WHERE id = $1'],
    ['total', 5, 'UPDATE orders SET total = 2 WHERE id = $1'],
    ['add', 20, 'INSERT INTO items (order_id, product_id, qty, price) SELECT id, 1, 1, 1 FROM orders WHERE id = $1'],
    ['gone', 2, 'DELETE FROM customers WHERE id = $1'],
    ['sometimes', undefined, 'SELECT id FROM customers'],
    ['broken', 7, 'SELECT FROM FROM'],
  ] as const;
  const rates = tableRates(
    queries.map(([id, calls, sql]) => ({
      id,
      facts: analyseQuery(document, { sql }, parser),
      ...(calls === undefined ? {} : { callsPerHour: calls }),
    })),
  );
  const orders = rates.get(table(document, 'orders'));
  expect(orders).toMatchObject({
    reads: 135,
    inserts: 0,
    updates: 15,
    deletes: 0,
    readers: ['read', 'set', 'total', 'add'],
    writers: ['set', 'total'],
    uncounted: [],
  });
  const columns = document.tables[table(document, 'orders')]?.columns ?? [];
  const named = [...(orders?.updatedColumns ?? [])].map(([id, count]) => [columns.find((one) => one.id === id)?.name, count]);
  expect(named).toEqual([
    ['total', 15],
    ['note', 10],
  ]);
  expect(rates.get(table(document, 'items'))).toMatchObject({ reads: 0, inserts: 20, readers: [], writers: ['add'] });
  expect(rates.get(table(document, 'customers'))).toMatchObject({ reads: 102, deletes: 2, uncounted: ['sometimes'] });
  expect(rates.get(table(document, 'products'))).toBeUndefined();
});
