import type { Page } from '@playwright/test';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** The workload: queries are pasted or imported, read, mended and described, and shown on the canvas. */

const SHOP = `
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  status text NOT NULL,
  created_at timestamptz NOT NULL,
  total numeric(12, 2) NOT NULL
);
CREATE TABLE products (id integer PRIMARY KEY, sku text NOT NULL UNIQUE, title text NOT NULL);
CREATE TABLE items (
  order_id bigint NOT NULL REFERENCES orders (id),
  product_id integer NOT NULL REFERENCES products (id),
  quantity integer NOT NULL,
  PRIMARY KEY (order_id, product_id)
);
CREATE TABLE notes (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), tenant integer NOT NULL, body text NOT NULL);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_tenant ON notes USING (tenant = 7);
`;

const FIVE = `-- name: open_orders
SELECT id, total FROM orders WHERE customer_id = $1 AND status = $2 ORDER BY created_at DESC LIMIT 20;
-- name: order_page
SELECT o.id, c.name, i.quantity FROM orders o JOIN customers c ON c.id = o.customer_id JOIN items i ON i.order_id = o.id WHERE o.id = $1;
-- name: broken
SELECT id,
  total FORM orders;
-- name: pay
UPDATE orders SET status = 'paid' WHERE id = $1;
-- name: notes_of
SELECT body FROM notes WHERE customer_id = $1;
`;

const STATEMENTS = `queryid,query,calls,total_exec_time,rows
11,"SELECT id, total FROM orders WHERE customer_id = $1 AND status = $2 ORDER BY created_at DESC LIMIT $3",240000,120000,480000
12,"SELECT title FROM products WHERE sku = $1",4800,2400,4800
13,BEGIN,99,1,0
`;

async function opened(page: Page) {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  await studio.focusCanvas(page);
  return studio.openWorkload(page);
}

async function withFive(page: Page) {
  const dialog = await opened(page);
  await studio.pasteQueries(page, FIVE);
  await dialog.getByRole('button', { name: 'Add 5 queries' }).click();
  await expect(dialog.getByRole('grid', { name: 'Queries' })).toHaveAttribute('aria-rowcount', '6');
  return dialog;
}

test('five pasted queries are read, the broken one is marked at its place, and mending it takes the mark away', async ({
  page,
}) => {
  const dialog = await opened(page);
  // Before there are queries, it says what to paste.
  await expect(dialog.getByRole('region', { name: 'pg_stat_statements' })).toContainText('FROM pg_stat_statements AS s');
  await studio.pasteQueries(page, FIVE);
  await expect(dialog.getByRole('region', { name: 'Not understood' })).toContainText(
    'Line 7, column 14: syntax error at or near "orders"',
  );
  await dialog.getByRole('button', { name: 'Add 5 queries' }).click();

  for (const name of ['open_orders', 'order_page', 'broken', 'pay', 'notes_of'])
    await expect(studio.queryRow(page, name)).toBeVisible();
  await expect(studio.queryRow(page, 'pay').getByRole('gridcell', { name: 'update', exact: true })).toBeVisible();
  await expect(studio.queryRow(page, 'broken').getByRole('img', { name: '1 error' })).toBeVisible();
  await expect(dialog.getByRole('img', { name: '1 error' })).toHaveCount(1);

  await studio.queryRow(page, 'notes_of').click();
  const uses = dialog.getByRole('region', { name: 'What it asks of each table' });
  await expect(uses).toContainText('tenant = 7');
  await expect(uses).toContainText('policy by_tenant');
  await studio.queryRow(page, 'order_page').click();
  await expect(uses).toContainText('customer_id = c.id');
  await expectAccessibleInBoth(page, 'the queries of a workload', '[data-dialog]');

  await studio.queryRow(page, 'broken').click();
  const problem = dialog.getByRole('list', { name: 'Problems of the query' }).getByRole('button');
  await expect(problem).toContainText('syntax error at or near "orders"');
  await expect(problem).toContainText('line 2, column 14');
  await problem.click();
  // The caret stands at the place: the word before it is mended while the rest of the workload works on.
  await page.keyboard.press('ArrowLeft');
  for (const _ of 'FORM') await page.keyboard.press('Backspace');
  await page.keyboard.type('FROM');
  await expect(problem).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('img', { name: '1 error' })).toHaveCount(0);
  await expect(uses).toContainText('id, total (2 of 5)');
});

test('figures and values of parameters are said, checked, and undone one by one', async ({ page }) => {
  const dialog = await withFive(page);
  await studio.queryRow(page, 'open_orders').click();
  const calls = dialog.getByRole('textbox', { name: 'Calls per hour' });
  await calls.fill('many');
  await calls.press('Enter');
  await expect(dialog.getByText('Write 1500, 20k or 0.5')).toBeVisible();
  await calls.fill('20k');
  await calls.press('Enter');
  await expect(studio.queryRow(page, 'open_orders').getByRole('gridcell', { name: '20k', exact: true })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Latency target' }).fill('50');
  await dialog.getByRole('textbox', { name: 'Latency target' }).press('Enter');
  await dialog.getByRole('group', { name: 'What it is for' }).getByText('Interactive').click();
  await expect(studio.queryRow(page, 'open_orders')).toContainText('Interactive');
  await expect(studio.queryRow(page, 'open_orders')).toContainText('50 ms');

  const values = dialog.getByRole('group', { name: 'Values of $2' });
  const next = values.getByRole('textbox', { name: 'New value of $2' });
  await next.fill('open');
  await next.press('Enter');
  await expect(values).toContainText('put text in quotes');
  await next.fill("'open'");
  await next.press('Enter');
  const share = values.getByRole('textbox', { name: 'Share 1 of $2' });
  await share.fill('120');
  await share.press('Enter');
  await expect(values).toContainText('A share such as 80 %');
  await share.fill('80 %');
  await share.press('Enter');
  await expect(values).toContainText('Of the other 20 % of the calls the value is not known.');

  await studio.closeDialog(page);
  await studio.focusCanvas(page);
  const steps = page.getByRole('region', { name: 'Document' }).getByRole('button', { name: 'Undo: Change query open_orders' });
  // Calls, target, purpose, value, share: a step each.
  for (let step = 0; step < 5; step++) {
    await expect(steps).toBeVisible();
    await studio.undo(page);
  }
  await expect(page.getByRole('button', { name: 'Undo: Import 5 queries' })).toBeVisible();
});

test('statistics of a server join the queries that are there, and one undo takes the import back', async ({ page }) => {
  const dialog = await withFive(page);
  await dialog.getByRole('button', { name: 'Paste or import …' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Open a file …' }).click(),
  ]);
  await chooser.setFiles(await studio.fileOnDisk({ name: 'statements.csv', content: STATEMENTS }));
  await expect(dialog.getByText(/^Read as pg_stat_statements: 2 queries, 1 statement not understood\.$/)).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'There already: figures are taken over' })).toContainText('open_orders');
  await expect(dialog.getByRole('region', { name: 'New' })).toContainText('select products');
  await expect(dialog.getByRole('region', { name: 'Not understood' })).toContainText(
    'Line 4, column 1: This statement reads and writes no rows',
  );
  await dialog.getByRole('textbox', { name: 'Counted over hours' }).fill('24');
  await expect(dialog.getByRole('region', { name: 'New' })).toContainText('200/h');
  await expectAccessibleInBoth(page, 'the preview of an import of queries', '[data-dialog]');
  await dialog.getByRole('button', { name: 'Add 2 queries' }).click();
  await expect(studio.queryRow(page, 'open_orders').getByRole('gridcell', { name: '10k', exact: true })).toBeVisible();
  await expect(studio.queryRow(page, 'select products').getByRole('gridcell', { name: '200', exact: true })).toBeVisible();
  await studio.queryRow(page, 'select products').click();
  await expect(dialog.getByRole('region', { name: 'Figures' })).toContainText('4,800 calls in 24 h');

  await studio.closeDialog(page);
  await studio.focusCanvas(page);
  await studio.undo(page);
  await studio.openWorkload(page);
  await expect(studio.queryRow(page, 'select products')).toHaveCount(0);
  await expect(studio.queryRow(page, 'open_orders').getByRole('gridcell', { name: '10k', exact: true })).toHaveCount(0);
  await expect(dialog.getByRole('grid', { name: 'Queries' })).toHaveAttribute('aria-rowcount', '6');
});

test('a file that is dropped on the list is read like what is pasted, and no schema comes of it', async ({ page }) => {
  const dialog = await withFive(page);
  await studio.dropOnWorkload(page, {
    name: 'queries.sql',
    content: 'SELECT sku FROM products WHERE id = 5;\nSELECT sku FROM products WHERE id = 6;',
  });
  await expect(dialog.getByText('queries.sql', { exact: true })).toBeVisible();
  await expect(dialog.getByText('Read as a file of SQL: 1 query, 1 repetition merged.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add one query' }).click();
  await studio.queryRow(page, 'select products').click();
  await expect(dialog.getByRole('textbox', { name: 'Share 2 of $1' })).toHaveValue('50 %');
  await studio.closeDialog(page);
  await studio.expectTables(page, 5);
});

test('heat colours the tables, a query lights its path, and the inspector lists the queries of a table', async ({ page }) => {
  const dialog = await withFive(page);
  for (const [name, rate] of [
    ['order_page', '5000'],
    ['pay', '6000'],
  ] as const) {
    await studio.queryRow(page, name).click();
    await dialog.getByRole('textbox', { name: 'Calls per hour' }).fill(rate);
    await dialog.getByRole('textbox', { name: 'Calls per hour' }).press('Enter');
  }
  await studio.closeDialog(page);
  await studio.focusCanvas(page);
  await page.keyboard.press('4');
  const legend = page.getByRole('region', { name: 'Legend: Workload heat' });
  await expect(legend.getByRole('button', { name: 'up to 1 million an hour: 1 table. Select' })).toBeVisible();
  await expect(studio.table(page, 'orders')).toContainText('17k/h');
  await expect(studio.table(page, 'customers')).toContainText('5,000/h');
  await expect(studio.table(page, 'products')).toContainText('0/h');
  await page.keyboard.press('1');

  await studio.openWorkload(page);
  await studio.queryRow(page, 'order_page').click();
  await dialog.getByRole('button', { name: 'Show on the canvas' }).click();
  const path = page.getByRole('region', { name: 'Path of order_page' });
  await expect(path).toContainText('3 tables');
  for (const name of ['orders', 'customers', 'items']) await expect(studio.table(page, name)).toHaveAttribute('data-path', 'true');
  await expect(studio.table(page, 'products')).toHaveAttribute('data-path', 'false');
  await expectAccessibleInBoth(page, 'the path of a query', '[aria-label="Path of order_page"]');
  await page.keyboard.press('Escape');
  await expect(path).toHaveCount(0);
  await expect(studio.table(page, 'orders')).not.toHaveAttribute('data-path');

  await studio.goTo(page, 'orders');
  const panel = await studio.inspectorTab(page, 'Indexes');
  await expect(panel.getByRole('region', { name: 'Workload' })).toContainText(
    '11,000 reads and 6,000 writes an hour; of one query nobody said how often.',
  );
  await panel.getByRole('button', { name: 'pay', exact: true }).click();
  await expect(studio.queryRow(page, 'pay')).toHaveAttribute('aria-selected', 'true');
});

test('what is wrong with a query is a problem like others, and leads to it', async ({ page }) => {
  await withFive(page);
  await studio.closeDialog(page);
  const problems = await studio.showDock(page, 'Problems');
  await problems.getByText('broken, line 2, column 14: syntax error at or near "orders".').click();
  await expect(studio.queryRow(page, 'broken')).toHaveAttribute('aria-selected', 'true');
});

test('everything goes by keys: paste, choose, order, remove', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  await studio.focusCanvas(page);
  await page.keyboard.press('Control+Alt+w');
  const dialog = studio.dialog(page, 'Workload');
  await expect(dialog.getByRole('textbox', { name: 'Queries or statistics' })).toBeFocused();
  await studio.paste(page, FIVE);
  await expect(dialog.getByRole('button', { name: 'Add 5 queries' })).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(studio.queryRow(page, 'pay')).toBeVisible();

  await dialog.getByRole('textbox', { name: 'Filter queries' }).focus();
  await page.keyboard.type('orders');
  await expect(dialog.getByText('4 of 5')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  // From the filter over its choices, the buttons and the heads of columns to the list.
  for (let i = 0; i < 12 && (await dialog.locator('[role=row]:focus').count()) === 0; i++) await page.keyboard.press('Tab');
  await expect(studio.queryRow(page, 'open_orders')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(studio.queryRow(page, 'order_page')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  const rows = dialog.getByRole('grid', { name: 'Queries' }).locator('[role=row][aria-selected]');
  await expect(rows.nth(1)).toContainText('broken');
  await expect(rows.nth(2)).toContainText('order_page');
  await page.keyboard.press('ArrowUp');
  await expect(studio.queryRow(page, 'broken')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(studio.queryRow(page, 'broken')).toHaveCount(0);
  await expect(studio.queryRow(page, 'order_page')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Name of the query' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('five hundred queries are listed, filtered and gone through without waiting', async ({ page }) => {
  const dialog = await opened(page);
  const many = Array.from(
    { length: 500 },
    (_, n) =>
      `-- name: query_${n}\nSELECT id, total FROM orders WHERE customer_id = $1 AND total > $2 AND id <> ${'id + '.repeat(n % 50)}${n};`,
  );
  const distinct = many.map((text, n) => text.replace('id, total', `id AS a${n}`));
  await studio.pasteQueries(page, distinct.join('\n'));
  await dialog.getByRole('button', { name: 'Add 500 queries' }).click();
  await expect(dialog.getByRole('grid', { name: 'Queries' })).toHaveAttribute('aria-rowcount', '501');
  expect(await dialog.locator('[role=row]').count()).toBeLessThan(60);
  await studio.queryRow(page, 'query_0').click();
  await expect(dialog.getByRole('region', { name: 'What it asks of each table' })).toBeVisible();
  const took = await page.evaluate(async () => {
    const begin = performance.now();
    for (let n = 0; n < 30; n++) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }
    return (performance.now() - begin) / 30;
  });
  await expect(studio.queryRow(page, 'query_30')).toHaveAttribute('aria-selected', 'true');
  console.log(`a step in a list of 500 queries: ${took.toFixed(0)} ms`);
  await dialog.getByRole('textbox', { name: 'Filter queries' }).fill('query_499');
  await expect(dialog.getByText('1 of 500')).toBeVisible();
});

test('MySQL is asked for the digests of performance_schema', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, {
    name: 'shop.sql',
    content: 'CREATE TABLE `orders` (`id` bigint NOT NULL AUTO_INCREMENT, `total` int, PRIMARY KEY (`id`)) ENGINE=InnoDB;',
  });
  const dialog = await studio.openWorkload(page);
  await expect(dialog.getByRole('region', { name: 'performance_schema' })).toContainText('events_statements_summary_by_digest');
  await studio.pasteQueries(page, 'SELECT id FROM `orders` WHERE total > ?;');
  await dialog.getByRole('button', { name: 'Add one query' }).click();
  await expect(studio.queryRow(page, 'select orders')).toContainText('orders');
  await expect(dialog.getByRole('region', { name: 'What it asks of each table' })).toContainText('`total` > ?');
  await expect(dialog.getByRole('group', { name: 'Values of ?1' })).toBeVisible();
});
