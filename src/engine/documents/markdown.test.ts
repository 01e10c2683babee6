import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { marked, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { anchors, code, fence, table, text } from './markdown.ts';

const naughty: string[] = JSON.parse(readFileSync('test/data/naughty-strings/blns.json', 'utf8'));

function* walk(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if ('tokens' in token && token.tokens !== undefined) yield* walk(token.tokens);
    if (token.type === 'table') {
      for (const cell of [...token.header, ...token.rows.flat()]) yield* walk(cell.tokens);
    }
    if (token.type === 'list') yield* walk(token.items);
  }
}

function kinds(markdown: string): Set<string> {
  return new Set([...walk(marked.lexer(markdown))].map((token) => token.type));
}

const MARKUP = ['html', 'link', 'image', 'em', 'strong', 'heading', 'code', 'codespan', 'list', 'blockquote', 'del', 'def', 'hr'];

describe('text', () => {
  it('turns no naughty string into markup', () => {
    for (const one of naughty) {
      const found = kinds(`Comment: ${text(one)} end`);
      expect([one, MARKUP.filter((kind) => found.has(kind))]).toEqual([one, []]);
    }
  });

  it('turns no string into markup at the start of a block either', () => {
    for (const one of naughty)
      expect([one, [...kinds(text(one))].filter((kind) => kind === 'html' || kind === 'link')]).toEqual([one, []]);
  });

  it('shows what was given', () => {
    const shown = [...walk(marked.lexer(text('a*b_c <d> [e](f) `g` | h')))].filter(
      (token) => token.type === 'text' || token.type === 'escape',
    );
    expect(shown.length).toBeGreaterThan(0);
    expect(marked.parse(text('a*b_c <d> `g`')) as string).toContain('a*b_c &lt;d&gt; `g`');
  });
});

describe('code', () => {
  it('holds any text in one span', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '`', '|', '*', ' ', '<') }), (value) => {
        const spans = [...walk(marked.lexer(`x ${code(value)} y`))].filter((token) => token.type === 'codespan');
        const line = value.trim();
        return line === '' ? spans.length === 0 : spans.length === 1;
      }),
      runs(7, 300),
    );
  });

  it('does not end a table cell', () => {
    const lexed = marked.lexer(table(['A', 'B'], [[code('a | b', true), text('c | d')]]));
    const grid = lexed.find((token) => token.type === 'table');
    expect(grid?.type === 'table' ? grid.rows[0]?.length : 0).toBe(2);
  });
});

describe('fence', () => {
  it('is longer than any fence inside', () => {
    const body = 'select 1;\n```\nevil\n````\n';
    const lexed = marked.lexer(fence('sql', body)).filter((token) => token.type !== 'space');
    expect(lexed).toHaveLength(1);
    expect(lexed[0]?.type).toBe('code');
  });
});

describe('anchors', () => {
  it('are those of headings, numbered when they repeat', () => {
    const anchor = anchors();
    expect([anchor('sales.order items'), anchor('Sales.order items'), anchor('Überblick!')]).toEqual([
      'salesorder-items',
      'salesorder-items-1',
      'überblick',
    ]);
  });
});
