import { grow, type Rect } from '#lib/grid.ts';
import { BAR, fitRect, fitToEdges, type Screen, type Viewport } from './viewport.ts';

/** Room left between what stands on the canvas and what lies over it, in pixels of the screen. */
const GAP = 8;
/** A fit that keeps clear of everything is taken as long as it is at least this share of the free one. */
const WORTH = 0.62;

type Side = 'left' | 'right' | 'top' | 'bottom';
type Inset = Readonly<Record<Side, number>>;

const NONE: Inset = { left: 0, right: 0, top: 0, bottom: 0 };

/** The two ways to keep clear of something in a corner: beside it, and above or below it. */
function ways({ x, y, width, height }: Rect, screen: Screen): readonly (readonly [Side, number])[] {
  const beside: readonly [Side, number] =
    x + width / 2 < screen.width / 2 ? ['left', x + width + GAP] : ['right', screen.width - x + GAP];
  const over: readonly [Side, number] =
    y + height / 2 < screen.height / 2 ? ['top', y + height + GAP] : ['bottom', screen.height - y + GAP];
  return [beside, over];
}

/** The viewport that fits the bounds into what the insets leave of the screen; without a bar, to its edges. */
function fitWithin(bounds: Rect, screen: Screen, inset: Inset, bar: number | undefined): Viewport {
  const free = { width: screen.width - inset.left - inset.right, height: screen.height - inset.top - inset.bottom };
  const room = { width: Math.max(80, free.width), height: Math.max(80, free.height) };
  const viewport = bar === undefined ? fitToEdges(bounds, room) : fitRect(bounds, room, bar);
  return { ...viewport, x: viewport.x + inset.left, y: viewport.y + inset.top };
}

function covered(obstacle: Rect, { x, y, zoom }: Viewport, hits: (rect: Rect) => boolean): boolean {
  return hits({
    x: (obstacle.x - x) / zoom,
    y: (obstacle.y - y) / zoom,
    width: obstacle.width / zoom,
    height: obstacle.height / zoom,
  });
}

/**
 * The viewport that shows all of `bounds` with nothing of it under what lies over the canvas: beside or above each such
 * thing, whichever leaves the diagram larger. Where that would cost too much, as on a small screen, it is as if they were
 * not there.
 * @param obstacles what lies over the canvas in its corners, in pixels of the screen.
 * @param bar pixels at the upper edge that stay clear in any case.
 * @param hits whether something of the diagram stands in a region of it.
 */
export function fitClear(
  bounds: Rect,
  screen: Screen,
  obstacles: readonly Rect[],
  hits: (rect: Rect) => boolean,
  bar = BAR,
): Viewport {
  const free = fitWithin(bounds, screen, NONE, bar);
  const clear = (viewport: Viewport) => !obstacles.some((one) => covered(one, viewport, hits));
  if (clear(free)) return free;
  const best = largest(bounds, screen, obstacles, clear, bar);
  return best !== undefined && best.zoom >= free.zoom * WORTH ? best : free;
}

/** Of the ways to keep clear of obstacles, the one that shows the bounds largest. */
function largest(
  bounds: Rect,
  screen: Screen,
  obstacles: readonly Rect[],
  clear: (viewport: Viewport) => boolean,
  bar: number | undefined,
): Viewport | undefined {
  let insets: Inset[] = [NONE];
  for (const obstacle of obstacles.slice(0, 5)) {
    insets = insets.flatMap((inset) => [
      inset,
      ...ways(obstacle, screen).map(([side, room]) => ({ ...inset, [side]: Math.max(inset[side], room) })),
    ]);
  }
  let best: Viewport | undefined;
  for (const inset of insets) {
    const viewport = fitWithin(bounds, screen, inset, bar);
    if ((best === undefined || viewport.zoom > best.zoom) && clear(viewport)) best = viewport;
  }
  return best;
}

/**
 * Like {@link fitClear}, but the room beside the bars counts too: where nothing of the diagram stands under a bar, it may
 * reach to the edges of the screen.
 * @param bars what stands at the upper and the lower edge, in pixels of the screen.
 */
export function fitBeside(
  bounds: Rect,
  screen: Screen,
  over: { readonly obstacles: readonly Rect[]; readonly bars: readonly Rect[] },
  hits: (rect: Rect) => boolean,
  bar = BAR,
): Viewport {
  const usual = fitClear(bounds, screen, over.obstacles, hits, bar);
  const all = [...over.bars, ...over.obstacles].map((one) => grow(one, GAP - 1));
  const clear = (viewport: Viewport) => !all.some((one) => covered(one, viewport, hits));
  const wide = largest(bounds, screen, all, clear, undefined);
  return wide !== undefined && wide.zoom > usual.zoom ? wide : usual;
}
