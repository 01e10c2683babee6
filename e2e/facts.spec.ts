import type { Locator, Page } from '@playwright/test';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** Facts of tables and columns: guesses that say so, typed in, taken from production and from rows; each a step to take back. */

const SHOP = `
CREATE TABLE country (code char(2) PRIMARY KEY, name text NOT NULL);
CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, country_code char(2) NOT NULL REFERENCES country);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer, status text NOT NULL, note text);
`;

const PRODUCTION = JSON.stringify({
  version: 170004,
  relations: [
    { schema: 'public', name: 'orders', kind: 'r', pages: 25000, rows: 1800000, visible: 25000, table: null },
    { schema: 'public', name: 'customer', kind: 'r', pages: 900, rows: 60000, visible: 900, table: null },
    { schema: 'public', name: 'audit', kind: 'r', pages: 1, rows: 5, visible: 1, table: null },
  ],
  columns: [
    {
      schema: 'public',
      table: 'orders',
      name: 'status',
      nulls: 0,
      width: 6,
      distinct: 3,
      values: ['paid', 'open', 'void'],
      shares: [0.7, 0.25, 0.05],
      bounds: null,
      correlation: 0.55,
    },
    {
      schema: 'public',
      table: 'orders',
      name: 'legacy',
      nulls: 1,
      width: 0,
      distinct: 0,
      values: null,
      shares: null,
      bounds: null,
      correlation: null,
    },
  ],
});

const facts = (page: Page) => studio.dialog(page, 'Workload');
const tables = (page: Page) => facts(page).getByRole('grid', { name: 'Facts of tables' });
const columns = (page: Page, of: string) => facts(page).getByRole('grid', { name: `Facts of the columns of ${of}` });
const cells = (grid: Locator, row: string) => grid.getByRole('row', { name: new RegExp(`^${row}\\b`) }).getByRole('gridcell');

async function opened(page: Page): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  await studio.focusCanvas(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Facts of tables and columns');
  await page.keyboard.press('Enter');
  await expect(tables(page)).toBeVisible();
}

/** Goes on by Tab until something has the focus. */
async function tabTo(page: Page, wanted: Locator, key = 'Tab'): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(wanted).toBeFocused({ timeout: 100 });
  }).toPass({ intervals: [0] });
}

test('by keyboard alone: guesses, rows of two tables, facts of production, and back in one step', async ({ page }) => {
  await opened(page);
  await tabTo(page, tables(page));
  await expect(cells(tables(page), 'country').first()).toContainText('100, Guess: a lookup table');
  await expect(cells(tables(page), 'orders').first()).toContainText('2,500, Guess: 5 for each row of customer');
  await expect(cells(columns(page, 'country'), 'code').first()).toContainText('unique, Guess: it is a key');

  await page.keyboard.press('ArrowDown');
  await expect(columns(page, 'customer')).toBeVisible();
  await page.keyboard.type('50k');
  await page.keyboard.press('Enter');
  await page.keyboard.type('1.5e6');
  await page.keyboard.press('Tab');
  await page.keyboard.type('90k');
  await page.keyboard.press('Enter');
  await expect(cells(tables(page), 'customer').first()).toHaveText('50k, Declared');
  await expect(cells(tables(page), 'orders').nth(0)).toHaveText('1.5M, Declared');
  await expect(cells(tables(page), 'orders').nth(1)).toHaveText('90k /month, Declared');
  await expectAccessibleInBoth(page, 'facts', '[data-dialog]');
  // Every fact is in sight without scrolling sideways, where there is little room too.
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const grid of [tables(page), columns(page, 'orders')])
      expect(await grid.evaluate(({ parentElement: box }) => (box?.scrollWidth ?? 0) - (box?.clientWidth ?? 0))).toBe(0);
  }

  await tabTo(page, facts(page).getByRole('button', { name: 'From production …' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(facts(page).getByRole('textbox', { name: 'What it gave' })).toBeFocused();
  await expect(facts(page)).toContainText('Nothing leaves this browser.');
  await studio.paste(page, PRODUCTION);
  const preview = facts(page).getByRole('region', { name: 'Preview' });
  await expect(preview).toContainText('2 tables and 1 column are of this model.');
  await expect(preview).toContainText('left out: public.audit, orders.legacy');
  await expect(preview).toContainText('Nothing is said of: country');
  const changes = preview.getByRole('list', { name: 'What would change' });
  await expect(changes.getByRole('listitem').filter({ hasText: 'Rows' }).nth(1)).toContainText('1.5M→1.8M');
  await expect(changes).toContainText('paid 70 %, open 25 %, void 5 %');
  await expectAccessibleInBoth(page, 'facts of production', '[data-dialog]');
  await tabTo(page, preview.getByRole('button', { name: /^Take \d+ facts$/ }));
  await page.keyboard.press('Enter');

  await expect(cells(tables(page), 'orders').first()).toContainText('1.8M, From production');
  await expect(cells(tables(page), 'orders').nth(2)).toContainText('205 MB, From production');
  await tabTo(page, tables(page));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(cells(columns(page, 'orders'), 'status').nth(6)).toContainText('paid 70 %, open 25 %, void 5 %');

  await page.keyboard.press('Control+z');
  await expect(cells(tables(page), 'orders').first()).toHaveText('1.5M, Declared');
  await expect(cells(tables(page), 'customer').first()).toHaveText('50k, Declared');
  await expect(cells(columns(page, 'orders'), 'status').first()).toContainText('6, Guess: its name');
});

test('what cannot be is said at its cell; a block is pasted; a guess is declared and taken back', async ({ page }) => {
  await opened(page);
  await tabTo(page, tables(page));
  await page.keyboard.type('many');
  await page.keyboard.press('Enter');
  const field = facts(page).getByRole('textbox', { name: 'Rows of country' });
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(facts(page).getByRole('alert')).toHaveText('A number of rows is needed, such as 250000, 250k or 4.2M.');
  await page.keyboard.press('Escape');
  await expect(tables(page)).toBeFocused();
  await expect(cells(tables(page), 'country').first()).toContainText('100, Guess: a lookup table');
  await page.keyboard.type('7k');
  await page.keyboard.press('Escape');
  await expect(cells(tables(page), 'country').first()).toContainText('100, Guess: a lookup table');
  await expect(facts(page)).toBeVisible();

  await studio.paste(page, '250\t10\r\n40k\tfast\r\n"2,000,000"\t\r\n');
  await expect(cells(tables(page), 'country').first()).toHaveText('250, Declared');
  await expect(cells(tables(page), 'customer').first()).toHaveText('40k, Declared');
  await expect(cells(tables(page), 'customer').nth(1)).toContainText('fast, Rows a month are needed');
  await expect(facts(page).getByText('1 of 6 pasted facts was not taken: “fast”. Rows a month are needed')).toBeVisible();
  await expect(cells(tables(page), 'orders').first()).toHaveText('2M, Declared');
  await page.keyboard.press('Control+z');
  await expect(cells(tables(page), 'country').first()).toContainText('Guess');
  await expect(cells(tables(page), 'orders').first()).toContainText('Guess');

  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+Enter');
  await expect(cells(tables(page), 'country').first()).toHaveText('100, Declared');
  await page.keyboard.press('Delete');
  await expect(cells(tables(page), 'country').first()).toContainText('100, Guess: a lookup table');
  // With the mouse: the sign in the cell, and the buttons below.
  const cell = cells(tables(page), 'customer').first();
  await cell.hover();
  await cell.getByTitle('Declare it as it stands').click();
  await expect(cell).toHaveText('500, Declared');
  await cell.click();
  await facts(page).getByRole('button', { name: 'Clear' }).click();
  await expect(cell).toContainText('500, Guess');
});

test('facts of rows that were looked at, scaled to the rows a table has', async ({ page }) => {
  await opened(page);
  await tabTo(page, tables(page));
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Home');
  await page.keyboard.type('1M');
  await page.keyboard.press('Enter');
  await expect(cells(tables(page), 'orders').first()).toHaveText('1M, Declared');
  await page.keyboard.press('Escape');
  const rows = Array.from(
    { length: 400 },
    (_, at) => `${at + 1},${(at % 150) + 1},${at % 4 === 0 ? 'open' : 'paid'},${at % 2 === 0 ? '' : `n${at}`}`,
  );
  await studio.dropOnTable(page, 'orders', { name: 'orders.csv', content: `id,customer_id,status,note\n${rows.join('\n')}\n` });
  await studio.dialog(page, 'Dependencies in orders.csv').getByRole('button', { name: 'Take facts …' }).click({ timeout: 20_000 });
  const preview = facts(page).getByRole('region', { name: 'Preview' });
  await expect(preview).toContainText('From 400 rows of orders.csv.');
  await preview.getByRole('button', { name: /^Take \d+ facts$/ }).click();
  await tables(page)
    .getByRole('row', { name: /^orders/ })
    .getByRole('rowheader')
    .click();
  const of = (name: string) => cells(columns(page, 'orders'), name);
  await expect(of('id').first()).toContainText('unique, From orders.csv (400 rows)');
  await expect(of('customer_id').first()).toContainText('150, From orders.csv');
  await expect(of('status').nth(6)).toContainText('paid 75 %, open 25 %');
  await expect(of('note').nth(1)).toContainText('50 %, From orders.csv');
});
