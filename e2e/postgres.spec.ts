import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const RUNS = /^runs on PostgreSQL 18\.\d+$/;
const BUTTON = { name: 'Check on PostgreSQL' } as const;

const dock = (page: Page) => page.getByRole('region', { name: 'Dock' });

test('what runs is said in the dock and the status bar until something changes', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, "CREATE TABLE shops (id bigint PRIMARY KEY, opened date CHECK (opened > date '1900-01-01'));\n");
  await dock(page).getByRole('button', BUTTON).click();
  await expect(studio.statusBar(page).getByText(RUNS)).toBeVisible({ timeout: 45_000 });
  await expect(dock(page).getByRole('button', { name: RUNS })).toBeVisible();

  // Moving a table is no change of what was run; a column is.
  await studio.focusCanvas(page);
  await studio.goTo(page, 'shops');
  await page.keyboard.press('ArrowRight');
  await expect(studio.statusBar(page).getByText(RUNS)).toBeVisible();
  await page.getByRole('region', { name: 'Inspector' }).getByRole('gridcell', { name: 'New column' }).click();
  await page.keyboard.type('note text');
  await page.keyboard.press('Enter');
  await expect(dock(page).getByRole('button', BUTTON)).toBeVisible();
  await expect(studio.statusBar(page).getByText(RUNS)).toHaveCount(0);
});

test('PostgreSQL’s own errors stand at their statements', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(
    page,
    `CREATE TABLE fine (id bigint PRIMARY KEY);
CREATE TABLE checked (id bigint PRIMARY KEY, name text CHECK (no_such_function(name) > 0));
CREATE TABLE parted (id bigint PRIMARY KEY, at timestamptz NOT NULL) PARTITION BY RANGE (at);
`,
  );
  expect(await studio.checkOnPostgres(page)).toMatch(/^2 errors on PostgreSQL 18/);
  await expect(studio.statusBar(page).getByText(/^does not run on PostgreSQL 18/)).toBeVisible();

  const editor = await studio.ddlPane(page);
  const card = page.getByRole('dialog', { name: 'About this place' });
  await editor.locator('.view-line').getByText('no_such_function').first().hover();
  await expect(card).toContainText('function no_such_function(text) does not exist');
  await page.mouse.move(5, 5);
  await expect(card).toHaveCount(0);
  await editor.locator('.view-line').filter({ hasText: 'parted' }).getByText('parted').first().hover();
  await expect(card).toContainText('unique constraint on partitioned table must include all partitioning columns');
});

test('a check can be stopped, and asked for again', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, {
    name: 'azimutt.sql',
    content: await studio.repositoryFile('test/data/sql/postgresql/azimutt.sql'),
  });
  await dock(page).getByRole('button', BUTTON).click();
  await dock(page).getByRole('button', { name: 'Stop the check on PostgreSQL' }).click();
  await expect(dock(page).getByRole('button', BUTTON)).toBeVisible();
  await expect(studio.statusBar(page).getByText(/on PostgreSQL/)).toHaveCount(0);
  expect(await studio.checkOnPostgres(page)).toMatch(RUNS);
});
