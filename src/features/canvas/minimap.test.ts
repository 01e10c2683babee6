import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapFrame, mapScale } from './minimap-draw.ts';

const size = { width: 176, height: 110 };
const rect = fc.record({
  x: fc.integer({ min: -50_000, max: 50_000 }),
  y: fc.integer({ min: -50_000, max: 50_000 }),
  width: fc.integer({ min: 1, max: 90_000 }),
  height: fc.integer({ min: 1, max: 90_000 }),
});

describe('the map', () => {
  it('has the whole diagram on it', () => {
    fc.assert(
      fc.property(rect, (bounds) => {
        const { x, y, factor } = mapScale(bounds, size);
        expect(bounds.x * factor + x).toBeGreaterThanOrEqual(0);
        expect(bounds.y * factor + y).toBeGreaterThanOrEqual(0);
        expect((bounds.x + bounds.width) * factor + x).toBeLessThanOrEqual(size.width);
        expect((bounds.y + bounds.height) * factor + y).toBeLessThanOrEqual(size.height);
      }),
      { seed: 21 },
    );
  });

  it('keeps the frame on it, large enough to hold, wherever one looks', () => {
    fc.assert(
      fc.property(rect, rect, (bounds, seen) => {
        const frame = mapFrame(seen, mapScale(bounds, size), size);
        expect(frame.width).toBeGreaterThanOrEqual(8);
        expect(frame.height).toBeGreaterThanOrEqual(8);
        expect(frame.x).toBeGreaterThanOrEqual(0);
        expect(frame.y).toBeGreaterThanOrEqual(0);
        expect(frame.x + 8).toBeLessThanOrEqual(size.width);
        expect(frame.y + 8).toBeLessThanOrEqual(size.height);
      }),
      { seed: 22 },
    );
  });
});
