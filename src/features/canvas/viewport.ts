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

/** Least room between a diagram and the edges of the screen, in pixels: lines go round the outermost tables. */
const EDGE = 26;

/** Room that a fit leaves at each edge of the screen: bars stand at the upper one, the tool pill at the lower one. */
function margins(screen: Screen, top: number): { readonly top: number; readonly bottom: number; readonly beside: number } {
  const beside = screen.width < 900 ? 20 : 40;
  return { top, bottom: beside + 36, beside };
}

/** The room of a screen in which a diagram is shown whole. */
export function roomFor(screen: Screen): Screen {
  const { top, bottom, beside } = margins(screen, BAR);
  return { width: Math.max(0, screen.width - 2 * beside), height: Math.max(0, screen.height - top - bottom) };
}

/**
 * The viewport that shows all of `bounds` in the middle, not magnified beyond the scale of 1.
 * @param bar pixels at the upper edge that stay clear: bars stand there.
 */
export function fitRect(bounds: Rect, screen: Screen, bar = BAR, maxZoom = 1): Viewport {
  return fitIn(bounds, screen, margins(screen, bar), maxZoom);
}

/** The same on a screen with nothing at its edges. */
export function fitToEdges(bounds: Rect, screen: Screen, maxZoom = 1): Viewport {
  return fitIn(bounds, screen, { top: EDGE, bottom: EDGE, beside: EDGE }, maxZoom);
}

function fitIn(
  bounds: Rect,
  screen: Screen,
  { top, bottom, beside: padding }: { readonly top: number; readonly bottom: number; readonly beside: number },
  maxZoom: number,
): Viewport {
  const width = Math.max(1, screen.width - 2 * padding);
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
