import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { boundsOf, contains, Grid, overlaps, type Rect } from './grid.ts';

const rect = fc.record({
  x: fc.integer({ min: -3000, max: 3000 }),
  y: fc.integer({ min: -3000, max: 3000 }),
  width: fc.integer({ min: 1, max: 900 }),
  height: fc.integer({ min: 1, max: 900 }),
});

describe('Grid', () => {
  it('finds exactly what a look at every rectangle finds, whatever was set, moved and deleted before', () => {
    const edit = fc.record({ id: fc.integer({ min: 0, max: 12 }), to: fc.option(rect, { freq: 4 }) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 60 }), rect, fc.integer({ min: 40, max: 900 }), (edits, region, cell) => {
        const grid = new Grid(cell);
        const plain = new Map<string, Rect>();
        for (const { id, to } of edits) {
          if (to === null) {
            grid.delete(String(id));
            plain.delete(String(id));
          } else {
            grid.set(String(id), to);
            plain.set(String(id), to);
          }
        }
        const seen = [...plain].filter(([, one]) => overlaps(one, region)).map(([id]) => id);
        expect(grid.query(region).sort()).toEqual(seen.sort());
        const under = [...plain].filter(([, one]) => contains(one, region.x, region.y)).map(([id]) => id);
        expect(grid.at(region.x, region.y).sort()).toEqual(under.sort());
        expect(grid.size).toBe(plain.size);
      }),
      runs(11, 300),
    );
  });

  it('stops at the limit', () => {
    const grid = new Grid(100);
    for (let i = 0; i < 50; i++) grid.set(String(i), { x: i, y: 0, width: 10, height: 10 });
    expect(grid.query({ x: 0, y: 0, width: 100, height: 100 }, 7)).toHaveLength(7);
    expect(grid.query({ x: -1e6, y: -1e6, width: 2e6, height: 2e6 }, 7)).toHaveLength(7);
  });

  it('answers a region far larger than what there is without walking its cells', () => {
    const grid = new Grid(64);
    grid.set('a', { x: 5, y: 5, width: 1, height: 1 });
    expect(grid.query({ x: -1e12, y: -1e12, width: 2e12, height: 2e12 })).toEqual(['a']);
  });
});

describe('boundsOf', () => {
  it('is the least rectangle round all, and nothing round none', () => {
    expect(boundsOf([])).toBeUndefined();
    expect(
      boundsOf([
        { x: 10, y: -5, width: 5, height: 5 },
        { x: -2, y: 20, width: 4, height: 1 },
      ]),
    ).toEqual({ x: -2, y: -5, width: 17, height: 26 });
  });
});
