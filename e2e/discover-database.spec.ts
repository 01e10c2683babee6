import type { Locator, Page } from '@playwright/test';
import initSqlJs from 'sql.js';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** Rows that do not come from a file of rows: dumps, a database, queries; and what they may refer to. */

const CANTONS = [
  ['Bern', 'BE'],
  ['Basel', 'BS'],
  ['Genf', 'GE'],
] as const;

const customers = Array.from({ length: 30 }, (_, at) => [at + 1, `N${at}`, ...(CANTONS[at % 3] ?? ['', ''])] as const);
const orders = Array.from({ length: 120 }, (_, at) => [at + 1, 1 + ((at * 7) % 30), ['tea', 'rye', 'oat'][at % 3] ?? ''] as const);

const DUMP = [
  'CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, city text, canton text);',
  'CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, product text);',
  'CREATE TABLE unused (id int);',
  'COPY customers (id, name, city, canton) FROM stdin;',
  ...customers.map((row) => row.join('\t')),
  '\\.',
  '',
  ...orders.map(([id, customer, product]) => `INSERT INTO orders VALUES (${id}, ${customer}, '${product}');`),
  'SELECT no_such_function();',
].join('\n');

async function opening(page: Page): Promise<Locator> {
  await studio.command(page, 'Discover dependencies in a file …');
  const box = studio.dialog(page, 'Discover dependencies');
  await box.getByText('A dump, database or query', { exact: true }).click();
  return box;
}

async function openIn(page: Page, box: Locator, file: studio.GivenFile): Promise<void> {
  const path = await studio.fileOnDisk(file);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    box.getByRole('button', { name: 'Open a dump or database …' }).click(),
  ]);
  await chooser.setFiles(path);
  await expect(box.getByRole('textbox', { name: 'Query', exact: true })).toBeVisible({ timeout: 60_000 });
}

test('a dump is run with its rows; tables and a query are looked at together', async ({ page }) => {
  await studio.start(page);
  const box = await opening(page);
  await expectAccessibleInBoth(page, 'discovery: no database yet', '[role=dialog]');
  await openIn(page, box, { name: 'shop.sql', content: DUMP });
  await expect(box.getByText(/^PostgreSQL 18[\d.]* with shop\.sql$/)).toBeVisible();
  await expect(box.getByText(/^1 statement was refused\. shop\.sql, line 157: .*no_such_function/)).toBeVisible();
  const tables = box.getByRole('region', { name: 'Tables' });
  await expect(tables.getByRole('listitem').filter({ hasText: 'customers' })).toContainText('30 rows');
  await expect(tables.getByRole('checkbox', { name: 'unused' })).toBeDisabled();
  await expectAccessibleInBoth(page, 'discovery: a database', '[role=dialog]');
  await tables.getByRole('checkbox', { name: 'All 2 tables with rows' }).click();
  await box.getByRole('textbox', { name: 'Query', exact: true }).fill('SELECT product FROM nowhere');
  await box.getByRole('button', { name: 'Look at 2 tables and the query’s rows' }).click();
  await expect(box.getByRole('alert')).toContainText('relation "nowhere" does not exist');
  await box
    .getByRole('textbox', { name: 'Query', exact: true })
    .fill('SELECT o.id, o.product, c.city, c.canton FROM orders o JOIN customers c ON c.id = o.customer_id');
  await box.getByRole('textbox', { name: 'Name of the query’s rows' }).fill('flat orders');
  await page.keyboard.press('Enter');
  await box.getByRole('textbox', { name: 'Query', exact: true }).press('Control+Enter');

  const found = studio.dialog(page, 'Dependencies in 3 tables');
  await found.getByRole('tab', { name: /^Foreign keys/ }).click();
  await found.getByRole('button', { name: 'Accept orders(customer_id) → customers(id)' }).click();
  const shown = (name: string) =>
    found
      .getByRole('combobox', { name: 'File' })
      .click()
      .then(() => page.getByRole('option', { name }).click());
  await shown('flat orders');
  await expect(found.getByText(/^a query on shop\.sql: SELECT o\.id, /)).toBeVisible();
  await found.getByRole('combobox', { name: 'Table it goes to' }).click();
  await page.getByRole('option', { name: /^Not added/ }).click();
  await shown('customers');
  await found.getByRole('tab', { name: /^Dependencies/ }).click();
  await found.getByRole('button', { name: 'Accept city → canton', exact: true }).click();
  await found.getByRole('tab', { name: /^Profile/ }).click();
  const type = found.getByRole('combobox', { name: 'Type of column canton' });
  await type.fill('char(2)');
  await type.press('Enter');
  await found
    .getByRole('listitem')
    .filter({ has: page.getByRole('combobox', { name: 'Type of column name' }) })
    .getByRole('checkbox')
    .click();
  await expectAccessibleInBoth(page, 'discovery: columns to change', '[role=dialog]');
  await found.getByRole('button', { name: 'Add 2 tables with 1 accepted dependency and 1 foreign key' }).click();
  await studio.expectTables(page, 2);
  await studio.ddlSays(page, (ddl) => {
    expect(ddl).toContain('canton char(2) NOT NULL');
    expect(ddl).toMatch(/ name text(?:,| UNIQUE)/);
    expect(ddl).toMatch(/customer_id integer NOT NULL REFERENCES customers \(id\)/);
  });
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
});

test('a SQLite file that is dropped opens as it is, by keyboard to its dependencies', async ({ page }) => {
  const { Database } = await initSqlJs();
  const database = new Database();
  database.run('CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT, canton TEXT)');
  for (const row of customers) database.run('INSERT INTO customers VALUES (?, ?, ?, ?)', [...row]);
  await studio.start(page);
  await studio.dropFiles(page, { name: 'shop.sqlite', content: database.export() });
  const box = studio.dialog(page, 'Discover dependencies');
  await expect(box.getByText(/^SQLite 3[\d.]* with shop\.sqlite$/)).toBeVisible();
  await box.getByRole('checkbox', { name: 'customers' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(box.getByRole('textbox', { name: 'Query', exact: true })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(box.getByRole('button', { name: 'Look at 1 table' })).toBeFocused();
  await page.keyboard.press('Enter');
  const found = studio.dialog(page, 'Dependencies in customers');
  await found.getByRole('tab', { name: /^Dependencies/ }).click();
  await found.getByRole('button', { name: 'Accept city → canton', exact: true }).click();
  await found.getByRole('button', { name: 'Add table with 1 accepted dependency' }).click();
  const panel = await studio.inspectorTab(page, 'Dependencies');
  await expect(panel.getByTitle(/^Found in customers in shop\.sqlite, 30 rows, without exception/)).toBeVisible();
  // Another dependency is not what was found.
  await panel.getByRole('button', { name: 'city -> canton: edit' }).click();
  await panel.getByRole('combobox', { name: 'Dependency city -> canton' }).fill('canton -> city');
  await page.keyboard.press('Enter');
  await expect(panel.getByTitle(/^Declared; /)).toBeVisible();
});

test('rows refer to a table that is there by name, and to its schema in a query', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, 'CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);');
  const rows = ['id,customer_id,product', ...orders.map((row) => row.join(','))];
  rows[7] = '7,13,oat';
  await studio.dropFiles(page, { name: 'orders.csv', content: `${rows.join('\n')}\n` });
  const found = studio.dialog(page, 'Dependencies in orders.csv');
  await found.getByRole('tab', { name: /^Foreign keys/ }).click();
  const line = found.getByRole('listitem').filter({ hasText: 'orders(customer_id)' });
  await expect(line).toContainText('by name');
  await expect(line).toContainText('no value was compared, as its rows are not among the files');
  await expectAccessibleInBoth(page, 'discovery: a reference by name', '[role=dialog]');
  await line.getByRole('button', { name: 'Accept orders(customer_id) → customers(id)' }).click();
  await found.getByRole('tab', { name: /^Near dependencies/ }).click();
  await found.getByRole('button', { name: 'Accept customer_id → product' }).click();
  await found.getByRole('button', { name: 'Add table with 1 accepted dependency and 1 foreign key' }).click();
  await expect.poll(() => studio.ddl(page)).toMatch(/customer_id bigint NOT NULL REFERENCES customers \(id\)/);
  await studio.goTo(page, 'orders');
  const panel = await studio.inspectorTab(page, 'Dependencies');
  await expect(panel.getByText('found, 0.833 % against')).toBeVisible();

  const box = await opening(page);
  await box.getByRole('button', { name: 'PostgreSQL with this document’s schema' }).click();
  await expect(box.getByRole('listitem').filter({ hasText: 'orders' })).toContainText('120 rows', { timeout: 60_000 });
  await box
    .getByRole('textbox', { name: 'Query', exact: true })
    .fill("INSERT INTO customers SELECT n, 'N' || n % 4 FROM generate_series(1, 40) n;\nTABLE customers;");
  await box.getByRole('button', { name: 'Look at the query’s rows' }).click();
  await expect(studio.dialog(page, 'Dependencies in query').getByText('40 rows')).toBeVisible();
});
