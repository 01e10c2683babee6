import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { catalogDifference } from '#test/catalog.ts';
import { TestDatabase } from '#test/pglite.ts';
import { loadPgParser } from '../../src/cli/pg-parser.ts';
import { CORNERS } from './corners.ts';
import { catalogAfter, files, measure, report, snippets } from './measure.ts';

let db: TestDatabase;
let parser: PgParser;

beforeAll(async () => {
  parser = await loadPgParser();
  db = await TestDatabase.open();
});
afterAll(() => db.close());

describe('through the model and back', () => {
  it('keeps every one-feature snippet', async () => {
    const different: string[] = [];
    for (const one of await snippets()) {
      const measured = await measure(db, parser, one);
      if (measured.difference.length + measured.writtenErrors.length + measured.verbatim.length > 0)
        different.push(report(measured));
    }
    expect(different).toEqual([]);
  }, 300_000);

  it.each(CORNERS)('keeps %s', async (name, sql) => {
    const measured = await measure(db, parser, { name, sql });
    expect(measured.originalErrors).toEqual([]);
    expect(measured.writtenErrors).toEqual([]);
    expect(measured.difference).toEqual([]);
  });

  // The others run with `npm run fidelity`.
  it.each(files().filter(({ name }) => /azimutt|quartz|sakila/.test(name)))('keeps $name', async (one) => {
    const measured = await measure(db, parser, one);
    expect(measured.writtenErrors).toEqual([]);
    expect(measured.difference).toEqual([]);
    expect(measured.catalogLines).toBeGreaterThan(100);
  });
});

describe('the comparison itself', () => {
  const changes: readonly (readonly [string, string, string])[] = [
    ['a column type', 'CREATE TABLE t (a varchar(10))', 'CREATE TABLE t (a varchar(11))'],
    ['a default', 'CREATE TABLE t (a int DEFAULT 1)', 'CREATE TABLE t (a int DEFAULT 2)'],
    [
      'a predicate',
      'CREATE TABLE t (a int); CREATE INDEX i ON t (a) WHERE a > 0',
      'CREATE TABLE t (a int); CREATE INDEX i ON t (a)',
    ],
    ['a constraint name', 'CREATE TABLE t (a int CONSTRAINT x CHECK (a > 0))', 'CREATE TABLE t (a int CONSTRAINT y CHECK (a > 0))'],
    ['a grant', 'CREATE TABLE t (a int); GRANT SELECT ON t TO reader', 'CREATE TABLE t (a int)'],
    ['a comment', `CREATE TABLE t (a int); COMMENT ON COLUMN t.a IS 'x'`, 'CREATE TABLE t (a int)'],
    ['column order', 'CREATE TABLE t (a int, b int)', 'CREATE TABLE t (b int, a int)'],
    ['an enum value', `CREATE TYPE e AS ENUM ('a', 'b')`, `CREATE TYPE e AS ENUM ('b', 'a')`],
    ['an owned sequence', 'CREATE TABLE t (a int); CREATE SEQUENCE s OWNED BY t.a', 'CREATE TABLE t (a int); CREATE SEQUENCE s'],
  ];

  it.each(changes)('sees a change of %s', async (_what, one, other) => {
    const [before, after] = [await catalogAfter(db, [one]), await catalogAfter(db, [other])];
    expect([...before.errors, ...after.errors]).toEqual([]);
    expect(catalogDifference(before.lines, after.lines)).not.toEqual([]);
    expect(catalogDifference(before.lines, (await catalogAfter(db, [one])).lines)).toEqual([]);
  });
});
