import type { Cardinality } from '#model/types.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The two layers of an end: lines, and circles that are filled with the ground so that they cover the line. */
export interface Glyph {
  readonly lines: string;
  readonly circle: string;
}

/** Length of the longest glyph, in pixels: the line runs straight at least this far. */
export const GLYPH_LENGTH = 22;

const HALF = 6;
const RADIUS = 4;

function bar(at: Point, direction: 1 | -1, offset: number): string {
  return `M${at.x + direction * offset} ${at.y - HALF}v${2 * HALF}`;
}

function circle(at: Point, direction: 1 | -1, offset: number): string {
  const x = at.x + direction * offset;
  return `M${x - RADIUS} ${at.y}a${RADIUS} ${RADIUS} 0 1 0 ${2 * RADIUS} 0a${RADIUS} ${RADIUS} 0 1 0 ${-2 * RADIUS} 0`;
}

/**
 * Crow's-foot end at a table's border.
 * @param at point on the border. @param direction 1 when the line leaves to the right, -1 to the left.
 */
export function endGlyph(cardinality: Cardinality, at: Point, direction: 1 | -1): Glyph {
  if (cardinality === '1') return { lines: bar(at, direction, 6) + bar(at, direction, 10), circle: '' };
  if (cardinality === '0..1') return { lines: bar(at, direction, 6), circle: circle(at, direction, 14) };
  const foot = `M${at.x} ${at.y - HALF}L${at.x + direction * 12} ${at.y}L${at.x} ${at.y + HALF}`;
  if (cardinality === '0..n') return { lines: foot, circle: circle(at, direction, 16) };
  return { lines: foot + bar(at, direction, 16), circle: '' };
}

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
