import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps, type Rect } from '#lib/grid.ts';
import { runs } from '#test/runs.ts';
import type { Point } from './glyph.ts';
import { Lanes, routeLine, segmentEnters, simplify, stubLine } from './route.ts';

const box = fc.record({
  x: fc.integer({ min: -900, max: 900 }),
  y: fc.integer({ min: -900, max: 900 }),
  width: fc.integer({ min: 168, max: 340 }),
  height: fc.integer({ min: 60, max: 600 }),
});

function expectOrthogonal(points: readonly Point[]): void {
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    expect(a.x === b.x || a.y === b.y, JSON.stringify(points)).toBe(true);
  }
}

function enters(points: readonly Point[], rect: Rect): boolean {
  return points.some((point, at) => at > 0 && segmentEnters(points[at - 1] as Point, point, rect));
}

describe('routeLine', () => {
  it('is orthogonal, ends at both borders at the given rows, and never enters its own tables', () => {
    fc.assert(
      fc.property(box, box, fc.nat(500), fc.nat(500), fc.array(box, { maxLength: 12 }), (a, b, ay, by, others) => {
        fc.pre(!overlaps(a, b) && Math.abs(a.x - b.x) + Math.abs(a.y - b.y) > 40);
        // Tables stand apart: what overlaps one of the two is no obstacle that a line could avoid.
        const obstacles = others.filter((one) => !overlaps(one, a) && !overlaps(one, b));
        const from = { box: a, y: a.y + (ay % a.height) };
        const to = { box: b, y: b.y + (by % b.height) };
        const { points, fromSide, toSide } = routeLine({ from, to, channel: 'x' }, obstacles, new Lanes());
        expectOrthogonal(points);
        expect(points[0]).toEqual({ x: fromSide > 0 ? a.x + a.width : a.x, y: from.y });
        expect(points.at(-1)).toEqual({ x: toSide > 0 ? b.x + b.width : b.x, y: to.y });
        expect(enters(points, a), 'its first table').toBe(false);
        expect(enters(points, b), 'its second table').toBe(false);
      }),
      runs(5, 500),
    );
  });

  it('goes round a table that stands between', () => {
    const a = { x: 0, y: 0, width: 200, height: 120 };
    const b = { x: 900, y: 0, width: 200, height: 120 };
    const between = { x: 450, y: -100, width: 200, height: 320 };
    const { points } = routeLine({ from: { box: a, y: 60 }, to: { box: b, y: 60 }, channel: 'x' }, [between], new Lanes());
    expect(enters(points, between)).toBe(false);
    expectOrthogonal(points);
  });

  it('is straight between rows of one height', () => {
    const a = { x: 0, y: 0, width: 200, height: 120 };
    const b = { x: 500, y: 0, width: 200, height: 120 };
    const { points } = routeLine({ from: { box: a, y: 60 }, to: { box: b, y: 60 }, channel: 'x' }, [], new Lanes());
    expect(points).toEqual([
      { x: 200, y: 60 },
      { x: 500, y: 60 },
    ]);
  });

  it('keeps parallel lines apart, and lets those of one channel share their way', () => {
    const a = { x: 0, y: 0, width: 200, height: 400 };
    const b = { x: 500, y: 300, width: 200, height: 400 };
    const middle = (channels: readonly string[]) => {
      const lanes = new Lanes();
      return channels.map((channel, at) => {
        const from = { box: a, y: 60 + at * 24 };
        return routeLine({ from, to: { box: b, y: 400 + at * 24 }, channel }, [], lanes).points[1]?.x;
      });
    };
    expect(new Set(middle(['p', 'q', 'r'])).size).toBe(3);
    expect(new Set(middle(['p', 'p', 'p'])).size).toBe(1);
  });

  it('loops from a table to itself outside of it', () => {
    const a = { x: 0, y: 0, width: 200, height: 200 };
    const { points } = routeLine({ from: { box: a, y: 100 }, to: { box: a, y: 52 }, channel: 'x' }, [], new Lanes());
    expectOrthogonal(points);
    expect(enters(points, a)).toBe(false);
    expect(Math.max(...points.map((point) => point.x))).toBeGreaterThan(220);
  });

  it('goes through bends a person gave it, at right angles', () => {
    const bend = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) });
    fc.assert(
      fc.property(box, box, fc.array(bend, { minLength: 1, maxLength: 4 }), (a, b, bends) => {
        const request = { from: { box: a, y: a.y + 40 }, to: { box: b, y: b.y + 40 }, bends, channel: 'x' };
        const { points } = routeLine(request, [], new Lanes());
        expectOrthogonal(points);
        expect(points[0]?.y).toBe(a.y + 40);
        expect(points.at(-1)?.y).toBe(b.y + 40);
      }),
      runs(6, 300),
    );
  });
});

describe('simplify', () => {
  it('drops what is no corner', () => {
    const straight = [
      { x: 0, y: 0 },
      { x: 5, y: 0 },
      { x: 5, y: 0 },
      { x: 9, y: 0 },
      { x: 9, y: 4 },
    ];
    expect(simplify(straight)).toEqual([
      { x: 0, y: 0 },
      { x: 9, y: 0 },
      { x: 9, y: 4 },
    ]);
  });
});

describe('stubLine', () => {
  it('points to the side where the other table is', () => {
    const a = { x: 0, y: 0, width: 200, height: 100 };
    expect(stubLine({ box: a, y: 50 }, 5000).points.at(-1)).toEqual({ x: 270, y: 50 });
    expect(stubLine({ box: a, y: 50 }, -5000).points.at(-1)).toEqual({ x: -70, y: 50 });
  });
});
