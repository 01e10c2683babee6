import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = `CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers);
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
CREATE TABLE access_log (line text NOT NULL);
`;

async function openDesign(page: Page) {
  await page.getByRole('button', { name: 'Design document', exact: true }).click();
  const box = studio.dialog(page, 'Design document');
  await expect(box).toBeVisible();
  return { box, preview: box.getByRole('region', { name: 'Preview of database-design.md' }) };
}

test('a decision is recorded, changed, undone and deleted, and the design document follows', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  const { box, preview } = await openDesign(page);
  await expect(preview).toContainText('No decision is recorded yet.');
  await expect(preview).toContainText('### orders');

  await box.getByRole('button', { name: 'Record a decision' }).click();
  await expect(box.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.type('One table for all orders');
  await page.keyboard.press('Enter');
  await expect(preview).toContainText('### One table for all orders');
  await expect(preview).toContainText('Status: proposed');

  await box.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'Accepted' }).click();
  await box.getByLabel('Date').fill('2026-02-28');
  await box.getByRole('textbox', { name: 'Context' }).fill('Shops and markets order alike.');
  await box.getByRole('textbox', { name: 'Decision' }).fill('We keep them in <orders> *together*.');
  await box.getByRole('textbox', { name: 'Consequences' }).fill('Reports need no union.');
  await box.getByRole('combobox', { name: 'About' }).fill('orders');
  await page.keyboard.press('Enter');
  await expect(box.getByRole('list', { name: 'What it is about' })).toContainText('orders');
  await expect(preview).toContainText('Status: accepted, 2026-02-28.');
  await expect(preview).toContainText('**Context.** Shops and markets order alike.');
  await expect(preview).toContainText('**Consequences.** Reports need no union.');
  await expect(preview).toContainText('**About** `orders`.');

  await box.getByRole('combobox', { name: 'About' }).fill('nowhere');
  await page.keyboard.press('Enter');
  await expect(box.getByText('The model has no nowhere.')).toBeVisible();
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).include('[data-modal]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  await studio.closeDialog(page);

  // Each field was one step.
  await studio.focusCanvas(page);
  await studio.undo(page);
  const again = await openDesign(page);
  await expect(again.preview).toContainText('### One table for all orders');
  await expect(again.preview).not.toContainText('**About**');
  await studio.closeDialog(page);
  await studio.focusCanvas(page);
  await studio.redo(page);
  await studio.saved(page);

  // It is there after a reload, and in what is handed over.
  await page.reload();
  await studio.ready(page);
  const files = await studio.downloadZip(page, studio.exporting(page, 'Design documents'));
  expect(files['database-design.md']).toContain('### One table for all orders');
  expect(files['database-design.md']).toContain('**About** `orders`.');
  await studio.closeDialog(page);

  const last = await openDesign(page);
  await last.box.getByRole('button', { name: 'Delete the decision' }).click();
  await expect(last.preview).toContainText('No decision is recorded yet.');
  await expect(last.box.getByRole('button', { name: 'Record a decision' })).toBeVisible();
});

test('waivers stand there with their reasons, and can be taken back', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  const problems = await studio.showDock(page, 'Problems');
  await problems.getByRole('treeitem', { name: 'Table access_log has no primary key' }).click();
  await problems.getByRole('button', { name: 'Waive with a reason' }).click();
  await problems.getByRole('textbox', { name: 'Why this is right as it is' }).fill('Written once, never looked up');
  await page.keyboard.press('Enter');

  const { box, preview } = await openDesign(page);
  await box.getByRole('tab', { name: 'Waivers' }).click();
  const waivers = box.getByRole('list', { name: 'Waivers' });
  await expect(waivers).toContainText('pk-missing at access_log');
  await expect(waivers).toContainText('Written once, never looked up');
  await expect(preview).toContainText('### Accepted');
  await waivers.getByRole('button', { name: 'Let pk-missing count again' }).click();
  await expect(box.getByText('Nothing is waived')).toBeVisible();
  await expect(preview).not.toContainText('### Accepted');
});
