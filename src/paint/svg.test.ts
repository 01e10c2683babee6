import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { generatedDocument } from '#test/generated-document.ts';
import { PALETTES } from './palette.ts';
import { diagramSvg } from './svg.ts';
import { escapeXml } from './xml.ts';

const NAUGHTY = JSON.parse(readFileSync('test/data/naughty-strings/blns.json', 'utf8')) as string[];

/** Reads tags strictly: every one closed in order, attributes quoted, nothing but known entities. Yields tag names. */
function wellFormed(xml: string): Set<string> {
  const open: string[] = [];
  const names = new Set<string>();
  let at = 0;
  for (const found of xml.matchAll(/<(\/?)([A-Za-z]+)((?: [A-Za-z:-]+="[^"<]*")*)(\/?)>/g)) {
    const between = xml.slice(at, found.index);
    if (/[<>]/.test(between)) throw new Error(`stray bracket in ${between.slice(0, 80)}`);
    const [whole, closing, name = ''] = found;
    names.add(name);
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`${name} closes what is not open`);
    } else if (found[4] !== '/') open.push(name);
    at = found.index + whole.length;
  }
  if (/[<>]/.test(xml.slice(at))) throw new Error('stray bracket at the end');
  for (const [entity] of xml.matchAll(/&[^;]{0,8};?/g)) {
    if (!/^&(?:amp|lt|gt|quot|#39);$/.test(entity)) throw new Error(`entity ${entity}`);
  }
  expect(open).toEqual([]);
  return names;
}

function named(text: string): Document {
  const document = generatedDocument(3);
  const tables = Object.fromEntries(
    Object.entries(document.tables).map(([id, table]) => [
      id,
      { ...table, name: text, columns: table.columns.map((one, at) => (at === 1 ? { ...one, name: text } : one)) },
    ]),
  );
  const settings = { settings: { id: 'settings' as const, name: text, dialect: 'postgresql' as const, version: 18 } };
  const box = { diagram: MAIN_DIAGRAM, x: 0, y: 900, width: 300, height: 120 };
  return {
    ...document,
    settings,
    tables,
    notes: { n: { id: 'n', text, ...box } },
    areas: { a: { id: 'a', name: text, tint: 2, ...box } },
  };
}

describe('diagramSvg', () => {
  it('is well-formed whatever things are called, and holds nothing that could run', () => {
    for (const text of [...NAUGHTY, '\u0000\u0001', '\ud800', 'a]]>b', '"/><script>alert(1)</script>', '&#x41;', '\uffff']) {
      const names = wellFormed(diagramSvg(named(text), MAIN_DIAGRAM));
      for (const tag of names) expect(['svg', 'title', 'rect', 'path', 'g', 'text', 'clipPath']).toContain(tag);
    }
  });

  it('says every table, column and type, and the same twice', () => {
    const document = generatedDocument(60);
    const svg = diagramSvg(document, MAIN_DIAGRAM);
    for (const table of Object.values(document.tables)) expect(svg).toContain(`>${table.name}<`);
    expect(svg).toContain('>column_1<');
    expect(diagramSvg(structuredClone(document), MAIN_DIAGRAM)).toBe(svg);
  });

  it('draws only what is asked for, with the relationships among it', () => {
    const document = generatedDocument(60);
    const one = Object.values(document.relationships).find((rel) => rel.child !== rel.parent);
    const svg = diagramSvg(document, MAIN_DIAGRAM, { only: [one?.child as string, one?.parent as string] });
    expect(svg.match(/>table_\d+</g)).toHaveLength(2);
    expect(svg).toContain('stroke-width="1.3"');
  });

  it('counts findings on the tables, waived ones not', () => {
    const document = generatedDocument(2);
    const finding = { severity: 'warning' as const, at: [{ record: 'tbl_1' }] };
    const svg = diagramSvg(document, MAIN_DIAGRAM, { findings: [finding, finding, { ...finding, waivedBy: 'w' }] });
    expect(svg).toContain('>2</text>');
    expect(diagramSvg(document, MAIN_DIAGRAM)).not.toContain('>2</text>');
  });

  it('shows an empty diagram as an empty picture', () => {
    expect(wellFormed(diagramSvg({ ...generatedDocument(0) }, MAIN_DIAGRAM)).has('svg')).toBe(true);
  });
});

describe('PALETTES', () => {
  it('are the tokens of the style sheet', () => {
    const css = readFileSync('src/app/theme.css', 'utf8');
    const [, light = '', dark = ''] = /:root \{(.*?)\}\s*\[data-theme="dark"\] \{(.*?)\}/s.exec(css) ?? [];
    for (const [theme, block] of [['light', light] as const, ['dark', dark] as const]) {
      const token = (name: string) => new RegExp(`--${name}: ([^;]+);`).exec(block)?.[1];
      const { tints, ...colours } = PALETTES[theme];
      for (const [name, value] of Object.entries(colours)) {
        const kebab = name.replace(/([a-z])([A-Z0-9])/g, '$1-$2').toLowerCase();
        expect([theme, kebab, token(kebab)]).toEqual([theme, kebab, value]);
      }
      for (const [at, tint] of tints.entries()) expect(token(`s${at}`)).toBe(tint);
    }
  });
});

describe('escapeXml', () => {
  it('escapes what XML reads and replaces what it cannot hold', () => {
    expect(escapeXml(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;');
    expect(escapeXml('a\u0000b\ud800c')).toBe('a\ufffdb\ufffdc');
    expect(escapeXml('😀\n\t')).toBe('😀\n\t');
  });
});
