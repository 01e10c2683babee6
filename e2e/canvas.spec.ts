import type { Locator, Page } from '@playwright/test';
import { generatedSchema } from '../test/generated-schema.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = `
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  total numeric(12, 2) NOT NULL CONSTRAINT total_is_positive CHECK (total >= 0)
);
CREATE TABLE products (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL);
CREATE VIEW large_orders AS SELECT id, total FROM orders WHERE total > 1000;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY small_ones ON orders FOR SELECT USING (total < 500);
`;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function openShop(page: Page): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await expect(studio.table(page, 'orders')).toBeVisible();
}

/** Presses at a point, moves in steps and lets go, as a hand does. */
async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }, letGo = true): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  if (letGo) await page.mouse.up();
}

const headOf = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + 14 });

function undoButton(page: Page): Locator {
  return page.getByRole('region', { name: 'Document' }).getByRole('button', { name: /^(?:Undo: |Nothing to undo)/ });
}

function inspector(page: Page): Locator {
  return page.getByRole('region', { name: 'Inspector' });
}

/** The place of a table that has come to rest there. */
async function expectAt(locator: Locator, { x, y }: { x: number; y: number }): Promise<void> {
  await expect(async () => {
    const box = await studio.boxOf(locator);
    expect(Math.abs(box.x - x) + Math.abs(box.y - y)).toBeLessThan(9);
  }).toPass({ timeout: 10_000 });
}

test('a table is drawn, named and filled without leaving the keyboard after one click', async ({ page }) => {
  await studio.start(page);
  const canvas = await studio.boxOf(page.getByRole('application', { name: 'Diagram' }));
  await studio.focusCanvas(page);
  await page.keyboard.press('t');
  await page.mouse.click(canvas.x + 120, canvas.y + 60);
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.type('customers');
  await page.keyboard.press('Control+Enter');
  const cell = page.getByRole('combobox', { name: 'New column' });
  await expect(cell).toBeFocused();
  await page.keyboard.type('email');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'Type of column email' })).toBeFocused();
  await page.keyboard.type('varchar(120)');
  await page.keyboard.press('Tab');
  await expect(
    page.getByRole('application', { name: 'Diagram' }).getByRole('gridcell', { name: 'email: may be null' }),
  ).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');
  await expect(cell).toBeFocused();
  await page.keyboard.type('note');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const table = studio.table(page, 'customers');
  await expect(table).toHaveAccessibleName(/3 columns/);
  await expect(studio.row(page, 'customers', 'email')).toContainText('varchar(120)');
  await studio.ddlSays(page, (sql) => {
    expect(sql).toMatch(/CREATE TABLE (?:public\.)?customers/);
    expect(sql).toMatch(/email (?:varchar|character varying)\(120\) NOT NULL/);
    expect(sql).toMatch(/note text/);
  });

  // What is new and its first name are one step.
  await studio.focusCanvas(page);
  await studio.undo(page);
  await expect(table).toHaveAccessibleName(/2 columns/);
  for (let step = 0; step < 3; step++) await studio.undo(page);
  await expect(page.getByRole('group', { name: /^Table / })).toHaveAccessibleName(/customers, 1 column/);
  await studio.undo(page);
  await expect(page.getByRole('group', { name: /^Table / })).toHaveCount(0);
});

test('tables are dragged, boxed, shift-clicked and aligned; each is one step back', async ({ page }) => {
  await openShop(page);
  const orders = studio.table(page, 'orders');
  const before = await studio.boxOf(orders);
  await drag(page, headOf(before), { x: headOf(before).x + 92, y: headOf(before).y + 64 });
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Move orders');
  const after = await studio.boxOf(orders);
  expect(after.x - before.x).toBeGreaterThan(60);
  await studio.undo(page);
  await expectAt(orders, before);
  await expect(undoButton(page)).not.toHaveAccessibleName('Undo: Move orders');

  await drag(page, headOf(before), { x: headOf(before).x + 80, y: headOf(before).y + 40 }, false);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expectAt(orders, before);
  await expect(undoButton(page)).not.toHaveAccessibleName('Undo: Move orders');

  const boxes = await Promise.all(['customers', 'orders', 'products'].map((name) => studio.boxOf(studio.table(page, name))));
  const view = await studio.boxOf(page.getByRole('group', { name: /large_orders/ }));
  const all = [...boxes, view];
  const corner = { x: Math.min(...all.map((box) => box.x)) - 10, y: Math.min(...all.map((box) => box.y)) - 10 };
  const end = {
    x: Math.max(...all.map((box) => box.x + box.width)) + 6,
    y: Math.max(...all.map((box) => box.y + box.height)) + 6,
  };
  await drag(page, corner, end);
  await expect(inspector(page).getByRole('heading', { name: '4 selected' })).toBeVisible();
  await page.keyboard.down('Shift');
  await page.mouse.click(headOf(view).x, headOf(view).y);
  await page.keyboard.up('Shift');
  await expect(inspector(page).getByRole('heading', { name: '3 selected' })).toBeVisible();
  await studio.command(page, 'Align left');
  await expect(async () => {
    const left = await Promise.all(
      ['customers', 'orders', 'products'].map(async (name) => (await studio.boxOf(studio.table(page, name))).x),
    );
    expect(Math.max(...left) - Math.min(...left)).toBeLessThan(1);
  }).toPass();
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Align left');
  await studio.undo(page);
  await expectAt(orders, before);
});

test('the view is fitted, zoomed, moved by the minimap, and found again when lost', async ({ page }) => {
  await openShop(page);
  const canvas = await studio.boxOf(page.getByRole('application', { name: 'Diagram' }));
  const orders = studio.table(page, 'orders');
  await studio.focusCanvas(page);
  for (let times = 0; times < 3; times++) await page.keyboard.press('+');
  await page.getByRole('button', { name: /^Zoom \d+ %$/ }).click();
  await page.getByRole('menuitem', { name: /^100 %/ }).click();
  await expect(page.getByRole('button', { name: 'Zoom 100 %', exact: true })).toBeVisible();
  const before = await studio.boxOf(orders);
  const map = { x: canvas.x + 70, y: canvas.y + canvas.height - 50 };
  await page.mouse.move(map.x, map.y);
  await page.mouse.down();
  await page.mouse.move(map.x + 40, map.y + 25, { steps: 4 });
  await page.mouse.up();
  await expect(async () => {
    const now = await orders.boundingBox();
    expect(now === null || Math.abs(now.x - before.x) + Math.abs(now.y - before.y) > 20).toBe(true);
  }).toPass();
  await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + 100);
  await page.mouse.wheel(9000, 9000);
  await expect(page.getByText('Nothing of the diagram is in sight here.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the tables' }).click();
  await expect(page.getByText('Nothing of the diagram is in sight here.')).toBeHidden();
  for (const name of ['customers', 'orders', 'products']) await expect(studio.table(page, name)).toBeInViewport();
});

/** The ends of relationships as they are drawn now. */
function glyphs(page: Page): Promise<string> {
  return page
    .locator('.canvas-edges')
    .evaluate((svg) => [...svg.querySelectorAll('path')].map((path) => path.getAttribute('d')).join('|'));
}

test('a relationship drawn from row to row says child and parent, and its ends follow the keys', async ({ page }) => {
  await openShop(page);
  await studio.focusCanvas(page);
  await page.keyboard.press('r');
  const from = await studio.boxOf(studio.row(page, 'customers', 'id'));
  const to = await studio.boxOf(studio.row(page, 'orders', 'total'));
  const tables = [await studio.boxOf(studio.table(page, 'customers')), await studio.boxOf(studio.table(page, 'orders'))];
  await drag(page, { x: from.x + 30, y: from.y + 12 }, { x: to.x + 60, y: to.y + 12 });
  const popover = studio.dialog(page, 'New relationship');
  await expect(popover).toBeVisible();
  // Drawn from the parent, but its row is a key: the other is the child.
  await expect(popover).toContainText(/Child\s*orders/);
  await expect(popover).toContainText(/Parent\s*customers/);
  const shown = await studio.boxOf(popover);
  for (const box of tables) {
    const apart =
      shown.x >= box.x + box.width ||
      box.x >= shown.x + shown.width ||
      shown.y >= box.y + box.height ||
      box.y >= shown.y + shown.height;
    expect(apart, 'the popover leaves both tables in sight').toBe(true);
  }
  await popover.getByRole('combobox', { name: 'Column of the child' }).click();
  await page.getByRole('option', { name: /a new column customer_id/ }).click();
  await expect(popover).toContainText(
    'Each row of orders has exactly one row of customers; each row of customers has any number of orders.',
  );
  await popover.getByRole('button', { name: 'Relate them' }).click();
  await expect(popover).toBeHidden();
  await expect(inspector(page)).toContainText('Each row of orders has exactly one row of customers');
  await expect.poll(() => studio.ddl(page)).toMatch(/customer_id bigint NOT NULL REFERENCES customers \(id\)/);

  const mandatory = await glyphs(page);
  await studio.goTo(page, 'orders');
  const columns = await studio.inspectorTab(page, 'Columns');
  await columns.getByRole('gridcell').or(columns.getByRole('checkbox')).first().waitFor();
  await studio.focusCanvas(page);
  await studio.row(page, 'orders', 'customer_id').dblclick();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await expect.poll(() => glyphs(page)).not.toBe(mandatory);
  const keys = await studio.inspectorTab(page, 'Keys');
  await expect(keys.getByRole('button', { name: /^foreign key customer_id/ })).toContainText('0..n : 0..1');

  // What was meant is kept, and said where the keys do not hold it.
  await keys.getByRole('button', { name: /^foreign key customer_id/ }).click();
  await keys.getByRole('combobox', { name: 'Parents' }).click();
  await page.getByRole('option', { name: /exactly one/ }).click();
  await expect(keys).toContainText(
    'Declared exactly one parent, but the columns say at most one. Make the foreign key’s columns NOT NULL.',
  );
  await studio.focusCanvas(page);
  await page.keyboard.press('Escape');
  await expect(page.locator('.canvas-edges .warn path.dashes')).toHaveAttribute('d', /M/);
});

test('one to one makes a unique column, many to many a table between', async ({ page }) => {
  await openShop(page);
  const popover = studio.dialog(page, 'New relationship');
  const relate = async (child: string, parent: string, kind: string) => {
    await studio.focusCanvas(page);
    await page.keyboard.press('r');
    await studio.table(page, child).locator('.title').click();
    await studio.table(page, parent).locator('.title').click();
    await expect(popover).toContainText(child);
    await popover.getByRole('radio', { name: kind }).click();
  };
  await relate('orders', 'customers', '1 : 1');
  await expect(popover).toContainText('each row of customers has at most one of orders.');
  await popover.getByRole('button', { name: 'Relate them' }).click();
  await relate('orders', 'products', 'M : N');
  await expect(popover).toContainText('Many rows of orders belong to many rows of products');
  await popover.getByRole('button', { name: 'Relate them' }).click();
  await studio.expectTables(page, 4);
  await studio.ddlSays(page, (sql) => {
    expect(sql).toMatch(/UNIQUE \(customer_id\)|customer_id bigint NOT NULL UNIQUE/);
    expect(sql).toMatch(/PRIMARY KEY \((?:order_id, product_id|product_id, order_id)\)/);
  });
  await studio.undo(page);
});

test('a rename reaches the SQL that names it, and a deletion lists what depends on it', async ({ page }) => {
  await openShop(page);
  await studio.row(page, 'orders', 'total').getByText('total', { exact: true }).dblclick();
  await expect(page.getByRole('combobox', { name: 'Name of column total' })).toBeFocused();
  await page.keyboard.type('amount');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(studio.row(page, 'orders', 'amount')).toBeVisible();
  await studio.ddlSays(page, (sql) => {
    expect(sql).toContain('amount >= 0');
    expect(sql).toMatch(/amount < 500/);
    // What the view shows keeps its name, what it reads follows.
    expect(sql).toContain('SELECT id, amount AS total FROM orders WHERE amount > 1000');
  });

  await studio.table(page, 'orders').locator('.title').click();
  await page.keyboard.press('Delete');
  const asked = page.getByRole('alertdialog');
  await expect(asked).toContainText('large_orders');
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await expect(studio.table(page, 'orders')).toBeVisible();
  await studio.focusCanvas(page);
  await page.keyboard.press('Delete');
  await asked.getByRole('button', { name: 'Delete' }).click();
  await expect(studio.table(page, 'orders')).toHaveCount(0);
  await studio.undo(page);
  await expect(studio.table(page, 'orders')).toBeVisible();
});

test('areas hold tables and move with them; notes are typed where they stand', async ({ page }) => {
  await openShop(page);
  await studio.table(page, 'customers').locator('.title').click();
  await studio.focusCanvas(page);
  await page.keyboard.press('g');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.type('People');
  await page.keyboard.press('Enter');
  const title = page.locator('.canvas-area', { hasText: 'People' });
  await expect(title).toBeVisible();
  const area = await studio.boxOf(title);
  const before = await studio.boxOf(studio.table(page, 'customers'));
  await drag(page, { x: area.x + 60, y: area.y + 12 }, { x: area.x + 20, y: area.y + 72 });
  const moved = await studio.boxOf(studio.table(page, 'customers'));
  expect(moved.y - before.y).toBeGreaterThan(40);
  await studio.undo(page);
  await expectAt(studio.table(page, 'customers'), before);

  await studio.focusCanvas(page);
  await page.keyboard.press('n');
  const canvas = await studio.boxOf(page.getByRole('application', { name: 'Diagram' }));
  await page.mouse.click(canvas.x + canvas.width / 2, canvas.y + 24);
  await expect(page.getByRole('textbox', { name: 'Note', exact: true })).toBeFocused();
  await page.keyboard.type('Ask sales about refunds');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('group', { name: 'Note: Ask sales about refunds' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'Areas 1' })).toBeVisible();
});

/** Screen points over the canvas, row by row, until one is a table of the far view: the status bar then says which. */
async function tableInFarView(page: Page): Promise<{ at: { x: number; y: number }; name: string }> {
  const canvas = await studio.boxOf(page.getByRole('application', { name: 'Diagram' }));
  const path = page.getByRole('navigation', { name: 'Where you are' }).getByRole('button', { name: /^Table / });
  for (let y = canvas.y + canvas.height / 2; y < canvas.y + canvas.height - 80; y += 7) {
    for (let x = canvas.x + canvas.width / 2; x < canvas.x + canvas.width / 2 + 90; x += 9) {
      await page.mouse.click(x, y);
      if (await path.isVisible()) return { at: { x, y }, name: (await path.textContent())?.trim().split('.').at(-1) ?? '' };
    }
  }
  throw new Error('No table was met.');
}

test('above two hundred tables the far view is clicked and dragged as the near one is', async ({ page }) => {
  test.slow();
  await studio.start(page);
  await studio.importSql(page, { name: 'many.sql', content: generatedSchema({ tables: 220 }) });
  await studio.focusCanvas(page);
  await page.keyboard.press('Shift+1');
  await expect(page.getByRole('group', { name: /^Table / })).toHaveCount(0);
  const { at, name } = await tableInFarView(page);
  const under = () =>
    page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.closest('[role=group]')?.getAttribute('aria-label') ?? '', [
      at.x,
      at.y,
    ] as const);
  const zoomIn = async () => {
    await page.mouse.move(at.x, at.y);
    for (let turn = 0; turn < 14; turn++) {
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -240);
      await page.keyboard.up('Control');
      if (await studio.table(page, name).isVisible()) break;
    }
    await expect(studio.table(page, name)).toBeVisible();
  };
  await zoomIn();
  await expect.poll(under).toContain(`Table ${name},`);
  await studio.focusCanvas(page);
  await page.keyboard.press('Shift+1');
  await expect(page.getByRole('group', { name: /^Table / })).toHaveCount(0);

  await drag(page, at, { x: at.x + 40, y: at.y + 30 });
  await expect(undoButton(page)).toHaveAccessibleName(`Undo: Move ${name}`);
  await studio.undo(page);
  await expect(undoButton(page)).not.toHaveAccessibleName(`Undo: Move ${name}`);
});

test('a menu pastes copied tables as tables, with no dialog', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio.start(page);
  await studio.importSql(page, {
    name: 'pair.sql',
    content: 'CREATE TABLE one (id bigint PRIMARY KEY); CREATE TABLE two (id bigint);',
  });
  await studio.table(page, 'one').click({ button: 'right', position: { x: 30, y: 12 } });
  await page.getByRole('menuitem', { name: /^Copy as SQL/ }).click();
  await page.getByRole('application', { name: 'Diagram' }).click({ button: 'right', position: { x: 20, y: 120 } });
  await page.getByRole('menuitem', { name: /^Paste/ }).click();
  await studio.expectTables(page, 3);
  await expect(studio.table(page, 'one_copy')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
