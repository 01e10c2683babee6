import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { candidatesFor } from '#engine/indexes/candidates/candidates.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Dialect, Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';
import { READ_QUERIES } from '#test/workload-queries.ts';
import { randomQuery } from '#test/workload-random.ts';
import { SHOP } from '#test/workload-schema.ts';
import { analyseQuery } from './analyse.ts';
import type { QueryFacts, Term } from './facts.ts';
import { normalText } from './normal.ts';

let parser: PgParser;
let document: Document;

beforeAll(async () => {
  parser = await parserForTests();
  document = readDdl(parser, SHOP);
});

function named(facts: QueryFacts, use: number, term: Term): string {
  const held = facts.uses[use];
  const column = document.tables[held?.table ?? '']?.columns.find(({ id }) => id === term.column);
  return `${held?.name}.${column?.name ?? term.expression}`;
}

function found(facts: QueryFacts) {
  return {
    columns: facts.uses.flatMap((use, i) => use.columns.map((column) => named(facts, i, { column, columns: [column] }))).sort(),
    predicates: facts.uses.flatMap((use, i) => use.predicates.map((one) => `${named(facts, i, one.term)} ${one.test}`)).sort(),
    joins: facts.joins
      .map(({ left, right }) => [named(facts, left.use, left.term), named(facts, right.use, right.term)].sort().join('='))
      .sort(),
  };
}

/** The document as one of another dialect: names and columns are the same. */
function as(dialect: Dialect): Document {
  const settings = document.settings['settings'];
  return settings === undefined ? document : { ...document, settings: { settings: { ...settings, dialect } } };
}

describe('random queries', () => {
  it('say what they were made of, however they are wrapped', () => {
    fc.assert(
      fc.property(randomQuery, ({ sql, columns, predicates, joins }) => {
        const facts = analyseQuery(document, { sql }, parser);
        expect(facts.findings).toEqual([]);
        expect(found(facts)).toEqual({ columns, predicates, joins });
      }),
      runs(81, 400),
    );
  });

  it('say the same to the reader of the other dialects', () => {
    const sqlite = as('sqlite');
    fc.assert(
      fc.property(randomQuery, ({ sql, columns, predicates, joins }) => {
        const facts = analyseQuery(sqlite, { sql }, undefined);
        expect(facts.findings).toEqual([]);
        expect(found(facts)).toEqual({ columns, predicates, joins });
      }),
      runs(82, 400),
    );
  });

  it('have one fingerprint whatever their literals, spaces and case of words', () => {
    fc.assert(
      fc.property(randomQuery, fc.constantFrom(' ', '\n', '\t  ', ' /* x */ '), ({ sql }, gap) => {
        const same = sql
          .replaceAll(/'[^']*(?:''[^']*)*'|\b\d+(?:\.\d+)?\b/g, (literal) => (literal.startsWith("'") ? "'other'" : '9'))
          .replaceAll(/\b(?:SELECT|FROM|WHERE|AND|JOIN|ON|IN|NOT)\b/g, (word) => word.toLowerCase())
          .replaceAll(' ', gap);
        expect(normalText(same, 'postgresql').fingerprint).toBe(normalText(sql, 'postgresql').fingerprint);
      }),
      runs(83, 300),
    );
  });
});

describe('damaged queries', () => {
  const cuts = fc.record({
    from: fc.nat(400),
    length: fc.nat(30),
    insert: fc.constantFrom(
      '',
      '(',
      ')',
      "'",
      '"',
      ' SELECT ',
      ' WHERE ',
      ',',
      '.',
      ' * ',
      '$1',
      ' é',
      ' AND ',
      ' JOIN ',
      '::',
      '\u0000',
      ' -1 ',
    ),
  });

  it('give findings, never an exception, in every dialect; candidates too', () => {
    const dialects: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];
    fc.assert(
      fc.property(
        fc.constantFrom(...READ_QUERIES),
        fc.array(cuts, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...dialects),
        ({ sql }, damage, dialect) => {
          const broken = damage.reduce((text, { from, length, insert }) => {
            const at = from % (text.length + 1);
            return text.slice(0, at) + insert + text.slice(at + length);
          }, sql);
          const model = as(dialect);
          const facts = analyseQuery(model, { sql: broken }, parser);
          for (const { at, message } of facts.findings) {
            expect(message).not.toBe('');
            expect(at.start).toBeGreaterThanOrEqual(0);
            expect(at.end).toBeLessThanOrEqual(Math.max(at.start, broken.length));
          }
          const { value } = candidatesFor(model, [{ id: 'q', facts }], dialect === 'postgresql' ? { parser } : {});
          for (const { index, parts } of value) expect(parts.length).toBeGreaterThanOrEqual(index.elements.length);
        },
      ),
      runs(84, 600),
    );
  });

  it('of great depth and length are told, not thrown', () => {
    const deep = `SELECT ${'('.repeat(5000)}1${')'.repeat(5000)} FROM orders`;
    const long = `SELECT id FROM orders WHERE ${Array.from({ length: 3000 }, (_, i) => `id = ${i}`).join(' OR ')}`;
    const sum = `SELECT id FROM orders WHERE total > ${Array.from({ length: 3000 }, (_, i) => `${i}`).join(' + ')}`;
    for (const dialect of ['postgresql', 'mysql'] as const) {
      expect(analyseQuery(as(dialect), { sql: deep }, parser).findings.map((one) => one.code)).toEqual(['syntax']);
      expect(analyseQuery(as(dialect), { sql: long }, parser).uses).toHaveLength(1);
      expect(analyseQuery(as(dialect), { sql: sum }, parser).findings.map((one) => one.message)).toEqual([
        'The statement is nested too deep to be looked at.',
      ]);
      const short = sum.replace(/ \+ 300 .*/, '');
      expect(analyseQuery(as(dialect), { sql: short }, parser).findings).toEqual([]);
    }
  });
});
