import { levelsOf } from '#engine/decompose/place.ts';
import type { Proposal } from '#engine/decompose/types.ts';
import type { Id } from '#model/types.ts';

/** Sizes of the small drawing, in pixels. */
export const GHOST = { width: 176, head: 26, row: 18, gapX: 72, gapY: 22, most: 9 } as const;

export interface Ghost {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** Columns that are shown; the rest is counted. */
  readonly columns: readonly Id[];
  readonly more: number;
}

export interface GhostEdge {
  readonly key: string;
  /** Corners of the line from child to parent. */
  readonly points: readonly (readonly [number, number])[];
}

export interface GhostDrawing {
  readonly ghosts: readonly Ghost[];
  readonly edges: readonly GhostEdge[];
  readonly width: number;
  readonly height: number;
}

function yOfRow(ghost: Ghost, columns: readonly Id[]): number {
  const row = Math.max(
    0,
    ghost.columns.findIndex((id) => columns.includes(id)),
  );
  return ghost.y + GHOST.head + GHOST.row * row + GHOST.row / 2;
}

/** Places the tables of a proposal in columns from left to right, each right of those that refer to it. */
export function drawGhosts(proposal: Proposal): GhostDrawing {
  const levels = levelsOf(proposal);
  const bottoms: number[] = [];
  const ghosts = proposal.tables.map(({ columns }, at): Ghost => {
    const level = levels[at] ?? 0;
    const shown = columns.length > GHOST.most ? columns.slice(0, GHOST.most - 1) : columns;
    const more = columns.length - shown.length;
    const height = GHOST.head + GHOST.row * (shown.length + (more > 0 ? 1 : 0)) + 6;
    const y = bottoms[level] ?? 0;
    bottoms[level] = y + height + GHOST.gapY;
    return { at, x: level * (GHOST.width + GHOST.gapX), y, height, columns: shown, more };
  });
  const edges = proposal.links.flatMap(({ child, parent, columns }): GhostEdge[] => {
    const [from, to] = [ghosts[child], ghosts[parent]];
    if (from === undefined || to === undefined) return [];
    const start = [from.x + GHOST.width, yOfRow(from, columns)] as const;
    const end = [to.x, yOfRow(to, columns)] as const;
    // Each line turns at a place of its own between the columns.
    const turn = end[0] - GHOST.gapX / 2 + ((parent % 5) - 2) * 6;
    return [{ key: `${child}-${parent}`, points: [start, [turn, start[1]], [turn, end[1]], end] }];
  });
  return {
    ghosts,
    edges,
    width: (Math.max(0, ...levels) + 1) * (GHOST.width + GHOST.gapX) - GHOST.gapX,
    height: Math.max(0, ...bottoms.filter((one) => one !== undefined)) - GHOST.gapY,
  };
}
