import type { Page } from '@playwright/test';
import { generateTables, schemaDdl } from '../test/schema-gen.ts';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** States of the canvas and of what stands round it, by the rules of WCAG 2.2 A and AA, light and dark; all are in `a11y-list.ts`. */
const DIALOG = '[role=dialog]';
const MENU = '[role=menu]';
const CANVAS = '[data-pane=canvas]';

const SQL = `
CREATE SCHEMA sales;
CREATE TYPE sales.order_state AS ENUM ('open', 'paid');
CREATE TABLE people (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE customers (id bigint PRIMARY KEY, credit_limit numeric(10, 2) NOT NULL, email text UNIQUE);
CREATE TABLE employees (id bigint PRIMARY KEY, hired_on date NOT NULL, phones text[]);
CREATE TABLE sales.orders (
  id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, state sales.order_state NOT NULL,
  street text NOT NULL, city text, total numeric(12, 2)
);
CREATE TABLE sales.tags (id integer PRIMARY KEY, label text NOT NULL UNIQUE);
CREATE TABLE sales.order_tags (order_id bigint REFERENCES sales.orders, tag_id integer REFERENCES sales.tags, PRIMARY KEY (order_id, tag_id));
CREATE TABLE logbook (entry text, at float);
`;

async function open(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await studio.start(page);
  await studio.importSql(page, SQL);
  await studio.focusCanvas(page);
}

async function closeMenus(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Escape');
    expect(await page.locator('[role=menu], [role=dialog]').count()).toBe(0);
  }).toPass();
}

test('levels and notations', async ({ page }) => {
  await open(page);
  for (const [key, name] of [
    ['Alt+c', 'Conceptual'],
    ['Alt+l', 'Logical'],
    ['Alt+p', 'Physical'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('radio', { name })).toBeChecked();
    if (name !== 'Physical') await expectAccessibleInBoth(page, `level: ${name}`, CANVAS);
  }
  for (const notation of ['IDEF1X', 'Barker', 'UML', 'Chen', 'Min-max', "Crow's foot"] as const) {
    await studio.command(page, `Draw in ${notation} notation`);
    await page.getByRole('button', { name: `Notation: ${notation}` }).click();
    await expect(studio.dialog(page, 'Notation')).toBeVisible();
    await expectAccessibleInBoth(page, `notation: ${notation}`, `${CANVAS}, ${DIALOG}`);
    await closeMenus(page);
  }
});

test('menus and lenses of the canvas', async ({ page }) => {
  await open(page);
  for (const [button, state] of [
    ['More ways to arrange', 'arrangement menu'],
    ['Lens: Structure', 'lens menu'],
    ['Diagrams, and what to do with this one', 'diagram menu'],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await expectAccessibleInBoth(page, state, MENU);
    await closeMenus(page);
  }
  await studio.focusCanvas(page);
  for (const [key, lens] of [
    ['2', 'Normal form'],
    ['3', 'Findings'],
    ['5', 'Size'],
    ['6', 'Security'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('region', { name: `Legend: ${lens}` })).toBeVisible();
    await expectAccessibleInBoth(page, `lens: ${lens}`, CANVAS);
  }
  await page.keyboard.press('1');
});

test('menus, filters and focus mode', async ({ page }) => {
  await open(page);
  await studio.goTo(page, 'orders');
  await studio.focusCanvas(page);
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessibleInBoth(page, 'context menu of a table', MENU);
  await page.getByRole('menuitem', { name: 'Refactor' }).press('ArrowRight');
  await expect(page.getByRole('menuitem', { name: /^Extract a table/ })).toBeVisible();
  await expectAccessibleInBoth(page, 'refactorings in the menu', MENU);
  await closeMenus(page);

  await page.getByRole('button', { name: 'Filter the diagram' }).click();
  await page.getByRole('textbox', { name: 'Name has these letters' }).fill('ord');
  await expectAccessibleInBoth(page, 'filter', DIALOG);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'What is shown' })).toBeVisible();
  await expectAccessibleInBoth(page, 'what a filter shows', CANVAS);
  await studio.command(page, 'Show the whole diagram again');
  await studio.goTo(page, 'orders');
  for (const [action, state] of [
    ['Focus on the selection', 'focus mode'],
    ['Show only the neighbours', 'neighbours'],
  ] as const) {
    await studio.command(page, action);
    await expect(page.getByRole('region', { name: 'What is shown' })).toBeVisible();
    await expectAccessibleInBoth(page, state, CANVAS);
    await studio.command(page, 'Show the whole diagram again');
  }
});

test('notes, areas, editing and diagrams', async ({ page }) => {
  await open(page);
  await studio.goTo(page, 'logbook');
  await studio.focusCanvas(page);
  await page.keyboard.press('g');
  await page.keyboard.press('Escape');
  await studio.focusCanvas(page);
  await page.getByRole('button', { name: 'Note', exact: true }).click();
  await page.keyboard.press('Enter');
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.fill('# Why\n\n- one *reason*\n- [a link](https://example.com)\n\n`code`');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Why' }).or(page.getByText('one reason')).first()).toBeVisible();
  await expectAccessibleInBoth(page, 'a note and an area', CANVAS);

  await studio.goTo(page, 'orders.total');
  await studio.focusCanvas(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: 'Name total' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('ti');
  await expect(page.getByRole('listbox')).toBeVisible();
  await expectAccessibleInBoth(page, 'inline grid with completion', `${CANVAS}, [role=listbox]`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await studio.goTo(page, 'logbook');
  await studio.focusCanvas(page);
  await page.keyboard.press('r');
  await expect(page.getByRole('combobox', { name: 'Relate logbook to' })).toBeFocused();
  await expect(page.getByRole('listbox', { name: 'Tables' })).toBeVisible();
  await expectAccessibleInBoth(page, 'relationship picker', `${CANVAS}, ${DIALOG}`);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(studio.dialog(page, 'New relationship')).toBeVisible();
  await expectAccessibleInBoth(page, 'relationship popover', DIALOG);
  await closeMenus(page);

  await studio.focusCanvas(page);
  await page.keyboard.press('Control+a');
  await expectAccessibleInBoth(page, 'inspector of several', '[data-pane=inspector]');
  await page.keyboard.press('Escape');

  await studio.command(page, 'New diagram');
  await page.keyboard.press('Escape');
  await closeMenus(page);
  await expectAccessibleInBoth(page, 'an empty diagram', CANVAS);
  await studio.command(page, 'Add tables to this diagram');
  await expect(studio.dialog(page, /Add tables/)).toBeVisible();
  await expectAccessibleInBoth(page, 'picker of tables', DIALOG);
});

test('command box and keys', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+k');
  const box = studio.dialog(page, 'Find a table, column or action');
  for (const typed of ['ord', '>fit', '@id', '#', '?'] as const) {
    await box.getByRole('combobox').fill(typed);
    await expect(box.getByRole('option').first()).toBeVisible();
    await expectAccessibleInBoth(page, `command box: ${typed}`, DIALOG);
  }
  await studio.closeDialog(page);

  await studio.command(page, 'Keyboard shortcuts');
  const sheet = studio.dialog(page, 'Keyboard shortcuts');
  await sheet.getByRole('textbox', { name: 'Filter' }).fill('map');
  await expectAccessibleInBoth(page, 'shortcuts', DIALOG);
  await sheet.getByRole('button', { name: /^Key of Show or hide the map/ }).click();
  await expectAccessibleInBoth(page, 'recording a key', DIALOG);
  await page.keyboard.press('Control+b');
  await expect(sheet.getByRole('alertdialog')).toBeVisible();
  await expectAccessibleInBoth(page, 'a key that is taken', DIALOG);
  await page.keyboard.press('Escape');
});

test('refactorings and resolutions', async ({ page }) => {
  await open(page);
  for (const [table, action, title] of [
    ['orders', 'Extract a table', 'Extract a table'],
    ['order_tags', 'Add a surrogate key', 'Add a surrogate key'],
    ['orders', 'Add audit and soft-delete columns', 'Add audit and soft-delete columns'],
    ['orders', 'Convert an enum', 'Convert an enum to a lookup table'],
    ['orders', 'Rename many', /Rename/],
  ] as const) {
    await studio.goTo(page, table);
    await studio.command(page, action);
    await expect(studio.dialog(page, title)).toBeVisible();
    await expectAccessibleInBoth(page, action, DIALOG);
    await studio.closeDialog(page);
  }
  await studio.focusCanvas(page);
  await page.keyboard.press('Shift+1');
  for (const [at, name] of ['people', 'customers', 'employees'].entries()) {
    await studio
      .table(page, name)
      .locator('.title')
      .click(at === 0 ? {} : { modifiers: ['Shift'] });
  }
  await page.keyboard.press('Alt+h');
  const hierarchy = studio.dialog(page, 'Subtype hierarchy');
  for (const [way, radio] of [
    ['one table', /^One table/],
    ['a table for each type', /^A table for each type/],
  ] as const) {
    await hierarchy.getByRole('radio', { name: radio }).click();
    await expectAccessibleInBoth(page, `subtype hierarchy: ${way}`, DIALOG);
  }
});

test('pictures, links and windows of every size', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+e');
  await studio.dialog(page, 'Export').getByRole('tab', { name: 'Documents and files' }).click();
  await expectAccessibleInBoth(page, 'export of files', DIALOG);
  for (const format of ['SVG', 'PNG', 'PDF', 'Web page'] as const) {
    await studio.pictureDialog(page, format);
    await expectAccessibleInBoth(page, `picture: ${format}`, DIALOG);
  }
  await studio.closeDialog(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Share a link' }).click();
  await studio.dialog(page, 'Share a link').getByRole('button', { name: 'Copy link' }).click();
  await expect(studio.notice(page, 'The link is on the clipboard.')).toBeVisible();
  await expectAccessibleInBoth(page, 'share', DIALOG);
  await studio.closeDialog(page);
  const link = await page.evaluate(() => navigator.clipboard.readText());

  for (const [state, width, height] of [
    ['a window of 820 pixels', 820, 900],
    ['a window of 1024 pixels', 1024, 700],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expectAccessibleInBoth(page, state);
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.goto(link);
  await page.reload();
  await studio.ready(page);
  await expect(page.getByRole('status').filter({ hasText: 'came in a link' })).toBeVisible();
  await expectAccessibleInBoth(page, 'what came in a link');
});

test('an import under way, and the far view', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await studio.start(page);
  await studio.openFiles(page, { name: 'many.sql', content: schemaDdl(generateTables(800)) });
  await studio.preview(page).getByRole('button', { name: 'Import', exact: true }).click({ timeout: 60_000 });
  const arrival = studio.arrival(page);
  await expect(arrival.getByRole('progressbar')).toBeVisible();
  await expectAccessibleInBoth(page, 'an import under way', CANVAS);
  await expect(arrival).toHaveCount(0, { timeout: 90_000 });
  await expect(page.locator('canvas.canvas-far')).toBeVisible();
  await expectAccessibleInBoth(page, 'far view', CANVAS);
});
