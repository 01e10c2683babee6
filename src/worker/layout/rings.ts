import { overlaps, type Rect } from '#lib/grid.ts';
import { ASPECT, pack } from './pack.ts';
import { type Block, type LayoutEdge, type LayoutNode, SPACE, type Spot } from './types.ts';

/** Neighbours of each box, whichever way the lines lead. */
function neighboursOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Map<string, string[]> {
  const all = new Map<string, string[]>(nodes.map((node) => [node.id, []]));
  for (const { child, parent } of edges) {
    if (child === parent) continue;
    all.get(child)?.push(parent);
    all.get(parent)?.push(child);
  }
  return all;
}

/** Boxes by their distance from the centre; those that no line leads to come last, as undefined. */
function ringsOf(centre: ReadonlySet<string>, neighbours: ReadonlyMap<string, readonly string[]>): string[][] {
  const seen = new Set(centre);
  const rings: string[][] = [];
  for (let ring = [...centre]; ring.length > 0; ) {
    rings.push(ring);
    const next = new Set<string>();
    for (const id of ring) for (const other of neighbours.get(id) ?? []) if (!seen.has(other)) next.add(other);
    for (const id of next) seen.add(id);
    ring = [...next];
  }
  return rings;
}

/** Boxes at these angles on an ellipse of the shape of a screen. */
function placed(ring: readonly LayoutNode[], angles: readonly number[], radius: number): Rect[] {
  return ring.map(({ width, height }, at) => {
    const angle = angles[at] ?? 0;
    const x = Math.cos(angle) * radius * Math.sqrt(ASPECT) - width / 2;
    const y = (Math.sin(angle) * radius) / Math.sqrt(ASPECT) - height / 2;
    return { x: Math.round(x / 4) * 4, y: Math.round(y / 4) * 4, width, height };
  });
}

function grown({ x, y, width, height }: Rect): Rect {
  return { x: x - SPACE.column / 2, y: y - SPACE.row / 2, width: width + SPACE.column, height: height + SPACE.row };
}

function collide(rects: readonly Rect[], taken: readonly Rect[]): boolean {
  for (const [at, rect] of rects.entries()) {
    const room = grown(rect);
    for (const other of taken) if (overlaps(room, other)) return true;
    for (let i = at + 1; i < rects.length; i++) if (overlaps(room, rects[i] as Rect)) return true;
  }
  return false;
}

/** Angles for the boxes of a ring in their order: near what they belong to, each with a share for its size. */
function anglesOf(ring: readonly LayoutNode[], wishes: readonly number[]): number[] {
  const shares = ring.map((node) => Math.hypot(node.width + SPACE.column, node.height + SPACE.row));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const turn = 2 * Math.PI;
  // One box leaves the rest of the ring free; a full ring leaves nothing.
  const angles: number[] = [];
  let at = wishes[0] ?? 0;
  for (const [i, share] of shares.entries()) {
    const half = ((share / total) * turn) / 2;
    if (i > 0) at += half;
    angles.push(at);
    at += half;
  }
  const off = wishes.reduce(
    (sum, wish, i) => sum + Math.atan2(Math.sin(wish - (angles[i] ?? 0)), Math.cos(wish - (angles[i] ?? 0))),
    0,
  );
  return angles.map((angle) => angle + off / Math.max(1, ring.length));
}

/**
 * Boxes in rings round a centre by their distance in relationships, each near what it belongs to in the ring before.
 * What nothing leads to from the centre is packed below.
 */
export function rings(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], centre: readonly string[]): Block {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const neighbours = neighboursOf(nodes, edges);
  const found = ringsOf(new Set(centre.filter((id) => byId.has(id))), neighbours);
  const spots = new Map<string, Rect>();
  const middle = (found[0] ?? []).map((id) => byId.get(id) as LayoutNode);
  const inner = pack(middle, SPACE.row * 2);
  for (const node of middle) {
    const spot = inner.spots.get(node.id) ?? { x: 0, y: 0 };
    spots.set(node.id, { ...node, x: spot.x - inner.width / 2, y: spot.y - inner.height / 2 });
  }
  const angleOf = new Map<string, number>();
  let radius = 0;
  for (const ids of found.slice(1)) {
    const wishOf = (id: string) => {
      let [x, y] = [0, 0];
      for (const other of neighbours.get(id) ?? []) {
        const angle = angleOf.get(other);
        if (angle === undefined) continue;
        x += Math.cos(angle);
        y += Math.sin(angle);
      }
      return x === 0 && y === 0 ? undefined : Math.atan2(y, x);
    };
    const wished = ids.map((id, at) => ({
      node: byId.get(id) as LayoutNode,
      wish: wishOf(id) ?? (at / ids.length) * 2 * Math.PI - Math.PI,
    }));
    wished.sort((a, b) => a.wish - b.wish || (a.node.id < b.node.id ? -1 : 1));
    const ring = wished.map((one) => one.node);
    const angles = anglesOf(
      ring,
      wished.map((one) => one.wish),
    );
    const taken = [...spots.values()];
    radius += 120;
    let rects = placed(ring, angles, radius);
    while (collide(rects, taken)) {
      radius += 24;
      rects = placed(ring, angles, radius);
    }
    for (const [at, node] of ring.entries()) {
      spots.set(node.id, rects[at] as Rect);
      angleOf.set(node.id, angles[at] ?? 0);
    }
  }
  const reached = [...spots.values()];
  const left = Math.min(0, ...reached.map((rect) => rect.x));
  const top = Math.min(0, ...reached.map((rect) => rect.y));
  const right = Math.max(0, ...reached.map((rect) => rect.x + rect.width));
  const bottom = Math.max(0, ...reached.map((rect) => rect.y + rect.height));
  const rest = pack(
    nodes.filter((node) => !spots.has(node.id)),
    SPACE.row,
  );
  const out = new Map<string, Spot>();
  for (const [id, { x, y }] of spots) out.set(id, { x: x - left, y: y - top });
  for (const [id, { x, y }] of rest.spots) out.set(id, { x, y: bottom - top + SPACE.block + y });
  const below = rest.height === 0 ? 0 : rest.height + SPACE.block;
  return { id: 'rings', width: Math.max(right - left, rest.width), height: bottom - top + below, spots: out };
}
