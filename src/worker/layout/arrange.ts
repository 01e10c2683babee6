import { boundsOf, Grid, grow, type Rect } from '#lib/grid.ts';
import { ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { freeSpot, snap } from '#model/derive/place.ts';
import type { Document, Id } from '#model/types.ts';
import { type Arranging, type Ground, groundOf, groupsOf, inputOf } from './ground.ts';
import type { LayoutInput, LayoutOutput, Spot } from './types.ts';

export interface LaidOut {
  /** New top left corners of objects and notes, in canvas pixels. */
  readonly places: ReadonlyMap<Id, Spot>;
  /** New boxes of areas, which keep what they held. */
  readonly areas: ReadonlyMap<Id, Rect>;
  /** The same as commands, to be run as one step. */
  readonly calls: readonly CommandCall[];
  /** What belongs together among tables of no area, when they were too many for one picture. */
  readonly communities: readonly (readonly Id[])[];
}

interface Laid {
  readonly places: Map<Id, Spot>;
  readonly areas: Map<Id, Rect>;
}

function callsOf(ground: Ground, { places, areas }: Laid): CommandCall[] {
  const { document, diagram } = ground;
  const objects: { object: Id; x: number; y: number }[] = [];
  const calls: CommandCall[] = [];
  for (const [id, { x, y }] of places) {
    if (recordIn(document, 'notes', id) === undefined) objects.push({ object: id, x, y });
    else calls.push({ name: 'setNote', args: { id, patch: { x, y } } });
  }
  for (const [id, { x, y, width, height }] of areas) calls.push({ name: 'setArea', args: { id, patch: { x, y, width, height } } });
  const routes = Object.values(document.routes).filter((route) => {
    const one = route.diagram === diagram ? recordIn(document, 'relationships', route.relationship) : undefined;
    return one !== undefined && (places.has(one.child) || places.has(one.parent));
  });
  for (const { relationship } of routes) calls.push({ name: 'setRoute', args: { diagram, relationship, bends: [] } });
  const label = `Arrange ${places.size === 1 ? 'a table' : `${places.size} objects`}`;
  return objects.length === 0 ? calls : [{ name: 'placeObjects', args: { diagram, places: objects, label } }, ...calls];
}

const centre = (rect: Rect): Spot => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });

/** What a layout must stay clear of: what does not move, and areas that something else is in. */
function obstaclesOf(ground: Ground, output: LayoutOutput): Grid {
  const taken = new Grid();
  for (const [id, box] of ground.boxes) if (!Object.hasOwn(output.spots, id)) taken.set(id, box);
  if (ground.arranging.area === undefined) return taken;
  for (const area of ground.apart) taken.set(area.id, area);
  return taken;
}

/** How the laid out whole is moved from its own coordinates to where it belongs. */
function shiftOf(ground: Ground, output: LayoutOutput, taken: Grid): Spot {
  const { boxes, arranging, moving } = ground;
  const home = arranging.area === undefined ? undefined : recordIn(ground.document, 'areas', arranging.area);
  const frame = arranging.area === undefined ? undefined : output.groups[arranging.area];
  const whole = boundsOf([
    ...Object.entries(output.spots).map(([id, spot]) => ({ ...(boxes.get(id) as Rect), ...spot })),
    ...Object.values(output.groups),
  ]);
  if (whole === undefined) return { x: 0, y: 0 };
  if (home !== undefined && frame !== undefined) {
    const there = { ...frame, x: home.x, y: home.y };
    const free = taken.query(there, 1).length === 0;
    const spot = free ? there : freeSpot(taken, frame, centre(there));
    return { x: spot.x - frame.x, y: spot.y - frame.y };
  }
  const inner = (arranging.centre ?? []).flatMap((id) => {
    const spot = output.spots[id];
    const box = boxes.get(id);
    return spot === undefined || box === undefined ? [] : [{ box, laid: { ...box, ...spot } }];
  });
  const before = boundsOf(inner.length > 0 ? inner.map((one) => one.box) : [...moving].flatMap((id) => boxes.get(id) ?? []));
  const after = inner.length > 0 ? boundsOf(inner.map((one) => one.laid)) : whole;
  if (before === undefined || after === undefined || taken.size === 0) return { x: 0, y: 0 };
  const wish = { x: centre(before).x - centre(after).x, y: centre(before).y - centre(after).y };
  // The few pinned tables of a whole diagram are gone round one by one; a part is put where there is room for it as one.
  if (arranging.only === undefined && arranging.way !== 'rings') return wish;
  const there = { ...whole, x: whole.x + wish.x, y: whole.y + wish.y };
  if (taken.query(grow(there, 24), 1).length === 0) return wish;
  const spot = freeSpot(taken, whole, centre(there));
  return { x: spot.x - whole.x, y: spot.y - whole.y };
}

/** Puts everything at its place; what would stand on something that stays gets the free place nearest to it. */
function placed(ground: Ground, output: LayoutOutput, taken: Grid, shift: Spot): Map<Id, Spot> {
  const places = new Map<Id, Spot>();
  const displaced: { id: Id; box: Rect }[] = [];
  for (const [id, { x, y }] of Object.entries(output.spots)) {
    const box = { ...(ground.boxes.get(id) as Rect), x: snap(x + shift.x), y: snap(y + shift.y) };
    if (ground.strays.has(id) || taken.query(grow(box, 8), 1).length > 0) displaced.push({ id, box });
    else places.set(id, { x: box.x, y: box.y });
  }
  for (const [id, spot] of places) taken.set(id, { ...(ground.boxes.get(id) as Rect), ...spot });
  for (const id of ground.strays) {
    const box = ground.boxes.get(id) as Rect;
    if (taken.query(grow(box, 8), 1).length > 0) displaced.push({ id, box });
    else taken.set(id, box);
  }
  displaced.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
  for (const { id, box } of displaced) {
    const spot = freeSpot(taken, box, centre(box));
    places.set(id, spot);
    taken.set(id, { ...box, ...spot });
  }
  return places;
}

/** New boxes of the areas: those laid out, and those round an area that grew. */
function areasOf(ground: Ground, output: LayoutOutput, shift: Spot): Map<Id, Rect> {
  const areas = new Map<Id, Rect>();
  for (const [id, box] of Object.entries(output.groups))
    areas.set(id, { ...box, x: snap(box.x + shift.x), y: snap(box.y + shift.y) });
  let grown = ground.arranging.area === undefined ? undefined : areas.get(ground.arranging.area);
  for (const outer of ground.round) {
    if (grown === undefined) break;
    const box = boundsOf([outer, grow(grown, 16)]) as Rect;
    if (box.width !== outer.width || box.height !== outer.height) areas.set(outer.id, box);
    grown = box;
  }
  return areas;
}

/**
 * Lays out a diagram or a part of it. By default up to sixty tables as one layered picture, more as communities packed to
 * 16:10. Areas keep what they hold and get a new box; pinned objects stay; nothing stands on anything; bends drawn by hand
 * at what moves are given up. The document is not changed: run `calls` as one step.
 * @param compute does the layout itself, here or in a worker.
 */
export async function arrange(
  document: Document,
  diagram: Id,
  arranging: Arranging,
  compute: (input: LayoutInput) => Promise<Result<LayoutOutput>>,
): Promise<Result<LaidOut>> {
  const ground = groundOf(document, diagram, arranging);
  if (ground.moving.size === 0) return ok({ places: new Map(), areas: new Map(), calls: [], communities: [] });
  const computed = await compute(inputOf(ground, groupsOf(ground)));
  if (!computed.ok) return computed;
  const output = computed.value;
  const taken = obstaclesOf(ground, output);
  for (const id of ground.strays) taken.delete(id);
  const shift = shiftOf(ground, output, taken);
  const places = placed(ground, output, taken, shift);
  const areas = areasOf(ground, output, shift);
  return ok({ places, areas, calls: callsOf(ground, { places, areas }), communities: output.communities });
}
