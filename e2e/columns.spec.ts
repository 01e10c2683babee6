import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = `
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint REFERENCES customers (id), note text);
`;

/** Opens two tables and goes into the columns of one, on the canvas. */
async function openColumns(page: Page, table: string): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await studio.table(page, table).locator('.title').click();
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name: table, exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: 'Name id' })).toBeFocused();
}

test('rows of a spreadsheet become columns in one step; what does not fit is said and mended', async ({ page }) => {
  await openColumns(page, 'customers');
  await studio.paste(
    page,
    'Column\tType\tNullable\tDefault\tDescription\nemail\tvarchar(120)\tno\t\twhere to write\nvip\tboolean\tyes\tfalse\t',
  );
  await expect(studio.notice(page, '2 columns added to customers.')).toBeVisible();
  await expect(studio.table(page, 'customers')).toHaveAccessibleName(/4 columns/);

  await studio.paste(page, 'name\ttype\tnull\nphone\ttext\tmaybe\nfax\ttext\tyes');
  const dialog = studio.dialog(page, 'Paste columns into customers');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'phone' })).toContainText('says neither yes nor no');
  const text = dialog.getByRole('textbox', { name: 'Pasted text' });
  await text.fill((await text.inputValue()).replace('maybe', 'no'));
  await dialog.getByRole('button', { name: 'Add 2 columns' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('gridcell', { name: 'Name id' }), 'the focus is back in the grid').toBeFocused();
  await expect(studio.table(page, 'customers')).toHaveAccessibleName(/6 columns/);
  await studio.undo(page);
  await expect(studio.table(page, 'customers')).toHaveAccessibleName(/4 columns/);
  await studio.ddlSays(page, (sql) => {
    expect(sql).toMatch(/email varchar\(120\) NOT NULL/);
    expect(sql).toMatch(/vip boolean DEFAULT false/);
    expect(sql).toContain("COMMENT ON COLUMN customers.email IS 'where to write'");
  });
});

test('a dialog that is slow to go still gives the focus back to the cell', async ({ page }) => {
  await page.addInitScript(() => {
    // A dialog gives the focus back from a timer of no milliseconds: on a busy machine many frames come before it.
    const soon = window.setTimeout;
    window.setTimeout = ((what: TimerHandler, wait?: number, ...rest: unknown[]) =>
      soon(what, document.querySelector('[data-modal]') === null && (wait ?? 0) < 5 ? 500 : wait, ...rest)) as typeof setTimeout;
  });
  await openColumns(page, 'customers');
  await studio.paste(page, 'name\ttype\tnull\nphone\ttext\tmaybe\nfax\ttext\tyes');
  const dialog = studio.dialog(page, 'Paste columns into customers');
  await dialog.getByRole('button', { name: 'Add one column' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(studio.table(page, 'customers')).toHaveAccessibleName(/3 columns/);
  await expect(page.getByRole('gridcell', { name: 'Name id' })).toBeFocused();
});

test('a CREATE TABLE pasted into the grid brings its columns, keys and checks', async ({ page }) => {
  await openColumns(page, 'orders');
  await studio.paste(
    page,
    'CREATE TABLE x (buyer bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE, total numeric(12,2) CHECK (total >= 0), UNIQUE (buyer, total));',
  );
  await expect(studio.notice(page, '2 columns added to orders.')).toBeVisible({ timeout: 30_000 });
  await studio.ddlSays(page, (sql) => {
    expect(sql).toMatch(/buyer bigint NOT NULL REFERENCES customers \(id\) ON DELETE CASCADE/);
    expect(sql).toMatch(/CHECK \(total >= 0\)/);
    expect(sql).toMatch(/UNIQUE \(buyer, total\)/);
  });
});

test('columns go to another table by keys; what is given up is asked first', async ({ page }) => {
  await openColumns(page, 'orders');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await studio.command(page, 'Move columns to another table');
  const dialog = studio.dialog(page, /^Move 2 columns to/);
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('customers');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(studio.row(page, 'customers', 'customer_id')).toBeVisible();
  await expect(studio.row(page, 'orders', 'note')).toHaveCount(0);
  await studio.focusCanvas(page);
  await studio.undo(page);
  await expect(studio.row(page, 'orders', 'note')).toBeVisible();

  await studio.row(page, 'customers', 'id').click();
  await studio.command(page, 'Move columns to another table');
  await page.keyboard.type('orders');
  await page.keyboard.press('Enter');
  const asked = studio.dialog(page, 'Move column id to orders');
  await expect(asked.getByRole('region', { name: 'Is given up' })).toContainText('relationship orders → customers');
  await page.keyboard.press('Escape');
  await expect(studio.row(page, 'customers', 'id')).toBeVisible();
});

test('the focus stays where one is through undo, deletion and Escape', async ({ page }) => {
  await openColumns(page, 'orders');
  await page.keyboard.press('End');
  await page.keyboard.press('Control+End');
  await expect(page.getByRole('gridcell', { name: 'New column' }).first()).toBeFocused();
  await page.keyboard.type('paid_at!');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  const cell = page.getByRole('grid', { name: 'Columns of orders' }).getByRole('gridcell', { name: 'Name paid_at' });
  await expect(cell).toBeFocused();
  await studio.undo(page);
  await expect(studio.table(page, 'orders')).toHaveAccessibleName(/3 columns/);
  await expect(page.getByRole('grid', { name: 'Columns of orders' }).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await expect(studio.table(page, 'orders')).toHaveAccessibleName(/2 columns/);
  await expect(page.getByRole('grid', { name: 'Columns of orders' }).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(studio.table(page, 'orders')).toBeFocused();
});
