import { expect, test } from '@playwright/test';
import { said, tasks } from './main-thread.ts';

for (const dialect of ['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle']) {
  test(`a dump of 600 kB for ${dialect}, from drop to canvas: main-thread tasks over 50 ms`, async ({ page, browser }) => {
    await page.goto('./');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /Open a file/ }).click();
    // What the page does to start with is not the import's.
    await page.waitForTimeout(1500);
    const go = page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true });
    const previewing = await tasks(browser, page, async () => {
      await (await chooser).setFiles(`test/data/sql/${dialect}/chinook.sql`);
      await expect(go).toBeEnabled({ timeout: 60_000 });
    });
    const importing = await tasks(browser, page, async () => {
      await go.click();
      await expect(page.getByText(/11 tables imported/).first()).toBeVisible({ timeout: 60_000 });
      await page.waitForTimeout(500);
    });
    console.log(`  ${dialect.padEnd(11)} until the preview: ${said(previewing)}; from Import to the canvas: ${said(importing)}`);
  });
}

/** Tables of one kind as MySQL says them: enums, sets, prefix indexes and collations, of which a move tells much. */
function tables(count: number): string {
  const one = (i: number) =>
    `CREATE TABLE \`table_${i}\` (\`id\` int unsigned NOT NULL AUTO_INCREMENT, \`kind\` enum('a','b') NOT NULL, \`flags\` set('x','y'),
  \`name\` varchar(40) CHARACTER SET latin1 COLLATE latin1_swedish_ci COMMENT 'as printed', \`made\` datetime(6) DEFAULT CURRENT_TIMESTAMP(6),
  \`year\` year, \`done\` tinyint(1) NOT NULL DEFAULT '0', \`price\` decimal(10,2), \`parent\` int unsigned, PRIMARY KEY (\`id\`),
  KEY \`k${i}\` (\`name\`(10)), CONSTRAINT \`fk${i}\` FOREIGN KEY (\`parent\`) REFERENCES \`table_${Math.floor(i / 3)}\` (\`id\`)) ENGINE=InnoDB COMMENT='table ${i}';`;
  return Array.from({ length: count }, (_, i) => one(i)).join('\n');
}

test('200 tables of MySQL: main-thread tasks over 50 ms of a move and of the text as it was imported', async ({
  page,
  browser,
}) => {
  await page.goto('./');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Open a file/ }).click();
  await (await chooser).setFiles({ name: 'two-hundred.sql', mimeType: 'application/sql', buffer: Buffer.from(tables(200)) });
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click({ timeout: 60_000 });
  await expect(page.getByText(/200 tables imported/).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('round trip: identical')).toBeVisible({ timeout: 60_000 });
  await page.waitForTimeout(1500);
  const dock = page.getByRole('region', { name: 'Dock' });
  const asImported = await tasks(browser, page, async () => {
    await dock.getByText('As imported', { exact: true }).click();
    await expect(dock.getByText(/^As it came in, byte for byte/)).toBeVisible({ timeout: 60_000 });
    await expect(dock.locator('.view-line').first()).toBeVisible({ timeout: 60_000 });
    await page.waitForTimeout(500);
  });
  const written = await tasks(browser, page, async () => {
    await dock.getByText('Written', { exact: true }).click();
    await expect(dock.locator('.view-line').first()).toBeVisible({ timeout: 60_000 });
    await page.waitForTimeout(500);
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Move to PostgreSQL');
  const box = page.getByRole('dialog', { name: 'Move to another database' });
  await expect(page.getByRole('option', { name: 'Move to PostgreSQL' }).first()).toHaveAttribute('aria-selected', 'true');
  const moving = await tasks(browser, page, async () => {
    await page.keyboard.press('Enter');
    await expect(box.getByRole('row', { name: /int unsigned/ }).first()).toBeVisible({ timeout: 60_000 });
    await page.waitForTimeout(500);
  });
  const losses = await tasks(browser, page, async () => {
    await box.getByRole('tab', { name: /^Losses/ }).click();
    await box.locator('summary').first().click();
    await page.waitForTimeout(500);
  });
  const ddl = await tasks(browser, page, async () => {
    await box.getByRole('tab', { name: /^DDL/ }).click();
    await expect(box.locator('.view-line').first()).toBeVisible({ timeout: 60_000 });
    await page.waitForTimeout(500);
  });
  const converting = await tasks(browser, page, async () => {
    await box.getByRole('button', { name: 'Convert this document' }).click();
    await expect(page.getByText(/The document is one of PostgreSQL/).first()).toBeVisible({ timeout: 60_000 });
    await page.waitForTimeout(2000);
  });
  const all = {
    'as imported': asImported,
    'written again': written,
    'open the move': moving,
    losses,
    'its DDL': ddl,
    convert: converting,
  };
  for (const [what, found] of Object.entries(all)) console.log(`  200 tables, ${what.padEnd(14)} ${said(found)}`);
});
