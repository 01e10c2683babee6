import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = `
CREATE SCHEMA crm;
CREATE SCHEMA sales;
CREATE TABLE crm.customers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE crm.addresses (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES crm.customers);
CREATE TABLE sales.orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES crm.customers);
CREATE TABLE sales.order_lines (order_id bigint REFERENCES sales.orders, line int, product_id bigint, PRIMARY KEY (order_id, line));
CREATE TABLE sales.products (id bigint PRIMARY KEY, title text NOT NULL);
ALTER TABLE sales.order_lines ADD FOREIGN KEY (product_id) REFERENCES sales.products;
CREATE TABLE sales.lonely (id bigint PRIMARY KEY);
`;
const ALL = ['addresses', 'customers', 'lonely', 'order_lines', 'orders', 'products'];

async function openShop(page: Page): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  await expectShown(page, ALL);
}

/** The names of the tables on the canvas. */
async function expectShown(page: Page, names: readonly string[]): Promise<void> {
  await expect(async () => {
    const said = await page
      .getByRole('group', { name: /^Table / })
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    expect(said.map((one) => /^Table (.*?),/.exec(one)?.[1]).sort()).toEqual([...names].sort());
  }).toPass({ timeout: 15_000 });
}

function tab(page: Page, name: string): Locator {
  return page.getByRole('tablist', { name: 'Diagrams' }).getByRole('tab', { name, exact: true });
}

async function newDiagram(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New diagram', exact: true }).click();
  const field = page.getByRole('textbox', { name: /^New name of diagram/ });
  await field.fill(name);
  await field.press('Enter');
  await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true');
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Clicks a table's head. */
async function pick(page: Page, name: string, modifiers: 'Shift'[] = []): Promise<void> {
  await studio.table(page, name).click({ position: { x: 30, y: 12 }, modifiers });
}

const narrowing = (page: Page) => page.getByRole('region', { name: 'What is shown' });

test('a second diagram has tables, places and a fate of its own; the tables are the same', async ({ page }) => {
  await openShop(page);
  await newDiagram(page, 'Billing');
  await expect(page.getByText('Nothing is on this diagram yet')).toBeVisible();

  // Dragged from the navigator.
  const canvas = page.getByRole('application', { name: 'Diagram' });
  await studio.treeItem(page, 'orders').dragTo(canvas, { targetPosition: { x: 320, y: 240 } });
  await expectShown(page, ['orders']);
  const [at, corner] = [await studio.boxOf(studio.table(page, 'orders')), await studio.boxOf(canvas)];
  expect(Math.abs(at.x - corner.x - 320)).toBeLessThan(120);

  // Chosen from a list.
  await page.getByRole('button', { name: 'Diagrams, and what to do with this one' }).click();
  await page.getByRole('menuitem', { name: /^Add tables to this diagram/ }).click();
  const picker = studio.dialog(page, 'Add tables to Billing');
  await expect(picker.getByRole('option', { name: /^orders/ })).toHaveCount(0);
  await picker.getByRole('option', { name: /^customers/ }).click();
  await picker.getByRole('option', { name: /^products/ }).click();
  await picker.getByRole('button', { name: 'Add 2 tables' }).click();
  await expectShown(page, ['customers', 'orders', 'products']);
  expect(studio.overlapping(await studio.tableBoxes(page))).toEqual([]);

  // Where they stand there is no matter of the other diagram.
  await tab(page, 'Main').click();
  await expectShown(page, ALL);
  const before = await studio.tableBoxes(page);
  await tab(page, 'Billing').click();
  await expectShown(page, ['customers', 'orders', 'products']);
  const head = await studio.boxOf(studio.table(page, 'customers'));
  await page.mouse.move(head.x + 30, head.y + 12);
  await page.mouse.down();
  await page.mouse.move(head.x + 60, head.y + 60, { steps: 3 });
  await page.mouse.move(head.x + 70, head.y + 112, { steps: 3 });
  await page.mouse.up();
  await tab(page, 'Main').click();
  await expectShown(page, ALL);
  expect(await studio.tableBoxes(page)).toEqual(before);

  // Renamed here, renamed there.
  await tab(page, 'Billing').click();
  await pick(page, 'orders');
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('invoices');
  await page.keyboard.press('Enter');
  await expectShown(page, ['customers', 'invoices', 'products']);
  await tab(page, 'Main').click();
  await expectShown(
    page,
    ALL.map((name) => (name === 'orders' ? 'invoices' : name)),
  );

  // Taken off is not deleted; a new table is put on.
  await tab(page, 'Billing').click();
  await pick(page, 'products');
  await page.keyboard.press('Shift+Delete');
  await expectShown(page, ['customers', 'invoices']);
  await studio.expectTables(page, 6);
  await studio.command(page, 'New table');
  await page.keyboard.type('vouchers');
  await page.keyboard.press('Enter');
  await expectShown(page, ['customers', 'invoices', 'vouchers']);

  // Deleted, and back again.
  await page.keyboard.press('Escape');
  await studio.command(page, 'Delete the diagram');
  await expect(tab(page, 'Billing')).toHaveCount(0);
  await studio.expectTables(page, 7);
  await studio.notice(page, 'Diagram Billing deleted').getByRole('button', { name: 'Undo' }).click();
  await expect(tab(page, 'Billing')).toBeVisible();
  await tab(page, 'Billing').click();
  await expectShown(page, ['customers', 'invoices', 'vouchers']);
  await studio.saved(page);
  await page.reload();
  await studio.ready(page);
  await tab(page, 'Billing').click();
  await expectShown(page, ['customers', 'invoices', 'vouchers']);
});

test('diagrams are made, filled, gone to, moved and coloured by keyboard alone', async ({ page }) => {
  await openShop(page);
  await studio.focusCanvas(page);
  await studio.command(page, 'New diagram');
  await expect(page.getByRole('textbox', { name: /^New name of diagram/ })).toBeFocused();
  await page.keyboard.type('Sales');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'Sales')).toHaveAttribute('aria-selected', 'true');
  await studio.focusCanvas(page);
  await page.keyboard.press('Shift+A');
  const picker = studio.dialog(page, 'Add tables to Sales');
  await expect(picker.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('order');
  await expect(picker.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(picker.getByRole('option', { selected: true })).toHaveCount(2);
  await page.keyboard.press('Control+Enter');
  await expectShown(page, ['order_lines', 'orders']);

  // Their neighbours too, from the command box.
  await studio.command(page, 'Add the neighbours of the selection to this diagram');
  await expectShown(page, ['customers', 'order_lines', 'orders', 'products']);
  await studio.command(page, 'Show key columns only');
  await expect(studio.row(page, 'products', 'title')).toHaveCount(0);
  await expect(studio.row(page, 'products', 'id')).toBeVisible();
  await studio.command(page, 'Colour the selection green');

  await page.keyboard.press('Alt+PageDown');
  await expectShown(page, ALL);
  await expect(studio.row(page, 'products', 'title')).toBeVisible();
  await page.keyboard.press('Alt+g');
  const box = studio.dialog(page, 'Go to diagram');
  await expect(box.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('sal');
  await page.keyboard.press('Enter');
  await expectShown(page, ['customers', 'order_lines', 'orders', 'products']);

  // Along the tabs, and one of them along the others.
  await tab(page, 'Sales').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(tab(page, 'Main')).toBeFocused();
  await expectShown(page, ALL);
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByRole('tablist', { name: 'Diagrams' }).getByRole('tab')).toHaveText(['Sales', 'Main']);

  // The navigator's menu puts on and takes off.
  await tab(page, 'Sales').click();
  await studio.treeItem(page, 'lonely').click();
  await expect(studio.notice(page, 'lonely is not on the diagram Sales')).toBeVisible();
  await page.getByRole('tree', { name: 'Model' }).press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Put on this diagram' }).press('Enter');
  await expectShown(page, ['customers', 'lonely', 'order_lines', 'orders', 'products']);
});

test('neighbours, paths and a focus show a part of the model, which can be kept', async ({ page }) => {
  await openShop(page);
  await pick(page, 'orders');
  await page.keyboard.press('Shift+N');
  await expectShown(page, ['customers', 'order_lines', 'orders']);
  await expect(narrowing(page)).toContainText('Around orders');
  await expect(narrowing(page)).toContainText('3 of 6 shown');
  await narrowing(page).getByRole('button', { name: '2 away' }).click();
  await expectShown(page, ['addresses', 'customers', 'order_lines', 'orders', 'products']);
  await narrowing(page).getByRole('combobox', { name: 'Which neighbours' }).click();
  await page.getByRole('option', { name: 'parents' }).click();
  await expectShown(page, ['customers', 'orders']);
  await studio.focusCanvas(page);
  await page.keyboard.press('Escape');
  await expectShown(page, ALL);

  // From one table to another, with what lies between them.
  await pick(page, 'addresses');
  await pick(page, 'products', ['Shift']);
  await page.keyboard.press('Shift+P');
  await expectShown(page, ['addresses', 'customers', 'order_lines', 'orders', 'products']);
  await expect(narrowing(page)).toContainText('Path from addresses to products');
  await page.keyboard.press('Escape');
  await pick(page, 'lonely');
  await pick(page, 'products', ['Shift']);
  await page.keyboard.press('Shift+P');
  await expect(studio.notice(page, 'No relationships lead from lonely to products')).toBeVisible();

  // A focus follows where one goes.
  await pick(page, 'customers');
  await page.keyboard.press('f');
  await expectShown(page, ['addresses', 'customers', 'orders']);
  await pick(page, 'orders');
  await expectShown(page, ['customers', 'order_lines', 'orders']);
  await narrowing(page).getByRole('button', { name: 'Keep what is shown as a diagram' }).click();
  await expect(tab(page, 'Around orders')).toHaveAttribute('aria-selected', 'true');
  await expectShown(page, ['customers', 'order_lines', 'orders']);
  expect(studio.overlapping(await studio.tableBoxes(page))).toEqual([]);
  await expect(narrowing(page)).toHaveCount(0);
  await studio.focusCanvas(page);
  await studio.undo(page);
  await expect(tab(page, 'Around orders')).toHaveCount(0);
  await expectShown(page, ALL);
});

test('a filter goes by name, schema and tag, says what it does, and hides the rest from every way in', async ({ page }) => {
  await openShop(page);
  await studio.goTo(page, 'orders');
  const docs = await studio.inspectorTab(page, 'Docs');
  await docs.getByLabel('Add to tags').fill('core');
  await docs.getByLabel('Add to tags').press('Enter');
  await expect(docs.getByRole('button', { name: /^core: remove/ })).toBeVisible();

  await studio.focusCanvas(page);
  await page.keyboard.press('/');
  const panel = studio.dialog(page, 'Filter the diagram');
  await expect(panel.getByRole('textbox', { name: 'Name has these letters' })).toBeFocused();
  await page.keyboard.type('ord');
  await expectShown(page, ['order_lines', 'orders']);
  await panel.getByRole('checkbox', { name: 'core' }).check();
  await expectShown(page, ['orders']);
  await expect(panel).toContainText('1 of 6 shown');
  await panel.getByRole('checkbox', { name: 'crm' }).check();
  await expectShown(page, []);
  await page.keyboard.press('Escape');
  await narrowing(page).getByRole('button', { name: 'Stop filtering by schema crm' }).click();
  await narrowing(page).getByRole('button', { name: 'Stop filtering by name ord' }).click();
  await expectShown(page, ['orders']);

  // Selecting everything means what is seen; what is gone to is shown again.
  await studio.focusCanvas(page);
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name: 'orders' })).toBeVisible();
  await studio.treeItem(page, 'products').click();
  await expectShown(page, ALL);
  await expect(narrowing(page)).toHaveCount(0);
  const text = await studio.schemaSql(page);
  expect(text).not.toContain('core');
});

test('areas in areas move with what they hold; keys do what the pointer does', async ({ page }) => {
  await openShop(page);
  await studio.focusCanvas(page);
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name: '6 selected' })).toBeVisible();
  await page.keyboard.press('g');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Everything');
  await page.keyboard.press('Enter');
  await pick(page, 'lonely');
  await page.keyboard.press('g');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Alone');
  await page.keyboard.press('Enter');
  const inner = page.locator('.canvas-area').filter({ hasText: 'Alone' });
  const title = page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { level: 2 });
  interface Places {
    readonly area: Box;
    readonly lonely: Box;
    readonly orders: Box;
  }
  /** Where the inner area and two tables stand once the view has come to rest. */
  const places = async (): Promise<Places> => {
    await studio.tableBoxes(page);
    const [area, lonely, orders] = await Promise.all(
      [inner, studio.table(page, 'lonely'), studio.table(page, 'orders')].map(studio.boxOf),
    );
    return { area, lonely, orders } as Places;
  };
  const by = (after: Places, before: Places) =>
    (['area', 'lonely', 'orders'] as const).map((one) => [
      Math.round(after[one].x - before[one].x),
      Math.round(after[one].y - before[one].y),
    ]);
  /** Takes an area by its title, which moves nothing in sight. */
  const pickArea = async (name: string) => {
    await studio.focusCanvas(page);
    await page.keyboard.press('Shift+1');
    await studio.tableBoxes(page);
    const { x, y } = await studio.boxOf(page.locator('.canvas-area b').filter({ hasText: name }));
    await page.mouse.click(x + 6, y + 8);
    await expect(title).toHaveText(name);
  };

  // The outer one takes all along, inner area included, in one step; the inner one only its own.
  await pickArea('Everything');
  let before = await places();
  await page.keyboard.press('Control+Shift+ArrowDown');
  await expect.poll(async () => by(await places(), before)[0]?.[1]).toBeGreaterThan(10);
  const [first, ...rest] = by(await places(), before);
  expect(rest).toEqual([first, first]);
  await studio.undo(page);
  await expect
    .poll(async () => by(await places(), before))
    .toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  await pickArea('Alone');
  before = await places();
  await page.keyboard.press('Control+Shift+ArrowRight');
  await expect.poll(async () => by(await places(), before)[1]?.[0]).toBeGreaterThan(10);
  const [area, lonely, orders] = by(await places(), before);
  expect(lonely).toEqual(area);
  expect(orders).toEqual([0, 0]);

  // Its size changes by key and moves nothing.
  before = await places();
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await expect.poll(async () => (await studio.boxOf(inner)).height).toBeGreaterThan(before.area.height);
  const wider = await places();
  expect(wider.area.width).toBeGreaterThan(before.area.width);
  expect(by(wider, before).slice(1)).toEqual([
    [0, 0],
    [0, 0],
  ]);
  await studio.command(page, 'Fit the area to what it holds');
  await expect.poll(async () => Math.abs((await studio.boxOf(inner)).width - before.area.width)).toBeLessThan(6);
  await studio.command(page, 'Select what the area holds');
  await expect(title).toHaveText('lonely');
  await studio.focusCanvas(page);
  await page.keyboard.press('.');
  await expect(title).toHaveText('Everything');
  await page.keyboard.press('.');
  await expect(title).toHaveText('Alone');
});

test('a note is Markdown: set where it stands, never markup of the page', async ({ page }) => {
  await openShop(page);
  await studio.focusCanvas(page);
  await page.keyboard.press('n');
  const canvas = await studio.boxOf(page.getByRole('application', { name: 'Diagram' }));
  await page.mouse.click(canvas.x + 40, canvas.y + 120);
  const field = page.getByRole('textbox', { name: 'Note', exact: true });
  await expect(field).toBeFocused();
  await field.fill('# Billing\n**VAT** is `0.19`, see [law](https://example.org)\n- one\n  - two\n<img src=x onerror=alert(1)>');
  await page.keyboard.press('Control+Enter');
  const note = page.getByRole('group', { name: /^Note: Billing/ });
  await expect(note.locator('strong')).toHaveText('VAT');
  await expect(note.locator('code')).toHaveText('0.19');
  await expect(note.locator('li li')).toHaveText('two');
  await expect(note.getByRole('link')).toHaveCount(0);
  await expect(note.getByTitle('https://example.org')).toHaveText('law');
  await expect(note).toContainText('<img src=x onerror=alert(1)>');
  await expect(note.locator('img')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name: 'Note' })).toBeVisible();
  await page.getByRole('radio', { name: 'green' }).check({ force: true });
  await expect(note).toHaveAttribute('data-tinted', '');
  const { text } = await studio.downloadText(page, studio.picturing(page, 'SVG'));
  expect(text).toMatch(/>Billing<\/text>[\s\S]*>VAT<\/text>/);
  expect(text).not.toContain('<img');
});
