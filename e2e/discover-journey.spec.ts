import { readdir, readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** From a file of rows to tables that repeat nothing, and the SQL that takes a database with those rows there. */

const PLACES = [
  ['8001', 'Zürich', 'ZH'],
  ['3011', 'Bern', 'BE'],
  ['8400', 'Winterthur', 'ZH'],
  ['4051', 'Basel', 'BS'],
  ['1201', 'Genève', 'GE'],
] as const;
const CUSTOMERS = ['Ada O’Neil', "B'ob", 'Chloé', 'Dr. "D"', 'Eve', 'Fay', 'Gus'];

/** Orders that tell the customer's name and the place of the postal code again in every row. */
function orders(): string {
  const lines = Array.from({ length: 90 }, (_, at) => {
    const [zip, city, canton] = PLACES[(at * 3 + (at % 4)) % 5] as (typeof PLACES)[number];
    const customer = (at * 5 + (at % 3)) % 7;
    const quoted = `"${(CUSTOMERS[customer] ?? '').replaceAll('"', '""')}"`;
    const note = at % 6 === 0 ? '' : at % 6 === 1 ? '""' : `n${at % 11}`;
    return [at + 1, `2024-0${(at % 9) + 1}-${10 + ((at * 3) % 17)}`, customer + 10, quoted, zip, city, canton, note].join(',');
  });
  return `${['order_id,ordered,customer_id,customer,zip,city,canton,note', ...lines].join('\n')}\n`;
}

async function cluster(): Promise<Blob> {
  const [file = ''] = await readdir('dist/postgres');
  return new Blob([await readFile(`dist/postgres/${file}`)], { type: 'application/x-gzip' });
}

/** What the catalog says of the columns and constraints of a database. */
async function shapeOf(database: PGlite): Promise<unknown> {
  const columns = await database.query(
    `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
     WHERE table_schema = 'public' ORDER BY 1, 2`,
  );
  const constraints = await database.query(
    `SELECT conrelid::regclass::text AS t, contype, pg_get_constraintdef(oid) AS says FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1, 2, 3`,
  );
  return { columns: columns.rows, constraints: constraints.rows };
}

async function copied(page: Page, label: string): Promise<string> {
  const editor = page.getByRole('region', { name: label }).or(page.getByLabel(label)).first();
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
  await editor.locator('.view-lines').first().click();
  await page.keyboard.press('Control+a');
  return studio.copied(page, () => page.keyboard.press('Control+c'));
}

test('rows of a file become tables that repeat nothing, and the SQL runs and gives the same rows back', async ({ page }) => {
  const data = orders();
  await studio.start(page);
  await studio.dropFiles(page, { name: 'orders.csv', content: data });
  const box = studio.dialog(page, 'Dependencies in orders.csv');
  await box.getByRole('tab', { name: /^Dependencies/ }).click();
  const filter = box.getByRole('textbox', { name: 'Filter dependencies by column' });
  for (const [typed, name] of [
    ['zip city canton', 'Accept zip → city, canton'],
    ['customer', 'Accept customer_id → customer'],
  ] as const) {
    await filter.fill(typed);
    await box.getByRole('button', { name, exact: true }).click();
  }
  await box.getByRole('button', { name: 'Add table with 2 accepted dependencies' }).click();
  const next = studio.notice(page, 'Added orders with 2 dependencies.').getByRole('button', { name: 'Decompose orders …' });
  await expect(next).toBeVisible();
  const panel = await studio.inspectorTab(page, 'Dependencies');
  const origin = /^Found in orders\.csv, 90 rows, without exception; accepted \d{4}-\d\d-\d\d; it counts for the normal form$/;
  await expect(panel.getByTitle(origin)).toHaveCount(2);
  await next.click();
  const decompose = studio.dialog(page, 'Decompose orders');
  await decompose.getByRole('button', { name: 'Compare' }).click();
  await decompose.getByRole('tab', { name: 'Try it' }).click();
  await expect(decompose).toContainText('Makes the old table with the 90 rows of orders.csv');
  await decompose.getByRole('button', { name: 'Try it on PostgreSQL' }).click();
  await expect(decompose).toContainText('Old rows = rejoined rows: 90 rows', { timeout: 120_000 });
  await decompose.getByRole('tab', { name: 'Migration SQL' }).click();
  const script = await copied(page, 'Migration SQL');
  expect(script).toContain('CREATE TABLE');
  await decompose.getByRole('button', { name: 'Decompose', exact: true }).click();
  await studio.expectTables(page, 3);
  const after = await studio.schemaSql(page);
  await studio.focusCanvas(page);
  await studio.undo(page);
  await studio.expectTables(page, 1);
  const before = await studio.schemaSql(page);

  const blob = await cluster();
  const old = await PGlite.create({ loadDataDir: blob });
  const fresh = await PGlite.create({ loadDataDir: blob });
  try {
    await old.exec(before);
    await old.query("COPY orders FROM '/dev/blob' WITH (FORMAT csv, HEADER)", [], { blob: new Blob([data]) });
    const rows = 'SELECT order_id, ordered::text, customer_id, customer, zip::text, city, canton, note FROM';
    const had = await old.query(`${rows} orders ORDER BY 1`);
    expect(had.rows).toHaveLength(90);
    await old.exec(script);
    const links = await old.query<{ parent: string; on: string }>(
      `SELECT confrelid::regclass::text AS parent, a.attname::text AS on FROM pg_constraint c
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
       WHERE c.contype = 'f' AND c.conrelid = 'orders'::regclass ORDER BY 2`,
    );
    expect(links.rows.map(({ on }) => on)).toEqual(['customer_id', 'zip']);
    const joins = links.rows.map(({ parent, on }) => `JOIN ${parent} USING (${on})`).join(' ');
    expect((await old.query(`${rows} orders ${joins} ORDER BY 1`)).rows).toEqual(had.rows);
    expect((await old.query(`SELECT count(*)::int AS n FROM ${links.rows[1]?.parent}`)).rows).toEqual([{ n: 5 }]);
    await fresh.exec(after);
    expect(await shapeOf(old)).toEqual(await shapeOf(fresh));
  } finally {
    await Promise.all([old.close(), fresh.close()]);
  }
});
