export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Length of the longest glyph, in pixels: the line runs straight at least this far. */
export const GLYPH_LENGTH = 22;

const RADIUS_OF_BENDS = 6;

/** SVG path through points of an orthogonal line, with rounded corners. */
export function roundedPath(points: readonly Point[]): string {
  const first = points[0];
  if (first === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  for (let i = 1; i < points.length; i++) {
    const at = points[i] as Point;
    const next = points[i + 1];
    if (next === undefined) {
      path += `L${at.x} ${at.y}`;
      break;
    }
    const before = points[i - 1] as Point;
    const into = Math.abs(at.x - before.x) + Math.abs(at.y - before.y);
    const out = Math.abs(next.x - at.x) + Math.abs(next.y - at.y);
    const r = Math.min(RADIUS_OF_BENDS, into / 2, out / 2);
    const ax = at.x - Math.sign(at.x - before.x) * r;
    const ay = at.y - Math.sign(at.y - before.y) * r;
    const bx = at.x + Math.sign(next.x - at.x) * r;
    const by = at.y + Math.sign(next.y - at.y) * r;
    path += `L${ax} ${ay}Q${at.x} ${at.y} ${bx} ${by}`;
  }
  return path;
}

/** Distance from a point to a polyline. */
export function distanceTo(points: readonly Point[], x: number, y: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const square = dx * dx + dy * dy;
    const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / square));
    const far = Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
    if (far < best) best = far;
  }
  return best;
}
