import { boundsOf, contains, Grid, grow, type Rect } from '#lib/grid.ts';
import { ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { boxesOf, freeSpot, snap } from '#model/derive/place.ts';
import { placementId } from '#model/layout-types.ts';
import type { Document, Id } from '#model/types.ts';
import type { LayoutInput, LayoutOutput } from './types.ts';

export interface LaidOut {
  /** New top left corners of objects and notes, in canvas pixels. */
  readonly places: ReadonlyMap<Id, { readonly x: number; readonly y: number }>;
  /** New boxes of areas, which keep what they held. */
  readonly areas: ReadonlyMap<Id, Rect>;
  /** The same as commands, to be run as one step. */
  readonly calls: readonly CommandCall[];
}

function isPinned(document: Document, diagram: Id, id: Id): boolean {
  return recordIn(document, 'placements', placementId(diagram, id))?.pinned === true;
}

interface Ground {
  readonly document: Document;
  readonly diagram: Id;
  /** Tables, views and notes with their boxes as they stand. */
  readonly boxes: ReadonlyMap<Id, Rect>;
  /** Objects to be placed anew. */
  readonly moving: ReadonlySet<Id>;
}

function groundOf(document: Document, diagram: Id, only: readonly Id[] | undefined): Ground {
  const boxes = new Map<Id, Rect>(boxesOf(document, diagram));
  const wanted = only === undefined ? undefined : new Set(only);
  const moving = new Set<Id>();
  for (const id of boxes.keys()) if (wanted === undefined ? !isPinned(document, diagram, id) : wanted.has(id)) moving.add(id);
  for (const note of Object.values(document.notes)) if (note.diagram === diagram) boxes.set(note.id, note);
  return { document, diagram, boxes, moving };
}

/** Each area with what it holds, when everything is laid out; an object is held by the smallest area round its middle. */
function groupsOf({ document, diagram, boxes, moving }: Ground): { id: Id; nodes: Id[] }[] {
  const areas = Object.values(document.areas).filter((area) => area.diagram === diagram);
  areas.sort((a, b) => a.width * a.height - b.width * b.height);
  const groups = new Map<Id, Id[]>(areas.map((area) => [area.id, []]));
  for (const [id, box] of boxes) {
    const note = recordIn(document, 'notes', id) !== undefined;
    if (!note && (!moving.has(id) || recordIn(document, 'placements', placementId(diagram, id)) === undefined)) continue;
    const home = areas.find((area) => contains(area, box.x + box.width / 2, box.y + box.height / 2));
    if (home !== undefined) groups.get(home.id)?.push(id);
  }
  return [...groups].flatMap(([id, nodes]) => (nodes.length > 0 ? [{ id, nodes }] : []));
}

function inputOf(ground: Ground, groups: readonly { id: Id; nodes: Id[] }[]): LayoutInput {
  const { document, boxes, moving } = ground;
  const ids = new Set([...moving, ...groups.flatMap(({ nodes }) => nodes)]);
  const nodes = [...ids].flatMap((id) => {
    const box = boxes.get(id);
    const schema = (recordIn(document, 'tables', id) ?? recordIn(document, 'views', id))?.schema;
    return box === undefined
      ? []
      : [{ id, width: box.width, height: box.height, ...(schema === undefined ? {} : { kind: schema }) }];
  });
  const edges = Object.values(document.relationships).flatMap(({ child, parent }) =>
    ids.has(child) && ids.has(parent) ? [{ child, parent }] : [],
  );
  return { nodes, edges, groups };
}

/** Where the whole goes: its middle where the middle was, moved as one when that place is taken. */
function shiftOf(ground: Ground, output: LayoutOutput, taken: Grid): { x: number; y: number } {
  const { boxes, moving } = ground;
  const after = boundsOf(Object.entries(output.spots).map(([id, spot]) => ({ ...(boxes.get(id) as Rect), ...spot })));
  const before = boundsOf([...moving].flatMap((id) => boxes.get(id) ?? []));
  if (after === undefined || before === undefined || taken.size === 0) return { x: 0, y: 0 };
  const wish = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
  const spot = freeSpot(taken, after, wish);
  return { x: spot.x - after.x, y: spot.y - after.y };
}

function callsOf(ground: Ground, places: LaidOut['places'], areas: LaidOut['areas']): CommandCall[] {
  const { document, diagram } = ground;
  const objects: { object: Id; x: number; y: number }[] = [];
  const calls: CommandCall[] = [];
  for (const [id, { x, y }] of places) {
    if (recordIn(document, 'notes', id) === undefined) objects.push({ object: id, x, y });
    else calls.push({ name: 'setNote', args: { id, patch: { x, y } } });
  }
  for (const [id, box] of areas) calls.push({ name: 'setArea', args: { id, patch: { ...box } } });
  const routes = Object.values(document.routes).filter((route) => {
    const one = route.diagram === diagram ? recordIn(document, 'relationships', route.relationship) : undefined;
    return one !== undefined && (places.has(one.child) || places.has(one.parent));
  });
  for (const { relationship } of routes) calls.push({ name: 'setRoute', args: { diagram, relationship, bends: [] } });
  const label = `Arrange ${places.size === 1 ? 'a table' : `${places.size} objects`}`;
  return objects.length === 0 ? calls : [{ name: 'placeObjects', args: { diagram, places: objects, label } }, ...calls];
}

/**
 * Lays out a diagram: up to sixty tables as one layered picture, more as communities packed to 16:10. Areas keep what
 * they hold and get a new box; pinned objects stay; bends drawn by hand at what moves are given up. The document is not
 * changed: run `calls` as one step.
 * @param only these objects; everything else stays and is kept clear of. Undefined = all that is not pinned.
 * @param compute does the layout itself, here or in a worker.
 */
export async function arrange(
  document: Document,
  diagram: Id,
  only: readonly Id[] | undefined,
  compute: (input: LayoutInput) => Promise<Result<LayoutOutput>>,
): Promise<Result<LaidOut>> {
  const ground = groundOf(document, diagram, only);
  if (ground.moving.size === 0) return ok({ places: new Map(), areas: new Map(), calls: [] });
  const groups = only === undefined ? groupsOf(ground) : [];
  const computed = await compute(inputOf(ground, groups));
  if (!computed.ok) return computed;
  const output = computed.value;
  const taken = new Grid();
  const strays: Id[] = [];
  for (const [id, box] of ground.boxes) {
    if (Object.hasOwn(output.spots, id)) continue;
    // A note that stands by itself gives way to tables when everything is laid out.
    if (only === undefined && recordIn(document, 'notes', id) !== undefined) strays.push(id);
    else taken.set(id, box);
  }
  const shift = shiftOf(ground, output, taken);
  const places = new Map<Id, { x: number; y: number }>();
  for (const [id, { x, y }] of Object.entries(output.spots)) places.set(id, { x: snap(x + shift.x), y: snap(y + shift.y) });
  for (const [id, spot] of places) taken.set(id, { ...(ground.boxes.get(id) as Rect), ...spot });
  for (const id of strays) {
    const box = ground.boxes.get(id) as Rect;
    if (taken.query(grow(box, 8), 1).length > 0)
      places.set(id, freeSpot(taken, box, { x: box.x + box.width / 2, y: box.y + box.height / 2 }));
    taken.set(id, { ...box, ...places.get(id) });
  }
  const areas = new Map<Id, Rect>();
  for (const [id, box] of Object.entries(output.groups))
    areas.set(id, { ...box, x: snap(box.x + shift.x), y: snap(box.y + shift.y) });
  return ok({ places, areas, calls: callsOf(ground, places, areas) });
}
