import { Grid, type Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { endsOf, mismatchOf } from '#model/derive/ends.ts';
import { rowMiddle } from '#model/derive/geometry.ts';
import { placementId } from '#model/layout-types.ts';
import type { Document, Id, Relationship } from '#model/types.ts';
import { endGlyph, type Point, roundedPath } from './glyph.ts';
import { type Route, stubLine } from './route-line.ts';
import { type RouteSource, Routes } from './routes.ts';

/** A relationship as drawn. */
export interface EdgeShape {
  readonly id: Id;
  readonly points: readonly Point[];
  readonly line: string;
  readonly glyphs: string;
  readonly circles: string;
  /** Identifying ones are drawn solid, the others dashed. */
  readonly dashed: boolean;
  /** Declared cardinality and keys disagree, or it has no columns yet. */
  readonly warn: boolean;
  /** Only its beginning is drawn: the other end is out of sight. */
  readonly stub: boolean;
}

/** Where the tables are: what the lines run between and around. */
export interface Ground {
  readonly document: Document;
  readonly diagram: Id;
  /** Boxes in sight: a line with only one end here is drawn as its beginning. */
  readonly boxes: Grid;
  /** All boxes that lines go round, and the ways found so far. */
  readonly routes: RouteSource;
  /** Any table's box, in sight or not. */
  readonly boxOf: (id: Id) => Rect | undefined;
  readonly collapsed: (id: Id) => boolean;
}

function anchorY(ground: Ground, table: Id, box: Rect, column: Id | undefined): number {
  const record = recordIn(ground.document, 'tables', table);
  if (record === undefined) return box.y + box.height / 2;
  return box.y + rowMiddle(ground.document, record, column, ground.collapsed(table));
}

function shape(ground: Ground, one: Relationship, route: Route, stub: 'child' | 'parent' | undefined): EdgeShape {
  const ends = endsOf(ground.document, one);
  const mismatch = mismatchOf(ends, one.declared);
  const start = route.points[0] as Point;
  const end = route.points.at(-1) as Point;
  const child = stub === 'parent' ? undefined : endGlyph(ends.child, start, route.fromSide);
  const parent = stub === 'child' ? undefined : endGlyph(ends.parent, stub === 'parent' ? start : end, route.toSide);
  return {
    id: one.id,
    points: route.points,
    line: roundedPath(route.points),
    glyphs: (child?.lines ?? '') + (parent?.lines ?? ''),
    circles: (child?.circle ?? '') + (parent?.circle ?? ''),
    dashed: !ends.identifying,
    warn: mismatch.child || mismatch.parent,
    stub: stub !== undefined,
  };
}

/** Draws one relationship. Undefined when neither end is on the ground. */
export function edgeShape(ground: Ground, one: Relationship): EdgeShape | undefined {
  const child = ground.boxes.get(one.child);
  const parent = ground.boxes.get(one.parent);
  const childColumn = one.childColumns[0];
  const parentColumn = one.parentColumns[0];
  if (child !== undefined && parent !== undefined) {
    const drawn = recordIn(ground.document, 'routes', placementId(ground.diagram, one.id));
    const request = {
      id: one.id,
      from: { box: child, y: anchorY(ground, one.child, child, childColumn) },
      to: { box: parent, y: anchorY(ground, one.parent, parent, parentColumn) },
      channel: `${one.parent}/${parentColumn ?? ''}`,
      ...(drawn === undefined ? {} : { bends: drawn.bends }),
    };
    const route = ground.routes.of(request);
    return shape(ground, one, route, undefined);
  }
  const here = child ?? parent;
  const there = ground.boxOf(child === undefined ? one.child : one.parent);
  if (here === undefined || there === undefined) return undefined;
  const table = child === undefined ? one.parent : one.child;
  const y = anchorY(ground, table, here, child === undefined ? parentColumn : childColumn);
  const { points, side } = stubLine({ box: here, y }, there.x + there.width / 2);
  return shape(ground, one, { points, fromSide: side, toSide: side }, child === undefined ? 'parent' : 'child');
}

/** Order in which lines are drawn: short ones first, so that they get the straightest ways. */
export function drawingOrder(ground: Ground, all: readonly Relationship[]): Relationship[] {
  const length = (one: Relationship) => {
    const a = ground.boxOf(one.child);
    const b = ground.boxOf(one.parent);
    return a === undefined || b === undefined ? 0 : Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  };
  return all
    .map((one) => ({ one, length: length(one) }))
    .sort((a, b) => a.length - b.length || (a.one.id < b.one.id ? -1 : 1))
    .map(({ one }) => one);
}

/** Every given relationship as drawn. */
export function edgeShapes(ground: Ground, all: readonly Relationship[]): EdgeShape[] {
  return drawingOrder(ground, all).flatMap((one) => edgeShape(ground, one) ?? []);
}

/** A ground on which everything is in sight. */
export function wholeGround(document: Document, diagram: Id, boxes: ReadonlyMap<Id, Rect>): Ground {
  const grid = new Grid();
  for (const [id, box] of boxes) grid.set(id, box);
  for (const note of Object.values(document.notes)) if (note.diagram === diagram) grid.set(note.id, note);
  const routes = new Routes();
  routes.move(grid.entries());
  return {
    document,
    diagram,
    boxes: grid,
    routes,
    boxOf: (id) => grid.get(id),
    collapsed: (id) => recordIn(document, 'placements', placementId(diagram, id))?.collapsed === true,
  };
}
