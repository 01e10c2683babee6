import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const dock = (page: Page) => page.getByRole('region', { name: 'Dock' });

test('a SQLite schema comes in, stays SQLite’s, and runs on SQLite', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, {
    name: 'sakila.sql',
    content: await studio.repositoryFile('test/data/sql/sqlite/sakila.sql'),
  });
  await studio.expectTables(page, 16);
  await expect
    .poll(() => studio.ddl(page))
    .toMatch(/CREATE TRIGGER actor_trigger_ai AFTER INSERT ON actor FOR EACH ROW BEGIN UPDATE actor SET/);
  await expect(studio.statusBar(page).getByText('round trip: identical')).toBeVisible({ timeout: 20_000 });

  await dock(page).getByRole('button', { name: 'Check on SQLite' }).click();
  await expect(studio.statusBar(page).getByText(/^runs on SQLite 3\.\d+\.\d+$/)).toBeVisible({ timeout: 20_000 });
});

test('migrations lead where SQLite leads them, and its errors stand at their statements', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(
    page,
    `CREATE TABLE old_notes (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT);
ALTER TABLE old_notes RENAME TO notes;
ALTER TABLE notes RENAME COLUMN body TO words;
CREATE VIRTUAL TABLE search USING fts5(words);
`,
  );
  await studio.expectTables(page, 1);
  await expect.poll(() => studio.ddl(page)).toContain('CREATE TABLE notes ( id INTEGER PRIMARY KEY AUTOINCREMENT, words TEXT )');

  await dock(page).getByRole('button', { name: 'Check on SQLite' }).click();
  await expect(studio.statusBar(page).getByText(/^does not run on SQLite 3/)).toBeVisible({ timeout: 20_000 });
  const editor = await studio.ddlPane(page);
  await editor.locator('.view-line').filter({ hasText: 'fts5' }).getByText('VIRTUAL').first().hover();
  await expect(page.getByRole('dialog', { name: 'About this place' })).toContainText(
    'The SQLite in the browser does not have the module fts5',
  );
});

test('what nothing here can run is said to be not run', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, 'CREATE TABLE `t` (`id` int unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`)) ENGINE=InnoDB;\n');
  await studio.expectTables(page, 1);
  await expect(dock(page).getByText('not run on MySQL')).toBeVisible();
  await expect(dock(page).getByRole('button', { name: /^Check on/ })).toHaveCount(0);
});
