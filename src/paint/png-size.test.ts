import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { largestScale, MOST_PIXELS, MOST_SIDE, pngSize, stripsOf } from './png-size.ts';

const sides = fc.integer({ min: 1, max: 400_000 });

describe('pngSize and largestScale', () => {
  it('agree: the largest scale fits, a twentieth more does not', () => {
    fc.assert(
      fc.property(sides, sides, (width, height) => {
        const scale = largestScale({ width, height });
        if (scale <= 0) return;
        expect(pngSize({ width, height }, scale).fits || scale < 0.02).toBe(true);
        expect(pngSize({ width, height }, scale * 1.05 + 0.02).fits).toBe(false);
      }),
      runs(5, 200),
    );
  });

  it('counts whole pixels, at least one', () => {
    expect(pngSize({ width: 100.4, height: 0.2 }, 1)).toEqual({ width: 100, height: 1, fits: true });
  });
});

describe('stripsOf', () => {
  it('cuts any picture into canvases that every browser allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MOST_SIDE }), fc.integer({ min: 1, max: MOST_SIDE }), (width, height) => {
        fc.pre(width * height <= MOST_PIXELS);
        const { tileWidth, stripHeight } = stripsOf(width, height);
        expect(tileWidth).toBeLessThanOrEqual(8192);
        expect(stripHeight).toBeGreaterThanOrEqual(1);
        expect(stripHeight).toBeLessThanOrEqual(height);
        // A strip of the whole width is held in memory at once.
        expect(width * stripHeight).toBeLessThanOrEqual(Math.max(8_000_000, width));
      }),
      runs(6, 200),
    );
  });
});
