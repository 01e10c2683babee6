import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitRect, MAX_ZOOM, MIN_ZOOM, revealRect, toCanvas, visibleRect, zoomAbout } from './viewport.ts';

const screen = { width: 1000, height: 700 };
const rect = fc.record({
  x: fc.integer({ min: -20_000, max: 20_000 }),
  y: fc.integer({ min: -20_000, max: 20_000 }),
  width: fc.integer({ min: 1, max: 40_000 }),
  height: fc.integer({ min: 1, max: 40_000 }),
});

describe('fitRect', () => {
  it('shows the whole, in the middle, never magnified', () => {
    fc.assert(
      fc.property(rect, (bounds) => {
        const viewport = fitRect(bounds, screen);
        const seen = visibleRect(viewport, screen);
        expect(viewport.zoom).toBeLessThanOrEqual(1);
        expect(seen.x).toBeLessThanOrEqual(bounds.x);
        expect(seen.y).toBeLessThanOrEqual(bounds.y);
        expect(seen.x + seen.width).toBeGreaterThanOrEqual(bounds.x + bounds.width);
        expect(seen.y + seen.height).toBeGreaterThanOrEqual(bounds.y + bounds.height);
        expect(seen.x + seen.width / 2).toBeCloseTo(bounds.x + bounds.width / 2, 3);
      }),
      { seed: 1 },
    );
  });
});

describe('zoomAbout', () => {
  it('keeps the point under the pointer, within the limits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 700 }),
        (factor, x, y) => {
          const before = { x: 130, y: -40, zoom: 0.7 };
          const after = zoomAbout(before, factor, x, y);
          expect(after.zoom).toBeGreaterThanOrEqual(MIN_ZOOM);
          expect(after.zoom).toBeLessThanOrEqual(MAX_ZOOM);
          expect(toCanvas(after, x, y).x).toBeCloseTo(toCanvas(before, x, y).x, 3);
          expect(toCanvas(after, x, y).y).toBeCloseTo(toCanvas(before, x, y).y, 3);
        },
      ),
      { seed: 2 },
    );
  });
});

describe('revealRect', () => {
  it('does not move what is in sight already', () => {
    const viewport = { x: 0, y: 0, zoom: 1 };
    expect(revealRect({ x: 200, y: 200, width: 200, height: 100 }, viewport, screen)).toEqual(viewport);
  });

  it('brings what is beside into sight by the least move, and magnifies what could not be read', () => {
    const moved = revealRect({ x: 1400, y: 200, width: 200, height: 100 }, { x: 0, y: 0, zoom: 1 }, screen);
    expect(moved).toEqual({ x: -660, y: 0, zoom: 1 });
    const far = revealRect({ x: 9000, y: 9000, width: 200, height: 100 }, { x: 0, y: 0, zoom: 0.05 }, screen);
    expect(far.zoom).toBeGreaterThan(0.5);
    const seen = visibleRect(far, screen);
    expect(seen.x < 9000 && seen.x + seen.width > 9200 && seen.y < 9000 && seen.y + seen.height > 9100).toBe(true);
  });
});
