import { describe, expect, it } from 'vitest';
import { distanceTo, endGlyph, roundedPath } from './glyph.ts';

const at = { x: 100, y: 50 };
const bars = (lines: string) => [...lines.matchAll(/M(-?[\d.]+) [\d.]+v12/g)].map((found) => Number(found[1]));

describe('endGlyph', () => {
  it('draws two bars for exactly one, a bar and a circle for at most one', () => {
    expect(bars(endGlyph('1', at, 1).lines)).toEqual([106, 110]);
    expect(endGlyph('1', at, 1).circle).toBe('');
    expect(bars(endGlyph('0..1', at, 1).lines)).toEqual([106]);
    expect(endGlyph('0..1', at, 1).circle).toMatch(/^M110 50a4/);
  });

  it('draws a foot open to the table for many, with a circle or a bar behind it', () => {
    const foot = 'M100 44L112 50L100 56';
    expect(endGlyph('0..n', at, 1)).toEqual({ lines: foot, circle: 'M112 50a4 4 0 1 0 8 0a4 4 0 1 0 -8 0' });
    expect(endGlyph('1..n', at, 1).lines).toBe(`${foot}M116 44v12`);
  });

  it('is mirrored on the left side', () => {
    expect(endGlyph('0..n', at, -1).lines).toBe('M100 44L88 50L100 56');
    expect(bars(endGlyph('1', at, -1).lines)).toEqual([94, 90]);
  });
});

describe('roundedPath', () => {
  it('rounds corners by at most half of what lies beside them', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 40, y: 0 },
        { x: 40, y: 40 },
      ]),
    ).toBe('M0 0L34 0Q40 0 40 6L40 40');
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 4, y: 0 },
        { x: 4, y: 40 },
      ]),
    ).toBe('M0 0L2 0Q4 0 4 2L4 40');
    expect(roundedPath([])).toBe('');
  });
});

describe('distanceTo', () => {
  it('is that of the nearest part', () => {
    const line = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 100 },
    ];
    expect(distanceTo(line, 50, 7)).toBe(7);
    expect(distanceTo(line, 103, 104)).toBe(5);
    expect(distanceTo(line, -3, -4)).toBe(5);
  });
});
