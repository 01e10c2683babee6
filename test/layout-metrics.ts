import { boundsOf, overlaps, type Rect } from '#lib/grid.ts';

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Pairs of boxes that lie on each other. Every pair is looked at. */
export function overlapCount(boxes: readonly Rect[]): number {
  let count = 0;
  for (const [at, a] of boxes.entries()) {
    for (let i = at + 1; i < boxes.length; i++) if (overlaps(a, boxes[i] as Rect)) count += 1;
  }
  return count;
}

/** Width to height of what holds all boxes. */
export function aspectOf(boxes: readonly Rect[]): number {
  const all = boundsOf(boxes);
  return all === undefined ? 1 : all.width / all.height;
}

function side(a: Spot, b: Spot, c: Spot): number {
  return Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
}

const centre = (box: Rect): Spot => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/**
 * Crossings of straight lines from middle to middle, for each line: what a layout is worth whatever routes are drawn in
 * it. Several relationships between the same two tables count once; lines that share a table never cross.
 */
export function crossingsPerEdge(
  boxes: ReadonlyMap<string, Rect>,
  edges: readonly { readonly child: string; readonly parent: string }[],
): number {
  const pairs = new Map(
    edges.filter(({ child, parent }) => child !== parent).map((edge) => [`${edge.child} ${edge.parent}`, edge]),
  );
  const lines = [...pairs.values()].map(({ child, parent }) => {
    const [a, b] = [centre(boxes.get(child) as Rect), centre(boxes.get(parent) as Rect)];
    return { a, b, child, parent, x0: Math.min(a.x, b.x), x1: Math.max(a.x, b.x) };
  });
  let crossings = 0;
  for (const [at, one] of lines.entries()) {
    for (let i = at + 1; i < lines.length; i++) {
      const other = lines[i] as (typeof lines)[number];
      if (other.x1 < one.x0 || other.x0 > one.x1) continue;
      if (one.child === other.child || one.child === other.parent || one.parent === other.child || one.parent === other.parent)
        continue;
      const apart = side(one.a, one.b, other.a) * side(one.a, one.b, other.b);
      if (apart < 0 && side(other.a, other.b, one.a) * side(other.a, other.b, one.b) < 0) crossings += 1;
    }
  }
  return crossings / Math.max(1, lines.length);
}

/** Mean length of straight lines from middle to middle, in pixels. */
export function meanLength(
  boxes: ReadonlyMap<string, Rect>,
  edges: readonly { readonly child: string; readonly parent: string }[],
): number {
  let sum = 0;
  for (const { child, parent } of edges) {
    const [a, b] = [centre(boxes.get(child) as Rect), centre(boxes.get(parent) as Rect)];
    sum += Math.hypot(a.x - b.x, a.y - b.y);
  }
  return sum / Math.max(1, edges.length);
}

/** Whether a line from corner to corner enters the inside of a box, by sampling nothing: by the four half planes. */
export function lineEnters(points: readonly Spot[], box: Rect): boolean {
  return points.some((b, at) => {
    const a = points[at - 1];
    if (a === undefined) return false;
    return overlaps(
      { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) },
      { x: box.x + 0.5, y: box.y + 0.5, width: box.width - 1, height: box.height - 1 },
    );
  });
}

/**
 * Whether two points can be joined by a right-angled line that enters no box: a flood over the cells between all borders.
 * Slow, and right.
 */
export function joinable(from: Spot, to: Spot, boxes: readonly Rect[]): boolean {
  const cuts = (low: (box: Rect) => number, size: (box: Rect) => number, ends: readonly number[]) => {
    const all = boxes.flatMap((box) => [low(box), low(box) + size(box)]);
    const sorted = [...new Set([...all, ...ends])].sort((a, b) => a - b);
    // Points on the borders and between them: even numbers are borders, odd ones the middles of what lies between.
    const first = (sorted[0] ?? 0) - 2;
    const between = sorted.flatMap((at, i) => [at, ((sorted[i + 1] ?? at + 4) + at) / 2]);
    return [first, ...between];
  };
  const xs = cuts(
    (box) => box.x,
    (box) => box.width,
    [from.x, to.x],
  );
  const ys = cuts(
    (box) => box.y,
    (box) => box.height,
    [from.y, to.y],
  );
  const blocked = new Uint8Array(xs.length * ys.length);
  for (const box of boxes) {
    for (const [i, x] of xs.entries()) {
      if (x <= box.x || x >= box.x + box.width) continue;
      for (const [j, y] of ys.entries()) if (y > box.y && y < box.y + box.height) blocked[i * ys.length + j] = 1;
    }
  }
  const start = xs.indexOf(from.x) * ys.length + ys.indexOf(from.y);
  const goal = xs.indexOf(to.x) * ys.length + ys.indexOf(to.y);
  if (blocked[start] === 1 || blocked[goal] === 1) return false;
  const open = [start];
  blocked[start] = 1;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === goal) return true;
    const row = next % ys.length;
    const steps = [next - ys.length, next + ys.length, ...(row > 0 ? [next - 1] : []), ...(row < ys.length - 1 ? [next + 1] : [])];
    for (const step of steps) {
      if (step < 0 || step >= blocked.length || blocked[step] === 1) continue;
      blocked[step] = 1;
      open.push(step);
    }
  }
  return false;
}

/** Pixels along which lines lie on one another that do not lead to the same place. Every pair of parts is looked at. */
export function overlappingLength(lines: readonly { readonly points: readonly Spot[]; readonly channel: string }[]): number {
  const along = new Map<string, { low: number; high: number; channel: string }[]>();
  for (const { points, channel } of lines) {
    for (const [at, b] of points.entries()) {
      const a = points[at - 1];
      if (a === undefined) continue;
      const vertical = a.x === b.x;
      const key = vertical ? `x${a.x}` : `y${a.y}`;
      const [one, other] = vertical ? [a.y, b.y] : [a.x, b.x];
      const part = { low: Math.min(one, other), high: Math.max(one, other), channel };
      const list = along.get(key);
      if (list === undefined) along.set(key, [part]);
      else list.push(part);
    }
  }
  let sum = 0;
  for (const parts of along.values()) {
    for (const [at, a] of parts.entries()) {
      for (let i = at + 1; i < parts.length; i++) {
        const b = parts[i] as typeof a;
        if (a.channel !== b.channel) sum += Math.max(0, Math.min(a.high, b.high) - Math.max(a.low, b.low));
      }
    }
  }
  return sum;
}
