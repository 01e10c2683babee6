/** What the DDL pane says of mistakes of typing, and where. */
import { readdirSync, readFileSync } from 'node:fs';
import { loadModule, parseSync, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { pgParser } from '#engine/dialects/postgres/parser.ts';
import { languageOf } from '#engine/sql/language.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { textProblems } from '#engine/sql/typed/plan-text.ts';
import type { Dialect } from '#model/types.ts';

const DIALECTS = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'] as const;

let parser: PgParser;
beforeAll(async () => {
  await loadModule();
  parser = pgParser({ parseSync, scanSync });
});

/** What is wrong: the text that is marked, and what is said of it. */
function said(sql: string, dialect: Dialect): string[] {
  const language = languageOf(dialect, parser);
  if (!language.ok) throw new Error(language.problem.message);
  return textProblems(sql, language.value).map(
    ({ start, end, message, severity = 'error' }) => `${severity} ${start} ${sql.slice(start, end)}: ${message}`,
  );
}

/** The same in all dialects, or by dialect; `null`: the dialect takes it, and so nothing is said. */
type Expected = RegExp | (Partial<Record<Dialect, RegExp | null>> & { readonly others: RegExp });

const RESERVED = { mysql: '`order`', mariadb: '`order`', mssql: '\\[order\\]', oracle: '"ORDER"', sqlite: '"order"' } as const;

const MISTAKES: readonly (readonly [string, Expected])[] = [
  ["CREATE TABLE t (a int DEFAULT 'x, b int)", /^error 30 ': The quoted text that begins here never ends/],
  [
    'CREATE TABLE t (a int, b int',
    {
      postgresql: /^error 28 : syntax error at end of input\. Close the bracket that opens in line 1, column 16 with \)\.$/,
      others: /^error 28 : .*closing bracket was expected, but here is the end.*Close the bracket that opens in line 1, column 16/,
    },
  ],
  [
    'CREATE TABLE t (a int, b int))',
    { postgresql: /^error 29 \): .*take this one away\.$/, others: /^error 29 \): .*but here is \).*take this one away\.$/ },
  ],
  [
    'CREATE TABLE t (a int NOT NUL)',
    {
      postgresql: /^error 26 NUL: .* Did you mean NULL\?$/,
      others: /^error 26 NUL: NULL was expected behind NOT, but here is NUL: did you mean NULL\?$/,
    },
  ],
  ['CREATE TABL x (a int)', /^error 7 TABL: .*TABL.*[Dd]id you mean TABLE\?$/],
  ['CRAETE TABLE x (a int)', /^error 0 CRAETE: .* Did you mean CREATE\?$/],
  [
    'CREATE TABLE t (a int, PRIMARY KEY (missing))',
    /^warning 36 missing: The .*key names .*missing.*kept as text\. Add the column/i,
  ],
  [
    'CREATE TABLE t (abc int);\nCREATE INDEX i ON t (abd);',
    // SQLite may take the name for a text: its model keeps the index.
    {
      sqlite: /^warning 47 abd: Table t has no column abd\. Did you mean abc\?$/,
      others: /^error 47 abd: Table t has no column abd\. (?:Add the column|Did you mean abc)/i,
    },
  ],
  [
    'CREATE TABLE t (a int, FOREIGN KEY (nope) REFERENCES p (id))',
    /^warning 36 nope: The foreign key names .*nope.*kept as text\. Add the column/i,
  ],
  [
    'CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES nope (id))',
    /^warning 50 nope: Its foreign key references table nope.*kept as text\. Add the table/i,
  ],
  [
    'CREATE TABLE t (a intt)',
    { postgresql: null, sqlite: null, others: /^warning 18 intt: .* has no type intt.* Did you mean int\?$/i },
  ],
  [
    'CREATE TABLE t (a vharchar(20))',
    {
      postgresql: null,
      sqlite: null,
      oracle: /^error 18 vharchar: a type was expected, but here is vharchar: did you mean VARCHAR\?$/,
      others: /^warning 18 vharchar: .* has no type vharchar.* Did you mean varchar\?$/,
    },
  ],
  [
    'CREATE TABLE t (a int b int)',
    {
      sqlite: /^warning 22 b: SQLite takes int b int for one type\. If b begins another column, put a comma before it\.$/,
      others: /^error 22 b: .* If b begins another column, put a comma before it\.$/,
    },
  ],
];

describe.each(DIALECTS)('mistakes in %s', (dialect) => {
  it.each(MISTAKES)('%s', (sql, expected) => {
    const one = expected instanceof RegExp ? expected : expected[dialect] === undefined ? expected.others : expected[dialect];
    expect(said(sql, dialect)).toEqual(one === null ? [] : [expect.stringMatching(one)]);
  });

  // SQL Server takes one comma at the end of a table.
  it('a comma behind the last column', () => {
    const sql = 'CREATE TABLE t (a int,\n  b int,\n)';
    const expected =
      dialect === 'postgresql'
        ? /^error 32 \): .*Take the comma before it away/
        : /^error 30 ,: another entry of the list was expected behind the comma/;
    expect(said(sql, dialect)).toEqual(dialect === 'mssql' ? [] : [expect.stringMatching(expected)]);
  });

  it('a reserved word as a name, and how it is quoted', () => {
    const found = said('CREATE TABLE t (order int)', dialect);
    const quoted = dialect === 'postgresql' ? '"order"' : RESERVED[dialect];
    expect(found).toEqual([expect.stringMatching(new RegExp(`16 order: .*reserved word: as a name it is written ${quoted}`, 'i'))]);
  });

  it('says nothing of statements that are none', () => {
    expect(said('CREATE TABLE t (a int NOT NULL, b varchar(20), PRIMARY KEY (a))', dialect)).toEqual([]);
  });
});

/** What the samples themselves name and do not have. */
const KNOWN: Readonly<Record<string, readonly RegExp[]>> = {
  'oracle/oe.sql': [
    /COMMENT ON TABLE.*comment on table PRODUCTS is not in the text/s,
    /employees: Its foreign key references table HR\.EMPLOYEES/,
    /locations: Its foreign key references table HR\.LOCATIONS/,
    /employees: Its foreign key references table HR\.EMPLOYEES/,
  ],
};

describe.each(['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle'] as const)('samples of %s', (dialect) => {
  const folder = new URL(`../data/sql/${dialect}/`, import.meta.url);
  it.each(readdirSync(folder).filter((name) => name.endsWith('.sql')))('%s typed as one text has no false alarm', (name) => {
    const known = KNOWN[`${dialect}/${name}`] ?? [];
    const found = said(readFileSync(new URL(name, folder), 'utf8'), dialect);
    expect(found).toEqual(known.map((one) => expect.stringMatching(one)));
  });
});
