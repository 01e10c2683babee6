import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Document, Table } from '#model/types.ts';
import { documents } from '#test/arbitrary/document.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';
import type { PgParser } from './parser-port.ts';
import { readSql } from './read.ts';
import { roundTrip } from './round-trip.ts';

const FILES = 'test/data/sql/postgresql';
let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

function changed(document: Document, change: (table: Table) => Table): Document {
  const [table] = Object.values(document.tables);
  if (table === undefined) throw new Error('no table');
  return { ...document, tables: { ...document.tables, [table.id]: change(table) } };
}

describe('the round trip', () => {
  it.each(readdirSync(FILES).filter((name) => name.endsWith('.sql')))('of %s is identical', (name) => {
    const text = readFileSync(`${FILES}/${name}`, 'utf8');
    const read = readSql([{ name, text }], { dialect: 'postgresql' }, { parser });
    if (!read.ok) throw new Error(read.problem.message);
    const result = roundTrip(read.value.document, { parser });
    expect(result.differences).toEqual([]);
    expect(result.compared).toBeGreaterThan(5);
  });

  it('of random documents is identical', () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(roundTrip(document, { parser }).differences).toEqual([]);
      }),
      runs(20_261_121, 30),
    );
  });

  it('names the objects that come back as something else, and how', () => {
    const document = readDdl(parser, 'CREATE TABLE t (a integer, b text DEFAULT 1); CREATE TABLE u (c integer);');
    expect(roundTrip(document, { parser })).toMatchObject({ different: 0, differences: [] });
    // A default that is no SQL, and a type that PostgreSQL reads as another.
    const odd = changed(document, (table) => ({
      ...table,
      columns: table.columns.map((column) =>
        column.name === 'a' ? { ...column, type: { kind: 'builtin' as const, name: 'int4' } } : column,
      ),
    }));
    const result = roundTrip(odd, { parser });
    expect(result.different).toBe(1);
    expect(result.differences[0]?.label).toContain('t');
    expect(result.differences[0]?.what.join()).toContain('int4');
    const broken = roundTrip(
      changed(document, (table) => ({ ...table, checks: [{ id: 'chk_x', expression: 'a >' }] })),
      { parser },
    );
    expect(broken.different).toBeGreaterThan(0);
    expect(broken.differences.flatMap((one) => one.what)).toContain('not in the DDL');
  });

  it('says what the target version cannot say', () => {
    const document = readDdl(parser, 'CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a + 1) VIRTUAL);');
    const settings = Object.values(document.settings)[0];
    if (settings === undefined) throw new Error('no settings');
    const old = { ...document, settings: { ...document.settings, [settings.id]: { ...settings, version: 16 } } };
    expect(roundTrip(document, { parser }).different).toBe(0);
    expect(roundTrip(old as Document, { parser }).different).toBe(1);
  });

  it('compares nothing that SQL has no words for', () => {
    const document = readDdl(parser, 'CREATE TABLE t (a integer);');
    const facts = changed(document, (table) => ({
      ...table,
      columns: table.columns.map((column) => ({ ...column, classification: 'personal' as const })),
      dependencies: [{ id: 'dep_x', determinant: [table.columns[0]?.id ?? ''], dependent: [table.columns[0]?.id ?? ''] }],
    }));
    expect(roundTrip(facts, { parser }).different).toBe(0);
  });
});
