import { applicationOf } from '#engine/indexes/advise/apply.ts';
import { derivedIds } from '#lib/ids.ts';
import { serialize } from '#model/format/serialize.ts';
import type { Table } from '#model/types.ts';
import { adviceOf, advised, planOf } from '#test/index-advice.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const DDL = `CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_no bigint NOT NULL, state text NOT NULL, placed timestamptz NOT NULL, total numeric(10, 2));
CREATE INDEX orders_state ON orders (state);
CREATE INDEX orders_total ON orders (total);`;

const QUERIES = {
  newest: { sql: 'SELECT * FROM orders WHERE customer_no = $1 ORDER BY placed DESC LIMIT 10', callsPerHour: 1200, latencyMs: 20 },
  'by mail': { sql: 'SELECT * FROM customers WHERE email = $1', callsPerHour: 300 },
  order: { sql: 'INSERT INTO orders VALUES ($1, $2, $3, now(), $4)', callsPerHour: 500 },
};

/** A saved design in which advice was taken: one index made, one dropped. Another is still unused, and one is missing. */
async function designFile(): Promise<string> {
  const read = readDdl(await parserForTests(), DDL);
  const named = (name: string) => Object.values(read.tables).find((one) => one.name === name) as Table;
  const [orders, customers] = [named('orders'), named('customers')];
  const column = (name: string) => orders.columns.find((one) => one.name === name)?.id as string;
  const told = withCalls(read, [
    { name: 'setTable', args: { id: orders.id, patch: { facts: { rows: 5_000_000 } } } },
    { name: 'setTable', args: { id: customers.id, patch: { facts: { rows: 200_000 } } } },
    ...Object.entries(QUERIES).map(([name, query]) => ({
      name: 'addQuery' as const,
      args: { record: { id: `qry_${name.replace(' ', '_')}`, name, ...query } },
    })),
  ]);
  const plans = { planNow: planOf(90_000), planAdvised: planOf(9) };
  const advice = adviceOf({
    queries: [{ query: 'qry_newest', calls: 1200, counted: true, none: 90_000, now: 90_000, advised: 9, uses: ['m'], ...plans }],
    indexes: [
      advised({
        id: 'm',
        table: orders.id,
        name: 'orders_customer_no_placed_idx',
        verdict: 'make',
        index: { elements: [{ column: column('customer_no') }, { column: column('placed'), order: 'desc' }] },
        sql: 'CREATE INDEX orders_customer_no_placed_idx ON orders (customer_no, placed DESC);',
        parts: [
          { text: 'customer_no', role: 'E' },
          { text: 'placed', role: 'S', desc: true },
        ],
        gains: [{ query: 'qry_newest', without: 90_000, with: 9 }],
        bytes: 157_000_000,
        worth: 1e8,
      }),
      advised({
        id: 'd',
        table: orders.id,
        name: 'orders_total',
        verdict: 'drop',
        existing: orders.indexes.find(({ name }) => name === 'orders_total')?.id as string,
        sql: 'CREATE INDEX orders_total ON public.orders USING btree (total)',
        why: 'unused',
      }),
    ],
  });
  const planned = applicationOf(told, advice, ['m', 'd'], { ids: derivedIds(), date: '2026-03-04' });
  if (!planned.ok) throw new Error(planned.problem.message);
  return serialize(withCalls(told, planned.value.calls));
}

test('applied advice lives on: problems of the workload, the migration of a running system, and why in the documents', async ({
  page,
}) => {
  await studio.start(page);
  await studio.dropFiles(page, { name: 'shop.crowfoot.json', content: await designFile() });
  await expect(studio.treeItem(page, 'orders')).toBeVisible();

  const panel = await studio.showDock(page, 'Problems');
  await expect(panel.getByRole('treeitem', { name: 'No query of the workload can use orders_state of orders' })).toBeVisible();
  const missing = panel.getByRole('treeitem', { name: 'No index finds the rows of customers that “by mail” looks for' });
  await missing.click();
  await panel.getByRole('button', { name: 'Add an index on customers (email)' }).click();
  await studio.dialog(page, 'Add an index on customers (email)').getByRole('button', { name: 'Apply' }).click();
  await expect(panel.getByRole('treeitem').first()).toBeVisible();
  await expect(missing).toHaveCount(0);

  await page.keyboard.press('Control+e');
  await studio.dialog(page, 'Export').getByRole('checkbox', { name: 'Indexes for a running system' }).check();
  const files = await studio.downloadZip(page, studio.exporting(page, 'Design documents'));
  const up = files['migrations/002_add_indexes.sql'] ?? '';
  expect(up).toContain(
    'CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_no_placed_idx ON orders (customer_no, placed DESC);',
  );
  expect(up).toContain('DROP INDEX CONCURRENTLY IF EXISTS orders_total;');
  expect(up).toContain('WHERE NOT indisvalid;');
  const down = files['migrations/002_add_indexes.down.sql'] ?? '';
  expect(down).toContain('CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_total ON public.orders USING btree (total);');
  expect(down).toContain('DROP INDEX CONCURRENTLY IF EXISTS orders_customer_no_placed_idx;');
  expect(down).not.toContain('DROP INDEX CONCURRENTLY IF EXISTS orders_state;');

  const design = files['database-design.md'] ?? '';
  expect(design).toContain('| newest | 1,200 | 20 ms |   | `orders` |');
  expect(design).toMatch(
    /\| `orders_customer_no_placed_idx` \| `orders` \| `customer_no` \(equality\), `placed DESC` \(order\) \| newest \(90k → 9\) \| 157 MB \|/,
  );
  const optimization = files['database-optimization.md'] ?? '';
  expect(optimization).toContain('| newest | 1,200 | 90k | 9 | −100 % |');
  await studio.closeDialog(page);

  // The same stands in the studio, before anything is handed over.
  await studio.command(page, 'Design document');
  await expect(page.getByRole('region', { name: 'Preview of database-design.md' })).toContainText('### Decided on');
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Indexes of orders');
});
