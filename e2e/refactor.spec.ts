import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** Refactorings and bulk rename: seen before they are done, one undo step, and DDL that PostgreSQL runs. */

const SHOP = `
CREATE TYPE order_state AS ENUM ('open', 'paid');
CREATE TABLE customers (id bigint PRIMARY KEY, full_name text NOT NULL);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  state order_state NOT NULL DEFAULT 'open'::order_state,
  street text NOT NULL,
  city text,
  CONSTRAINT city_said CHECK (orders.city <> '')
);
CREATE VIEW cities AS SELECT o.city FROM orders o;
`;

test('columns become a table and come back, each seen before it is done', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP.replace(/CREATE VIEW.*\n/, '') });
  await studio.goTo(page, 'orders');
  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+x');
  const extract = studio.dialog(page, 'Extract a table');
  await extract.getByRole('checkbox', { name: 'street' }).click();
  await extract.getByRole('checkbox', { name: 'city' }).click();
  await expect(extract.getByRole('checkbox', { name: 'id', exact: true })).toBeDisabled();
  await extract.getByRole('textbox', { name: 'Name of the new table' }).fill('addresses');
  const changes = extract.getByRole('region', { name: 'What changes' });
  await expect(changes.getByText('CREATE TABLE addresses (')).toBeVisible();
  await expect(changes.getByText("CONSTRAINT city_said CHECK (addresses.city <> '')").last()).toBeVisible();
  await expect(changes.getByRole('region', { name: 'What it means for the data' })).toContainText('street: required in addresses');
  await extract.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.expectTables(page, 3);
  await expect(studio.row(page, 'addresses', 'city')).toBeVisible();
  await expect(studio.row(page, 'orders', 'city')).toHaveCount(0);
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);

  await studio.goTo(page, 'addresses');
  await studio.command(page, 'Fold a table into another');
  const fold = studio.dialog(page, 'Fold a table into another');
  await expect(fold.getByRole('radio', { name: /^Fold addresses into orders/ })).toBeChecked();
  await expect(fold.getByText('CREATE TABLE addresses (')).toBeVisible();
  await fold.getByRole('button', { name: 'Apply' }).click();
  await studio.expectTables(page, 2);
  await expect(studio.row(page, 'orders', 'city')).toBeVisible();
  await studio.focusCanvas(page);
  await studio.undo(page);
  await studio.undo(page);
  await studio.expectTables(page, 2);
  await expect.poll(() => studio.ddl(page)).toContain("CONSTRAINT city_said CHECK (orders.city <> '')");
});

test('an enum becomes a lookup table that fills itself, and what would break is said before', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  await studio.table(page, 'orders').click({ button: 'right', position: { x: 30, y: 12 } });
  await studio.chooseBelow(page, 'Refactor', /^Convert an enum to a lookup table/);
  const convert = studio.dialog(page, 'Convert an enum to a lookup table');
  await expect(convert.getByRole('textbox', { name: 'Name of the table' })).toHaveValue('order_states');
  await expect(convert.getByText('CREATE TABLE order_states (')).toBeVisible();
  await convert.getByRole('button', { name: 'Apply' }).click();
  await studio.expectTables(page, 3);
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
  await expect.poll(() => studio.ddl(page)).toContain("state text NOT NULL DEFAULT 'open'::text");

  await studio.goTo(page, 'orders');
  await studio.command(page, 'Move columns along a foreign key');
  const move = studio.dialog(page, 'Move columns along a foreign key');
  await move.getByRole('checkbox', { name: 'city' }).click();
  await move.getByRole('radio', { name: /^customers \(parent/ }).click();
  await expect(move.getByRole('region', { name: 'Breaks: edit these afterwards' })).toContainText(
    'view cities names column o.city',
  );
  await expect(move.getByRole('region', { name: 'What it means for the data' })).toContainText('all but one are lost');
  await studio.closeDialog(page);
  await expect(studio.row(page, 'orders', 'city')).toBeVisible();
});

test('audit columns come to many tables, and a key without meaning to one', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, {
    name: 'two.sql',
    content:
      'CREATE TABLE a (code text PRIMARY KEY, email text UNIQUE); CREATE TABLE b (id bigint PRIMARY KEY, a text REFERENCES a (code));',
  });
  await studio.command(page, 'Add audit and soft-delete columns');
  const audit = studio.dialog(page, 'Add audit and soft-delete columns');
  await audit.getByRole('checkbox', { name: 'deleted_at' }).click();
  await expect(audit.getByText(/CREATE UNIQUE INDEX .*WHERE deleted_at IS NULL/)).toBeVisible();
  await audit.getByRole('button', { name: 'Apply' }).click();
  await expect(studio.row(page, 'a', 'deleted_at')).toBeVisible();
  await expect(studio.row(page, 'b', 'updated_at')).toBeVisible();
  await studio.goTo(page, 'a');
  await studio.command(page, 'Add a surrogate key');
  const key = studio.dialog(page, 'Add a surrogate key');
  await key.getByRole('checkbox', { name: 'Lead the foreign key to it' }).click();
  await expect(key.getByText(/REFERENCES a \(id\)/).first()).toBeVisible();
  await key.getByRole('button', { name: 'Apply' }).click();
  await expect(studio.row(page, 'b', 'a_id')).toBeVisible();
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
});

test('many names change at once with the SQL that says them; conflicts are marked and can be left out', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, {
    name: 'names.sql',
    content: `CREATE TABLE "OrderItems" ("orderId" bigint, "unitPrice" numeric CHECK ("unitPrice" > 0));
      CREATE TABLE "Orders" (id bigint PRIMARY KEY);
      CREATE TABLE orders (id bigint PRIMARY KEY);
      CREATE VIEW prices AS SELECT "unitPrice" AS p FROM "OrderItems";`,
  });
  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+r');
  const rename = studio.dialog(page, 'Rename many');
  await rename.getByRole('combobox', { name: 'Case' }).click();
  await page.getByRole('option', { name: 'snake_case' }).click();
  const list = rename.getByRole('list', { name: 'Names that change' });
  await expect(list.getByRole('listitem').filter({ hasText: 'OrderItems' }).first()).toContainText('order_items');
  await expect(list.getByRole('listitem').filter({ hasText: /^Orders/ })).toContainText('orders is there already');
  await expect(rename.getByRole('status')).toContainText('1 in conflict');
  await list.getByRole('checkbox', { name: 'Rename orderId to order_id' }).click();
  await rename.getByRole('button', { name: 'Rename 2' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.ddlSays(page, (ddl) => {
    expect(ddl).toContain('CREATE TABLE order_items ( "orderId" bigint, unit_price numeric, CHECK (unit_price > 0)');
    expect(ddl).toContain('SELECT unit_price AS p FROM order_items');
  });
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
  await studio.focusCanvas(page);
  await studio.undo(page);
  await expect(studio.table(page, 'OrderItems')).toBeVisible();
});

test('a regular expression that never ends is ended', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'long.sql', content: `CREATE TABLE ${'a'.repeat(50)} (id bigint);` });
  await studio.command(page, 'Rename many');
  const rename = studio.dialog(page, 'Rename many');
  await rename.getByRole('checkbox', { name: 'Regular expression' }).click();
  await rename.getByRole('textbox', { name: 'Find', exact: true }).fill('(a+)+$x');
  await expect(rename.getByText(/takes too long/)).toBeVisible();
  await rename.getByRole('textbox', { name: 'Find', exact: true }).fill('^a{2}(.*)$');
  await rename.getByRole('textbox', { name: 'Replace with' }).fill('b$1');
  await expect(rename.getByRole('button', { name: 'Rename 1' })).toBeEnabled();
  await rename.getByRole('textbox', { name: 'Find', exact: true }).fill('(');
  await expect(rename.getByText(/no regular expression/)).toBeVisible();
});
