import type { Grid, Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { isShown } from '#model/derive/diagrams.ts';
import { isFolded, nodeSize } from '#model/derive/geometry.ts';
import { seenOn } from '#model/derive/level.ts';
import { freeSpot, GAP, placementsFor, snap, takenOn } from '#model/derive/place.ts';
import { placementId } from '#model/layout-types.ts';
import type { Document, Id } from '#model/types.ts';
import type { Proposal } from './types.ts';

interface Spot {
  readonly x: number;
  readonly y: number;
}

interface Sized {
  readonly id: Id;
  readonly level: number;
  readonly width: number;
  readonly height: number;
}

/** Room kept to what stands already, in pixels; lines need a part of it. */
const CLEAR = 20;
/** Sides of the table on which the new ones may stand, the best first, and what each step aside costs in pixels. */
const SIDES = ['right', 'left', 'below', 'above'] as const;
const SIDE_COST = 90;
const SHIFTS = [0, 1, -1, 2, -2, 3, -3, 4, -4];
const SHIFT = 80;
const AWAYS = [0, 1, 2, 3, 4];
const AWAY = 140;

/** How far each table of a proposal is from the one that stays along the foreign keys; what none leads to stands beside it. */
export function levelsOf({ tables, links }: Proposal): number[] {
  const levels: number[] = tables.map((_, at) => (at === 0 ? 0 : 1));
  // Links lead from earlier to later tables, so each level is final when it is read.
  for (const { child, parent } of [...links].sort((a, b) => a.child - b.child)) {
    levels[parent] = Math.max(levels[parent] ?? 0, (levels[child] ?? 0) + 1);
  }
  return levels;
}

/** The tables in columns (or rows) by level on one side of a table, in the middle of that side. */
function blockOn(side: (typeof SIDES)[number], from: Rect, parts: readonly Sized[]): Map<Id, Rect> {
  const across = side === 'right' || side === 'left';
  const gap = across ? { out: GAP.x, along: GAP.y } : { out: GAP.y + 16, along: GAP.x };
  const boxes = new Map<Id, Rect>();
  let out = gap.out;
  for (const level of [...new Set(parts.map((one) => one.level))].sort((a, b) => a - b)) {
    const members = parts.filter((one) => one.level === level);
    const long = members.reduce((sum, one) => sum + (across ? one.height : one.width) + gap.along, -gap.along);
    const deep = Math.max(...members.map((one) => (across ? one.width : one.height)));
    let along = ((across ? from.height : from.width) - long) / 2;
    for (const { id, width, height } of members) {
      const x = across ? (side === 'right' ? from.x + from.width + out : from.x - out - width) : from.x + along;
      const y = across ? from.y + along : side === 'below' ? from.y + from.height + out : from.y - out - height;
      boxes.set(id, { x: snap(x), y: snap(y), width, height });
      along += (across ? height : width) + gap.along;
    }
    out += deep + gap.out;
  }
  return boxes;
}

function moved(boxes: ReadonlyMap<Id, Rect>, dx: number, dy: number): Map<Id, Rect> {
  return new Map([...boxes].map(([id, box]) => [id, { ...box, x: snap(box.x + dx), y: snap(box.y + dy) }]));
}

function isFree(taken: Grid, boxes: ReadonlyMap<Id, Rect>): boolean {
  for (const { x, y, width, height } of boxes.values()) {
    const room = { x: x - CLEAR, y: y - CLEAR, width: width + 2 * CLEAR, height: height + 2 * CLEAR };
    if (taken.query(room, 1).length > 0) return false;
  }
  return true;
}

/** The nearest free place for all of them together, beside the table; undefined when it is crowded there. */
function together(taken: Grid, from: Rect, parts: readonly Sized[]): Map<Id, Rect> | undefined {
  const tries = SIDES.flatMap((side, at) => {
    const block = blockOn(side, from, parts);
    const across = side === 'right' || side === 'left';
    const sign = side === 'right' || side === 'below' ? 1 : -1;
    return AWAYS.flatMap((away) =>
      SHIFTS.map((shift) => ({
        cost: at * SIDE_COST + Math.abs(shift) * SHIFT + away * AWAY,
        boxes: () => moved(block, across ? sign * away * AWAY : shift * SHIFT, across ? shift * SHIFT : sign * away * AWAY),
      })),
    );
  });
  for (const { boxes } of tries.sort((a, b) => a.cost - b.cost)) {
    const made = boxes();
    if (isFree(taken, made)) return made;
  }
  return undefined;
}

interface Placing {
  /** With the table whole, as it stands there now. */
  readonly before: Document;
  readonly after: Document;
  readonly diagram: Id;
  readonly proposal: Proposal;
  /** Ids of the tables, by position in the proposal. */
  readonly tableIds: readonly Id[];
  /** Where a person wants tables, by position in the proposal: there they stand. */
  readonly wishes: Readonly<Record<number, Spot>>;
}

/**
 * Where the new tables of a decomposition stand on a diagram: all together on the free side of the table that is nearest,
 * those farther along the foreign keys farther out; each at the free place nearest to it where it is crowded. Nothing else
 * moves, and the table is taken as large as it is before. On a diagram that does not show the table they have no place,
 * unless the diagram shows whatever there is.
 */
export function placesOfParts(placing: Placing): { object: Id; x: number; y: number }[] {
  const { diagram, proposal, tableIds, wishes } = placing;
  // Sizes are those of the diagram's level and notation.
  const before = seenOn(placing.before, diagram);
  const after = seenOn(placing.after, diagram);
  const fresh = tableIds.filter((_, at) => proposal.tables[at]?.remainder !== true);
  const place = recordIn(before, 'placements', placementId(diagram, proposal.table));
  const table = recordIn(before, 'tables', proposal.table);
  if (place === undefined || place.hidden === true || table === undefined) {
    const shown = fresh.filter((id) => isShown(after, diagram, id));
    return placementsFor(after, diagram, shown).map(({ object, x, y }) => ({ object, x, y }));
  }
  const from = { x: place.x, y: place.y, ...nodeSize(before, table, isFolded(before, place)) };
  const taken = takenOn(before, diagram);
  const levels = levelsOf(proposal);
  const found = new Map<Id, Spot>();
  const parts: Sized[] = [];
  for (const [at, id] of tableIds.entries()) {
    const record = recordIn(after, 'tables', id);
    if (record === undefined || !fresh.includes(id)) continue;
    const size = nodeSize(after, record, false);
    const wish = Object.hasOwn(wishes, at) ? wishes[at] : undefined;
    if (wish === undefined) parts.push({ id, level: levels[at] ?? 1, ...size });
    else {
      found.set(id, wish);
      taken.set(id, { ...wish, ...size });
    }
  }
  const block = together(taken, from, parts);
  for (const { id, width, height } of parts) {
    const spot = block?.get(id) ?? freeSpot(taken, { width, height }, middleOf(from));
    found.set(id, { x: spot.x, y: spot.y });
    taken.set(id, { x: spot.x, y: spot.y, width, height });
  }
  return [...found].map(([object, { x, y }]) => ({ object, x, y }));
}

function middleOf({ x, y, width, height }: Rect): Spot {
  return { x: x + width / 2, y: y + height / 2 };
}
