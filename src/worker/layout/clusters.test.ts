import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '#lib/grid.ts';
import { tableSize } from '#model/derive/geometry.ts';
import { crossingsPerEdge, overlapCount } from '#test/layout-metrics.ts';
import { runs } from '#test/runs.ts';
import { generateTables, schemaDocument } from '#test/schema-gen.ts';
import { foldColumns } from './columns.ts';
import { layersOf } from './layers.ts';
import { layout } from './layout.ts';
import { pack } from './pack.ts';
import { packRelated } from './pack-related.ts';
import { refine } from './refine.ts';
import type { Block, LayoutEdge, LayoutInput, LayoutNode } from './types.ts';

function inputOf(count: number, seed = 42): LayoutInput {
  const document = schemaDocument(generateTables(count, seed));
  return {
    nodes: Object.values(document.tables).map((table) => ({ id: table.id, ...tableSize(document, table) })),
    edges: Object.values(document.relationships).map(({ child, parent }) => ({ child, parent })),
  };
}

function placed(nodes: readonly LayoutNode[], block: Pick<Block, 'spots'>): Map<string, Rect> {
  return new Map(nodes.map((node) => [node.id, { ...node, ...(block.spots.get(node.id) as { x: number; y: number }) }]));
}

const graph = fc.record({
  count: fc.integer({ min: 1, max: 25 }),
  lines: fc.array(fc.tuple(fc.nat(24), fc.nat(24)), { maxLength: 50 }),
});

describe('layersOf', () => {
  it('stand every box once, and parents left of children where lines make no cycle', () => {
    fc.assert(
      fc.property(graph, ({ count, lines }) => {
        const nodes = Array.from({ length: count }, (_, at) => ({ id: String(at), width: 200, height: 100 }));
        // Children have larger numbers than their parents: no cycle.
        const edges = lines.flatMap(([a, b]): LayoutEdge[] => {
          const [parent, child] = [Math.min(a, b) % count, Math.max(a, b) % count];
          return parent < child ? [{ child: String(child), parent: String(parent) }] : [];
        });
        const layers = layersOf(nodes, edges);
        const layer = new Map(layers.flatMap((list, at) => list.map((node) => [node.id, at] as const)));
        expect(layers.flat()).toHaveLength(count);
        expect(layer.size).toBe(count);
        for (const { child, parent } of edges) expect(layer.get(parent)).toBeLessThan(layer.get(child) ?? -1);
      }),
      runs(21, 200),
    );
  });

  it('take cycles and self references', () => {
    const nodes = ['a', 'b', 'c'].map((id) => ({ id, width: 200, height: 100 }));
    const edges = [
      { child: 'a', parent: 'b' },
      { child: 'b', parent: 'c' },
      { child: 'c', parent: 'a' },
      { child: 'a', parent: 'a' },
    ];
    expect(
      layersOf(nodes, edges)
        .flat()
        .map((node) => node.id)
        .sort(),
    ).toEqual(['a', 'b', 'c']);
  });
});

describe('refine', () => {
  it('keeps every box apart and inside, and leaves no more crossings than there were', () => {
    const { nodes, edges } = inputOf(45, 7);
    const block = foldColumns('b', layersOf(nodes, edges));
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const better = refine(block, byId, edges, { outside: new Map(), turns: 2500 });
    const [before, after] = [placed(nodes, block), placed(nodes, better)];
    expect(overlapCount([...after.values()])).toBe(0);
    for (const box of after.values()) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(block.width + 1);
      expect(box.y + box.height).toBeLessThanOrEqual(block.height + 2);
    }
    expect(crossingsPerEdge(after, edges)).toBeLessThan(crossingsPerEdge(before, edges) * 0.6);
  });

  it('leaves what is not made of columns alone', () => {
    const block: Block = { id: 'b', width: 200, height: 100, spots: new Map([['a', { x: 0, y: 0 }]]) };
    expect(refine(block, new Map(), [], { outside: new Map(), turns: 10 })).toBe(block);
  });
});

describe('packRelated', () => {
  it('packs blocks that many lines join nearer to each other than packing by size does, without overlap', () => {
    const blocks = Array.from({ length: 14 }, (_, at): Block => {
      const height = 400 + ((at * 137) % 500);
      return { id: `b${at}`, width: 600 + ((at * 211) % 400), height, spots: new Map([[`n${at}`, { x: 20, y: 20 }]]) };
    });
    const edges = blocks.flatMap((_, at) => (at === 0 ? [] : [{ child: `n${at}`, parent: `n${(at * 5) % at}` }]));
    const length = (spots: ReadonlyMap<string, { x: number; y: number }>) =>
      edges.reduce((sum, { child, parent }) => {
        const [a, b] = [spots.get(child.replace('n', 'b')), spots.get(parent.replace('n', 'b'))];
        return sum + Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0));
      }, 0);
    const related = packRelated(blocks, edges, 100);
    const boxes = blocks.map((block) => ({ ...block, ...(related.spots.get(block.id) as { x: number; y: number }) }));
    expect(overlapCount(boxes)).toBe(0);
    expect(length(related.spots)).toBeLessThan(length(pack(blocks, 100).spots));
  });
});

describe('layout', () => {
  it('of 1,000 generated tables: nothing overlaps, at most 11 crossings a line, the shape of a screen', async () => {
    const { nodes, edges } = inputOf(1000);
    const { spots, communities } = await layout({ nodes, edges });
    const boxes = placed(nodes, { spots: new Map(Object.entries(spots)) });
    expect(overlapCount([...boxes.values()])).toBe(0);
    expect(crossingsPerEdge(boxes, edges)).toBeLessThanOrEqual(11);
    expect(communities.length).toBeGreaterThan(10);
    const width = Math.max(...[...boxes.values()].map((box) => box.x + box.width));
    const height = Math.max(...[...boxes.values()].map((box) => box.y + box.height));
    expect(width / height).toBeGreaterThan(1);
    expect(width / height).toBeLessThan(2);
  });

  it('never overlaps, whatever the schema, in rows and with groups in groups too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 140 }), fc.nat(99), fc.boolean(), async (count, seed, rows) => {
        const { nodes, edges } = inputOf(count, seed);
        const members = (from: number, to: number) => nodes.slice(from, to).map((node) => node.id);
        const groups = [
          { id: 'outer', nodes: members(0, 6) },
          { id: 'inner', nodes: members(6, 11), within: 'outer' },
        ];
        const out = await layout({ nodes, edges, groups, ...(rows ? { way: 'grid' as const } : {}) });
        const boxes = placed(nodes, { spots: new Map(Object.entries(out.spots)) });
        expect(overlapCount([...boxes.values()])).toBe(0);
        const inside = (a: Rect, b: Rect) =>
          a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
        const [outer, inner] = [out.groups['outer'] as Rect, out.groups['inner'] as Rect];
        expect(inside(inner, outer)).toBe(true);
        for (const [at, node] of nodes.entries()) {
          const box = boxes.get(node.id) as Rect;
          expect(inside(box, outer)).toBe(at < 11);
          expect(inside(box, inner)).toBe(at >= 6 && at < 11);
        }
      }),
      runs(17, 10),
    );
  });
});
