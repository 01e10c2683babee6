import { describe, expect, it } from 'vitest';
import { endsInLineComment, lex } from './lex.ts';

const kinds = (sql: string) => lex(sql).map((token) => `${token.kind}:${token.text}`);

describe('lex', () => {
  it('tells names, strings, numbers, comments and symbols apart', () => {
    expect(kinds(`SELECT "A""b", E'it\\'s' || 'x''y', 1.5e3 -- end`)).toEqual([
      'word:select',
      'quoted:A"b',
      'symbol:,',
      "string:it\\'s",
      'symbol:|',
      'symbol:|',
      "string:x'y",
      'symbol:,',
      'number:1.5e3',
      'comment:-- end',
    ]);
  });

  it('knows dollar quotes, parameters and nested comments', () => {
    expect(kinds('$_$ a $$ b $_$ $1 /* x /* y */ z */ a::text')).toEqual([
      'dollar: a $$ b ',
      'symbol:$1',
      'comment:/* x /* y */ z */',
      'word:a',
      'symbol:::',
      'word:text',
    ]);
  });

  it('runs what is not closed to the end', () => {
    expect(kinds("'open")).toEqual(['string:open']);
    expect(kinds('$$open')).toEqual(['dollar:open']);
    expect(kinds('/* open')).toEqual(['comment:/* open']);
  });

  it('covers every character that is not white space', () => {
    const sql = `a+b--c\n'd' "e" $f$g$f$ /*h*/ 1_000 \\ @`;
    const covered = lex(sql)
      .map((token) => sql.slice(token.start, token.end))
      .join('');
    expect(covered).toBe(sql.replaceAll(/\s/g, ''));
  });
});

describe('endsInLineComment', () => {
  it('tells a comment from a string that looks like one', () => {
    expect(endsInLineComment('a -- b')).toBe(true);
    expect(endsInLineComment("a || '-- b'")).toBe(false);
    expect(endsInLineComment('a -- b\n')).toBe(false);
    expect(endsInLineComment('a - b')).toBe(false);
  });
});
