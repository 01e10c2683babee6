import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Lettering } from '../pen.ts';
import { readTrueType, type TrueType } from './truetype.ts';
import { FIRST, fitText, textWidth, WIDTHS } from './widths.ts';

function font(name: string): TrueType {
  const family = name.startsWith('inter') ? 'inter' : 'jetbrains-mono';
  const read = readTrueType(new Uint8Array(readFileSync(`node_modules/@fontsource/${family}/files/${name}-normal.woff`)));
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

const PLAIN: Lettering = { family: 'sans', size: 10, weight: 400 };
const TYPE: Lettering = { family: 'mono', size: 10, weight: 400 };

describe('textWidth', () => {
  it('knows the widths of the shipped fonts', () => {
    for (const weight of [400, 600] as const) {
      const fonts = [font(`inter-latin-${weight}`), font(`inter-latin-ext-${weight}`)];
      const wrong: number[] = [];
      for (const [at, width] of WIDTHS[weight].entries()) {
        const owner = fonts.find((one) => one.glyphs.has(FIRST + at));
        if ((owner?.advance(owner.glyphs.get(FIRST + at) as number) ?? 0) !== width) wrong.push(FIRST + at);
      }
      expect(wrong).toEqual([]);
      expect(WIDTHS[weight]).toHaveLength(0x180 - FIRST);
    }
    const mono = font('jetbrains-mono-latin-400');
    for (const glyph of mono.glyphs.values()) expect([0, 600]).toContain(mono.advance(glyph));
    expect(mono.unitsPerEm).toBe(1000);
  });

  it('adds up letters, and guesses what no shipped font has', () => {
    expect(textWidth('', PLAIN)).toBe(0);
    expect(textWidth('abc', TYPE)).toBeCloseTo(18);
    expect(textWidth('ab', PLAIN)).toBeCloseTo(textWidth('a', PLAIN) + textWidth('b', PLAIN));
    expect(textWidth('漢', PLAIN)).toBe(10);
    expect(textWidth('\u0301\u200b\u0000', PLAIN)).toBe(0);
    expect(textWidth('😀', PLAIN)).toBe(12);
    expect(textWidth('ａ', PLAIN)).toBe(10);
    expect(textWidth('m', { ...PLAIN, weight: 600 })).toBeGreaterThan(textWidth('m', PLAIN));
  });
});

describe('fitText', () => {
  it('leaves what fits, else cuts between code points with an ellipsis', () => {
    expect(fitText('abc', TYPE, 18)).toBe('abc');
    expect(fitText('abcd', TYPE, 18)).toBe('ab…');
    expect(fitText('😀😀😀', TYPE, 29)).toBe('😀…');
    expect(fitText('ab cdef', TYPE, 24)).toBe('ab…');
  });

  it('never yields more than its room, save one letter', () => {
    for (let room = 16; room < 200; room += 7) {
      expect(textWidth(fitText('customer_shipping_address_line', PLAIN, room), PLAIN)).toBeLessThanOrEqual(room);
    }
    expect(fitText('wide', TYPE, 0)).toBe('w…');
  });
});
