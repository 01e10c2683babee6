import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { lexSql, stringValue, tokenName } from '../base/lex.ts';
import { ident, literal, nameProblem, remark } from './quote.ts';
import { isKeyWord, isReserved } from './words.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 40 });

describe('names of Oracle', () => {
  it.each([
    ['EMPLOYEES', 'EMPLOYEES'],
    ['A$B#C_1', 'A$B#C_1'],
    ['lower', '"lower"'],
    ['Mixed', '"Mixed"'],
    ['1A', '"1A"'],
    ['_A', '"_A"'],
    ['A B', '"A B"'],
    ['TABLE', '"TABLE"'],
    ['DATE', '"DATE"'],
    ['CONSTRAINT', '"CONSTRAINT"'],
    ['ÄRZTE', '"ÄRZTE"'],
    ['', '"\uFFFD"'],
  ])('%s', (name, sql) => {
    expect(ident(name)).toBe(sql);
  });

  it('come back from one token, whatever they hold', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const { tokens } = lexSql(ident(name), 'oracle');
        expect(tokens).toHaveLength(1);
        const [token] = tokens;
        if (token === undefined || name === '' || /[\0\p{Surrogate}]/u.test(name)) return;
        expect(tokenName(token, 'oracle')).toBe(name);
      }),
      runs(43, 300),
    );
  });

  it('says which ones Oracle cannot hold', () => {
    expect(nameProblem('EMPLOYEES')).toBeUndefined();
    expect(nameProblem('x'.repeat(128))).toBeUndefined();
    expect(nameProblem('x'.repeat(129))).toContain('129 bytes');
    expect(nameProblem('é'.repeat(65))).toContain('130 bytes');
    expect(nameProblem('a"b')).toContain('double quote');
    expect(nameProblem('a\0b')).toContain('NUL');
  });

  it('knows reserved words in any case, and words that only confuse', () => {
    expect(isReserved('table')).toBe(true);
    expect(isReserved('CONSTRAINT')).toBe(false);
    expect(isKeyWord('CONSTRAINT')).toBe(true);
    expect(isKeyWord('EMPLOYEES')).toBe(false);
  });
});

describe('texts of Oracle', () => {
  it('come back from one token, whatever they hold', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { tokens } = lexSql(literal(text), 'oracle');
        expect(tokens).toHaveLength(1);
        if (!/[\0\p{Surrogate}]/u.test(text)) expect(stringValue(tokens[0]?.text ?? '', 'oracle')).toBe(text);
      }),
      runs(44, 300),
    );
  });

  it('are comments and nothing else as remarks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(lexSql(remark(text), 'oracle').tokens).toEqual([]);
      }),
      runs(45, 300),
    );
  });
});
