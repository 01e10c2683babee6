import { GLYPH_LENGTH, type Point } from './glyph.ts';
import type { Blocks } from './route-blocks.ts';
import { LANE, type Lanes } from './route-lanes.ts';
import { type Route, type RouteRequest, simplify } from './route-line.ts';

/** How far a part may be moved across to find a lane, in pixels. */
const ACROSS = 96;
/** Corridors up to this width are run along their middle. */
const NARROW = 200;

interface Corridor {
  readonly low: number;
  readonly high: number;
}

/** A part of a line, seen along itself: `at` across, `from` to `to` along. */
interface Part {
  readonly vertical: boolean;
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

function partOf(points: readonly Point[], index: number): Part {
  const a = points[index] as Point;
  const b = points[index + 1] as Point;
  const vertical = a.x === b.x;
  const [one, other] = vertical ? [a.y, b.y] : [a.x, b.x];
  return { vertical, at: vertical ? a.x : a.y, from: Math.min(one, other), to: Math.max(one, other) };
}

function across(point: Point, vertical: boolean): number {
  return vertical ? point.x : point.y;
}

/** How far a part can be moved to both sides before it comes too near to a box. */
function corridorOf({ vertical, at, from, to }: Part, clear: number, blocks: Blocks): Corridor {
  let low = at - ACROSS;
  let high = at + ACROSS;
  const [a, b] = vertical
    ? [
        { x: low, y: from },
        { x: high, y: to },
      ]
    : [
        { x: from, y: low },
        { x: to, y: high },
      ];
  for (const box of blocks.through(a, b, clear)) {
    const start = (vertical ? box.x : box.y) - clear;
    const end = vertical ? box.x + box.width + clear : box.y + box.height + clear;
    if (end <= at) low = Math.max(low, end);
    else if (start >= at) high = Math.min(high, start);
  }
  return { low: Math.ceil(low), high: Math.floor(high) };
}

/** The corridor within which a part keeps the shape of the line: its neighbours never turn round. */
function shapely(points: readonly Point[], index: number, { vertical, at }: Part, corridor: Corridor): Corridor {
  let { low, high } = corridor;
  const limit = (neighbour: Point, least: number) => {
    const there = across(neighbour, vertical);
    if (at >= there) low = Math.max(low, there + Math.min(least, at - there));
    if (at <= there) high = Math.min(high, there - Math.min(least, there - at));
  };
  const last = points.length - 2;
  limit(points[index - 1] as Point, index === 1 ? GLYPH_LENGTH : 0);
  limit(points[index + 2] as Point, index + 1 === last ? GLYPH_LENGTH : 0);
  return { low, high };
}

function moved(points: readonly Point[], index: number, vertical: boolean, at: number): Point[] {
  return points.map((point, i) => {
    if (i !== index && i !== index + 1) return point;
    return vertical ? { x: at, y: point.y } : { x: point.x, y: at };
  });
}

/** Whether a moved part and its two neighbours touch no box. */
function isFree(points: readonly Point[], index: number, clear: number, blocks: Blocks): boolean {
  for (let i = Math.max(1, index - 1); i <= Math.min(points.length - 3, index + 1); i++) {
    if (blocks.through(points[i] as Point, points[i + 1] as Point, clear - 1).length > 0) return false;
  }
  return true;
}

/** Places for a part within its corridor, the best first. */
function lanesFor(part: Part, { low, high }: Corridor, channel: string, lanes: Lanes): number[] {
  const narrow = high - low <= NARROW && high - low > 0 && high - low < 2 * ACROSS;
  const wish = narrow ? Math.round((low + high) / 2) : Math.min(Math.max(part.at, low + LANE), Math.max(high - LANE, low));
  const { others, own } = lanes.beside(part.vertical, low, high, part.from, part.to, channel);
  const places = new Set<number>([part.at]);
  for (const at of own) if (at >= low && at <= high) places.add(at);
  for (let step = 0; step <= ACROSS / LANE; step++) {
    for (const at of [wish + step * LANE, wish - step * LANE]) if (at >= low && at <= high) places.add(at);
  }
  const cost = (at: number) => {
    let sum = Math.abs(at - wish) * 0.4;
    if (own.includes(at)) sum -= 40;
    for (const other of others) {
      const far = Math.abs(other.at - at);
      if (far < LANE) sum += ((LANE - far) / LANE) * (40 + Math.min(400, other.along));
    }
    return sum;
  };
  return [...places]
    .map((at) => ({ at, cost: cost(at) }))
    .sort((a, b) => a.cost - b.cost || a.at - b.at)
    .map(({ at }) => at);
}

/** Moves the inner parts of a line across to lanes of their own; where its channel runs already, onto that. */
export function spread(request: RouteRequest, route: Route, clear: number, blocks: Blocks, lanes: Lanes): Route {
  let points = [...route.points];
  for (let index = 1; index < points.length - 2; index++) {
    const part = partOf(points, index);
    const corridor = shapely(points, index, part, corridorOf(part, clear, blocks));
    if (corridor.high <= corridor.low) continue;
    for (const at of lanesFor(part, corridor, request.channel, lanes)) {
      if (at === part.at) break;
      const tried = moved(points, index, part.vertical, at);
      if (!isFree(tried, index, clear, blocks)) continue;
      points = tried;
      break;
    }
  }
  return { ...route, points: simplify(points) };
}
