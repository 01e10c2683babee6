import type { Locator, Page } from '@playwright/test';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const CITIES = [
  ['8001', 'Zürich', 'ZH'],
  ['3011', 'Bern', 'BE'],
  ['8400', 'Winterthur', 'ZH'],
  ['4051', 'Basel', 'BS'],
] as const;

/** Orders with the city of a postal code told again in every row. */
function orders(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const [zip, city, canton] = CITIES[(at * 7) % 4] as (typeof CITIES)[number];
    return [at + 1, `2024-0${(at % 9) + 1}-${10 + ((at * 3) % 17)}`, zip, city, canton, ((at * 37) % 900) / 4 + 1].join(';');
  });
  return `${['orderId;ordered;zip;city;canton;total', ...lines].join('\n')}\n`;
}

/** A table of numbers that no rule made: a search that takes long. */
function noise(rows: number, columns: number): string {
  let state = 12345;
  const next = (most: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % most;
  };
  const line = () => Array.from({ length: columns }, (_, at) => next(3 + (at % 6))).join(',');
  return [Array.from({ length: columns }, (_, at) => `c${at}`).join(','), ...Array.from({ length: rows }, line)].join('\n');
}

function found(page: Page, name = 'orders.csv'): Locator {
  return studio.dialog(page, `Dependencies in ${name}`);
}

async function part(box: Locator, name: string): Promise<Locator> {
  await box.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  const panel = box.getByRole('tabpanel', { name: new RegExp(`^${name}`) });
  await expect(panel).toBeVisible();
  return panel;
}

test('rows of data become a table whose normal form says what breaks', async ({ page }) => {
  await studio.start(page);
  await studio.dropFiles(page, { name: 'orders.csv', content: orders(60) });
  const box = found(page);
  const profile = await part(box, 'Profile');
  await expect(box.getByRole('combobox', { name: 'Separator' })).toHaveText('Semicolon ;');
  await expect(profile.getByRole('textbox', { name: 'Name of column orderId' })).toHaveValue('order_id');
  const zip = profile.getByRole('listitem').filter({ has: page.getByRole('textbox', { name: 'Name of column zip' }) });
  await expect(zip).toContainText('3011');
  await expect(zip).toContainText('9999');
  await expectAccessibleInBoth(page, 'discovery: profile', '[role=dialog]');

  const list = await part(box, 'Dependencies');
  await expect(list.getByText('Complete: every minimal functional dependency and key of these rows was found.')).toBeVisible();
  await expectAccessibleInBoth(page, 'discovery: dependencies', '[role=dialog]');
  await list.getByRole('textbox', { name: 'Filter dependencies by column' }).fill('zip city canton');
  await list.getByRole('button', { name: 'Accept the 1 suggested' }).click();
  await expect(list.getByRole('button', { name: 'Accept zip → city, canton' })).toHaveAttribute('aria-pressed', 'true');
  await list.getByRole('textbox', { name: 'Filter dependencies by column' }).fill('city canton');
  await list.getByRole('button', { name: 'Accept city → zip, canton' }).click();
  // What else holds in these rows need not be part of the rule.
  await list.getByRole('button', { name: 'city → canton is part of the rule' }).click();
  await expect(box.getByText(/^because of /)).toBeVisible();

  const keys = await part(box, 'Keys');
  await expect(keys.getByRole('button', { name: 'Primary key: orderId' })).toHaveAttribute('aria-pressed', 'true');
  await expectAccessibleInBoth(page, 'discovery: keys', '[role=dialog]');
  await box.getByRole('textbox', { name: 'Name of the new table' }).fill('sales');
  await box.getByRole('button', { name: 'Add table with 2 accepted dependencies' }).click();

  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(studio.table(page, 'sales')).toBeVisible();
  const panel = await studio.inspectorTab(page, 'Dependencies');
  await expect(panel.getByRole('button', { name: 'zip -> city, canton: edit' })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'city -> zip: edit' })).toBeVisible();
  await expect(panel.getByText('Why not third normal form').first()).toBeVisible();
  await expect(studio.table(page, 'sales').getByText('2NF')).toBeVisible();
  await expect.poll(() => studio.ddl(page)).toContain('order_id integer PRIMARY KEY');
  expect(await studio.undoAll(page), 'all of it is one step').toBe(1);
  await studio.expectTables(page, 0);
});

test('a broken file says the line and column, and what can be read is shown', async ({ page }) => {
  await studio.start(page);
  const rows = orders(20).trimEnd().split('\n');
  rows[4] = `${rows[4] ?? ''};one too many`;
  rows[9] = (rows[9] ?? '').replace(/;([^;]+);(\w\w);/, ';"$1" or so;$2;');
  await studio.dropFiles(page, { name: 'orders.csv', content: rows.join('\n') });
  const box = found(page);
  await expect(
    box.getByText(/^2 rows were left out\. Line 5, column 1: The row has 7 fields where 6 are expected\./),
  ).toBeVisible();
  await box.getByText(/^2 rows were left out/).click();
  await expect(box.getByText(/^Line 10, column \d+: There is text after the closing quote/)).toBeVisible();
  const list = await part(box, 'Dependencies');
  await list
    .getByRole('button', { name: /^Reject / })
    .first()
    .click();
  await expectAccessibleInBoth(page, 'discovery: rows left out, one rejected', '[role=dialog]');
  await studio.closeDialog(page);
  await studio.dropFiles(page, { name: 'orders.jsonl', content: '{"a":1,\n{"a":2,\n' });
  await expect(studio.dialog(page, 'Discover dependencies').getByRole('alert')).toContainText(
    /orders\.jsonl: .*[Ll]ine 1, column \d+: /,
  );
  await expect(studio.dialog(page, 'Discover dependencies').getByRole('alert')).toContainText('The document was not touched.');
  await expectAccessibleInBoth(page, 'discovery: refused', '[role=dialog]');
});

test('a long search says how far it is and can be cancelled', async ({ page }) => {
  await studio.start(page);
  await studio.dropFiles(page, { name: 'noise.csv', content: noise(20_000, 60) });
  const box = found(page, 'noise.csv');
  await expect(box.getByRole('progressbar')).toBeVisible();
  await expect(box.getByText(/^looking for|^searching|dependenc/i).first()).toBeVisible();
  await box.getByRole('button', { name: 'Cancel the search' }).click();
  await expect(studio.dialog(page, 'Discover dependencies').getByRole('alert')).toContainText('The search was stopped.');
  // The next one is not behind it.
  await studio.dialog(page, 'Discover dependencies').getByRole('textbox', { name: 'Data to look at' }).fill(orders(12));
  await studio.dialog(page, 'Discover dependencies').getByRole('button', { name: 'Look at it' }).click();
  await expect(found(page, 'pasted data').getByRole('tab', { name: /^Dependencies/ })).toBeVisible();
});

test('rows of a table that is there give it dependencies and a key, by keyboard', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, 'CREATE TABLE orders ("OrderID" bigint NOT NULL, ordered date, zip text, city text, remark text);');
  await studio.goTo(page, 'orders');
  await studio.command(page, 'Discover dependencies of the table in a file …');
  const asked = studio.dialog(page, 'Discover dependencies');
  await expect(asked.getByText(/^Rows of orders show/)).toBeVisible();
  await asked.getByRole('textbox', { name: 'Data to look at' }).fill(orders(40));
  await page.keyboard.press('Control+Enter');
  const box = found(page, 'pasted data');
  await expect(box.getByText('Not in orders: canton, total. Not in the file: remark.')).toBeVisible();
  const profile = await part(box, 'Profile');
  await expect(profile.getByText('is OrderID')).toBeVisible();

  await box.getByRole('tab', { name: /^Dependencies/ }).focus();
  await page.keyboard.press('Enter');
  const list = box.getByRole('tabpanel', { name: /^Dependencies/ });
  await list.getByRole('textbox', { name: 'Filter dependencies by column' }).focus();
  await page.keyboard.type('city');
  const lines = list.getByRole('list', { name: 'dependencies' }).getByRole('listitem');
  await expect(lines.first()).toContainText('city');
  const accept = list.getByRole('button', { name: 'Accept zip → city, canton' });
  await expect(lines.filter({ has: page.getByRole('button', { name: 'Accept zip → city, canton' }) })).toContainText(
    'Without canton, which orders does not have.',
  );
  await accept.focus();
  await page.keyboard.press('Space');
  await expect(accept).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(accept).not.toBeFocused();
  await page.keyboard.press('Delete');
  await expect(list.getByRole('button', { name: /^Reject / }).and(page.locator('[aria-pressed=true]'))).toHaveCount(1);

  const keys = await part(box, 'Keys');
  await keys.getByRole('button', { name: 'Accept key orderId' }).focus();
  await page.keyboard.press('Space');
  await expect(keys.getByText('unique', { exact: true })).toBeVisible();
  await box.getByRole('button', { name: 'Add 1 accepted dependency, 1 key' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => studio.ddl(page)).toContain('"OrderID" bigint NOT NULL UNIQUE');
  const panel = await studio.inspectorTab(page, 'Dependencies');
  await expect(panel.getByRole('button', { name: 'zip -> city: edit' })).toBeVisible();
});

test('two files with a mistake: what nearly holds shows its rows, and a foreign key is proposed', async ({ page }) => {
  await studio.start(page);
  const rows = orders(80).trimEnd().split('\n');
  rows[30] = (rows[30] ?? '').replace(/;(ZH|BE|BS);/, ';XX;');
  const places = ['code,name', ...CITIES.map(([zip, city]) => `${zip},${city}`)].join('\n');
  await studio.dropFiles(page, { name: 'orders.csv', content: rows.join('\n') }, { name: 'zips.csv', content: `${places}\n` });
  const box = found(page, '2 files');
  const near = await part(box, 'Near dependencies');
  const line = near.getByRole('listitem').filter({ hasText: '79 of 80 rows agree' }).first();
  await expect(line).toBeVisible();
  await line.click();
  await expect(near.getByRole('region', { name: 'Rows that disagree' })).toContainText('XX');
  await expectAccessibleInBoth(page, 'discovery: near dependencies', '[role=dialog]');
  const links = await part(box, 'Foreign keys');
  await expectAccessibleInBoth(page, 'discovery: foreign keys', '[role=dialog]');
  await links.getByRole('button', { name: 'Accept orders(zip) → zips(code)' }).click();
  await box.getByRole('button', { name: /^Add 2 tables with 0 accepted dependencies and 1 foreign key$/ }).click();
  await studio.expectTables(page, 2);
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
});

test('rows can be dropped on a table and pasted on the canvas, while SQL stays SQL', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, 'CREATE TABLE orders (order_id bigint PRIMARY KEY, zip text, city text, canton text);');
  await studio.dropOnTable(page, 'orders', { name: 'more.tsv', content: orders(30).replaceAll(';', '\t') });
  const dropped = found(page, 'more.tsv');
  await expect(dropped.getByRole('combobox', { name: 'Table it goes to' })).toHaveText('orders');
  await expect(dropped.getByText('Not in orders: ordered, total.')).toBeVisible();
  const list = await part(dropped, 'Dependencies');
  await expectAccessibleInBoth(page, 'discovery: for a table', '[role=dialog]');
  await list.getByRole('button', { name: 'Accept zip → city, canton' }).click();
  await dropped.getByRole('button', { name: 'Add 1 accepted dependency', exact: true }).click();
  await expect(studio.table(page, 'orders').getByText('2NF')).toBeVisible();

  await studio.focusCanvas(page);
  await studio.paste(page, '{"zip":"8001","city":"Zürich"}\n{"zip":"3011","city":"Bern"}\n');
  await expect(found(page, 'pasted data').getByRole('tab', { name: /^Profile/ })).toBeVisible();
  await studio.closeDialog(page);
  await studio.focusCanvas(page);
  await studio.paste(page, 'CREATE TABLE a (id bigint PRIMARY KEY, b text, c text);');
  await expect(studio.table(page, 'a')).toBeVisible();
});
