import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** What has the focus, in words, and whether a person can see that it has. */
function focus(page: Page): Promise<{ what: string; pane: string; seen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const label =
      element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent ?? '';
    const marks = (one: Element, pseudo?: string) => {
      const style = getComputedStyle(one, pseudo);
      if (pseudo !== undefined) return style.content !== 'none' && Number.parseFloat(style.borderTopWidth) > 0;
      return (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    };
    const active = element.getAttribute('aria-activedescendant');
    const option = active === null ? null : document.getElementById(active);
    // A field may show its focus by the box that it stands in; a dialog that was just opened is its own sign.
    const around = [element, element.parentElement, element.parentElement?.parentElement].filter((one) => one != null);
    const seen =
      around.some((one) => marks(one)) ||
      marks(element, '::after') ||
      (option !== null && marks(option)) ||
      element.closest('.monaco-editor') !== null ||
      element.matches('[data-modal], [cmdk-input], input, textarea');
    return {
      what:
        element === document.body
          ? 'nothing'
          : `${element.getAttribute('role') ?? element.tagName.toLowerCase()} ${label.trim().slice(0, 60)}`,
      pane: element.closest('[data-pane]')?.getAttribute('data-pane') ?? '',
      seen,
    };
  });
}

/** The focus is somewhere, and to be seen there. */
async function expectFocus(page: Page, what?: RegExp): Promise<void> {
  await expect(async () => {
    const now = await focus(page);
    if (what === undefined) expect(now.what).not.toBe('nothing');
    else expect(now.what).toMatch(what);
    expect(now.seen, `one sees that ${now.what} has the focus`).toBe(true);
  }).toPass({ timeout: 10_000 });
}

/** Presses keys one after the other; the focus is never lost on the way. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await expectFocus(page);
  }
}

/** Goes on with Tab until what has the focus fits. */
async function tabTo(page: Page, what: RegExp, key = 'Tab'): Promise<void> {
  const met: string[] = [];
  for (let times = 0; times < 60; times++) {
    await page.keyboard.press(key);
    const now = await focus(page);
    if (what.test(now.what)) return expectFocus(page, what);
    met.push(now.what);
  }
  throw new Error(`Tab does not come to ${what}, but to ${met.join(' | ')}`);
}

test('the whole journey by keyboard alone, and the focus is always somewhere and seen', async ({ page }) => {
  await studio.start(page);

  await test.step('from the first screen into an example', async () => {
    await tabTo(page, /^button Start from an example/);
    await press(page, 'Enter');
    await tabTo(page, /^button Blog/);
    await page.keyboard.press('Enter');
    await expect(studio.table(page, 'posts')).toBeAttached();
    await studio.saved(page);
    await expectFocus(page);
  });

  await test.step('to a table by the command box', async () => {
    await press(page, 'Control+k');
    await expectFocus(page, /^combobox/);
    await page.keyboard.type('comments');
    await press(page, 'Enter');
    await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name: 'comments' })).toBeVisible();
  });

  await test.step('over the canvas by arrows, editing in place', async () => {
    await press(page, 'Control+Alt+1');
    await expectFocus(page, /^application Diagram/);
    await press(page, 'ArrowLeft');
    await expectFocus(page, /^group (?:Table|View|Materialized)/);
    await press(page, 'Enter');
    await expectFocus(page, /Column name|Name/);
    await press(page, 'Escape');
    await expectFocus(page, /^application Diagram|^group Table/);
  });

  await test.step('the navigator as a tree', async () => {
    await press(page, 'Control+Alt+2');
    await expectFocus(page, /^tree Model/);
    await page.keyboard.type('posts');
    await expect(page.getByRole('treeitem', { name: /^posts/ })).toHaveAttribute('aria-selected', 'true');
    await press(page, 'ArrowRight', 'ArrowDown');
    await expect(page.getByRole('treeitem', { selected: true })).toHaveAttribute('aria-level', '3');
    await press(page, 'ArrowLeft', 'Enter');
    await expect(studio.table(page, 'posts')).toBeVisible();
  });

  await test.step('F6 goes round all panes and back', async () => {
    const seen = new Set<string>();
    for (let times = 0; times < 6; times++) {
      const before = (await focus(page)).pane;
      await page.keyboard.press('F6');
      await expect.poll(async () => (await focus(page)).pane).not.toBe(before);
      await expectFocus(page);
      seen.add((await focus(page)).pane);
    }
    expect([...seen].sort()).toEqual(['canvas', 'dock', 'inspector', 'navigator', 'rail', 'top']);
    const before = (await focus(page)).pane;
    await page.keyboard.press('Shift+F6');
    await expect.poll(async () => (await focus(page)).pane).not.toBe(before);
  });

  const inspector = page.getByRole('region', { name: 'Inspector' });
  const grid = inspector.getByRole('grid', { name: 'Columns of posts' });
  await test.step('a column in the grid: name, type, not null, unique, index', async () => {
    await press(page, 'Control+Alt+3');
    await expect(grid).toBeVisible();
    await expectFocus(page, /^td/);
    await press(page, 'Control+Enter');
    await expectFocus(page, /^combobox/);
    await page.keyboard.type('price');
    await press(page, 'Tab');
    await page.keyboard.type('double precision');
    await press(page, 'Enter');
    const row = grid.getByRole('row').filter({ hasText: 'price' });
    await expect(row).toContainText('double precision');
    while (!(await row.evaluate((element) => element.contains(document.activeElement)))) await press(page, 'ArrowUp');
    await press(page, 'Home', 'End');
    await expect(row.getByRole('gridcell', { name: 'price: may be null' })).toBeFocused();
    await press(page, 'Space');
    await expect(row.getByRole('gridcell', { name: 'price: not null' })).toBeFocused();
    await press(page, 'u', 'Home');
    await expect(row.getByRole('gridcell', { name: /^price: .*unique/i })).toBeFocused();
    await press(page, 'u', 'i');
    await expect(row.getByRole('gridcell', { name: /^price: .*index/i })).toBeFocused();
  });

  await test.step('a relationship through the inspector, undone and done again', async () => {
    await tabTo(page, /^tab Columns/, 'Shift+Tab');
    await press(page, 'ArrowRight');
    await expectFocus(page, /^tab Keys/);
    await tabTo(page, /^button Add foreign key/);
    await press(page, 'Enter');
    await expectFocus(page, /^combobox Table to refer to/);
    await page.keyboard.type('tags');
    await press(page, 'Enter');
    const made = inspector.getByRole('button', { name: /^foreign key tag_id/ });
    await expect(made).toBeVisible();
    await expectFocus(page);
    await press(page, 'Control+Alt+1', 'Control+z');
    await expect(made).toHaveCount(0);
    await press(page, 'Control+Shift+z');
    await expect(made).toBeVisible();
  });

  await test.step('the next problem, and its fix', async () => {
    await press(page, 'F8');
    const problems = page.getByRole('tree', { name: 'Problems' });
    await expect(problems).toBeVisible();
    const money = problems.getByRole('treeitem', { name: /price/ }).first();
    for (let times = 0; times < 12 && (await money.getAttribute('aria-selected')) !== 'true'; times++) await press(page, 'F8');
    await expect(money).toHaveAttribute('aria-selected', 'true');
    const said = (await money.textContent()) ?? '';
    await press(page, 'Control+.');
    const preview = page.getByRole('dialog');
    await expect(preview.getByRole('button', { name: 'Apply' })).toBeFocused();
    await expect(preview.getByRole('button', { name: 'Apply' })).toBeEnabled();
    await page.keyboard.press('Enter');
    await expect(preview).toHaveCount(0);
    await expectFocus(page);
    await expect(problems).not.toContainText(said);
  });

  await test.step('the DDL pane lets go of Tab', async () => {
    await press(page, 'Control+Alt+4');
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.monaco-editor') != null)).toBe(true);
    await press(page, 'Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') == null)).toBe(true);
  });

  await test.step('export, and back to where one was', async () => {
    await press(page, 'Control+Alt+1', 'Control+e');
    await expect(studio.dialog(page, 'Export')).toBeVisible();
    await tabTo(page, /^button Download/);
    await press(page, 'Escape');
    await expect(studio.dialog(page, 'Export')).toHaveCount(0);
    await expectFocus(page, /^application Diagram|^group /);
  });
});

test('what is typed before the command box has come stands in it', async ({ page }) => {
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route(/\/assets\/Palette[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await studio.start(page);
  await page.getByRole('application', { name: 'Diagram' }).focus();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('textbox', { name: 'Opening' })).toBeFocused();
  await page.keyboard.type('area');
  letThrough();
  await expect(page.getByPlaceholder('Find a table, column or action')).toHaveValue('area');
  await page.keyboard.type('s');
  await expect(page.getByPlaceholder('Find a table, column or action')).toHaveValue('areas');
  await page.keyboard.press('Escape');
  await expectFocus(page, /application Diagram/);
});
