import type { Page } from '@playwright/test';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** Redundancy that pays: figures are said, a proposal read with its price, accepted with what keeps it, and taken back. */

const SHOP = `
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE products (id bigint PRIMARY KEY, title text NOT NULL, price numeric(10,2) NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), ordered_at timestamptz NOT NULL);
CREATE TABLE order_items (
  order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  line integer NOT NULL,
  product_id bigint NOT NULL REFERENCES products (id),
  quantity integer NOT NULL,
  PRIMARY KEY (order_id, line)
);
CREATE TABLE comments (id bigint PRIMARY KEY, product_id bigint NOT NULL REFERENCES products (id) ON DELETE CASCADE, body text NOT NULL);
CREATE INDEX comments_product ON comments (product_id);
`;

async function opened(page: Page) {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  await studio.focusCanvas(page);
  await studio.command(page, 'Denormalize');
  return studio.dialog(page, 'Denormalize');
}

async function say(page: Page, label: string | RegExp, value: string): Promise<void> {
  const field = studio.dialog(page, 'Denormalize').getByRole('textbox', { name: label });
  await field.fill(value);
  await field.press('Enter');
}

test('a counter is proposed from what is said, accepted with its triggers, and taken back', async ({ page }) => {
  const dialog = await opened(page);
  const proposals = dialog.getByRole('radiogroup', { name: 'Proposals' });
  // Nobody said anything: only the price that orders do not keep is worth a word.
  await expect(proposals.getByRole('radio')).toHaveCount(1);
  await expect(proposals).toContainText('Keep products.price as it was in order_items');

  await say(page, /^Rows of products/, '50k');
  await say(page, /^Rows of comments/, '2M');
  await say(page, /^Inserts per hour into comments/, '200');
  await say(page, /^Counts per hour along comments → products/, '80,000');
  await expect(proposals.getByRole('radio')).toHaveCount(2);
  await proposals.getByText('Keep the number of comments in products').click();
  await expect(dialog.getByRole('region', { name: 'Why' })).toContainText(
    '80,000 rows of products per hour are shown with a count of about 40 comments each',
  );
  await expect(dialog.getByRole('region', { name: 'What it costs' })).toContainText('8 bytes more per row, 400 kB for 50,000 rows');
  await expect(dialog.getByRole('region', { name: 'What it costs' })).toContainText('locked');
  await expect(dialog.getByRole('region', { name: 'What it breaks' })).toContainText(
    'products.comment_count = the number of rows of comments',
  );
  await expect(dialog.getByRole('region', { name: 'Guesses beneath it' })).toContainText('deletes from comments per hour');
  await expectAccessibleInBoth(page, 'advice on redundancy', '[data-dialog]');

  await dialog.getByRole('tab', { name: 'What keeps it' }).click();
  await expect(dialog.getByRole('tabpanel')).toContainText('RETURNS trigger');
  await dialog.getByRole('tab', { name: 'Reconcile' }).click();
  await expect(dialog.getByRole('tabpanel')).toContainText('IS DISTINCT FROM');
  await dialog.getByRole('tab', { name: 'What changes' }).click();
  await expect(dialog.getByRole('tabpanel')).toContainText('comment_count bigint');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Every product page shows it');
  await dialog.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(studio.notice(page, 'Keep the number of comments in products: done')).toBeVisible();
  await expect(studio.row(page, 'products', 'comment_count')).toBeVisible();
  await studio.ddlSays(page, (after) => {
    expect(after).toContain('comment_count bigint NOT NULL DEFAULT 0');
    expect(after).toMatch(/CREATE TRIGGER products_comment_count\s+AFTER INSERT OR UPDATE OF product_id OR DELETE/);
  });
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
  await studio.goTo(page, 'products');
  const panel = await studio.inspectorTab(page, 'Dependencies');
  await expect(panel.getByRole('button', { name: /^accepted: .*id -> comment_count/ })).toBeVisible();
  await studio.focusCanvas(page);
  await studio.undo(page);
  await expect(studio.row(page, 'products', 'comment_count')).toHaveCount(0);
  await expect.poll(() => studio.ddl(page)).not.toContain('comment_count');
});

test('a copy breaks a normal form by choice, and what is dismissed is offered again only when asked', async ({ page }) => {
  const dialog = await opened(page);
  const proposals = dialog.getByRole('radiogroup', { name: 'Proposals' });
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(dialog).toContainText('No advice without a reason');
  await dialog.getByRole('button', { name: 'orders', exact: true }).click();
  await say(page, /^Rows of customers/, '100k');
  await say(page, /^Lookups per hour along orders → customers/, '2M');
  await expect(proposals.getByRole('radio')).toHaveCount(1);
  await dialog.getByText('1 dismissed').click();
  await dialog.getByRole('button', { name: 'Offer again' }).click();
  await expect(proposals.getByRole('radio')).toHaveCount(2);
  await proposals.getByText('Copy name of customers into orders').click();
  await expect(dialog.getByRole('region', { name: 'What it breaks' })).toContainText('orders: customer_id → customer_name');
  await dialog.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(studio.table(page, 'orders')).toContainText('2NF');
  await expect(studio.table(page, 'orders').getByTitle(/by choice: its redundancy is accepted/)).toBeVisible();
  const problems = await studio.showDock(page, 'Problems');
  await expect(problems.getByText(/customer_name.*third normal form/)).toHaveCount(0);
});
