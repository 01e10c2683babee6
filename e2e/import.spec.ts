import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP =
  'CREATE TABLE shop (id bigint PRIMARY KEY, name text NOT NULL);\nCREATE TABLE item (id bigint PRIMARY KEY, shop_id bigint NOT NULL REFERENCES shop);\n';

test('smoke of the page object', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await expect(studio.table(page, 'shop')).toBeVisible();
  await expect(studio.row(page, 'item', 'shop_id')).toBeVisible();
  await expect(studio.treeItem(page, 'item')).toBeVisible();
  await studio.expectTables(page, 2);
  expect(await studio.ddlText(page)).toContain('CREATE TABLE shop');
  expect(await studio.ddlInView(page)).toContain('CREATE TABLE shop');
  const { text } = await studio.downloadText(page, studio.exporting(page, 'SQL schema'));
  expect(text).toContain('CREATE TABLE item');
  const files = await studio.downloadZip(page, studio.exporting(page, 'Design documents'));
  expect(Object.keys(files)).toContain('database-design.md');
  await studio.closeDialog(page);
  await studio.useTheme(page, 'dark');
  await studio.dropFiles(page, { name: 'a.sql', content: SHOP });
  await studio.takeAsNew(page);
  await studio.focusCanvas(page);
  await studio.paste(page, SHOP);
  await studio.takeAsNew(page);
  expect(await studio.checkOnPostgres(page)).toContain('runs on PostgreSQL');
});
