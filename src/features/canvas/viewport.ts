import type { Rect } from '#lib/grid.ts';
import { ROWS_FROM } from '#paint/far-scene.ts';

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Screen {
  readonly width: number;
  readonly height: number;
}

export const MIN_ZOOM = 0.005;
export const MAX_ZOOM = 2.5;
/** Room for the diagrams' bar at the upper edge, in pixels, and for what it says of a narrowed diagram below it. */
export const BAR = 54;
export const TWO_BARS = 94;
/** Below this zoom, rows cannot be read: names stand alone, as large as they fit. */
export const NAMES_BELOW = ROWS_FROM;

/** What a viewport shows, in canvas pixels. */
export function visibleRect(viewport: Viewport, screen: Screen): Rect {
  const { x, y, zoom } = viewport;
  return { x: -x / zoom, y: -y / zoom, width: screen.width / zoom, height: screen.height / zoom };
}

/** A point of the screen, measured from the canvas' corner, in canvas pixels. */
export function toCanvas(viewport: Viewport, x: number, y: number): { x: number; y: number } {
  return { x: (x - viewport.x) / viewport.zoom, y: (y - viewport.y) / viewport.zoom };
}

function clampZoom(zoom: number): number {
  return Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
}

/**
 * The viewport that shows all of `bounds` in the middle, not magnified beyond the scale of 1.
 * @param top pixels at the upper edge that stay clear: bars stand there.
 */
export function fitRect(bounds: Rect, screen: Screen, top = BAR, maxZoom = 1): Viewport {
  const padding = screen.width < 900 ? 20 : 40;
  const width = Math.max(1, screen.width - 2 * padding);
  // The tool pill stands at the bottom: the picture keeps clear of it.
  const bottom = padding + 36;
  const height = Math.max(1, screen.height - top - bottom);
  const zoom = clampZoom(Math.min(maxZoom, width / Math.max(1, bounds.width), height / Math.max(1, bounds.height)));
  return {
    x: padding + (width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: top + (height - bounds.height * zoom) / 2 - bounds.y * zoom,
    zoom,
  };
}

/** The viewport zoomed by a factor about a point of the screen, which stays where it is. */
export function zoomAbout(viewport: Viewport, factor: number, x: number, y: number): Viewport {
  const zoom = clampZoom(viewport.zoom * factor);
  const ratio = zoom / viewport.zoom;
  return { x: x - (x - viewport.x) * ratio, y: y - (y - viewport.y) * ratio, zoom };
}

/** The least move of the viewport that brings a box into sight, zoomed in when its text could not be read. */
export function revealRect(box: Rect, viewport: Viewport, screen: Screen, sameZoom = false): Viewport {
  const margin = 60;
  const readable = viewport.zoom < 0.5 && !sameZoom ? 0.9 : viewport.zoom;
  if (readable !== viewport.zoom) {
    return {
      x: screen.width / 2 - (box.x + box.width / 2) * readable,
      y: screen.height / 2 - (box.y + Math.min(box.height, screen.height / readable - 80) / 2) * readable,
      zoom: readable,
    };
  }
  const { zoom } = viewport;
  const shift = (low: number, high: number, at: number, length: number) => {
    if (at >= low && at + length <= high) return 0;
    return length > high - low ? low - at : at < low ? low - at : high - at - length;
  };
  const dx = shift(margin, screen.width - margin, box.x * zoom + viewport.x, box.width * zoom);
  const dy = shift(margin, screen.height - margin - 40, box.y * zoom + viewport.y, box.height * zoom);
  return { x: viewport.x + dx, y: viewport.y + dy, zoom };
}
