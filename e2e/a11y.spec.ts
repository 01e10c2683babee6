import type { Page } from '@playwright/test';
import { expectAccessible } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const DIALOG = '[role=dialog], [role=alertdialog]';

/** A schema with something of everything that is found and shown. */
const FAULTY =
  'CREATE TABLE prices (product text, price float, "order" integer, at timestamp, phone_1 text, phone_2 text, phone_3 text);';

async function openExample(page: Page, title: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Start from an example/ }).click();
  await page.getByRole('button', { name: title }).click();
  await expect(page.getByRole('group', { name: /^Table / }).first()).toBeVisible();
  await studio.saved(page);
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test(`nothing of the frame, the canvas and the inspector keeps anybody out (${theme})`, async ({ page }) => {
      await studio.start(page);
      await studio.ddlPane(page);
      await expectAccessible(page, 'first run');
      await openExample(page, /shop/i);
      await studio.ddlPane(page);
      await expectAccessible(page, 'an example');
      await studio.goTo(page, 'orders');
      for (const tab of ['Columns', 'Keys', 'Indexes', 'Dependencies', 'Storage', 'Security', 'Docs', 'SQL'] as const) {
        await studio.inspectorTab(page, tab);
        await expectAccessible(page, `inspector of a table: ${tab}`, '[data-pane=inspector]');
      }
      await studio.importSql(page, FAULTY);
      const problems = await studio.showDock(page, 'Problems');
      await problems.getByRole('treeitem', { level: 2 }).first().click();
      await expectAccessible(page, 'problems', '[data-pane=dock]');
    });

    test(`nothing of the dialogs keeps anybody out (${theme})`, async ({ page }) => {
      await studio.start(page);
      await studio.openFiles(page, {
        name: 'two.sql',
        content: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABL b ();\n\\connect x\n',
      });
      await expect(studio.preview(page)).toBeVisible();
      await expectAccessible(page, 'import preview', DIALOG);
      await studio.closeDialog(page);
      await openExample(page, /blog/i);
      await studio.command(page, 'Import SQL');
      await expectAccessible(page, 'import', DIALOG);
      await studio.closeDialog(page);
      await page.keyboard.press('Control+k');
      await expectAccessible(page, 'command box', DIALOG);
      await studio.closeDialog(page);
      for (const [name, open] of [
        ['Keyboard shortcuts', () => studio.command(page, 'Keyboard shortcuts')],
        ['Settings', () => page.getByRole('button', { name: 'Settings' }).click()],
        ['Documents', () => page.keyboard.press('Control+o')],
        ['Export', () => page.getByRole('button', { name: 'Export', exact: true }).click()],
      ] as const) {
        await open();
        await expect(studio.dialog(page, name)).toBeVisible();
        await expectAccessible(page, name, DIALOG);
        await studio.closeDialog(page);
      }
      await studio.focusCanvas(page);
      await studio.goTo(page, 'posts');
      await studio.focusCanvas(page);
      await page.keyboard.press('Delete');
      await expect(page.getByRole('alertdialog')).toBeVisible();
      await expectAccessible(page, 'deletion', DIALOG);
    });
  });
}
