import type { FontBook, FontSlice, UsedLetters } from '../fonts/book.ts';
import { type Subset, subsetFont } from '../fonts/subset.ts';
import { num, type PdfFile, type Ref } from './file.ts';

/** A font of the file, under its name in the resources. */
export interface PdfFont {
  readonly name: string;
  readonly ref: Ref;
  /** Glyph number of a code point. */
  readonly glyphs: ReadonlyMap<number, number>;
  /** Width of a glyph in em. */
  readonly width: (glyph: number) => number;
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0').toUpperCase();
}

function utf16(code: number): string {
  if (code >= 0xd800 && code <= 0xdfff) return 'FFFD';
  return [...String.fromCodePoint(code)]
    .map((one) => [...Array(one.length).keys()].map((at) => hex4(one.charCodeAt(at))).join(''))
    .join('');
}

/** What text a glyph number stands for, so that text can be found and copied (ISO 32000-1, 9.10.3). */
export function toUnicode(codes: ReadonlyMap<number, number>): string {
  const lines = [...codes].map(([code, glyph]) => `<${hex4(glyph)}> <${utf16(code)}>`);
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += 100) {
    const block = lines.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}

/** Six letters before the name of a font that is not whole (ISO 32000-1, 9.6.4). */
function subsetTag(at: number): string {
  return `CROWF${String.fromCharCode(65 + (at % 26))}`;
}

const NAMES = { sans: 'Inter', mono: 'JetBrainsMono' } as const;

function writeFont(file: PdfFile, slice: FontSlice, subset: Subset, at: number): Ref {
  const { font } = slice;
  const thousand = (value: number) => num((value * 1000) / font.unitsPerEm);
  const style = slice.weight === 600 ? 'SemiBold' : 'Regular';
  const name = `/${subsetTag(at)}+${NAMES[slice.family]}-${style}`;
  const program = file.stream(subset.bytes, `/Length1 ${subset.bytes.length}`);
  const descriptor = file.object(
    `<< /Type /FontDescriptor /FontName ${name} /Flags 4 /FontBBox [${font.bounds.map(thousand).join(' ')}] /ItalicAngle 0 ` +
      `/Ascent ${thousand(font.ascent)} /Descent ${thousand(font.descent)} /CapHeight ${thousand(font.capHeight)} ` +
      `/StemV ${slice.weight === 600 ? 120 : 80} /FontFile2 ${program} >>`,
  );
  const widths = subset.advances.map(thousand).join(' ');
  const descendant = file.object(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont ${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) ` +
      `/Supplement 0 >> /FontDescriptor ${descriptor} /DW 0 /W [0 [${widths}]] /CIDToGIDMap /Identity >>`,
  );
  const unicode = file.stream(toUnicode(subset.glyphs));
  return file.object(
    `<< /Type /Font /Subtype /Type0 /BaseFont ${name} /Encoding /Identity-H /DescendantFonts [${descendant}] /ToUnicode ${unicode} >>`,
  );
}

/** Embeds what is used of the shipped fonts. */
export function embedFonts(file: PdfFile, book: FontBook, used: UsedLetters): Map<FontSlice, PdfFont> {
  const fonts = new Map<FontSlice, PdfFont>();
  for (const [slice, codes] of book.shares(used)) {
    const subset = subsetFont(slice.font, codes);
    const ref = writeFont(file, slice, subset, fonts.size);
    const width = (glyph: number) => (subset.advances[glyph] ?? 0) / slice.font.unitsPerEm;
    fonts.set(slice, { name: `F${fonts.size}`, ref, glyphs: subset.glyphs, width });
  }
  return fonts;
}

/**
 * A font without shapes for the characters that no shipped font has: they are written unseen over a picture of them, so
 * that they can still be found and copied.
 */
export function embedUnseen(file: PdfFile, slice: FontSlice, codes: ReadonlyMap<number, number>, widths: readonly number[]): Ref {
  const subset = subsetFont(slice.font, []);
  const name = '/CROWFZ+Unseen';
  const program = file.stream(subset.bytes, `/Length1 ${subset.bytes.length}`);
  const descriptor = file.object(
    `<< /Type /FontDescriptor /FontName ${name} /Flags 4 /FontBBox [0 -250 1000 1000] /ItalicAngle 0 /Ascent 900 ` +
      `/Descent -250 /CapHeight 700 /StemV 80 /FontFile2 ${program} >>`,
  );
  // Every character has the only glyph there is, number 0.
  const map = file.stream(new Uint8Array((codes.size + 1) * 2));
  const descendant = file.object(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont ${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) ` +
      `/Supplement 0 >> /FontDescriptor ${descriptor} /DW 1000 /W [0 [0 ${widths.map((one) => num(one * 1000)).join(' ')}]] /CIDToGIDMap ${map} >>`,
  );
  const unicode = file.stream(toUnicode(codes));
  return file.object(
    `<< /Type /Font /Subtype /Type0 /BaseFont ${name} /Encoding /Identity-H /DescendantFonts [${descendant}] /ToUnicode ${unicode} >>`,
  );
}
