import { recordIn } from '../collections.ts';
import { MAIN_DIAGRAM, placementId, wholePixel } from '../layout-types.ts';
import type { Id } from '../types.ts';
import { defineCommand } from './define.ts';
import { draftOf, drop, missing, nameOf, problem, put } from './lookup.ts';
import { recordCommands } from './record-commands.ts';
import { place } from './tables.ts';

export const areaCommands = recordCommands({ collection: 'areas', noun: 'area' });
export const noteCommands = recordCommands({ collection: 'notes', noun: 'note' });

export interface PlaceObjectsArgs {
  readonly diagram?: Id;
  /** Top left corners, in canvas pixels at zoom 1; rounded to integers. */
  readonly places: readonly { readonly object: Id; readonly x: number; readonly y: number }[];
  readonly label?: string;
}

/** Puts objects on a diagram, or moves those that stand there; what is pinned or collapsed stays so. */
export const placeObjects = defineCommand<PlaceObjectsArgs>({
  label(document, { places, label }) {
    if (label !== undefined) return label;
    return places.length === 1 && places[0] !== undefined
      ? `Move ${nameOf(document, places[0].object)}`
      : `Move ${places.length} objects`;
  },
  run(draft, { diagram = MAIN_DIAGRAM, places }, { before }) {
    if (recordIn(before, 'diagrams', diagram) === undefined) return missing('diagram', diagram);
    for (const { object, x, y } of places) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) return problem('no-number', 'A position is made of two finite numbers.');
      const old = recordIn(before, 'placements', placementId(diagram, object));
      if (old === undefined) {
        const failed = place(draft, object, { diagram, x, y });
        if (failed !== undefined) return failed;
      } else if (old.x !== wholePixel(x) || old.y !== wholePixel(y)) {
        put(draft, 'placements', { ...old, x: wholePixel(x), y: wholePixel(y) });
      }
    }
    return undefined;
  },
});

export interface RemovePlacementsArgs {
  readonly diagram?: Id;
  readonly objects: readonly Id[];
}

/** Takes objects off a diagram; the model keeps them. */
export const removePlacements = defineCommand<RemovePlacementsArgs>({
  label: (_document, { objects }) => `Take ${objects.length === 1 ? 'an object' : `${objects.length} objects`} off the diagram`,
  run(draft, { diagram = MAIN_DIAGRAM, objects }) {
    for (const object of objects) drop(draft, 'placements', placementId(diagram, object));
    return undefined;
  },
});

export interface MarkPlacementsArgs {
  readonly diagram?: Id;
  readonly objects: readonly Id[];
  readonly pinned?: boolean;
  readonly collapsed?: boolean;
  readonly hidden?: boolean;
  /** Index of a tint, 0 to 5; null = the diagram's own colours again. */
  readonly tint?: number | null;
}

function markLabel({ pinned, collapsed, hidden, tint }: MarkPlacementsArgs): string {
  if (pinned !== undefined) return pinned ? 'Pin' : 'Unpin';
  if (hidden !== undefined) return hidden ? 'Hide on the diagram' : 'Show on the diagram';
  if (tint !== undefined) return tint === null ? 'Colour as the diagram does' : 'Colour on the diagram';
  return collapsed === true ? 'Collapse' : 'Expand';
}

/** Pins (automatic layout leaves them), collapses (header only), hides or colours objects of a diagram. */
export const markPlacements = defineCommand<MarkPlacementsArgs>({
  label: (_document, args) => markLabel(args),
  run(draft, { diagram = MAIN_DIAGRAM, objects, pinned, collapsed, hidden, tint }) {
    for (const object of objects) {
      const placement = draftOf(draft, 'placements', placementId(diagram, object));
      if (placement === undefined) return missing('object on the diagram', object);
      for (const [key, value] of [['pinned', pinned] as const, ['collapsed', collapsed] as const, ['hidden', hidden] as const]) {
        if (value === true) placement[key] = true;
        else if (value === false) delete placement[key];
      }
      if (tint === null) delete placement.tint;
      else if (tint !== undefined) placement.tint = tint;
    }
    return undefined;
  },
});

export interface SetRouteArgs {
  readonly diagram?: Id;
  readonly relationship: Id;
  /** In canvas pixels from the child's end; empty = routed automatically again. */
  readonly bends: readonly { readonly x: number; readonly y: number }[];
}

/** Gives a relationship bends on a diagram, or takes them away. */
export const setRoute = defineCommand<SetRouteArgs>({
  label: (_document, { bends }) => (bends.length === 0 ? 'Route automatically' : 'Bend relationship'),
  run(draft, { diagram = MAIN_DIAGRAM, relationship, bends }, { before }) {
    if (recordIn(before, 'relationships', relationship) === undefined) return missing('relationship', relationship);
    const id = placementId(diagram, relationship);
    if (bends.length === 0) drop(draft, 'routes', id);
    else
      put(draft, 'routes', { id, diagram, relationship, bends: bends.map(({ x, y }) => ({ x: wholePixel(x), y: wholePixel(y) })) });
    return undefined;
  },
});
