import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSqlite } from '#cli/sqlite.ts';
import type { SqliteEngine } from '#engine/sql/parser-port.ts';
import { type ReadResult, readSql } from '#engine/sql/read.ts';

let sqlite: SqliteEngine;
beforeAll(async () => {
  sqlite = await loadSqlite();
});

function read(text: string, engine?: SqliteEngine): ReadResult {
  const result = readSql([{ name: 'x.sql', text }], { dialect: 'sqlite' }, engine === undefined ? {} : { sqlite: engine });
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

const execute = (text: string) => read(text, sqlite);
const states = ({ receipt }: ReadResult) => receipt.statements.map((one) => one.state);
const names = (records: Readonly<Record<string, { readonly name: string }>>) => Object.values(records).map((one) => one.name);

const FILES = ['chinook', 'northwind', 'quartz', 'sakila'] as const;
const fileText = (name: string) => readFileSync(join('test/data/sql/sqlite', `${name}.sql`), 'utf8');

describe('reading by executing', () => {
  it.each(FILES)('%s: the grammar alone says the same', (name) => {
    const [executed, parsed] = [execute(fileText(name)), read(fileText(name))];
    expect(executed.document).toEqual(parsed.document);
    expect(executed.receipt).toEqual(parsed.receipt);
    expect(executed.receipt.counts).toMatchObject({ error: 0, verbatim: 0, residue: 0 });
  });

  it('has the tables, columns, foreign keys and indexes that SQLite has', () => {
    const counts = FILES.map((name) => {
      const { document } = execute(fileText(name));
      const tables = Object.values(document.tables);
      const sum = (of: (table: (typeof tables)[number]) => number) => tables.reduce((total, table) => total + of(table), 0);
      return [
        tables.length,
        sum((one) => one.columns.length),
        Object.keys(document.relationships).length,
        sum((one) => one.indexes.length),
      ];
    });
    expect(counts).toEqual([
      [11, 64, 11, 11],
      [13, 88, 13, 0],
      [11, 85, 5, 8],
      [16, 89, 22, 24],
    ]);
  });

  it('follows migrations to the end', () => {
    const result = execute(`
CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user INTEGER REFERENCES users (id), old TEXT);
CREATE VIEW titles AS SELECT posts.id FROM posts;
CREATE TRIGGER t AFTER INSERT ON posts BEGIN UPDATE users SET mail = '' WHERE id = new.user; END;
ALTER TABLE users RENAME TO people;
ALTER TABLE people RENAME COLUMN mail TO email;
ALTER TABLE posts DROP COLUMN old;
ALTER TABLE posts ADD COLUMN title TEXT NOT NULL DEFAULT '';
DROP TABLE IF EXISTS absent;
CREATE TABLE IF NOT EXISTS posts (x);
CREATE TABLE gone (x);
DROP TABLE gone;`);
    const { document, receipt } = result;
    expect(names(document.tables)).toEqual(['people', 'posts']);
    const [people, posts] = Object.values(document.tables);
    expect(posts?.columns.map((one) => one.name)).toEqual(['id', 'user', 'title']);
    expect(people?.columns.map((one) => one.name)).toEqual(['id', 'email']);
    expect(Object.values(document.relationships)).toMatchObject([{ child: posts?.id, parent: people?.id }]);
    // SQLite itself rewrites what stands in views and triggers.
    expect(Object.values(document.triggers)[0]?.execute).toContain('UPDATE "people" SET email');
    expect(states(result)).toEqual([...Array(8).fill('modelled'), 'skipped', 'skipped', 'modelled', 'modelled']);
    expect(receipt.statements[7]).toMatchObject({ record: posts?.id, part: posts?.columns[2]?.id });
    expect(receipt.statements[10]?.reason).toContain('gone again');
  });

  it('gives errors in the words of SQLite, at their places', () => {
    const text = `CREATE TABLE a (x INTEGER, y TEXT, x TEXT);
CREATE TABLE b (x INTEGER CHECK (x >) );
CREATE TABLE c (x, FOREIGN KEY (z) REFERENCES c);
CREATE INDEX i ON nowhere (x);
CREATE TABLE d (x INTEGER PRIMARY KEY);
CREATE TABLE d (y);
SELEC 1;`;
    const { receipt, document } = execute(text);
    const said = receipt.statements.map((one) => [one.state, one.line, one.column, one.reason]);
    expect(said).toEqual([
      ['error', 1, 36, 'SQLite says: duplicate column name: x'],
      ['error', 2, 37, 'SQLite says: near ")": syntax error'],
      ['error', 3, 33, 'SQLite says: unknown column "z" in foreign key definition'],
      ['error', 4, 19, 'SQLite says: no such table: main.nowhere'],
      ['modelled', 5, undefined, undefined],
      ['error', 6, 14, 'SQLite says: table d already exists'],
      ['error', 7, 1, expect.stringContaining('a statement was expected')],
    ]);
    expect(names(document.tables)).toEqual(['d']);
  });

  it.each([true, false])('leaves out tables of SQLite itself, which the shell lists (executed: %s)', (executed) => {
    const text = 'CREATE TABLE sqlite_sequence(name,seq);\nCREATE TABLE sqlite_stat1(tbl,idx,stat);\nCREATE TABLE t (a);';
    const result = executed ? execute(text) : read(text);
    expect(states(result)).toEqual(['skipped', 'skipped', 'modelled']);
    expect(names(result.document.tables)).toEqual(['t']);
  });

  it('never runs a query, not even one that never ends', () => {
    const { document, receipt } = execute(`
CREATE TABLE p (a VARCHAR(20), b BIGINT, c DECIMAL(4,1), d BLOB, e DOUBLE);
CREATE TABLE q AS SELECT *, a || 'x' AS f, CAST(b AS FLOAT) g FROM p;
CREATE TABLE r AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
CREATE TEMP TABLE s AS SELECT nope FROM p;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;
INSERT INTO p SELECT 1, 2, 3, 4, 5;`);
    const q = Object.values(document.tables).find((one) => one.name === 'q');
    const types = q?.columns.map((one) => `${one.name} ${one.type.kind === 'builtin' ? one.type.name : ''}`.trim());
    expect(types).toEqual(['a TEXT', 'b INT', 'c NUM', 'd', 'e REAL', 'f', 'g REAL']);
    expect(names(document.tables)).toEqual(['p', 'q', 'r']);
    expect(receipt.statements.map((one) => one.state)).toEqual(['modelled', 'modelled', 'modelled', 'error', 'skipped', 'skipped']);
  });

  it('declares for the columns of a query what SQLite declares', () => {
    const queries = [
      'SELECT a, b, c, d, e FROM p',
      'SELECT a + 1 AS s, count(*) n, lower(a), max(b) FROM p',
      "SELECT CAST(a AS INTEGER) i, CAST(b AS TEXT) t, CAST(c AS NUMERIC) m, CAST(d AS REAL) r, x'00' z, NULL w, 1, 'v' FROM p",
      'SELECT a, b FROM p UNION ALL SELECT c, d FROM p',
    ];
    const before = 'CREATE TABLE p (a VARCHAR(20), b BIGINT, c DECIMAL(4,1), d BLOB, e DOUBLE)';
    for (const query of queries) {
      const database = sqlite.open();
      database.run(before);
      database.run(`CREATE TABLE q AS ${query}`);
      const itself = database.rows('SELECT name, type FROM pragma_table_xinfo(?)', ['q']).map((row) => row.join(' ').trim());
      database.close();
      const { document } = execute(`${before};CREATE TABLE q AS ${query};`);
      const columns = Object.values(document.tables)[1]?.columns ?? [];
      const ours = columns.map((one) => `${one.name} ${one.type.kind === 'builtin' ? one.type.name : ''}`.trim());
      expect(ours).toEqual(itself);
    }
  });

  it('keeps virtual tables as text, whether SQLite has their module or not', () => {
    const { document, receipt } = execute(`
CREATE VIRTUAL TABLE docs USING fts5(title, body, tokenize = 'porter');
CREATE TABLE IF NOT EXISTS 'docs_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE VIRTUAL TABLE boxes USING rtree(id, minx, maxx);
CREATE VIEW found AS SELECT docs.title, rank FROM docs;
CREATE TABLE plain (x);
ALTER TABLE plain RENAME TO simple;
ALTER TABLE boxes RENAME TO crates;
CREATE VIRTUAL TABLE old USING fts4(x);
DROP TABLE old;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','n','n',0,'CREATE VIRTUAL TABLE n USING fts5(it''s)');`);
    expect(Object.values(document.verbatim).map((one) => one.sql)).toEqual([
      "CREATE VIRTUAL TABLE docs USING fts5(title, body, tokenize = 'porter')",
      'CREATE VIRTUAL TABLE "crates" USING rtree(id, minx, maxx)',
      "CREATE VIRTUAL TABLE n USING fts5(it's)",
    ]);
    expect(names(document.tables)).toEqual(['simple']);
    expect(names(document.views)).toEqual(['found']);
    expect(receipt.counts).toMatchObject({ error: 0, skipped: 1 });
    expect(receipt.statements[1]?.reason).toBe('the virtual table docs makes it itself');
  });

  it('takes back what a transaction takes back', () => {
    const { document, receipt } = execute('BEGIN; CREATE TABLE a (x); ROLLBACK; BEGIN; CREATE TABLE b (x); COMMIT; ROLLBACK;');
    expect(names(document.tables)).toEqual(['b']);
    expect(receipt.statements.at(-1)?.reason).toContain('no transaction is active');
  });

  it('reads without SQLite what SQLite lacks something for', () => {
    const result = execute(`
CREATE TABLE a (x TEXT COLLATE my_own);
CREATE TABLE b (x TEXT, y AS (my_function(x)));
CREATE INDEX i ON a (x);`);
    expect(states(result)).toEqual(['modelled', 'modelled', 'modelled']);
    expect(names(result.document.tables)).toEqual(['a', 'b']);
    expect(result.receipt.statements[0]?.reason).toContain('no such collation sequence: my_own');
  });

  it('knows temporary objects, and settings that the file keeps', () => {
    const { document, receipt } = execute(`
PRAGMA foreign_keys = ON;
PRAGMA user_version = 7;
CREATE TEMP TABLE t (x);
CREATE TABLE temp.u (x);
CREATE TEMPORARY VIEW v AS SELECT x FROM t;
CREATE TRIGGER r AFTER DELETE ON t BEGIN SELECT 1; END;`);
    expect(Object.values(document.tables).map((one) => [one.name, one.persistence])).toEqual([
      ['t', 'temporary'],
      ['u', 'temporary'],
    ]);
    expect(Object.values(document.views)).toMatchObject([{ temporary: true }]);
    expect(Object.values(document.verbatim)).toMatchObject([{ sql: 'PRAGMA user_version = 7', place: 'first' }]);
    expect(receipt.statements[0]).toMatchObject({ state: 'skipped' });
  });

  it('keeps comments where they stand', () => {
    const text = `-- people
CREATE TABLE a ( -- head
  x INTEGER, -- number
  /* word */
  y TEXT
); -- done
-- more of it
ALTER TABLE a ADD COLUMN z;
-- end
`;
    const { document } = execute(text);
    const [a] = Object.values(document.tables);
    const column = (name: string) => a?.columns.find((one) => one.name === name)?.id;
    const said = (a?.remarks ?? []).map((one) => [one.at, one.text, one.trailing ?? false]);
    expect(said).toHaveLength(7);
    expect(said).toEqual(
      expect.arrayContaining([
        ['before', '-- people', false],
        [column('x'), '-- head', false],
        [column('x'), '-- number', true],
        [column('y'), '/* word */', false],
        ['end', '-- done', true],
        [column('z'), '-- more of it', false],
        ['end', '-- end', false],
      ]),
    );
  });

  it('says of foreign keys to tables that never come that they are kept as text', () => {
    const { document, receipt } = execute(
      'CREATE TABLE a (x INTEGER REFERENCES later, y INTEGER, FOREIGN KEY (y) REFERENCES never (z) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED); CREATE TABLE later (k INTEGER PRIMARY KEY);',
    );
    expect(Object.values(document.relationships)).toHaveLength(1);
    expect(Object.values(document.tables)[0]?.residue).toEqual([
      'FOREIGN KEY ("y") REFERENCES "never" ("z") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED',
    ]);
    expect(receipt.statements[0]?.state).toBe('residue');
  });

  const nested = (open: string, inner: string, close: string, times: number) =>
    `${open.repeat(times)}${inner}${close.repeat(times)}`;
  const chained = Array.from({ length: 400 }, (_, i) => `c${i} AS (SELECT * FROM ${i === 0 ? 't' : `c${i - 1} a, c${i - 1} b`})`);

  it.each([
    ['brackets', `CREATE TABLE d (a CHECK (${nested('(', '1', ')', 5000)}))`],
    ['sums', `CREATE TABLE d (a CHECK (${'a + '.repeat(20_000)}1))`],
    ['queries', `CREATE VIEW d AS ${nested('SELECT * FROM (', 'SELECT 1', ')', 3000)}`],
    ['negations', `CREATE VIEW d AS SELECT ${'NOT '.repeat(50_000)}1`],
    ['cases', `CREATE TABLE d (a CHECK (${nested('CASE WHEN 1 THEN ', '1', ' END', 5000)}))`],
    ['a view that would never end', `CREATE VIEW v AS WITH ${chained.join(', ')} SELECT * FROM c399; ALTER TABLE t RENAME TO d`],
  ])('outlives deep %s', (_what, sql) => {
    const { document, receipt } = execute(`CREATE TABLE t (a);\n${sql};\nCREATE TABLE after_it (x);`);
    expect(receipt.counts.error).toBe(1);
    expect(names(document.tables)).toEqual(['t', 'after_it']);
  });

  it('starts anew when the engine breaks down, with what was executed before', () => {
    let opened = 0;
    const fragile: SqliteEngine = {
      version: sqlite.version,
      open: () => {
        opened += 1;
        const database = sqlite.open();
        return {
          rows: database.rows.bind(database),
          query: database.query.bind(database),
          each: database.each.bind(database),
          close: database.close.bind(database),
          run: (sql) => (sql.includes('breaks') ? { message: 'memory access out of bounds', fatal: true } : database.run(sql)),
        };
      },
    };
    const { document, receipt } = read('CREATE TABLE a (x); CREATE TABLE breaks (x); CREATE INDEX i ON a (x);', fragile);
    expect(opened).toBe(2);
    expect(names(document.tables)).toEqual(['a']);
    expect(receipt.statements.map((one) => one.state)).toEqual(['modelled', 'error', 'modelled']);
  });
});
