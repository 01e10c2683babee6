import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = `
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers,
  placed_at timestamptz NOT NULL,
  total numeric(12, 2)
);
CREATE TABLE tags (id integer PRIMARY KEY, label text NOT NULL UNIQUE);
CREATE TABLE order_tags (
  order_id bigint NOT NULL REFERENCES orders,
  tag_id integer NOT NULL REFERENCES tags,
  PRIMARY KEY (order_id, tag_id)
);
CREATE INDEX ON orders (placed_at);
`;

const PEOPLE = `
CREATE TABLE people (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE customers (id bigint PRIMARY KEY, credit_limit numeric(10, 2) NOT NULL);
CREATE TABLE employees (id bigint PRIMARY KEY, hired_on date NOT NULL, phones text[]);
CREATE TABLE skills (id integer PRIMARY KEY, title text NOT NULL);
`;

async function open(page: Page, sql: string): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, sql);
  await studio.focusCanvas(page);
}

const level = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Level of the model' }).getByRole('radio', { name });

/** A table or entity on the canvas, whatever it is called aloud at this level. */
const entity = (page: Page, name: string) => page.getByRole('group', { name: new RegExp(`^(?:Entity|Table) ${name}, `) });

const words = (page: Page) => page.locator('.canvas-edges text');

/** Everything drawn of the relationships, as path data. */
const ink = (page: Page) =>
  page.locator('.canvas-edges path').evaluateAll((all) => all.map((one) => one.getAttribute('d') ?? '').join(''));

async function draw(page: Page, notation: string): Promise<void> {
  await studio.command(page, `Draw in ${notation} notation`);
  await expect(page.getByRole('button', { name: `Notation: ${notation}` })).toBeVisible();
}

const what = (page: Page): Locator => page.getByRole('region', { name: 'What changes' });

test('the three levels show one model: keys go and many-to-many comes, and nothing of the model changes', async ({ page }) => {
  await open(page, SHOP);
  await expect(studio.row(page, 'orders', 'customer_id')).toBeVisible();
  await expect(studio.table(page, 'orders').getByText('1 index')).toBeVisible();
  const sql = await studio.ddl(page);

  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+c');
  await expect(level(page, 'Conceptual')).toBeChecked();
  await expect(entity(page, 'orders')).toBeVisible();
  await expect(entity(page, 'orders').getByText('customer_id')).toHaveCount(0);
  await expect(entity(page, 'orders').getByText('numeric')).toHaveCount(0);
  await expect(entity(page, 'orders').getByText('total', { exact: true })).toBeVisible();
  await expect(entity(page, 'order_tags')).toHaveCount(0);

  await page.keyboard.press('Alt+l');
  await expect(level(page, 'Logical')).toBeChecked();
  await expect(entity(page, 'orders').getByText('decimal(12,2)?')).toBeVisible();
  await expect(entity(page, 'orders').getByText('customer_id')).toBeVisible();
  await expect(entity(page, 'orders').getByText('1 index')).toHaveCount(0);
  await expect(entity(page, 'order_tags')).toBeVisible();

  await page.keyboard.press('Alt+p');
  await expect(level(page, 'Physical')).toBeChecked();
  await expect(studio.table(page, 'orders').getByText('1 index')).toBeVisible();
  await expect.poll(() => studio.ddl(page)).toBe(sql);
  await studio.focusCanvas(page);
  await studio.undo(page);
  await expect(level(page, 'Logical')).toBeChecked();
});

test('each notation draws other ends of the same relationships, and says how to read them', async ({ page }) => {
  await open(page, SHOP);
  const drawn = new Set<string>();
  const cases = [
    ['UML', ['0..*', '1'], 'black diamond'],
    ['Min-max', ['(1,1)', '(0,n)'], 'in how many relationships'],
    ['IDEF1X', [], 'A dot marks the child'],
    ['Barker', [], 'Each half of a line'],
    ['Chen', ['N', '1', 'has'], 'A double border: a weak entity'],
  ] as const;
  for (const [notation, texts, legend] of cases) {
    await draw(page, notation);
    for (const text of texts) await expect(words(page).getByText(text, { exact: true }).first()).toBeVisible();
    if (texts.length === 0) await expect(words(page)).toHaveCount(0);
    await expect(async () => {
      const now = await ink(page);
      expect(now).not.toBe('');
      expect(drawn.has(now)).toBe(false);
      drawn.add(now);
    }).toPass();
    await page.getByRole('button', { name: `Notation: ${notation}` }).click();
    await expect(page.getByRole('dialog', { name: 'Notation' }).getByText(legend)).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await draw(page, 'IDEF1X');
  await expect(entity(page, 'order_tags').getByText('(FK)')).toHaveCount(2);
  await draw(page, 'Barker');
  await expect(entity(page, 'orders').locator('.sign')).toHaveText(['#', '*', '*', 'o']);
});

test('the notation is chosen by keyboard alone, and a picture is drawn in it', async ({ page }) => {
  await open(page, SHOP);
  await page.keyboard.press('Alt+c');
  await page.getByRole('button', { name: /^Notation/ }).focus();
  await page.keyboard.press('Enter');
  const group = page.getByRole('radiogroup', { name: 'Notation' });
  await group.getByRole('radio', { name: "Crow's foot" }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(group.getByRole('radio', { name: 'Chen' })).toBeChecked();
  await page.keyboard.press('Escape');
  const { bytes } = await studio.downloadBytes(page, studio.picturing(page, 'SVG'));
  const svg = bytes.toString('utf8');
  for (const text of ['orders', 'total', 'order tags', 'M', 'N']) expect(svg).toContain(`>${text}</text>`);
  expect(svg).not.toContain('>customer_id<');
});

test('a many-to-many relationship drawn in the concept is resolved into a table, and the concept stays', async ({ page }) => {
  await open(page, PEOPLE);
  await page.keyboard.press('Alt+c');
  await page.keyboard.press('r');
  await entity(page, 'employees').click({ position: { x: 30, y: 14 } });
  await entity(page, 'skills').click({ position: { x: 30, y: 14 } });
  const relating = page.getByRole('dialog', { name: 'New relationship' });
  await relating.getByRole('radio', { name: 'M : N' }).click();
  await relating.getByRole('textbox', { name: 'Called (optional)' }).fill('masters');
  await relating.getByRole('button', { name: 'Relate them' }).click();
  await expect(relating).toHaveCount(0);
  await page.keyboard.press('Alt+s');
  const resolving = studio.dialog(page, 'Resolve many-to-many');
  await resolving.getByRole('textbox', { name: /Attributes/ }).fill('level integer');
  await expect(what(page).getByText(/Table employees_skills: .*level/)).toBeVisible();
  await expect(what(page).getByText(/CREATE TABLE employees_skills/)).toBeVisible();
  await resolving.getByRole('button', { name: 'Make the table' }).click();
  await expect(resolving).toHaveCount(0);
  await expect(entity(page, 'employees_skills')).toHaveCount(0);
  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+p');
  await expect(studio.row(page, 'employees_skills', 'level')).toBeVisible();
  await studio.undo(page);
  await studio.undo(page);
  await expect(studio.table(page, 'employees_skills')).toHaveCount(0);
});

test('a subtype hierarchy is recorded and resolved by keyboard: one table in the database, three entities in the concept', async ({
  page,
}) => {
  await open(page, PEOPLE);
  await entity(page, 'people').click({ position: { x: 30, y: 14 } });
  await entity(page, 'customers').click({ position: { x: 30, y: 14 }, modifiers: ['Shift'] });
  await entity(page, 'employees').click({ position: { x: 30, y: 14 }, modifiers: ['Shift'] });
  await page.keyboard.press('Alt+h');
  const making = studio.dialog(page, 'Subtype hierarchy');
  await expect(making.getByRole('combobox', { name: 'Supertype' })).toHaveText('people');
  await making.getByRole('radio', { name: /^One table/ }).focus();
  await page.keyboard.press('Space');
  await expect(what(page).getByText(/Columns of people: .*credit_limit.*hired_on/)).toBeVisible();
  await expect(what(page).getByText('Table customers', { exact: true })).toBeVisible();
  await expect(what(page).getByText('employees stays an entity of the concept')).toBeVisible();
  await making.getByRole('button', { name: 'Apply' }).focus();
  await page.keyboard.press('Enter');
  await expect(making).toHaveCount(0);
  await expect(studio.table(page, 'customers')).toHaveCount(0);
  await expect(studio.row(page, 'people', 'hired_on')).toBeVisible();
  await expect.poll(() => studio.ddl(page)).toContain("CHECK (kind <> 'employees' OR (hired_on IS NOT NULL))");
  expect(await studio.checkOnPostgres(page)).toMatch(/runs on PostgreSQL/i);
  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+c');
  for (const name of ['people', 'customers', 'employees']) await expect(entity(page, name)).toBeVisible();
  await expect(entity(page, 'people').getByText('hired_on')).toHaveCount(0);
  await studio.undo(page);
  await studio.undo(page);
  await expect(studio.table(page, 'customers')).toBeVisible();
});

test('an attribute with several values gets a table of its own, and stays one attribute in the concept', async ({ page }) => {
  await open(page, PEOPLE);
  await studio.row(page, 'employees', 'phones').click();
  await studio.command(page, 'Resolve into tables');
  const making = studio.dialog(page, 'Several values');
  await expect(what(page).getByText(/Table employee_phones: .*identified by/)).toBeVisible();
  await making.getByRole('button', { name: 'Apply' }).click();
  await expect(making).toHaveCount(0);
  await expect(studio.row(page, 'employee_phones', 'phone')).toBeVisible();
  await expect(studio.row(page, 'employees', 'phones')).toHaveCount(0);
  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+c');
  await expect(entity(page, 'employees').getByText('phones', { exact: true })).toBeVisible();
  await expect(entity(page, 'employee_phones')).toHaveCount(0);
});

test('a hierarchy and an entity without a table are found in the navigator and said in the inspector', async ({ page }) => {
  await open(page, PEOPLE);
  await entity(page, 'people').click({ position: { x: 30, y: 14 } });
  await entity(page, 'customers').click({ position: { x: 30, y: 14 }, modifiers: ['Shift'] });
  await page.keyboard.press('Alt+h');
  const making = studio.dialog(page, 'Subtype hierarchy');
  await making.getByRole('button', { name: 'Apply' }).click();
  await expect(making).toHaveCount(0);

  const hierarchy = page.getByRole('treeitem', { name: /^people: customers/ });
  await hierarchy.click();
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'people: customers' })).toBeVisible();
  const disjoint = inspector.getByRole('checkbox', { name: 'Of one subtype at most (disjoint)' });
  await expect(disjoint).toBeChecked();
  await inspector.getByRole('checkbox', { name: 'Everything in people is of a subtype (complete)' }).check();
  await inspector.getByRole('textbox', { name: 'Discriminator' }).fill('role');
  await inspector.getByRole('textbox', { name: 'Discriminator' }).press('Enter');
  await inspector.getByRole('button', { name: 'Choose its tables' }).click();
  await expect(making.getByRole('checkbox', { name: /complete/ })).toBeChecked();
  await making.getByRole('radio', { name: /^One table/ }).check();
  await making.getByRole('button', { name: 'Apply' }).click();
  await expect(making).toHaveCount(0);
  await expect(studio.row(page, 'people', 'role')).toBeVisible();

  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+c');
  await hierarchy.click();
  await expect(disjoint).toBeDisabled();
  await inspector.getByRole('button', { name: 'customers' }).click();
  await expect(inspector.getByText('It has no table of its own')).toBeVisible();
  await inspector.getByRole('textbox', { name: 'Comment' }).fill('Who buys');
  await inspector.getByRole('textbox', { name: 'Comment' }).press('Control+Enter');
  await entity(page, 'customers').click({ position: { x: 30, y: 14 } });
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('buyers');
  await page.keyboard.press('Enter');
  await expect(entity(page, 'buyers')).toBeVisible();
  await expect(page.getByRole('treeitem', { name: /^people: buyers/ })).toBeVisible();

  await page.getByRole('treeitem', { name: /^people: buyers/ }).click();
  await inspector.getByRole('button', { name: 'Take the resolution back' }).click();
  const back = studio.dialog(page, 'Take the resolution back');
  await back.getByRole('button', { name: 'Take it back' }).click();
  await expect(back).toHaveCount(0);
  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+p');
  await expect(studio.table(page, 'buyers')).toBeVisible();
  await expect(studio.row(page, 'people', 'role')).toHaveCount(0);
});
