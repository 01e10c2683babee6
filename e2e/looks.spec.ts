import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../scripts/lib.mjs';
import { generatedSchema } from '../test/generated-schema.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';
import { useTheme as wear } from './studio.ts';

/** Screenshots to be looked at; nothing compares them. */
const ARTIFACTS = join(ROOT, 'artifacts');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;
const THEMES = ['light', 'dark'] as const;

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

async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), animations: 'disabled' });
}

/** What of the screen's geometry a designer would send back, in words; none when it is sound. */
function geometryFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const words = (element: Element) => `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
    const shown = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && getComputedStyle(element).visibility !== 'hidden';
    };
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push(`the page is ${scrollWidth} x ${scrollHeight}`);

    // Regions of the frame stay inside the window and beside each other.
    const regions = [...document.querySelectorAll('[data-pane]')].filter(shown);
    for (const region of regions) {
      const { left, top, right, bottom } = region.getBoundingClientRect();
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
        faults.push(`${region.getAttribute('aria-label')} leaves the window`);
    }
    const overlapping = (list: readonly Element[], by: number, what: string) => {
      const boxes = list
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .sort((a, b) => a.box.left - b.box.left);
      for (const [at, one] of boxes.entries()) {
        for (const other of boxes.slice(at + 1)) {
          if (other.box.left >= one.box.right - by) break;
          if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
          if (other.box.top < one.box.bottom - by && one.box.top < other.box.bottom - by)
            faults.push(`${what} overlap: ${words(one.element)} and ${words(other.element)}`);
        }
      }
    };
    overlapping(regions, 1, 'regions');
    overlapping([...document.querySelectorAll('.tn')].filter(shown), 1, 'tables');

    // What stands in the bars is whole and apart.
    for (const name of ['Document', 'Status', 'Parts of the studio']) {
      const bar = document.querySelector(`[data-pane][aria-label="${name}"]`);
      if (bar === null) continue;
      const items = [...bar.querySelectorAll('button, [role=combobox], [role=status], span')].filter(
        (one) => shown(one) && one.children.length === 0 && (one.textContent ?? '').trim() !== '',
      );
      const controls = [...bar.querySelectorAll('button, [role=combobox]')].filter(shown);
      overlapping(controls, 1, `in ${name}`);
      const edge = bar.getBoundingClientRect();
      for (const one of [...items, ...controls]) {
        const { right, left, bottom } = one.getBoundingClientRect();
        if (right > edge.right + 1 || left < edge.left - 1 || bottom > edge.bottom + 1) faults.push(`${words(one)} leaves ${name}`);
      }
    }

    // Text that does not fit ends in an ellipsis and is said whole in a tooltip, or can be scrolled to.
    for (const text of document.querySelectorAll(
      '.tn .title, .tn .name, .tn .type, .tn .foot, button, [role=tab], h1, h2, h3, [role=treeitem] > span',
    )) {
      if (!shown(text) || text.closest('.monaco-editor, .sr-only') !== null) continue;
      const style = getComputedStyle(text);
      if (text.scrollWidth <= text.clientWidth + 1 || style.overflowX === 'visible' || style.display === 'inline') continue;
      if (style.textOverflow !== 'ellipsis') faults.push(`cut without an ellipsis: ${words(text)}`);
      else if (text.closest('.tn') !== null && text.getAttribute('title') === null)
        faults.push(`cut without a title: ${words(text)}`);
    }

    for (const button of document.querySelectorAll('button')) {
      if (shown(button) && button.scrollHeight > button.clientHeight + 2) faults.push(`too high for its button: ${words(button)}`);
    }
    const pill = document.querySelector('[role=toolbar]');
    const map = document.querySelector('[data-pane=canvas] canvas:not([class])');
    if (pill !== null && map !== null) overlapping([pill, map], 1, 'tools and minimap');

    // Panes are wide enough to work in.
    const least = { navigator: [180, 100], inspector: [280, 100], dock: [300, 120], canvas: [260, 160] } as const;
    for (const [pane, [width, height]] of Object.entries(least)) {
      const box = document.querySelector(`[data-pane=${pane}]`)?.getBoundingClientRect();
      if (box !== undefined && (box.width < width || box.height < height))
        faults.push(`the ${pane} is only ${Math.round(box.width)} x ${Math.round(box.height)}`);
    }
    return faults;
  });
}

async function expectSound(page: Page, name: string): Promise<void> {
  await shoot(page, name);
  expect.soft(await geometryFaults(page), name).toEqual([]);
}

/** Every size and theme of what is on the screen. */
async function everyLook(page: Page, name: string, settled: () => Promise<void> = async () => {}): Promise<void> {
  for (const theme of THEMES) {
    await wear(page, theme);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await studio.focusCanvas(page);
      await page.keyboard.press('Shift+1');
      await settled();
      await page.mouse.move(size.width / 2, 2);
      await expectSound(page, `${name}-${size.width}-${theme}`);
    }
  }
}

test('three tables look right at both sizes and in both themes', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, THREE);
  await studio.ddlPane(page);
  await studio.goTo(page, 'orders');
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('tab', { name: 'Columns' })).toBeVisible();
  await everyLook(page, 'three', () => expect(studio.table(page, 'orders')).toBeVisible());
});

test('sixty tables look right at both sizes and in both themes', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'sixty.sql', content: generatedSchema({ tables: 60 }) });
  await studio.expectTables(page, 60);
  await studio.ddlPane(page);
  await everyLook(page, 'sixty');
});

test('five hundred tables look right at both sizes and in both themes', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'five-hundred.sql', content: generatedSchema({ tables: 500 }) });
  await studio.expectTables(page, 500);
  await studio.ddlPane(page);
  await everyLook(page, 'five-hundred');
});

test('the empty, the failing and the busy screen look right', async ({ page }) => {
  await studio.start(page);
  const example = page.getByRole('button', { name: /^Start from an example/ });
  await everyLook(page, 'empty', () => expect(example).toBeInViewport({ ratio: 0.99 }));
  await example.click();
  await expect(page.getByRole('button', { name: 'Other ways to start' })).toBeInViewport({ ratio: 0.99 });
  await expectSound(page, 'empty-examples');
  await studio.openFiles(page, {
    name: 'broken.docx',
    content: new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0]),
  });
  await expect(studio.dialog(page, 'Import SQL').getByRole('alert')).toBeVisible();
  await expectSound(page, 'import-refused');
  await studio.closeDialog(page);
  await studio.openFiles(page, {
    name: 'half.sql',
    content: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABEL b (id int);\nCREATE TABLE c (',
  });
  await expect(studio.preview(page)).toBeVisible();
  await expectSound(page, 'import-preview');
  await studio.closeDialog(page);
  await studio.openFiles(page, { name: 'large.sql', content: generatedSchema({ tables: 2500 }) });
  await expect(studio.dialog(page, 'Import SQL').getByRole('progressbar')).toBeVisible();
  await shoot(page, 'import-reading');
  await studio.dialog(page, 'Import SQL').getByRole('button', { name: 'Cancel' }).click();
  await studio.closeDialog(page);
});
