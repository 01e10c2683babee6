import type { Locator, Page } from '@playwright/test';
import { generateTables, schemaDdl } from '../test/schema-gen.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = `
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, city text, phone text);
CREATE TABLE products (id bigint PRIMARY KEY, title text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, note text, customer_id bigint NOT NULL REFERENCES customers);
CREATE TABLE order_items (order_id bigint REFERENCES orders, product_id bigint REFERENCES products, PRIMARY KEY (order_id, product_id));
CREATE TABLE settings (key text PRIMARY KEY, value text);
`;

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

function undoButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Undo/ });
}

/** Where tables stand on the screen, by their names. */
async function places(page: Page): Promise<Record<string, { x: number; y: number }>> {
  const boxes = await studio.tableBoxes(page);
  return Object.fromEntries(
    boxes.map(({ name, x, y }) => [/^Table ([^,]+),/.exec(name)?.[1] ?? name, { x: Math.round(x), y: Math.round(y) }]),
  );
}

async function openShop(page: Page): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await expect(studio.table(page, 'orders')).toBeVisible();
}

async function select(page: Page, ...names: readonly string[]): Promise<void> {
  for (const [at, name] of names.entries()) {
    await studio
      .table(page, name)
      .locator('.title')
      .click(at === 0 ? {} : { modifiers: ['Shift'] });
  }
  await studio.focusCanvas(page);
}

test('everything is arranged in one step, and what is pinned stays where it is', async ({ page }) => {
  await openShop(page);
  await select(page, 'settings');
  const settings = await studio.boxOf(studio.table(page, 'settings').locator('.title'));
  const customers = await studio.boxOf(studio.table(page, 'customers').locator('.title'));
  // A pinned table in the way of all others.
  await drag(page, { x: settings.x + 20, y: settings.y + 8 }, { x: customers.x + 60, y: customers.y + 60 });
  await studio.command(page, 'Pin (tidying leaves it) or unpin');
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Pin');
  const before = await places(page);
  await studio.focusCanvas(page);
  await page.keyboard.press('Shift+l');
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Arrange the diagram');
  expect(studio.overlapping(await studio.tableBoxes(page))).toEqual([]);
  await studio.undo(page);
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Pin');
  // The view was fitted anew, so that only distances between tables can be compared.
  const after = await places(page);
  const apart = (all: Record<string, { x: number; y: number }>, a: string, b: string) => (all[a]?.x ?? 0) - (all[b]?.x ?? 0) > 0;
  expect(apart(after, 'orders', 'customers')).toBe(apart(before, 'orders', 'customers'));
  expect(studio.overlapping(await studio.tableBoxes(page))).toHaveLength(1);
});

test('a selection is arranged and nothing else moves; rings go round a table; rows by name', async ({ page }) => {
  await openShop(page);
  await select(page, 'customers', 'orders');
  await page.keyboard.press('l');
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Arrange 2 objects');
  expect(studio.overlapping(await studio.tableBoxes(page))).toEqual([]);
  await studio.undo(page);

  await select(page, 'orders');
  await page.getByRole('button', { name: 'More ways to arrange' }).click();
  await page.getByRole('menuitem', { name: 'Arrange around the selection' }).click();
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Arrange 4 objects in rings');
  expect(studio.overlapping(await studio.tableBoxes(page))).toEqual([]);
  const rings = await places(page);
  // Its parent and its child stand on opposite sides of the table in the middle.
  const middle = rings['orders']?.x ?? 0;
  expect(Math.sign((rings['customers']?.x ?? 0) - middle)).not.toBe(Math.sign((rings['order_items']?.x ?? 0) - middle));

  await page.keyboard.press('Escape');
  await studio.command(page, 'Arrange in rows by name');
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Arrange the diagram in rows');
  const boxes = await studio.tableBoxes(page);
  expect(studio.overlapping(boxes)).toEqual([]);
  const inReadingOrder = [...boxes].sort((a, b) => (Math.abs(a.y - b.y) > 8 ? a.y - b.y : a.x - b.x)).map((box) => box.name);
  expect(inReadingOrder).toEqual([...inReadingOrder].sort());
});

test('an area is arranged inside itself and grows to fit', async ({ page }) => {
  await openShop(page);
  await select(page, 'customers', 'orders');
  await page.keyboard.press('g');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.type('Sales');
  await page.keyboard.press('Enter');
  const area = page.locator('.canvas-area', { hasText: 'Sales' });
  const settings = await places(page);
  const corner = await studio.boxOf(area);
  await page.mouse.click(corner.x + 70, corner.y + 12);
  await studio.focusCanvas(page);
  await studio.command(page, 'Arrange inside the area');
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Arrange inside Sales');
  expect(studio.overlapping(await studio.tableBoxes(page))).toEqual([]);
  const box = await studio.boxOf(area);
  for (const name of ['customers', 'orders']) {
    const inner = await studio.boxOf(studio.table(page, name));
    expect(inner.x).toBeGreaterThan(box.x);
    expect(inner.y).toBeGreaterThan(box.y);
    expect(inner.x + inner.width).toBeLessThan(box.x + box.width);
    expect(inner.y + inner.height).toBeLessThan(box.y + box.height);
  }
  expect(Object.keys(settings)).toContain('settings');
  const outside = await studio.boxOf(studio.table(page, 'settings'));
  expect(
    studio.overlapping([
      { name: 'area', ...box },
      { name: 'settings', ...outside },
    ]),
  ).toEqual([]);
});

test('what belongs together in a large schema is offered as subject areas, made in one step', async ({ page }) => {
  test.slow();
  await studio.start(page);
  await studio.importSql(page, { name: 'many.sql', content: schemaDdl(generateTables(120)) });
  const offer = studio.notice(page, /^\d+ communities found/);
  await expect(offer).toBeVisible();
  const count = Number(/^\d+/.exec((await offer.textContent()) ?? '')?.[0]);
  expect(count).toBeGreaterThan(2);
  await offer.getByRole('button', { name: 'Make them subject areas' }).click();
  await expect(undoButton(page)).toHaveAccessibleName(`Undo: Make ${count} subject areas`);
  // The areas are the last lines of the navigator.
  const tree = page.getByRole('tree', { name: 'Model' });
  const last = async () => {
    await tree.getByRole('treeitem').first().click();
    await page.keyboard.press('End');
  };
  await last();
  await expect(tree.getByRole('treeitem', { name: `Areas ${count}` })).toBeVisible();
  await studio.focusCanvas(page);
  await studio.undo(page);
  await last();
  await expect(tree.getByRole('treeitem', { name: /^Areas/ })).toHaveCount(0);
});

/** The line between two tables of which nothing else is drawn: a point of its longest vertical part, on the screen. */
async function verticalPart(page: Page): Promise<{ x: number; y: number }> {
  const grips = page.locator('.canvas-overlay .grip');
  await expect(grips.first()).toBeVisible();
  const box = await studio.boxOf(grips.first());
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A point in the middle of the first line that is drawn. */
function onLine(page: Page): Promise<{ x: number; y: number }> {
  return page.locator('.canvas-edges .plain path').evaluateAll((paths) => {
    const path = paths.find(
      (one) => one.getAttribute('d')?.includes('L') === true && one.closest('g')?.classList.contains('plain'),
    );
    if (!(path instanceof SVGPathElement)) throw new Error('There is no line.');
    const matrix = path.getScreenCTM();
    const point = path.getPointAtLength(path.getTotalLength() / 2);
    const { x, y } = new DOMPoint(point.x, point.y).matrixTransform(matrix ?? undefined);
    return { x, y };
  });
}

const PAIR = `
CREATE TABLE parents (id bigint PRIMARY KEY, a text, b text, c text, d text, e text);
CREATE TABLE children (id bigint PRIMARY KEY, f text, g text, h text, i text, j text, parent_id bigint NOT NULL REFERENCES parents);
`;

test('a part of a line is dragged, kept over a reload, and routed again by a double click', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, PAIR);
  await expect(studio.table(page, 'children')).toBeVisible();
  const middle = await onLine(page);
  await page.mouse.click(middle.x, middle.y);
  const part = await verticalPart(page);
  await drag(page, part, { x: part.x + 24, y: part.y });
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Bend relationship');
  const bent = await verticalPart(page);
  expect(bent.x - part.x).toBeGreaterThan(16);
  await studio.saved(page);

  await page.reload();
  await studio.ready(page);
  await expect(studio.table(page, 'children')).toBeVisible();
  const again = await onLine(page);
  await page.mouse.click(again.x, again.y);
  const parents = await studio.boxOf(studio.table(page, 'parents'));
  const children = await studio.boxOf(studio.table(page, 'children'));
  const kept = await verticalPart(page);
  // Off the middle between the two tables, as it was left.
  expect(kept.x - (parents.x + parents.width + children.x) / 2).toBeGreaterThan(8);
  await page.mouse.dblclick(kept.x, kept.y + 20);
  await expect(undoButton(page)).toHaveAccessibleName('Undo: Route automatically');
  await expect
    .poll(async () => Math.abs((await verticalPart(page)).x - (parents.x + parents.width + children.x) / 2))
    .toBeLessThan(6);
});

test('arrow keys move the part of a selected line, and an action routes it again', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, PAIR);
  await expect(studio.table(page, 'children')).toBeVisible();
  const middle = await onLine(page);
  await page.mouse.click(middle.x, middle.y);
  const part = await verticalPart(page);
  await studio.focusCanvas(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await verticalPart(page)).x).toBeGreaterThan(part.x + 6);
  await expect(page.locator('.canvas-overlay .grip[data-chosen=true]')).toHaveCount(1);
  await studio.command(page, 'Route it automatically');
  await expect.poll(async () => (await verticalPart(page)).x).toBe(part.x);
  await studio.undo(page);
  await expect.poll(async () => (await verticalPart(page)).x).toBeGreaterThan(part.x + 6);
});
