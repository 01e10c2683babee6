/** Oracle has no engine here. What is read of it is judged by another parser, by hand-written cases, and by writing it back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursor } from '#engine/dialects/base/read/cursor.ts';
import { ORACLE_GRAMMAR } from '#engine/dialects/oracle/read/grammar.ts';
import { planMove } from '#engine/move/plan.ts';
import { readSql } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { splitSql } from '#engine/sql/split.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import type { Dialect } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { corpus, executable } from '#test/corpus.ts';
import { runs } from '#test/runs.ts';
import { otherShape, ownShape, type Shape } from '#test/second-parsers.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { coverage, totals } from './coverage.ts';
import { ORACLE_SNIPPETS } from './oracle-snippets.ts';

const FILES = corpus('oracle');

function read(text: string, name = 'a.sql') {
  const result = readSql([{ name, text }], { dialect: 'oracle' }, {});
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

/** `ADD ( a, b )` in the form that the other parser knows: `ADD a, ADD b`. */
function withoutBrackets(sql: string): string {
  const cursor = new Cursor(sql, 'oracle');
  const open = cursor.tokens.findIndex(({ word }, i) => word === '(' && cursor.tokens[i - 1]?.word === 'ADD');
  if (open < 0) return sql;
  cursor.at = open;
  const parts = cursor.list(() => cursor.until());
  return `${sql.slice(0, cursor.tokens[open]?.start)}${parts.join(', ADD ')}`;
}

/** Clauses that the other parser does not know: index organization, and constraints that old rows may break. */
const UNKNOWN_THERE = /ORGANIZATION INDEX|ENABLE NOVALIDATE/i;

describe('the files of Oracle', () => {
  it.each(FILES)('$name: nearly all is modelled, every character is accounted for, and it comes back', (one) => {
    const { missed, unaccounted, again, receipt } = coverage(one, 'oracle', {});
    expect(unaccounted).toEqual([]);
    expect(again.differences).toEqual([]);
    expect(again.compared).toBeGreaterThan(10);
    expect(receipt.statements.filter((said) => said.state !== 'modelled' && said.reason === undefined)).toEqual([]);
    // Views that the file does not make, and tables of another schema.
    const known = /comment on table (?:PRODUCTS|\w+_INVENTORY) is not in the text|table HR\.\w+, which is not in the text/;
    expect(missed.filter((text) => !known.test(text))).toEqual([]);
  });

  it('models at least 97 % of their definitions', () => {
    const { all, modelled, residue } = totals(FILES.map((one) => coverage(one, 'oracle', {})));
    expect(all).toBe(703);
    expect((modelled + residue) / all).toBeGreaterThan(0.97);
  });

  it('loses nothing in writing them', () => {
    for (const { sql } of FILES) {
      const { document } = read(sql);
      expect(validate(document)).toEqual([]);
      expect(writeDocument(document, { version: 23 }).unsupported).toEqual([]);
    }
  });

  it('says of every definition what another parser says', () => {
    const differ: { sql: string; own: Shape | undefined; other: unknown }[] = [];
    const refused: string[] = [];
    let compared = 0;
    for (const { sql } of FILES) {
      for (const text of executable(sql, 'oracle')) {
        if (!/^\s*(?:create\s+(?:unique\s+)?(?:table|index)|alter\s+table|comment)\b/i.test(text)) continue;
        const own = ORACLE_GRAMMAR.read(new Cursor(text, 'oracle'));
        const other = otherShape(withoutBrackets(text), 'oracle');
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
    expect([compared, refused.length]).toEqual([681, 3]);
  });
});

describe('one feature of Oracle each', () => {
  it('are more than fifty', () => {
    expect(ORACLE_SNIPPETS.length).toBeGreaterThan(50);
  });

  it.each(ORACLE_SNIPPETS)('$name', ({ sql, kept = 0 }) => {
    const { document, receipt } = read(sql);
    expect(receipt.statements.filter((said) => said.state === 'error')).toEqual([]);
    expect(validate(document)).toEqual([]);
    expect(Object.values(document.verbatim).map((one) => one.sql)).toHaveLength(kept);
    expect(writeDocument(document, { version: 23 }).unsupported).toEqual([]);
    expect(roundTrip(document, {})).toMatchObject({ differences: [] });
  });
});

describe('designs of other dialects as Oracle', () => {
  it.each<[Dialect, string]>([
    ['postgresql', 'azimutt.sql'],
    ['mysql', 'sakila.sql'],
    ['sqlite', 'sakila.sql'],
    ['mssql', 'northwind.sql'],
  ])('%s %s: what is written is Oracle', async (dialect, file) => {
    const [one] = corpus(dialect).filter(({ name }) => name === file);
    const source = readSql([{ name: file, text: one?.sql ?? '' }], { dialect }, await loadPorts(dialect));
    if (!source.ok) throw new Error(source.problem.message);
    const { document } = planMove(source.value.document, 'oracle', 23);
    const written = writeDocument(document, { version: 23 });
    expect(written.unsupported).toEqual([]);
    const text = writtenText(written);
    expect(read(text).receipt.statements.filter((said) => said.state === 'error')).toEqual([]);
    expect(roundTrip(document, {})).toMatchObject({ differences: [] });
    const shapes = executable(text, 'oracle')
      .filter((sql) => /^\s*(?:CREATE (?:UNIQUE )?(?:TABLE|INDEX)|ALTER TABLE|COMMENT)\b/.test(sql))
      .map((sql) => otherShape(sql, 'oracle'));
    expect(shapes.length).toBeGreaterThan(20);
    expect(shapes.filter((shape) => shape !== undefined && 'refused' in shape)).toEqual([]);
  });
});

describe('damaged text of Oracle', () => {
  const texts = [...ORACLE_SNIPPETS.map(({ sql }) => sql), ...FILES.filter(({ sql }) => sql.length < 30_000).map(({ sql }) => sql)];
  const mutant = fc
    .record({
      which: fc.nat(texts.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(40),
      put: fc.constantFrom('', "'", '"', '(', ')', ';', '/', '\n/\n', 'BEGIN ', ' END', ',', '\u0000', 'é', '--', '/*'),
    })
    .map(({ which, at, length, put }) => {
      const text = texts[which] as string;
      const from = Math.floor(at * text.length);
      return text.slice(0, from) + put + text.slice(from + length);
    });

  it('is read without an exception, and every character is accounted for', () => {
    fc.assert(
      fc.property(mutant, (text) => {
        expect(
          splitSql(text, 'oracle')
            .map(({ start, end }) => text.slice(start, end))
            .join(''),
        ).toBe(text);
        const { document } = read(text);
        expect(validate(document)).toEqual([]);
        writeDocument(document, { version: 19 });
      }),
      runs(42, 150),
    );
  });

  it('comes back equal wherever words of others are put in, as far as it is read', () => {
    const words = ORACLE_SNIPPETS.flatMap(({ sql }) => sql.match(/[A-Za-z_$#]+|\d+|'[^']*'|[(),;]/g) ?? []);
    const changed = fc
      .record({
        which: fc.nat(ORACLE_SNIPPETS.length - 1),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        gone: fc.nat(4),
        put: fc.array(fc.constantFrom(...words), { maxLength: 3 }),
      })
      .map(({ which, at, gone, put }) => {
        const parts = (ORACLE_SNIPPETS[which]?.sql ?? '').split(/(?<=[\s(),;])/);
        parts.splice(Math.floor(at * parts.length), gone, ...put.map((word) => `${word} `));
        return parts.join('');
      });
    fc.assert(
      fc.property(changed, (text) => {
        expect(roundTrip(read(text).document, {}).differences).toEqual([]);
      }),
      runs(46, 300, 40),
    );
  });

  it('is read up to any place it is cut off', () => {
    for (const { sql } of ORACLE_SNIPPETS) {
      for (let at = 0; at < sql.length; at += 13) expect(() => read(sql.slice(0, at))).not.toThrow();
    }
  });
});
