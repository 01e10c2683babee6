import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps, type Rect } from '#lib/grid.ts';
import { tableSize } from '#model/derive/geometry.ts';
import { generatedDocument } from '#test/generated-document.ts';
import { runs } from '#test/runs.ts';
import { foldColumns } from './columns.ts';
import { communities, MOST } from './communities.ts';
import { components, layout } from './layout.ts';
import { pack } from './pack.ts';
import type { LayoutInput } from './types.ts';

function inputOf(count: number): LayoutInput {
  const document = generatedDocument(count);
  return {
    nodes: Object.values(document.tables).map((table) => ({ id: table.id, kind: table.schema, ...tableSize(document, table) })),
    edges: Object.values(document.relationships).map(({ child, parent }) => ({ child, parent })),
  };
}

function overlapping(boxes: readonly Rect[]): number {
  const sorted = [...boxes].sort((a, b) => a.x - b.x);
  let count = 0;
  for (const [at, a] of sorted.entries()) {
    for (let i = at + 1; i < sorted.length && (sorted[i] as Rect).x < a.x + a.width; i++)
      if (overlaps(a, sorted[i] as Rect)) count += 1;
  }
  return count;
}

describe('layout', () => {
  it.each([3, 60, 500])('of %i tables overlaps nothing and has the shape of a screen', async (count) => {
    const input = inputOf(count);
    const { spots } = await layout(input);
    const boxes = input.nodes.map((node) => ({ ...node, ...(spots[node.id] as { x: number; y: number }) }));
    expect(boxes.every((box) => Number.isFinite(box.x) && Number.isFinite(box.y))).toBe(true);
    expect(overlapping(boxes)).toBe(0);
    if (count < 60) return;
    const aspect = Math.max(...boxes.map((box) => box.x + box.width)) / Math.max(...boxes.map((box) => box.y + box.height));
    expect(aspect).toBeGreaterThan(1);
    expect(aspect).toBeLessThan(2.5);
  });

  it('gives the same picture twice', async () => {
    expect(await layout(inputOf(120))).toEqual(await layout(inputOf(120)));
  });

  it('stands parents left of their children', async () => {
    const nodes = ['a', 'b', 'c'].map((id) => ({ id, width: 200, height: 100 }));
    const edges = [
      { child: 'b', parent: 'a' },
      { child: 'c', parent: 'b' },
    ];
    const { spots } = await layout({ nodes, edges });
    expect(spots['a']?.x).toBeLessThan(spots['b']?.x ?? 0);
    expect(spots['b']?.x).toBeLessThan(spots['c']?.x ?? 0);
  });

  it('keeps groups together inside of their box and everything else outside of it', async () => {
    const input = inputOf(80);
    const members = input.nodes.slice(0, 12).map((node) => node.id);
    const { spots, groups } = await layout({ ...input, groups: [{ id: 'g', nodes: members }] });
    const box = groups['g'] as Rect;
    for (const node of input.nodes) {
      const rect = { ...node, ...(spots[node.id] as { x: number; y: number }) };
      const within =
        rect.x >= box.x &&
        rect.y >= box.y &&
        rect.x + rect.width <= box.x + box.width &&
        rect.y + rect.height <= box.y + box.height;
      expect(members.includes(node.id) ? within : overlaps(rect, box)).toBe(members.includes(node.id));
    }
  });

  it('says how far it is', async () => {
    const told: number[] = [];
    await layout(inputOf(200), (done) => told.push(done));
    expect(told.at(-1)).toBe(1);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
  });

  it('takes hubs, self references, duplicates and nothing at all', async () => {
    expect((await layout({ nodes: [], edges: [] })).spots).toEqual({});
    const nodes = Array.from({ length: 50 }, (_, at) => ({ id: String(at), width: 200, height: 150 }));
    const edges = nodes.flatMap(({ id }) => [
      { child: id, parent: '0' },
      { child: id, parent: '0' },
      { child: id, parent: id },
    ]);
    const { spots } = await layout({ nodes, edges });
    const boxes = nodes.map((node) => ({ ...node, ...(spots[node.id] as { x: number; y: number }) }));
    expect(overlapping(boxes)).toBe(0);
    const width = Math.max(...boxes.map((box) => box.x + box.width));
    const height = Math.max(...boxes.map((box) => box.y + box.height));
    expect(width / height).toBeGreaterThan(0.9);
  });
});

describe('pack', () => {
  it('never overlaps, gap included', () => {
    const size = fc.record({ width: fc.integer({ min: 1, max: 900 }), height: fc.integer({ min: 1, max: 900 }) });
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 80 }), (sizes, gap) => {
        const boxes = sizes.map((one, at) => ({ id: String(at), ...one }));
        const { spots, width, height } = pack(boxes, gap);
        const placed = boxes.map((box) => ({ ...box, ...(spots.get(box.id) as { x: number; y: number }) }));
        const grown = placed.map((box) => ({ ...box, width: box.width + gap - 0.001, height: box.height + gap - 0.001 }));
        expect(overlapping(grown)).toBe(0);
        for (const box of placed) expect(box.x + box.width <= width && box.y + box.height <= height).toBe(true);
      }),
      runs(8, 200),
    );
  });
});

describe('communities', () => {
  it('put every box into exactly one cluster, none larger than can be read but that of the unconnected', () => {
    const { nodes, edges } = inputOf(700);
    const found = communities(nodes, edges);
    const all = found.flat().map((node) => node.id);
    expect(all).toHaveLength(700);
    expect(new Set(all).size).toBe(700);
    expect(found.slice(0, -1).every((one) => one.length <= MOST)).toBe(true);
  });
});

describe('components', () => {
  it('are what lines connect', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, width: 1, height: 1 }));
    const sets = components(nodes, [
      { child: 'a', parent: 'c' },
      { child: 'd', parent: 'c' },
    ]);
    expect(sets.map((set) => set.map((node) => node.id).join(''))).toEqual(['acd', 'b', 'e']);
  });
});

describe('foldColumns', () => {
  it('folds a ribbon into a block, in order and without overlap', () => {
    const layer = Array.from({ length: 40 }, (_, at) => ({ id: String(at), width: 200, height: 120 }));
    const block = foldColumns('b', [[{ id: 'hub', width: 200, height: 120 }], layer]);
    expect(block.spots.size).toBe(41);
    expect(block.width / block.height).toBeGreaterThan(0.8);
    const boxes = [...block.spots.values()].map((spot) => ({ ...spot, width: 200, height: 120 }));
    expect(overlapping(boxes)).toBe(0);
  });
});
