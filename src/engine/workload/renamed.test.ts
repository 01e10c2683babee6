import { expect, it } from 'vitest';
import { dependentsOf, renameCalls } from '#engine/sql/expressions.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { SHOP } from '#test/workload-schema.ts';
import { analyseQuery } from './analyse.ts';

it('a renamed table or column is renamed in the queries that name it, and deleting it tells of them', async () => {
  const parser = await parserForTests();
  const record = {
    name: 'open',
    sql: "SELECT o.total, c.name\nFROM orders o JOIN customers c ON c.id = o.customer_id\nWHERE o.note = 'total' -- total",
  };
  const shop = withCalls(readDdl(parser, SHOP), [{ name: 'addQuery', args: { record } }]);
  const orders = Object.values(shop.tables).find((one) => one.name === 'orders');
  const total = orders?.columns.find((one) => one.name === 'total');
  if (orders === undefined || total === undefined) throw new Error('no orders');
  const query = Object.values(shop.queries)[0];
  expect(dependentsOf(shop, parser, { record: orders.id, part: total.id }).map(({ ref }) => ref.record)).toContain(query?.id);

  const column = renameCalls(shop, parser, { record: orders.id, part: total.id }, 'amount');
  if (!column.ok) throw new Error(column.problem.message);
  const first = withCalls(shop, column.value.calls);
  const table = renameCalls(first, parser, { record: orders.id }, 'purchases');
  if (!table.ok) throw new Error(table.problem.message);
  const second = withCalls(first, table.value.calls);
  const sql = Object.values(second.queries)[0]?.sql ?? '';
  expect(sql).toBe(
    "SELECT o.amount AS total, c.name\nFROM purchases o JOIN customers c ON c.id = o.customer_id\nWHERE o.note = 'total' -- total",
  );
  expect(analyseQuery(second, { sql }, parser).findings).toEqual([]);
});
