import type { Point } from './glyph.ts';
import type { Blocks } from './route-blocks.ts';
import { type Anchor, edgeX, type Route, type RouteRequest, STUB } from './route-line.ts';

/** Where an end now meets its box, and the corner after it brought to the same height; undefined when it no longer fits. */
function moved(anchor: Anchor, side: 1 | -1, corner: Point): readonly [Point, Point] | undefined {
  const x = edgeX(anchor, side);
  if (side * (corner.x - x) < STUB) return undefined;
  const y = Math.round(anchor.y);
  return [
    { x, y },
    { x: corner.x, y },
  ];
}

/**
 * A line's last way with its ends where they are now: what a line being dragged needs from one frame to the next. It costs
 * far less than looking for a way. Undefined when the way no longer fits or would enter a table.
 * @param blocks boxes of all tables, where they are now.
 */
export function stretched(route: Route, request: RouteRequest, blocks: Blocks): Route | undefined {
  const { points, fromSide, toSide } = route;
  // A line of four corners or more can follow both ends; shorter ones are soon found anew.
  if (points.length < 4 || request.from.box === request.to.box || request.bends !== undefined) return undefined;
  const start = moved(request.from, fromSide, points[1] as Point);
  const end = moved(request.to, toSide, points[points.length - 2] as Point);
  if (start === undefined || end === undefined) return undefined;
  const next = [...start, ...points.slice(2, -2), end[1], end[0]];
  for (let at = 1; at < next.length; at++) {
    const [a, b] = [next[at - 1] as Point, next[at] as Point];
    if (a.x !== b.x && a.y !== b.y) return undefined;
    if (blocks.through(a, b).length > 0) return undefined;
  }
  return { points: next, fromSide, toSide };
}
