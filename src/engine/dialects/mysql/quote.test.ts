import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { lexSql, stringValue, tokenName } from '../base/lex.ts';
import { ident, literal, nameProblem, remark } from './quote.ts';

const HELD = fc.string({ unit: 'binary' }).filter((text) => text !== '' && nameProblem(text) === undefined);

describe('names', () => {
  it('go without quotes when no version would mind', () => {
    expect(['orders', 'Order_1', '_x', 'a$b'].map((name) => ident(name))).toEqual(['orders', 'Order_1', '_x', 'a$b']);
  });

  it('are quoted for any version that reserves them, and for odd letters', () => {
    expect(['order', 'RANK', 'system', 'offset', '1st', 'a b', 'é', 'a`b', ''].map((name) => ident(name))).toEqual([
      '`order`',
      '`RANK`',
      '`system`',
      '`offset`',
      '`1st`',
      '`a b`',
      '`é`',
      '`a``b`',
      '`\uFFFD`',
    ]);
  });

  it('come back from their quotes', () => {
    fc.assert(
      fc.property(HELD, (name) => {
        const { tokens } = lexSql(ident(name), 'mysql');
        expect(tokens.map((token) => tokenName(token, 'mysql'))).toEqual([name]);
      }),
      runs(7, 300),
    );
  });

  it('that no server can hold are told', () => {
    expect(nameProblem('ok')).toBeUndefined();
    for (const name of ['a\0b', '\uD800', 'a🙂', 'a ', 'x'.repeat(65)]) expect(nameProblem(name)).toMatch(/[.]$/);
    expect(nameProblem('é'.repeat(64))).toBeUndefined();
  });
});

describe('texts', () => {
  it('come back from their quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { tokens } = lexSql(literal(text), 'mysql');
        expect(tokens).toHaveLength(1);
        expect(stringValue(literal(text), 'mysql')).toBe(text);
      }),
      runs(8, 300),
    );
  });

  it('hold quotes, backslashes and NUL', () => {
    expect(literal(`it's \\ "x" \0`)).toBe(`'it''s \\\\ "x" \\0'`);
  });
});

describe('remarks', () => {
  it('stay as they are when they are comments', () => {
    for (const text of ['-- a', '# a', '/* a */', '/* a */ -- b']) expect(remark(text)).toBe(text);
  });

  it('become comments when the server would run them', () => {
    expect(remark('DROP TABLE t')).toBe('-- DROP TABLE t');
    expect(remark('/*! DROP TABLE t */')).toBe('-- /*! DROP TABLE t */');
    expect(remark('--x')).toBe('-- --x');
    expect(remark('/* open')).toBe('-- /* open');
    expect(remark('/*M! x */')).toBe('/*M! x */');
    expect(remark('/*M! x */', 'mariadb')).toBe('-- /*M! x */');
  });
});
