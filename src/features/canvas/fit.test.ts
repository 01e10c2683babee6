import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps, type Rect } from '#lib/grid.ts';
import { fitClear } from './fit.ts';
import { fitRect, visibleRect } from './viewport.ts';

const screen = { width: 1000, height: 600 };
const MAP = { x: 12, y: 480, width: 180, height: 108 };
const LEGEND = { x: 760, y: 12, width: 228, height: 190 };
const onScreen = (box: Rect, { x, y, zoom }: { x: number; y: number; zoom: number }): Rect => ({
  x: box.x * zoom + x,
  y: box.y * zoom + y,
  width: box.width * zoom,
  height: box.height * zoom,
});
const bounds = (boxes: readonly Rect[]): Rect => {
  const x = Math.min(...boxes.map((one) => one.x));
  const y = Math.min(...boxes.map((one) => one.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((one) => one.x + one.width)) - x,
    height: Math.max(...boxes.map((one) => one.y + one.height)) - y,
  };
};
const hitting = (boxes: readonly Rect[]) => (rect: Rect) => boxes.some((one) => overlaps(one, rect));

describe('fitting round what lies over the canvas', () => {
  it('is the plain fit where nothing is covered', () => {
    const boxes = [{ x: 0, y: 0, width: 200, height: 100 }];
    expect(fitClear(bounds(boxes), screen, [MAP, LEGEND], hitting(boxes))).toEqual(fitRect(bounds(boxes), screen));
  });

  it('leaves the map free where a table would stand under it', () => {
    const boxes = [
      { x: 0, y: 0, width: 200, height: 300 },
      { x: 0, y: 700, width: 200, height: 300 },
      { x: 1800, y: 700, width: 200, height: 300 },
    ];
    const plain = fitRect(bounds(boxes), screen);
    expect(boxes.some((box) => overlaps(onScreen(box, plain), MAP))).toBe(true);
    const clear = fitClear(bounds(boxes), screen, [MAP], hitting(boxes));
    expect(boxes.some((box) => overlaps(onScreen(box, clear), MAP))).toBe(false);
    expect(clear.zoom).toBeGreaterThan(plain.zoom * 0.62);
  });

  it('covers nothing or is the plain fit, and shows the whole either way', () => {
    const box = fc.record({
      x: fc.integer({ min: -3000, max: 3000 }),
      y: fc.integer({ min: -3000, max: 3000 }),
      width: fc.integer({ min: 100, max: 340 }),
      height: fc.integer({ min: 60, max: 900 }),
    });
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 12 }), (boxes) => {
        const all = bounds(boxes);
        const plain = fitRect(all, screen);
        const found = fitClear(all, screen, [MAP, LEGEND], hitting(boxes));
        const under = [MAP, LEGEND].some((one) => boxes.some((each) => overlaps(onScreen(each, found), one)));
        if (under) expect(found).toEqual(plain);
        const seen = visibleRect(found, screen);
        expect(seen.x).toBeLessThanOrEqual(all.x + 1e-6);
        expect(seen.y).toBeLessThanOrEqual(all.y + 1e-6);
        expect(seen.x + seen.width).toBeGreaterThanOrEqual(all.x + all.width - 1e-6);
        expect(seen.y + seen.height).toBeGreaterThanOrEqual(all.y + all.height - 1e-6);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('does not shrink the diagram to a stamp on a small screen', () => {
    const small = { width: 300, height: 300 };
    const boxes = [{ x: 0, y: 0, width: 1000, height: 1000 }];
    const over = { x: 12, y: 100, width: 180, height: 190 };
    expect(fitClear(bounds(boxes), small, [over], hitting(boxes))).toEqual(fitRect(bounds(boxes), small));
  });
});
