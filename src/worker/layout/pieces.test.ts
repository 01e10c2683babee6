import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { foldColumns } from './columns.ts';
import { communities, MOST } from './communities.ts';
import { layersOf } from './layers.ts';
import { numbers } from './numbers.ts';
import { ASPECT, pack, packWithin } from './pack.ts';
import { packRelated } from './pack-related.ts';
import type { Block, LayoutEdge, LayoutNode, Spot } from './types.ts';

const sizes = fc.array(fc.record({ width: fc.integer({ min: 40, max: 400 }), height: fc.integer({ min: 30, max: 600 }) }), {
  minLength: 1,
  maxLength: 24,
});

const nodesOf = (all: readonly { width: number; height: number }[]): LayoutNode[] =>
  all.map((size, at) => ({ id: `n${at}`, ...size }));

/** Lines between random ones of so many boxes; cycles and lines of a box to itself among them. */
const edges = (count: number) =>
  fc.array(
    fc
      .record({ child: fc.nat(count - 1), parent: fc.nat(count - 1) })
      .map(({ child, parent }): LayoutEdge => ({ child: `n${child}`, parent: `n${parent}` })),
    { maxLength: count * 2 },
  );

/** Pairs that are nearer to each other than the gap: every pair is looked at. */
function tooNear(nodes: readonly LayoutNode[], spots: ReadonlyMap<string, Spot>, gap: number): string[] {
  const found: string[] = [];
  for (const [at, a] of nodes.entries()) {
    for (const b of nodes.slice(at + 1)) {
      const [p, q] = [spots.get(a.id), spots.get(b.id)];
      if (p === undefined || q === undefined) return ['one has no place'];
      const apart =
        p.x + a.width + gap <= q.x || q.x + b.width + gap <= p.x || p.y + a.height + gap <= q.y || q.y + b.height + gap <= p.y;
      if (!apart) found.push(`${a.id} ${b.id}`);
    }
  }
  return found;
}

const block = ({ id, width, height }: LayoutNode): Block => ({ id, width, height, spots: new Map([[`${id}.t`, { x: 0, y: 0 }]]) });

describe('packing', () => {
  it('keeps all boxes the gap apart, within the width and height it says', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 90 }), (all, gap) => {
        const nodes = nodesOf(all);
        const packed = pack(nodes, gap);
        expect(tooNear(nodes, packed.spots, gap)).toEqual([]);
        expect(packed.width).toBe(Math.max(...nodes.map((one) => (packed.spots.get(one.id)?.x ?? 0) + one.width)));
        expect(packed.height).toBe(Math.max(...nodes.map((one) => (packed.spots.get(one.id)?.y ?? 0) + one.height)));
      }),
      runs(81, 60),
    );
  });

  it('stays within a width, and leaves out what is wider', () => {
    const packed = packWithin(
      nodesOf([
        { width: 50, height: 10 },
        { width: 120, height: 10 },
        { width: 50, height: 10 },
      ]),
      110,
      10,
    );
    expect([...packed.spots]).toEqual([
      ['n0', { x: 0, y: 0 }],
      ['n2', { x: 60, y: 0 }],
    ]);
  });

  it('comes near the shape of a screen with many boxes of one size', () => {
    const { width, height } = pack(nodesOf(Array.from({ length: 60 }, () => ({ width: 200, height: 120 }))), 20);
    expect(width / height).toBeGreaterThan(ASPECT / 1.35);
    expect(width / height).toBeLessThan(ASPECT * 1.35);
  });

  it('puts related blocks near each other without letting any overlap, the same each time', () => {
    const nodes = nodesOf(Array.from({ length: 16 }, () => ({ width: 300, height: 200 })));
    // Four rings of four: far apart in the order they are packed in by themselves.
    const tied = nodes.map((_, at): LayoutEdge => ({ child: `n${at}.t`, parent: `n${(at + 4) % 16}.t` }));
    const blocks = nodes.map(block);
    const length = (spots: ReadonlyMap<string, Spot>) =>
      tied.reduce((sum, { child, parent }) => {
        const [p, q] = [spots.get(child.slice(0, -2)) as Spot, spots.get(parent.slice(0, -2)) as Spot];
        return sum + Math.hypot(p.x - q.x, p.y - q.y);
      }, 0);
    const related = packRelated(blocks, tied, 100);
    expect(tooNear(nodes, related.spots, 100)).toEqual([]);
    expect(length(related.spots)).toBeLessThan(length(pack(blocks, 100).spots));
    expect([...packRelated(blocks, tied, 100).spots]).toEqual([...related.spots]);
  });
});

describe('layers', () => {
  it('hold every box once; without cycles each child stands right of its parents', () => {
    fc.assert(
      fc.property(edges(20), fc.boolean(), (given, cyclic) => {
        const nodes = nodesOf(Array.from({ length: 20 }, () => ({ width: 100, height: 50 })));
        const number = (id: string) => Number(id.slice(1));
        const used = cyclic ? given : given.filter(({ child, parent }) => number(child) > number(parent));
        const layers = layersOf(nodes, used);
        expect(
          layers
            .flat()
            .map((one) => one.id)
            .sort(),
        ).toEqual(nodes.map((one) => one.id).sort());
        if (cyclic) return;
        const at = new Map(layers.flatMap((layer, index) => layer.map((one) => [one.id, index] as const)));
        for (const { child, parent } of used) expect(at.get(child)).toBeGreaterThan(at.get(parent) as number);
      }),
      runs(82, 60),
    );
  });

  it('become columns in which no boxes touch, each id once and where it is said to stand', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 6 }), (all, count) => {
        const nodes = nodesOf(all);
        const layers = Array.from({ length: count }, (_, at) => nodes.filter((_node, index) => index % count === at));
        const folded = foldColumns('f', layers);
        expect(tooNear(nodes, folded.spots, 40)).toEqual([]);
        expect((folded.columns ?? []).flat().sort()).toEqual(nodes.map((one) => one.id).sort());
        for (const column of folded.columns ?? []) {
          expect(new Set(column.map((id) => folded.spots.get(id)?.x)).size).toBe(1);
          const tops = column.map((id) => folded.spots.get(id)?.y ?? 0);
          expect(tops).toEqual(tops.toSorted((a, b) => a - b));
        }
      }),
      runs(83, 60),
    );
  });
});

describe('communities', () => {
  it('hold every box once, none too large, what has no lines as the last', () => {
    fc.assert(
      fc.property(edges(90), (given) => {
        const nodes = nodesOf(Array.from({ length: 90 }, () => ({ width: 100, height: 50 })));
        const found = communities(nodes, given);
        expect(
          found
            .flat()
            .map((one) => one.id)
            .sort(),
        ).toEqual(nodes.map((one) => one.id).sort());
        const linked = new Set(given.flatMap(({ child, parent }) => (child === parent ? [] : [child, parent])));
        const alone = nodes.filter((one) => !linked.has(one.id));
        if (alone.length > 0) expect(found.at(-1)).toEqual(alone);
        for (const part of alone.length > 0 ? found.slice(0, -1) : found) expect(part.length).toBeLessThanOrEqual(MOST * 1.5);
      }),
      runs(84, 20),
    );
  });

  it('find two cliques that one line ties', () => {
    const clique = (from: number): LayoutEdge[] =>
      Array.from({ length: 13 }, (_, a) => a).flatMap((a) =>
        Array.from({ length: a }, (_, b) => ({ child: `n${from + a}`, parent: `n${from + b}` })),
      );
    const nodes = nodesOf(Array.from({ length: 26 }, () => ({ width: 1, height: 1 })));
    const found = communities(nodes, [...clique(0), ...clique(13), { child: 'n13', parent: 'n0' }]);
    const sets = found.map((part) => part.map((one) => Number(one.id.slice(1))).sort((a, b) => a - b));
    const range = (from: number) => Array.from({ length: 13 }, (_, at) => from + at);
    expect(sets.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([range(0), range(13)]);
  });
});

it('numbers are the same for a seed, spread over 0 to 1', () => {
  const [a, b, c] = [numbers(7), numbers(7), numbers(8)];
  const first = Array.from({ length: 2000 }, a);
  expect(Array.from({ length: 2000 }, b)).toEqual(first);
  expect(c()).not.toBe(first[0]);
  expect(first.every((one) => one >= 0 && one < 1)).toBe(true);
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = first.filter((one) => Math.floor(one * 10) === tenth).length;
    expect(share).toBeGreaterThan(140);
    expect(share).toBeLessThan(260);
  }
});
