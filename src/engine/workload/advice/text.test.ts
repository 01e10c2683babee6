import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lexSql } from '#engine/dialects/base/lex.ts';
import { runs } from '#test/runs.ts';
import { spliced, Tokens } from './text.ts';

const tokensOf = (sql: string) => new Tokens(sql, lexSql(sql, 'postgresql').tokens);
const spotOf = (sql: string, part: string) => ({ start: sql.indexOf(part), end: sql.indexOf(part) + part.length });
const cut = (sql: string, { start, end }: { start: number; end: number }) => sql.slice(start, end);

describe('spliced', () => {
  it('replaces, inserts and takes away, in the order of the text', () => {
    const edits = [
      { start: 7, end: 8, text: 'id' },
      { start: 15, end: 15, text: ' WHERE x' },
      { start: 0, end: 6, text: 'select' },
    ];
    expect(spliced('SELECT * FROM t', edits)).toBe('select id FROM t WHERE x');
  });

  it('leaves everything else as it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.nat(40), fc.nat(10), fc.string({ maxLength: 5 }), (text, at, length, made) => {
        const start = Math.min(at, text.length);
        const end = Math.min(text.length, start + length);
        expect(spliced(text, [{ start, end, text: made }])).toBe(text.slice(0, start) + made + text.slice(end));
      }),
      runs(921, 200),
    );
  });
});

describe('places grow', () => {
  it('until every bracket has its other half', () => {
    const sql = "SELECT 1 WHERE (a + b) * c = ')' AND f(g(x), y) = 2";
    const tokens = tokensOf(sql);
    expect(tokens.said(spotOf(sql, 'a + b) * c'))).toBe('(a + b) * c');
    expect(tokens.said(spotOf(sql, 'f(g(x'))).toBe('f(g(x), y)');
    expect(tokens.said(spotOf(sql, "= ')'"))).toBe("= ')'");
  });

  it('by the brackets right around it', () => {
    const sql = 'WHERE ((a OR b)) AND c';
    expect(cut(sql, tokensOf(sql).bracketed(spotOf(sql, 'a OR b')))).toBe('((a OR b))');
    expect(cut(sql, tokensOf(sql).bracketed(spotOf(sql, 'c')))).toBe('c');
  });

  it('to the next clause on the same level', () => {
    const sql = 'SELECT a FROM t JOIN (SELECT b FROM u WHERE b > 1) x ON x.b = t.a /* WHERE */ WHERE a = 1';
    const tokens = tokensOf(sql);
    expect(sql.slice(14, tokens.until(14, new Set(['WHERE'])))).toBe('t JOIN (SELECT b FROM u WHERE b > 1) x ON x.b = t.a');
    const inner = sql.indexOf('u WHERE');
    expect(sql.slice(inner, tokens.until(inner, new Set(['GROUP'])))).toBe('u WHERE b > 1');
  });

  it('and stay within the text, whatever it is', () => {
    const words = fc.array(fc.constantFrom('(', ')', 'a', "'x'", ',', '$1', '=', '--c\n'), { maxLength: 30 });
    fc.assert(
      fc.property(words, fc.nat(60), fc.nat(60), (given, a, b) => {
        const sql = given.join(' ');
        const spot = { start: Math.min(a, b, sql.length), end: Math.min(Math.max(a, b), sql.length) };
        const tokens = tokensOf(sql);
        for (const grown of [tokens.balanced(spot), tokens.bracketed(spot)]) {
          expect(grown.start).toBeGreaterThanOrEqual(0);
          expect(grown.end).toBeLessThanOrEqual(sql.length);
        }
      }),
      runs(922, 300),
    );
  });
});
