import type { Point } from './glyph.ts';
import type { Blocks } from './route-blocks.ts';
import { LANE, type Lanes } from './route-lanes.ts';
import { type Anchor, edgeX, type Route, type RouteRequest, STUB, simplify, throughBends } from './route-line.ts';
import { lies, type Port, search } from './route-search.ts';
import { spread } from './route-spread.ts';

const SIDES = [1, -1] as const;

/** Pixels kept from boxes: as many as there is room for. */
const CLEARANCES = [10, 4, 1];
/** Places looked at for one line: far more than any line in sight needs. */
const LIMIT = 8000;

/** Where a line can leave a box, at most half way to what stands in front. */
function portsOf(anchor: Anchor, blocks: Blocks): Port[] {
  const y = Math.round(anchor.y);
  return SIDES.map((side) => {
    const x = edgeX(anchor, side);
    const next = blocks.first({ x, y }, side, 0, 2 * STUB, 0, []);
    const stub = Math.max(2, Math.min(STUB, Math.floor((next?.far ?? 2 * STUB) / 2)));
    return { x: Math.round(x + side * stub), y, side };
  });
}

function routed(request: RouteRequest, inner: readonly Point[]): Route {
  const first = inner[0] as Point;
  const last = inner.at(-1) as Point;
  const fromSide = first.x > request.from.box.x + request.from.box.width / 2 ? 1 : -1;
  const toSide = last.x > request.to.box.x + request.to.box.width / 2 ? 1 : -1;
  const start = { x: edgeX(request.from, fromSide), y: first.y };
  const end = { x: edgeX(request.to, toSide), y: last.y };
  return { points: simplify([start, ...inner, end]), fromSide, toSide };
}

/** The way round everything, with as much room as there is. */
function around(request: RouteRequest, blocks: Blocks, lanes: Lanes): { route: Route; clear: number } | undefined {
  const starts = portsOf(request.from, blocks);
  const goals = portsOf(request.to, blocks);
  const low = Math.min(request.from.y, request.to.y);
  const high = Math.max(request.from.y, request.to.y);
  const trunks = lanes.trunks(request.channel, low - STUB, high + STUB);
  for (const clear of CLEARANCES) {
    const free = (port: Port) => blocks.through(port, port, clear).length === 0;
    const open = { starts: starts.filter(free), goals: goals.filter(free) };
    if (open.starts.length === 0 || open.goals.length === 0) continue;
    for (const wide of [false, true]) {
      const inner = search({ ...open, blocks, clear, trunks, skip: [], wide, limit: LIMIT });
      if (inner !== undefined) return { route: routed(request, inner), clear };
    }
  }
  // Something lies on one of the two tables: that it is entered cannot be helped, all others can.
  const skip = [...starts, ...goals]
    .flatMap((port) => blocks.through(port, port, 1))
    .filter((box) => [...starts, ...goals].some((port) => lies(port, box, 1)));
  const inner = search({ starts, goals, blocks, clear: 1, trunks: [], skip, wide: true, limit: LIMIT });
  return inner === undefined ? undefined : { route: routed(request, inner), clear: 1 };
}

/** Straight through whatever is there: for ends that nothing leads out of. */
function through(request: RouteRequest): Route {
  const { from, to } = request;
  const right = to.box.x + to.box.width / 2 > from.box.x + from.box.width / 2;
  const [a, b] = right ? ([1, -1] as const) : ([-1, 1] as const);
  const x = Math.round((edgeX(from, a) + edgeX(to, b)) / 2);
  const points = simplify([
    { x: edgeX(from, a), y: from.y },
    { x, y: from.y },
    { x, y: to.y },
    { x: edgeX(to, b), y: to.y },
  ]);
  return { points, fromSide: a, toSide: b };
}

/** A line from a table to itself: out on the right, down or up, and back, on the first lane that is free. */
function loop(request: RouteRequest, lanes: Lanes): Route {
  const x0 = edgeX(request.from, 1);
  // Off the middle of its row, so that its crow's foot stays apart from those of other lines to the same row.
  const up = request.from.y >= request.to.y ? -1 : 1;
  const y0 = request.from.y - (request.from.y === request.to.y ? up * 7 : 0);
  const y1 = request.to.y + up * 7;
  const [low, high] = [Math.min(y0, y1), Math.max(y0, y1)];
  let x = x0 + STUB;
  const taken = () => lanes.beside(true, x, x, low, high, '').others.some((one) => Math.abs(one.at - x) < LANE);
  while (taken() && x < x0 + 200) x += LANE;
  const points = [
    { x: x0, y: y0 },
    { x, y: y0 },
    { x, y: y1 },
    { x: x0, y: y1 },
  ];
  return { points, fromSide: 1, toSide: 1 };
}

/**
 * An orthogonal line between two rows, on a lane of its own. It enters a table only where nothing leads round it.
 * @param blocks boxes of all tables, its own two included. @param lanes what is drawn already; the line is added to it.
 */
export function routeLine(request: RouteRequest, blocks: Blocks, lanes: Lanes): Route {
  lanes.remove(request.id);
  let route: Route;
  if (request.bends !== undefined && request.bends.length > 0) route = throughBends(request, request.bends);
  else if (request.from.box === request.to.box) route = loop(request, lanes);
  else {
    const found = around(request, blocks, lanes);
    route = found === undefined ? through(request) : spread(request, found.route, found.clear, blocks, lanes);
  }
  lanes.add(request.id, request.channel, route.points);
  return route;
}
