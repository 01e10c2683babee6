import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** What has the focus, in words; `nothing` when nothing has. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    if (element === document.body) return 'nothing';
    return `${element.getAttribute('role') ?? element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent ?? ''}`.trim();
  });
}

async function expectFocus(page: Page, what: RegExp): Promise<void> {
  await expect.poll(() => focused(page)).toMatch(what);
}

/** Types lines into the row of a new column, each with Enter, and goes back to the table. */
async function typeColumns(page: Page, lines: readonly string[]): Promise<void> {
  const cell = page.getByRole('combobox', { name: 'New column' });
  for (const line of lines) {
    await expect(cell).toHaveValue('');
    await expect(cell).toBeFocused();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  }
  await expect(cell).toHaveValue('');
  await page.keyboard.press('Escape');
  await expectFocus(page, /^gridcell New column/);
  await page.keyboard.press('Escape');
  await expectFocus(page, /^group Table/);
}

/** A new table with its columns, by nothing but keys. */
async function newTable(page: Page, name: string, lines: readonly string[]): Promise<void> {
  await page.keyboard.press('Shift+T');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await typeColumns(page, lines);
}

/** Goes to a table by its name, and into the canvas. */
async function goTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(studio.dialog(page, 'Find a table, column or action').getByRole('combobox')).toBeFocused();
  await page.keyboard.type(name);
  await expect(page.getByRole('option', { name }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.focusCanvas(page);
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name, exact: true })).toBeVisible();
}

test('twelve tables from nothing by keyboard alone', async ({ page }) => {
  test.slow();
  await studio.start(page);
  await page.keyboard.press('Control+Alt+1');
  await expect(page.getByRole('application', { name: 'Diagram' })).toBeFocused();

  await test.step('tables with types, nulls, defaults, unique keys, comments, an enum', async () => {
    await newTable(page, 'customers', [
      'email varchar(160)! uq -- where to write',
      'name text!',
      'created_at timestamptz! = now()',
    ]);
    await newTable(page, 'addresses', ['-> customers!', 'street text!, city text!', 'country char(2)!']);
    await newTable(page, 'categories', ['name text! uq', 'parent_id -> categories']);
    await newTable(page, 'products', ['sku text! uq', 'title text!', 'price numeric(12,2)! = 0', '-> categories']);
    await newTable(page, 'tags', ['name text! uq']);
    await newTable(page, 'suppliers', ['name text!', 'phone text']);
    await newTable(page, 'orders', [
      '-> customers!',
      'placed_at timestamptz! = now()',
      "status enum(draft, paid, sent)! = 'draft'",
    ]);
    await newTable(page, 'payments', ['-> orders! cascade', 'amount numeric(12,2)!', 'method text!']);
    await newTable(page, 'shipments', ['-> orders!', 'shipped_at timestamptz', 'carrier text']);
    await newTable(page, 'employees', ['name text!', 'manager_id -> employees']);
    await studio.expectTables(page, 10);
  });

  await test.step('a composite primary key: the surrogate goes, asked and answered by keys', async () => {
    await newTable(page, 'order_items', []);
    await page.keyboard.press('Enter');
    await expectFocus(page, /^gridcell Name id/);
    await page.keyboard.press('Delete');
    const asked = page.getByRole('alertdialog');
    await expect(asked).toContainText('primary key');
    await page.keyboard.press('Tab');
    await expect(asked.getByRole('button', { name: 'Delete' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expectFocus(page, /^gridcell New column/);
    await page.keyboard.press('Enter');
    await typeColumns(page, ['order_id -> orders! pk', 'product_id -> products! pk', 'quantity integer! = 1']);
    await studio.expectTables(page, 11);
  });

  await test.step('many to many: R, the name of the other table, M', async () => {
    await goTo(page, 'products');
    await page.keyboard.press('r');
    await expect(page.getByRole('combobox', { name: 'Relate products to' })).toBeFocused();
    await page.keyboard.type('tag');
    await page.keyboard.press('Enter');
    const popover = studio.dialog(page, 'New relationship');
    await expect(popover.getByRole('button', { name: 'Relate them' })).toBeFocused();
    await page.keyboard.press('m');
    await expect(popover).toContainText(/Many rows of \w+ belong to many rows of/);
    await page.keyboard.press('Enter');
    await expect(popover).toHaveCount(0);
    await studio.expectTables(page, 12);
  });

  await test.step('a foreign key whose column is made: suppliers of products, optional', async () => {
    await goTo(page, 'products');
    await page.keyboard.press('r');
    await page.keyboard.type('supp');
    await page.keyboard.press('Enter');
    const popover = studio.dialog(page, 'New relationship');
    await expect(popover).toContainText(/Parent\s*suppliers/);
    await page.keyboard.press('o');
    await expect(popover).toContainText('at most one row of suppliers');
    await page.keyboard.press('Enter');
    await expect(popover).toHaveCount(0);
  });

  await test.step('a type mistyped in its cell, mended by one key, its arguments kept', async () => {
    await goTo(page, 'suppliers');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expectFocus(page, /^gridcell Name phone/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.keyboard.type('varhcar(40)');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'Did you mean varchar?' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expectFocus(page, /^gridcell New column/);
    await page.keyboard.press('Escape');
    await expectFocus(page, /^group Table suppliers/);
  });

  await test.step('rows selected with Shift make one composite index', async () => {
    await goTo(page, 'orders');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Home');
    await page.keyboard.press('i');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expectFocus(page, /^group Table orders/);
    await goTo(page, 'shipments');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    await page.keyboard.press('i');
    await page.keyboard.press('Escape');
  });

  await test.step('a comment on a table, and another schema', async () => {
    await goTo(page, 'employees');
    await page.keyboard.press('Shift+F2');
    await expect(page.getByRole('textbox', { name: 'Comment' })).toBeFocused();
    await page.keyboard.type('Who works here');
    await page.keyboard.press('Enter');
    await expectFocus(page, /^group Table employees/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Move to another schema');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Schema', exact: true })).toBeFocused();
    await page.keyboard.type('staff');
    await page.keyboard.press('Enter');
    await expectFocus(page, /^group Table employees/);
  });

  await test.step('what it says is what was meant', async () => {
    await page.keyboard.press('Control+e');
    const box = studio.dialog(page, 'Export');
    const button = box.getByRole('button', { name: 'Download SQL schema', exact: true });
    await expect(button).toBeVisible();
    for (let times = 0; times < 20 && !(await button.evaluate((one) => one === document.activeElement)); times++)
      await page.keyboard.press('Tab');
    const { text } = await studio.downloadText(page, () => page.keyboard.press('Enter'));
    const sql = text.replaceAll(/\s+/g, ' ');
    expect(sql.match(/CREATE TABLE/g)).toHaveLength(12);
    expect(sql).toMatch(/email varchar\(160\) NOT NULL UNIQUE/);
    expect(sql).toContain("COMMENT ON COLUMN customers.email IS 'where to write'");
    expect(sql).toMatch(/created_at timestamptz NOT NULL DEFAULT now\(\)/);
    expect(sql).toMatch(
      /CREATE TABLE addresses \( id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers \(id\)/,
    );
    expect(sql).toMatch(/parent_id bigint REFERENCES categories \(id\)/);
    expect(sql).toMatch(/CREATE TYPE status AS ENUM \( ?'draft', 'paid', 'sent' ?\)/);
    expect(sql).toMatch(/status status NOT NULL DEFAULT 'draft'/);
    expect(sql).toMatch(/order_id bigint NOT NULL REFERENCES orders \(id\) ON DELETE CASCADE/);
    expect(sql).toMatch(/quantity integer NOT NULL DEFAULT 1, PRIMARY KEY \(order_id, product_id\)/);
    expect(sql).toMatch(/PRIMARY KEY \((?:product_id, tag_id|tag_id, product_id)\)/);
    expect(sql).toMatch(/supplier_id bigint REFERENCES suppliers \(id\)/);
    expect(sql).toMatch(/phone varchar\(40\)/);
    expect(sql).toMatch(/CREATE INDEX (?:\w+ )?ON orders \(customer_id, placed_at\)/);
    expect(sql).toMatch(/CREATE INDEX (?:\w+ )?ON shipments \(order_id\)/);
    expect(sql).toMatch(/CREATE TABLE staff\.employees/);
    expect(sql).toContain("COMMENT ON TABLE staff.employees IS 'Who works here'");
  });

  await test.step('and PostgreSQL runs it', async () => {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('>Check on PostgreSQL');
    await page.keyboard.press('Enter');
    await expect(studio.statusBar(page).getByText(/^runs on PostgreSQL [\d.]+$/)).toBeVisible({ timeout: 45_000 });
  });
});
