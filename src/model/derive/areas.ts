import { contains, type Rect } from '#lib/grid.ts';
import type { Area } from '../layout-types.ts';
import type { Id } from '../types.ts';

type Standing = Pick<Area, 'id' | 'x' | 'y' | 'width' | 'height'>;

/** Whether the middle of a box lies within an area: that is what belonging to it means. */
export function holdsMiddle(area: Rect, box: Rect): boolean {
  return contains(area, box.x + box.width / 2, box.y + box.height / 2);
}

/** Whether one area lies in another. Of two that hold each other's middle the larger is the outer one, so none is in itself. */
export function isWithin(inner: Standing, outer: Standing): boolean {
  if (inner.id === outer.id || !holdsMiddle(outer, inner)) return false;
  const [a, b] = [inner.width * inner.height, outer.width * outer.height];
  return a < b || (a === b && inner.id > outer.id);
}

/** The area a box belongs to, the smallest when it lies in several. */
export function areaOf<A extends Standing>(areas: readonly A[], box: Rect): A | undefined {
  let best: A | undefined;
  for (const area of areas) {
    if (holdsMiddle(area, box) && (best === undefined || isWithin(area, best))) best = area;
  }
  return best;
}

/** Areas in the order in which they are drawn: the larger under the smaller, so that an inner one can be seen and taken. */
export function inDrawingOrder<A extends Standing>(areas: readonly A[]): readonly A[] {
  return areas.toSorted((a, b) => b.width * b.height - a.width * a.height || (a.id < b.id ? -1 : 1));
}

/** The areas in an area, and those in them, and so on; itself included. */
export function areasWithin<A extends Standing>(areas: readonly A[], area: A): readonly A[] {
  const found = new Set([area]);
  for (const outer of found) for (const one of areas) if (isWithin(one, outer)) found.add(one);
  return [...found];
}

/**
 * What moves with areas: what belongs to them, areas inside them, and what belongs to those.
 * @param boxes everything else on the diagram by id.
 * @returns ids of areas (the given ones included) and of boxes.
 */
export function heldByAreas(
  areas: readonly Standing[],
  moved: Iterable<Id>,
  boxes: Iterable<readonly [Id, Rect]>,
): ReadonlySet<Id> {
  const chosen = new Set(moved);
  const all = new Set(areas.filter((one) => chosen.has(one.id)).flatMap((one) => areasWithin(areas, one)));
  const held = new Set([...all].map((one) => one.id));
  for (const [id, box] of boxes) {
    for (const area of all) {
      if (!holdsMiddle(area, box)) continue;
      held.add(id);
      break;
    }
  }
  return held;
}
