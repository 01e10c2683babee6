import { mkdir } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { marked } from 'marked';
import { NAUGHTY_NAMES, NAUGHTY_TEXTS } from '#test/arbitrary/naughty.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = 'CREATE TABLE shop (id bigint PRIMARY KEY, name text NOT NULL);\n';
const UNTOUCHED = 'The document was not touched.';

async function withShop(page: Page): Promise<string> {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  return studio.schemaSql(page);
}

async function expectUntouched(page: Page, before: string): Promise<void> {
  await studio.closeDialog(page);
  await studio.expectTables(page, 1);
  await studio.saved(page);
  expect(await studio.schemaSql(page)).toBe(before);
}

const WORD = zipSync({
  '[Content_Types].xml': strToU8('<Types/>'),
  'word/document.xml': strToU8('<w:document>CREATE TABLE a (id int);</w:document>'),
});

/** What is no SQL text at all: one sentence says what it is and what to do. */
const REFUSED: readonly { readonly what: string; readonly file: studio.GivenFile; readonly says: RegExp }[] = [
  { what: 'an empty file', file: { name: 'empty.sql', content: '' }, says: /empty\.sql: The file is empty/ },
  { what: 'white space', file: { name: 'blank.sql', content: ' \n\t\n ' }, says: /There is nothing in it/ },
  { what: 'comments alone', file: { name: 'words.sql', content: '-- nothing here\n/* nor here */\n' }, says: /no SQL statement/ },
  {
    what: 'a NUL',
    file: { name: 'nul.sql', content: 'CREATE TABLE a (\n  id int,\n  b\0 int);\n' },
    says: /NUL character in line 3, column 4/,
  },
  { what: 'a Word document', file: { name: 'schema.docx', content: WORD }, says: /schema\.docx: this is an Office document/ },
  { what: 'half a zip', file: { name: 'half.zip', content: WORD.slice(0, 60) }, says: /half\.zip: the archive is damaged/ },
  { what: 'a custom dump', file: { name: 'db.dump', content: 'PGDMP\u0001\u000e\u0000rest' }, says: /pg_restore --schema-only/ },
  {
    what: 'a picture',
    file: { name: 'erd.png', content: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10) },
    says: /This is a picture/,
  },
  {
    what: 'broken JSON',
    file: { name: 'x.crowfoot.json', content: '{"format":"crowfoot",' },
    says: /x\.crowfoot\.json could not be opened.*line 1/,
  },
  {
    what: 'other JSON',
    file: { name: 'y.crowfoot.json', content: '{"tables":[]}' },
    says: /y\.crowfoot\.json could not be opened/,
  },
];

test('what is no SQL is refused by saying what it is, and the document is untouched', async ({ page }) => {
  const before = await withShop(page);
  for (const { what, file, says } of REFUSED) {
    await test.step(what, async () => {
      await studio.dropFiles(page, file);
      const alert = studio.dialog(page, 'Import SQL').getByRole('alert');
      await expect(alert).toContainText(says);
      await expect(alert).toContainText(UNTOUCHED);
      await studio.closeDialog(page);
    });
  }
  await test.step('a folder with nothing in it', async () => {
    const folder = test.info().outputPath('schemas');
    await mkdir(folder, { recursive: true });
    await studio.dropFiles(page, folder);
    await expect(studio.dialog(page, 'Import SQL').getByRole('alert')).toContainText(/no \.sql file in this folder/);
  });
  await expectUntouched(page, before);
});

const AROUND = ['CREATE TABLE before (id int PRIMARY KEY);', 'CREATE TABLE after (id int PRIMARY KEY);'] as const;

/** SQL with one mistake in line 3, between two sound statements. */
const MISTAKES: readonly {
  readonly what: string;
  readonly sql: string;
  readonly place: string;
  readonly says: RegExp;
  readonly rest: number;
}[] = [
  {
    what: "an open '",
    sql: "CREATE TABLE b (note text DEFAULT 'never closed);",
    place: '3:35',
    says: /begins in line 3 never ends/,
    rest: 1,
  },
  { what: 'an open "', sql: 'CREATE TABLE b ("note text);', place: '3:17', says: /begins in line 3 never ends/, rest: 1 },
  {
    what: 'an open $$',
    sql: 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $body$ SELECT 1;',
    place: '3:49',
    says: /begins in line 3 never ends/,
    rest: 1,
  },
  {
    what: 'an open comment',
    sql: 'CREATE TABLE b /* never closed (id int);',
    place: '3:16',
    says: /begins in line 3 never ends/,
    rest: 1,
  },
  { what: 'an open bracket', sql: 'CREATE TABLE b (id int;', place: '3:23', says: /syntax error at or near ";"/, rest: 2 },
  {
    what: 'a word too many',
    sql: 'CREATE TABLE b (id int nonsense nonsense);',
    place: '3:24',
    says: /syntax error at or near "nonsense"/,
    rest: 2,
  },
];

test('a mistake is shown at its place, and what is sound beside it can still come in', async ({ page }) => {
  const before = await withShop(page);
  for (const { what, sql, place, says, rest } of MISTAKES) {
    await test.step(what, async () => {
      await studio.focusCanvas(page);
      await studio.paste(page, `-- a text\n${AROUND[0]}\n${sql}\n${AROUND[1]}\n`);
      const shown = studio.preview(page);
      const error = shown.getByRole('option').first();
      await expect(error).toContainText(says);
      await expect(error.getByText(place, { exact: true })).toBeVisible();
      await expect(shown.getByRole('button', { name: `Modelled ${rest}`, exact: true })).toBeVisible();
      await studio.closeDialog(page);
    });
  }
  await expectUntouched(page, before);
});

test('a dump that breaks off says where; the rest of it comes in', async ({ page }) => {
  const whole = await studio.repositoryFile('test/data/sql/postgresql/sakila_pg.sql');
  const cut = whole.indexOf('CREATE TABLE', whole.indexOf('CREATE TABLE', 9000) + 1) + 60;
  await studio.start(page);
  await studio.openFiles(page, { name: 'cut.sql', content: whole.slice(0, cut) });
  const shown = studio.preview(page);
  await expect(shown.getByRole('button', { name: 'Errors 1', exact: true })).toBeVisible();
  await expect(shown.getByRole('option').first()).toContainText(/syntax error at end of input/);
  await studio.takeAsNew(page);
  await expect(studio.statusBar(page).getByText(/^[1-9]\d* tables?$/)).toBeVisible();
});

test('halves of characters become visible marks or are refused, never kept', async ({ page }) => {
  await studio.start(page);
  const wide = Buffer.concat([
    Buffer.from('\ufeffCREATE TABLE "half', 'utf16le'),
    Buffer.from([0x3d, 0xd8]),
    Buffer.from('name" (id int PRIMARY KEY);', 'utf16le'),
  ]);
  await studio.dropFiles(page, { name: 'wide.sql', content: wide });
  await studio.takeAsNew(page);
  await expect(studio.table(page, 'half\ufffdname')).toBeVisible();
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);
  // A saved design can name them by escapes.
  const { text } = await studio.downloadText(page, studio.exporting(page, 'Crowfoot file'));
  await studio.closeDialog(page);
  for (const half of ['\\ud83d', '\\u0000']) {
    const hostile = text.replaceAll('half\ufffdname', `half${half}name`);
    expect(hostile).not.toBe(text);
    await studio.dropFiles(page, { name: 'escape.crowfoot.json', content: hostile });
    await expect(studio.dialog(page, 'Import SQL').getByRole('alert')).toContainText(/escape\.crowfoot\.json could not be opened/);
    await studio.closeDialog(page);
  }
  await expect(studio.table(page, 'half\ufffdname')).toBeVisible();
});

/** Longest time, in milliseconds, for which the page has answered nothing since this was called. */
async function watchAnswers(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = { last: performance.now(), longest: 0 };
    (globalThis as { seen?: typeof seen }).seen = seen;
    setInterval(() => {
      const now = performance.now();
      seen.longest = Math.max(seen.longest, now - seen.last);
      seen.last = now;
    }, 50);
  });
  return () => page.evaluate(() => (globalThis as { seen?: { longest: number } }).seen?.longest ?? 0);
}

const MB = 1024 * 1024;
const HUGE: readonly { readonly what: string; readonly text: () => string; readonly says: RegExp }[] = [
  {
    what: 'rows of data',
    text: () => `${SHOP}COPY shop (id, name) FROM stdin;\n${`123456\t${'x'.repeat(92)}\n`.repeat(MB / 2)}\\.\n`,
    says: /524,288 rows/,
  },
  {
    what: 'one statement',
    text: () => `${SHOP}INSERT INTO shop VALUES\n${`(123456, '${'x'.repeat(85)}'),\n`.repeat(MB / 2)}(1, 'last');\n`,
    says: /data|rows/,
  },
  {
    what: 'an open quote',
    text: () => `${SHOP}SELECT '${'it never ends '.repeat((50 * MB) / 14)}`,
    says: /begins in line 2 never ends/,
  },
];

for (const { what, text, says } of HUGE) {
  test(`50 MB of ${what} are read without the page standing still`, async ({ page }) => {
    test.slow();
    const file = await studio.fileOnDisk({ name: 'huge.sql', content: text() });
    await studio.start(page);
    const longest = await watchAnswers(page);
    await studio.dropFiles(page, file);
    const shown = studio.preview(page);
    await expect(shown.getByRole('button', { name: /^Modelled 1$/ })).toBeVisible({ timeout: 90_000 });
    await expect(shown.getByRole('option').filter({ hasText: says })).toHaveCount(1);
    expect(await longest()).toBeLessThan(8000);
    await studio.takeAsNew(page);
    await studio.expectTables(page, 1);
  });
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const HTML = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(2)</script>',
  "x'; DROP TABLE shop; --",
  '"; DROP TABLE shop; --',
  '](javascript:alert(3))',
];

/** Tables, columns, comments, defaults and labels made of naughty strings. */
function naughtySchema(tables: number, columns: number): { sql: string; names: string[] } {
  const titles = [...new Set([...HTML, ...NAUGHTY_NAMES.filter((_, at) => at % 9 === 0)])].slice(0, tables);
  const sql = titles.map((title, at) => {
    const names = NAUGHTY_NAMES.slice(at * columns, (at + 1) * columns);
    const lines = names.map((name, n) => `  ${quote(name)} text DEFAULT ${literal(NAUGHTY_TEXTS[at * columns + n] ?? '')}`);
    const [key = '', foreign = '', column = '', check = '', checked = ''] = names;
    lines.push(`  PRIMARY KEY (${quote(key)})`);
    lines.push(`  CONSTRAINT ${quote(check)} CHECK (${quote(checked)} <> ${literal(check)})`);
    const parent = quote(titles[0] ?? '');
    if (at > 0) lines.push(`  CONSTRAINT ${quote(foreign)} FOREIGN KEY (${quote(column)}) REFERENCES ${parent}`);
    return [
      `CREATE TABLE ${quote(title)} (\n${lines.join(',\n')}\n);`,
      `COMMENT ON TABLE ${quote(title)} IS ${literal(NAUGHTY_TEXTS[at + 200] ?? '')};`,
      ...names.map(
        (name, n) => `COMMENT ON COLUMN ${quote(title)}.${quote(name)} IS ${literal(NAUGHTY_TEXTS.at(-(at * columns + n)) ?? '')};`,
      ),
    ].join('\n');
  });
  const labels = [...new Set(NAUGHTY_NAMES)].slice(0, 60).map(literal);
  return { sql: [...sql, `CREATE TYPE ${quote('<b>kind</b>')} AS ENUM (${labels.join(', ')});`].join('\n\n'), names: titles };
}

/** The lines of all Mermaid diagrams of a Markdown text. */
function mermaidOf(markdown: string): string[] {
  return [...markdown.matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)].flatMap(([, text]) => (text ?? '').split('\n'));
}

const LABEL = '"[^"%\\\\;#<>]+"';
/** What a line of an entity-relationship diagram can be: names are quoted, without the characters that could leave the quotes. */
const MERMAID_LINE = new RegExp(
  `^(?:erDiagram|\\s*direction (?:LR|TB)|  ${LABEL}(?: \\{)?|    [A-Za-z][\\w\\-[\\](),]* [A-Za-z][\\w-]*(?: (?:PK|FK|UK)(?:, (?:PK|FK|UK))*)?|  \\}|  ${LABEL} [|}][|o](?:--|\\.\\.)[|o][|{] ${LABEL} : ${LABEL})$`,
  'u',
);

/** What of a document would run or load something, read by the browser's own parser without showing it. */
function dangers(page: Page, text: string, type: 'text/html' | 'image/svg+xml'): Promise<string[]> {
  return page.evaluate(
    ([source, kind]) => {
      const parsed = new DOMParser().parseFromString(source, kind);
      if (parsed.querySelector('parsererror') !== null) return ['it cannot be parsed'];
      const found: string[] = [];
      for (const element of parsed.querySelectorAll('*')) {
        if (/^(script|iframe|object|embed|foreignObject|form|input|link|meta|base|img|image|svg)$/i.test(element.localName)) {
          const own = element === parsed.documentElement || element.getAttribute('src') === 'diagram.svg';
          if (!own) found.push(element.outerHTML.slice(0, 120));
        }
        for (const { name, value } of element.attributes) {
          if (/^on/i.test(name) || /^\s*(javascript|data|vbscript):/i.test(value))
            found.push(`${element.localName} ${name}=${value}`);
        }
      }
      return found;
    },
    [text, type] as const,
  );
}

test('naughty strings as names, comments and defaults are text everywhere, and their DDL runs', async ({ page }) => {
  test.slow();
  const { sql, names } = naughtySchema(40, 10);
  await studio.start(page);
  await studio.openFiles(page, { name: 'naughty.sql', content: sql });
  await expect(studio.preview(page).getByRole('button', { name: 'Errors 0', exact: true })).toBeVisible({ timeout: 30_000 });
  await studio.takeAsNew(page);
  await studio.expectTables(page, names.length);
  await studio.saved(page);

  const aloud = (await studio.tableBoxes(page)).map(({ name }) => name);
  for (const name of names)
    expect(
      aloud.some((said) => said.startsWith(`Table ${name}, `)),
      name,
    ).toBe(true);

  const inspector = page.getByRole('region', { name: 'Inspector' });
  for (const name of HTML) {
    await page.getByRole('searchbox', { name: 'Filter the model' }).fill(name);
    await studio.treeItem(page, name).click();
    await expect(inspector.getByRole('heading', { level: 2 })).toHaveText(name);
  }
  await page.getByRole('searchbox', { name: 'Filter the model' }).fill('');

  const written = await studio.schemaSql(page);
  for (const name of HTML) expect(written).toContain(`CREATE TABLE ${quote(name)} (`);
  expect(written.match(/^CREATE TABLE /gm)).toHaveLength(names.length);
  await expect(async () => {
    const pane = await studio.ddlText(page);
    for (const name of HTML) expect(pane).toContain(`CREATE TABLE ${quote(name)} (`);
  }).toPass();
  expect(await studio.checkOnPostgres(page)).toMatch(/^runs on PostgreSQL/);

  const files = await studio.downloadZip(page, studio.exporting(page, 'Design documents'));
  const design = files['database-design.md'] ?? '';
  expect(mermaidOf(design).length).toBeGreaterThan(names.length);
  expect(mermaidOf(design).filter((line) => !MERMAID_LINE.test(line))).toEqual([]);
  expect(await dangers(page, await marked.parse(design), 'text/html')).toEqual([]);
  expect(await dangers(page, files['diagram.svg'] ?? '', 'image/svg+xml')).toEqual([]);
  const { text: picture } = await studio.downloadText(page, studio.picturing(page, 'SVG'));
  expect(await dangers(page, picture, 'image/svg+xml')).toEqual([]);
});

test('a naughty design survives being saved and opened again', async ({ page }) => {
  const { sql, names } = naughtySchema(12, 10);
  await studio.start(page);
  await studio.importSql(page, sql);
  const written = await studio.schemaSql(page);
  const { text } = await studio.downloadText(page, studio.exporting(page, 'Crowfoot file'));
  await studio.closeDialog(page);
  await studio.command(page, 'New document');
  await studio.expectTables(page, 0);
  await studio.dropFiles(page, { name: 'naughty.crowfoot.json', content: text });
  await studio.expectTables(page, names.length);
  expect(await studio.schemaSql(page)).toBe(written);
  await page.reload();
  await studio.ready(page);
  expect(await studio.schemaSql(page)).toBe(written);
});
