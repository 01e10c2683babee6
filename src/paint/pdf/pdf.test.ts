import { readFileSync } from 'node:fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { generatedDocument } from '#test/generated-document.ts';
import { readFont } from '#test/pictures.ts';
import { loadFonts } from '../fonts/book.ts';
import { type Picture, pictureOf } from '../picture.ts';
import { MM, type PageSetup } from './pages.ts';
import { type PdfOptions, pdfLetters, pdfOf } from './pdf.ts';

const NAUGHTY = JSON.parse(readFileSync('test/data/naughty-strings/blns.json', 'utf8')) as string[];

async function written(
  picture: Picture,
  setup: PageSetup = { kind: 'single' },
  more: Partial<PdfOptions> = {},
): Promise<Uint8Array> {
  const book = await loadFonts(pdfLetters(picture, setup), readFont);
  if (!book.ok) throw new Error(book.problem.message);
  return pdfOf(picture, book.value, { theme: 'light', background: true, setup, ...more });
}

interface Read {
  readonly pages: readonly { readonly width: number; readonly height: number; readonly texts: readonly string[] }[];
  readonly title: string;
}

/** Reads a PDF with a program that is not ours. */
async function readPdf(bytes: Uint8Array): Promise<Read> {
  const task = getDocument({ data: bytes.slice(), useSystemFonts: false, disableFontFace: true, verbosity: 0 });
  const file = await task.promise;
  const pages: Read['pages'][number][] = [];
  for (let at = 1; at <= file.numPages; at++) {
    const page = await file.getPage(at);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    pages.push({ width, height, texts: items.flatMap((one) => ('str' in one && one.str !== '' ? [one.str] : [])) });
  }
  const { info } = await file.getMetadata();
  await task.destroy();
  return { pages, title: (info as { Title?: string }).Title ?? '' };
}

function named(text: string): Document {
  const document = generatedDocument(2);
  const tables = Object.fromEntries(Object.entries(document.tables).map(([id, table]) => [id, { ...table, name: text }]));
  return { ...document, settings: { settings: { id: 'settings', name: text, dialect: 'postgresql', version: 18 } }, tables };
}

describe('pdfOf', () => {
  it('says every table, column and type as text that another program reads, on one page of its own size', async () => {
    const document = generatedDocument(40);
    const picture = pictureOf(document, MAIN_DIAGRAM);
    const { pages, title } = await readPdf(await written(picture));
    expect(pages).toHaveLength(1);
    expect(pages[0]?.width).toBeCloseTo(picture.bounds.width * 0.75, 1);
    expect(pages[0]?.height).toBeCloseTo(picture.bounds.height * 0.75, 1);
    expect(title).toBe('Generated');
    const texts = new Set(pages[0]?.texts);
    for (const table of Object.values(document.tables)) expect(texts).toContain(table.name);
    expect(texts).toContain('column_3');
    expect(texts).toContain('bigint?');
  });

  it('tiles on sheets that together show all, and numbers them', async () => {
    const document = generatedDocument(40);
    const picture = pictureOf(document, MAIN_DIAGRAM);
    const setup = { kind: 'tiled', sheet: 'A4', landscape: true, scale: 0.5, margin: 10, overlap: 5 } as const;
    const { pages } = await readPdf(await written(picture, setup));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect(page.width).toBeCloseTo(297 * MM, 1);
      expect(page.height).toBeCloseTo(210 * MM, 1);
    }
    const labels = pages.map((page) => page.texts.find((text) => text.includes(' across, ')));
    expect(new Set(labels).size).toBe(pages.length);
    const [, columns = '', rows = ''] = /\/(\d+) across, \d+\/(\d+) down$/.exec(labels[0] ?? '') ?? [];
    expect(Number(columns) * Number(rows)).toBe(pages.length);
    expect(labels.at(-1)).toContain(`${columns}/${columns} across, ${rows}/${rows} down`);
  });

  it('keeps hostile names as text, whatever they hold', async () => {
    const hostile = [
      ') Tj ET Q endstream',
      '<FEFF> (',
      '\\',
      '%%EOF',
      '</Names>',
      '\u0000\u0001',
      '\ud800',
      '漢字テーブル',
      'имя Ωμέγα é',
      '😀 table',
    ];
    for (const text of [...hostile, ...NAUGHTY.filter((one) => one !== '').filter((_, at) => at % 12 === 0)]) {
      const { pages, title } = await readPdf(await written(pictureOf(named(text), MAIN_DIAGRAM)));
      expect(pages).toHaveLength(1);
      expect(title.length > 0 || text.trim() === '' || text.charCodeAt(0) < 32).toBe(true);
      // Readers put text in visual order and leave out what has no width: letters of left-to-right scripts stay.
      const plain = text.replace(/[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}]/gu, '').slice(0, 8);
      const said =
        pages[0]?.texts.join('').replace(/[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}]/gu, '') ?? '';
      if (!/[\p{Script=Arabic}\p{Script=Hebrew}\p{M}\u202a-\u202e\u2066-\u2069]/u.test(text))
        expect(said.normalize('NFKC')).toContain(plain.normalize('NFKC'));
    }
  });

  it('shows what no shipped font has as a picture of it, with the text unseen over it', async () => {
    const asked: string[] = [];
    const raster: PdfOptions['raster'] = (text) => {
      asked.push(text);
      return { width: 8, height: 8, rgba: new Uint8ClampedArray(256).fill(200) };
    };
    const bytes = await written(pictureOf(named('注文 order 明細'), MAIN_DIAGRAM), { kind: 'single' }, { raster });
    expect(new Set(asked)).toEqual(new Set(['注文', '明細']));
    const { pages } = await readPdf(bytes);
    expect(pages[0]?.texts.join('')).toContain('注文 order 明細');
  });

  it('gives the same bytes twice, and embeds only what is used', async () => {
    const picture = pictureOf(generatedDocument(5), MAIN_DIAGRAM);
    const bytes = await written(picture);
    expect(await written(picture)).toEqual(bytes);
    expect(bytes.length).toBeLessThan(40_000);
  });

  it('writes an empty diagram as an empty page', async () => {
    const { pages } = await readPdf(await written(pictureOf(generatedDocument(0), MAIN_DIAGRAM)));
    expect(pages).toEqual([expect.objectContaining({ texts: [] })]);
  });
});
