import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = [
  "CREATE TYPE state AS ENUM ('open', 'closed');",
  'CREATE TABLE shop (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state state NOT NULL, tags text[], made timestamptz NOT NULL DEFAULT now());',
  "CREATE INDEX shop_open ON shop (made) WHERE state = 'open';",
  'CREATE TABLE item (id bigint PRIMARY KEY, shop_id bigint NOT NULL REFERENCES shop (id), price numeric(10,2) CHECK (price >= 0));',
].join('\n');

async function moveDialog(page: Page, database: string) {
  await studio.command(page, `Move to ${database}`);
  const box = studio.dialog(page, 'Move to another database');
  await expect(box.getByRole('tab', { name: /^Losses/ })).toBeVisible({ timeout: 60_000 });
  return box;
}

const database = (page: Page) => page.getByRole('combobox', { name: 'Database and version the DDL is written for' });

test('an empty document becomes one of any database in the bar, and tables drawn there have its types', async ({ page }) => {
  await studio.start(page);
  await database(page).click();
  await page.getByRole('option', { name: 'SQL Server 2022' }).click();
  await expect(database(page)).toHaveText('SQL Server 2022');
  const pane = await studio.ddlPane(page);
  await pane.locator('.view-lines').click();
  await page.keyboard.insertText('CREATE TABLE [dbo].[Shop] ([Id] int IDENTITY(1,1) NOT NULL PRIMARY KEY, [Name] nvarchar(max));');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(studio.treeItem(page, 'Shop')).toBeVisible();
  await expect(pane.locator('.view-lines')).toContainText('nvarchar(max)');
});

test('a move shows what becomes of each type with its verdict, and converts a copy', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  const box = await moveDialog(page, 'MySQL');
  await expect(box.getByText('From PostgreSQL 18 to')).toBeVisible();
  const array = box.getByRole('row', { name: /text\[\]/ });
  await expect(array).toContainText('json');
  const lost = box.getByRole('button', { name: /^Lost \d+$/ });
  const approximate = box.getByRole('button', { name: /^Approximate \d+$/ });
  await approximate.click();
  await expect(approximate).toHaveAttribute('aria-pressed', 'true');
  await expect(box.getByRole('table').getByText('Faithful')).toHaveCount(0);
  await approximate.click();
  await expect(lost).toBeVisible();
  await box.getByRole('tab', { name: 'DDL' }).click();
  await expect(box.locator('.view-lines')).toContainText('AUTO_INCREMENT', { timeout: 60_000 });
  const guide = await studio.downloadText(page, () => box.getByRole('button', { name: 'Migration guide' }).click());
  expect(guide.name).toBe('migration-guide.md');
  expect(guide.text).toContain('text[]');
  for (const heading of ['What is lost', 'Bringing the rows', 'Verification', 'Cutover'])
    expect(guide.text).toContain(`## ${heading}\n`);
  const ddl = await studio.downloadText(page, () => box.getByRole('button', { name: 'DDL', exact: true }).click());
  expect(ddl.text).toMatch(/CREATE TABLE `?shop`?/);
  await box.getByRole('button', { name: 'Convert a copy' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(database(page)).toHaveText(/^MySQL \d+$/);
  await studio.expectTables(page, 2);
  await expect(studio.statusBar(page).getByText('round trip: identical')).toBeVisible({ timeout: 60_000 });
});

test('a mapping that has several forms is adjusted, and the DDL follows', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, {
    name: 'shop.mysql.sql',
    content: 'CREATE TABLE `t` (`id` int AUTO_INCREMENT PRIMARY KEY, `done` tinyint(1) NOT NULL) ENGINE=InnoDB;',
  });
  const box = await moveDialog(page, 'PostgreSQL');
  const choice = box.getByRole('combobox', { name: /^What tinyint\(1\) becomes$/ });
  await expect(choice).toHaveText('boolean');
  await choice.click();
  await page.getByRole('option', { name: 'small integer' }).click();
  await expect(choice).toHaveText('small integer');
  await box.getByRole('tab', { name: 'DDL' }).click();
  await expect(box.locator('.view-lines')).toContainText('smallint', { timeout: 60_000 });
});

test('the document itself is converted in one undo step', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  const box = await moveDialog(page, 'SQLite');
  await box.getByRole('button', { name: 'Convert this document' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(database(page)).toHaveText('SQLite 3');
  await expect(await studio.ddlPane(page)).toContainText('INTEGER');
  await studio.focusCanvas(page);
  await studio.undo(page);
  await expect(database(page)).toHaveText('PostgreSQL 18');
  expect(await studio.schemaSql(page)).toContain('GENERATED ALWAYS AS IDENTITY');
});
