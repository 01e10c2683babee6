import type { Rect } from '#lib/grid.ts';
import { GLYPH_LENGTH, type Point } from './glyph.ts';

/** One end of a line: a table's box and the height on the canvas where the line meets it. */
export interface Anchor {
  readonly box: Rect;
  readonly y: number;
}

export interface RouteRequest {
  readonly id: string;
  readonly from: Anchor;
  readonly to: Anchor;
  /** Bends a person gave it. */
  readonly bends?: readonly Point[];
  /** Lines with the same key run together where they can, such as all that lead to one parent row. */
  readonly channel: string;
}

export interface Route {
  /** Corners of an orthogonal line, ends included. */
  readonly points: readonly Point[];
  /** 1 = leaves the box to the right, -1 = to the left. */
  readonly fromSide: 1 | -1;
  readonly toSide: 1 | -1;
}

/** Straight part at each end, in pixels. */
export const STUB = GLYPH_LENGTH + 4;

export function edgeX(anchor: Anchor, side: 1 | -1): number {
  return side > 0 ? anchor.box.x + anchor.box.width : anchor.box.x;
}

/** Drops corners that are no corners. */
export function simplify(points: readonly Point[]): Point[] {
  const out: Point[] = [];
  for (const point of points) {
    const last = out.at(-1);
    if (last !== undefined && last.x === point.x && last.y === point.y) continue;
    const before = out.at(-2);
    if (last !== undefined && before !== undefined) {
      const straight = (before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y);
      if (straight) out.pop();
    }
    out.push(point);
  }
  return out;
}

/** Makes a line through given bends orthogonal: it leaves both boxes sideways and turns at right angles. */
export function throughBends(request: RouteRequest, bends: readonly Point[]): Route {
  const { from, to } = request;
  const first = bends[0] as Point;
  const last = bends.at(-1) as Point;
  const fromSide = first.x < from.box.x + from.box.width / 2 ? -1 : 1;
  const toSide = last.x < to.box.x + to.box.width / 2 ? -1 : 1;
  const ax = edgeX(from, fromSide);
  const bx = edgeX(to, toSide);
  const clear = (x: number, edge: number, side: 1 | -1) => (side * (x - edge) < GLYPH_LENGTH ? edge + side * STUB : x);
  const points: Point[] = [{ x: ax, y: from.y }];
  let at: Point = { x: clear(first.x, ax, fromSide), y: from.y };
  points.push(at);
  for (const bend of [...bends, { x: clear(last.x, bx, toSide), y: to.y }]) {
    if (at.x !== bend.x && at.y !== bend.y) points.push({ x: at.x, y: bend.y });
    points.push(bend);
    at = bend;
  }
  points.push({ x: bx, y: to.y });
  return { points: simplify(points), fromSide, toSide };
}

const STUB_LENGTH = 70;

/** The beginning of a line whose other end is out of sight: it points to the side where that end is. */
export function stubLine(anchor: Anchor, towards: number): { readonly points: readonly Point[]; readonly side: 1 | -1 } {
  const side = towards < anchor.box.x + anchor.box.width / 2 ? -1 : 1;
  const x = edgeX(anchor, side);
  return {
    points: [
      { x, y: anchor.y },
      { x: x + side * STUB_LENGTH, y: anchor.y },
    ],
    side,
  };
}
