import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** Each table has one fault, but for `customers`, which has none. */
const FAULTY = `CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers
);
CREATE TABLE access_log (line text NOT NULL);
CREATE TABLE documents (id bigint PRIMARY KEY, body json);
CREATE TABLE places (
  street text NOT NULL,
  zip text NOT NULL,
  city text NOT NULL,
  state text NOT NULL,
  PRIMARY KEY (street, zip)
);
`;

async function begin(page: Page): Promise<Locator> {
  await studio.start(page);
  await studio.importSql(page, FAULTY);
  return studio.showDock(page, 'Problems');
}

const NO_KEY = 'Table access_log has no primary key';
const NO_INDEX = 'No index finds the rows of orders by customer_id';
const JSON_COLUMN = /body .*json/;

const problem = (panel: Locator, name: string | RegExp) => panel.getByRole('treeitem', { name });
const chosen = (panel: Locator) => panel.getByRole('article', { name: 'The chosen problem' });
const counted = (page: Page) => studio.statusBar(page).getByRole('button', { name: / errors?, \d+ warnings?$/ });

test('faults are said on the table, in the tree, in the DDL and in Problems, with what, why and what to do', async ({ page }) => {
  const panel = await begin(page);
  await expect(counted(page)).toHaveAccessibleName('1 error, 2 warnings');
  await expect(page.getByRole('tab', { name: 'Problems 3' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Problems: 3' })).toBeVisible();
  await expect(studio.table(page, 'access_log').getByTitle('1 finding')).toHaveText('● 1');
  await expect(studio.table(page, 'customers').getByTitle(/finding/)).toHaveCount(0);
  await expect(studio.treeItem(page, 'access_log').getByTitle('1 problems')).toBeVisible();

  await problem(panel, NO_KEY).click();
  const detail = chosen(panel);
  await expect(detail.getByRole('heading')).toContainText(NO_KEY);
  await expect(detail).toContainText('What to do: ');
  await expect(detail).toContainText('surrogate key');
  await detail.getByRole('button', { name: 'pk-missing' }).click();
  const rule = page.getByRole('dialog', { name: 'About the rule pk-missing' });
  await expect(rule).toContainText('What it looks at');
  await expect(rule).toContainText('CREATE TABLE');
  await page.keyboard.press('Escape');
  await expect(rule).toHaveCount(0);

  // The same stands in the DDL: underlined, and said when pointed at.
  const editor = await studio.ddlPane(page);
  await expect(editor.locator('.squiggly-error').first()).toBeVisible();
  const place = editor.locator('.view-line').filter({ hasText: 'access_log' }).getByText('access_log').first();
  await place.hover();
  const card = page.getByRole('dialog', { name: 'About this place' });
  await expect(card).toContainText(NO_KEY);
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  await page.mouse.move(700, 250);
  await place.hover();
  await card.getByRole('button', { name: 'Show in Problems' }).click();
  await expect(chosen(panel).getByRole('heading')).toContainText(NO_KEY);
});

test('a fix shows what it changes, is one step, and is undone', async ({ page }) => {
  const panel = await begin(page);
  await problem(panel, NO_INDEX).click();
  await chosen(panel)
    .getByRole('button', { name: /^Add an index on orders/ })
    .click();
  const fix = studio.dialog(page, 'Add an index on orders (customer_id)');
  await expect(fix.getByRole('figure')).toContainText('CREATE INDEX');
  await expect(fix.getByRole('figure')).toContainText('ON orders (customer_id)');
  await expect(page.getByText(NO_INDEX).first()).toBeAttached();
  await fix.getByRole('button', { name: 'Apply' }).click();
  await expect(fix).toHaveCount(0);
  await expect(problem(panel, NO_INDEX)).toHaveCount(0);
  await expect.poll(() => studio.ddlText(page)).toContain('ON orders (customer_id)');
  await studio.focusCanvas(page);
  await studio.undo(page);
  await studio.showDock(page, 'Problems');
  await expect(problem(panel, NO_INDEX)).toBeVisible();
  await expect.poll(() => studio.ddlText(page)).not.toContain('CREATE INDEX');

  // From the place in the DDL it is the same preview.
  await page.mouse.move(700, 250);
  await expect(page.getByRole('dialog', { name: 'About this place' })).toHaveCount(0);
  await studio.showDock(page, 'Problems');
  await problem(panel, NO_INDEX).click();
  const editor = await studio.ddlPane(page);
  await editor.locator('.view-line').filter({ hasText: 'REFERENCES' }).getByText('REFERENCES').first().hover();
  await page
    .getByRole('dialog', { name: 'About this place' })
    .getByRole('button', { name: /^Add an index/ })
    .click();
  await fix.getByRole('button', { name: 'Apply' }).click();
  await expect(counted(page)).toHaveAccessibleName('1 error, 1 warning');
});

test('a name that is a reserved word is renamed with the SQL that spells it', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(
    page,
    'CREATE TABLE "user" (id bigint PRIMARY KEY, "order" int NOT NULL CHECK ("order" > 0));\nCREATE VIEW first_ones AS SELECT id FROM "user" WHERE "order" = 1;\n',
  );
  const panel = await studio.showDock(page, 'Problems');
  await problem(panel, 'The column name order').click();
  await chosen(panel)
    .getByRole('button', { name: /^Rename order to sort_order/ })
    .click();
  const fix = studio.dialog(page, 'Rename order to sort_order');
  await expect(fix.getByRole('figure')).toHaveCount(2);
  await fix.getByRole('button', { name: 'Apply' }).click();
  await expect(problem(panel, 'The column name order')).toHaveCount(0);
  await studio.ddlSays(page, (text) => {
    expect(text).toContain('CHECK (sort_order > 0)');
    expect(text).toContain('WHERE sort_order = 1');
  });
});

test('a waiver with a reason takes a problem out of the count, survives a reload and can be taken back', async ({ page }) => {
  let panel = await begin(page);
  await problem(panel, NO_KEY).click();
  await chosen(panel)
    .getByRole('button', { name: /^Waive with a reason/ })
    .click();
  await expect(chosen(panel).getByRole('button', { name: 'Waive', exact: true })).toBeDisabled();
  await chosen(panel).getByRole('textbox', { name: 'Why this is right as it is' }).fill('Written once, never looked up');
  await chosen(panel).getByRole('button', { name: 'Waive', exact: true }).click();
  await expect(problem(panel, NO_KEY)).toHaveCount(0);
  await expect(counted(page)).toHaveAccessibleName('0 errors, 2 warnings');
  await expect(studio.table(page, 'access_log').getByTitle(/finding/)).toHaveCount(0);
  await studio.saved(page);

  await page.reload();
  await studio.ready(page);
  panel = await studio.showDock(page, 'Problems');
  await expect(counted(page)).toHaveAccessibleName('0 errors, 2 warnings');
  await panel.getByRole('button', { name: 'Waived (1)' }).click();
  await expect(panel.getByRole('treeitem')).toHaveCount(2);
  await problem(panel, NO_KEY).click();
  await expect(chosen(panel)).toContainText('Written once, never looked up');
  await chosen(panel).getByRole('button', { name: 'Let it count again' }).click();
  await expect(panel.getByText('Nothing is waived')).toBeVisible();
  await expect(counted(page)).toHaveAccessibleName('1 error, 2 warnings');
});

test('problems are walked with F8, fixed with the key, filtered and grouped', async ({ page }) => {
  const panel = await begin(page);
  await studio.focusCanvas(page);
  const heading = chosen(panel).getByRole('heading');
  await page.keyboard.press('F8');
  await expect(heading).toContainText(NO_KEY);
  await page.keyboard.press('F8');
  await expect(heading).toContainText(NO_INDEX);
  await page.keyboard.press('Shift+F8');
  await expect(heading).toContainText(NO_KEY);
  await page.keyboard.press('F8');
  await page.keyboard.press('Control+.');
  const fix = studio.dialog(page, 'Add an index on orders (customer_id)');
  await expect(fix.getByRole('figure')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(fix).toHaveCount(0);

  await panel.getByRole('textbox', { name: 'Filter the problems' }).fill('json documents');
  await expect(problem(panel, JSON_COLUMN)).toBeVisible();
  await expect(problem(panel, NO_KEY)).toHaveCount(0);
  await panel.getByRole('textbox', { name: 'Filter the problems' }).fill('no such thing');
  await panel.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(problem(panel, NO_KEY)).toBeVisible();

  await expect(problem(panel, /^Errors/)).toBeVisible();
  await panel.getByRole('combobox', { name: 'Group the problems' }).click();
  await page.getByRole('option', { name: 'By table' }).click();
  await expect(problem(panel, /^access_log/)).toHaveAttribute('aria-expanded', 'true');
  await problem(panel, /^access_log/).click();
  await expect(problem(panel, NO_KEY)).toHaveCount(0);
  await panel.getByRole('combobox', { name: 'Group the problems' }).click();
  await page.getByRole('option', { name: 'By rule' }).click();
  await expect(problem(panel, /^fk-index-missing/)).toBeVisible();
});

test('a declared dependency turns the badge, with the proof; without one it is said to be an assumption', async ({ page }) => {
  await begin(page);
  const places = studio.table(page, 'places');
  await expect(places.getByTitle(/by assumption: no dependency/)).toContainText('?');
  await expect(studio.table(page, 'access_log').getByText('no key')).toBeVisible();

  await studio.goTo(page, 'places');
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await inspector.getByRole('tab', { name: /^Dep/ }).click();
  await expect(inspector).toContainText('by assumption');
  const line = inspector.getByRole('combobox', { name: 'New dependency' });
  await line.fill('zip -> city, stat');
  await line.press('Enter');
  await expect(inspector.getByRole('alert')).toContainText('stat');
  await line.fill('zip -> city, state');
  await line.press('Enter');
  await expect(inspector.getByRole('button', { name: /^zip -> city, state/ })).toBeVisible();

  // Part of the key fixes the rest: second normal form is broken.
  await expect(places.getByTitle('Highest normal form: 1NF')).toHaveText('1NF');
  await expect(inspector).toContainText('Why not second normal form');
  await expect(inspector).toContainText('{zip}⁺ = {zip, city, state}');
  const panel = await studio.showDock(page, 'Problems');
  await expect(problem(panel, /places.*zip|zip.*places/)).toBeVisible();

  // Outside of the key it is the third that is broken.
  await inspector.getByRole('button', { name: /^zip -> city, state/ }).click();
  const edited = inspector.getByRole('combobox', { name: 'Dependency zip -> city, state' });
  await edited.fill('city -> state');
  await edited.press('Enter');
  await expect(places.getByTitle('Highest normal form: 2NF')).toHaveText('2NF');
  await expect(inspector).toContainText('Why not third normal form');
  await expect(inspector).toContainText('{city}⁺ = {city, state}');

  await studio.goTo(page, 'access_log');
  await expect(inspector).toContainText('No key is enforced');
});
