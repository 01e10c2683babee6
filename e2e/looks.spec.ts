import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { ROOT } from '../scripts/lib.mjs';
import { generatedSchema } from '../test/generated-schema.ts';
import { expect, test } from './fixtures.ts';
import { contrastFaults, geometryFaults } from './looks-guards.ts';
import * as studio from './studio.ts';

/** Screenshots to be looked at; nothing compares them. What is wrong by measure fails the test. */
const ARTIFACTS = join(ROOT, 'artifacts');
const LARGE = { width: 1440, height: 900 };
const SMALL = { width: 1024, height: 700 };

interface Look {
  readonly size: { readonly width: number; readonly height: number };
  readonly theme: 'light' | 'dark';
}
const EVERY: readonly Look[] = (['light', 'dark'] as const).flatMap((theme) => [LARGE, SMALL].map((size) => ({ size, theme })));
/** Both sizes and both themes in two pictures, for states that differ in a part only. */
const TWO: readonly Look[] = [
  { size: SMALL, theme: 'dark' },
  { size: LARGE, theme: 'light' },
];
const [DARK, LIGHT] = [TWO.slice(0, 1), TWO.slice(1)];

const THREE = `
CREATE SCHEMA shop;
CREATE TABLE shop.customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, joined_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE shop.orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES shop.customers (id),
  state text NOT NULL CHECK (state IN ('open', 'paid', 'sent')),
  a_column_with_a_name_that_is_much_longer_than_any_table_is_wide character varying(255),
  placed_at timestamptz NOT NULL
);
CREATE INDEX ON shop.orders (customer_id);
CREATE TABLE shop.order_lines (
  order_id bigint REFERENCES shop.orders (id) ON DELETE CASCADE,
  line integer,
  product text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  price numeric(12, 2) NOT NULL,
  PRIMARY KEY (order_id, line)
);
`;

/** A schema in which much is found. */
const FAULTY =
  'CREATE TABLE prices (product text, price float, "order" integer, at timestamp, phone_1 text, phone_2 text, phone_3 text);';

/** Waits until nothing on the screen moves by itself, tables and leaves among it. */
async function atRest(page: Page): Promise<void> {
  await studio.tableBoxes(page);
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
}

/** Looks at what is on the screen in several sizes and themes: a picture of each, and no fault in any. */
async function look(page: Page, name: string, looks: readonly Look[] = TWO, settled?: () => Promise<void>): Promise<void> {
  await mkdir(ARTIFACTS, { recursive: true });
  for (const { size, theme } of looks) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize(size);
    await expect(page.locator(`html[data-theme=${theme}]`)).toBeAttached();
    await settled?.();
    await atRest(page);
    const called = `${name}-${size.width}-${theme}`;
    await page.screenshot({ path: join(ARTIFACTS, `${called}.png`), animations: 'disabled' });
    expect.soft(await geometryFaults(page), called).toEqual([]);
    expect.soft(await contrastFaults(page), called).toEqual([]);
  }
}

/** The same of the canvas, with all of the diagram in sight. */
async function lookAtAll(page: Page, name: string, looks: readonly Look[] = TWO): Promise<void> {
  await look(page, name, looks, async () => {
    await studio.focusCanvas(page);
    await page.keyboard.press('Shift+1');
    await page.mouse.move(500, 2);
  });
}

async function openShop(page: Page): Promise<void> {
  await studio.start(page);
  await page.getByRole('button', { name: /^Start from an example/ }).click();
  await page.getByRole('button', { name: /shop/i }).click();
  await expect(studio.treeItem(page, 'orders')).toBeVisible();
  await studio.saved(page);
}

/** Opens something, looks at it and closes it. */
async function lookInto(page: Page, name: string, open: () => Promise<Locator>, looks = TWO): Promise<void> {
  await expect(await open()).toBeVisible();
  await look(page, name, looks);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

async function newDiagram(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New diagram', exact: true }).click();
  const field = page.getByRole('textbox', { name: /^New name of diagram/ });
  await field.fill(name);
  await field.press('Enter');
  await expect(page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
}

test('three tables look right at both sizes and in both themes', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, THREE);
  await studio.ddlPane(page);
  await studio.goTo(page, 'orders');
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('tab', { name: 'Columns' })).toBeVisible();
  await lookAtAll(page, 'three', EVERY);
  await studio.focusCanvas(page);
  await page.keyboard.press('Delete');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await look(page, 'deletion', DARK);
  await page.keyboard.press('Escape');
});

for (const [word, tables] of [
  ['sixty', 60],
  ['five-hundred', 500],
] as const) {
  test(`${word} tables look right at both sizes and in both themes`, async ({ page }) => {
    await studio.start(page);
    await studio.importSql(page, { name: `${word}.sql`, content: generatedSchema({ tables }) });
    await studio.expectTables(page, tables);
    await studio.ddlPane(page);
    await lookAtAll(page, word, EVERY);
    await studio.focusCanvas(page);
    await page.keyboard.press('3');
    await lookAtAll(page, `${word}-findings`, LIGHT);
  });
}

test('the empty, the failing and the busy screen look right', async ({ page }) => {
  await studio.start(page);
  const example = page.getByRole('button', { name: /^Start from an example/ });
  await look(page, 'empty', EVERY, () => expect(example).toBeInViewport({ ratio: 0.99 }));
  await example.click();
  await look(page, 'empty-examples', TWO, () =>
    expect(page.getByRole('button', { name: 'Other ways to start' })).toBeInViewport({ ratio: 0.99 }),
  );
  const importing = studio.dialog(page, 'Import SQL');
  await studio.openFiles(page, {
    name: 'broken.docx',
    content: new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0]),
  });
  await expect(importing.getByRole('alert')).toBeVisible();
  await look(page, 'import-refused', DARK);
  await studio.closeDialog(page);
  await studio.openFiles(page, {
    name: 'half.sql',
    content: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABEL b (id int);\nCREATE TABLE c (',
  });
  await expect(studio.preview(page)).toBeVisible();
  await look(page, 'import-preview');
  await studio.closeDialog(page);
  await studio.openFiles(page, { name: 'large.sql', content: generatedSchema({ tables: 2500 }) });
  await expect(importing.getByRole('progressbar')).toBeVisible();
  await page.screenshot({ path: join(ARTIFACTS, 'import-reading.png'), animations: 'disabled' });
  await importing.getByRole('button', { name: 'Cancel' }).click();
  await studio.closeDialog(page);
  await page.goto('./#doc=1.eJwrSSwuAQAGAAHl-damaged');
  await expect(studio.notice(page, /The link is damaged/)).toBeVisible();
  await look(page, 'link-damaged');
});

test('levels, notations and lenses look right', async ({ page }) => {
  await openShop(page);
  await lookAtAll(page, 'shop', EVERY);
  // Without the dock there is room to read the rows.
  await page.keyboard.press('Control+j');
  await expect(page.getByRole('region', { name: 'Dock' })).toBeHidden();
  for (const [lens, key, looks] of [
    ['findings', '3', LIGHT],
    ['form', '2', DARK],
    ['size', '5', LIGHT],
    ['security', '6', DARK],
  ] as const) {
    await studio.focusCanvas(page);
    await page.keyboard.press(key);
    await expect(page.getByRole('region', { name: /^Legend/ })).toBeVisible();
    await lookAtAll(page, `lens-${lens}`, looks);
  }
  await page.keyboard.press('1');
  await page.keyboard.press('Alt+c');
  await lookAtAll(page, 'level-conceptual');
  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+l');
  for (const [notation, looks] of [
    ['IDEF1X', LIGHT],
    ['Barker', DARK],
    ['UML', LIGHT],
    ['Min-max', DARK],
    ['Chen', TWO],
  ] as const) {
    await studio.command(page, `Draw in ${notation} notation`);
    await expect(page.getByRole('button', { name: `Notation: ${notation}` })).toBeVisible();
    // What is larger in this notation is given room with one click.
    if (notation === 'Chen')
      await studio
        .notice(page, /overlap in this view/)
        .getByRole('button', { name: 'Arrange' })
        .click();
    if (notation === 'Chen') await expect(studio.notice(page, /overlap in this view/)).toHaveCount(0);
    await lookAtAll(page, `notation-${notation.toLowerCase()}`, looks);
  }
  await page.getByRole('button', { name: 'Notation: Chen' }).click();
  await look(page, 'notation-menu', DARK);
});

test('diagrams, and an empty one, look right', async ({ page }) => {
  await openShop(page);
  await newDiagram(page, 'Billing and everything that belongs to it');
  await expect(page.getByText('Nothing is on this diagram yet')).toBeVisible();
  await newDiagram(page, 'Stock');
  await look(page, 'diagram-empty', LIGHT);
  await page.getByRole('button', { name: 'Diagrams, and what to do with this one' }).click();
  await look(page, 'diagram-menu', DARK);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+A');
  await lookInto(page, 'diagram-add', async () => studio.dialog(page, 'Add tables to Stock'));
});

test('what narrows a diagram looks right', async ({ page }) => {
  await openShop(page);
  await studio.focusCanvas(page);
  await page.keyboard.press('/');
  await page.keyboard.type('pr');
  await lookInto(page, 'filter', async () => studio.dialog(page, 'Filter the diagram'));
  await lookAtAll(page, 'filter-on', LIGHT);
  await studio.focusCanvas(page);
  await page.keyboard.press('Escape');
  await studio.goTo(page, 'orders');
  await studio.focusCanvas(page);
  await page.keyboard.press('f');
  await expect(page.getByRole('region', { name: 'What is shown' })).toBeVisible();
  await lookAtAll(page, 'focus', DARK);
});

test('areas in areas and notes look right', async ({ page }) => {
  await openShop(page);
  await studio.focusCanvas(page);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('g');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Everything there is');
  await page.keyboard.press('Enter');
  await studio.focusCanvas(page);
  await page.keyboard.press('n');
  const canvas = await page.getByRole('application', { name: 'Diagram' }).boundingBox();
  await page.mouse.click((canvas?.x ?? 0) + 40, (canvas?.y ?? 0) + 120);
  const field = page.getByRole('textbox', { name: 'Note', exact: true });
  await field.fill('# Billing\nEvery **invoice** has a `tax_rate`; see [law](https://example.org).\n\n- one\n  - two\n\n> said so');
  await look(page, 'note-writing', DARK);
  await page.keyboard.press('Control+Enter');
  await lookAtAll(page, 'areas-and-notes');
});

test('editing looks right: the grid, completion, relating, many at once', async ({ page }) => {
  await openShop(page);
  await studio.goTo(page, 'orders');
  const grid = page.getByRole('region', { name: 'Inspector' }).getByRole('grid', { name: 'Columns of orders' });
  await page.keyboard.press('Control+Alt+3');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.type('delivered time');
  await expect(grid.getByRole('combobox')).toBeFocused();
  await look(page, 'grid-typing');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await studio.focusCanvas(page);
  await page.keyboard.press('r');
  await page.keyboard.type('stock');
  await look(page, 'relate-to', DARK);
  await page.keyboard.press('Enter');
  await lookInto(page, 'relate', async () => studio.dialog(page, 'New relationship'));
  await studio.focusCanvas(page);
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('heading', { name: /\d+ selected/ })).toBeVisible();
  await look(page, 'many-selected');
  await page.keyboard.press('Alt+r');
  const rename = studio.dialog(page, 'Rename many');
  await rename.getByRole('combobox', { name: 'Case' }).click();
  await page.getByRole('option', { name: 'PascalCase' }).click();
  await lookInto(page, 'rename-many', async () => rename.getByRole('list', { name: 'Names that change' }));
  await studio.goTo(page, 'orders');
  await studio.focusCanvas(page);
  await page.keyboard.press('Alt+x');
  await lookInto(page, 'refactor', async () => {
    const extract = studio.dialog(page, 'Extract a table');
    await extract.getByRole('checkbox').and(extract.locator(':enabled')).last().click();
    return extract.getByRole('region', { name: 'What changes' });
  });
  await studio.table(page, 'orders').click({ button: 'right', position: { x: 30, y: 12 } });
  await look(page, 'context-menu', DARK);
  await page.keyboard.press('Escape');
  await studio.focusCanvas(page);
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
});

test('dialogs and menus look right', async ({ page }) => {
  await openShop(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('order');
  await lookInto(page, 'command-box', async () => page.getByRole('option').first());
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nothing is called so');
  await lookInto(page, 'command-box-empty', async () => page.getByText('Nothing has these letters in this order.'));
  await page.getByRole('searchbox', { name: 'Filter the model' }).fill('nothing is called so');
  await look(page, 'navigator-empty', DARK);
  await page.getByRole('searchbox', { name: 'Filter the model' }).fill('');
  for (const [name, label] of [
    ['shortcuts', 'Keyboard shortcuts'],
    ['settings', 'Settings'],
    ['documents', 'Documents'],
    ['share', 'Share a link'],
  ] as const) {
    if (name === 'share' || name === 'settings') await page.getByRole('button', { name: label }).click();
    else if (name === 'documents') await page.keyboard.press('Control+o');
    else await studio.command(page, label);
    await lookInto(page, name, async () => studio.dialog(page, label));
  }
  for (const format of ['SVG', 'PNG', 'PDF', 'Web page']) {
    const box = await studio.pictureDialog(page, format);
    await expect(box.getByRole('img', { name: 'Preview of the diagram' })).toBeVisible();
    await look(page, `export-${format.toLowerCase().replace(' ', '-')}`, format === 'PNG' || format === 'PDF' ? DARK : LIGHT);
  }
  await lookInto(page, 'export-files', async () => {
    await studio.dialog(page, 'Export').getByRole('tab', { name: 'Documents and files' }).click();
    return studio.dialog(page, 'Export').getByRole('tabpanel', { name: 'Documents and files' });
  });
  await page.getByRole('button', { name: 'More ways to arrange' }).click();
  await look(page, 'arrange-menu', DARK);
  await page.keyboard.press('Escape');
  await studio.importSql(page, FAULTY);
  await studio.showDock(page, 'Problems');
  await page.getByRole('tree', { name: 'Problems' }).getByRole('treeitem', { level: 2 }).first().click();
  await look(page, 'problems');
});

test('a design that is only to be read looks right', async ({ page }) => {
  await openShop(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Share a link' }).click();
  await studio.dialog(page, 'Share a link').getByRole('button', { name: 'Copy link' }).click();
  await expect(studio.notice(page, 'The link is on the clipboard.')).toBeVisible();
  await look(page, 'toast');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await studio.closeDialog(page);
  await page.goto('about:blank');
  await studio.start(page, link);
  await expect(page.getByRole('status').filter({ hasText: 'came in a link' })).toBeVisible();
  await lookAtAll(page, 'read-only');
});
