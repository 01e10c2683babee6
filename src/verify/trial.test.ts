import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Settlement } from '#engine/decompose/types.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { derivedIds } from '#lib/ids.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { declaring, openOn, proposing } from '#test/decompose.ts';
import { TestDatabase } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { loadSqlite } from '../cli/sqlite.ts';
import { isProved, tryDecomposition } from './decomposition.ts';
import { sqliteTrials } from './sqlite-trial.ts';
import { trialFor } from './trial.ts';

let parser: PgParser;
let db: TestDatabase;
beforeAll(async () => {
  parser = await parserForTests();
  db = await TestDatabase.open();
});
afterAll(() => db.close());

const DELIVERIES = `
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE deliveries (
  id int PRIMARY KEY, customer int NOT NULL REFERENCES customers (id),
  product text NOT NULL, price numeric NOT NULL, driver text, phone text
);
CREATE VIEW phones AS SELECT driver, phone FROM deliveries;`;

function trial(document: Document, settled: Settlement, name = 'deliveries') {
  const options = { ids: derivedIds(), diagram: MAIN_DIAGRAM, date: '2026-01-01', rows: 60 };
  return trialFor(document, parser, proposing(document, name), settled, options);
}

it('a table is tried alone, with rows that repeat and differ, and gives back what was there', async () => {
  const document = declaring(readDdl(parser, DELIVERIES), 'deliveries', 'product -> price', 'driver -> phone');
  const at = proposing(document, 'deliveries').tables.findIndex(({ nullable }) => nullable.length > 0);
  for (const policy of ['keep', 'own row', 'refuse'] as const) {
    const made = trial(document, { nulls: { [at]: policy } });
    if (!made.ok) throw new Error(made.problem.message);
    expect(made.value.schema.some(({ sql }) => sql.includes('phones') || sql.includes('customers'))).toBe(false);
    const outcome = await tryDecomposition(openOn(db), made.value);
    expect([policy, isProved(outcome), outcome.refused]).toEqual([policy, true, 0]);
    expect(outcome.rows).toBeGreaterThan(20);
    expect(outcome.shown?.old).toHaveLength(12);
    expect(outcome.shown?.rejoined).toEqual(outcome.shown?.old);
    // Rows that are all alike would prove little: three products at least, and drivers that are known.
    const values = outcome.shown?.old.map((row) => row.slice(1, -1).split(',')) ?? [];
    expect(new Set(values.map((row) => row[2])).size).toBeGreaterThan(2);
    expect(values.some((row) => row[4] !== '')).toBe(true);
  }
});

it('rows that there are take the place of made-up ones, and what they contradict stops the script', async () => {
  const document = declaring(readDdl(parser, DELIVERIES), 'deliveries', 'product -> price');
  const table = Object.values(document.tables).find(({ name }) => name === 'deliveries');
  const columns = table?.columns.map(({ id }) => id) ?? [];
  const rows = [
    ['1', '7', 'tea', '2.50', 'Ann', undefined],
    ['2', '7', 'tea', '2.50', undefined, undefined],
    ['3', '8', 'rye', '3', 'Ann', '55'],
    ['4', 'no number', 'rye', '3', 'Ann', '55'],
  ];
  const options = { ids: derivedIds(), diagram: MAIN_DIAGRAM, date: '2026-01-01', rows: 60 };
  const tried = async (given: (string | undefined)[][]) => {
    const made = trialFor(document, parser, proposing(document, 'deliveries'), {}, { ...options, given: { columns, rows: given } });
    if (!made.ok) throw new Error(made.problem.message);
    return tryDecomposition(openOn(db), made.value);
  };
  const fine = await tried(rows);
  expect(fine).toMatchObject({ given: true, rows: 3, refused: 1 });
  expect(isProved(fine)).toBe(true);
  expect(fine.shown?.rejoined).toEqual(['(1,7,tea,2.50,Ann,)', '(2,7,tea,2.50,,)', '(3,8,rye,3,Ann,55)']);
  const broken = await tried([...rows, ['5', '9', 'tea', '2.60', undefined, undefined]]);
  expect(broken.stopped).toMatchObject({ way: 'forward', phase: 'guard' });
});

it('what is not settled is said', () => {
  const document = declaring(readDdl(parser, DELIVERIES), 'deliveries', 'product -> price', 'driver -> phone');
  const open = trial(document, {});
  expect(open.ok ? 'ok' : open.problem.code).toBe('choose-null-policy');
});

it('a table of SQLite is tried on SQLite', async () => {
  const ports = { parser, sqlite: await loadSqlite() };
  const text =
    'CREATE TABLE deliveries (id INTEGER PRIMARY KEY, product TEXT NOT NULL, price NUMERIC NOT NULL, driver TEXT, phone TEXT);';
  const read = readSql([{ name: 'x.sql', text }], { dialect: 'sqlite' }, ports);
  if (!read.ok) throw new Error(read.problem.message);
  const document = declaring(read.value.document, 'deliveries', 'product -> price', 'driver -> phone');
  const at = proposing(document, 'deliveries').tables.findIndex(({ nullable }) => nullable.length > 0);
  const made = trial(document, { nulls: { [at]: 'keep' } });
  if (!made.ok) throw new Error(made.problem.message);
  const outcome = await tryDecomposition(sqliteTrials(ports.sqlite), made.value);
  expect([outcome.dialect, isProved(outcome), outcome.refused]).toEqual(['sqlite', true, 0]);
  expect(outcome.shown?.rejoined).toEqual(outcome.shown?.old);
});
