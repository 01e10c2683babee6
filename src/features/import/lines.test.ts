import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginning, lineAt, lineStarts, lineText, statementAt, withoutTurns } from './lines.ts';

describe('lines of a source', () => {
  it('knows every kind of line end', () => {
    expect([...lineStarts('a\nb\r\nc\rd')]).toEqual([0, 2, 5, 7]);
    expect([...lineStarts('')]).toEqual([0]);
  });

  it('finds the line of each offset, as counting does', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r') }), fc.nat(30), (text, at) => {
        const offset = Math.min(at, text.length);
        const starts = lineStarts(text);
        const before = text.slice(0, offset).match(/\r\n|\n|\r/g)?.length ?? 0;
        const betweenPair = text[offset - 1] === '\r' && text[offset] === '\n' ? 1 : 0;
        expect(lineAt(starts, offset)).toBe(before - betweenPair);
      }),
      { seed: 7 },
    );
  });

  it('gives lines without their ends and cuts very long ones', () => {
    const text = `one\r\n${'x'.repeat(3000)}\nlast`;
    const starts = lineStarts(text);
    expect(lineText(text, starts, 0)).toBe('one');
    expect(lineText(text, starts, 1)).toHaveLength(2002);
    expect(lineText(text, starts, 2)).toBe('last');
  });

  it('names what would turn a line around, so that it is read as the reader reads it', () => {
    const text = 'a /* \u202e } \u2066 */ b\nc';
    expect(lineText(text, lineStarts(text), 0)).toBe('a /* [U+202E] } [U+2066] */ b');
    expect(beginning(text, 0, text.length)).toBe('a /* [U+202E] } [U+2066] */ b c');
    expect(withoutTurns('\u061cä\u200f漢')).toBe('[U+061C]ä[U+200F]漢');
  });

  it('finds the statement of a line, and none between statements', () => {
    const make = (start: number, end: number) => ({ file: 'a', start, end, line: 1, state: 'modelled' as const });
    const statements = [make(0, 10), make(20, 30)];
    expect(statementAt(statements, 0, 5)).toBe(statements[0]);
    expect(statementAt(statements, 11, 18)).toBeUndefined();
    expect(statementAt(statements, 15, 25)).toBe(statements[1]);
    expect(statementAt(statements, 40, 50)).toBeUndefined();
  });

  it('names a statement by its first words, without the comments before it', () => {
    const text = '-- settings\n/* of the\nsession */ SET  lock_timeout\n = 0;';
    expect(beginning(text, 0, text.length)).toBe('SET lock_timeout = 0;');
    expect(beginning('  ', 0, 2)).toBe('statement');
    expect(beginning('x'.repeat(500), 0, 500)).toBe(`${'x'.repeat(80)} …`);
  });
});
