import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { test } from './fixtures.ts';
import * as studio from './studio.ts';

/** What a decomposition would make of a table, drawn among the tables that are there; and all of it by keys alone. */

const ORDERS = `
CREATE TABLE orders (
  order_id bigint PRIMARY KEY,
  ordered_at date NOT NULL,
  customer_no bigint NOT NULL,
  customer_name text NOT NULL,
  customer_zip text NOT NULL,
  customer_city text NOT NULL
);
CREATE TABLE order_lines (order_id bigint NOT NULL REFERENCES orders, line int NOT NULL, sku text, PRIMARY KEY (order_id, line));
CREATE TABLE shipments (id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders);
`;

function ghost(page: Page, name: string): Locator {
  return page.getByRole('group', { name: new RegExp(`^Proposed table ${name}, `) });
}

/** Goes to something, or does it, with the command box and no pointer. */
async function byKeys(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const box = studio.dialog(page, 'Find a table, column or action');
  await expect(box.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(text);
  await expect(box.getByRole('option', { name: text.slice(1) }).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(box).toHaveCount(0);
}

async function declared(page: Page, table: string, ...dependencies: readonly string[]): Promise<Locator> {
  await studio.goTo(page, table);
  const panel = await studio.inspectorTab(page, 'Dependencies');
  for (const text of dependencies) {
    await panel.getByLabel('New dependency').fill(text);
    await panel.getByLabel('New dependency').press('Enter');
    await expect(panel.getByRole('button', { name: `${text}: edit` })).toBeVisible();
  }
  return panel;
}

test('plans are ghosts among the tables, renamed and moved where they stand, and become tables there', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'orders.sql', content: ORDERS });
  const panel = await declared(page, 'orders', 'customer_no -> customer_name, customer_zip', 'customer_zip -> customer_city');
  await panel.getByRole('button', { name: 'Decompose' }).click();
  const plans = studio.dialog(page, 'Decompose orders');
  await expect(ghost(page, 'customer')).toBeVisible();
  await expect(ghost(page, 'customer_zip')).toContainText('BCNF');
  await expect(ghost(page, 'customer')).toHaveAccessibleName(/customer_no primary key.*customer_zip foreign key/);
  await expect(studio.table(page, 'order_lines')).toBeAttached();
  await studio.expectTables(page, 3);
  expect(studio.overlapping(await studio.tableBoxes(page))).toEqual([]);
  await expectAccessibleInBoth(page, 'ghosts on the canvas', '[data-pane=canvas]');

  // Nothing is a table yet, and to keep all as it is shows no ghosts.
  await plans.getByRole('radio', { name: /^Keep/ }).click();
  await expect(page.getByRole('group', { name: /^Proposed table/ })).toHaveCount(0);
  await plans.getByRole('radio', { name: /^BCNF/ }).click();
  await expect(ghost(page, 'customer')).toBeVisible();

  await ghost(page, 'customer_zip').getByRole('button', { name: 'customer_zip' }).click();
  await page.getByRole('textbox', { name: 'Name of the proposed table customer_zip' }).fill('postcodes');
  await page.keyboard.press('Enter');
  await expect(ghost(page, 'postcodes')).toBeVisible();
  await expect(plans.getByRole('textbox', { name: 'Name of the table with the key customer_zip' })).toHaveValue('postcodes');
  await plans.getByRole('textbox', { name: 'Name of the table with the key customer_no' }).fill('buyers');
  await expect(ghost(page, 'buyers')).toBeVisible();

  const before = await ghost(page, 'postcodes').boundingBox();
  const from = { x: (before?.x ?? 0) + 40, y: (before?.y ?? 0) + (before?.height ?? 0) - 12 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 24, from.y + 40, { steps: 5 });
  await page.mouse.up();
  await expect(async () => {
    const now = await ghost(page, 'postcodes').boundingBox();
    expect((now?.y ?? 0) - (before?.y ?? 0)).toBeGreaterThan(30);
  }).toPass();
  await expect(plans.getByRole('button', { name: 'Decompose', exact: true })).toBeEnabled();
  const ddl = await studio.ddl(page);
  // The canvas may have followed the caret of the editor.
  await studio.tableBoxes(page);
  const stood = { postcodes: await ghost(page, 'postcodes').boundingBox(), buyers: await ghost(page, 'buyers').boundingBox() };

  await plans.getByRole('button', { name: 'Decompose', exact: true }).click();
  await studio.expectTables(page, 5);
  await expect(page.getByRole('group', { name: /^Proposed table/ })).toHaveCount(0);
  expect(studio.overlapping(await studio.tableBoxes(page))).toEqual([]);
  for (const [name, box] of Object.entries(stood)) {
    const now = await studio.table(page, name).boundingBox();
    expect(Math.abs((now?.x ?? 0) - (box?.x ?? 0)) + Math.abs((now?.y ?? 0) - (box?.y ?? 0)), name).toBeLessThan(4);
  }
  await studio.focusCanvas(page);
  await studio.undo(page);
  await studio.expectTables(page, 3);
  await expect.poll(() => studio.ddl(page)).toBe(ddl);
});

test('a decomposition is called off without a trace, and made by keys alone', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'orders.sql', content: ORDERS });
  // From here on no pointer: a column is found, what it determines is typed.
  await byKeys(page, '@customer_zip');
  await page.keyboard.press('Control+Alt+1');
  await page.keyboard.press('Shift+D');
  const asked = studio.dialog(page, 'Dependency of orders');
  await expect(asked.getByRole('combobox')).toHaveValue('customer_zip ->');
  await page.keyboard.type(' customer_city');
  await page.keyboard.press('Enter');
  await expect(studio.table(page, 'orders')).toContainText('2NF');
  const undoable = page.getByRole('region', { name: 'Document' }).getByRole('button', { name: /^Undo: / });
  await expect(undoable).toHaveAccessibleName(/dependency/);
  const said = await undoable.getAttribute('aria-label');
  await studio.focusCanvas(page);
  await byKeys(page, '>Decompose');
  const plans = studio.dialog(page, 'Decompose orders');
  await expect(plans).toBeFocused();
  await expect(ghost(page, 'customer')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('group', { name: /^Proposed table/ })).toHaveCount(0);
  await expect(undoable).toHaveAttribute('aria-label', said ?? '');
  await expect(page.getByRole('application', { name: 'Diagram' })).toBeFocused();

  await byKeys(page, '>Decompose');
  await expect(plans.getByRole('radio', { name: /^Recommended/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(plans.getByRole('radio', { name: /^Recommended/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(plans.getByRole('radio', { name: /^3NF/ })).toBeChecked();
  await expect(plans.getByRole('radio', { name: /^3NF/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(plans.getByRole('textbox', { name: 'Name of the table with the key customer_zip' })).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('places');
  await expect(ghost(page, 'places')).toBeVisible();
  const apply = plans.getByRole('button', { name: 'Decompose', exact: true });
  await expect(apply).toBeEnabled();
  for (let step = 0; step < 12 && !(await apply.evaluate((one) => one === document.activeElement)); step++) {
    await page.keyboard.press('Tab');
  }
  await expect(apply).toBeFocused();
  await page.keyboard.press('Enter');
  await studio.expectTables(page, 4);
  await expect(studio.table(page, 'places')).toBeVisible();
  await expect(page.getByRole('application', { name: 'Diagram' })).toBeFocused();
  await page.keyboard.press('Control+z');
  await studio.expectTables(page, 3);
});

test('a dependency is declared by a drag from row to row and by keys; the proof shows why, in words and in rows', async ({
  page,
}) => {
  await studio.start(page);
  await studio.importSql(page, {
    name: 'addresses.sql',
    content:
      'CREATE TABLE addresses (id bigint PRIMARY KEY, street text NOT NULL, zip text NOT NULL, city text NOT NULL, state text NOT NULL, part_of bigint);',
  });
  const addresses = studio.table(page, 'addresses');
  await expect(addresses).toContainText('BCNF ?');
  const drag = async (from: string, to: string) => {
    const start = await studio.row(page, 'addresses', from).boundingBox();
    const end = await studio.row(page, 'addresses', to).boundingBox();
    if (start === null || end === null) throw new Error('A row is out of sight.');
    await page.mouse.move(start.x + start.width - 4, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 6 });
    await page.mouse.up();
  };
  await drag('zip', 'city');
  const asked = studio.dialog(page, 'Dependency of addresses');
  await expect(asked.getByRole('combobox', { name: 'Dependency of addresses' })).toHaveValue('zip -> city');
  await expect(asked).toContainText('Rows with the same zip have the same city, always.');
  await expectAccessibleInBoth(page, 'a dependency being declared', '[data-radix-popper-content-wrapper]');
  await page.keyboard.press('Enter');
  await expect(asked).toHaveCount(0);
  await expect(addresses).toContainText('2NF');

  // To a key it is a foreign key to the table itself, as it was; what is drawn can become one on purpose.
  await drag('part_of', 'id');
  await expect(studio.dialog(page, 'New relationship')).toBeVisible();
  await page.keyboard.press('Escape');
  await drag('street', 'state');
  await asked.getByRole('button', { name: 'Foreign key instead' }).click();
  await expect(studio.dialog(page, 'New relationship')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // By keys: two columns selected, the last follows from the first; it joins what zip determines already.
  await studio.row(page, 'addresses', 'zip').getByText('zip').click();
  await studio
    .row(page, 'addresses', 'state')
    .getByText('state')
    .click({ modifiers: ['Control'] });
  await page.keyboard.press('Shift+D');
  await expect(asked.getByRole('combobox')).toHaveValue('zip -> state');
  await asked.getByRole('combobox').fill('zip -> stat');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(asked.getByRole('alert')).toContainText('This table has no column stat. Did you mean state?');
  await asked.getByRole('button', { name: 'Put state' }).click();
  await asked.getByRole('button', { name: 'Declare' }).click();
  await expect(asked).toHaveCount(0);
  const panel = await studio.inspectorTab(page, 'Dependencies');
  await expect(panel.getByRole('button', { name: 'zip -> city, state: edit' })).toBeVisible();

  const proof = panel.getByRole('region', { name: 'Why not third normal form' });
  await expect(proof).toContainText('{zip}⁺ = {zip, city, state}');
  await expect(proof).toContainText('by zip → city, state');
  await expect(proof).toContainText('It misses id, street and part_of, so zip is no key.');
  await expect(proof).toContainText('city and state are in no candidate key ({id}), so they are not prime');
  await expect(proof).toContainText('Deleting the last row with some zip loses its city and state.');
  await expect(proof).toContainText(/city \d, state \d is stored [23456] times for zip \d\./);
  await expect(proof.getByRole('region', { name: 'Rows that show it' })).toContainText('zip');
  await expect(proof).toContainText('Made-up rows.');
  await expectAccessibleInBoth(page, 'the proof in the inspector', '[data-pane=inspector]');
});
