import { expect, it } from 'vitest';
import type { Proposal, ProposedTable } from '#engine/decompose/types.ts';
import { drawGhosts, GHOST } from './ghosts.ts';

const part = (at: number, ...columns: string[]): ProposedTable => ({
  remainder: at === 0,
  name: `t${at}`,
  columns,
  moved: columns,
  key: columns.slice(0, 1),
  keepsKey: false,
  unique: [],
  unenforced: [],
  nullable: [],
  policies: [],
});

const PROPOSAL: Proposal = {
  table: 't',
  tables: [
    part(0, 'a', 'b', 'x'),
    part(1, 'b', 'c'),
    part(2, 'c', 'd'),
    part(3, 'x', ...Array.from({ length: 20 }, (_, n) => `y${n}`)),
  ],
  links: [
    { child: 0, parent: 1, columns: ['b'] },
    { child: 1, parent: 2, columns: ['c'] },
    { child: 0, parent: 3, columns: ['x'] },
  ],
  joins: [],
  lost: [],
  repeats: false,
};

it('tables stand right of those that refer to them and never on each other', () => {
  const { ghosts, edges, width, height } = drawGhosts(PROPOSAL);
  expect(ghosts.map(({ x }) => x / (GHOST.width + GHOST.gapX))).toEqual([0, 1, 2, 1]);
  for (const [i, one] of ghosts.entries()) {
    expect(one.x + GHOST.width).toBeLessThanOrEqual(width);
    expect(one.y + one.height).toBeLessThanOrEqual(height);
    for (const other of ghosts.slice(i + 1)) {
      if (one.x === other.x) expect(one.y + one.height <= other.y || other.y + other.height <= one.y).toBe(true);
    }
  }
  expect(edges.map(({ key }) => key)).toEqual(['0-1', '1-2', '0-3']);
});

it('lines run from the row of the foreign key to the row of the key, with corners at right angles', () => {
  const { ghosts, edges } = drawGhosts(PROPOSAL);
  const [first] = edges;
  expect(first?.points[0]).toEqual([GHOST.width, GHOST.head + GHOST.row * 1.5]);
  expect(first?.points[3]).toEqual([ghosts[1]?.x, (ghosts[1]?.y ?? 0) + GHOST.head + GHOST.row / 2]);
  for (const { points } of edges) {
    points.slice(1).forEach(([x, y], at) => {
      const before = points[at] as readonly [number, number];
      expect(before[0] === x || before[1] === y).toBe(true);
    });
  }
});

it('long tables are cut, and what is left out is counted', () => {
  const long = drawGhosts(PROPOSAL).ghosts[3];
  expect(long?.columns).toHaveLength(GHOST.most - 1);
  expect(long?.more).toBe(21 - (GHOST.most - 1));
});
