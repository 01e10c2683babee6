import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '#test/cpu-time.ts';
import { runs } from '#test/runs.ts';
import { type Block, type Inline, parseMarkdown, plainText } from './markdown.ts';

const text = (words: string): Inline => ({ kind: 'text', text: words });

/** The runs of a text that is one paragraph. */
function inline(markdown: string): readonly Inline[] {
  const [block, ...rest] = parseMarkdown(markdown);
  if (block?.kind !== 'paragraph' || rest.length > 0) throw new Error(`no single paragraph: ${JSON.stringify(block)}`);
  return block.content;
}

describe('runs of text', () => {
  it('are bold, italic, struck, code and links', () => {
    expect(inline('a **b** *c* __d__ _e_ ~~f~~ `g` [h](https://x.y)')).toEqual([
      text('a '),
      { kind: 'bold', content: [text('b')] },
      text(' '),
      { kind: 'italic', content: [text('c')] },
      text(' '),
      { kind: 'bold', content: [text('d')] },
      text(' '),
      { kind: 'italic', content: [text('e')] },
      text(' '),
      { kind: 'struck', content: [text('f')] },
      text(' '),
      { kind: 'code', text: 'g' },
      text(' '),
      { kind: 'link', text: 'h', to: 'https://x.y' },
    ]);
  });

  it('lie in each other', () => {
    expect(inline('**a *b* c**')).toEqual([
      { kind: 'bold', content: [text('a '), { kind: 'italic', content: [text('b')] }, text(' c')] },
    ]);
    expect(inline('*a **b** c*')).toEqual([
      { kind: 'italic', content: [text('a '), { kind: 'bold', content: [text('b')] }, text(' c')] },
    ]);
    expect(inline('***both***')).toEqual([{ kind: 'bold', content: [{ kind: 'italic', content: [text('both')] }] }]);
  });

  it('stay as typed where nothing closes them, and inside names', () => {
    expect(inline('order_line_id and 2 * 3 * 4')).toEqual([text('order_line_id and 2 * 3 * 4')]);
    expect(inline('**open *ended')).toEqual([text('**open *ended')]);
    expect(inline('`tick')).toEqual([text('`tick')]);
    expect(inline('[no link] (x) [a](b c) [](x)')).toEqual([text('[no link] (x) [a](b c) [](x)')]);
    expect(inline('a ****')).toEqual([text('a ****')]);
    expect(inline('\\*not italic\\* \\d')).toEqual([text('*not italic* \\d')]);
  });

  it('keep line breaks, and marks inside code', () => {
    expect(inline('a\nb')).toEqual([text('a'), { kind: 'break' }, text('b')]);
    expect(inline('`` a`b ``')).toEqual([{ kind: 'code', text: 'a`b' }]);
    expect(inline('`**`')).toEqual([{ kind: 'code', text: '**' }]);
  });

  it('are never HTML', () => {
    const evil = '<img src=x onerror=alert(1)> <b>x</b> &amp;';
    expect(inline(evil)).toEqual([text(evil)]);
  });
});

describe('blocks', () => {
  it('are headings, paragraphs, quotes, code and rules', () => {
    const blocks = parseMarkdown('# One\n##### Five\nwords\n> said\n> so\n\n```sql\nSELECT *\n```\n---\nend');
    expect(blocks).toEqual<Block[]>([
      { kind: 'heading', level: 1, content: [text('One')] },
      { kind: 'heading', level: 3, content: [text('Five')] },
      { kind: 'paragraph', content: [text('words')] },
      { kind: 'quote', content: [text('said'), { kind: 'break' }, text('so')] },
      { kind: 'code', text: 'SELECT *' },
      { kind: 'rule' },
      { kind: 'paragraph', content: [text('end')] },
    ]);
  });

  it('are lists, in each other by their indent', () => {
    expect(parseMarkdown('- a\n  - b\n  - c\n- d\n3. e\n4. f')).toEqual<Block[]>([
      {
        kind: 'list',
        items: [
          {
            content: [text('a')],
            children: [
              {
                kind: 'list',
                items: [
                  { content: [text('b')], children: [] },
                  { content: [text('c')], children: [] },
                ],
              },
            ],
          },
          { content: [text('d')], children: [] },
        ],
      },
      {
        kind: 'list',
        first: 3,
        items: [
          { content: [text('e')], children: [] },
          { content: [text('f')], children: [] },
        ],
      },
    ]);
  });

  it('end where the next begins, also when nothing closes them', () => {
    expect(parseMarkdown('a\n- b')).toHaveLength(2);
    expect(parseMarkdown('```\nopen')).toEqual([{ kind: 'code', text: 'open' }]);
    expect(parseMarkdown('-5 degrees')).toEqual([{ kind: 'paragraph', content: [text('-5 degrees')] }]);
    expect(parseMarkdown(' \n\n')).toEqual([]);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    '*',
    '**',
    '_',
    '`',
    '```',
    '[',
    '](',
    ')',
    '\n',
    '\n\n',
    '- ',
    '  - ',
    '# ',
    '> ',
    '~~',
    '\\',
    ' ',
    'a',
    'é',
    '1. ',
    '---',
  );
  const markdown = fc.array(pieces, { maxLength: 40 }).map((list) => list.join(''));

  it('is read, and loses no letter', () => {
    fc.assert(
      fc.property(markdown, (source) => {
        const shown = plainText(source);
        const letters = (one: string) => one.replaceAll(/[^aé]/g, '');
        // The address of a link is no word of it, and what stands behind a fence only names a language.
        if (!source.includes('](') && !source.includes('```')) expect(letters(shown)).toBe(letters(source));
      }),
      runs(31, 600),
    );
  });

  it('without marks is itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z ,.]{0,30}[a-z]$/), (line) => {
        expect(plainText(line)).toBe(line);
      }),
      runs(32, 100),
    );
  });

  it('of any length is read in time that grows with it', () => {
    for (const piece of ['*', '**a ', '_a', '[', '`', '``a`', '[a](', '> - ', '~~', '- a\n', ' - a\n  - a\n']) {
      const long = piece.repeat(20_000);
      expect(
        cpuMs(() => parseMarkdown(long)),
        piece,
      ).toBeLessThan(5000);
    }
  });
});

it('plain text has the words alone', () => {
  expect(plainText('# Billing\n- **VAT** is `0.19`\n  - see [the law](https://x)\n\n---\n> ok')).toBe(
    'Billing\nVAT is 0.19\nsee the law\nok',
  );
});
