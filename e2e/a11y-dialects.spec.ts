import type { Page } from '@playwright/test';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** Every state of bringing databases in, moving them and writing them back, by the rules of WCAG 2.2 A and AA, light and dark. */
const DIALOG = '[role=dialog]';
const DOCK = '[aria-label=Dock]';

async function begin(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await studio.start(page);
}

test('a script with its placeholders, files in order, a dialect that is doubted', async ({ page }) => {
  await begin(page);
  await studio.openFiles(page, {
    name: 'deploy.sql',
    content: ':setvar Schema "sales"\nCREATE TABLE [$(Schema)].[Orders] ([Id] int)\nGO\n',
  });
  await expect(studio.dialog(page, 'Import SQL').getByRole('textbox', { name: 'Value of $(Schema)' })).toBeVisible();
  await expectAccessibleInBoth(page, 'placeholders', DIALOG);
  await studio.closeDialog(page);
  await studio.openFiles(
    page,
    { name: '1.sql', content: 'CREATE TABLE `a` (`id` int unsigned AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;' },
    { name: '2.sql', content: 'CREATE TABLE `b` (`id` int) ENGINE=InnoDB;\nCREATE TABLE broken (id int, , );' },
  );
  const shown = studio.preview(page);
  await shown.getByRole('button', { name: '2 files in order' }).click();
  await expectAccessibleInBoth(page, 'files in order', '[aria-label="Order of the files"]');
  await page.keyboard.press('Escape');
  await shown.getByRole('combobox', { name: 'Dialect of the text' }).click();
  await page.getByRole('option', { name: 'Oracle' }).click();
  await expect(shown.getByRole('button', { name: 'Read as MySQL' })).toBeVisible();
  await expectAccessibleInBoth(page, 'a dialect that is doubted', DIALOG);
});

test('a conversion before a merge, a move, what is lost by it, and its DDL', async ({ page }) => {
  await begin(page);
  await studio.importSql(page, 'CREATE TABLE customer (id bigint PRIMARY KEY);');
  await studio.openFiles(page, 'test/data/sql/mysql/sakila.sql');
  const shown = studio.preview(page);
  await shown.getByText('Merge', { exact: true }).click({ timeout: 60_000 });
  await shown.getByRole('tab', { name: 'Conversion' }).click();
  await expect(shown.getByRole('row', { name: /int unsigned/ }).first()).toBeVisible({ timeout: 60_000 });
  await expectAccessibleInBoth(page, 'conversion before a merge', DIALOG);
  await studio.takeAsNew(page);
  await studio.command(page, 'Move to PostgreSQL');
  const box = studio.dialog(page, 'Move to another database');
  for (const [part, tab] of [
    ['what becomes what', /^What becomes what/],
    ['losses', /^Losses/],
    ['DDL', /^DDL/],
  ] as const) {
    await box.getByRole('tab', { name: tab }).click({ timeout: 60_000 });
    const several = box.locator('summary').first();
    if (await several.isVisible()) await several.click();
    await expectAccessibleInBoth(page, `move: ${part}`, DIALOG);
  }
  await studio.closeDialog(page);
});

test('a script of SQL Server: written, as it was imported, its receipt, and what another language leaves out', async ({ page }) => {
  await begin(page);
  await studio.openFiles(page, 'test/data/sql/mssql/northwind.sql');
  await studio.takeAsNew(page);
  const pane = await studio.ddlPane(page);
  const dock = page.getByRole('region', { name: 'Dock' });
  await expectAccessibleInBoth(page, 'written', DOCK);
  await pane.locator('.view-lines').getByText('[CategoryName]').first().click();
  await page.keyboard.press('Home');
  await page.keyboard.insertText('[ZZ_NOTE] nvarchar(40),\n');
  await page.keyboard.press('ControlOrMeta+Enter');
  await dock.getByText('As imported', { exact: true }).click();
  await expect(dock.getByText(/^Written anew: /)).toContainText('Categories', { timeout: 60_000 });
  await expectAccessibleInBoth(page, 'as imported', DOCK);
  const { text } = await studio.downloadText(page, () => dock.getByRole('button', { name: 'Download this file' }).click());
  expect(text.match(/ZZ_NOTE/g)).toHaveLength(1);
  await studio.showDock(page, 'Import receipt');
  await expectAccessibleInBoth(page, 'receipt', DOCK);
  await studio.downloadText(page, studio.exporting(page, 'DBML'));
  await expect(studio.dialog(page, 'Export').getByText(/of the model are not in it/)).toBeVisible();
  await expectAccessibleInBoth(page, 'what DBML leaves out', DIALOG);
});
