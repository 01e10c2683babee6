import { grow, type Rect } from '#lib/grid.ts';
import { GLYPH_LENGTH, type Point } from './glyph.ts';

/** One end of a line: a table's box and the height on the canvas where the line meets it. */
export interface Anchor {
  readonly box: Rect;
  readonly y: number;
}

export interface RouteRequest {
  readonly from: Anchor;
  readonly to: Anchor;
  /** Bends a person gave it. */
  readonly bends?: readonly Point[];
  /** Lines with the same key may share a channel, such as all that lead to one parent row. */
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
const STUB = GLYPH_LENGTH + 4;
const CLEAR = 14;
const LANE = 8;
const SIDES = [1, -1] as const;

/** Vertical parts already drawn, so that parallel lines keep apart. */
export class Lanes {
  readonly #buckets = new Map<number, { x: number; y0: number; y1: number; channel: string }[]>();

  taken(x: number, y0: number, y1: number, channel: string): boolean {
    const bucket = Math.floor(x / 32);
    for (let b = bucket - 1; b <= bucket + 1; b++) {
      for (const lane of this.#buckets.get(b) ?? []) {
        if (lane.channel !== channel && Math.abs(lane.x - x) < LANE - 1 && lane.y0 < y1 + 4 && y0 < lane.y1 + 4) return true;
      }
    }
    return false;
  }

  take(points: readonly Point[], channel: string): void {
    for (let i = 1; i < points.length; i++) {
      const a = points[i - 1] as Point;
      const b = points[i] as Point;
      if (a.x !== b.x || a.y === b.y) continue;
      const bucket = Math.floor(a.x / 32);
      const lane = { x: a.x, y0: Math.min(a.y, b.y), y1: Math.max(a.y, b.y), channel };
      const list = this.#buckets.get(bucket);
      if (list === undefined) this.#buckets.set(bucket, [lane]);
      else list.push(lane);
    }
  }
}

function edgeX(anchor: Anchor, side: 1 | -1): number {
  return side > 0 ? anchor.box.x + anchor.box.width : anchor.box.x;
}

/** Whether the straight line between two corners enters the inside of a box. */
export function segmentEnters(a: Point, b: Point, box: Rect): boolean {
  const x0 = Math.min(a.x, b.x);
  const x1 = Math.max(a.x, b.x);
  const y0 = Math.min(a.y, b.y);
  const y1 = Math.max(a.y, b.y);
  return x0 < box.x + box.width - 0.5 && x1 > box.x + 0.5 && y0 < box.y + box.height - 0.5 && y1 > box.y + 0.5;
}

function entries(points: readonly Point[], box: Rect): number {
  let count = 0;
  for (let i = 1; i < points.length; i++) if (segmentEnters(points[i - 1] as Point, points[i] as Point, box)) count += 1;
  return count;
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

interface Candidate extends Route {
  readonly cost: number;
  readonly crossings: number;
}

function judge(
  request: RouteRequest,
  points: readonly Point[],
  sides: readonly [1 | -1, 1 | -1],
  obstacles: readonly Rect[],
): Candidate {
  let cost = 0;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    cost += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }
  cost += Math.max(0, points.length - 2) * 24;
  let crossings = 0;
  for (const box of obstacles) crossings += entries(points, box);
  const own = entries(points, request.from.box) + entries(points, request.to.box);
  return {
    points,
    fromSide: sides[0],
    toSide: sides[1],
    cost: cost + crossings * 900 + own * 1e6,
    crossings: crossings + own * 1000,
  };
}

/** Channels worth trying between two limits: the middle, both ends, and beside whatever stands in the way. */
function channels(low: number, high: number, edges: readonly number[]): number[] {
  const all = new Set<number>();
  if (high - low < 4000) all.add(Math.round((low + high) / 2));
  all.add(low);
  all.add(high);
  for (const edge of edges) if (edge > low && edge < high) all.add(edge);
  return [...all];
}

const FAR = 360;

function threeParts(request: RouteRequest, obstacles: readonly Rect[], found: Candidate[]): void {
  const { from, to } = request;
  const edges = obstacles.flatMap((box) => [Math.round(box.x - CLEAR), Math.round(box.x + box.width + CLEAR)]);
  for (const a of SIDES) {
    for (const b of SIDES) {
      const ax = edgeX(from, a);
      const bx = edgeX(to, b);
      const a1 = ax + a * STUB;
      const b1 = bx + b * STUB;
      let low = a > 0 ? a1 : Number.NEGATIVE_INFINITY;
      let high = a > 0 ? Number.POSITIVE_INFINITY : a1;
      if (b > 0) low = Math.max(low, b1);
      else high = Math.min(high, b1);
      if (low > high) continue;
      let tries: number[];
      if (high === Number.POSITIVE_INFINITY) tries = [low, ...edges.filter((edge) => edge > low && edge < low + FAR)];
      else if (low === Number.NEGATIVE_INFINITY) tries = [high, ...edges.filter((edge) => edge < high && edge > high - FAR)];
      else tries = channels(low, high, edges);
      for (const x of tries.slice(0, 16)) {
        const points = simplify([
          { x: ax, y: from.y },
          { x, y: from.y },
          { x, y: to.y },
          { x: bx, y: to.y },
        ]);
        found.push(judge(request, points, [a, b], obstacles));
      }
    }
  }
}

function fiveParts(request: RouteRequest, obstacles: readonly Rect[], found: Candidate[]): void {
  const { from, to } = request;
  const boxes = [from.box, to.box, ...obstacles];
  const levels = new Set(boxes.flatMap((box) => [Math.round(box.y - CLEAR), Math.round(box.y + box.height + CLEAR)]));
  const middle = (from.y + to.y) / 2;
  const near = [...levels].sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle)).slice(0, 14);
  for (const a of SIDES) {
    for (const b of SIDES) {
      const ax = edgeX(from, a);
      const bx = edgeX(to, b);
      for (const y of near) {
        const points = simplify([
          { x: ax, y: from.y },
          { x: ax + a * STUB, y: from.y },
          { x: ax + a * STUB, y },
          { x: bx + b * STUB, y },
          { x: bx + b * STUB, y: to.y },
          { x: bx, y: to.y },
        ]);
        found.push(judge(request, points, [a, b], obstacles));
      }
    }
  }
}

function cheapest(found: readonly Candidate[]): Candidate {
  let best = found[0] as Candidate;
  for (const one of found) if (one.cost < best.cost) best = one;
  return best;
}

/** Moves the one vertical part of a line to a free lane near by, when another line is drawn there. */
function spread(request: RouteRequest, chosen: Candidate, obstacles: readonly Rect[], lanes: Lanes): Candidate {
  const [start, upper, lower, end] = chosen.points;
  if (start === undefined || upper === undefined || lower === undefined || end === undefined) return chosen;
  if (chosen.points.length !== 4 || upper.x !== lower.x) return chosen;
  const y0 = Math.min(upper.y, lower.y);
  const y1 = Math.max(upper.y, lower.y);
  for (let step = 0; step < 13; step++) {
    const x = upper.x + Math.ceil(step / 2) * LANE * (step % 2 === 0 ? 1 : -1);
    const room = chosen.fromSide * (x - start.x) >= GLYPH_LENGTH && chosen.toSide * (x - end.x) >= GLYPH_LENGTH;
    if (!room || lanes.taken(x, y0, y1, request.channel)) continue;
    if (step === 0) return chosen;
    const moved = judge(request, [start, { x, y: upper.y }, { x, y: lower.y }, end], [chosen.fromSide, chosen.toSide], obstacles);
    if (moved.crossings <= chosen.crossings) return moved;
  }
  return chosen;
}

/** Makes a line through given bends orthogonal: it leaves both boxes sideways and turns at right angles. */
function throughBends(request: RouteRequest, bends: readonly Point[]): Route {
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

/** A line from a table to itself: out on the right, down or up, and back. */
function loop(request: RouteRequest, lanes: Lanes): Route {
  const x0 = edgeX(request.from, 1);
  // Off the middle of its row, so that its crow's foot stays apart from those of other lines to the same row.
  const up = request.from.y >= request.to.y ? -1 : 1;
  const y0 = request.from.y - (request.from.y === request.to.y ? up * 7 : 0);
  const y1 = request.to.y + up * 7;
  let x = x0 + STUB;
  while (lanes.taken(x, Math.min(y0, y1), Math.max(y0, y1), `${request.channel} loop`) && x < x0 + 200) x += LANE;
  const points = [
    { x: x0, y: y0 },
    { x, y: y0 },
    { x, y: y1 },
    { x: x0, y: y1 },
  ];
  return { points, fromSide: 1, toSide: 1 };
}

/** The region in which boxes matter to a line. */
export function regionOf(request: RouteRequest): Rect {
  const { from, to } = request;
  const x0 = Math.min(from.box.x, to.box.x);
  const y0 = Math.min(from.y, to.y);
  const x1 = Math.max(from.box.x + from.box.width, to.box.x + to.box.width);
  return grow({ x: x0, y: y0, width: x1 - x0, height: Math.max(from.y, to.y) - y0 }, 40);
}

/**
 * An orthogonal line between two rows. It never enters its own two tables and enters others only when no tried way is
 * free: tried are one vertical part between or beside the tables, then two around them.
 * @param obstacles boxes of other tables near by. @param lanes what is drawn already; the line is added to it.
 */
export function routeLine(request: RouteRequest, obstacles: readonly Rect[], lanes: Lanes): Route {
  let route: Route;
  if (request.bends !== undefined && request.bends.length > 0) route = throughBends(request, request.bends);
  else if (request.from.box === request.to.box) route = loop(request, lanes);
  else {
    const found: Candidate[] = [];
    threeParts(request, obstacles, found);
    let best = cheapest(found);
    if (best.crossings > 0) {
      fiveParts(request, obstacles, found);
      best = cheapest(found);
    }
    route = spread(request, best, obstacles, lanes);
  }
  lanes.take(route.points, request.channel);
  return route;
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
