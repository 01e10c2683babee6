import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../scripts/lib.mjs';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** Advice on queries: read, taken as one undo step, taken back. */

const SHOP = `
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, manager_id bigint REFERENCES customers (id));
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), placed_at timestamptz NOT NULL);
CREATE INDEX orders_placed_at ON orders (placed_at);
CREATE INDEX orders_customer_id ON orders (customer_id);
CREATE INDEX customers_manager_id ON customers (manager_id);
`;

const PAGES = 'SELECT id, placed_at FROM orders ORDER BY placed_at DESC LIMIT 20 OFFSET $1';
const KEYSET = 'WHERE (placed_at, id) < ($1, $2) ORDER BY placed_at DESC, id DESC LIMIT 20';

const QUERIES = {
  'Latest orders': PAGES,
  'No manager of anybody': 'SELECT c.name FROM customers c WHERE c.id NOT IN (SELECT m.manager_id FROM customers m)',
  'One customer': 'SELECT name FROM customers WHERE id = $1',
};

async function shop(page: Page): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  const file = JSON.parse(await studio.crowfootFile(page));
  file.queries = Object.entries(QUERIES).map(([name, sql], at) => ({ id: `qry_${at}`, name, sql, callsPerHour: 900 }));
  await studio.dropFiles(page, { name: 'shop.crowfoot.json', content: JSON.stringify(file) });
}

/** Both themes in both sizes, to be looked at. */
async function pictures(page: Page, name: string): Promise<void> {
  await mkdir(join(ROOT, 'artifacts'), { recursive: true });
  const size = page.viewportSize();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(ROOT, 'artifacts', `${name}-${width}-${theme}.png`) });
    }
  }
  if (size !== null) await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

test('a query that skips rows and a NOT IN are explained, replaced as one step, and restored by undo', async ({ page }) => {
  await shop(page);
  const advice = await studio.openAdvice(page);
  await advice.getByRole('tab', { name: 'Rewrites' }).click();
  await expect(advice.getByRole('status').filter({ hasText: '2 remarks on 2 queries of 3' })).toBeVisible();
  await expect(advice.getByRole('region', { name: 'One customer' })).toHaveCount(0);

  const managers = advice.getByRole('region', { name: 'No manager of anybody' });
  await expect(managers).toContainText('asks NOT IN of customers.manager_id, which may be NULL');
  await expect(managers).toContainText('one NULL among what the subquery finds, and the condition is true for no row at all');
  await expect(managers).toContainText('Not the same in every case');
  await expect(managers.getByRole('figure', { name: 'Rewritten' })).toContainText(
    'NOT EXISTS (SELECT 1 FROM customers m WHERE m.manager_id = c.id)',
  );

  const latest = advice.getByRole('region', { name: 'Latest orders' });
  await expect(latest).toContainText('OFFSET reads all rows before the page and throws them away');
  await expect(latest).toContainText('id makes the order total');
  await expect(latest.getByRole('figure', { name: 'As it is' }).locator('del').filter({ hasText: 'OFFSET' })).toBeVisible();
  await expect(latest.getByRole('figure', { name: 'Rewritten' })).toContainText(KEYSET);
  await pictures(page, 'rewrites');
  await expectAccessibleInBoth(page, 'advice: rewrites', '[data-dialog]');

  await latest.getByRole('button', { name: 'Replace the query' }).click();
  await expect(studio.notice(page, 'The query is replaced')).toBeVisible();
  await expect(latest).toHaveCount(0);
  await expect(managers).toBeVisible();
  await studio.closeDialog(page);
  const queries = async () =>
    Object.values<{ sql: string }>(JSON.parse(await studio.crowfootFile(page)).queries).map(({ sql }) => sql);
  expect((await queries())[0]).toContain(KEYSET);
  expect((await queries())[1]).toBe(QUERIES['No manager of anybody']);

  await studio.undo(page);
  expect(await queries()).toEqual(Object.values(QUERIES));
});

test('the workload says beside a query what could be said otherwise', async ({ page }) => {
  await shop(page);
  const workload = await studio.openWorkload(page);
  await studio.queryRow(page, 'Latest orders').click();
  const said = workload.getByRole('region', { name: 'Advice on the query' });
  await expect(said).toContainText('Latest orders skips rows with OFFSET $1');
  await expect(said.getByRole('figure', { name: 'Rewritten' })).toContainText(KEYSET);
  await pictures(page, 'rewrites-query');
  await studio.queryRow(page, 'One customer').click();
  await expect(said).toHaveCount(0);
});
