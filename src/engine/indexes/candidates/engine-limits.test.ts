import { describe, expect, it } from 'vitest';
import type { Dialect, Document } from '#model/types.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { candidateText } from '#test/workload.ts';
import { loadPorts } from '../../../cli/ports.ts';
import { readSql } from '../../sql/read.ts';
import { analyseQuery } from '../../workload/analyse.ts';
import { candidatesFor } from './candidates.ts';

async function read(dialect: Dialect, ddl: string, version?: number): Promise<Document> {
  const result = readSql([{ name: 'test.sql', text: `${ddl};` }], { dialect }, await loadPorts(dialect));
  if (!result.ok) throw new Error(result.problem.message);
  const { document } = result.value;
  const settings = document.settings['settings'];
  if (version === undefined || settings === undefined) return document;
  return { ...document, settings: { settings: { ...settings, version } } };
}

async function found(document: Document, sql: string): Promise<readonly string[]> {
  const parser = document.settings['settings']?.dialect === 'postgresql' ? await parserForTests() : undefined;
  const facts = analyseQuery(document, { sql }, parser);
  return candidatesFor(document, [{ id: 'q', facts }], parser === undefined ? {} : { parser }).value.map((one) =>
    candidateText(document, one),
  );
}

const TABLE = 'CREATE TABLE t (id int NOT NULL, a int NOT NULL, b int NOT NULL, c int, PRIMARY KEY (id))';

describe('what an entry ends with anyway', () => {
  it.each([
    ['mysql', TABLE],
    ['mariadb', TABLE],
    ['mssql', TABLE],
    ['sqlite', TABLE.replace('id int', 'id integer')],
  ] as const)('is not said again in %s', async (dialect, ddl) => {
    const all = await found(await read(dialect, ddl), 'SELECT id FROM t WHERE a = 1 ORDER BY id');
    expect(all.filter((one) => !one.includes('where'))).toEqual(['t (a)']);
  });

  it.each(['postgresql', 'oracle'] as const)('is said in %s, whose entries end with an address', async (dialect) => {
    const all = await found(await read(dialect, TABLE), 'SELECT id FROM t WHERE a = 1 ORDER BY id');
    expect(all.map((one) => one.toLowerCase())).toContain('t (a, id)');
  });

  it('is said where it would come in another order', async () => {
    const document = await read('mysql', TABLE);
    expect(await found(document, 'SELECT c FROM t WHERE a = 1 ORDER BY b, id DESC')).toContain('t (a, b, id desc)');
    const twoColumns = 'CREATE TABLE t (x int NOT NULL, y int NOT NULL, a int NOT NULL, PRIMARY KEY (x, y))';
    const other = await read('mysql', twoColumns);
    expect(await found(other, 'SELECT a FROM t WHERE a = 1 ORDER BY y')).toContain('t (a, y)');
    expect(await found(other, 'SELECT a FROM t WHERE a = 1 ORDER BY x')).toContain('t (a)');
  });

  it('is said where the key of SQL Server is not what rows are stored by', async () => {
    const heap = await read('mssql', TABLE.replace('PRIMARY KEY (id)', 'CONSTRAINT k PRIMARY KEY NONCLUSTERED (id)'));
    expect(await found(heap, 'SELECT id FROM t WHERE a = 1 ORDER BY id')).toContain('t (a, id)');
  });
});

describe('keys that are too long', () => {
  const wide = (type: string) => `CREATE TABLE t (id int NOT NULL PRIMARY KEY, a ${type} NOT NULL, b ${type} NOT NULL)`;
  const SQL = "SELECT * FROM t WHERE a = 'x' AND b = 'y'";

  it.each([
    ['mysql', 'varchar(500)', ['t (a)']],
    ['mysql', 'varchar(300)', ['t (a, b)']],
    ['mysql', 'varchar(1000)', ['t (a [191])']],
    ['mssql', 'nvarchar(500)', ['t (a)']],
    ['mssql', 'nvarchar(400)', ['t (a, b)']],
    ['oracle', 'varchar2(4000)', ['t (a)']],
    ['oracle', 'varchar2(1000)', ['t (a, b)']],
  ] as const)('are cut in %s of %s', async (dialect, type, wanted) => {
    const all = await found(await read(dialect, wide(type)), SQL);
    expect(all.map((one) => one.toLowerCase()).filter((one) => !one.includes(' where '))).toEqual(
      expect.arrayContaining([...wanted]),
    );
    if (wanted[0] !== 't (a, b)') expect(all.map((one) => one.toLowerCase())).not.toContain('t (a, b)');
  });

  it('are cut at 767 bytes in the older row formats of InnoDB', async () => {
    const ddl = (format: string) => `${wide('varchar(250)')} ENGINE=InnoDB ROW_FORMAT=${format}`;
    expect(await found(await read('mysql', ddl('COMPACT')), "SELECT * FROM t WHERE a = 'x'")).toEqual(['t (a [191])']);
    expect(await found(await read('mysql', ddl('DYNAMIC')), "SELECT * FROM t WHERE a = 'x'")).toEqual(['t (a)']);
  });

  it('are those whose values are too wide on average, of PostgreSQL', async () => {
    const document = await read('postgresql', wide('text'));
    const [table] = Object.values(document.tables);
    if (table === undefined) throw new Error('no table');
    const columns = table.columns.map((column) => (column.name === 'id' ? column : { ...column, facts: { averageWidth: 1500 } }));
    const told = { ...document, tables: { [table.id]: { ...table, columns } } };
    const all = (await found(told, SQL)).filter((one) => !/ where | hash /.test(one));
    expect(all).toEqual(['t (a)', 't (b)']);
  });
});

describe('what stands beside the key', () => {
  const including = (all: readonly string[]) => all.filter((one) => one.includes(' include '));
  const ddl = (type: string, name = 'x') => `CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int NOT NULL, ${name} ${type})`;

  it.each([
    ['text', 'body', false],
    ['text', 'postContent', false],
    ['varchar', 'error_message', false],
    ['varchar(4000)', 'title', false],
    ['varchar(200)', 'description', true],
    ['text', 'title', true],
    ['text', 'country_code', true],
  ] as const)('is in PostgreSQL no text that an entry may have no room for: %s %s', async (type, name, taken) => {
    const all = await found(await read('postgresql', ddl(type, `"${name}"`)), `SELECT "${name}" FROM t WHERE a = 1`);
    expect(including(all)).toEqual(taken ? [`t (a) include (${name})`] : []);
  });

  it.each([
    [40, true],
    [300, false],
  ] as const)('goes by the width where it is known: %d bytes on average', async (averageWidth, taken) => {
    const document = await read('postgresql', ddl('text', 'body'));
    const [table] = Object.values(document.tables);
    if (table === undefined) throw new Error('no table');
    const columns = table.columns.map((column) => (column.name === 'body' ? { ...column, facts: { averageWidth } } : column));
    const told = { ...document, tables: { [table.id]: { ...table, columns } } };
    expect(including(await found(told, 'SELECT body FROM t WHERE a = 1'))).toHaveLength(taken ? 1 : 0);
  });

  it.each([
    ['nvarchar(max)', false],
    ['ntext', false],
    ['text', false],
    ['nvarchar(200)', true],
  ] as const)('is in SQL Server nothing that it refuses, and no copy of what is kept outside of rows: %s', async (type, taken) => {
    const all = await found(await read('mssql', ddl(type)), 'SELECT x FROM t WHERE a = 1');
    expect(including(all)).toHaveLength(taken ? 1 : 0);
  });
});

describe('by version', () => {
  it('expressions are keys from MySQL 8 on', async () => {
    const sql = "SELECT * FROM t WHERE lower(a) = 'x'";
    const ddl = 'CREATE TABLE t (id int NOT NULL PRIMARY KEY, a varchar(50) NOT NULL)';
    expect(await found(await read('mysql', ddl, 8), sql)).toEqual([expect.stringMatching(/lower\(`?a`?\)/)]);
    expect(await found(await read('mysql', ddl, 5), sql)).toEqual([]);
    expect(await found(await read('mariadb', ddl), sql)).toEqual([]);
  });
});
