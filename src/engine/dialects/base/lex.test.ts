import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '#model/types.ts';
import { runs } from '#test/runs.ts';
import { lexSql, stringValue, tokenName } from './lex.ts';

const texts = (sql: string, dialect: Dialect) => lexSql(sql, dialect).tokens.map((token) => token.text);
const kinds = (sql: string, dialect: Dialect) => lexSql(sql, dialect).tokens.map((token) => `${token.kind} ${token.text}`);

describe('tokens', () => {
  it.each<[Dialect, string, string[]]>([
    ['mysql', "`a``b` \"x\" 'it\\'s' -- c\n# d\n1a", ['quoted `a``b`', 'string "x"', "string 'it\\'s'", 'word 1a']],
    [
      'mysql',
      "/*!40101 SET x=1 */; /* no */ _utf8'a' N'b' @v 1.5e3",
      ['word SET', 'word x', 'symbol =', 'number 1', 'symbol ;', "string _utf8'a'", "string N'b'", 'word @v', 'number 1.5e3'],
    ],
    ['mysql', 'a--1', ['word a', 'symbol -', 'symbol -', 'number 1']],
    [
      'mssql',
      "[a]]b] \"c\" N'd''e' @x #t a<>b",
      ['quoted [a]]b]', 'quoted "c"', "string N'd''e'", 'word @x', 'word #t', 'word a', 'symbol <>', 'word b'],
    ],
    [
      'oracle',
      "q'[it's]' nq'{a}' SYS$X# \"m\" a:=b",
      ["string q'[it's]'", "string nq'{a}'", 'word SYS$X#', 'quoted "m"', 'word a', 'symbol :=', 'word b'],
    ],
    ['sqlite', '[a b] `c` "d" x\'00\' 0x1F', ['quoted [a b]', 'quoted `c`', 'quoted "d"', "string x'00'", 'number 0x1F']],
    [
      'postgresql',
      "$a$x;$a$ E'\\'' a::int /* a /* b */ c */ u&'x'",
      ['string $a$x;$a$', "string E'\\''", 'word a', 'symbol ::', 'word int', "string u&'x'"],
    ],
  ])('%s: %s', (dialect, sql, expected) => {
    expect(kinds(sql, dialect)).toEqual(expected);
  });

  it('tokens and comments tile the text but for white space, whatever it is', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '`',
      '[',
      ']',
      '--',
      '#',
      '/*',
      '*/',
      '/*!1 ',
      '\\',
      '$$',
      '$a$',
      'E',
      "q'[",
      'a',
      '1.',
      '.',
      '\n',
      ' ',
      ';',
      '(',
      '_x',
      '@',
      'ü',
    );
    const dialect = fc.constantFrom<Dialect>('postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), dialect, (pieces, one) => {
        const text = pieces.join('');
        const { tokens, comments } = lexSql(text, one);
        const all = [...tokens, ...comments].toSorted((a, b) => a.start - b.start);
        let at = 0;
        for (const { start, end } of all) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(at, start)).toMatch(/^(?:\s|\/\*M?!\d*|\*\/)*$/);
          at = end;
        }
        expect(text.slice(at)).toMatch(/^(?:\s|\/\*M?!\d*|\*\/)*$/);
      }),
      runs(11, 400),
    );
  });
});

describe('names and texts', () => {
  it.each<[Dialect, string, string]>([
    ['mysql', '`a``b`', 'a`b'],
    ['mssql', '[a]]b]', 'a]b'],
    ['oracle', 'emp', 'EMP'],
    ['oracle', '"emp"', 'emp'],
    ['postgresql', 'Emp', 'emp'],
    ['sqlite', '"a""b"', 'a"b'],
    ['mysql', 'Emp', 'Emp'],
  ])('%s: the name %s is %s', (dialect, sql, name) => {
    const [token] = lexSql(sql, dialect).tokens;
    expect(token === undefined ? '' : tokenName(token, dialect)).toBe(name);
  });

  it.each<[Dialect, string, string]>([
    ['mysql', "'it''s'", "it's"],
    ['mysql', "'a\\n\\'b\\%'", "a\n'b\\%"],
    ['mysql', '"a""b\'\'"', "a\"b''"],
    ['mysql', "_utf8mb4'x'", 'x'],
    ['mssql', "N'a\\b'", 'a\\b'],
    ['oracle', "q'[it's]'", "it's"],
    ['postgresql', "E'a\\nb'", 'a\nb'],
    ['postgresql', "'a\\nb'", 'a\\nb'],
    ['postgresql', '$t$a$t$', 'a'],
  ])('%s: %s means %s', (dialect, sql, value) => {
    expect(texts(sql, dialect)).toEqual([sql]);
    expect(stringValue(sql, dialect)).toBe(value);
  });
});
