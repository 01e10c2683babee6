import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

async function chooseDatabase(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Database and version the DDL is written for' }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

async function type(page: Page, sql: string): Promise<void> {
  const pane = await studio.ddlPane(page);
  await pane.locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText(sql);
}

for (const [database, sql, table, type_] of [
  [
    'MySQL 8',
    'CREATE TABLE `shop` (`id` int unsigned AUTO_INCREMENT PRIMARY KEY, `at` datetime(6)) ENGINE=InnoDB;',
    'shop',
    'int unsigned',
  ],
  ['SQLite 3', 'CREATE TABLE shop (id INTEGER PRIMARY KEY AUTOINCREMENT, name);', 'shop', 'INTEGER'],
  ['Oracle 23', 'CREATE TABLE shop (id NUMBER(10) PRIMARY KEY, name VARCHAR2(40 CHAR));', 'SHOP', 'number(10)'],
] as const) {
  test(`DDL of ${database} that is typed becomes the model, and the model is written in it`, async ({ page }) => {
    await studio.start(page);
    await chooseDatabase(page, database);
    await type(page, sql);
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(studio.table(page, table)).toContainText(type_);
    const written = await studio.schemaSql(page);
    expect(written.toLowerCase()).toContain('create table');
    await expect(studio.statusBar(page).getByText('round trip: identical')).toBeVisible({ timeout: 60_000 });
  });
}

test('a statement that cannot be read changes nothing, says where, and what a second parser makes of it', async ({ page }) => {
  await studio.start(page);
  await chooseDatabase(page, 'MySQL 8');
  await type(page, 'CREATE TABLE `t` (`id` int,, `b` int);');
  const pane = page.getByRole('region', { name: 'DDL' });
  await expect(pane.locator('.squiggly-error').first()).toBeVisible();
  await expect(pane.getByRole('status').filter({ hasText: 'Not applied' })).toContainText(
    'A second parser stops in line 1, column',
    {
      timeout: 60_000,
    },
  );
  await page.keyboard.press('ControlOrMeta+Enter');
  await studio.expectTables(page, 0);
});

test('typing is completed from the model: tables, their columns, and types of the database', async ({ page }) => {
  await studio.start(page);
  await chooseDatabase(page, 'MySQL 8');
  await type(page, 'CREATE TABLE customers (customer_no int PRIMARY KEY);');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(studio.treeItem(page, 'customers')).toBeVisible();
  await type(page, '\nCREATE TABLE orders (id int, customer_no mediu');
  await page.keyboard.press('Control+Space');
  const list = page.locator('.suggest-widget.visible');
  await expect(list).toContainText('mediumint unsigned');
  await page.keyboard.press('Escape');
  await page.keyboard.insertText('mint REFERENCES cust');
  await page.keyboard.press('Control+Space');
  await expect(list.getByText('customers').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'DDL' }).locator('.view-lines')).toContainText('REFERENCES customers');
});

test('the inspector offers the types of the document’s own database', async ({ page }) => {
  await studio.start(page);
  await chooseDatabase(page, 'SQL Server 2022');
  await type(page, 'CREATE TABLE [Shop] ([Id] int PRIMARY KEY, [Name] nvarchar(50));');
  await page.keyboard.press('ControlOrMeta+Enter');
  await studio.treeItem(page, 'Shop').click();
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByText('nvarchar(50)').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check on PostgreSQL' })).toHaveCount(0);
});
