import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** Advice on indexes for a database whose planner does not run in a browser: by formulas, and said so. */

const SHOP = `
CREATE TABLE customers (id bigint NOT NULL AUTO_INCREMENT, email varchar(120) NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB;
CREATE TABLE orders (id bigint NOT NULL AUTO_INCREMENT, customer bigint NOT NULL, state varchar(20) NOT NULL, placed_at datetime NOT NULL,
  PRIMARY KEY (id), KEY orders_state (state)) ENGINE=InnoDB;
`;

const QUERIES = {
  'Orders of a customer': ['SELECT id FROM orders WHERE customer = ? ORDER BY placed_at DESC LIMIT 20', 12_000],
  'Customer by address': ['SELECT id FROM customers WHERE email = ?', 900],
} as const;

async function shop(page: Page): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  const file = JSON.parse(await studio.crowfootFile(page));
  for (const table of Object.values<{ facts?: object }>(file.tables)) table.facts = { rows: 3_000_000 };
  file.queries = Object.entries(QUERIES).map(([name, [sql, callsPerHour]], at) => ({ id: `qry_${at}`, name, sql, callsPerHour }));
  await studio.dropFiles(page, { name: 'shop.crowfoot.json', content: JSON.stringify(file) });
}

test('indexes of MySQL are advised on, read, weighed and applied', async ({ page }) => {
  await shop(page);
  const dialog = await studio.openAdvice(page);
  await studio.runAdvice(page);
  await expect(dialog).toContainText('Analytic model');
  const make = dialog.getByRole('region', { name: 'To make', exact: true });
  await make
    .getByText(/customer.*placed_at/)
    .first()
    .click();
  const evidence = dialog.getByRole('region', { name: /^Evidence for / });
  await expect(evidence).toContainText(/ALTER TABLE orders ADD KEY \S+ \(customer, placed_at\)/);
  await expect(evidence.getByRole('table', { name: 'Plan, now' })).toContainText('Table scan on orders');
  await expect(evidence.getByRole('table', { name: 'Plan, advised' })).toContainText('Covering index lookup');
  await expect(dialog.getByRole('region', { name: 'To drop', exact: true })).toContainText('orders_state');

  await dialog.getByRole('tab', { name: 'Scenarios' }).click();
  await dialog.getByRole('button', { name: 'Existing', exact: true }).click();
  const mine = dialog.getByRole('region', { name: 'Mine', exact: true }).filter({ hasText: 'an hour' });
  await expect(mine).toBeVisible();
  const before = (await mine.textContent()) ?? '';
  await dialog
    .getByRole('checkbox', { name: /customer.*placed_at/ })
    .first()
    .check();
  await expect(mine).not.toContainText(before.replace(/^Mine/, ''));

  await dialog.getByRole('checkbox', { name: 'orders_state', exact: true }).uncheck();
  await expect(dialog).toContainText(/Your set makes 1 index and drops 1 index/);
  await dialog.getByRole('button', { name: 'Apply mine' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.ddlSays(page, (after) => {
    expect(after).toMatch(/KEY \S+ \(customer, placed_at\)/);
    expect(after).not.toContain('KEY orders_state');
  });
});
