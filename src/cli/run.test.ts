import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSql } from '#engine/sql/read.ts';
import type { Receipt } from '#engine/sql/receipt.ts';
import { withSources } from '#engine/sql/sources.ts';
import { serialize } from '#model/format/serialize.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { terminal } from '#test/terminal.ts';

const at = terminal();

describe('crowfoot', () => {
  it('says how it is used', async () => {
    expect(await at.run('--help')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('crowfoot ddl FILE...') });
    expect(await at.run()).toMatchObject({ code: 2, out: '' });
    expect(await at.run('dll')).toMatchObject({ code: 2, err: expect.stringContaining('There is no command dll') });
    expect(await at.run('ddl', '--help')).toMatchObject({ code: 0 });
  });

  it.each([
    [['ddl'], 'Name a file'],
    [['ddl', 'x.sql', '--form', 'mysql'], 'no option --form'],
    [['ddl', 'x.sql', '--from'], 'needs a value'],
    [['ddl', 'x.sql', '--from', 'dbase'], 'no dialect dbase'],
    [['ddl', '/does/not/exist.sql'], 'cannot be read'],
  ])('%j is bad usage', async (args, message) => {
    expect(await at.run(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });
});

describe('crowfoot ddl', () => {
  it('writes the same bytes for the same input, and its receipt', async () => {
    const receipt = join(at.folder, 'receipt.json');
    const args = ['ddl', 'test/data/sql/postgresql/sakila_pg.sql', '--receipt', receipt];
    const first = await at.run(...args);
    const said = readFileSync(receipt, 'utf8');
    expect(await at.run(...args)).toEqual(first);
    expect(readFileSync(receipt, 'utf8')).toBe(said);
    expect(first).toMatchObject({ code: 0, err: '', out: expect.stringContaining('CREATE TABLE actor') });
    const { counts, statements, lost } = JSON.parse(said) as Receipt;
    expect(counts).toEqual({ modelled: 206, residue: 0, verbatim: 11, skipped: 8, error: 0 });
    expect(statements[0]).toMatchObject({ file: args[1], start: expect.any(Number), line: expect.any(Number) });
    expect(lost).toEqual([]);
  });

  it('writes other languages, and reads them', async () => {
    const receipt = join(at.folder, 'receipt.json');
    const out = await at.run('ddl', 'src/features/import/examples/shop.sql', '--to', 'dbml', '--receipt', receipt);
    expect(out).toMatchObject({
      code: 0,
      err: expect.stringContaining('--receipt'),
      out: expect.stringContaining('Table sales.orders {'),
    });
    const { lost } = JSON.parse(readFileSync(receipt, 'utf8')) as Receipt;
    expect(lost).toContainEqual(expect.objectContaining({ object: 'view sales.order_totals', feature: 'view' }));
    const path = at.file('shop.dbml', out.out);
    expect(await at.run('ddl', path)).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('CREATE TABLE sales.orders'),
    });
    const wrong = at.file('wrong.dbml', 'Table a {\n  id int\n}\nRef: a.id > b.id\n');
    expect(await at.run('ddl', wrong)).toMatchObject({ code: 1, err: 'wrong.dbml:4:13: There is no table b.\n' });
  });

  it.each([
    ['mysql', 'sakila', 'postgresql'],
    ['postgresql', 'sakila_pg', 'mysql'],
    ['oracle', 'hr', 'sqlite'],
    ['sqlite', 'sakila', 'mssql'],
    ['mssql', 'quartz', 'oracle'],
    ['mysql', 'quartz', 'mariadb'],
  ])('moves %s %s to %s, which its own reader then takes', async (from, name, to) => {
    const receipt = join(at.folder, 'receipt.json');
    const out = await at.run('ddl', `test/data/sql/${from}/${name}.sql`, '--to', to, '--receipt', receipt);
    expect(out).toMatchObject({ code: 0, err: '' });
    const { lost } = JSON.parse(readFileSync(receipt, 'utf8')) as Receipt;
    for (const one of lost)
      expect(one).toEqual({ object: expect.any(String), feature: expect.any(String), reason: expect.any(String) });
    const again = await at.run('ddl', at.file('moved.sql', out.out), '--from', to);
    expect(again).toMatchObject({ code: 0, err: '' });
    const tables = (sql: string) => (sql.match(/^CREATE (?:TEMPORARY |UNLOGGED )?TABLE /gm) ?? []).length;
    expect(tables(again.out)).toBe(tables(out.out));
    expect(tables(out.out)).toBeGreaterThan(6);
  });

  it('writes a saved design back as it was imported, rows of data aside', async () => {
    const text = '-- ours\nCREATE TABLE `a` (`id` INT(10)  NOT NULL, KEY k(`id`))   ENGINE=InnoDB;\n\nSET x = 1;\n';
    const read = readSql([{ name: 'a.sql', text }], { dialect: 'mysql' }, {});
    if (!read.ok) throw new Error(read.problem.message);
    const design = serialize(withSources(read.value, [{ name: 'a.sql', text }]).document);
    expect(await at.run('ddl', at.file('a.crowfoot.json', design), '--as-imported')).toEqual({ code: 0, err: '', out: text });
    const without = serialize(read.value.document);
    expect(await at.run('ddl', at.file('b.crowfoot.json', without), '--as-imported')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Nothing was imported'),
    });
  });

  it('tells the dialect by the text', async () => {
    const path = at.file(
      'a.sql',
      'CREATE TABLE `a` (`id` int unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`)) ENGINE=InnoDB;',
    );
    expect((await at.run('ddl', path)).out).toContain('int unsigned NOT NULL AUTO_INCREMENT');
    const other = at.file('b.sql', 'CREATE TABLE b (n NUMBER(10), s VARCHAR2(20 CHAR));\n/\n');
    expect(await at.run('ddl', path, other)).toMatchObject({ code: 2, err: expect.stringContaining('of different dialects') });
  });

  it('writes the query of a catalog', async () => {
    expect(await at.run('catalog', 'mysql')).toMatchObject({ code: 0, out: expect.stringContaining('information_schema.COLUMNS') });
    expect(await at.run('catalog')).toMatchObject({ code: 2, err: expect.stringContaining('Name a dialect') });
  });

  it('says errors with file, line and column, and ends with 1', async () => {
    const path = at.file('a.sql', 'create table a (id int);\ncreate tabel b;\n');
    const result = await at.run('ddl', path);
    expect(result).toMatchObject({ code: 1, err: 'a.sql:2:8: syntax error at or near "tabel"\n' });
    expect(result.out).toContain('CREATE TABLE a');
  });

  it('reads a at.folder of migrations by number, without those that go down', async () => {
    mkdirSync(join(at.folder, 'sub'));
    at.file('10_b.sql', 'alter table a add column x text;');
    at.file('2_a.sql', 'create table a (id int);');
    at.file('2_a.down.sql', 'drop table a;');
    at.file('notes.txt', 'no sql');
    at.file('sub/1.sql', 'alter table a rename to b;');
    expect(await at.run('ddl', at.folder)).toEqual({
      code: 0,
      err: '',
      out: 'CREATE TABLE b (\n    id integer,\n    x  text\n);\n',
    });
  });

  it.each([
    ['UTF-16 LE with its mark', Buffer.from('\ufeff@', 'utf16le')],
    ['UTF-16 BE with its mark', Buffer.from('\ufeff@', 'utf16le').swap16()],
    ['UTF-16 LE without it', Buffer.from('@', 'utf16le')],
    ['UTF-8 with its mark', Buffer.from('\ufeff@')],
    ['Latin-1', Buffer.from('@', 'latin1')],
  ])('reads %s, whatever ends a line', async (_name, pattern) => {
    const wide = pattern.length > 1 && pattern.includes(0);
    const big = wide && pattern.at(-1) === 0x40;
    const sql = "create table a (\r\n  b text default 'é'\r\n);\r\n";
    const body = wide ? Buffer.from(sql, 'utf16le') : Buffer.from(sql, pattern.length === 1 ? 'latin1' : 'utf8');
    const bytes = Buffer.concat([pattern.subarray(0, pattern.length - (wide ? 2 : 1)), big ? body.swap16() : body]);
    expect(await at.run('ddl', at.file('a.sql', bytes))).toMatchObject({ code: 0, out: expect.stringContaining("DEFAULT 'é'") });
  });

  it('refuses what is no text, with its name and what to do instead', async () => {
    const path = at.file('a.sql', Buffer.from('PGDMP\0\0'));
    expect(await at.run('ddl', path)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(`a.sql: This is a PostgreSQL dump`),
    });
    expect(await at.run('ddl', at.file('b.sql', ''), at.file('c.sql', 'create table a (id int);'))).toMatchObject({ code: 0 });
  });

  it('reads a Crowfoot file', async () => {
    const document = readDdl(await parserForTests(), 'create table kept (id int primary key);');
    const path = at.file('a.crowfoot.json', serialize(document));
    expect(await at.run('ddl', path)).toMatchObject({ code: 0, out: expect.stringContaining('CREATE TABLE kept') });
    expect(await at.run('ddl', at.file('b.crowfoot.json', '{"format":"crowfoot"'))).toMatchObject({ code: 2, out: '' });
  });
});
