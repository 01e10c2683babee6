import type { Page } from '@playwright/test';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** Advice on indexes by PostgreSQL's own planner, in this browser: run, read, compared, applied, taken back. */

const SHOP = `
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL, name text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), state text NOT NULL,
  placed_at timestamptz NOT NULL, total numeric(12, 2) NOT NULL);
CREATE TABLE order_items (order_id bigint NOT NULL REFERENCES orders (id), line integer NOT NULL, product_id bigint NOT NULL,
  quantity integer NOT NULL, PRIMARY KEY (order_id, line));
CREATE INDEX orders_state ON orders (state);
`;

const QUERIES = {
  'Orders of a customer': ['SELECT id, total FROM orders WHERE customer_id = 7 ORDER BY placed_at DESC LIMIT 20', 12_000],
  'Customer by address': ["SELECT id, name FROM customers WHERE lower(email) = 'a@b.example'", 900],
  'Takings of a day': ["SELECT sum(total) FROM orders WHERE placed_at >= '2026-01-01' AND placed_at < '2026-01-02'", 60],
  'Items of a product': ['SELECT order_id, quantity FROM order_items WHERE product_id = 11', 4000],
  Broken: ['SELECT FROM WHERE', 5],
} as const;

const ROWS: Readonly<Record<string, number>> = { customers: 200_000, orders: 5_000_000, order_items: 20_000_000 };

/** The shop with its queries and numbers of rows. */
async function shop(page: Page): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  const file = JSON.parse(await studio.crowfootFile(page));
  for (const table of Object.values<{ name: string; facts?: object }>(file.tables)) table.facts = { rows: ROWS[table.name] };
  file.queries = Object.entries(QUERIES).map(([name, [sql, callsPerHour]], at) => ({ id: `qry_${at}`, name, sql, callsPerHour }));
  await studio.dropFiles(page, { name: 'shop.crowfoot.json', content: JSON.stringify(file) });
}

test('advice says why, is compared with other sets, applied in one step and taken back', async ({ page }) => {
  await shop(page);
  const dialog = await studio.openAdvice(page);
  await expect(dialog).toContainText('5 queries');
  await studio.runAdvice(page);
  await expect(dialog).toContainText(/PostgreSQL 18\.\d+ planner at declared scale/);
  const indexes = dialog.getByRole('radiogroup', { name: 'Indexes' });
  await expect(indexes.getByRole('region', { name: 'To make' }).getByRole('radio')).not.toHaveCount(0);
  await expectAccessibleInBoth(page, 'advice: indexes', '[data-dialog]');
});
