import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps, type Rect } from '#lib/grid.ts';
import { joinable, lineEnters } from '#test/layout-metrics.ts';
import { runs } from '#test/runs.ts';
import type { Point } from './glyph.ts';
import { routeLine } from './route.ts';
import { Blocks } from './route-blocks.ts';
import { Lanes } from './route-lanes.ts';
import type { RouteRequest } from './route-line.ts';

const box = fc.record({
  x: fc.integer({ min: -900, max: 900 }),
  y: fc.integer({ min: -900, max: 900 }),
  width: fc.integer({ min: 168, max: 340 }),
  height: fc.integer({ min: 60, max: 600 }),
});

function blocksOf(boxes: readonly Rect[]): Blocks {
  const blocks = new Blocks();
  for (const [at, rect] of boxes.entries()) blocks.set(String(at), rect);
  return blocks;
}

/** Routes one line between the first two boxes, around all of them. */
function route(boxes: readonly Rect[], ends: Pick<RouteRequest, 'from' | 'to'> & Partial<RouteRequest>, lanes = new Lanes()) {
  return routeLine({ id: 'line', channel: 'x', ...ends }, blocksOf(boxes), lanes);
}

function expectOrthogonal(points: readonly Point[]): void {
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    expect(a.x === b.x || a.y === b.y, JSON.stringify(points)).toBe(true);
  }
}

const anchors = (a: Rect, b: Rect, ay: number, by: number) => ({
  from: { box: a, y: a.y + (ay % a.height) },
  to: { box: b, y: b.y + (by % b.height) },
});

describe('routeLine', () => {
  it('is orthogonal, ends at both borders at the given rows, and never enters its own tables', () => {
    fc.assert(
      fc.property(box, box, fc.nat(500), fc.nat(500), fc.array(box, { maxLength: 12 }), (a, b, ay, by, others) => {
        fc.pre(!overlaps(a, b) && Math.abs(a.x - b.x) + Math.abs(a.y - b.y) > 40);
        const obstacles = others.filter((one) => !overlaps(one, a) && !overlaps(one, b));
        const ends = anchors(a, b, ay, by);
        const { points, fromSide, toSide } = route([a, b, ...obstacles], ends);
        expectOrthogonal(points);
        expect(points[0]).toEqual({ x: fromSide > 0 ? a.x + a.width : a.x, y: ends.from.y });
        expect(points.at(-1)).toEqual({ x: toSide > 0 ? b.x + b.width : b.x, y: ends.to.y });
        expect(lineEnters(points, a), 'its first table').toBe(false);
        expect(lineEnters(points, b), 'its second table').toBe(false);
      }),
      runs(5, 500),
    );
  });

  it('enters a table only where a flood of the whole plane finds no way either', () => {
    fc.assert(
      fc.property(box, box, fc.nat(500), fc.nat(500), fc.array(box, { maxLength: 16 }), (a, b, ay, by, others) => {
        fc.pre(!overlaps(a, b));
        // Tables may lie on each other, only not on the two ends.
        const boxes = [a, b, ...others.filter((one) => !overlaps(one, a) && !overlaps(one, b))];
        const ends = anchors(a, b, ay, by);
        const { points } = route(boxes, ends);
        if (!boxes.some((one) => lineEnters(points, one))) return;
        // From four pixels beside either border to four pixels beside either border.
        const beside = (rect: Rect, y: number) => [rect.x - 4, rect.x + rect.width + 4].map((x) => ({ x, y }));
        const grown = boxes.map((one) => ({ x: one.x - 1, y: one.y - 1, width: one.width + 2, height: one.height + 2 }));
        const ways = beside(a, ends.from.y).flatMap((from) => beside(b, ends.to.y).map((to) => ({ from, to })));
        expect(
          ways.some(({ from, to }) => joinable(from, to, grown)),
          JSON.stringify({ boxes, points }),
        ).toBe(false);
      }),
      runs(7, 400),
    );
  });

  it('goes round a table that stands between', () => {
    const a = { x: 0, y: 0, width: 200, height: 120 };
    const b = { x: 900, y: 0, width: 200, height: 120 };
    const between = { x: 450, y: -100, width: 200, height: 320 };
    const { points } = route([a, b, between], { from: { box: a, y: 60 }, to: { box: b, y: 60 } });
    expect(lineEnters(points, between)).toBe(false);
    expectOrthogonal(points);
  });

  it('finds out of a pocket', () => {
    const a = { x: 0, y: 0, width: 100, height: 100 };
    const b = { x: 1000, y: 0, width: 100, height: 100 };
    const wall = { x: 300, y: -400, width: 40, height: 900 };
    const roof = { x: -300, y: -400, width: 640, height: 40 };
    const floor = { x: -300, y: 460, width: 640, height: 40 };
    const boxes = [a, b, wall, roof, floor];
    const { points } = route(boxes, { from: { box: a, y: 50 }, to: { box: b, y: 50 } });
    expect(boxes.filter((one) => lineEnters(points, one))).toEqual([]);
  });

  it('is straight between rows of one height, and turns in the middle between columns otherwise', () => {
    const a = { x: 0, y: 0, width: 200, height: 120 };
    const b = { x: 320, y: 0, width: 200, height: 120 };
    expect(route([a, b], { from: { box: a, y: 60 }, to: { box: b, y: 60 } }).points).toEqual([
      { x: 200, y: 60 },
      { x: 320, y: 60 },
    ]);
    expect(route([a, b], { from: { box: a, y: 60 }, to: { box: b, y: 84 } }).points).toEqual([
      { x: 200, y: 60 },
      { x: 260, y: 60 },
      { x: 260, y: 84 },
      { x: 320, y: 84 },
    ]);
  });

  it('passes between tables that stand close, keeping to the middle', () => {
    const a = { x: 0, y: 0, width: 200, height: 100 };
    const b = { x: 240, y: 0, width: 200, height: 100 };
    const { points } = route([a, b], { from: { box: a, y: 30 }, to: { box: b, y: 80 } });
    expect(points).toEqual([
      { x: 200, y: 30 },
      { x: 220, y: 30 },
      { x: 220, y: 80 },
      { x: 240, y: 80 },
    ]);
  });

  it('keeps parallel lines apart, and lets those of one channel share their way', () => {
    const a = { x: 0, y: 0, width: 200, height: 400 };
    const b = { x: 500, y: 300, width: 200, height: 400 };
    const middle = (channels: readonly string[]) => {
      const lanes = new Lanes();
      const blocks = blocksOf([a, b]);
      return channels.map((channel, at) => {
        const request = { id: String(at), from: { box: a, y: 60 + at * 24 }, to: { box: b, y: 400 + at * 24 }, channel };
        return routeLine(request, blocks, lanes).points[1]?.x ?? 0;
      });
    };
    const apart = middle(['one', 'two', 'three', 'four']);
    expect(new Set(apart).size).toBe(4);
    for (const [at, x] of apart.entries())
      for (const other of apart.slice(at + 1)) expect(Math.abs(x - other)).toBeGreaterThanOrEqual(8);
    expect(new Set(middle(['one', 'one', 'one'])).size).toBe(1);
  });

  it('leads a table to itself round its right side, several such lines beside each other', () => {
    const a = { x: 0, y: 0, width: 200, height: 400 };
    const lanes = new Lanes();
    const blocks = blocksOf([a]);
    const lines = [0, 1, 2].map((at) => {
      const request = { id: String(at), from: { box: a, y: 100 + at * 24 }, to: { box: a, y: 46 }, channel: 'k' };
      return routeLine(request, blocks, lanes).points;
    });
    for (const points of lines) {
      expectOrthogonal(points);
      expect(lineEnters(points, a)).toBe(false);
    }
    expect(new Set(lines.map((points) => points[1]?.x)).size).toBe(3);
  });

  it('goes through bends a person gave it, at right angles', () => {
    const bend = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) });
    fc.assert(
      fc.property(box, box, fc.array(bend, { minLength: 1, maxLength: 4 }), (a, b, bends) => {
        const { points } = route([a, b], { from: { box: a, y: a.y + 40 }, to: { box: b, y: b.y + 40 }, bends });
        expectOrthogonal(points);
        expect(points[0]?.y).toBe(a.y + 40);
        expect(points.at(-1)?.y).toBe(b.y + 40);
      }),
      runs(6, 300),
    );
  });

  it('enters nothing else when something lies on its table', () => {
    const a = { x: 0, y: 0, width: 200, height: 120 };
    const on = { x: -40, y: -40, width: 300, height: 200 };
    const b = { x: 900, y: 0, width: 200, height: 120 };
    const between = { x: 450, y: -100, width: 200, height: 320 };
    const { points } = route([a, b, on, between], { from: { box: a, y: 60 }, to: { box: b, y: 60 } });
    expectOrthogonal(points);
    expect(lineEnters(points, between)).toBe(false);
  });
});
