import { generatedSchema } from '#test/generated-schema.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = [
  'CREATE TABLE shop (id bigint PRIMARY KEY, name text NOT NULL);',
  'CREATE TABLE item (id bigint PRIMARY KEY, shop_id bigint NOT NULL REFERENCES shop, price numeric(10,2));',
  'CREATE TABLE visitor (id bigint PRIMARY KEY);',
].join('\n');

test('a first run offers to paste, to open a file, and three examples', async ({ page }) => {
  await studio.start(page);
  const canvas = page.getByRole('region', { name: 'Canvas' });
  await canvas.getByRole('button', { name: /^Paste SQL/ }).click();
  await expect(page.getByRole('textbox', { name: 'SQL to import' })).toBeFocused();
  await studio.closeDialog(page);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    canvas.getByRole('button', { name: /^Open a file/ }).click(),
  ]);
  expect(chooser.isMultiple()).toBe(true);
  await canvas.getByRole('button', { name: /^Start from an example/ }).click();
  for (const name of [/^Multi-tenant SaaS/, /^Shop|^Online shop/, /^Blog/]) {
    await expect(canvas.getByRole('button', { name })).toBeVisible();
  }
});

// Partitions are counted as tables; on the canvas they are part of their parent. Views are drawn as well.
for (const [example, tables, drawn] of [
  [/SaaS/, 14, 12],
  [/shop/i, 12, 13],
  [/blog/i, 6, 7],
] as const) {
  test(`the example ${example.source} is laid out, sound, and runs`, async ({ page }) => {
    await studio.start(page);
    const canvas = page.getByRole('region', { name: 'Canvas' });
    await canvas.getByRole('button', { name: /^Start from an example/ }).click();
    await canvas.getByRole('button', { name: example }).click();
    await studio.expectTables(page, tables);
    await studio.saved(page);
    const boxes = await studio.tableBoxes(page);
    expect(boxes.length, 'all of them are in view').toBe(drawn);
    expect(studio.overlapping(boxes), 'tables that lie on each other').toEqual([]);
    await expect(studio.statusBar(page).getByRole('button', { name: /error/ }), 'a worked design has no problem').toHaveCount(0);
    expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
  });
}

test('a dump that is dropped shows what becomes of it, comes in laid out, and runs', async ({ page }) => {
  await studio.start(page);
  await studio.dropFiles(page, 'test/data/sql/postgresql/sakila_pg.sql');
  const shown = studio.preview(page);
  await expect(shown.getByRole('button', { name: /^Modelled 206$/ })).toBeVisible({ timeout: 30_000 });
  await expect(shown.getByRole('button', { name: /^Verbatim 11$/ })).toBeVisible();
  await expect(shown.getByRole('button', { name: /^Skipped 8$/ })).toBeVisible();
  await expect(shown.getByRole('button', { name: /^Errors 0$/ })).toBeDisabled();
  await studio.takeAsNew(page);
  await studio.expectTables(page, 21);
  await studio.saved(page);
  await expect(studio.treeItem(page, 'film_actor')).toBeVisible();
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
});

test('a dump with its data can be pasted on the canvas', async ({ page }) => {
  await studio.start(page);
  const text = await studio.repositoryFile('test/data/sql/postgresql/northwind.sql');
  await studio.focusCanvas(page);
  await studio.paste(page, text);
  const shown = studio.preview(page);
  await expect(shown.getByRole('button', { name: /^Skipped 3,384$/ })).toBeVisible({ timeout: 30_000 });
  await studio.takeAsNew(page);
  await studio.expectTables(page, 14);
});

test('two dumps can be opened as one, and a packed one', async ({ page }) => {
  await studio.start(page);
  await studio.openFiles(page, 'test/data/sql/postgresql/quartz.sql', 'test/data/sql/postgresql/chinook.sql');
  await expect(studio.dialog(page, 'What 2 files would bring')).toBeVisible({ timeout: 30_000 });
  await studio.takeAsNew(page);
  await studio.expectTables(page, 22);
  const { gzipSync } = await import('node:zlib');
  const packed = gzipSync(await studio.repositoryFile('test/data/sql/postgresql/quartz.sql'));
  await studio.openFiles(page, { name: 'quartz.sql.gz', content: packed });
  await expect(studio.dialog(page, 'What quartz.sql would bring')).toBeVisible({ timeout: 30_000 });
  await studio.takeAsNew(page);
  await studio.expectTables(page, 11);
});

const SAMPLES: readonly { readonly file: string; readonly modelled: number; readonly errors: readonly string[] }[] = [
  { file: '000-1', modelled: 0, errors: ['5:1'] },
  { file: '000-3', modelled: 5, errors: [] },
  { file: '000-4', modelled: 0, errors: ['3:13', '14:13', '15'] },
  { file: '001-1', modelled: 4, errors: [] },
  { file: '002-1', modelled: 20, errors: [] },
  { file: '002-2', modelled: 6, errors: [] },
  { file: '002-3', modelled: 0, errors: ['13:8', '16:8', '21:8', '26:8'] },
  { file: '003-1', modelled: 4, errors: [] },
];

test("mistakes in the guides' SQL are reported at their line, the rest comes in whole", async ({ page }) => {
  await studio.start(page);
  for (const { file, modelled, errors } of SAMPLES) {
    await studio.openFiles(page, `test/data/sql/architect-samples/${file}.sql`);
    const shown = studio.dialog(page, `What ${file}.sql would bring`);
    await expect(shown.getByRole('button', { name: `Modelled ${modelled}`, exact: true })).toBeVisible({ timeout: 30_000 });
    await expect(shown.getByRole('button', { name: `Errors ${errors.length}`, exact: true })).toBeVisible();
    const list = shown.getByRole('listbox', { name: 'Statements' });
    for (const place of errors) await expect(list.getByRole('option').getByText(place, { exact: true })).toBeVisible();
    await studio.closeDialog(page);
  }
  await studio.expectTables(page, 0);
  // What a rule finds in them afterwards stands on the table.
  await studio.openFiles(page, 'test/data/sql/architect-samples/003-1.sql');
  await studio.takeAsNew(page);
  const problems = await studio.showDock(page, 'Problems');
  await expect(problems.getByText(/primary key \(order_id\) does not contain created_at/).first()).toBeVisible();
});

const FIVE = [
  'SET statement_timeout = 0;',
  'CREATE TABLE shop (id bigint PRIMARY KEY, name text NOT NULL);',
  'CREATE TABLE part (id bigint PRIMARY KEY, maker_id bigint REFERENCES maker_elsewhere);',
  'GRANT SELECT ON shop TO PUBLIC;',
  'COPY shop (id, name) FROM stdin;',
  '1\tone',
  '2\ttwo',
  '\\.',
  ...Array.from({ length: 60 }, (_, at) => `-- line ${at}`),
  'CREATE TABEL wrong (id int);',
].join('\n');

test('the receipt says each of its five states with its line, stays in its pane, and can be downloaded', async ({ page }) => {
  await studio.start(page);
  await studio.openFiles(page, { name: 'five.sql', content: FIVE });
  const shown = studio.preview(page);
  const list = shown.getByRole('listbox', { name: 'Statements' });
  const source = shown.getByRole('region', { name: 'Source of five.sql' });
  // Errors are what one wants to see first; their line is brought into view.
  await expect(list.getByRole('option')).toHaveCount(1, { timeout: 30_000 });
  await expect(list.getByRole('option')).toContainText('syntax error at or near "TABEL"');
  await expect(list.getByRole('option')).toContainText('69:8');
  await expect(source.getByText('CREATE TABEL wrong (id int);')).toBeInViewport();
  await expect(source.getByText('SET statement_timeout = 0;')).not.toBeInViewport();
  await shown.getByRole('button', { name: 'Errors 1' }).click();
  await expect(list.getByRole('option')).toHaveCount(6);
  for (const [state, name, line] of [
    ['Skipped', /statement_timeout/, '1'],
    ['Modelled', /public\.shop/, '2'],
    ['With residue', /public\.part/, '3'],
    ['Verbatim', /grant/i, '4'],
    ['Skipped', /2 rows/, '5'],
  ] as const) {
    const option = list
      .getByRole('option')
      .filter({ hasText: name })
      .filter({ has: page.getByText(line, { exact: true }) })
      .filter({ has: page.getByRole('img', { name: state }) });
    await expect(option).toHaveCount(1);
  }
  await list.getByRole('option').filter({ hasText: 'statement_timeout' }).click();
  await expect(source.getByText('SET statement_timeout = 0;')).toBeInViewport();
  await studio.takeAsNew(page);
  await studio.expectTables(page, 2);
  // There was an error: the receipt is shown without being asked for.
  const pane = page.getByRole('region', { name: 'Dock' }).getByRole('tabpanel', { name: 'Import receipt' });
  await expect(pane.getByRole('option')).toContainText('TABEL');
  await pane.getByRole('button', { name: 'Errors 1' }).click();
  await pane.getByRole('option').filter({ hasText: 'public.shop' }).first().dblclick();
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name: 'shop' })).toBeVisible();
  const { name, text } = await studio.downloadText(page, () =>
    pane.getByRole('button', { name: 'Download the receipt as JSON' }).click(),
  );
  expect(name).toBe('import-receipt.json');
  expect(JSON.parse(text).counts).toEqual({ modelled: 1, residue: 1, verbatim: 1, skipped: 2, error: 1 });
});

const NEXT_SHOP = [
  'CREATE TABLE shop (id bigint PRIMARY KEY, name varchar(80) NOT NULL, city text);',
  'CREATE TABLE item (id bigint PRIMARY KEY, shop_id bigint NOT NULL REFERENCES shop, price numeric(12,2));',
  'CREATE TABLE receipt (id bigint PRIMARY KEY);',
].join('\n');

test('a merge takes what is ticked, keeps what is absent, and is one undo step', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await expect(studio.statusBar(page).getByText('round trip: identical')).toBeVisible({ timeout: 20_000 });
  const before = await studio.schemaSql(page);
  await studio.openFiles(page, { name: 'next.sql', content: NEXT_SHOP });
  const shown = studio.preview(page);
  await shown.getByText('Merge', { exact: true }).first().click({ timeout: 30_000 });
  const tick = (name: RegExp) => shown.getByRole('checkbox', { name });
  await expect(tick(/shop$/)).toBeChecked();
  await expect(tick(/item$/)).toBeChecked();
  await expect(tick(/receipt$/)).toBeChecked();
  await expect(tick(/visitor$/), 'what the text does not have is kept').not.toBeChecked();
  await expect(shown.getByRole('listitem').filter({ hasText: /numeric\(10,\s?2\).*→.*numeric\(12,\s?2\)/ })).toBeVisible();
  await tick(/shop$/).uncheck();
  await shown.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.expectTables(page, 4);
  const merged = await studio.schemaSql(page);
  expect(merged).toContain('numeric(12,2)');
  expect(merged).toContain('CREATE TABLE receipt');
  expect(merged).toContain('CREATE TABLE visitor');
  expect(merged, 'shop was not ticked').not.toContain('city');
  expect(studio.overlapping(await studio.tableBoxes(page))).toEqual([]);
  await studio.undo(page);
  await studio.expectTables(page, 3);
  expect(await studio.schemaSql(page)).toBe(before);
  await studio.redo(page);
  await studio.expectTables(page, 4);
  expect(await studio.schemaSql(page)).toBe(merged);
});

test('a replacement says what goes, and one undo brings it back', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  const before = await studio.schemaSql(page);
  await studio.openFiles(page, { name: 'next.sql', content: NEXT_SHOP });
  const shown = studio.preview(page);
  await shown.getByText('Replace', { exact: true }).first().click({ timeout: 30_000 });
  await expect(shown.getByRole('checkbox', { name: /visitor$/ })).toBeChecked();
  await expect(shown.getByText('is deleted', { exact: false }).first()).toBeVisible();
  await shown.getByRole('button', { name: 'Replace', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.expectTables(page, 3);
  const after = await studio.schemaSql(page);
  expect(after).toContain('city');
  expect(after).not.toContain('visitor');
  await studio.undo(page);
  await expect(studio.treeItem(page, 'visitor')).toBeVisible();
  expect(await studio.schemaSql(page)).toBe(before);
});

test('reading a large file says how far it is, and cancelling leaves the document untouched', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  const before = await studio.schemaSql(page);
  const large = { name: 'large.sql', content: generatedSchema({ tables: 3000 }) };
  await studio.dropFiles(page, large);
  const reading = studio.dialog(page, 'Import SQL');
  await expect(reading.getByRole('progressbar')).toBeVisible({ timeout: 20_000 });
  await reading.getByRole('button', { name: 'Cancel' }).click();
  await expect(reading.getByRole('textbox', { name: 'SQL to import' })).toBeVisible();
  await studio.closeDialog(page);
  await studio.expectTables(page, 3);
  await studio.saved(page);
  expect(await studio.schemaSql(page)).toBe(before);

  // The layout of what was read can be given up as well.
  await studio.dropFiles(page, large);
  const shown = studio.preview(page);
  await shown.getByRole('button', { name: 'Import', exact: true }).click({ timeout: 40_000 });
  await studio.arrival(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(studio.arrival(page)).toHaveCount(0);
  await studio.expectTables(page, 3);
  expect(await studio.schemaSql(page)).toBe(before);
});
