import type { Locator, Page } from '@playwright/test';
import { expectAccessibleInBoth } from './a11y-checks.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** Advice on indexes by PostgreSQL's own planner, in this browser: run, read, compared, applied, taken back. */

const SHOP = `
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL, name text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), state text NOT NULL,
  placed_at timestamptz NOT NULL, total numeric(12, 2) NOT NULL);
CREATE TABLE order_items (order_id bigint NOT NULL REFERENCES orders (id), line integer NOT NULL, product_id bigint NOT NULL,
  quantity integer NOT NULL, PRIMARY KEY (order_id, line));
CREATE INDEX orders_state ON orders (state);
`;

const QUERIES = {
  'Orders of a customer': ['SELECT id, total FROM orders WHERE customer_id = 7 ORDER BY placed_at DESC LIMIT 20', 12_000],
  'Customer by address': ['SELECT id, name FROM customers WHERE lower(email) = $1', 900],
  'Takings of a day': ["SELECT sum(total) FROM orders WHERE placed_at >= '2026-01-01' AND placed_at < '2026-01-02'", 60],
  'Items of a product': ['SELECT order_id, quantity FROM order_items WHERE product_id = 11', 4000],
  Broken: ['SELECT FROM WHERE', 5],
} as const;

const TAKINGS = `CREATE MATERIALIZED VIEW takings AS
  SELECT customer_id, sum(total) AS total, max(placed_at) AS latest FROM orders GROUP BY customer_id;
`;

/** Queries on it, and what fills it. */
const STORED = {
  'Takings of a customer': ['SELECT total FROM takings WHERE customer_id = 7', 3000],
  'Every night': ['REFRESH MATERIALIZED VIEW takings', 0.04],
} as const;

const ROWS: Readonly<Record<string, number>> = { customers: 200_000, orders: 5_000_000, order_items: 20_000_000 };

/** The shop with its numbers of rows, and its queries pasted into the workload. */
async function shop(page: Page): Promise<void> {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: SHOP });
  const file = JSON.parse(await studio.crowfootFile(page));
  for (const table of Object.values<{ name: string; facts?: object }>(file.tables)) table.facts = { rows: ROWS[table.name] };
  file.queries = Object.entries(QUERIES).map(([name, [sql, callsPerHour]], at) => ({ id: `qry_${at}`, name, sql, callsPerHour }));
  await studio.dropFiles(page, { name: 'shop.crowfoot.json', content: JSON.stringify(file) });
}

/** Whether the dialog's head is where it always is, and messages stand below it and whole on the screen. */
function besideDialog(page: Page): Promise<Record<'head' | 'apart' | 'whole', boolean>> {
  return page.evaluate(() => {
    const box = document.querySelector('[data-dialog]')?.getBoundingClientRect();
    const all = [...document.querySelectorAll('[data-toasts] > *')].map((one) => one.getBoundingClientRect());
    return {
      head: box !== undefined && Math.abs(box.top - Math.max(16, (innerHeight - 860) / 2)) <= 1,
      apart: box !== undefined && all.length > 0 && all.every(({ top }) => top >= box.bottom),
      whole: all.every(({ bottom }) => bottom <= innerHeight),
    };
  });
}

const part = (dialog: Locator, name: string | RegExp) => dialog.getByRole('region', { name, exact: true });

test('advice says why, is applied in one undo step, and taken back', async ({ page }) => {
  await shop(page);
  const dialog = await studio.openAdvice(page);
  await expect(dialog).toContainText('5 queries');
  await studio.runAdvice(page);
  await expect(dialog).toContainText(/PostgreSQL 18\.\d+ planner at declared scale/);
  const make = part(dialog, 'To make');
  await expect(make).toContainText('orders_customer_id_placed_at_idx');
  await expect(make).toContainText('lower(email)');
  // A query of the workload is of no use to an index on a column that none of them looks at.
  await expect(part(dialog, 'To drop')).toContainText('orders_state');
  await make.getByText('orders_customer_id_placed_at_idx', { exact: true }).first().click();
  const evidence = part(dialog, 'Evidence for orders_customer_id_placed_at_idx');
  await expect(evidence).toContainText(/CREATE INDEX orders_customer_id_placed_at_idx ON orders \(customer_id, placed_at/);
  await expect(part(evidence, 'What each part does')).toContainText('rows are found by its value');
  await expect(part(evidence, 'Serves 1 query')).toContainText('12,000 calls/h');
  await expect(evidence.getByRole('table', { name: 'Plan, now' })).toContainText('on orders');
  await expect(evidence.getByRole('table', { name: 'Plan, advised' })).toContainText('orders_customer_id_placed_at_idx');
  await expectAccessibleInBoth(page, 'advice: indexes', '[data-dialog]');
  // A message stands below the dialog, which makes room for it and keeps its head where it was.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = studio.notice(page, 'The statement is copied.').last();
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1024, height: 700 },
  ]) {
    await page.setViewportSize(size);
    await evidence.getByRole('button', { name: 'Copy' }).first().click();
    // Under the pointer it stays.
    await copied.hover();
    await expect.poll(() => besideDialog(page)).toEqual({ head: true, apart: true, whole: true });
  }
  await copied.getByRole('button', { name: 'Dismiss' }).click();
  await expect(dialog).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });

  await dialog.getByRole('tab', { name: /^Queries/ }).click();
  await expect(part(dialog, 'Not weighed')).toContainText('Broken');
  await dialog.getByRole('radiogroup', { name: 'Queries' }).getByText('Items of a product', { exact: true }).click();
  await expect(part(dialog, 'Plans of Items of a product')).toContainText('Seq Scan');
  await expectAccessibleInBoth(page, 'advice: queries', '[data-dialog]');

  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(studio.notice(page, '002_add_indexes.sql')).toBeVisible();
  await studio.ddlSays(page, (after) => {
    expect(after).toContain('CREATE INDEX orders_customer_id_placed_at_idx');
    expect(after).not.toContain('CREATE INDEX orders_state');
  });
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
  await studio.focusCanvas(page);
  await studio.undo(page);
  await studio.ddlSays(page, (before) => {
    expect(before).not.toContain('customer_id_placed_at');
    expect(before).toContain('CREATE INDEX orders_state');
  });
});

test('queries are pasted, rows are said, and the advice follows from both, for a materialized view too', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'shop.sql', content: `${SHOP}${TAKINGS}` });
  const workload = await studio.openWorkload(page);
  const all = [...Object.entries(QUERIES), ...Object.entries(STORED)];
  const text = all.map(([name, [sql]]) => `-- name: ${name.replaceAll(' ', '_')}\n${sql};`);
  await studio.pasteQueries(page, text.join('\n'));
  await workload.getByRole('button', { name: 'Add 7 queries' }).click();
  await studio.queryRow(page, 'Takings_of_a_customer').click();
  const asked = part(workload, 'What it asks of each table');
  await expect(asked).toContainText(/takings.*materialized view, as of its last refresh/);
  await expect(asked).toContainText('Equalitycustomer_id = 7');
  await studio.queryRow(page, 'Every_night').click();
  await expect(asked).toContainText(/orders.*to refresh takings/);
  await workload.getByRole('tab', { name: 'Facts' }).click();
  const facts = workload.getByRole('grid', { name: 'Facts of tables' });
  await facts.focus();
  // A materialized view stores rows like a table; those that nobody tells follow from its query.
  await expect(facts.getByRole('row', { name: /^takings/ })).toContainText('by query');
  await studio.paste(page, '200k\r\n20M\r\n5M\r\n80k\r\n');
  await expect(facts).toContainText('20M');
  await expect(
    facts
      .getByRole('row', { name: /^takings/ })
      .getByRole('gridcell')
      .first(),
  ).toHaveText('80k, Declared');
  await studio.closeDialog(page);
  const dialog = await studio.openAdvice(page);
  await studio.runAdvice(page);
  await expect(part(dialog, 'To make')).toContainText('orders_customer_id_placed_at_idx');
  await expect(part(dialog, 'To make')).toContainText('lower(email)');
  await part(dialog, 'To make').getByText('takings_customer_id_idx', { exact: true }).click();
  const evidence = part(dialog, 'Evidence for takings_customer_id_idx');
  await expect(evidence).toContainText('on takings');
  await expect(evidence.getByRole('table', { name: 'Plan, advised' })).toContainText('takings_customer_id_idx');
  await dialog.getByRole('tab', { name: /^Queries/ }).click();
  await expect(part(dialog, 'Not weighed')).toContainText('Broken');
});

test('sets of indexes are compared, an own one is put together and applied, and advice goes out of date', async ({ page }) => {
  await shop(page);
  const dialog = await studio.openAdvice(page);
  await studio.runAdvice(page);
  await dialog.getByRole('tab', { name: 'Scenarios' }).click();
  const total = async (set: string) => (await part(dialog, set).textContent()) ?? '';
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Orders of a customer' }).first()).toContainText(
    /None.*Existing.*Advised/,
  );
  const mine = dialog.getByRole('region', { name: 'Mine', exact: true });
  await dialog.getByRole('button', { name: 'Existing', exact: true }).click();
  await expect(mine.filter({ hasText: 'an hour' })).toBeVisible();
  const existing = (await total('Existing')).replace(/^Existing/, '');
  expect((await mine.filter({ hasText: 'an hour' }).textContent())?.replace(/^Mine/, '')).toBe(existing);
  await dialog.getByRole('checkbox', { name: 'orders_customer_id_placed_at_idx', exact: true }).check();
  await expect(mine.filter({ hasText: 'an hour' })).not.toContainText(existing);
  await expectAccessibleInBoth(page, 'advice: scenarios', '[data-dialog]');

  await expect(dialog).toContainText(/Your set makes 1 index, [\d.]+ MB more: one undo step/);
  await dialog.getByRole('button', { name: 'Preview SQL' }).click();
  const preview = part(dialog, 'What applying changes');
  await expect(preview).toContainText('Added');
  await expect(preview).toContainText(/CREATE INDEX orders_customer_id_placed_at_idx ON orders \(customer_id, placed_at/);
  await expect(preview).not.toContainText('Removed');
  await expectAccessibleInBoth(page, 'advice: preview', '[data-dialog]');
  await dialog.getByRole('button', { name: 'Apply mine' }).click();
  await expect(studio.notice(page, 'Your set is in the model')).toBeVisible();
  await studio.ddlSays(page, (after) => {
    expect(after).toContain('CREATE INDEX orders_customer_id_placed_at_idx');
    expect(after).toContain('CREATE INDEX orders_state');
    expect(after).not.toContain('lower(email)');
  });
  await studio.focusCanvas(page);
  await studio.undo(page);
  await expect.poll(() => studio.ddl(page)).not.toContain('customer_id_placed_at');
  const entry = page.getByRole('button', { name: /^Advice: \d/ });
  await expect(entry).toBeVisible();
  // The number stands above the icon, so that it does not cover it however wide it is.
  const [icon, count] = [await entry.locator('svg').boundingBox(), await entry.getByText(/^\d/).boundingBox()];
  expect((count?.y ?? 0) + (count?.height ?? 0)).toBeLessThanOrEqual((icon?.y ?? 0) + 2);
  await studio.goTo(page, 'customers');
  await studio.focusCanvas(page);
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('clients');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Advice', exact: true })).toBeVisible();
  await studio.openAdvice(page);
  await expect(dialog).toContainText(/out of date: \d changes? since/);
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();

  // A further run that is called off takes nothing from the set: it is weighed by the costs that are there.
  await dialog.getByRole('button', { name: 'Run again' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('tab', { name: 'Scenarios' }).click();
  await dialog.getByRole('checkbox', { name: 'orders_customer_id_placed_at_idx', exact: true }).uncheck();
  await expect(mine.filter({ hasText: 'an hour' })).toContainText(existing);
  await expect(dialog.getByRole('alert')).toHaveCount(0);
});

test('costs are proved by running the queries on generated rows, and that is called off', async ({ page }) => {
  await shop(page);
  const dialog = await studio.openAdvice(page);
  await studio.runAdvice(page);
  await part(dialog, 'To make').getByText('orders_customer_id_placed_at_idx', { exact: true }).first().click();
  const measured = part(part(dialog, 'Evidence for orders_customer_id_placed_at_idx'), 'Measured');
  await measured.getByRole('button', { name: 'Measure' }).click();
  await measured.getByRole('button', { name: 'Cancel' }).click();
  await measured.getByRole('button', { name: 'Measure' }).click();
  await expect(measured).toContainText('measured: agrees', { timeout: 60_000 });
  await expect(measured).toContainText(/By cost [\d,.]+ times better; measured [\d,]+ pages now, \d+ pages as advised/);
  await expect(measured).toContainText(/on generated rows: [\d,k]+ of orders’s 5M/);
  await part(dialog, 'To make').getByText(/lower/).first().click();
  // The address in the query is a parameter: one of those that were made stands for it.
  await expect(part(dialog, /^Evidence for/)).toContainText(/\$1 = '[^']+' \(lower\(email\) of a row\)/);
  await expectAccessibleInBoth(page, 'advice: measured', '[data-dialog]');
});

test('a run is called off, stopped with the best so far, and run with little room', async ({ page }) => {
  await shop(page);
  const dialog = await studio.openAdvice(page);
  await dialog.getByRole('button', { name: 'Run the advice' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Advice' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  // Called off: it is as before the run, and can be run.
  await expect(dialog.getByRole('button', { name: 'Run the advice' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Run the advice' }).click();
  await dialog.getByRole('button', { name: 'Stop here' }).click();
  await expect(dialog.getByRole('tab', { name: 'Scenarios' })).toBeVisible({ timeout: 60_000 });
  await expect(dialog).toContainText(/Not complete|Complete|Proved/);

  const room = dialog.getByRole('textbox', { name: 'Room for indexes' });
  await room.fill('plenty');
  await room.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('“plenty” is no size');
  await room.fill('500 MB');
  await room.press('Enter');
  await studio.runAdvice(page);
  await dialog.getByRole('tab', { name: 'Scenarios' }).click();
  const bytes = /Size([\d.]+) ([kMGT]B)/.exec((await part(dialog, 'Advised').textContent()) ?? '') ?? [];
  expect(Number(bytes[1]) * (bytes[2] === 'GB' ? 1000 : 1)).toBeLessThanOrEqual(500);
});

test('by keys alone: run, read, leave one out, apply', async ({ page }) => {
  await shop(page);
  await studio.focusCanvas(page);
  await page.keyboard.press('Control+Alt+a');
  const dialog = studio.dialog(page, 'Index advice');
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Run the advice' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('tab', { name: 'Scenarios' })).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole('tab', { name: /^Indexes/ }).focus();
  const first = dialog.getByRole('radiogroup', { name: 'Indexes' }).getByRole('radio').first();
  // The panel, the field that finds an index, the list.
  for (let times = 0; times < 3; times++) await page.keyboard.press('Tab');
  await expect(first).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const second = dialog.getByRole('radiogroup', { name: 'Indexes' }).getByRole('radio').nth(1);
  await expect(second).toBeChecked();
  const box = dialog.getByRole('checkbox', { name: /^Make / }).nth(1);
  await page.keyboard.press('Tab');
  await expect(box).toBeFocused();
  const name = (await box.getAttribute('aria-label'))?.replace('Make ', '') ?? '';
  await page.keyboard.press('Space');
  await expect(box).not.toBeChecked();
  await dialog.getByRole('button', { name: 'Apply' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => studio.ddl(page)).not.toContain(`CREATE INDEX ${name} `);
});

test('the query lab plans a query at the declared scale, and draws what production says', async ({ page }) => {
  await shop(page);
  const lab = await studio.queryLab(page, 'Query');
  await studio.typeInto(page, lab, 'SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = 5');
  await page.keyboard.press('Control+Enter');
  const plan = lab.getByRole('table', { name: 'Steps of the plan' });
  await expect(plan).toContainText('orders_pkey', { timeout: 60_000 });
  await expect(plan).toContainText('customers_pkey');
  await expect(lab).toContainText(/PostgreSQL 18\.\d+ at declared scale/);
  // A long plan scrolls in its pane, and nothing else does.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0);
  await studio.typeInto(page, lab, 'SELECT nothing FROM orders');
  await page.keyboard.press('Control+Enter');
  await expect(lab.getByRole('alert')).toContainText('nothing');
  await lab.getByRole('combobox', { name: 'Query of the workload' }).click();
  await page.getByRole('option', { name: 'Items of a product' }).click();
  await expect(plan).toContainText('Seq Scan on order_items');

  await studio.queryLab(page, 'Paste EXPLAIN');
  await studio.typeInto(page, lab, '[\n  { "Plan": oops }\n]');
  await page.keyboard.press('Control+Enter');
  await expect(lab.getByRole('alert')).toContainText('line 2');
  const scan = { 'Node Type': 'Seq Scan', 'Relation Name': 'orders', Alias: 'orders', 'Startup Cost': 0, 'Total Cost': 104000 };
  const ran = { 'Plan Rows': 10, 'Plan Width': 40, 'Actual Rows': 250000, 'Actual Loops': 1, 'Actual Total Time': 900 };
  const filter = { Filter: "(state = 'open'::text)", 'Rows Removed by Filter': 4750000 };
  await studio.typeInto(page, lab, JSON.stringify([{ Plan: { ...scan, ...ran, ...filter }, 'Execution Time': 910.5 }]));
  await page.keyboard.press('Control+Enter');
  await expect(plan).toContainText('Seq Scan on orders');
  await expect(plan.getByTitle(/times more than the 10 that were expected/)).toBeVisible();
  await expect(lab).toContainText('pasted');
  const text = [
    '                         QUERY PLAN',
    '------------------------------------------------------------',
    ' Seq Scan on orders o  (cost=0.00..104000.00 rows=10 width=40) (actual time=0.010..900.000 rows=2500 loops=1)',
    '   Filter: (customer_id = 7)',
    '   Rows Removed by Filter: 4997500',
    ' Execution Time: 910.500 ms',
    '(4 rows)',
  ];
  await studio.typeInto(page, lab, text.join('\n'));
  await page.keyboard.press('Control+Enter');
  const dear = lab.getByRole('region', { name: 'What makes it dear' });
  await expect(dear).toContainText('Reads 5M rows of orders (o) and throws 99.9 % of them away.');
  await expect(dear).toContainText('orders (customer_id)');
  await expect(lab).toContainText('Ran 911 ms');
  await dear.getByRole('button', { name: 'Show the table' }).first().click();
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('customer_id');
  await expectAccessibleInBoth(page, 'query lab', '[data-pane=dock]');
});
