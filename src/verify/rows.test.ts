import { readFileSync } from 'node:fs';
import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { sqliteEngine } from '#engine/dialects/sqlite/engine.ts';
import { CSV_TEXT } from '#engine/discover/read/csv-text.ts';
import { surveyData } from '#engine/discover/survey.ts';
import type { SqliteEngine } from '#engine/sql/parser-port.ts';
import { pgliteServer } from './pglite-server.ts';
import { openPostgresRows } from './postgres-rows.ts';
import type { RowDatabase, RowRequest, RowText } from './row-types.ts';
import { openSqliteRows } from './sqlite-rows.ts';

let sqlite: SqliteEngine;
let library: Awaited<ReturnType<typeof initSqlJs>>;
beforeAll(async () => {
  library = await initSqlJs({ wasmBinary: readFileSync('node_modules/sql.js/dist/sql-wasm.wasm').buffer as ArrayBuffer });
  sqlite = sqliteEngine(library);
});

const NOTHING: RowRequest = { engine: 'postgresql', schema: [], inserts: [], files: [] };
const MOST = 1000;

async function rowsOf(database: RowDatabase, query: string, most = MOST): Promise<RowText> {
  const read = await database.read(query, most);
  if ('problem' in read) throw new Error(read.problem);
  return read;
}

async function problemOf(database: RowDatabase, query: string): Promise<string> {
  const read = await database.read(query, MOST);
  return 'problem' in read ? read.problem : 'none';
}

const CSV = 'Order ID;zip;city\n1;8001;Zürich\n2;3011;\n3;8001;"Zürich"\n';

describe('PostgreSQL', () => {
  const open = (request: Partial<RowRequest>) => openPostgresRows(pgliteServer(), { ...NOTHING, ...request });

  it('runs a dump with its rows, says what it refused, and gives rows that are read back equal', async () => {
    const dump = [
      "SELECT pg_catalog.set_config('search_path', '', false);",
      'CREATE SCHEMA shop;',
      'CREATE TABLE shop.a (id int PRIMARY KEY, name text, note text);',
      'ALTER TABLE shop.a OWNER TO somebody;',
      'COPY shop.a (id, name, note) FROM stdin;',
      '1\tO"Hara, x\t\\N',
      '2\t\ttab\\there',
      '\\.',
      '',
      "INSERT INTO shop.a VALUES (3, 'a'';b', 'c');",
      "INSERT INTO shop.a VALUES (3, 'twice', 'c');",
      "INSERT INTO shop.a VALUES (4, 'd', 'e');",
      'SELECT nonsense();',
    ].join('\n');
    const database = await open({ files: [{ kind: 'sql', name: 'shop.sql', text: dump, dialect: 'postgresql' }] });
    expect(database.tables).toEqual([{ name: 'shop.a', label: 'shop.a', rows: 4 }]);
    expect(database.refused).toBe(2);
    expect(database.reasons[0]).toMatch(/^shop\.sql, line 11: .*duplicate key/);
    expect(database.reasons[1]).toMatch(/^shop\.sql, line 13: /);
    const { text, rows, more } = await rowsOf(database, 'SELECT 1;\n-- all\nSELECT * FROM a ORDER BY id; -- end');
    expect([rows, more]).toEqual([4, false]);
    const survey = surveyData([{ name: 'a', text, read: CSV_TEXT }], { nulls: 'equal', dialect: 'postgresql' }, UNLIMITED);
    if (!survey.ok) throw new Error(survey.problem.message);
    expect(survey.value.tables[0]?.sample.rows).toEqual([
      ['1', 'O"Hara, x', undefined],
      ['2', '', 'tab\there'],
      ['3', "a';b", 'c'],
      ['4', 'd', 'e'],
    ]);
    expect(await problemOf(database, 'SELECT nothing FROM a')).toMatch(/column "nothing" does not exist/);
    expect(await problemOf(database, ' -- ')).toBe('there is no query.');
    expect((await rowsOf(database, 'SELECT * FROM generate_series(1, 20)', 10)).more).toBe(true);
    await database.close();
  });

  it('makes the schema of the document, its rows, and a table of each file', async () => {
    const database = await open({
      schema: [{ key: 't', sql: 'CREATE TABLE t (id int PRIMARY KEY, parent int REFERENCES t (id))' }],
      inserts: ["INSERT INTO t VALUES ('2', '1')", "INSERT INTO t VALUES ('x', NULL)", "INSERT INTO t VALUES ('1', NULL)"],
      files: [{ kind: 'data', name: 'My orders.csv', text: CSV }],
    });
    expect(database.tables.map(({ label, rows }) => [label, rows])).toEqual([
      ['my_orders', 3],
      ['t', 2],
    ]);
    expect(database.reasons).toEqual([expect.stringMatching(/^a row: 2: .*invalid input syntax/)]);
    const joined = await rowsOf(database, 'SELECT order_id + 1 AS next, city FROM my_orders JOIN t ON t.id = order_id ORDER BY 1');
    expect(joined.text).toBe('next,city\n"2","Zürich"\n"3",\n');
    await database.close();
  });
});

describe('SQLite', () => {
  const open = (request: Partial<RowRequest>) => openSqliteRows(sqlite, { ...NOTHING, engine: 'sqlite', ...request });

  it('opens a database file, large numbers exact', async () => {
    const made = new library.Database();
    made.run("CREATE TABLE [a b] (id INTEGER, x BLOB); INSERT INTO [a b] VALUES (9007199254740993, x'00ff'), (2, NULL)");
    const database = open({ files: [{ kind: 'sqlite', name: 'a.db', bytes: made.export() }] });
    expect(database.tables).toEqual([{ name: '"a b"', label: 'a b', rows: 2 }]);
    expect((await rowsOf(database, 'SELECT * FROM "a b"')).text).toBe('"id","x"\n"9007199254740993","\\x00ff"\n"2",\n');
    expect((await rowsOf(database, 'SELECT * FROM "a b"', 1)).more).toBe(true);
    expect(await problemOf(database, 'SELECT y FROM "a b"')).toBe('no such column: y');
    expect(await problemOf(database, 'CREATE TABLE c (d)')).toBe('the last statement is no query.');
    await database.close();
    const broken = open({ files: [{ kind: 'sqlite', name: 'b.db', bytes: new Uint8Array(5000).fill(7) }] });
    expect(broken.reasons[0]).toMatch(/^b\.db: it is damaged/);
  });

  it('runs a dump of its own, and takes the rows of others', async () => {
    const own = open({
      files: [
        { kind: 'sql', name: 'own.sql', text: "CREATE TABLE a (x); INSERT INTO a VALUES ('1'), ('2'); BAD;", dialect: 'sqlite' },
      ],
    });
    expect([own.tables, own.reasons]).toEqual([
      [{ name: 'a', label: 'a', rows: 2 }],
      [expect.stringMatching(/^own\.sql, line 1: .*syntax error/)],
    ]);
    const other = open({
      files: [
        {
          kind: 'sql',
          name: 'my.sql',
          text: "CREATE TABLE `a` (`x` int, `y` text);\nINSERT INTO `a` VALUES (10,'007'),(9,NULL);",
          dialect: 'mysql',
        },
        { kind: 'data', name: 'orders.csv', text: CSV },
      ],
    });
    expect(other.tables.map(({ label, rows }) => [label, rows])).toEqual([
      ['a', 2],
      ['orders', 3],
    ]);
    expect((await rowsOf(other, 'SELECT * FROM a ORDER BY x')).text).toBe('"x","y"\n"9",\n"10","007"\n');
    expect(other.refused).toBe(0);
  });
});
