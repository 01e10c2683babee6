import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

async function openShop(page: Parameters<typeof studio.start>[0]): Promise<void> {
  await studio.start(page);
  await page.getByRole('button', { name: /Start from an example/ }).click();
  await page.getByRole('button', { name: /shop/i }).click();
  await expect(studio.treeItem(page, 'orders')).toBeVisible();
}

test('the model leaves as DBML, says what DBML cannot, and comes back from the file', async ({ page }, info) => {
  await openShop(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const { name, bytes } = await studio.downloadBytes(page, studio.exporting(page, 'DBML'));
  expect(name).toMatch(/\.dbml$/);
  const text = new TextDecoder().decode(new Uint8Array(bytes));
  expect(text).toContain('Table sales.orders {');
  await expect(studio.notice(page, /It leaves out \d+ things of the model/)).toBeVisible();
  await expect(studio.dialog(page, 'Export').getByText(/\d+ things of the model are not in it/)).toBeVisible();
  const { writeFileSync } = await import('node:fs');
  const path = info.outputPath('shop.dbml');
  writeFileSync(path, text);
  await studio.closeDialog(page);
  await studio.dropFiles(page, path);
  const shown = studio.preview(page);
  await expect(shown.getByText('DBML', { exact: true })).toBeVisible();
  await expect(shown.getByRole('button', { name: /^Errors 0$/ })).toBeDisabled();
  await studio.takeAsNew(page);
  await studio.expectTables(page, 12);
});

test('pasted Prisma, Mermaid and a catalog are told from SQL', async ({ page }) => {
  await studio.start(page);
  const canvas = page.getByRole('region', { name: 'Canvas' });
  const pasted: readonly (readonly [string, string])[] = [
    ['Prisma schema', 'datasource db {\n  provider = "postgresql"\n}\n\nmodel Person {\n  id Int @id\n}\n'],
    ['Mermaid', 'erDiagram\n  PERSON {\n    int id PK\n  }\n'],
    [
      'Catalog of a database',
      JSON.stringify({
        format: 'crowfoot-catalog',
        version: 1,
        dialect: 'oracle',
        tables: [{ name: 'PERSON', columns: [{ name: 'ID', type: 'date' }] }],
      }),
    ],
  ];
  for (const [format, text] of pasted) {
    await canvas.getByRole('button', { name: /^Paste SQL/ }).click();
    await page.getByRole('textbox', { name: 'SQL to import' }).fill(text);
    await page
      .getByRole('button', { name: /^(?:Preview|Read|Continue|Next|Show)/ })
      .first()
      .click();
    await expect(studio.preview(page).getByText(format, { exact: true })).toBeVisible();
    await expect(studio.preview(page).getByRole('button', { name: /^Errors 0$/ })).toBeDisabled();
    await studio.closeDialog(page);
  }
});
