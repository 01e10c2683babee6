import type { Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { areaOf } from '#model/derive/areas.ts';
import { tagsOf } from '#model/derive/diagrams.ts';
import { placementId } from '#model/layout-types.ts';
import type { Document, Id, Table, View } from '#model/types.ts';
import { tintOf } from './face.ts';

/** Stands for having no tint: what is painted with it looks like a line. No theme has so many tints. */
export const NO_TINT = 254;

export const TINT_COUNT = 6;

/** The tint of a table or view whose box on the diagram is known. */
export type Tinter = (object: Table | View, box: Rect) => number;

/** How a diagram colours what stands on it: each its own way where somebody said so, else by schema, area or tag. */
export function tinter(document: Document, diagram: Id): Tinter {
  const colours = recordIn(document, 'diagrams', diagram)?.colours;
  const areas = colours === 'area' ? Object.values(document.areas).filter((one) => one.diagram === diagram) : [];
  const tags = colours === 'tag' ? new Map(tagsOf(document).map((tag, at) => [tag, at % TINT_COUNT])) : undefined;
  return (object, box) => {
    const own = recordIn(document, 'placements', placementId(diagram, object.id))?.tint;
    if (own !== undefined) return own;
    if (colours === undefined) return tintOf(document, object.schema);
    if (colours === 'area') return areaOf(areas, box)?.tint ?? NO_TINT;
    const tag = 'query' in object ? undefined : object.tags?.toSorted()[0];
    return tag === undefined ? NO_TINT : (tags?.get(tag) ?? NO_TINT);
  };
}

/** A tint as a CSS colour of the page. */
export function tintColour(tint: number): string {
  return tint === NO_TINT ? 'var(--edge)' : `var(--s${tint})`;
}
