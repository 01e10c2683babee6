import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SQL = `CREATE SCHEMA sales;
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL, first_name text);
CREATE TABLE sales.orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, ship_zip text, placed_at timestamptz NOT NULL);
CREATE TABLE sales.order_items (order_id bigint NOT NULL REFERENCES sales.orders, line_no int NOT NULL, quantity int NOT NULL, PRIMARY KEY (order_id, line_no));
CREATE TABLE logbook (entry text);
CREATE INDEX orders_by_customer ON sales.orders (customer_id);`;

const box = (page: Page) => studio.dialog(page, 'Find a table, column or action');
const field = (page: Page) => box(page).getByRole('combobox');
const options = (page: Page) => box(page).getByRole('option');
const active = (page: Page) => box(page).getByRole('option', { selected: true });
const where = (page: Page) => page.getByRole('navigation', { name: 'Where you are' });
const crumb = (page: Page, name: string) => where(page).getByRole('button', { name, exact: true });

async function open(page: Page, sql = SQL): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, sql);
}

/** Opens the command box and types. */
async function look(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(typed);
}

test.describe('the command box', () => {
  test('goes to a table, to a column after a dot, to an index, and says what else can be done', async ({ page }) => {
    await open(page);
    await look(page, 'oi');
    await expect(active(page)).toContainText('order_items');
    await page.keyboard.press('Enter');
    await expect(crumb(page, 'Table order_items')).toBeVisible();

    await look(page, 'orders.');
    await expect(options(page)).toContainText([/^orders\.id/, /^orders\.customer_id/, /^orders\.ship_zip/, /^orders\.placed_at/]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(active(page)).toContainText('orders.ship_zip');
    await expect(active(page)).toContainText('text');
    await page.keyboard.press('Enter');
    await expect(crumb(page, 'Column ship_zip')).toBeVisible();
    await expect(studio.row(page, 'orders', 'ship_zip')).toBeVisible();

    await look(page, 'by_customer');
    await expect(active(page)).toContainText('orders_by_customer');
    await page.keyboard.press('Escape');
    await expect(box(page)).toBeHidden();
  });

  test('narrows by the sign before, and offers where one was when empty', async ({ page }) => {
    await open(page);
    await look(page, '?');
    await expect(options(page)).toHaveCount(5);
    await page.keyboard.press('Enter');
    await expect(field(page)).toHaveValue('>');
    await page.keyboard.type('select all');
    await expect(active(page)).toContainText('CtrlA');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('@zip');
    await expect(options(page)).toHaveCount(1);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+k');
    const recently = box(page).getByRole('group', { name: 'Recently' });
    await expect(recently.getByRole('option').first()).toContainText('orders.ship_zip');
    await page.keyboard.type('#');
    await expect(box(page).getByRole('group', { name: 'Diagrams' }).getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Backspace');
    await page.keyboard.type('nothing is called so');
    await expect(box(page).getByText('Nothing has these letters in this order.')).toBeVisible();
  });

  test('acts on what is found: renames a column, switches a setting, previews a fix', async ({ page }) => {
    await open(page);
    await look(page, 'orders.ship');
    await expect(box(page).getByText('rename it')).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('combobox', { name: 'Name of column ship_zip' })).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('zip_code');
    await page.keyboard.press('Enter');
    await expect(studio.row(page, 'orders', 'zip_code')).toBeVisible();
    await page.keyboard.press('Escape');

    await look(page, '>ddl for 16');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Database and version the DDL is written for' })).toHaveText('PostgreSQL 16');
    await look(page, '>ddl for 16');
    await expect(active(page).getByRole('img', { name: 'on' })).toBeVisible();
    await page.keyboard.press('Escape');

    await look(page, 'logbook has no');
    await expect(active(page)).toContainText('logbook');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: /^Problems/, selected: true })).toBeVisible();
  });

  test('works by mouse alone', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: /^Find a table, column or action/ }).click();
    await box(page).getByRole('button', { name: 'Columns only' }).click();
    await expect(field(page)).toHaveValue('@');
    await options(page).filter({ hasText: 'customers.email' }).click();
    await expect(crumb(page, 'Column email')).toBeVisible();
  });
});

test.describe('the navigator', () => {
  test('holds five thousand tables with few elements, and finds one of them', async ({ page }) => {
    const many = Array.from({ length: 5000 }, (_, at) => `CREATE TABLE table_${at} (id bigint PRIMARY KEY, note_${at} text);`);
    await open(page, many.join('\n'));
    const tree = page.getByRole('tree', { name: 'Model' });
    await expect(tree.getByRole('treeitem').first()).toBeVisible();
    expect(await tree.getByRole('treeitem').count()).toBeLessThan(80);
    // So many tables are still being arranged when they are there: what is done then may be undone by their arrival.
    await expect(async () => {
      await page.keyboard.press('Control+Alt+2');
      await expect(tree).toBeFocused();
      await page.keyboard.press('End');
      await expect(tree.getByRole('treeitem', { name: 'table_4999' })).toBeVisible({ timeout: 2000 });
    }).toPass();
    expect(await tree.getByRole('treeitem').count()).toBeLessThan(80);
    await page.keyboard.press('Home');
    await page.keyboard.press('t');
    await expect(tree.getByRole('treeitem', { name: /^table_0 /, selected: true })).toBeVisible();
    await page.getByRole('searchbox', { name: 'Filter the model' }).fill('note_4321');
    await expect(studio.treeItem(page, 'note_4321')).toBeVisible();
    await expect(tree.getByRole('treeitem')).toHaveCount(3);
    await look(page, 'table_4321.n');
    await expect(active(page)).toContainText('table_4321.note_4321');
    await page.keyboard.press('Enter');
    await expect(crumb(page, 'Column note_4321')).toBeVisible();
  });

  test('reaches relationships, indexes and everything that can be done, without a pointer', async ({ page }) => {
    await open(page);
    await page.keyboard.press('Control+Alt+2');
    const tree = page.getByRole('tree', { name: 'Model' });
    await expect(tree).toBeFocused();
    // The last row is `orders`; opened, it shows its columns and then what relates it.
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await expect(studio.treeItem(page, '→ customers')).toBeVisible();
    await expect(studio.treeItem(page, '← order_items')).toBeVisible();
    await expect(studio.treeItem(page, 'orders_by_customer')).toBeVisible();
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown');
    await expect(crumb(page, 'Column ship_zip')).toBeVisible();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'All actions' }).press('ArrowRight');
    await page.getByRole('menuitem', { name: 'Model', exact: true }).press('ArrowRight');
    await page.getByRole('menuitem', { name: /^Move the column down/ }).press('Enter');
    await expect(tree.getByRole('treeitem', { level: 3 })).toContainText([/^id/, /^customer_id/, /^placed_at/, /^ship_zip/]);

    await expect(tree).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(crumb(page, 'Relationship orders → customers')).toBeVisible();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Change child and parent over' }).press('Enter');
    await expect(studio.treeItem(page, '← customers')).toBeVisible();
    await studio.undo(page);
    await expect(studio.treeItem(page, '→ customers')).toBeVisible();
  });
});

test.describe('finding the way back', () => {
  test('goes back and forward through jumps, by key, by button and by mouse', async ({ page }) => {
    await open(page);
    await studio.goTo(page, 'customers');
    await expect(crumb(page, 'Table customers')).toBeVisible();
    await studio.goTo(page, 'logbook');
    await expect(crumb(page, 'Table logbook')).toBeVisible();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(crumb(page, 'Table customers')).toBeVisible();
    await page.keyboard.press('Alt+ArrowRight');
    await expect(crumb(page, 'Table logbook')).toBeVisible();
    await where(page).getByRole('button', { name: 'Back to where you were' }).click();
    await expect(crumb(page, 'Table customers')).toBeVisible();

    const forward = await page.context().newCDPSession(page);
    const at = await page.getByRole('application', { name: 'Diagram' }).boundingBox();
    if (at === null) throw new Error('There is no canvas.');
    const press = { x: at.x + 40, y: at.y + at.height / 2, button: 'forward' as const, clickCount: 1 };
    await forward.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...press });
    await forward.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...press });
    await expect(crumb(page, 'Table logbook')).toBeVisible();
  });

  test('says where one is, and opens what stands beside each part', async ({ page }) => {
    await open(page);
    await studio.goTo(page, 'orders.ship_zip');
    await expect(where(page).getByRole('button', { name: /^(?:Diagram|Schema|Table|Column) / })).toHaveCount(4);
    await crumb(page, 'Column ship_zip').press('Enter');
    const columns = page.getByRole('combobox', { name: 'Go to a column' });
    await expect(columns).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(crumb(page, 'Column placed_at')).toBeVisible();
    await crumb(page, 'Table orders').click();
    await page.getByRole('option', { name: 'order_items' }).click();
    await expect(crumb(page, 'Table order_items')).toBeVisible();
    await crumb(page, 'Schema sales').click();
    await page.keyboard.type('pub');
    await page.keyboard.press('Enter');
    await expect(crumb(page, 'Schema public')).toBeVisible();
  });

  test('folds the map away and keeps it so; its frame can be dragged; a fit stands clear of it', async ({ page }) => {
    const grid = Array.from({ length: 24 }, (_, at) => `CREATE TABLE t${at} (id bigint PRIMARY KEY, other bigint, more text);`);
    await open(page, grid.join('\n'));
    await studio.focusCanvas(page);
    await page.keyboard.press('Shift+1');
    const map = page.getByRole('button', { name: 'Hide the map' });
    const frame = await map.locator('..').boundingBox();
    if (frame === null) throw new Error('There is no map.');
    const boxes = await studio.tableBoxes(page);
    expect(boxes.length).toBe(24);
    expect(studio.overlapping([...boxes, { name: 'the map', ...frame }])).toEqual([]);

    await page.keyboard.press('0');
    const before = await studio.tableBoxes(page);
    await page.mouse.move(frame.x + frame.width / 2, frame.y + frame.height / 2);
    await page.mouse.down();
    await page.mouse.move(frame.x + frame.width / 2 - 30, frame.y + frame.height / 2 - 12, { steps: 4 });
    await page.mouse.up();
    expect(await studio.tableBoxes(page)).not.toEqual(before);

    await map.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Show the map' })).toBeVisible();
    await page.reload();
    await studio.ready(page);
    await page.getByRole('button', { name: 'Show the map' }).click();
    await expect(page.getByRole('button', { name: 'Hide the map' })).toBeVisible();
    await studio.focusCanvas(page);
    await page.keyboard.press('Shift+M');
    await expect(page.getByRole('button', { name: 'Show the map' })).toBeVisible();
  });
});

test.describe('keys of one’s own', () => {
  const sheet = (page: Page) => studio.dialog(page, 'Keyboard shortcuts');
  const keyOf = (page: Page, action: string) => sheet(page).getByRole('button', { name: new RegExp(`^Key of ${action}: `) });

  test('are recorded by pressing, settled where somebody has them, and shown everywhere at once', async ({ page }) => {
    await open(page);
    await studio.focusCanvas(page);
    await page.keyboard.press('?');
    await sheet(page).getByRole('textbox', { name: 'Filter' }).fill('map');
    await keyOf(page, 'Show or hide the map').click();
    await page.keyboard.press('Control+Alt+m');
    await expect(keyOf(page, 'Show or hide the map')).toHaveAccessibleName(/Ctrl\+Alt\+M/);

    // A key that another action has: swapped.
    await keyOf(page, 'Show or hide the map').click();
    await page.keyboard.press('Control+b');
    const asks = sheet(page).getByRole('alertdialog');
    await expect(asks).toContainText('Ctrl+B is the key of “Show or hide the navigator”');
    await asks.getByRole('button', { name: /^Swap/ }).press('Enter');
    await sheet(page).getByRole('textbox', { name: 'Filter' }).fill('hide the');
    await expect(keyOf(page, 'Show or hide the map')).toHaveAccessibleName(/: Ctrl\+B\./);
    await expect(keyOf(page, 'Show or hide the navigator')).toHaveAccessibleName(/: Ctrl\+Alt\+M\./);

    // One that browsers keep is warned of, and left.
    await keyOf(page, 'Show or hide the map').click();
    await page.keyboard.press('Control+4');
    await expect(asks).toContainText('Browsers keep this one');
    await page.keyboard.press('Escape');
    await expect(sheet(page)).toBeVisible();
    await expect(keyOf(page, 'Show or hide the map')).toHaveAccessibleName(/: Ctrl\+B\./);
    await studio.closeDialog(page);

    await look(page, 'hide the navigator');
    await expect(active(page)).toContainText('M');
    await page.keyboard.press('Escape');
    const navigator = page.getByRole('region', { name: 'Navigator' });
    await page.keyboard.press('Control+Alt+m');
    await expect(navigator).toBeHidden();
    await page.reload();
    await studio.ready(page);
    await expect(navigator).toBeHidden();
    await page.keyboard.press('Control+Alt+m');
    await expect(navigator).toBeVisible();

    await studio.command(page, 'Keyboard shortcuts');
    await sheet(page)
      .getByRole('button', { name: /^Reset all/ })
      .click();
    await sheet(page).getByRole('textbox', { name: 'Filter' }).fill('navigator');
    await expect(keyOf(page, 'Show or hide the navigator')).toHaveAccessibleName(/: Ctrl\+B\./);
  });

  test('can be changed from the command box', async ({ page }) => {
    await open(page);
    await look(page, '>settings');
    await expect(box(page).getByText('change its key')).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(sheet(page).getByRole('textbox', { name: /^Press the new key of Settings/ })).toBeFocused();
    await page.keyboard.press('Control+,');
    await expect(keyOf(page, 'Settings')).toHaveAccessibleName(/Ctrl\+,/);
    await studio.closeDialog(page);
    await page.keyboard.press('Control+,');
    await expect(studio.dialog(page, 'Settings')).toBeVisible();
  });
});

test.describe('lenses', () => {
  const legend = (page: Page, name: string) => page.getByRole('region', { name: `Legend: ${name}` });

  test('colour the tables by key and say in words what the colours mean', async ({ page }) => {
    await open(page);
    await studio.focusCanvas(page);
    await page.keyboard.press('2');
    await expect(legend(page, 'Normal form')).toBeVisible();
    await expect(legend(page, 'Normal form').getByRole('button', { name: /^No key: 1 table/ })).toBeEnabled();
    await expect(page.getByRole('group', { name: /^Table logbook, .*no enforced key/ })).toBeVisible();
    await page.keyboard.press('3');
    await expect(legend(page, 'Findings')).toBeVisible();
    await page.keyboard.press('5');
    await expect(legend(page, 'Size')).toContainText('no table declares how many rows it has');
    await expect(page.getByRole('group', { name: /^Table logbook, .*about \d+ B a row/ })).toBeVisible();
    await page.keyboard.press('6');
    await expect(page.getByRole('group', { name: /^Table customers, .*may hold personal data/ })).toBeVisible();
    await page.keyboard.press('1');
    await expect(legend(page, 'Security')).toBeHidden();
    await expect(page.getByRole('group', { name: /^Table customers, / })).not.toHaveAccessibleName(/personal/);
  });

  test('are chosen by mouse; a step selects its tables; what has nothing to show is not offered', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'Lens: Structure' }).click();
    const items = page.getByRole('menuitemcheckbox').or(page.getByRole('menuitem'));
    await expect(items.filter({ hasText: /Workload heat|Changes/ })).toHaveCount(0);
    await items.filter({ hasText: 'Security' }).click();
    await legend(page, 'Security')
      .getByRole('button', { name: /^Nothing personal known: 3 tables/ })
      .click();
    await expect(where(page).getByText('3 selected')).toBeVisible();
    await legend(page, 'Security').getByRole('button', { name: 'Back to the structure' }).click();
    await expect(page.getByRole('button', { name: 'Lens: Structure' })).toBeVisible();
  });

  test('follow an edit', async ({ page }) => {
    await open(page);
    await studio.focusCanvas(page);
    await page.keyboard.press('5');
    const size = async () => (await page.getByRole('group', { name: /^Table logbook, / }).getAttribute('aria-label')) ?? '';
    await expect.poll(size).toMatch(/about \d+ B a row/);
    const before = await size();
    await studio.goTo(page, 'logbook');
    await studio.focusCanvas(page);
    await page.keyboard.press('Control+Enter');
    await page.keyboard.type('payload');
    await page.keyboard.press('Enter');
    await expect.poll(size).not.toBe(before);
  });
});
