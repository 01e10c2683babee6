import type { Locator, Page } from '@playwright/test';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** From a dependency that is typed to tables that hold no repetition: seen, proved, tried on rows, done and undone. */

const ADDRESSES = `
CREATE TABLE addresses (
  id bigint PRIMARY KEY,
  street text NOT NULL,
  zip text NOT NULL,
  city text NOT NULL
);
`;

async function declare(page: Page, table: string, ...dependencies: readonly string[]): Promise<Locator> {
  await studio.goTo(page, table);
  const panel = await studio.inspectorTab(page, 'Dependencies');
  for (const text of dependencies) {
    await panel.getByLabel('New dependency').fill(text);
    await panel.getByLabel('New dependency').press('Enter');
    await expect(panel.getByRole('button', { name: `${text}: edit` })).toBeVisible();
  }
  return panel;
}

test('a dependency is declared, its breach proved, the table decomposed and taken back', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'addresses.sql', content: ADDRESSES });
  await expect(studio.table(page, 'addresses')).toContainText('BCNF ?');
  const panel = await declare(page, 'addresses', 'zip -> city');
  await expect(studio.table(page, 'addresses')).toContainText('2NF');
  const before = await studio.ddl(page);

  await panel.getByRole('button', { name: 'Decompose' }).click();
  const dialog = studio.dialog(page, 'Decompose addresses');
  const recommended = dialog.getByRole('region', { name: 'Recommended' });
  await expect(recommended).toContainText('Lossless');
  await expect(recommended).toContainText('Every dependency is checked');
  await expect(dialog.getByRole('radio', { name: /^Recommended/ })).toBeChecked();
  for (const other of ['3NF', 'BCNF', 'Keep']) await expect(dialog.getByRole('region', { name: other, exact: true })).toBeVisible();
  await expectAccessibleInBoth(page, 'decompositions beside the canvas', '[data-panel]');

  await dialog.getByRole('button', { name: 'Compare' }).click();
  await expect(dialog.getByRole('tab', { name: 'Side by side' })).toBeVisible();
  await expectAccessibleInBoth(page, 'decompositions side by side', '[data-dialog]');
  await dialog.getByRole('tab', { name: 'Proof' }).click();
  await expect(dialog).toContainText('{zip}⁺ = {zip, city}');
  await expect(dialog).toContainText('It misses id and street, so zip is no key.');
  await expect(dialog).toContainText('city is in no candidate key ({id}): it is not prime.');
  await expect(dialog).toContainText('city is repeated in every row with the same zip');
  await expect(dialog.getByRole('region', { name: 'Tableau' })).toContainText('b2');
  await dialog.getByRole('button', { name: 'Step before' }).click();
  await expect(dialog).toContainText('Step 0 of 1.');
  await expectAccessibleInBoth(page, 'the proof of a decomposition', '[data-dialog]');

  await dialog.getByRole('tab', { name: 'Side by side' }).click();
  const name = recommended.getByRole('textbox', { name: 'Name of the table with the key zip' });
  await name.fill('addresses');
  await expect(recommended).toContainText('There is already a table addresses.');
  await expect(dialog.getByRole('button', { name: 'Decompose' })).toBeDisabled();
  await name.fill('postcodes');
  await dialog.getByRole('tab', { name: 'What changes' }).click();
  await expect(dialog.getByText('CREATE TABLE postcodes (').first()).toBeVisible();
  await expect(dialog.getByRole('img', { name: /addresses refers to postcodes/ })).toBeVisible();
  await dialog.getByRole('tab', { name: 'Migration SQL' }).click();
  await expect(dialog.getByRole('tabpanel')).toContainText('CREATE TABLE');
  await dialog.getByRole('button', { name: 'Decompose' }).click();
  await expect(studio.notice(page, 'Decompose addresses into 2 tables: done').getByRole('button', { name: 'Undo' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.expectTables(page, 2);
  await expect(studio.row(page, 'postcodes', 'city')).toBeVisible();
  await expect(studio.row(page, 'addresses', 'city')).toHaveCount(0);
  await expect(studio.table(page, 'postcodes')).toContainText('BCNF');
  await studio.ddlSays(page, (after) => {
    expect(after).toContain('CREATE TABLE postcodes (');
    expect(after).toMatch(/zip text NOT NULL REFERENCES postcodes \(zip\)/);
  });
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
  await studio.focusCanvas(page);
  await studio.undo(page);
  await studio.expectTables(page, 1);
  await expect.poll(() => studio.ddl(page)).toBe(before);
});

test('a lost dependency is named with its trigger, NULLs need a choice, and PostgreSQL gives back the old rows', async ({
  page,
}) => {
  await studio.start(page);
  await studio.importSql(page, {
    name: 'shops.sql',
    content: `
CREATE TABLE deliveries (
  street text NOT NULL,
  city text NOT NULL,
  zip text NOT NULL,
  driver text,
  phone text,
  PRIMARY KEY (street, city)
);`,
  });
  await declare(page, 'deliveries', 'zip -> city', 'driver -> phone');
  await studio.focusCanvas(page);
  await studio.command(page, 'Decompose');
  const dialog = studio.dialog(page, 'Decompose deliveries');
  await dialog.getByRole('button', { name: 'Compare' }).click();
  await expect(dialog.getByRole('tab', { name: 'Side by side' })).toBeVisible();
  await dialog.getByRole('radio', { name: /^BCNF/ }).click();
  const bcnf = dialog.getByRole('region', { name: 'BCNF', exact: true });
  await expect(bcnf).toContainText('Lost: street, city → zip');
  await dialog.getByRole('tab', { name: 'Proof' }).click();
  await dialog.getByText('Triggers that keep it').first().click();
  await expect(dialog).toContainText('CREATE CONSTRAINT TRIGGER');
  await dialog.getByRole('tab', { name: 'Side by side' }).click();
  await dialog.getByRole('radio', { name: /^Recommended/ }).click();
  const recommended = dialog.getByRole('region', { name: 'Recommended' });
  await expect(recommended).toContainText('driver may be NULL: choose what becomes of such rows');
  await expect(dialog.getByRole('button', { name: 'Decompose' })).toBeDisabled();
  await recommended.getByText('Keep', { exact: true }).click();
  await expect(dialog.getByRole('button', { name: 'Decompose' })).toBeEnabled();
  await dialog.getByRole('tab', { name: 'Try it' }).click();
  await dialog.getByRole('button', { name: 'Try it on PostgreSQL' }).click();
  await expect(dialog).toContainText(/Old rows = rejoined rows: \d+ rows/, { timeout: 120_000 });
  await expect(dialog.getByRole('region', { name: 'Rows' })).toContainText('=');
  await expectAccessibleInBoth(page, 'a tried decomposition', '[data-dialog]');
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('button', { name: 'Compare' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.expectTables(page, 1);
});

test('a table of SQLite gets a script of its own, which the browser’s SQLite runs', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, {
    name: 'trips.sql',
    content: `PRAGMA foreign_keys = ON;
CREATE TABLE trips (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  station TEXT NOT NULL COLLATE NOCASE,
  zone INTEGER NOT NULL,
  fare REAL
) STRICT;`,
  });
  await declare(page, 'trips', 'station -> zone');
  await studio.focusCanvas(page);
  await studio.command(page, 'Decompose');
  const dialog = studio.dialog(page, 'Decompose trips');
  await dialog.getByRole('button', { name: 'Compare' }).click();
  await dialog.getByRole('checkbox', { name: 'With a view of the old shape' }).click();
  await dialog.getByRole('tab', { name: 'Migration SQL' }).click();
  const script = dialog.getByRole('tabpanel');
  await expect(script).toContainText('PRAGMA foreign_keys = OFF;');
  await expect(script).toContainText('CREATE TEMP TABLE crowfoot_refusal');
  await dialog.getByRole('tab', { name: 'Try it' }).click();
  await dialog.getByRole('button', { name: 'Try it on SQLite' }).click();
  await expect(dialog).toContainText(/Old rows = rejoined rows: \d+ rows .* on SQLite 3/, { timeout: 60_000 });
  await expect(dialog.getByRole('region', { name: 'Rows' })).toContainText('=');
});

test('a table without a key is refused with the reason, and wanted repetition is kept with one', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, {
    name: 'log.sql',
    content:
      'CREATE TABLE log (zip text NOT NULL, city text NOT NULL, note text);\nCREATE TABLE places (id int PRIMARY KEY, zip text NOT NULL, city text NOT NULL);',
  });
  await declare(page, 'log', 'zip -> city');
  await studio.command(page, 'Decompose');
  const refused = studio.dialog(page, 'Decompose log');
  await expect(refused.getByRole('alert')).toContainText('no key that the database enforces');
  await expect(refused.getByRole('button', { name: 'Add a surrogate key' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await declare(page, 'places', 'zip -> city');
  const problems = await studio.showDock(page, 'Problems');
  await problems
    .getByText(/places/)
    .first()
    .click();
  await page.keyboard.press('Control+.');
  const dialog = studio.dialog(page, 'Decompose places');
  await dialog.getByRole('radio', { name: /^Keep/ }).click();
  const keep = dialog.getByRole('region', { name: 'Keep', exact: true });
  await expect(dialog.getByRole('button', { name: 'Keep as it is' })).toBeDisabled();
  await keep.getByLabel('Reason').fill('Read on every page');
  await dialog.getByRole('button', { name: 'Keep as it is' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.goTo(page, 'places');
  const panel = await studio.inspectorTab(page, 'Dependencies');
  await expect(panel.getByRole('button', { name: /^accepted: .*zip -> city/ })).toBeVisible();
});
