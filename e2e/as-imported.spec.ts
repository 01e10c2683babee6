import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const DUMP = [
  '-- a dump, as somebody keeps it',
  'CREATE TABLE  Shop (',
  '    id   integer PRIMARY KEY, -- the number on the door',
  '    name text',
  ');',
  "INSERT INTO shop VALUES (1, 'A');",
  '',
  'CREATE TABLE item (id integer PRIMARY KEY,   shop_id integer REFERENCES shop);',
  '',
].join('\n');

test('what was imported comes back byte for byte, with only what changed written anew', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'dump.sql', content: DUMP });
  await studio.showDock(page, 'DDL');
  const dock = page.getByRole('region', { name: 'Dock' });
  await dock.getByText('As imported', { exact: true }).click();
  await expect(dock.getByText('As it came in, byte for byte, without rows of data.')).toBeVisible();
  await expect(dock.locator('.view-lines').filter({ visible: true })).toContainText('the number on the door');
  const before = await studio.downloadText(page, studio.exporting(page, 'SQL as imported'));
  expect(before.name).toBe('dump.sql');
  expect(before.text).toBe(DUMP.replace(/INSERT.*\n/, '\n'));

  await studio.closeDialog(page);
  await dock.getByText('Written', { exact: true }).click();
  const pane = await studio.ddlPane(page);
  await pane.locator('.view-lines').getByText('shop_id').first().click();
  await page.keyboard.press('Home');
  await page.keyboard.insertText('note text,\n');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(studio.table(page, 'item')).toContainText('note');
  await dock.getByText('As imported', { exact: true }).click();
  await expect(dock.getByText('Written anew: item. Everything else as it came in.')).toBeVisible();
  const after = await studio.downloadText(page, () => dock.getByRole('button', { name: 'Download this file' }).click());
  const kept = DUMP.replace(/INSERT.*\n/, '\n');
  expect(after.text.startsWith(kept.slice(0, kept.indexOf('CREATE TABLE item')))).toBe(true);
  expect(after.text).toMatch(/note\s+text/);
});

test('the imported text is there after a reload, and can be forgotten', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'dump.sql', content: DUMP });
  await page.reload();
  await studio.ready(page);
  const dock = page.getByRole('region', { name: 'Dock' });
  await studio.showDock(page, 'DDL');
  await dock.getByText('As imported', { exact: true }).click();
  await expect(dock.locator('.view-lines').filter({ visible: true })).toContainText('the number on the door', { timeout: 60_000 });
  const files = await studio.downloadZip(page, studio.exporting(page, 'Design documents'));
  expect(files['import-receipt.md']).toContain('`dump.sql`');
  await studio.closeDialog(page);
  await studio.command(page, 'Forget the imported text');
  await expect(studio.notice(page, /The imported text is forgotten/)).toBeVisible();
  await expect(dock.getByText('As imported', { exact: true })).toHaveCount(0);
  await expect(dock.getByRole('tab', { name: 'Import receipt' })).toHaveCount(0);
  await studio.expectTables(page, 2);
});

test('what cannot be read yet is still being typed after a look at the imported text', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'dump.sql', content: DUMP });
  await studio.showDock(page, 'DDL');
  const dock = page.getByRole('region', { name: 'Dock' });
  const pane = await studio.ddlPane(page);
  await pane.locator('.view-lines').getByText('shop_id').first().click();
  await page.keyboard.press('Home');
  await page.keyboard.insertText('half a thought ( ');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(pane.getByText(/^Not applied: /)).toBeVisible();
  await dock.getByText('As imported', { exact: true }).click();
  await expect(dock.locator('.view-lines').filter({ visible: true })).toContainText('the number on the door');
  await dock.getByText('Written', { exact: true }).click();
  await expect(pane.locator('.view-lines')).toContainText('half a thought');
  await expect(pane.getByText(/^Not applied: /)).toBeVisible();
});
