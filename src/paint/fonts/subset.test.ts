import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { subsetFont } from './subset.ts';
import { readTrueType, type TrueType, viewOf } from './truetype.ts';

const file = (name: string) => new Uint8Array(readFileSync(`node_modules/@fontsource/${name}-normal.woff`));

function font(name: string): TrueType {
  const read = readTrueType(file(name));
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

/** Tables of a TrueType file, each inside it, with the sums that the directory states. */
function tablesOf(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = viewOf(bytes);
  const tables = new Map<string, Uint8Array>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + i * 16;
    const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
    const [offset, length] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    expect(offset + length).toBeLessThanOrEqual(bytes.length);
    expect(offset % 4).toBe(0);
    tables.set(tag, bytes.subarray(offset, offset + length));
  }
  return tables;
}

describe('subsetFont', () => {
  const inter = font('inter/files/inter-latin-400');

  it('keeps the outlines and widths of the characters asked for, and their composites, and nothing else', () => {
    const text = 'order_id é Ä1';
    const codes = [...text].map((one) => one.codePointAt(0) as number);
    const { bytes, glyphs, advances } = subsetFont(inter, codes);
    expect(new Set(glyphs.keys())).toEqual(new Set(codes));
    const tables = tablesOf(bytes);
    const loca = viewOf(tables.get('loca') as Uint8Array);
    const count = viewOf(tables.get('maxp') as Uint8Array).getUint16(4);
    expect(advances).toHaveLength(count);
    expect(loca.byteLength).toBe((count + 1) * 4);
    for (const [code, glyph] of glyphs) {
      const original = inter.glyphs.get(code) as number;
      expect(advances[glyph]).toBe(inter.advance(original));
      const length = loca.getUint32((glyph + 1) * 4) - loca.getUint32(glyph * 4);
      expect(length).toBe((inter.outline(original).length + 3) & ~3);
    }
    expect(count).toBeLessThan(codes.length + 6);
    expect(bytes.length).toBeLessThan(8000);
  });

  it('points composites at their parts in the subset', () => {
    const { bytes } = subsetFont(
      inter,
      [...'éÄñ'].map((one) => one.codePointAt(0) as number),
    );
    const tables = tablesOf(bytes);
    const count = viewOf(tables.get('maxp') as Uint8Array).getUint16(4);
    const loca = viewOf(tables.get('loca') as Uint8Array);
    const glyf = tables.get('glyf') as Uint8Array;
    let composites = 0;
    for (let glyph = 0; glyph < count; glyph++) {
      const outline = glyf.subarray(loca.getUint32(glyph * 4), loca.getUint32((glyph + 1) * 4));
      if (outline.length === 0 || viewOf(outline).getInt16(0) >= 0) continue;
      composites += 1;
      expect(viewOf(outline).getUint16(12)).toBeLessThan(count);
    }
    expect(composites).toBeGreaterThan(0);
  });

  it('says the whole file sums up as the format wants', () => {
    const { bytes } = subsetFont(inter, [65, 66, 67]);
    let sum = 0;
    for (let at = 0; at < bytes.length; at += 4) sum = (sum + viewOf(bytes).getUint32(at)) >>> 0;
    expect(sum).toBe(0xb1b0afba);
  });

  it('leaves out what the font does not have, and is the same twice', () => {
    const once = subsetFont(inter, [0x6f22, 0x41]);
    expect([...once.glyphs.keys()]).toEqual([0x41]);
    expect(subsetFont(inter, [0x41, 0x41]).bytes).toEqual(once.bytes);
  });
});

describe('readTrueType', () => {
  it('reads every font that pictures use', () => {
    for (const name of ['inter/files/inter-cyrillic-600', 'jetbrains-mono/files/jetbrains-mono-greek-400']) {
      const one = font(name);
      expect(one.glyphs.size).toBeGreaterThan(50);
      expect(one.ascent).toBeGreaterThan(one.capHeight);
      expect(one.descent).toBeLessThan(0);
    }
  });

  it('refuses what is no font, and any damage, without throwing', () => {
    const bytes = file('inter/files/inter-greek-400');
    expect(readTrueType(new Uint8Array()).ok).toBe(false);
    expect(readTrueType(new Uint8Array(60)).ok).toBe(false);
    for (let length = 0; length < bytes.length; length += 97) {
      expect(readTrueType(bytes.subarray(0, length)).ok).toBe(false);
    }
    for (let at = 0; at < bytes.length; at += 31) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] as number) ^ 0xff;
      expect(() => readTrueType(damaged)).not.toThrow();
    }
  });
});
