import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serialize } from '#model/format/serialize.ts';
import type { Document } from '#model/types.ts';
import { withQueries } from '#test/query-advice.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { runCli } from '../run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crowfoot-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(...args: string[]) {
  let out = '';
  let err = '';
  const code = await runCli(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

const BAD = `-- shop
CREATE TABLE customers (id bigint PRIMARY KEY);

CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint REFERENCES customers
);
CREATE TABLE log (message text);
`;

test('findings stand at the line of their statement, and make the exit code 1', async () => {
  const path = file('bad.sql', BAD);
  const { code, out, err } = await run('check', path);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out).toContain(`${path}:4: warning: No index finds the rows of orders by customer_id`);
  expect(out).toContain(`${path}:8: error: Table log has no primary key. [pk-missing]`);
  expect(out).toMatch(/1 errors, 1 warnings, 0 notes, 0 waived\n$/);
  expect(await run('check', path)).toEqual({ code, out, err });
});

test('a schema without findings is fine', async () => {
  const path = file('good.sql', 'CREATE TABLE customers (id bigint PRIMARY KEY);');
  expect(await run('check', path)).toEqual({ code: 0, err: '', out: '0 errors, 0 warnings, 0 notes, 0 waived\n' });
});

test('JSON and SARIF hold the same findings', async () => {
  const path = file('bad.sql', BAD);
  const json = JSON.parse((await run('check', path, '--format', 'json')).out) as {
    findings: { rule: string; line: number; fixes: string[] }[];
  };
  expect(json.findings.map((one) => [one.rule, one.line])).toEqual([
    ['fk-index-missing', 4],
    ['pk-missing', 8],
  ]);
  expect(json.findings[0]?.fixes).toEqual(['Add an index on orders (customer_id)']);
  const { out } = await run('check', path, '--format=sarif');
  const [only] = (
    JSON.parse(out) as {
      runs: {
        results: { ruleId: string; ruleIndex: number; level: string; locations: { physicalLocation: { region: unknown } }[] }[];
        tool: { driver: { version: string; rules: { id: string }[] } };
      }[];
    }
  ).runs;
  expect(only?.results.map((one) => [one.ruleId, one.level, one.locations[0]?.physicalLocation.region])).toEqual([
    ['fk-index-missing', 'warning', { startLine: 4 }],
    ['pk-missing', 'error', { startLine: 8 }],
  ]);
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
  expect(only?.tool.driver.version).toBe(version);
  for (const result of only?.results ?? []) expect(only?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
});

test('a finding at an index stands at the statement of the index, and what is read otherwise is said', async () => {
  const long = 'a_table_with_a_name_that_goes_on_and_on_and_on_until_it_is_cut_off';
  const path = file(
    'parts.sql',
    `CREATE TABLE t (id int PRIMARY KEY, a int);\nCREATE INDEX t_a ON t (a);\nCREATE INDEX t_a_too ON t (a);\nCREATE TABLE ${long} (id int PRIMARY KEY);\n`,
  );
  const { out, err } = await run('check', path);
  expect(out).toContain(`${path}:3: warning: t_a_too`);
  expect(err).toBe(`${path}:4: the name ${long} has ${long.length} bytes, and PostgreSQL keeps ${long.slice(0, 63)}\n`);
});

test('a waived finding is listed with its reason and does not count', async () => {
  const document = readDdl(await parserForTests(), 'CREATE TABLE log (message text);');
  const table = Object.keys(document.tables)[0] as string;
  const waiver = { id: 'waiver_1', rule: 'pk-missing', at: { record: table }, reason: 'write only', date: '2026-01-01' };
  const waived: Document = { ...document, waivers: { waiver_1: waiver } };
  const { code, out } = await run('check', file('model.crowfoot.json', serialize(waived)));
  expect(code).toBe(0);
  expect(out).toContain('(waived: write only)');
});

test('what cannot be read is said on standard error and fails', async () => {
  const { code, err } = await run('check', file('broken.sql', 'CREATE TABLE t (id int PRIMARY KEY);\nCREATE TABEL u ();'));
  expect(code).toBe(1);
  expect(err).toContain('broken.sql:2');
  expect(await run('check', join(folder, 'nowhere.sql'))).toMatchObject({ code: 2, out: '' });
  expect(await run('check', '--format', 'xml', 'x.sql')).toMatchObject({ code: 2, err: expect.stringContaining('no format xml') });
});

test('normalize prints the report of a file', async () => {
  const path = file('r.json', JSON.stringify({ attributes: ['a', 'b'], dependencies: [[['a'], ['b']]] }));
  const { code, out } = await run('normalize', path);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ keys: [['a']], highest: 'BCNF' });
  expect(await run('normalize', path)).toMatchObject({ out });
  expect(await run('normalize', file('x.json', '{'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot be read as JSON'),
  });
  expect(await run('normalize', file('y.json', '{}'))).toMatchObject({ code: 2, err: expect.stringContaining('"attributes"') });
  expect(await run('normalize')).toMatchObject({ code: 2, err: expect.stringContaining('Name one file') });
  expect(await run('normalize', path, '--seconds', '10')).toMatchObject({ out });
  expect(await run('normalize', path, '--seconds', 'soon')).toMatchObject({ code: 2, err: expect.stringContaining('--seconds') });
});

test('queries of a document are advised on, with the text to write instead', async () => {
  const ddl = 'CREATE TABLE notes (id bigint PRIMARY KEY, at timestamptz NOT NULL);\nCREATE INDEX ON notes (at);';
  const sql = 'SELECT id\nFROM notes\nORDER BY at LIMIT 10 OFFSET $1';
  const document = withQueries(readDdl(await parserForTests(), ddl), [{ name: 'newest notes', sql, callsPerHour: 5 }]);
  const path = file('notes.crowfoot.json', serialize(document));
  const { code, out } = await run('check', path);
  expect(code).toBe(1);
  expect(out).toContain('newest notes: warning: newest notes skips rows with OFFSET $1. [q-offset-paging]');
  expect(out).toContain(
    '    instead: SELECT id\n             FROM notes WHERE (at, id) > ($1, $2)\n             ORDER BY at, id LIMIT 10\n',
  );
  const { findings } = JSON.parse((await run('check', path, '--json')).out) as {
    findings: { rule: string; instead?: { sql: string; equal: boolean } }[];
  };
  const found = findings.find(({ rule }) => rule === 'q-offset-paging');
  expect(found?.instead).toMatchObject({ sql: expect.stringContaining('(at, id) > ($1, $2)'), equal: false });
});
