import type { Point } from '#paint/glyph.ts';
import { simplify } from '#paint/route-line.ts';

/** A part of a line that can be dragged: every one between two corners. */
export interface Segment {
  /** Number of its first corner. */
  readonly index: number;
  readonly vertical: boolean;
  readonly middle: Point;
}

/** The draggable parts of an orthogonal line: not the first and last, which are tied to their rows. */
export function segmentsOf(points: readonly Point[]): Segment[] {
  const found: Segment[] = [];
  for (let index = 1; index < points.length - 2; index++) {
    const a = points[index] as Point;
    const b = points[index + 1] as Point;
    if (Math.abs(a.x - b.x) + Math.abs(a.y - b.y) < 10) continue;
    found.push({ index, vertical: a.x === b.x, middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } });
  }
  return found;
}

/** The segment near a point. */
export function segmentAt(points: readonly Point[], x: number, y: number, reach: number): Segment | undefined {
  return segmentsOf(points).find(({ index, vertical, middle }) => {
    const a = points[index] as Point;
    const b = points[index + 1] as Point;
    const across = vertical ? Math.abs(x - middle.x) : Math.abs(y - middle.y);
    const along = vertical
      ? y >= Math.min(a.y, b.y) && y <= Math.max(a.y, b.y)
      : x >= Math.min(a.x, b.x) && x <= Math.max(a.x, b.x);
    return across <= reach && along;
  });
}

/** The bends of a line after one of its parts was moved across: its inner corners. */
export function bendSegment(points: readonly Point[], segment: Segment, to: Point): Point[] {
  const moved = points.map((point, at) => {
    if (at !== segment.index && at !== segment.index + 1) return point;
    return segment.vertical ? { x: Math.round(to.x), y: point.y } : { x: point.x, y: Math.round(to.y) };
  });
  return simplify(moved.slice(1, -1));
}
