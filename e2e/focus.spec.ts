import type { Page } from '@playwright/test';
import { generateTables, schemaDdl } from '../test/schema-gen.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = `
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, note text);
CREATE TABLE logbook (entry text);
`;

/** What has the focus, in words: its pane and what it is. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return 'nothing';
    const pane = element.closest('[data-pane]')?.getAttribute('data-pane') ?? element.closest('[role=dialog]')?.role ?? 'elsewhere';
    const kind = element.getAttribute('aria-roledescription') ?? element.getAttribute('role') ?? element.tagName.toLowerCase();
    return `${pane}: ${kind} ${element.getAttribute('aria-label') ?? ''}`.trim();
  });
}

/** The focus is where a person would look for it, and stays there once the screen has come to rest. */
async function expectFocus(page: Page, where: RegExp, after: string): Promise<void> {
  await expect.poll(() => focused(page), { message: after, timeout: 10_000 }).toMatch(where);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await focused(page), `${after}, once it is at rest`).toMatch(where);
}

const said = (page: Page) => page.getByRole('status', { name: 'What happened' });

test('the focus is never lost, and what happened is said', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await studio.focusCanvas(page);

  await test.step('going from table to table tells key and neighbours', async () => {
    await studio.goTo(page, 'orders');
    await studio.focusCanvas(page);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await expectFocus(page, /^canvas: table Table /, 'arrow keys');
    await studio.goTo(page, 'orders');
    await expect(studio.table(page, 'orders')).toHaveAccessibleName(/primary key id, refers to customers/);
    await studio.goTo(page, 'customers');
    await expect(studio.table(page, 'customers')).toHaveAccessibleName(/referred to by orders/);
  });

  await test.step('a move', async () => {
    await studio.focusCanvas(page);
    await page.keyboard.press('Control+ArrowRight');
    await expect(said(page)).toHaveText('Move customers');
    await studio.undo(page);
    await expect(said(page)).toHaveText('Undone: Move customers');
    await studio.redo(page);
    await expect(said(page)).toHaveText('Done again: Move customers');
    await expectFocus(page, /^canvas: /, 'undo and redo of a move');
  });

  await test.step('deleting and taking it back', async () => {
    await studio.goTo(page, 'logbook');
    await studio.focusCanvas(page);
    await page.keyboard.press('Delete');
    await studio.expectTables(page, 2);
    await expectFocus(page, /^canvas: /, 'a deletion');
    await studio.undo(page);
    await studio.expectTables(page, 3);
    await expectFocus(page, /^canvas: /, 'its undo');
    await studio.goTo(page, 'customers');
    await studio.focusCanvas(page);
    await page.keyboard.press('Delete');
    const asks = page.getByRole('alertdialog');
    await expect(asks).toBeVisible();
    await expect.poll(() => asks.evaluate((one) => one.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expectFocus(page, /^canvas: /, 'a deletion that was called off');
  });

  await test.step('dialogs', async () => {
    for (const key of ['Control+e', 'Control+o', 'Control+k', '?', 'Alt+r']) {
      await studio.focusCanvas(page);
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      await expect.poll(() => page.getByRole('dialog').evaluate((one) => one.contains(document.activeElement))).toBe(true);
      await studio.closeDialog(page);
      await expectFocus(page, /^canvas: /, `the dialog of ${key}`);
    }
  });

  await test.step('levels and diagrams', async () => {
    await studio.goTo(page, 'orders');
    await studio.focusCanvas(page);
    for (const key of ['Alt+c', 'Alt+l', 'Alt+p']) {
      await page.keyboard.press(key);
      await expectFocus(page, /^canvas: /, `the level of ${key}`);
    }
    await studio.command(page, 'New diagram');
    await page.keyboard.press('Enter');
    await expectFocus(page, /^canvas: /, 'a new diagram that was named');
    await studio.command(page, 'Previous diagram');
    await expect(said(page)).toHaveText(/^Diagram /);
    await expectFocus(page, /^canvas: /, 'another diagram');
    await studio.focusCanvas(page);
    await studio.command(page, 'Delete the diagram');
    if (await page.getByRole('alertdialog').isVisible()) await page.keyboard.press('Escape');
    await expectFocus(page, /^canvas: /, 'a diagram that was deleted');
  });
});

test('a dialog whose field has the focus at once gives it back to the button that opened it, each time', async ({ page }) => {
  await studio.start(page);
  const button = page.getByRole('button', { name: 'Workload', exact: true });
  for (const time of ['first', 'second']) {
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(studio.dialog(page, 'Workload').getByRole('textbox', { name: 'Queries or statistics' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(studio.dialog(page, 'Workload')).toHaveCount(0);
    await expect(button, `the ${time} time`).toBeFocused();
  }
});

test('what is hidden is said, and everything about a relationship can be done from the navigator', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await studio.goTo(page, 'orders');
  await studio.command(page, 'Show only the neighbours');
  await expect(said(page)).toHaveText('2 tables shown, 1 hidden');
  await studio.command(page, 'Show the whole diagram again');
  await expect(said(page)).toHaveText('The whole diagram is shown again');

  await page.keyboard.press('Control+Alt+2');
  const tree = page.getByRole('tree', { name: 'Model' });
  await expect(tree).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('treeitem', { name: /customer_id ?, not null, refers to customers/ })).toBeVisible();
  const relation = tree.getByRole('treeitem', { name: /foreign key to customers/ });
  await expect(relation).toBeVisible();
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('application', { name: 'Diagram' }).getByRole('status')).toHaveText(
    /^Foreign key.*: orders \(customer_id\) refers to customers \(id\), exactly one customers, each has any number orders$/,
  );
  await page.keyboard.press('Delete');
  await expect(relation).toHaveCount(0);
  await expectFocus(page, /^navigator: tree Model/, 'a deletion in the navigator');
  await studio.undo(page);
  await expect(relation).toBeVisible();
  await expectFocus(page, /^navigator: tree Model/, 'its undo');
});

test('between near and far the focus stays on the canvas, and the far view says where one is', async ({ page }) => {
  await studio.start(page);
  await studio.openFiles(page, { name: 'many.sql', content: schemaDdl(generateTables(200)) });
  await studio.takeAsNew(page);
  await studio.expectTables(page, 200);
  await studio.focusCanvas(page);
  await page.keyboard.press('Shift+1');
  await expect(page.locator('canvas.canvas-far')).toBeVisible();
  await expectFocus(page, /^canvas: /, 'the far view');
  const status = page.getByRole('application', { name: 'Diagram' }).getByRole('status');
  await page.keyboard.press('ArrowRight');
  await expect(status).toHaveText(/^Table \w+, \d+ columns/);
  const first = await status.textContent();
  await page.keyboard.press('ArrowDown');
  await expect(status).not.toHaveText(first ?? '');
  await expect(status).toHaveText(/primary key/);
  await page.keyboard.press('Shift+2');
  await expect(page.getByRole('application', { name: 'Diagram' }).getByRole('group').first()).toBeVisible();
  await expectFocus(page, /^canvas: /, 'the near view');
  await page.keyboard.press('Delete');
  if (await page.getByRole('alertdialog').isVisible()) await page.keyboard.press('Escape');
  await expectFocus(page, /^canvas: /, 'a deletion that was asked about');
});

test.describe('where the system asks for no motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves: not dialogs, not a fit, not tidying', async ({ page }) => {
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { seenMotion: seen });
      for (const kind of ['transitionrun', 'animationstart'] as const) {
        document.addEventListener(kind, (event) => seen.push(`${kind} on ${(event.target as Element).className}`), true);
      }
    });
    await studio.start(page);
    await studio.importSql(page, SHOP);
    await studio.focusCanvas(page);
    // Frames in which the canvas stands somewhere between two views.
    const steps = (key: string) =>
      page.evaluate(
        async (pressed) => {
          const world = document.querySelector('.react-flow__viewport');
          const found = new Set<string>();
          const watch = new MutationObserver(() => found.add((world as HTMLElement).style.transform));
          watch.observe(world as HTMLElement, { attributes: true, attributeFilter: ['style'] });
          const before = (world as HTMLElement).style.transform;
          document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...pressed }));
          for (let frame = 0; frame < 20; frame++) await new Promise((next) => requestAnimationFrame(next));
          watch.disconnect();
          found.delete(before);
          return found.size;
        },
        key === 'in' ? { key: '+', code: 'Equal' } : { key: '!', code: 'Digit1', shiftKey: true },
      );
    expect(await steps('in')).toBe(1);
    expect(await steps('fit')).toBe(1);
    await page.keyboard.press('Shift+l');
    await studio.command(page, 'Settings');
    await expect(studio.dialog(page, 'Settings')).toBeVisible();
    await studio.closeDialog(page);
    await page.getByRole('button', { name: 'More ways to arrange' }).click();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => (window as unknown as { seenMotion: string[] }).seenMotion)).toEqual([]);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});
