import { type Viewport, zoomAbout } from './viewport.ts';

/** Fingers on the canvas, in pixels from its upper left corner. */
export type Fingers = readonly { readonly x: number; readonly y: number }[];

function centre(fingers: Fingers): { x: number; y: number } {
  const count = Math.max(1, fingers.length);
  return {
    x: fingers.reduce((sum, one) => sum + one.x, 0) / count,
    y: fingers.reduce((sum, one) => sum + one.y, 0) / count,
  };
}

function span([a, b]: Fingers): number {
  return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y);
}

/** Fingers nearer than this, in pixels, say nothing of a zoom. */
const LEAST_SPAN = 8;

/**
 * Where the canvas is when fingers have gone from `from` to `to`: what was under their middle still is, and it has grown as
 * the distance between two of them has.
 * @param viewport where the canvas was when they stood at `from`.
 */
export function pinched(viewport: Viewport, from: Fingers, to: Fingers): Viewport {
  const before = centre(from);
  const now = centre(to);
  const factor = span(from) < LEAST_SPAN || span(to) < LEAST_SPAN ? 1 : span(to) / span(from);
  const zoomed = zoomAbout(viewport, factor, before.x, before.y);
  return { ...zoomed, x: zoomed.x + now.x - before.x, y: zoomed.y + now.y - before.y };
}
