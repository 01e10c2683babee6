/** SQL Server has no engine here. What is read of it is judged by another parser, by hand-written cases, and by writing it back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursor } from '#engine/dialects/base/read/cursor.ts';
import { MSSQL_GRAMMAR } from '#engine/dialects/mssql/read/grammar.ts';
import { readSql } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { splitSql } from '#engine/sql/split.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { validate } from '#model/validate.ts';
import { corpus, executable } from '#test/corpus.ts';
import { runs } from '#test/runs.ts';
import { otherShape, ownShape } from '#test/second-parsers.ts';
import { coverage, totals } from './coverage.ts';
import { KEPT, MSSQL_SNIPPETS } from './mssql-snippets.ts';

const FILES = corpus('mssql');

function read(text: string) {
  const result = readSql([{ name: 'a.sql', text }], { dialect: 'mssql' }, {});
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

describe('the files of SQL Server', () => {
  it.each(FILES)('$name: nearly all is modelled, every character is accounted for, and it comes back', (one) => {
    const { missed, unaccounted, again, receipt } = coverage(one, 'mssql', {});
    expect(unaccounted).toEqual([]);
    expect(again.differences).toEqual([]);
    expect(again.compared).toBeGreaterThan(10);
    expect(receipt.statements.filter((said) => said.state !== 'modelled' && said.reason === undefined)).toEqual([]);
    // A property of SQL Server's own tools, which is no description.
    expect(missed.filter((text) => !text.includes('microsoft_database_tools_support'))).toEqual([]);
  });

  it('models at least 97 % of their definitions', () => {
    const { all, modelled, residue } = totals(FILES.map((one) => coverage(one, 'mssql', {})));
    expect(all).toBe(619);
    expect((modelled + residue) / all).toBeGreaterThan(0.97);
  });

  it('loses nothing in writing them', () => {
    for (const { sql } of FILES) {
      const { document } = read(sql);
      expect(validate(document)).toEqual([]);
      expect(writeDocument(document, { version: 2025 }).unsupported).toEqual([]);
    }
  });
});

/** Clauses that the other parser does not know: a column's own key that is clustered, filegroups of texts, NOCHECK CONSTRAINT. */
const UNKNOWN_THERE = /TEXTIMAGE_ON|CHECK CONSTRAINT ALL|PRIMARY KEY (?:NON)?CLUSTERED\s*(?:,|CHECK|CONSTRAINT)/;

describe('another parser', () => {
  it('says of every definition what ours says', () => {
    const differ: unknown[] = [];
    const refused: string[] = [];
    let compared = 0;
    for (const { sql } of FILES) {
      for (const text of executable(sql, 'mssql')) {
        if (!/^\s*(?:create\s+(?:unique\s+|clustered\s+|nonclustered\s+)*(?:table|index)|alter\s+table)\b/i.test(text)) continue;
        const own = MSSQL_GRAMMAR.read(new Cursor(text, 'mssql'));
        const other = otherShape(text, 'mssql');
        if (other === undefined || 'refused' in other) {
          refused.push(text);
          continue;
        }
        compared++;
        const shape = own.ok ? own.ddl.map(ownShape)[0] : undefined;
        if (JSON.stringify(shape) !== JSON.stringify(other)) differ.push({ sql: text, own: shape, other });
      }
    }
    expect(differ).toEqual([]);
    expect(refused.filter((text) => !UNKNOWN_THERE.test(text))).toEqual([]);
    expect([compared, refused.length]).toEqual([594, 24]);
  });
});

describe('one feature of T-SQL each', () => {
  it.each(MSSQL_SNIPPETS)('%s', (name, sql) => {
    const { document, receipt } = read(sql);
    const told = receipt.statements.filter(({ state }) => state === 'error' || (state === 'verbatim' && !KEPT.has(name)));
    expect(told.map(({ state, reason, start, end }) => `${state}: ${reason}: ${sql.slice(start, end)}`)).toEqual([]);
    expect(validate(document)).toEqual([]);
    const written = writeDocument(document, { version: 2025 });
    expect(written.unsupported).toEqual([]);
    expect(roundTrip(document, {}).differences).toEqual([]);
    const text = writtenText(written);
    const again = read(text);
    expect(again.receipt.counts.error).toBe(0);
    expect(writtenText(writeDocument(again.document, { version: 2025 }))).toBe(text);
  });

  it('makes what a table names in its options before the table', () => {
    const sql = `CREATE TABLE a (x int PRIMARY KEY, s datetime2 GENERATED ALWAYS AS ROW START, e datetime2 GENERATED ALWAYS AS ROW END,
      PERIOD FOR SYSTEM_TIME (s, e)) WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.z));
      CREATE TABLE b (CONSTRAINT c CONNECTION (y TO y)) AS EDGE; CREATE TABLE y (x int) AS NODE; CREATE TABLE z (x int)`;
    const { document } = read(sql);
    const made = writeDocument(document, { version: 2022 }).statements.map((one) => /CREATE TABLE \[(\w+)\]/.exec(one.sql)?.[1]);
    expect(made.indexOf('z')).toBeLessThan(made.indexOf('a'));
    expect(made.indexOf('y')).toBeLessThan(made.indexOf('b'));
  });

  it('a synonym that is dropped is gone, by either name of its schema', () => {
    const { document } = read('CREATE SYNONYM s FOR dbo.t\nGO\nDROP SYNONYM dbo.s\nGO\nCREATE SYNONYM u FOR dbo.t');
    expect(Object.values(document.verbatim).map(({ sql }) => sql)).toEqual(['CREATE SYNONYM u FOR dbo.t']);
  });

  it('are many', () => expect(MSSQL_SNIPPETS.length).toBeGreaterThanOrEqual(60));
});

describe('damaged T-SQL', () => {
  const texts = [...MSSQL_SNIPPETS.map(([, sql]) => sql), ...FILES.filter(({ sql }) => sql.length < 30_000).map(({ sql }) => sql)];
  const mutant = fc
    .record({
      which: fc.nat(texts.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(40),
      put: fc.constantFrom(
        '',
        "'",
        '"',
        '[',
        ']',
        '(',
        ')',
        ';',
        '\nGO\n',
        'BEGIN ',
        ' END',
        'IF ',
        ',',
        '.',
        '\u0000',
        'é',
        '--',
        '/*',
        ' DROP ',
      ),
    })
    .map(({ which, at, length, put }) => {
      const text = texts[which] as string;
      const from = Math.floor(at * text.length);
      return text.slice(0, from) + put + text.slice(from + length);
    });

  it('is read without an exception, and every character is accounted for', () => {
    fc.assert(
      fc.property(mutant, (text) => {
        const spans = splitSql(text, 'mssql').map(({ start, end }) => text.slice(start, end));
        expect(spans.join('')).toBe(text);
        const { document } = read(text);
        expect(validate(document)).toEqual([]);
        writeDocument(document, { version: 2016 });
      }),
      runs(43, 200),
    );
  });

  it('is read up to any place it is cut off', () => {
    for (const [, sql] of MSSQL_SNIPPETS) {
      for (let at = 0; at < sql.length; at += 11) expect(validate(read(sql.slice(0, at)).document)).toEqual([]);
    }
  });
});
