import { beforeAll, describe, expect, it } from 'vitest';
import { validate } from '#model/validate.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { readSql } from '../../../sql/read.ts';
import { writeDocument, writtenText } from '../../../sql/write.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

function read(...texts: readonly string[]) {
  const files = texts.map((text, i) => ({ name: `${i}.sql`, text }));
  const result = readSql(files, { dialect: 'postgresql' }, { parser });
  if (!result.ok) throw new Error(result.problem.message);
  expect(validate(result.value.document)).toEqual([]);
  const tables = Object.values(result.value.document.tables).map((one) => [one.name, one.columns.map((column) => column.name)]);
  return { ...result.value, tables: Object.fromEntries(tables) as Record<string, string[]> };
}

describe('transactions', () => {
  it('takes back what ROLLBACK undoes, and says so at each statement and at the ROLLBACK', () => {
    const { tables, receipt } = read(
      'CREATE TABLE a (x integer); BEGIN; ALTER TABLE a ADD y text; CREATE TABLE b (z integer REFERENCES nowhere); INSERT INTO a VALUES (1); ROLLBACK; CREATE TABLE c (w integer);',
    );
    expect(tables).toEqual({ a: ['x'], c: ['w'] });
    expect(receipt.statements.map((one) => one.state)).toEqual([
      'modelled',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
      'modelled',
    ]);
    expect(receipt.statements[2]?.reason).toMatch(/rolled back/);
    expect(receipt.statements[2]?.record).toBeUndefined();
    expect(receipt.statements[4]?.reason).toMatch(/^data/);
    expect(receipt.statements[5]?.reason).toMatch(/takes back 2 statements/);
  });

  it('goes back to a savepoint any number of times', () => {
    const { tables } = read(
      'BEGIN; CREATE TABLE a (x integer); SAVEPOINT s; ALTER TABLE a ADD y integer; ROLLBACK TO s; ALTER TABLE a ADD z integer; ROLLBACK TO SAVEPOINT s; ALTER TABLE a ADD w integer; COMMIT;',
    );
    expect(tables).toEqual({ a: ['x', 'w'] });
  });

  it('keeps what no ROLLBACK reaches: none open, committed, or in another file', () => {
    expect(read('CREATE TABLE a (x integer); ROLLBACK;').tables).toEqual({ a: ['x'] });
    expect(read('BEGIN; CREATE TABLE a (x integer); COMMIT; ROLLBACK;').tables).toEqual({ a: ['x'] });
    expect(read('BEGIN; CREATE TABLE a (x integer);', 'ROLLBACK;').tables).toEqual({ a: ['x'] });
  });

  it('follows AND CHAIN, and lets SET LOCAL end with its transaction', () => {
    expect(read('BEGIN; CREATE TABLE a (x integer); COMMIT AND CHAIN; CREATE TABLE b (x integer); ROLLBACK;').tables).toEqual({
      a: ['x'],
    });
    const { document } = read(
      'CREATE SCHEMA app; BEGIN; SET LOCAL search_path = app; CREATE TABLE a (x integer); COMMIT; CREATE TABLE b (x integer);',
    );
    const schemaOf = (name: string) => {
      const table = Object.values(document.tables).find((one) => one.name === name);
      return document.schemas[table?.schema ?? '']?.name;
    };
    expect([schemaOf('a'), schemaOf('b')]).toEqual(['app', 'public']);
  });
});

describe('positions of sequences', () => {
  it('skips RESTART as data, and says what else a statement changes', () => {
    const { receipt, document } = read(
      'CREATE SEQUENCE s; ALTER SEQUENCE s RESTART WITH 9; CREATE TABLE t (a serial); ALTER SEQUENCE t_a_seq RESTART; ALTER SEQUENCE s RESTART 5 INCREMENT 2;',
    );
    expect(receipt.statements.map((one) => one.state)).toEqual(['modelled', 'skipped', 'modelled', 'skipped', 'residue']);
    expect(receipt.statements[1]?.reason).toMatch(/data/);
    expect(Object.values(document.sequences)[0]?.options).toEqual({ increment: '2' });
    expect(document.verbatim).toEqual({});
  });
});

describe('names by another search path', () => {
  it('writes them out, leaves those of WITH and of public alone, and puts errors where they stand', () => {
    const { document, receipt } = read(
      `CREATE SCHEMA app; CREATE TABLE shared (id integer); SET search_path = app, public;
      CREATE TABLE t (id integer); CREATE VIEW v AS WITH t2 AS (SELECT id FROM t) SELECT t2.id FROM t2, shared;
      CREATE INDEX i ON t (id) WHERE missing(; CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t ADD FOREIGN KEY (nope) REFERENCES t (id);`,
    );
    const view = Object.values(document.views)[0];
    expect(view?.query).toBe('WITH t2 AS (SELECT id FROM app.t) SELECT t2.id FROM t2, shared');
    const bad = receipt.statements.find((one) => one.state === 'error');
    expect([bad?.line, bad?.column]).toEqual([3, 46]);
  });
});

describe('a default in brackets', () => {
  it.each([
    ['(NOT false)', 'boolean', 'NOT false'],
    ["(('a' || 'b'))", 'text', "'a' || 'b'"],
    ["('x'::text)", 'text', "'x'::text"],
    ['((1, 2) = (2, 1))', 'boolean', '(1, 2) = (2, 1)'],
  ])('%s is read as what is written, again and again', (written, type, sql) => {
    const first = readDdl(parser, `CREATE TABLE t (a ${type} DEFAULT ${written});`);
    const [column] = Object.values(first.tables)[0]?.columns ?? [];
    expect(column?.default?.sql).toBe(sql);
    const text = writtenText(writeDocument(first, { version: 18 }));
    const again = readDdl(parser, text);
    expect(again.tables).toEqual(first.tables);
  });
});
