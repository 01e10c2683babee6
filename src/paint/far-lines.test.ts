import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps } from '#lib/grid.ts';
import { runs } from '#test/runs.ts';
import { leaving, thinned } from './far-lines.ts';

const box = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
  width: fc.integer({ min: 20, max: 400 }),
  height: fc.integer({ min: 20, max: 900 }),
});

describe('leaving', () => {
  it('is on the border of the box, on the way to the other, and points there', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        const found = leaving(Float32Array.from([a.x, a.y, a.width, a.height, b.x, b.y, b.width, b.height]), 0, 1);
        const from = { x: a.x + a.width / 2, y: a.y + a.height / 2 };
        const to = { x: b.x + b.width / 2, y: b.y + b.height / 2 };
        if (found === undefined) {
          // The other's middle lies within the box.
          expect(Math.abs(to.x - from.x) * 2).toBeLessThanOrEqual(a.width);
          expect(Math.abs(to.y - from.y) * 2).toBeLessThanOrEqual(a.height);
          return;
        }
        const { x, y, dx, dy } = found;
        expect(Math.hypot(dx, dy)).toBeCloseTo(1, 6);
        const aside = Math.abs((x - from.x) * (to.y - from.y) - (y - from.y) * (to.x - from.x));
        expect(aside / Math.hypot(to.x - from.x, to.y - from.y)).toBeLessThan(0.01);
        expect((to.x - from.x) * dx + (to.y - from.y) * dy).toBeGreaterThan(0);
        const onSide = Math.abs(Math.abs(x - from.x) - a.width / 2) < 0.01 || Math.abs(Math.abs(y - from.y) - a.height / 2) < 0.01;
        expect(onSide).toBe(true);
        if (!overlaps(a, b)) expect(Math.hypot(x - from.x, y - from.y)).toBeLessThan(Math.hypot(to.x - from.x, to.y - from.y));
      }),
      runs(41, 400),
    );
  });

  it('is nowhere for boxes with the same middle', () => {
    expect(leaving(Float32Array.from([0, 0, 100, 100, 25, 25, 50, 50]), 0, 1)).toBeUndefined();
  });
});

describe('thinned', () => {
  const all = Array.from({ length: 7000 }, (_, at) => at);

  it('leaves few lines as they are', () => {
    expect(thinned(all, 7000)).toBe(all);
  });

  it('keeps at most about as many as asked, and the same ones when others leave the view', () => {
    const some = thinned(all, 1500);
    expect(some.length).toBeLessThanOrEqual(1500);
    expect(some.length).toBeGreaterThan(1000);
    const fewer = all.slice(0, 6900);
    expect(thinned(fewer, 1500)).toEqual(some.filter((line) => line < 6900));
  });
});
