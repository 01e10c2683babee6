import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = [
  '-- People who buy.',
  'CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL);',
  'CREATE TABLE orders (',
  'id bigint PRIMARY KEY,',
  'customer_id bigint NOT NULL REFERENCES customers (id),',
  'total numeric CHECK (total >= 0)',
  ');',
  '',
].join('\n');

test('SQL that is typed becomes the model, follows its edits, and runs on PostgreSQL in the browser', async ({ page }) => {
  await page.goto('./');
  const pane = page.getByRole('region', { name: 'DDL' });
  const lines = pane.locator('.view-lines');
  await expect(lines).toBeVisible({ timeout: 30_000 });

  await lines.click();
  await page.keyboard.insertText(SHOP);
  await page.keyboard.press('ControlOrMeta+Enter');
  const tree = page.getByRole('region', { name: 'Navigator' });
  await expect(tree.getByText('orders', { exact: true })).toBeVisible();
  await expect(lines).toContainText('-- People who buy.');

  // A changed defining name is a rename that its references follow.
  await lines.getByText('total').first().click();
  await page.keyboard.press('Home');
  await page.keyboard.press('ControlOrMeta+Shift+ArrowRight');
  await page.keyboard.insertText('amount');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(lines).toContainText('CHECK (amount >= 0)');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(lines).toContainText('CHECK (total >= 0)');

  // Tab is no trap.
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') === null)).toBe(true);

  await page.getByRole('button', { name: 'Check on PostgreSQL' }).click();
  await expect(page.getByText(/^runs on PostgreSQL 18/).first()).toBeVisible({ timeout: 50_000 });
});

test('text that cannot be read changes nothing and says where it is wrong', async ({ page }) => {
  await page.goto('./');
  const pane = page.getByRole('region', { name: 'DDL' });
  const lines = pane.locator('.view-lines');
  await expect(lines).toBeVisible({ timeout: 30_000 });
  await lines.click();
  await page.keyboard.insertText('CREATE TABLE broken (id bigint,, name text);');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(pane.getByText(/Not applied: syntax error/)).toBeVisible();
  await expect(pane.locator('.squiggly-error').first()).toBeVisible();
  await pane.getByRole('button', { name: 'Discard' }).click();
  await expect(lines).not.toContainText('broken');
});

test('F8 goes from finding to finding in the text, each with what to do and its place in Problems', async ({ page }) => {
  await studio.start(page);
  const sql = 'CREATE TABLE orders (id bigint PRIMARY KEY, price real);\nCREATE TABLE log (said jsonb, price real);';
  await studio.importSql(page, sql);
  const pane = await studio.ddlPane(page);
  await expect(pane.locator('.squiggly-warning, .squiggly-info, .squiggly-error').first()).toBeVisible();
  await pane.locator('.view-line').first().click();
  const card = page.getByRole('dialog', { name: 'About this place' });
  const titles = new Set<string>();
  await expect(async () => {
    await page.keyboard.press('F8');
    await expect(card).toBeVisible({ timeout: 1000 });
    titles.add((await card.getByRole('heading').first().textContent()) ?? '');
    expect(titles.size).toBeGreaterThan(2);
  }).toPass({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);

  await page.keyboard.press('F8');
  const title = (await card.getByRole('heading').first().textContent()) ?? '';
  await card.getByRole('button', { name: 'Show in Problems' }).first().click();
  const chosen = page.getByRole('region', { name: 'Problems' });
  await expect(chosen.getByRole('heading', { name: title })).toBeVisible();
});
