import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { diffWords } from './diff-words.ts';

const text = (pieces: readonly { readonly text: string }[]) => pieces.map((one) => one.text).join('');

describe('diffWords', () => {
  it('marks the words that differ', () => {
    const { before, after } = diffWords('SELECT * FROM t\nLIMIT 5', 'SELECT a, b FROM t\nLIMIT 5');
    expect(before).toEqual([
      { text: 'SELECT ', same: true },
      { text: '* ', same: false },
      { text: 'FROM t\nLIMIT 5', same: true },
    ]);
    expect(after.filter((one) => !one.same).map((one) => one.text)).toEqual(['a, b ']);
  });

  it('marks what moved away and not what stayed', () => {
    const { before, after } = diffWords(
      'FROM o ORDER BY at LIMIT 20 OFFSET $1',
      'FROM o WHERE (at, id) > ($1, $2) ORDER BY at, id LIMIT 20',
    );
    expect(before.filter((one) => !one.same).map((one) => one.text)).toEqual(['OFFSET $1']);
    expect(after.filter((one) => !one.same).map((one) => one.text)).toEqual(['WHERE (at, id) > ($1, $2) ', ', id ']);
  });

  it('leaves both texts whole, and what is the same equal', () => {
    const words = fc
      .array(fc.constantFrom('a', 'b', ' ', '\n', '(', ')', ',', '7', '=', 'é', '  '), { maxLength: 40 })
      .map((one) => one.join(''));
    fc.assert(
      fc.property(words, words, (a, b) => {
        const { before, after } = diffWords(a, b);
        expect(text(before)).toBe(a);
        expect(text(after)).toBe(b);
        const same = (pieces: typeof before) => text(pieces.filter((one) => one.same)).replaceAll(/\s/g, '');
        expect(same(before)).toBe(same(after));
      }),
      runs(911, 300),
    );
  });
});
