import type { Rect } from '#lib/grid.ts';
import { snap } from '#model/derive/place.ts';

/** A line that shows with what the moved thing is aligned; canvas pixels. */
export interface Guide {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Snapped {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

interface Fit {
  readonly delta: number;
  readonly at: number;
  readonly other: Rect;
}

function lines(rect: Rect, axis: 'x' | 'y'): readonly number[] {
  const start = axis === 'x' ? rect.x : rect.y;
  const length = axis === 'x' ? rect.width : rect.height;
  return [start, start + length / 2, start + length];
}

function nearest(moving: Rect, others: readonly Rect[], axis: 'x' | 'y', tolerance: number): Fit | undefined {
  let best: Fit | undefined;
  const mine = lines(moving, axis);
  for (const other of others) {
    const theirs = lines(other, axis);
    for (const [kind, line] of mine.entries()) {
      // Middles align with middles, edges with edges.
      for (const [otherKind, at] of theirs.entries()) {
        if ((kind === 1) !== (otherKind === 1)) continue;
        const delta = at - line;
        if (Math.abs(delta) <= tolerance && (best === undefined || Math.abs(delta) < Math.abs(best.delta)))
          best = { delta, at, other };
      }
    }
  }
  return best;
}

/**
 * Where a drag really ends: on a line with an edge or middle of something near by, otherwise on the 4 px grid.
 * @param moving the box as the pointer would have it. @param tolerance canvas pixels within which it is drawn to a line.
 */
export function snapMove(moving: Rect, others: readonly Rect[], tolerance: number): Snapped {
  const x = nearest(moving, others, 'x', tolerance);
  const y = nearest(moving, others, 'y', tolerance);
  const dx = x?.delta ?? snap(moving.x) - moving.x;
  const dy = y?.delta ?? snap(moving.y) - moving.y;
  const end = { x: moving.x + dx, y: moving.y + dy };
  const guides: Guide[] = [];
  if (x !== undefined) {
    const from = Math.min(end.y, x.other.y);
    guides.push({ axis: 'x', at: x.at, from, to: Math.max(end.y + moving.height, x.other.y + x.other.height) });
  }
  if (y !== undefined) {
    const from = Math.min(end.x, y.other.x);
    guides.push({ axis: 'y', at: y.at, from, to: Math.max(end.x + moving.width, y.other.x + y.other.width) });
  }
  return { dx, dy, guides };
}
