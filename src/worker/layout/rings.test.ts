import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '#lib/grid.ts';
import { overlapCount } from '#test/layout-metrics.ts';
import { runs } from '#test/runs.ts';
import { rings } from './rings.ts';
import type { LayoutEdge, LayoutNode } from './types.ts';

function boxesOf(nodes: readonly LayoutNode[], spots: ReadonlyMap<string, { x: number; y: number }>): Rect[] {
  return nodes.map((node) => ({ ...node, ...(spots.get(node.id) as { x: number; y: number }) }));
}

const distance = (boxes: readonly Rect[], a: number, b: number) => {
  const [one, other] = [boxes[a] as Rect, boxes[b] as Rect];
  return Math.hypot(one.x + one.width / 2 - other.x - other.width / 2, one.y + one.height / 2 - other.y - other.height / 2);
};

describe('rings', () => {
  it('overlap nothing, whatever the boxes and lines, and place every box', () => {
    const size = fc.record({ width: fc.integer({ min: 168, max: 340 }), height: fc.integer({ min: 60, max: 900 }) });
    const lines = fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 60 });
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 30 }), lines, (sizes, pairs) => {
        const nodes = sizes.map((one, at) => ({ id: String(at), ...one }));
        const edges = pairs.map(([a, b]): LayoutEdge => ({ child: String(a % nodes.length), parent: String(b % nodes.length) }));
        const block = rings(nodes, edges, ['0']);
        const boxes = boxesOf(nodes, block.spots);
        expect(block.spots.size).toBe(nodes.length);
        expect(overlapCount(boxes)).toBe(0);
        for (const box of boxes) expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= block.width + 1).toBe(true);
      }),
      runs(12, 80),
    );
  });

  it('stand further out the more relationships lie between', () => {
    const nodes = Array.from({ length: 7 }, (_, at) => ({ id: String(at), width: 200, height: 150 }));
    const edges = [
      { child: '1', parent: '0' },
      { child: '2', parent: '0' },
      { child: '0', parent: '3' },
      { child: '4', parent: '1' },
      { child: '5', parent: '4' },
    ];
    const boxes = boxesOf(nodes, rings(nodes, edges, ['0']).spots);
    for (const near of [1, 2, 3]) expect(distance(boxes, 0, near)).toBeLessThan(distance(boxes, 0, 4));
    expect(distance(boxes, 0, 4)).toBeLessThan(distance(boxes, 0, 5));
    // What nothing leads to stands below all.
    expect((boxes[6] as Rect).y).toBeGreaterThan(Math.max(...boxes.slice(0, 6).map((box) => box.y + box.height)));
  });
});
