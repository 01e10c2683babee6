import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { strFromU8 } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { decodePng } from '../test/pictures.ts';
import { expect, guard, test } from './fixtures.ts';
import * as studio from './studio.ts';

const { dialog, downloadBytes, picturing, pictureDialog } = studio;

/** The worked shop design: twelve tables, a view, areas. */
async function openShop(page: Page): Promise<void> {
  await studio.start(page);
  await page.getByRole('button', { name: /Start from an example/ }).click();
  await page.getByRole('button', { name: /shop/i }).click();
  await expect(studio.treeItem(page, 'orders')).toBeVisible();
  await studio.saved(page);
}

const TABLES = ['orders', 'order_items', 'payments', 'customers', 'addresses', 'postal_areas', 'reviews'];
const CATALOG = ['categories', 'products', 'variants', 'stock_levels', 'prices'];

/** A page of another browser profile, told when anything but the file itself is asked for or anything goes wrong in it. */
async function cleanPage(context: BrowserContext, wrong: string[]): Promise<Page> {
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) wrong.push(`request to ${request.url()}`);
  });
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`console: ${message.text()}`);
  });
  return page;
}

/** Opens a downloaded file from disk in a browser that knows nothing of the studio. */
async function openClean(page: Page, name: string, bytes: Uint8Array, wrong: string[]): Promise<Page> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('There is no browser.');
  const path = await studio.fileOnDisk({ name, content: bytes });
  const clean = await cleanPage(await browser.newContext({ viewport: { width: 1280, height: 800 } }), wrong);
  await clean.goto(`file://${path}`);
  return clean;
}

async function made(page: Page, format: string): Promise<{ name: string; bytes: Uint8Array }> {
  const { name, bytes } = await downloadBytes(page, picturing(page, format));
  return { name, bytes: new Uint8Array(bytes) };
}

test('SVG: every table as text that can be selected, its fonts in it, in a clean page without a network', async ({ page }) => {
  await openShop(page);
  const { name, bytes } = await made(page, 'SVG');
  expect(name).toBe('shop.svg');
  expect(strFromU8(bytes)).toContain('font/ttf;base64,');
  const wrong: string[] = [];
  const clean = await openClean(page, name, bytes, wrong);
  for (const table of [...TABLES, ...CATALOG])
    await expect(clean.locator('text').filter({ hasText: new RegExp(`^${table}$`) })).toBeVisible();
  await clean
    .locator('text')
    .filter({ hasText: /^order_items$/ })
    .dblclick();
  expect(await clean.evaluate(() => getSelection()?.toString())).toBe('order_items');
  // The letters are those of the font inside: they are as wide as they were drawn for.
  const loaded = await clean.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].map((font) => `${font.family} ${font.weight} ${font.status}`);
  });
  expect(loaded).toContain('Inter 400 loaded');
  const outside = await clean.evaluate(() => {
    const box = document.documentElement.getBoundingClientRect();
    return [...document.querySelectorAll('text')].filter((one) => {
      const own = one.getBoundingClientRect();
      return own.left < box.left || own.right > box.right || own.bottom > box.bottom;
    }).length;
  });
  expect(outside).toBe(0);
  await clean.context().close();
  expect(wrong).toEqual([]);
});

test('PNG: as large as it says, at the scale asked for, and painted where the tables stand', async ({ page }) => {
  await openShop(page);
  const box = await pictureDialog(page, 'PNG');
  await box.getByRole('combobox', { name: 'Scale' }).click();
  await page.getByRole('option', { name: '1×', exact: true }).click();
  await expect(box.getByRole('textbox', { name: 'Dots per inch' })).toHaveValue('96');
  const said = (await box.getByText(/pixels$/).textContent()) ?? '';
  const { bytes } = await made(page, 'PNG');
  const once = decodePng(bytes);
  expect(`${once.width.toLocaleString('en')} × ${once.height.toLocaleString('en')} pixels`).toBe(said);
  expect(once.dpi).toBe(96);
  await box.getByRole('textbox', { name: 'Dots per inch' }).fill('144');
  await box.getByText('Coloured background').click();
  const larger = decodePng((await made(page, 'PNG')).bytes);
  expect(larger.width).toBe(Math.round(once.width * 1.5));
  expect(larger.dpi).toBe(144);
  expect(once.pixel(2, 2)).toEqual([0xf5, 0xf6, 0xf8, 255]);
  expect(larger.pixel(2, 2)[3]).toBe(0);
  const colours = new Set<string>();
  for (let x = 0; x < once.width; x += 3) for (let y = 0; y < once.height; y += 3) colours.add(once.pixel(x, y).join(' '));
  expect(colours.size).toBeGreaterThan(60);
});

test('PDF: every table as text, on one page and on numbered sheets', async ({ page }) => {
  await openShop(page);
  const read = async (bytes: Uint8Array) => {
    const task = getDocument({ data: bytes.slice(), disableFontFace: true, useSystemFonts: false, verbosity: 0 });
    const file = await task.promise;
    const pages = await Promise.all(
      Array.from({ length: file.numPages }, async (_, at) => {
        const { items } = await (await file.getPage(at + 1)).getTextContent();
        return items.flatMap((one) => ('str' in one ? [one.str] : []));
      }),
    );
    await task.destroy();
    return pages;
  };
  const [single = [], ...more] = await read((await made(page, 'PDF')).bytes);
  expect(more).toEqual([]);
  for (const table of [...TABLES, ...CATALOG]) expect(single).toContain(table);
  const box = await pictureDialog(page, 'PDF');
  await box.getByText('Sheets', { exact: true }).click();
  await box.getByRole('combobox', { name: 'Size on the sheets' }).click();
  await page.getByRole('option', { name: '100%' }).click();
  const said = (await box.getByText(/^\d+ pages, /).textContent()) ?? '';
  const [, count = '', columns = '', rows = ''] = /^(\d+) pages, (\d+) across and (\d+) down/.exec(said) ?? [];
  const sheets = await read((await made(page, 'PDF')).bytes);
  expect(sheets).toHaveLength(Number(count));
  expect(sheets.at(-1)).toContain(`Shop · ${columns}/${columns} across, ${rows}/${rows} down`);
});

test('a selection and an area: only what they hold is drawn', async ({ page }) => {
  await openShop(page);
  await studio.treeItem(page, 'orders').click();
  await studio.treeItem(page, 'payments').click({ modifiers: ['Control'] });
  const texts = async () =>
    [...strFromU8((await made(page, 'SVG')).bytes).matchAll(/font-weight="600">([a-z_]+)</g)].map(([, name]) => name);
  const box = await pictureDialog(page, 'SVG');
  await box.getByText('Selection (2)').click();
  expect((await texts()).filter((name) => [...TABLES, ...CATALOG].includes(name ?? '')).sort()).toEqual(['orders', 'payments']);
  await box.getByText('Area', { exact: true }).first().click();
  await box.getByRole('combobox', { name: 'Area' }).click();
  await page.getByRole('option', { name: 'Catalog' }).click();
  const shown = await texts();
  for (const table of CATALOG) expect(shown).toContain(table);
  expect(shown).not.toContain('customers');
});

test('what was chosen last is there the next time, by keyboard alone', async ({ page }) => {
  await openShop(page);
  await page.keyboard.press('Control+e');
  const box = dialog(page, 'Export');
  await expect(box).toBeVisible();
  await box.getByRole('tab', { name: 'Documents and files' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(box.getByRole('img', { name: 'Preview of the diagram' })).toBeVisible();
  await box.getByRole('radio', { name: 'SVG' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(box.getByRole('radio', { name: 'PNG' })).toBeChecked();
  await box.getByRole('radio', { name: /Light|Dark/, checked: true }).focus();
  await page.keyboard.press('ArrowRight');
  await studio.closeDialog(page);
  await page.keyboard.press('Control+e');
  await expect(box.getByRole('radio', { name: 'PNG' })).toBeChecked();
  await expect(box.getByRole('radio', { name: 'Dark' })).toBeChecked();
});

test('copied as an image it can be pasted: a PNG of the selection', async ({ page }) => {
  await openShop(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio.treeItem(page, 'orders').click();
  await studio.command(page, 'Copy as image');
  await expect(studio.notice(page, 'The picture is on the clipboard.')).toBeVisible();
  const bytes = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const blob = await item?.getType('image/png');
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
  });
  const { width, height } = decodePng(Uint8Array.from(bytes));
  expect(width).toBeGreaterThan(300);
  expect(width).toBeLessThan(1000);
  expect(height).toBeGreaterThan(400);
  await studio.command(page, 'Copy as SVG text');
  await expect(studio.notice(page, 'The SVG is on the clipboard as text.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<svg [\s\S]*>orders<[\s\S]*<\/svg>\s*$/);
});

test('web page: one file with diagram, search and dictionary, without a network', async ({ page }) => {
  await openShop(page);
  const { name, bytes } = await made(page, 'Web page');
  expect(name).toBe('shop.html');
  const wrong: string[] = [];
  const clean = await openClean(page, name, bytes, wrong);
  await expect(clean.getByRole('heading', { name: 'Shop', exact: true })).toBeVisible();
  await expect(clean.getByText('12 tables · 1 view · 14 relationships')).toBeVisible();
  const dictionary = clean.getByRole('region', { name: 'Data dictionary' });
  for (const table of TABLES) await expect(dictionary.getByRole('heading', { name: `sales.${table} table` })).toBeAttached();
  const diagram = clean.getByRole('region', { name: /^Diagram/ });
  const orders = diagram.getByRole('group', { name: 'table orders' });
  const before = await orders.boundingBox();
  // Search by keyboard goes to the table, in the diagram and in the dictionary.
  await clean.keyboard.press('/');
  await clean.keyboard.type('unit_price');
  await expect(clean.getByRole('option').first()).toHaveText('sales.order_items.unit_price');
  await clean.keyboard.press('Enter');
  await expect(dictionary.getByRole('heading', { name: 'sales.order_items table' })).toBeInViewport();
  await expect(diagram.getByRole('group', { name: 'table order_items' })).toBeInViewport();
  // A link of the dictionary leads to what it names.
  await dictionary
    .locator('section[data-name="sales.order_items"]')
    .getByRole('link', { name: 'sales.orders', exact: true })
    .first()
    .click();
  await expect(dictionary.getByRole('heading', { name: 'sales.orders table' })).toBeInViewport();
  const found = await orders.boundingBox();
  expect(found?.width).toBeGreaterThan(before?.width ?? 0);
  // Drag, wheel and keys move; 0 shows all again.
  const box = await diagram.boundingBox();
  if (box === null || found === null) throw new Error('Nothing is shown.');
  await clean.mouse.move(box.x + 20, box.y + 20);
  await clean.mouse.down();
  await clean.mouse.move(box.x + 80, box.y + 50, { steps: 4 });
  await clean.mouse.up();
  await expect.poll(async () => (await orders.boundingBox())?.x).toBeCloseTo(found.x + 60, 0);
  await clean.mouse.wheel(0, -200);
  await expect.poll(async () => (await orders.boundingBox())?.width).toBeGreaterThan(found.width * 1.1);
  await diagram.focus();
  await clean.keyboard.press('0');
  await expect.poll(async () => (await orders.boundingBox())?.width).toBeCloseTo(before?.width ?? 0, -1);
  // Dark where the reader's system is, paper white in print.
  await clean.emulateMedia({ colorScheme: 'dark' });
  await expect(clean.locator('body')).toHaveCSS('background-color', 'rgb(14, 19, 25)');
  await clean.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(clean.locator('body')).toHaveCSS('background-color', 'rgb(245, 246, 248)');
  await clean.context().close();
  expect(wrong).toEqual([]);
});

test('an empty diagram says that there is nothing to draw', async ({ page }) => {
  await studio.start(page);
  await studio.command(page, 'New document');
  await expect(page.getByText('Start with a schema')).toBeVisible();
  await picturing(page, 'SVG')();
  await expect(page.getByText(/The diagram is empty/).first()).toBeVisible();
  await expect(dialog(page, 'Export').getByText('There is nothing to draw yet.')).toBeVisible();
});

/** Tables in rows, each with its place, as a file of the studio. */
function largeDesign(count: number): string {
  const tables = Array.from({ length: count }, (_, at) => ({
    id: `t${at}`,
    schema: 's',
    name: `table_${at}`,
    columns: [0, 1, 2].map((one) => ({
      id: `t${at}c${one}`,
      name: `column_${one}`,
      type: { kind: 'builtin', name: 'text' },
      nullable: true,
    })),
  }));
  const placements = tables.map(({ id }, at) => ({
    id: `diagram_main/${id}`,
    diagram: 'diagram_main',
    object: id,
    x: (at % 100) * 240,
    y: Math.floor(at / 100) * 180,
  }));
  const settings = [{ id: 'settings', name: 'Large', dialect: 'postgresql', version: 18 }];
  const schemas = [{ id: 's', name: 'public', implicit: true }];
  const diagrams = [{ id: 'diagram_main', name: 'Main' }];
  return JSON.stringify({ format: 'crowfoot', version: 1, settings, schemas, tables, diagrams, placements });
}

test('5,000 tables as one PNG', async ({ page }) => {
  await studio.start(page);
  await studio.dropFiles(page, { name: 'large.crowfoot.json', content: largeDesign(5000) });
  await studio.expectTables(page, 5000);
  const box = await pictureDialog(page, 'PNG');
  await box.getByRole('combobox', { name: 'Scale' }).click();
  await page.getByRole('option', { name: '1×', exact: true }).click();
  const said = box.getByText(/^[\d,]+ × [\d,]+ pixels/);
  await expect(said).toBeVisible({ timeout: 30_000 });
  const text = (await said.textContent()) ?? '';
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 120_000 }),
    box.getByRole('button', { name: 'Download the picture' }).click(),
  ]);
  const bytes = new Uint8Array(await readFile(await download.path()));
  const view = new DataView(bytes.buffer);
  expect(`${view.getUint32(16).toLocaleString('en')} × ${view.getUint32(20).toLocaleString('en')} pixels`).toBe(text);
  expect(view.getUint32(16) * view.getUint32(20)).toBeGreaterThan(100_000_000);
});

test('a link carries the whole design: shown read-only elsewhere, and kept as a copy', async ({ page, browser, baseURL }) => {
  await openShop(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Share a link' }).click();
  const share = dialog(page, 'Share a link');
  await share.getByRole('button', { name: 'Copy link' }).click();
  await expect(studio.notice(page, 'The link is on the clipboard.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#doc=1\.[A-Za-z0-9_-]+$/);
  await expect(share.getByText(`${(link.length / 1000).toFixed(1)} kB`)).toBeVisible();
  await studio.closeDialog(page);
  const written = await studio.schemaSql(page);

  // Another person, who has nothing stored.
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  const other = await context.newPage();
  const wrong: string[] = [];
  await guard(other, baseURL ?? '', wrong);
  const asked: string[] = [];
  other.on('request', (request) => asked.push(request.url()));
  await studio.start(other, link);
  expect(asked.filter((url) => url.includes('doc='))).toEqual([link].filter((url) => asked.includes(url)));
  const banner = other.getByRole('status').filter({ hasText: 'came in a link' });
  await expect(banner).toBeVisible();
  await studio.expectTables(other, 12);
  await studio.focusCanvas(other);
  await other.keyboard.press('t');
  await studio.expectTables(other, 12);
  await banner.getByRole('button', { name: 'Keep a copy' }).click();
  await expect(banner).toHaveCount(0);
  await expect(other).not.toHaveURL(/doc=/);
  await studio.saved(other);
  await other.reload();
  await studio.ready(other);
  await studio.expectTables(other, 12);
  expect(await studio.schemaSql(other)).toBe(written);
  await context.close();
  expect(wrong).toEqual([]);
});

test('a damaged link says so and leaves the own design open', async ({ page }) => {
  await openShop(page);
  await page.goto('./#doc=1.eJwrSSwuAQAGAAHl-damaged');
  await expect(studio.notice(page, /The link is damaged/)).toBeVisible();
  await studio.expectTables(page, 12);
  expect(page.url()).not.toContain('doc=');
});
