import { boundsOf, Grid, type Rect } from '#lib/grid.ts';
import { recordIn } from '../collections.ts';
import { type Placement, placementId } from '../layout-types.ts';
import type { Document, Id } from '../types.ts';
import { shownOn } from './diagrams.ts';
import { type Box, nodeSize, type Size } from './geometry.ts';
import { linksOf } from './links.ts';

/** Free space kept between two nodes, in pixels. */
export const GAP = { x: 72, y: 48 } as const;

const SNAP = 4;

/** Nearest point of the 4 px grid that nodes stand on. */
export function snap(value: number): number {
  // Never the negative zero that a file cannot hold.
  return Math.round(value / SNAP) * SNAP + 0;
}

/**
 * The free place for a rectangle nearest to a wished centre: rings of candidates around it, the first that overlaps
 * nothing (gap included) wins. Nothing else moves.
 */
export function freeSpot(taken: Grid, size: Size, wish: { readonly x: number; readonly y: number }): { x: number; y: number } {
  const fits = (x: number, y: number) =>
    taken.query({ x: x - GAP.x / 2, y: y - GAP.y / 2, width: size.width + GAP.x, height: size.height + GAP.y }, 1).length === 0;
  const x0 = snap(wish.x - size.width / 2);
  const y0 = snap(wish.y - size.height / 2);
  if (fits(x0, y0)) return { x: x0, y: y0 };
  const step = 60;
  for (let ring = 1; ring < 400; ring++) {
    let best: { x: number; y: number; far: number } | undefined;
    for (let i = -ring; i <= ring; i++) {
      const along = i * step;
      const out = ring * step;
      for (const [dx, dy] of [
        [along, -out],
        [along, out],
        [-out, along],
        [out, along],
      ] as const) {
        const far = Math.hypot(dx, dy);
        if ((best === undefined || far < best.far) && fits(x0 + dx, y0 + dy)) best = { x: x0 + dx, y: y0 + dy, far };
      }
    }
    if (best !== undefined) return { x: snap(best.x), y: snap(best.y) };
  }
  const all = boundsOf([...taken.entries()].map(([, rect]) => rect));
  return { x: snap((all?.x ?? 0) + (all?.width ?? 0) + GAP.x), y: y0 };
}

/** Boxes in reading order in rows of about 16:10, `x` and `y` from the given corner: a first sight before any layout. */
export function compactGrid(sizes: readonly { readonly id: Id; readonly size: Size }[], corner = { x: 0, y: 0 }): Map<Id, Box> {
  let area = 0;
  for (const { size } of sizes) area += (size.width + GAP.x) * (size.height + GAP.y);
  const limit = Math.max(600, Math.sqrt(area * 1.6) * 1.05);
  const placed = new Map<Id, Box>();
  let x = 0;
  let y = 0;
  let row = 0;
  for (const { id, size } of sizes) {
    if (x > 0 && x + size.width > limit) {
      x = 0;
      y += row + GAP.y;
      row = 0;
    }
    placed.set(id, { x: snap(corner.x + x), y: snap(corner.y + y), ...size });
    x += size.width + GAP.x;
    row = Math.max(row, size.height);
  }
  return placed;
}

function sizeOf(document: Document, id: Id, collapsed: boolean): Size {
  const object = Object.hasOwn(document.tables, id) ? document.tables[id] : document.views[id];
  return object === undefined ? { width: 0, height: 0 } : nodeSize(document, object, collapsed);
}

/** Neighbours of a table by relationships, itself excluded. */
function neighboursOf(document: Document, id: Id): Id[] {
  const links = linksOf(document);
  const found = new Set<Id>();
  for (const one of links.byChild.get(id) ?? []) found.add(one.parent);
  for (const one of links.byParent.get(id) ?? []) found.add(one.child);
  found.delete(id);
  return [...found];
}

function centreOf(rects: readonly Rect[]): { x: number; y: number } | undefined {
  if (rects.length === 0) return undefined;
  let x = 0;
  let y = 0;
  for (const rect of rects) {
    x += rect.x + rect.width / 2;
    y += rect.y + rect.height / 2;
  }
  return { x: x / rects.length, y: y / rects.length };
}

/** The boxes that are taken on a diagram: what is shown there with a place, and notes. */
export function takenOn(document: Document, diagram: Id): Grid {
  const taken = new Grid();
  for (const id of shownOn(document, diagram)) {
    const place = recordIn(document, 'placements', placementId(diagram, id));
    if (place !== undefined) taken.set(id, { x: place.x, y: place.y, ...sizeOf(document, id, place.collapsed === true) });
  }
  for (const note of Object.values(document.notes)) if (note.diagram === diagram) taken.set(note.id, note);
  return taken;
}

/**
 * Placements for objects that have none on the diagram: few go to free spots near their neighbours, many come as a compact
 * grid beside what is there. Nothing else moves.
 * @param near wished centre for what has no placed neighbour, such as the middle of the screen.
 */
export function placementsFor(
  document: Document,
  diagram: Id,
  objects: readonly Id[],
  near?: { x: number; y: number },
): Placement[] {
  if (objects.length === 0) return [];
  const taken = takenOn(document, diagram);
  const bounds = boundsOf([...taken.entries()].map(([, rect]) => rect));
  if (objects.length > 24) {
    const corner = bounds === undefined ? { x: 0, y: 0 } : { x: bounds.x + bounds.width + 2 * GAP.x, y: bounds.y };
    const grid = compactGrid(
      objects.map((id) => ({ id, size: sizeOf(document, id, false) })),
      corner,
    );
    return objects.map((id) => {
      const { x, y } = grid.get(id) as Box;
      return { id: placementId(diagram, id), diagram, object: id, x, y };
    });
  }
  return objects.map((id) => {
    const size = sizeOf(document, id, false);
    const around = neighboursOf(document, id).flatMap((one) => taken.get(one) ?? []);
    const wish = centreOf(around) ?? near ?? centreOf(bounds === undefined ? [] : [bounds]) ?? { x: 0, y: 0 };
    const { x, y } = freeSpot(taken, size, wish);
    taken.set(id, { x, y, ...size });
    return { id: placementId(diagram, id), diagram, object: id, x, y };
  });
}

/** Placements for everything that is shown on the diagram and has none. What has a place keeps it. */
export function missingPlacements(document: Document, diagram: Id, near?: { x: number; y: number }): Placement[] {
  const missing = shownOn(document, diagram).filter(
    (id) => recordIn(document, 'placements', placementId(diagram, id)) === undefined,
  );
  return placementsFor(document, diagram, missing, near);
}

/** Every box on a diagram by object id, what has no stored place included. */
export function boxesOf(document: Document, diagram: Id): Map<Id, Box> {
  const boxes = new Map<Id, Box>();
  const extra = new Map(missingPlacements(document, diagram).map((one) => [one.object, one]));
  for (const id of shownOn(document, diagram)) {
    const key = placementId(diagram, id);
    const place = (Object.hasOwn(document.placements, key) ? document.placements[key] : undefined) ?? extra.get(id);
    if (place !== undefined) boxes.set(id, { x: place.x, y: place.y, ...sizeOf(document, id, place.collapsed === true) });
  }
  return boxes;
}
