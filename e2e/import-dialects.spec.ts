import { strToU8, zipSync } from 'fflate';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const MYSQL = [
  'CREATE TABLE `shop` (',
  '  `id` int unsigned NOT NULL AUTO_INCREMENT,',
  "  `state` enum('open','closed') NOT NULL DEFAULT 'open',",
  '  PRIMARY KEY (`id`)',
  ') ENGINE=InnoDB;',
].join('\n');

for (const [dialect, file, tables, name] of [
  ['MySQL', 'test/data/sql/mysql/sakila.sql', 16, 'film'],
  ['SQLite', 'test/data/sql/sqlite/sakila.sql', 16, 'film'],
  ['SQL Server', 'test/data/sql/mssql/sakila.sql', 16, 'film'],
  ['Oracle', 'test/data/sql/oracle/sakila.sql', 16, 'FILM'],
] as const) {
  test(`a script of ${dialect} is known for what it is and comes in as a document of ${dialect}`, async ({ page }) => {
    await studio.start(page);
    await studio.openFiles(page, file);
    const shown = studio.preview(page);
    await expect(shown.getByRole('combobox', { name: 'Dialect of the text' })).toHaveText(dialect, { timeout: 60_000 });
    await studio.takeAsNew(page);
    await studio.expectTables(page, tables);
    await expect(studio.treeItem(page, name)).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Database and version the DDL is written for' })).toHaveText(
      new RegExp(`^${dialect} \\d+$`),
    );
    await expect(studio.statusBar(page).getByText('round trip: identical')).toBeVisible({ timeout: 60_000 });
    await studio.saved(page);
    await page.reload();
    await studio.ready(page);
    const receipt = await studio.showDock(page, 'Import receipt');
    await expect(receipt.getByRole('button', { name: /^Modelled \d+$/ })).toBeVisible();
    const { name: saved, text } = await studio.downloadText(page, () =>
      receipt.getByRole('button', { name: 'Download the receipt as a document' }).click(),
    );
    expect(saved).toBe('import-receipt.md');
    expect(text).toContain(`| ${dialect} |`);
    expect(text).toMatch(/^\| table \| \d+ \| 0 \|$/m);
  });
}

test('the dialect is shown with its reasons and can be changed, which reads the text again', async ({ page }) => {
  await studio.start(page);
  await studio.openFiles(page, { name: 'shop.sql', content: MYSQL });
  const shown = studio.preview(page);
  const dialect = shown.getByRole('combobox', { name: 'Dialect of the text' });
  await expect(dialect).toHaveText('MySQL');
  await expect(shown.getByText(/by ENGINE= of a table \(line 5\), AUTO_INCREMENT \(line 2\)/)).toBeVisible();
  await expect(shown.getByRole('button', { name: /^Modelled 1$/ })).toBeVisible();
  await dialect.click();
  await page.getByRole('option', { name: 'PostgreSQL' }).click();
  await expect(shown.getByText('chosen here; the text looks like MySQL')).toBeVisible();
  await expect(shown.getByRole('button', { name: /^Errors 1$/ })).toBeVisible();
  await expect(shown.getByText('1:14').first()).toBeVisible();
});

test('an archive of migrations is read in order, which can be changed; what takes others back is left out', async ({ page }) => {
  await studio.start(page);
  const zip = zipSync({
    'db/2_rename.sql': strToU8('ALTER TABLE person RENAME TO customer;'),
    'db/10_more.sql': strToU8('ALTER TABLE customer ADD COLUMN email text;'),
    'db/1_init.up.sql': strToU8('CREATE TABLE person (id bigserial PRIMARY KEY);'),
    'db/1_init.down.sql': strToU8('DROP TABLE person;'),
  });
  await studio.openFiles(page, { name: 'migrations.zip', content: zip });
  const shown = studio.preview(page);
  await expect(shown.getByText(/Left out db\/1_init\.down\.sql/)).toBeVisible();
  await expect(shown.getByRole('button', { name: /^Modelled 3$/ })).toBeVisible();
  await shown.getByRole('button', { name: '3 files in order' }).click();
  const order = page.getByRole('dialog', { name: 'Order of the files' });
  await expect(order.getByRole('listitem')).toHaveText([/1_init\.up\.sqldb\/$/, /2_rename\.sqldb\/$/, /10_more\.sqldb\/$/]);
  await order.getByRole('button', { name: '10_more.sql earlier' }).click();
  await order.getByRole('button', { name: 'Read in this order' }).click();
  await expect(shown.getByRole('button', { name: /^Errors 1$/ })).toBeVisible();
  await shown.getByRole('button', { name: '3 files in order' }).click();
  await order.getByRole('button', { name: '10_more.sql later' }).click();
  await order.getByRole('button', { name: 'Read in this order' }).click();
  await expect(shown.getByRole('button', { name: /^Errors 0$/ })).toBeDisabled();
  await studio.takeAsNew(page);
  await expect(studio.treeItem(page, 'customer')).toBeVisible();
});

test('files of two dialects are refused by name', async ({ page }) => {
  await studio.start(page);
  await studio.openFiles(
    page,
    { name: 'a.sql', content: MYSQL },
    { name: 'b.sql', content: 'CREATE TABLE t (id bigserial PRIMARY KEY, j jsonb);' },
  );
  const box = studio.dialog(page, 'Import SQL');
  await expect(box.getByRole('alert')).toContainText('a.sql is MySQL (ENGINE= of a table), b.sql is PostgreSQL');
  await expect(box.getByRole('alert')).toContainText('The document was not touched.');
});

test('placeholders of a script are asked for before it is read', async ({ page }) => {
  await studio.start(page);
  await studio.openFiles(page, {
    name: 'deploy.sql',
    content:
      ':setvar Schema "sales"\nCREATE TABLE [$(Schema)].[Orders] ([Id] int IDENTITY(1,1) NOT NULL)\nGO\nCREATE TABLE [dbo].[$(Name)] ([Id] int)\nGO\n',
  });
  const box = studio.dialog(page, 'Import SQL');
  await expect(box.getByText('2 places in this SQL Server script are to be filled in')).toBeVisible();
  await expect(box.getByRole('textbox', { name: 'Value of $(Schema)' })).toHaveValue('sales');
  await box.getByRole('textbox', { name: 'Value of $(Name)' }).fill('Customers');
  await page.keyboard.press('Enter');
  await studio.takeAsNew(page);
  await expect(studio.treeItem(page, 'Orders')).toBeVisible();
  await expect(studio.treeItem(page, 'Customers')).toBeVisible();
});

test('a script of another database is converted before it is merged, and the open document keeps its own', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, 'CREATE TABLE customer (id bigint PRIMARY KEY);');
  await studio.openFiles(page, { name: 'shop.sql', content: MYSQL });
  const shown = studio.preview(page);
  await shown.getByText('Merge', { exact: true }).click();
  await expect(shown.getByText(/Converted from MySQL 8 to PostgreSQL 18 first: \d+ types and features faithful/)).toBeVisible();
  await shown.getByRole('tab', { name: 'Conversion' }).click();
  await expect(shown.getByRole('row', { name: /int unsigned/ })).toContainText('bigint');
  await shown.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.expectTables(page, 2);
  const sql = await studio.schemaSql(page);
  expect(sql).toContain('CREATE TABLE customer');
  expect(sql).toMatch(/CREATE TYPE .*AS ENUM/);
  expect(sql).not.toContain('ENGINE');
});
