import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** What changes the model, how it is shown and which diagrams there are, one after the other; the file says whether all is as it was. */

const SHOP = `
CREATE TYPE order_state AS ENUM ('open', 'paid');
CREATE TABLE customers (id bigint PRIMARY KEY, full_name text NOT NULL);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  state order_state NOT NULL DEFAULT 'open',
  street text NOT NULL,
  city text
);
CREATE TABLE tags (id bigint PRIMARY KEY, label text NOT NULL);
`;

const tab = (page: Page, name: string) => page.getByRole('tablist', { name: 'Diagrams' }).getByRole('tab', { name, exact: true });
const level = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Level of the model' }).getByRole('radio', { name });

async function extractAddresses(page: Page): Promise<void> {
  await studio.goTo(page, 'orders');
  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+x');
  const extract = studio.dialog(page, 'Extract a table');
  await extract.getByRole('checkbox', { name: 'street' }).click();
  await extract.getByRole('checkbox', { name: 'city' }).click();
  await extract.getByRole('textbox', { name: 'Name of the new table' }).fill('addresses');
  await extract.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.expectTables(page, 4);
}

async function drawLogical(page: Page): Promise<void> {
  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+l');
  await expect(level(page, 'Logical')).toBeChecked();
  await studio.command(page, 'Draw in IDEF1X notation');
  await expect(page.getByRole('button', { name: 'Notation: IDEF1X' })).toBeVisible();
}

async function makeDiagram(page: Page): Promise<void> {
  await studio.focusCanvas(page);
  await studio.command(page, 'New diagram');
  await expect(page.getByRole('textbox', { name: /^New name of diagram/ })).toBeFocused();
  await page.keyboard.type('Sales');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'Sales')).toHaveAttribute('aria-selected', 'true');
  await studio.focusCanvas(page);
  await page.keyboard.press('Shift+A');
  const picker = studio.dialog(page, 'Add tables to Sales');
  await picker.getByRole('option', { name: /^orders/ }).click();
  await picker.getByRole('option', { name: /^addresses/ }).click();
  await picker.getByRole('button', { name: 'Add 2 tables' }).click();
  await expect(studio.table(page, 'addresses')).toBeVisible();
}

async function renameOnDiagram(page: Page): Promise<void> {
  await studio.table(page, 'orders').click({ position: { x: 30, y: 12 } });
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('purchases');
  await page.keyboard.press('Enter');
  await expect(studio.table(page, 'purchases')).toBeVisible();
}

test('refactored, shown otherwise, put on a diagram, renamed there: back and forth and over reloads it is the same file', async ({
  page,
}) => {
  test.slow();
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  const files = [await studio.crowfootFile(page)];
  for (const act of [extractAddresses, drawLogical, makeDiagram, renameOnDiagram]) {
    await act(page);
    files.push(await studio.crowfootFile(page));
  }
  expect(new Set(files).size, 'each of them changes the file').toBe(files.length);
  const [first = '', last = ''] = [files[0], files.at(-1)];

  // All of it, then over a reload with half of it taken back.
  const steps = await studio.undoAll(page);
  expect(await studio.crowfootFile(page)).toBe(first);
  await expect(tab(page, 'Sales')).toHaveCount(0);
  await expect(level(page, 'Physical')).toBeChecked();
  expect(await studio.redoAll(page)).toBe(steps);
  expect(await studio.crowfootFile(page)).toBe(last);

  // Each stage is come by on the way back.
  const met = new Set([last]);
  await studio.focusCanvas(page);
  for (let step = 0; step < steps; step++) {
    await studio.undo(page);
    met.add(await studio.crowfootFile(page));
    await studio.focusCanvas(page);
    if (step !== 1) continue;
    const before = await studio.crowfootFile(page);
    await studio.saved(page);
    await page.reload();
    await studio.ready(page);
    expect(await studio.crowfootFile(page)).toBe(before);
    await studio.focusCanvas(page);
  }
  for (const [at, file] of files.entries()) expect(met.has(file), `stage ${at}`).toBe(true);
  await studio.saved(page);
  await page.reload();
  await studio.ready(page);
  expect(await studio.redoAll(page)).toBe(steps);
  expect(await studio.crowfootFile(page)).toBe(last);
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
});

test('a second tab sees refactoring, level and diagram of the first, takes over, and takes all of it back', async ({
  page,
  secondTab,
}) => {
  test.slow();
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  const first = await studio.crowfootFile(page);
  const second = await secondTab();
  await studio.start(second);
  const follows = (at: Page) => at.getByRole('status').filter({ hasText: 'Another tab is editing this document.' });
  await expect(follows(second)).toBeVisible();

  await page.bringToFront();
  await extractAddresses(page);
  await drawLogical(page);
  await makeDiagram(page);
  await studio.saved(page);
  const last = await studio.crowfootFile(page);

  await second.bringToFront();
  await expect(tab(second, 'Sales')).toBeVisible();
  await expect(level(second, 'Logical')).toBeChecked();
  expect(await studio.crowfootFile(second)).toBe(last);
  await follows(second).getByRole('button', { name: 'Take over' }).click();
  await expect(follows(second)).toHaveCount(0);
  const steps = await studio.undoAll(second);
  expect(await studio.crowfootFile(second)).toBe(first);
  expect(await studio.redoAll(second)).toBe(steps);
  await renameInTree(second, 'tags', 'labels');
  await studio.saved(second);
  const renamed = await studio.crowfootFile(second);

  await page.bringToFront();
  await expect(follows(page)).toBeVisible();
  await expect(studio.treeItem(page, 'labels')).toBeVisible();
  expect(await studio.crowfootFile(page)).toBe(renamed);
  await second.close();
  await expect(follows(page)).toHaveCount(0);
  expect(await studio.undoAll(page)).toBe(steps + 1);
  expect(await studio.crowfootFile(page)).toBe(first);
});

async function renameInTree(page: Page, from: string, to: string): Promise<void> {
  await studio.treeItem(page, from).click();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: `New name of ${from}` });
  await field.fill(to);
  await field.press('Enter');
  await expect(studio.treeItem(page, to)).toBeVisible();
}
