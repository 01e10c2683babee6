import { type TrueType, viewOf } from './truetype.ts';

/** A font of only some characters. */
export interface Subset {
  /** A TrueType file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Glyph number in the subset of each code point asked for that the font has. */
  readonly glyphs: ReadonlyMap<number, number>;
  /** Advance width of each glyph of the subset, in font units. */
  readonly advances: readonly number[];
}

/** Flags of a component of a composite glyph (OpenType specification, `glyf`). */
const WORDS = 0x0001;
const SCALE = 0x0008;
const MORE = 0x0020;
const TWO_SCALES = 0x0040;
const MATRIX = 0x0080;

/** Calls back with the place of each component's glyph number. */
function components(outline: Uint8Array, visit: (at: number) => void): void {
  const view = viewOf(outline);
  if (outline.length < 12 || view.getInt16(0) >= 0) return;
  let at = 10;
  for (;;) {
    const flags = view.getUint16(at);
    visit(at + 2);
    at += 4 + ((flags & WORDS) === 0 ? 2 : 4);
    if ((flags & SCALE) !== 0) at += 2;
    else if ((flags & TWO_SCALES) !== 0) at += 4;
    else if ((flags & MATRIX) !== 0) at += 8;
    if ((flags & MORE) === 0) return;
  }
}

/** The glyphs needed, `.notdef` first, with those that composites are made of, and their numbers in the subset. */
function chosenGlyphs(font: TrueType, codes: readonly number[]): Map<number, number> {
  const numbers = new Map<number, number>([[0, 0]]);
  for (const code of codes) {
    const glyph = font.glyphs.get(code);
    if (glyph !== undefined && !numbers.has(glyph)) numbers.set(glyph, numbers.size);
  }
  for (const glyph of numbers.keys()) {
    const outline = font.outline(glyph);
    components(outline, (at) => {
      const part = viewOf(outline).getUint16(at);
      if (!numbers.has(part)) numbers.set(part, numbers.size);
    });
  }
  return numbers;
}

function outlines(font: TrueType, numbers: ReadonlyMap<number, number>): { readonly glyf: Uint8Array; readonly loca: Uint8Array } {
  const parts: Uint8Array[] = [];
  const loca = new Uint8Array((numbers.size + 1) * 4);
  let length = 0;
  for (const glyph of numbers.keys()) {
    const outline = font.outline(glyph).slice();
    components(outline, (at) => viewOf(outline).setUint16(at, numbers.get(viewOf(outline).getUint16(at)) ?? 0));
    parts.push(outline);
    length += (outline.length + 3) & ~3;
    viewOf(loca).setUint32(parts.length * 4, length);
  }
  const glyf = new Uint8Array(length);
  for (const [at, part] of parts.entries()) glyf.set(part, viewOf(loca).getUint32(at * 4));
  return { glyf, loca };
}

/** Runs of code points that follow each other, as a character map of format 4. */
function characterMap(glyphs: ReadonlyMap<number, number>): Uint8Array {
  const runs: { from: number; to: number; glyph: number }[] = [];
  for (const [code, glyph] of [...glyphs].sort(([a], [b]) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last.to === code - 1 && glyph - last.glyph === code - last.from) last.to = code;
    else runs.push({ from: code, to: code, glyph });
  }
  runs.push({ from: 0xffff, to: 0xffff, glyph: 0 });
  const count = runs.length;
  const length = 16 + count * 8;
  const table = new Uint8Array(12 + length);
  const view = viewOf(table);
  const power = 2 ** Math.floor(Math.log2(count));
  // One subtable: platform 3 (Windows), encoding 1 (Unicode BMP).
  for (const [at, value] of [0, 1, 3, 1, 0, 12].entries()) view.setUint16(at * 2, value);
  const header = [4, length, 0, count * 2, power * 2, Math.log2(power), (count - power) * 2];
  for (const [at, value] of header.entries()) view.setUint16(12 + at * 2, value);
  for (const [at, run] of runs.entries()) {
    view.setUint16(26 + at * 2, run.to);
    view.setUint16(28 + (count + at) * 2, run.from);
    view.setUint16(28 + (2 * count + at) * 2, run.from === 0xffff ? 1 : (run.glyph - run.from) & 0xffff);
  }
  return table;
}

function patched(table: Uint8Array, at: number, value: number): Uint8Array {
  const copy = table.slice();
  viewOf(copy).setUint16(at, value);
  return copy;
}

/** Sum of a table's 32-bit words, as the table directory wants it. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const word = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    sum = (sum + word) | 0;
  }
  return sum >>> 0;
}

/** Puts tables together as a TrueType file (OpenType specification, "Organization of an OpenType font"). */
function assemble(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array<ArrayBuffer> {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  let offset = 12 + sorted.length * 16;
  const bytes = new Uint8Array(offset + sorted.reduce((sum, [, table]) => sum + ((table.length + 3) & ~3), 0));
  const view = viewOf(bytes);
  view.setUint32(0, 0x00010000);
  for (const [at, value] of [sorted.length, power * 16, Math.log2(power), (sorted.length - power) * 16].entries())
    view.setUint16(4 + at * 2, value);
  let head = 0;
  for (const [at, [tag, table]] of sorted.entries()) {
    const entry = 12 + at * 16;
    for (let i = 0; i < 4; i++) bytes[entry + i] = tag.charCodeAt(i);
    view.setUint32(entry + 4, checksum(table));
    view.setUint32(entry + 8, offset);
    view.setUint32(entry + 12, table.length);
    bytes.set(table, offset);
    if (tag === 'head') head = offset;
    offset += (table.length + 3) & ~3;
  }
  view.setUint32(head + 8, (0xb1b0afba - checksum(bytes)) >>> 0);
  return bytes;
}

/**
 * A font that has only the given characters, with the outlines, hints, names and licence of the whole one; ligatures,
 * kerning and variations are left out. The same characters give the same bytes.
 */
export function subsetFont(font: TrueType, characters: Iterable<number>): Subset {
  const codes = [...new Set(characters)].filter((code) => font.glyphs.has(code)).sort((a, b) => a - b);
  const numbers = chosenGlyphs(font, codes);
  const glyphs = new Map(codes.map((code) => [code, numbers.get(font.glyphs.get(code) as number) as number]));
  const advances = [...numbers.keys()].map((glyph) => font.advance(glyph));
  const original = (tag: string) => font.tables.get(tag) as Uint8Array;
  const hmtx = new Uint8Array(numbers.size * 4);
  for (const [at, advance] of advances.entries()) viewOf(hmtx).setUint16(at * 4, advance);
  for (const [glyph, at] of numbers) viewOf(hmtx).setInt16(at * 4 + 2, leftBearing(font, glyph));
  const post = new Uint8Array(32);
  viewOf(post).setUint32(0, 0x00030000);
  // The adjustment is computed over the file with this field zero.
  const head = patched(patched(patched(original('head'), 50, 1), 8, 0), 10, 0);
  const kept = ['OS/2', 'name', 'cvt ', 'fpgm', 'prep', 'gasp'].flatMap((tag) => {
    const table = font.tables.get(tag);
    return table === undefined ? [] : [[tag, table] as const];
  });
  const { glyf, loca } = outlines(font, numbers);
  const bytes = assemble([
    ...kept,
    ['cmap', characterMap(glyphs)],
    ['glyf', glyf],
    ['head', head],
    ['hhea', patched(original('hhea'), 34, numbers.size)],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', patched(original('maxp'), 4, numbers.size)],
    ['post', post],
  ]);
  return { bytes, glyphs, advances };
}

/** Where a glyph's outline begins: its own least x. */
function leftBearing(font: TrueType, glyph: number): number {
  const outline = font.outline(glyph);
  return outline.length < 10 ? 0 : viewOf(outline).getInt16(2);
}
