import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { areaOf, areasWithin, heldByAreas, isWithin } from './areas.ts';

const area = (id: string, x: number, y: number, width: number, height: number) => ({ id, x, y, width, height });

const SALES = area('sales', 0, 0, 1000, 800);
const ORDERS = area('orders', 100, 100, 400, 300);
const LINES = area('lines', 150, 150, 100, 100);
const OTHER = area('other', 2000, 0, 300, 300);
const ALL = [SALES, ORDERS, LINES, OTHER];

const boxes = fc.record({
  x: fc.integer({ min: -50, max: 200 }),
  y: fc.integer({ min: -50, max: 200 }),
  width: fc.integer({ min: 1, max: 200 }),
  height: fc.integer({ min: 1, max: 200 }),
});
const areas = fc.array(boxes, { maxLength: 8 }).map((list) => list.map((box, at) => ({ ...box, id: `a${at}` })));

describe('areas in areas', () => {
  it('hold what has its middle inside, and areas that do', () => {
    expect(areasWithin(ALL, SALES).map((one) => one.id)).toEqual(['sales', 'orders', 'lines']);
    expect(areasWithin(ALL, LINES)).toEqual([LINES]);
    expect(areaOf(ALL, area('t', 180, 180, 20, 20))?.id).toBe('lines');
    expect(areaOf(ALL, area('t', 900, 700, 80, 80))?.id).toBe('sales');
    // A corner inside is not enough.
    expect(areaOf(ALL, area('t', 960, 760, 200, 200))).toBeUndefined();
  });

  it('take along what their inner areas hold, even where it sticks out', () => {
    // The middle of `outer` lies in no other area; `edge` is mostly outside of it, but its middle is in it.
    const outer = area('outer', 0, 0, 400, 400);
    const edge = area('edge', 300, 100, 180, 180);
    const table = ['t', { x: 440, y: 150, width: 30, height: 30 }] as const;
    expect([...heldByAreas([outer, edge], ['outer'], [table])].sort()).toEqual(['edge', 'outer', 't']);
    expect([...heldByAreas([outer, edge], ['edge'], [table])].sort()).toEqual(['edge', 't']);
    expect([...heldByAreas([outer, edge], [], [table])]).toEqual([]);
  });

  it('are never in themselves, nor two in each other, whatever their places', () => {
    fc.assert(
      fc.property(areas, (list) => {
        for (const one of list) {
          expect(isWithin(one, one)).toBe(false);
          for (const other of list) if (isWithin(one, other)) expect(isWithin(other, one)).toBe(false);
        }
      }),
      runs(11, 200),
    );
  });

  it('move as far as following them one by one says', () => {
    fc.assert(
      fc.property(areas, fc.array(boxes, { maxLength: 6 }), fc.nat(), (list, others, pick) => {
        const start = list[pick % Math.max(1, list.length)];
        if (start === undefined) return;
        const wanted = new Set<string>();
        const visit = (id: string) => {
          if (wanted.has(id)) return;
          wanted.add(id);
          const outer = list.find((one) => one.id === id);
          for (const inner of list) if (outer !== undefined && isWithin(inner, outer)) visit(inner.id);
        };
        visit(start.id);
        const named = others.map((box, at) => [`b${at}`, box] as const);
        for (const [id, box] of named) {
          const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          const inside = list.some(
            (one) =>
              wanted.has(one.id) &&
              middle.x >= one.x &&
              middle.x < one.x + one.width &&
              middle.y >= one.y &&
              middle.y < one.y + one.height,
          );
          if (inside) wanted.add(id);
        }
        expect([...heldByAreas(list, [start.id], named)].sort()).toEqual([...wanted].sort());
      }),
      runs(12, 300),
    );
  });
});
