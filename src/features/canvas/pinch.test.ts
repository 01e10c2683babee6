import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pinched } from './pinch.ts';
import { MAX_ZOOM, MIN_ZOOM } from './viewport.ts';

const at = (x: number, y: number) => ({ x, y });
const VIEW = { x: 10, y: 20, zoom: 0.5 };

describe('fingers on the canvas', () => {
  it('one finger carries the canvas along', () => {
    expect(pinched(VIEW, [at(100, 100)], [at(130, 90)])).toEqual({ x: 40, y: 10, zoom: 0.5 });
  });

  it('two fingers that go apart zoom in about their middle', () => {
    const view = pinched(VIEW, [at(100, 100), at(200, 100)], [at(50, 100), at(250, 100)]);
    expect(view.zoom).toBe(1);
    expect((150 - view.x) / view.zoom).toBeCloseTo((150 - VIEW.x) / VIEW.zoom);
  });

  it('what was under the middle of the fingers stays under it, whatever they do', () => {
    const finger = fc.record({ x: fc.integer({ min: 0, max: 1500 }), y: fc.integer({ min: 0, max: 900 }) });
    const pair = fc.array(finger, { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(pair, pair, fc.double({ min: 0.05, max: 2, noNaN: true }), (from, to, zoom) => {
        const before = { x: 3, y: 4, zoom };
        const now = pinched(before, from, to);
        const middle = (all: typeof from, axis: 'x' | 'y') => all.reduce((sum, one) => sum + one[axis], 0) / 2;
        for (const axis of ['x', 'y'] as const) {
          const under = (middle(from, axis) - before[axis]) / before.zoom;
          expect((middle(to, axis) - now[axis]) / now.zoom).toBeCloseTo(under, 4);
        }
        expect(now.zoom).toBeGreaterThanOrEqual(Math.min(MIN_ZOOM, zoom));
        expect(now.zoom).toBeLessThanOrEqual(Math.max(MAX_ZOOM, zoom));
      }),
      { seed: 7 },
    );
  });

  it('fingers on one spot do not throw the canvas away', () => {
    expect(pinched(VIEW, [at(5, 5), at(5, 5)], [at(5, 5), at(400, 5)]).zoom).toBe(0.5);
  });
});
