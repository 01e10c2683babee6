import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emptyTable } from '#model/create.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { loadFonts, type UsedLetters } from '#paint/fonts/book.ts';
import { pictureOf } from '#paint/picture.ts';
import { generatedDocument } from '#test/generated-document.ts';
import { readFont } from '#test/pictures.ts';
import { dictionaryOf } from './dictionary.ts';
import { pageOf } from './page.ts';

const NAUGHTY = JSON.parse(readFileSync('test/data/naughty-strings/blns.json', 'utf8')) as string[];

async function page(document: Document): Promise<string> {
  const fonts = async (used: UsedLetters) => {
    const book = await loadFonts(used, readFont);
    return book.ok ? book.value : undefined;
  };
  return pageOf({ document, picture: pictureOf(document, MAIN_DIAGRAM), fonts });
}

function named(text: string): Document {
  const column = {
    id: 'c',
    name: text,
    type: { kind: 'named' as const, name: text },
    nullable: true,
    default: { sql: text },
    comment: text,
  };
  const table = {
    ...emptyTable('t', 's', text),
    comment: text,
    columns: [column],
    checks: [{ id: 'k', expression: text }],
    indexes: [{ id: 'i', elements: [{ expression: text }], where: text }],
  };
  const view = { id: 'v', schema: 's', name: text, query: text, indexes: [], comment: text };
  const base = generatedDocument(0);
  return {
    ...base,
    settings: { settings: { id: 'settings', name: text, dialect: 'postgresql', version: 18 } },
    schemas: { s: { id: 's', name: text } },
    tables: { t: table },
    views: { v: view },
    types: { e: { id: 'e', kind: 'enum', schema: 's', name: text, values: [text] } },
  } as unknown as Document;
}

/** What the page says in tags: a name may add no tag and no attribute. */
function skeleton(html: string): string {
  return [...html.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>/g, '').matchAll(/<\/?[a-zA-Z][^>]*>/g)]
    .map(([tag]) => tag.replace(/"[^"]*"/g, '""'))
    .filter((tag) => !/^<\/?(?:title|text|path|tspan)/.test(tag))
    .join('');
}

describe('pageOf', () => {
  it('holds its script and style under a policy that allows exactly them, and names nothing outside', async () => {
    const html = await page(generatedDocument(8));
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; font-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(script.length).toBeGreaterThan(1000);
    expect(script.length).toBeLessThan(12_000);
    const addresses = html.match(/https?:\/\/[^"'\s)<]+/g) ?? [];
    expect(addresses.filter((one) => one !== 'http://www.w3.org/2000/svg')).toEqual([]);
    expect(html).not.toMatch(/ on[a-z]+="|<iframe|<object|<link|src="/);
  });

  it('shows every table in the diagram and in the dictionary, linked by one id', async () => {
    const document = generatedDocument(30);
    const html = await page(document);
    for (const { id, name } of Object.values(document.tables)) {
      expect(html).toMatch(new RegExp(`<g data-box="[-\\d ]+" data-id="${id}" role="group" aria-label="table ${name}">`));
      expect(html).toContain(`data-of="${id}" data-name="`);
    }
    expect(html).toContain('30 tables · ');
  });

  it('follows the reader’s appearance, and prints on white', async () => {
    const html = await page(generatedDocument(1));
    expect(html).toContain('fill:var(--raised)');
    expect(html).toContain('@media screen and (prefers-color-scheme:dark)');
    expect(html).not.toMatch(/fill="#/);
  });

  it('keeps hostile names as text: no name adds a tag or an attribute', async () => {
    const plain = skeleton(await page(named('plain')));
    for (const text of [
      '</script><script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onclick='x",
      '<!--',
      ']]>',
      '</style>',
      '\u0000',
      '\ud800',
      ...NAUGHTY.filter((_, at) => at % 5 === 0),
    ]) {
      if (text === '') continue;
      expect([text, skeleton(await page(named(text)))]).toEqual([text, plain]);
    }
  });

  it('works with the reader’s fonts where its own cannot be loaded', async () => {
    const document = generatedDocument(2);
    const html = await pageOf({ document, picture: pictureOf(document, MAIN_DIAGRAM), fonts: async () => undefined });
    expect(html).not.toContain('@font-face');
    expect(html).toContain('table_1');
  });
});

describe('dictionaryOf', () => {
  const document = generatedDocument(20);
  const all = Object.keys(document.tables);

  it('says of every column its type, its key and where it leads', () => {
    const { html, tables, relationships } = dictionaryOf(document, all);
    expect(tables).toBe(20);
    expect(relationships).toBe(Object.keys(document.relationships).length);
    expect(html.match(/data-column="id"/g)).toHaveLength(20);
    expect(html).toContain('<span class="mark primary">primary key</span>');
    const anchors = new Set([...html.matchAll(/<section id="(t\d+)"/g)].map(([, id]) => id));
    const links = [...html.matchAll(/href="#(t\d+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(40);
    for (const link of links) expect(anchors.has(link)).toBe(true);
  });

  it('names what it does not show without a link', () => {
    const relationship = Object.values(document.relationships).find((one) => one.child !== one.parent);
    if (relationship === undefined) throw new Error('no relationship');
    const { html } = dictionaryOf(document, [relationship.child]);
    expect(html).toContain(document.tables[relationship.parent]?.name as string);
    expect(html.match(/<section id=/g)).toHaveLength(1);
  });

  it('is in the order of the names, and the same twice', () => {
    const { html } = dictionaryOf(document, [...all].reverse());
    expect(html).toBe(dictionaryOf(document, all).html);
  });
});
