import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitSql } from '#engine/sql/split.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { findMariadb, openMariadb } from '#test/engines/mariadb.ts';
import { documentOf, EXAMPLES } from '#test/exchange-documents.ts';
import { account } from '#test/exchange-round-trip.ts';
import { TestDatabase } from '#test/pglite.ts';
import { catalogQuery } from './queries.ts';
import { catalogReader, readCatalog } from './read.ts';

function imported(text: string): { readonly document: Document; readonly lost: readonly string[] } {
  const read = readCatalog({ name: 'catalog.json', text });
  if (!read.ok) throw new Error(read.problem.message);
  expect(read.value.receipt.statements.filter(({ state }) => state === 'error')).toEqual([]);
  expect(validate(read.value.document)).toEqual([]);
  return { document: read.value.document, lost: read.value.receipt.lost.map(({ object }) => object) };
}

const ddlOf = (document: Document) => writeDocument(document, { version: 18 }).statements.map(({ sql }) => sql);

/** Kinds of catalog lines that the query does not ask for, or that belong to what it does not ask for. */
const NOT_ASKED =
  /^(?:routine|function|aggregate|trigger|policy|rule|acl|grant|default acl|owner|extension|comment .*(?:function|trigger|policy)|language|operator|statistics)/i;

describe('the catalog of PostgreSQL', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await TestDatabase.open();
  });
  afterAll(() => db.close());

  it.each([...EXAMPLES, 'test/data/sql/postgresql/azimutt.sql'])(
    'of %s, imported and written anew, is the same catalog',
    async (path) => {
      await db.reset();
      const text = readFileSync(path, 'utf8');
      const statements = splitSql(text, 'postgresql').filter(({ kind }) => kind === 'statement');
      const texts = statements.map(({ start, end }) => text.slice(start, end).trim());
      await db.run(texts);
      const before = await db.catalog();
      const [row] = await db.query<{ catalog: unknown }>(catalogQuery('postgresql'));
      const { document } = imported(JSON.stringify(row?.catalog));
      await db.reset();
      // Extensions are the database's own affair.
      await db.run(texts.filter((sql) => /^CREATE EXTENSION/i.test(sql)));
      await db.run(ddlOf(document));
      const after = new Set(await db.catalog());
      const missing = before.filter((line) => !after.has(line) && !NOT_ASKED.test(line));
      expect(missing.slice(0, 20)).toEqual([]);
    },
  );
});

const mariadb = findMariadb();
if (!mariadb.ok) console.info(mariadb.reason);

describe.skipIf(!mariadb.ok)('the catalog of MariaDB', () => {
  it.each(['sakila', 'employees', 'quartz'])('of %s, imported and written anew, is the same catalog', async (name) => {
    const db = await openMariadb();
    try {
      await db.reset();
      const text = readFileSync(`test/data/sql/mysql/${name}.sql`, 'utf8');
      const texts = splitSql(text, 'mysql').map(({ start, end }) => text.slice(start, end));
      await db.run(texts.filter((sql) => /^\s*(?:CREATE\s+TABLE|ALTER\s+TABLE|CREATE\s+(?:UNIQUE\s+)?INDEX)/i.test(sql)));
      const before = await db.catalog();
      expect(before.length).toBeGreaterThan(20);
      const [, query = ''] = catalogQuery('mariadb').split(/(?<=4294967295;)/);
      const [row] = await db.query<{ catalog: string | object }>(query.trim().replace(/;$/, ''));
      const catalog = row?.catalog;
      const { document } = imported(typeof catalog === 'string' ? catalog : JSON.stringify(catalog));
      await db.reset();
      const errors = await db.run(ddlOf(document));
      expect(errors.map(({ message }) => message)).toEqual([]);
      const after = new Set(await db.catalog());
      expect(before.filter((line) => !after.has(line)).slice(0, 20)).toEqual([]);
    } finally {
      await db.close();
    }
  });
});

const sqlite = spawnSync('sqlite3', ['-version']).status === 0;
if (!sqlite) console.info('sqlite3 is not installed: the query for SQLite is not run.');

it.skipIf(!sqlite)('the catalog of SQLite imports to what its DDL says', async () => {
  const path = 'test/data/sql/sqlite/sakila.sql';
  const text = readFileSync(path, 'utf8');
  const ddl = splitSql(text, 'sqlite').filter(({ kind }) => kind === 'statement');
  const creates = ddl.map(({ start, end }) => text.slice(start, end)).filter((sql) => /^\s*CREATE/i.test(sql));
  const ran = spawnSync('sqlite3', [':memory:'], { input: `${creates.join('\n')}\n${catalogQuery('sqlite')}`, encoding: 'utf8' });
  const { document } = imported(ran.stdout);
  expect(document.settings['settings']?.dialect).toBe('sqlite');
  // Comments between the statements of a file are not in the database.
  const differences = account(await documentOf(path, 'sqlite'), document, []).unsaid.filter((line) => !line.includes('remarks'));
  expect(differences).toEqual([]);
});

describe('what people paste', () => {
  const catalog = (tables: unknown, dialect = 'oracle') => ({ format: 'crowfoot-catalog', version: 1, dialect, tables });
  const oracle = catalog([
    {
      name: 'ORDERS',
      columns: [
        { position: 2, name: 'NOTE', type: 'varchar2(40 char)', nullable: true, default: "'none'" },
        { position: 1, name: 'ID', type: 'number(10,0)', nullable: false },
      ],
      constraints: [
        { name: 'PK_ORDERS', kind: 'P', columns: ['ID'] },
        { name: 'SYS_C1', kind: 'C', expression: '"ID" IS NOT NULL', generatedName: true },
        { name: 'CK', kind: 'C', expression: 'ID > 0' },
        { name: 'FK', kind: 'R', table: 'ORDERS', columns: ['ID'], references: ['ID'], onDelete: 'cascade' },
      ],
      indexes: [{ name: 'IX', unique: false, elements: [{ expression: 'UPPER("NOTE")' }] }],
    },
  ]);

  it('Oracle tells every kind of constraint in one list', () => {
    const { document } = imported(JSON.stringify(oracle));
    expect(Object.values(document.tables)[0]).toMatchObject({
      name: 'ORDERS',
      columns: [
        { name: 'ID', nullable: false, type: { name: 'number', args: ['10', '0'] } },
        { name: 'NOTE', default: { sql: "'none'" } },
      ],
      keys: [{ kind: 'primary', name: 'PK_ORDERS' }],
      checks: [{ name: 'CK', expression: 'ID > 0' }],
      indexes: [{ name: 'IX', elements: [{ expression: 'UPPER("NOTE")' }] }],
    });
    expect(Object.values(document.relationships)).toMatchObject([{ name: 'FK', onDelete: 'cascade' }]);
  });

  it('SQL Server tells lists of records', () => {
    const columns = [
      { name: 'id', type: 'int', nullable: false, identity: { mode: 'always', start: '1', increment: '1' } },
      { name: 'x', type: 'nvarchar(max)', nullable: true, default: '((0))', defaultName: 'DF_x' },
    ];
    const keys = [{ kind: 'primary', name: 'PK', clustered: true, columnNames: [{ name: 'id' }] }];
    const elements = [
      { column: 'id', order: 'desc' },
      { column: 'x', included: true },
    ];
    const indexes = [{ name: 'ix', unique: true, where: '([x] IS NOT NULL)', elements }];
    const foreignKeys = [
      { name: 'fk', schema: 'dbo', table: 't', pairs: [{ column: 'id', references: 'id' }], onDelete: 'set null' },
    ];
    const text = JSON.stringify(catalog([{ schema: 'dbo', name: 't', columns, keys, indexes, foreignKeys }], 'mssql'));
    const { document } = imported(text);
    const [table] = Object.values(document.tables);
    expect(table).toMatchObject({
      columns: [
        { identity: { mode: 'always', options: { start: '1', increment: '1' } } },
        { type: { name: 'nvarchar', args: ['max'] }, defaultName: 'DF_x' },
      ],
      indexes: [{ unique: true, where: '[x] IS NOT NULL', elements: [{ order: 'desc' }] }],
    });
    expect(table?.indexes[0]?.include).toEqual([table?.columns[1]?.id]);
    expect(Object.values(document.relationships)).toMatchObject([{ name: 'fk', onDelete: 'set null' }]);
  });

  it.each([
    ['psql with headings', (json: string) => ` catalog \n---------\n ${json}\n(1 row)\n`],
    ['mysql with borders', (json: string) => `+---+\n| catalog |\n+---+\n| ${json} |\n+---+\n`],
    ['a terminal that breaks lines', (json: string) => json.replace(/(.{40})/g, '$1\n')],
  ])('is read from %s', (_what, print) => {
    expect(Object.keys(imported(print(JSON.stringify(oracle))).document.tables)).toHaveLength(1);
  });

  it.each([
    ['', 'not-json'],
    ['{"format":"crowfoot-catalog","version":1,"dial', 'not-json'],
    ['{"format":"crowfoot-catalog","version":2}', 'not-a-catalog'],
    ['{"format":"crowfoot-catalog","version":1,"dialect":"oracle","tables":[{"name":7}]}', 'not-a-catalog'],
  ])('%j is refused', (text, code) => {
    const read = readCatalog({ name: 'a.json', text });
    expect(read.ok ? '' : read.problem.code).toBe(code);
  });

  it('says what is twice or leads nowhere, and keeps the rest', () => {
    const column = { name: 'X', type: 'date' };
    const constraints = [{ name: 'F', kind: 'R', table: 'GONE', columns: ['X'], references: ['Y'] }];
    const twice = { name: 'A', columns: [column, column], constraints };
    const read = readCatalog({ name: 'a.json', text: JSON.stringify(catalog([twice, twice])) });
    if (!read.ok) throw new Error(read.problem.message);
    expect(validate(read.value.document)).toEqual([]);
    const said = read.value.receipt.lost.map(({ object }) => object).sort();
    expect(said).toEqual(['column A.X', 'foreign key F of A', 'table A']);
  });

  it('is told from other JSON', () => {
    expect(catalogReader.sniff(JSON.stringify(oracle))).toBe(true);
    expect(catalogReader.sniff('{"format":"crowfoot"}')).toBe(false);
  });
});
