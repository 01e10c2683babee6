import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldByAreas } from '#model/derive/areas.ts';
import { NODE } from '#model/derive/geometry.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import { generatedDocument, placedAt } from '#test/generated-document.ts';
import { align } from './align.ts';
import { bendSegment, segmentAt, segmentsOf } from './bends.ts';
import { snapMove } from './guides.ts';
import { hitTest } from './hit.ts';
import { nextInDirection } from './neighbours.ts';
import { Scene } from './scene.ts';

const at = (x: number, y: number, width = 100, height = 60) => ({ x, y, width, height });

describe('hitTest', () => {
  const document = placedAt(generatedDocument(2), [
    ['tbl_0', { x: 0, y: 0 }],
    ['tbl_1', { x: 600, y: 0 }],
  ]);
  const area = { id: 'a', diagram: MAIN_DIAGRAM, name: 'A', x: -50, y: -60, width: 500, height: 600, tint: 0 };
  const note = { id: 'n', diagram: MAIN_DIAGRAM, text: '', x: 600, y: 900, width: 200, height: 100 };
  const scene = new Scene({ ...document, areas: { a: area }, notes: { n: note } });
  const hit = (x: number, y: number, reach = 1) => hitTest(scene, x, y, reach, new Set());

  it('meets headers, rows, and the ends of rows that relationships are drawn from', () => {
    expect(hit(40, 10)).toMatchObject({ kind: 'node', node: { id: 'tbl_0' }, plug: false });
    expect(hit(40, 10)).not.toHaveProperty('column');
    expect(hit(40, NODE.header + NODE.row * 1.5)).toMatchObject({ kind: 'node', column: 'tbl_0_c1', plug: false });
    expect(hit(4, NODE.header + 10)).toMatchObject({ kind: 'node', column: 'tbl_0_c0', plug: true });
    expect(hit(4, NODE.header + 10, 4)).toMatchObject({ plug: false });
  });

  it('meets areas only by title, border and corner, notes also by their corner', () => {
    expect(hit(300, -40)).toMatchObject({ kind: 'area', corner: false });
    expect(hit(-50, 300)).toMatchObject({ kind: 'area' });
    expect(hit(446, 536)).toMatchObject({ kind: 'area', corner: true });
    expect(hit(400, 480)).toEqual({ kind: 'nothing' });
    expect(hit(795, 995)).toMatchObject({ kind: 'node', corner: true });
    expect(hit(5000, 5000)).toEqual({ kind: 'nothing' });
  });

  it('knows what an area holds', () => {
    expect([...heldByAreas(scene.areas, [area.id], scene.grid.entries())].sort()).toEqual([area.id, 'tbl_0'].sort());
  });
});

describe('snapMove', () => {
  it('aligns edges with edges and middles with middles, and shows with what', () => {
    const other = at(300, 500);
    const { dx, dy, guides } = snapMove(at(303, 41), [other], 6);
    expect([dx, dy]).toEqual([-3, -1]);
    expect(guides).toEqual([{ axis: 'x', at: 300, from: 40, to: 560 }]);
  });

  it('otherwise stands on the 4 px grid', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 }), (x, y) => {
        const { dx, dy, guides } = snapMove(at(x, y), [], 6);
        expect(Math.abs((x + dx) % 4) + Math.abs((y + dy) % 4)).toBe(0);
        expect(Math.abs(dx) <= 2 && Math.abs(dy) <= 2).toBe(true);
        expect(guides).toEqual([]);
      }),
      { seed: 4 },
    );
  });
});

describe('nextInDirection', () => {
  const boxes = new Map([
    ['middle', at(0, 0)],
    ['right', at(300, 20)],
    ['farRight', at(800, 0)],
    ['below', at(30, 200)],
    ['aside', at(120, 900)],
    ['left', at(-300, -10)],
  ]);
  const next = (direction: 'left' | 'right' | 'up' | 'down') => nextInDirection(boxes, 'middle', at(0, 0), direction);

  it('is the nearest one ahead', () => {
    expect([next('right'), next('left'), next('down'), next('up')]).toEqual(['right', 'left', 'below', undefined]);
  });
});

describe('align', () => {
  const boxes = [
    ['a', at(0, 0)],
    ['b', at(210, 50, 60)],
    ['c', at(400, 300)],
  ] as const;

  it('moves boxes to a common edge or middle', () => {
    expect([...align(boxes, 'left').values()].map((spot) => spot.x)).toEqual([0, 0, 0]);
    expect([...align(boxes, 'right').values()].map((spot) => spot.x)).toEqual([400, 440, 400]);
    expect([...align(boxes, 'middle').values()].map((spot) => spot.y)).toEqual([150, 150, 150]);
  });

  it('makes gaps equal, the outer two staying', () => {
    const spots = align(boxes, 'distributeX');
    expect([...spots].map(([id, spot]) => [id, spot.x])).toEqual([
      ['a', 0],
      ['b', 220],
      ['c', 400],
    ]);
  });
});

describe('bends', () => {
  const line = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 200 },
    { x: 300, y: 200 },
  ];

  it('are made by moving a part across; the first and last parts belong to their rows', () => {
    expect(segmentsOf(line)).toEqual([{ index: 1, vertical: true, middle: { x: 100, y: 100 } }]);
    const segment = segmentAt(line, 103, 60, 6);
    if (segment === undefined) throw new Error('the vertical part is there');
    expect(bendSegment(line, segment, { x: 160, y: 90 })).toEqual([
      { x: 160, y: 0 },
      { x: 160, y: 200 },
    ]);
    expect(segmentAt(line, 50, 0, 6)).toBeUndefined();
  });
});
