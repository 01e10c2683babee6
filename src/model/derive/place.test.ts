import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Grid, overlaps } from '#lib/grid.ts';
import { generatedDocument, placedAt } from '#test/generated-document.ts';
import { runs } from '#test/runs.ts';
import { MAIN_DIAGRAM } from '../layout-types.ts';
import { boxesOf, compactGrid, freeSpot, GAP, missingPlacements } from './place.ts';

function pairs<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((a, at) => all.slice(at + 1).map((b): [T, T] => [a, b]));
}

describe('freeSpot', () => {
  it('never overlaps what is there, gap included, and takes the wished place when it is free', () => {
    const box = fc.record({ x: fc.integer({ min: -800, max: 800 }), y: fc.integer({ min: -800, max: 800 }) });
    fc.assert(
      fc.property(fc.array(box, { maxLength: 40 }), box, (taken, wish) => {
        const grid = new Grid();
        for (const [at, spot] of taken.entries()) grid.set(String(at), { ...spot, width: 200, height: 160 });
        const spot = freeSpot(grid, { width: 220, height: 140 }, wish);
        const room = { x: spot.x - 10, y: spot.y - 10, width: 240, height: 160 };
        expect(grid.query(room)).toEqual([]);
        expect(spot.x % 4 === 0 && spot.y % 4 === 0).toBe(true);
      }),
      runs(3, 200),
    );
    expect(freeSpot(new Grid(), { width: 100, height: 40 }, { x: 100, y: 100 })).toEqual({ x: 52, y: 80 });
  });
});

describe('compactGrid', () => {
  it('overlaps nothing and is about as wide as a screen', () => {
    const sizes = Array.from({ length: 300 }, (_, at) => ({
      id: String(at),
      size: { width: 168 + (at % 5) * 30, height: 80 + (at % 9) * 40 },
    }));
    const boxes = [...compactGrid(sizes).values()];
    expect(boxes).toHaveLength(300);
    for (const [a, b] of pairs(boxes)) expect(overlaps(a, b)).toBe(false);
    const width = Math.max(...boxes.map((box) => box.x + box.width));
    const height = Math.max(...boxes.map((box) => box.y + box.height));
    expect(width / height).toBeGreaterThan(1);
    expect(width / height).toBeLessThan(2.5);
  });
});

describe('missingPlacements', () => {
  it('gives every table a place of its own and none to partitions', () => {
    const document = generatedDocument(40);
    const first = document.tables['tbl_1'];
    if (first === undefined) throw new Error('the generator makes tbl_1');
    const partition = { ...first, id: 'tbl_p', name: 'part', partitionOf: { parent: 'tbl_1', bound: 'DEFAULT' } };
    const places = missingPlacements({ ...document, tables: { ...document.tables, tbl_p: partition } }, MAIN_DIAGRAM);
    expect(places).toHaveLength(40);
    expect(places.some((place) => place.object === 'tbl_p')).toBe(false);
  });

  it('puts few newcomers near their neighbours and moves nothing that stands', () => {
    const document = generatedDocument(30);
    const spots = Object.keys(document.tables).map((id, at) => [id, { x: (at % 6) * 500, y: Math.floor(at / 6) * 600 }] as const);
    const child = Object.values(document.relationships).find((one) => one.child !== one.parent)?.child as string;
    const placed = placedAt(
      document,
      spots.filter(([id]) => id !== child),
    );
    const [place, ...others] = missingPlacements(placed, MAIN_DIAGRAM);
    expect(others).toEqual([]);
    expect(place?.object).toBe(child);
    const boxes = [...boxesOf(placed, MAIN_DIAGRAM)];
    expect(boxes).toHaveLength(30);
    for (const [[, a], [, b]] of pairs(boxes)) expect(overlaps(a, b)).toBe(false);
    for (const [id, spot] of spots) if (id !== child) expect(boxesOf(placed, MAIN_DIAGRAM).get(id)).toMatchObject(spot);
  });

  it('keeps clear of notes', () => {
    const document = generatedDocument(1);
    const note = { id: 'n', diagram: MAIN_DIAGRAM, text: '', x: -200, y: -200, width: 400, height: 400 };
    const [place] = missingPlacements({ ...document, notes: { n: note } }, MAIN_DIAGRAM, { x: 0, y: 0 });
    const box = boxesOf(document, MAIN_DIAGRAM).get('tbl_0');
    expect(box).toBeDefined();
    expect(overlaps({ x: place?.x ?? 0, y: place?.y ?? 0, width: box?.width ?? 0, height: box?.height ?? 0 }, note)).toBe(false);
    expect(GAP.x).toBeGreaterThan(0);
  });
});

describe('a new table', () => {
  it('moves nothing and stands on nothing, whatever stands there', () => {
    const spot = fc.record({ x: fc.integer({ min: -2000, max: 2000 }), y: fc.integer({ min: -2000, max: 2000 }) });
    fc.assert(
      fc.property(fc.array(spot, { minLength: 12, maxLength: 40 }), fc.nat(99), (spots, seed) => {
        const all = generatedDocument(spots.length + 1, seed);
        const fresh = `tbl_${spots.length}`;
        const standing = Object.keys(all.tables).filter((id) => id !== fresh);
        const before = placedAt(
          all,
          standing.map((id, at) => [id, spots[at] as { x: number; y: number }]),
        );
        const places = missingPlacements(before, MAIN_DIAGRAM);
        expect(places.map((place) => place.object)).toEqual([fresh]);
        const boxes = boxesOf(before, MAIN_DIAGRAM);
        const own = boxes.get(fresh);
        if (own === undefined) throw new Error('it has a place');
        for (const id of standing) {
          const box = boxes.get(id);
          const place = before.placements[`${MAIN_DIAGRAM}/${id}`];
          expect([box?.x, box?.y]).toEqual([place?.x, place?.y]);
          if (box !== undefined) expect(overlaps(box, own)).toBe(false);
        }
      }),
      runs(14, 60),
    );
  });
});
