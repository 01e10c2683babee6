import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '#lib/markdown.ts';
import { runs } from '#test/runs.ts';
import { textWidth } from './fonts/widths.ts';
import { NOTE_PADDING, noteLines } from './note-text.ts';

const note = (text: string, width = 240, height = 400) => noteLines({ text, width, height });
const words = (text: string, width?: number, height?: number) =>
  note(text, width, height).map((line) => line.runs.map((run) => run.text).join(''));

describe('the lines of a note', () => {
  it('break at blanks, and within a word that has no room', () => {
    expect(words('one two three four five six seven', 120)).toEqual(['one two three ', 'four five six ', 'seven']);
    const split = words('x'.repeat(60), 120);
    expect(split.length).toBeGreaterThan(1);
    expect(split.join('')).toBe('x'.repeat(60));
    expect(words('a\nb')).toEqual(['a', 'b']);
  });

  it('stand below each other with a gap between blocks, as many as fit', () => {
    const [first, second, third] = note('a\nb\n\nc');
    expect((second?.y ?? 0) - (first?.y ?? 0)).toBe(20);
    expect((third?.y ?? 0) - (second?.y ?? 0)).toBe(24);
    expect(note('a\nb\nc\nd\ne\nf', 240, 56)).toHaveLength(2);
  });

  it('show headings large, bold heavy, code in its font, lists by their signs', () => {
    const [heading, line] = note('# Head\n**a** b `c` ~~d~~');
    expect(heading?.runs[0]).toMatchObject({ text: 'Head', lettering: { size: 15, weight: 600 } });
    expect(line?.runs.map(({ text, lettering, struck }) => [text, lettering.family, lettering.weight, struck])).toEqual([
      ['a', 'sans', 600, undefined],
      [' b ', 'sans', 400, undefined],
      ['c', 'mono', 400, undefined],
      [' ', 'sans', 400, undefined],
      ['d', 'sans', 400, true],
    ]);
    expect(words('- a\n  1. b')).toEqual(['•a', '1.b']);
    const [outer, inner] = note('- a\n  - b');
    expect((inner?.runs[1]?.x ?? 0) - (outer?.runs[1]?.x ?? 0)).toBe(16);
    expect(note('---')).toMatchObject([{ rule: true, runs: [] }]);
    expect(note('> said')[0]?.runs[0]).toMatchObject({ tone: 'quiet' });
    expect(note('[a](b)')[0]?.runs[0]).toMatchObject({ text: 'a', tone: 'link' });
  });

  it('stay within the note, and say all of it where it is high enough', () => {
    const text = fc.array(
      fc.constantFrom('word', 'a', '**bold**', '`code`', '# ', '- ', '\n', ' ', 'verylongwordwithoutanyblank', '漢字'),
      {
        maxLength: 25,
      },
    );
    fc.assert(
      fc.property(
        text.map((parts) => parts.join('')),
        fc.integer({ min: 96, max: 400 }),
        (source, width) => {
          const lines = note(source, width, 5000);
          for (const { runs: all } of lines) {
            for (const run of all) {
              expect(run.x + textWidth(run.text.trimEnd(), run.lettering)).toBeLessThanOrEqual(width - NOTE_PADDING.x + 0.01);
            }
          }
          const bare = (one: string) => one.replaceAll(/[\s•]/g, '');
          expect(bare(lines.flatMap((line) => line.runs.map((run) => run.text)).join(''))).toBe(bare(plainText(source)));
        },
      ),
      runs(41, 200),
    );
  });
});
