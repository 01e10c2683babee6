import { beforeAll, expect, it } from 'vitest';
import type { Table } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { givenInserts } from './given-rows.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

function tableOf(sql: string) {
  const document = readDdl(parser, sql);
  const [table] = Object.values(document.tables);
  if (table === undefined) throw new Error('no table');
  const id = (name: string) => table.columns.find((column) => column.name === name)?.id ?? `gone ${name}`;
  return { document, table: table satisfies Table, ids: (...names: string[]) => names.map(id) };
}

it('values are literals whatever is in them, columns that are gone are left out', () => {
  const { document, table, ids } = tableOf(`CREATE TABLE "T" (a int, b text, c text GENERATED ALWAYS AS (b) STORED);`);
  const rows = [
    ["it's \\", '1', 'x', 'y'],
    [undefined, '', 'x', 'y'],
  ];
  expect(givenInserts(document, table, { columns: ids('b', 'a', 'c', 'z'), rows })).toEqual([
    `INSERT INTO "T" (a, b) VALUES ('1', E'it''s \\\\');`,
    `INSERT INTO "T" (a, b) VALUES ('', NULL);`,
  ]);
});

it('they are in the words of the dialect', () => {
  const { document, table, ids } = tableOf('CREATE TABLE t (a int, b text);');
  const { settings } = document.settings;
  if (settings === undefined) throw new Error('no settings');
  const other = { ...document, settings: { settings: { ...settings, dialect: 'sqlite' as const, version: 3 } } };
  expect(givenInserts(other, table, { columns: ids('a', 'b'), rows: [['1', "x\\'"]] })).toEqual([
    "INSERT INTO t (a, b) VALUES ('1', 'x\\''');",
  ]);
});

it('an identity takes the values that are there', () => {
  const { document, table, ids } = tableOf('CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text);');
  expect(givenInserts(document, table, { columns: ids('id', 'a'), rows: [['7', 'x']] })).toEqual([
    "INSERT INTO t (id, a) OVERRIDING SYSTEM VALUE VALUES ('7', 'x');",
  ]);
  expect(givenInserts(document, table, { columns: ids('a'), rows: [['x']] })).toEqual(["INSERT INTO t (a) VALUES ('x');"]);
});

it('there are none where a column that needs a value has none', () => {
  const { document, table, ids } = tableOf('CREATE TABLE t (id int PRIMARY KEY, a text, b int NOT NULL);');
  expect(givenInserts(document, table, { columns: ids('id', 'a'), rows: [['1', 'x']] })).toEqual([]);
  expect(givenInserts(document, table, { columns: ids('a', 'b'), rows: [['1', 'x']] })).toEqual([]);
  expect(givenInserts(document, table, { columns: [], rows: [[]] })).toEqual([]);
});
