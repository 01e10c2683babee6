import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Locator, type Page, test as runner } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** A folder on disk for drops. @param files texts by path within it */
async function folderOnDisk(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(runner.info().outputDir, name);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

test('a folder of migrations that is dropped comes in as where they lead', async ({ page }) => {
  await studio.start(page);
  const folder = await folderOnDisk('migrations', {
    'README.md': 'CREATE TABLE readme (id int);',
    '.git/hook.sql': 'CREATE TABLE hook (id int);',
    '2024/10_email.up.sql': 'ALTER TABLE `customer` ADD COLUMN `email` varchar(200);',
    '2024/9_rename.up.sql': 'RENAME TABLE `person` TO `customer`;',
    '2024/9_rename.down.sql': 'RENAME TABLE `customer` TO `person`;',
    '2023/1_init.up.sql': 'CREATE TABLE `person` (`id` int unsigned AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;',
  });
  await studio.dropFiles(page, folder);
  const shown = studio.preview(page);
  await expect(shown.getByText(/^Left out migrations\/2024\/9_rename\.down\.sql/)).toBeVisible();
  await expect(shown.getByRole('button', { name: 'Errors 0' })).toBeDisabled();
  await shown.getByRole('button', { name: '3 files in order' }).click();
  const order = page.getByRole('dialog', { name: 'Order of the files' });
  await expect(order.getByRole('listitem')).toHaveText([/1_init\.up/, /9_rename\.up/, /10_email\.up/]);
  await page.keyboard.press('Escape');
  await studio.takeAsNew(page);
  await studio.expectTables(page, 1);
  await expect(studio.table(page, 'customer')).toContainText('email');
});

test('of a script in UTF-16 with mistakes in it comes in what is sound, and the receipt says where they are', async ({ page }) => {
  await studio.start(page);
  const text = [
    '/* Größen */',
    'CREATE TABLE [dbo].[Größe] ([Id] int IDENTITY(1,1) PRIMARY KEY, [Name] nvarchar(40) NOT NULL)',
    'GO',
    'CREATE TABLE [dbo].[Broken] ([Id] int, , [Name] nvarchar(40))',
    'GO',
    'CREATE TABLE [dbo].[Artikel] ([Id] int PRIMARY KEY, [GrößeId] int REFERENCES [dbo].[Größe] ([Id]))',
    'GO',
  ].join('\r\n');
  await studio.dropFiles(page, { name: 'groessen.sql', content: Buffer.from(`\ufeff${text}`, 'utf16le') });
  const shown = studio.preview(page);
  await expect(shown.getByRole('combobox', { name: 'Dialect of the text' })).toHaveText('SQL Server');
  await expect(shown.getByRole('button', { name: 'Errors 1' })).toHaveAttribute('aria-pressed', 'true');
  await expect(shown.getByRole('option')).toHaveText([/CREATE TABLE \[dbo\]\.\[Broken\].*4:40$/]);
  await studio.takeAsNew(page);
  await studio.expectTables(page, 2);
  await expect(studio.statusBar(page).getByText('1 relationship', { exact: true })).toBeVisible();
  expect(await studio.schemaSql(page)).toContain('[Größe]');
  const pane = await studio.showDock(page, 'Import receipt');
  await expect(pane.getByRole('button', { name: 'Errors 1' })).toBeVisible();
});

/** Presses Tab, or another key, until something has the focus; a person would give up before the fortieth time. */
async function tabTo(page: Page, goal: Locator, key = 'Tab'): Promise<void> {
  await expect(goal).toBeVisible({ timeout: 60_000 });
  for (let pressed = 0; pressed < 40; pressed++) {
    if (await goal.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Nothing leads to it by ${key}.`);
}

/** Opens the list at the focus by a key and takes what begins with some letters, looking at each step as a person does. */
async function pick(page: Page, key: string, letters: string, name: string): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.getByRole('listbox')).toBeVisible();
  await expect(page.getByRole('option').and(page.locator(':focus'))).toHaveCount(1);
  await page.keyboard.type(letters);
  await expect(page.getByRole('option', { name })).toBeFocused();
  await page.keyboard.press('Enter');
}

test('by keyboard alone: a script comes in as what it is said to be, moves, and leaves as DBML', async ({ page }) => {
  await studio.start(page);
  await page.keyboard.press('Control+i');
  const importing = studio.dialog(page, 'Import SQL');
  await expect(importing.getByRole('textbox', { name: 'SQL to import' })).toBeFocused();
  await page.keyboard.insertText('CREATE TABLE `item` (`id` int unsigned AUTO_INCREMENT PRIMARY KEY, `done` tinyint(1) NOT NULL);');
  await page.keyboard.press('Control+Enter');

  const shown = studio.preview(page);
  const dialect = shown.getByRole('combobox', { name: 'Dialect of the text' });
  await tabTo(page, dialect);
  await pick(page, 'Enter', 'Mari', 'MariaDB');
  await expect(dialect).toHaveText('MariaDB');
  await expect(dialect, 'what had the text read again has the focus again').toBeFocused();
  await tabTo(page, shown.getByRole('button', { name: 'Import', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.expectTables(page, 1);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('Move to PostgreSQL');
  await expect(page.getByRole('option', { name: /Move to PostgreSQL/ }).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  const moving = studio.dialog(page, 'Move to another database');
  const choice = moving.getByRole('combobox', { name: 'What tinyint(1) becomes' });
  await tabTo(page, choice);
  await pick(page, 'ArrowDown', 'small', 'small integer');
  await expect(choice).toHaveText('small integer');
  await expect(choice).toBeFocused();
  await tabTo(page, moving.getByRole('button', { name: 'Convert this document' }));
  await expect(moving.getByRole('button', { name: 'Convert this document' })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: 'Database and version the DDL is written for' })).toHaveText(/^PostgreSQL/);

  await page.keyboard.press('Control+e');
  const leaving = studio.dialog(page, 'Export');
  await tabTo(page, leaving.getByRole('button', { name: 'Download DBML', exact: true }));
  const { name, text } = await studio.downloadText(page, () => page.keyboard.press('Enter'));
  expect(name).toMatch(/\.dbml$/);
  expect(text).toContain('smallint');
  await expect(leaving.getByRole('button', { name: 'Download DBML', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator(':focus'), 'the focus is somewhere').toHaveCount(1);
});
