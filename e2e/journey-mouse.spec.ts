import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

interface Spot {
  readonly x: number;
  readonly y: number;
}

async function drag(page: Page, from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

/** Draws a table with the tool, names it, and types its columns into the row below it. Nothing but typing is done by keys. */
async function draw(page: Page, at: Spot, name: string, columns: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await page.mouse.click(at.x, at.y);
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.type(name);
  for (const column of columns) {
    await page.getByRole('button', { name: /^Add a column to / }).click();
    await expect(page.getByRole('combobox', { name: 'New column' })).toBeFocused();
    await page.keyboard.type(column);
    await studio.table(page, name).locator('.title').click();
  }
  await expect(studio.table(page, name)).toBeVisible();
}

/** Drags from the end of one row to another table's row, as far as the question who is child. */
async function relate(page: Page, child: Locator, parent: Locator): Promise<Locator> {
  const [from, to] = [await studio.boxOf(child), await studio.boxOf(parent)];
  await drag(page, { x: from.x + from.width - 5, y: from.y + 12 }, { x: to.x + to.width / 2, y: to.y + 12 });
  const popover = studio.dialog(page, 'New relationship');
  await expect(popover).toBeVisible();
  return popover;
}

async function menu(page: Page, on: Locator, item: string | RegExp): Promise<void> {
  await on.click({ button: 'right', position: { x: 60, y: 12 } });
  await page.getByRole('menuitem', { name: item }).click();
}

test('twelve tables from nothing by mouse alone, typing names', async ({ page }) => {
  test.slow();
  await studio.start(page);
  await page
    .getByRole('region', { name: 'Dock' })
    .getByRole('button', { name: /^Close/ })
    .click();
  const canvas = await studio.boxOf(page.getByRole('application', { name: 'Diagram' }));
  const spot = (column: number, row: number): Spot => ({ x: canvas.x + 14 + column * 254, y: canvas.y + 56 + row * 170 });

  await test.step('draw', async () => {
    await draw(page, spot(0, 0), 'customers', ['email text! uq, name text!']);
    await draw(page, spot(1, 0), 'orders', ['placed_at = now()', "status enum(draft, paid)! = 'draft'"]);
    await draw(page, spot(2, 0), 'payments', ['amount numeric(12,2)!, method text']);
    await draw(page, spot(0, 1), 'shipments', ['carrier text']);
    await draw(page, spot(1, 1), 'addresses', ['street text!, city text!']);
    await draw(page, spot(2, 1), 'order_items', ['order_id bigint!, product_id bigint!', 'quantity integer! = 1']);
    await draw(page, spot(0, 2), 'products', ['sku text!, price numeric(12,2)!']);
    await draw(page, spot(1, 2), 'categories', ['name text!']);
    await draw(page, spot(2, 2), 'suppliers', ['name text!']);
    await draw(page, spot(0, 3), 'tags', ['name text! uq']);
    await draw(page, spot(1, 3), 'employees', ['name text!']);
    await studio.expectTables(page, 11);
  });

  const id = (table: string) => studio.row(page, table, 'id');
  await test.step('relate by dragging from row to row', async () => {
    for (const [child, parent] of [
      ['orders', 'customers'],
      ['addresses', 'customers'],
      ['payments', 'orders'],
      ['shipments', 'orders'],
      ['products', 'categories'],
    ] as const) {
      const popover = await relate(page, id(child), id(parent));
      await expect(popover).toContainText(new RegExp(`Child\\s*${child}`));
      await popover.getByRole('button', { name: 'Relate them' }).click();
      await expect(popover).toHaveCount(0);
    }
    for (const [column, parent] of [
      ['order_id', 'orders'],
      ['product_id', 'products'],
    ] as const) {
      const popover = await relate(page, studio.row(page, 'order_items', column), id(parent));
      await popover.getByRole('button', { name: 'Relate them' }).click();
      await expect(popover).toHaveCount(0);
    }
    const popover = await relate(page, id('products'), id('tags'));
    await popover.getByRole('radio', { name: 'M : N' }).click();
    await popover.getByRole('button', { name: 'Relate them' }).click();
    await studio.expectTables(page, 12);
  });

  await test.step('rows picked with Ctrl become the key; the surrogate is deleted from its menu', async () => {
    await menu(page, id('order_items'), /^Delete/);
    const asked = page.getByRole('alertdialog');
    await asked.getByRole('button', { name: 'Delete' }).click();
    await expect(id('order_items')).toHaveCount(0);
    await studio.row(page, 'order_items', 'order_id').click();
    await studio.row(page, 'order_items', 'product_id').click({ modifiers: ['Control'] });
    await menu(page, studio.row(page, 'order_items', 'product_id'), /^Primary key of the selected columns/);
  });

  await test.step('an index, a comment, a column moved to another table by its sign', async () => {
    await studio.row(page, 'shipments', 'carrier').click();
    await menu(page, studio.row(page, 'shipments', 'carrier'), /^Index over the selected columns/);
    await menu(page, studio.table(page, 'employees').locator('.title'), /^Edit the comment/);
    await page.getByRole('textbox', { name: 'Comment' }).fill('Who works here');
    await page.getByRole('button', { name: 'Keep' }).click();
    const sku = await studio.boxOf(studio.row(page, 'products', 'sku'));
    const name = await studio.boxOf(studio.row(page, 'suppliers', 'name'));
    await drag(page, { x: sku.x + 16, y: sku.y + 12 }, { x: name.x + 60, y: name.y + 21 });
    await expect(studio.row(page, 'suppliers', 'sku')).toBeVisible();
    await page
      .getByRole('region', { name: 'Document' })
      .getByRole('button', { name: 'Undo: Move column sku to suppliers' })
      .click();
    await expect(studio.row(page, 'products', 'sku')).toBeVisible();
  });

  await test.step('what it says is what was meant', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const button = studio.dialog(page, 'Export').getByRole('button', { name: 'Download SQL schema', exact: true });
    const { text } = await studio.downloadText(page, () => button.click());
    const sql = text.replaceAll(/\s+/g, ' ');
    expect(sql.match(/CREATE TABLE/g)).toHaveLength(12);
    expect(sql).toMatch(/email text NOT NULL UNIQUE/);
    expect(sql).toMatch(/placed_at timestamptz DEFAULT now\(\)/);
    expect(sql).toMatch(/CREATE TABLE orders \(.*customer_id bigint NOT NULL REFERENCES customers \(id\)/);
    expect(sql).toMatch(/CREATE TABLE payments \(.*order_id bigint NOT NULL REFERENCES orders \(id\)/);
    expect(sql).toMatch(/category_id bigint NOT NULL REFERENCES categories \(id\)/);
    expect(sql).toMatch(/PRIMARY KEY \(order_id, product_id\)/);
    expect(sql).toMatch(/PRIMARY KEY \((?:product_id, tag_id|tag_id, product_id)\)/);
    expect(sql).toMatch(/CREATE INDEX (?:\w+ )?ON shipments \(carrier\)/);
    expect(sql).toContain("COMMENT ON TABLE employees IS 'Who works here'");
  });

  await test.step('and PostgreSQL runs it', async () => {
    await studio
      .dialog(page, 'Export')
      .getByRole('button', { name: /^Close/ })
      .click();
    await page.getByRole('button', { name: /^Find a table, column or action/ }).click();
    await page.keyboard.type('Check on PostgreSQL');
    await page.getByRole('option', { name: 'Check on PostgreSQL' }).first().click();
    await expect(studio.statusBar(page).getByText(/^runs on PostgreSQL [\d.]+$/)).toBeVisible({ timeout: 45_000 });
  });
});
