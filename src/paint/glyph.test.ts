import { describe, expect, it } from 'vitest';
import { distanceTo, roundedPath } from './glyph.ts';

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
