import { err, ok, type Result } from '#lib/result.ts';
import { type FontTables, unpackWoff } from './woff.ts';

/** A TrueType font as far as drawing text with it needs. Lengths are in font units. */
export interface TrueType {
  readonly tables: FontTables;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  /** xMin, yMin, xMax, yMax of all glyphs. */
  readonly bounds: readonly [number, number, number, number];
  /** Glyph number of each code point of the Basic Multilingual Plane that the font has. */
  readonly glyphs: ReadonlyMap<number, number>;
  readonly glyphCount: number;
  readonly advance: (glyph: number) => number;
  /** Outline of a glyph as it stands in `glyf`; empty for a blank. */
  readonly outline: (glyph: number) => Uint8Array;
}

const NEEDED = ['head', 'hhea', 'hmtx', 'maxp', 'cmap', 'glyf', 'loca', 'OS/2'] as const;

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Segments of a format 4 character map (OpenType specification, `cmap`). */
function readFormat4(view: DataView, start: number, into: Map<number, number>): void {
  const segments = view.getUint16(start + 6) / 2;
  const ends = start + 14;
  const starts = ends + segments * 2 + 2;
  const deltas = starts + segments * 2;
  const ranges = deltas + segments * 2;
  for (let i = 0; i < segments; i++) {
    const from = view.getUint16(starts + i * 2);
    const to = view.getUint16(ends + i * 2);
    const delta = view.getUint16(deltas + i * 2);
    const range = view.getUint16(ranges + i * 2);
    for (let code = from; code <= to && code !== 0xffff; code++) {
      let glyph = code;
      if (range !== 0) {
        glyph = view.getUint16(ranges + i * 2 + range + (code - from) * 2);
        if (glyph === 0) continue;
      }
      const number = (glyph + delta) & 0xffff;
      if (number !== 0) into.set(code, number);
    }
  }
}

function readCharacterMap(table: Uint8Array): ReadonlyMap<number, number> {
  const view = viewOf(table);
  const glyphs = new Map<number, number>();
  const count = view.getUint16(2);
  for (let i = 0; i < count; i++) {
    const start = view.getUint32(4 + i * 8 + 4);
    if (view.getUint16(start) !== 4) continue;
    readFormat4(view, start, glyphs);
    break;
  }
  return glyphs;
}

/** Reads the parts of a font's tables that drawing needs; throws where they contradict each other. */
function read(tables: FontTables): TrueType {
  const table = (tag: (typeof NEEDED)[number]) => tables.get(tag) as Uint8Array;
  const head = viewOf(table('head'));
  const hhea = viewOf(table('hhea'));
  const hmtx = viewOf(table('hmtx'));
  const os2 = viewOf(table('OS/2'));
  const loca = viewOf(table('loca'));
  const glyf = table('glyf');
  const glyphCount = viewOf(table('maxp')).getUint16(4);
  const metrics = hhea.getUint16(34);
  const long = head.getInt16(50) === 1;
  const place = (glyph: number) => (long ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2);
  return {
    tables,
    unitsPerEm: head.getUint16(18),
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    capHeight: os2.getUint16(0) >= 2 ? os2.getInt16(88) : hhea.getInt16(4),
    bounds: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    glyphs: readCharacterMap(table('cmap')),
    glyphCount,
    advance: (glyph) => hmtx.getUint16(Math.min(glyph, metrics - 1) * 4),
    outline: (glyph) => glyf.subarray(place(glyph), place(glyph + 1)),
  };
}

/** Reads a TrueType font from a WOFF 1.0 file. */
export function readTrueType(bytes: Uint8Array): Result<TrueType> {
  const tables = unpackWoff(bytes);
  if (!tables.ok) return tables;
  const missing = NEEDED.find((tag) => !tables.value.has(tag));
  if (missing !== undefined) return err('font-damaged', `The font has no table ${missing}; the picture is written without it.`);
  try {
    return ok(read(tables.value));
  } catch (error) {
    return err('font-damaged', `The font file is damaged (${String(error)}); the picture is written without it.`);
  }
}
