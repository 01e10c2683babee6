import { Grid, type Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { endsOf, mismatchOf } from '#model/derive/ends.ts';
import { chenOf, isFolded, NODE, rowMiddle } from '#model/derive/geometry.ts';
import { linksOf } from '#model/derive/links.ts';
import { type Ends, lookOf, type SeenRelationship } from '#model/derive/look.ts';
import { placementId } from '#model/layout-types.ts';
import type { Document, Id, Relationship } from '#model/types.ts';
import type { Point } from './glyph.ts';
import { drawTree } from './notation/isa.ts';
import { type Drawing, type Meeting, NO_DRAWING, settled } from './notation/line.ts';
import { DRAW } from './notation/notations.ts';
import { verbOf } from './notation/verb.ts';
import { type Anchor, type Route, stubLine } from './route-line.ts';
import { type RouteSource, Routes } from './routes.ts';

/** A relationship (or a branch of a subtype hierarchy) as drawn, in the notation of the diagram. */
export interface EdgeShape extends Drawing {
  readonly id: Id;
  readonly points: readonly Point[];
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

/** Heights at which the ends of lines meet a table, by `<relationship> <end>`. */
type Spread = ReadonlyMap<string, number>;

const spreads = new WeakMap<Ground, Map<Id, Spread>>();

/** Part of a table's height where lines may meet it. */
function band(ground: Ground, table: Id, box: Rect): readonly [number, number] {
  const record = recordIn(ground.document, 'tables', table);
  const entity = record === undefined ? undefined : chenOf(ground.document, record)?.entity;
  // The name of an IDEF1X entity stands above its box.
  const above = lookOf(ground.document).notation === 'idef1x' ? NODE.header : 0;
  if (entity === undefined || ground.collapsed(table)) return [box.y + above + 4, box.y + box.height - 4];
  return [box.y + entity.y + 2, box.y + entity.y + entity.height - 2];
}

/**
 * Lines that belong to no row keep apart: those of one side of a table meet it one below the other, in the order of what
 * they lead to.
 */
function spreadOf(ground: Ground, table: Id, box: Rect): Spread {
  let known = spreads.get(ground);
  if (known === undefined) {
    known = new Map();
    spreads.set(ground, known);
  }
  const made = known.get(table);
  if (made !== undefined) return made;
  const links = linksOf(ground.document);
  const ends = [
    ...(links.byChild.get(table) ?? []).map((one) => ({ key: `${one.id} child`, other: one.parent })),
    ...(links.byParent.get(table) ?? []).map((one) => ({ key: `${one.id} parent`, other: one.child })),
  ].flatMap(({ key, other }) => {
    const there = ground.boxOf(other);
    return there === undefined ? [] : [{ key, x: there.x + there.width / 2, y: there.y + there.height / 2 }];
  });
  const spread = new Map<string, number>();
  const [top, bottom] = band(ground, table, box);
  for (const right of [true, false]) {
    const side = ends.filter((end) => end.x >= box.x + box.width / 2 === right);
    side.sort((a, b) => a.y - b.y || (a.key < b.key ? -1 : 1));
    for (const [at, { key }] of side.entries()) spread.set(key, Math.round(top + ((bottom - top) * (at + 1)) / (side.length + 1)));
  }
  known.set(table, spread);
  return spread;
}

/**
 * Which pair of a foreign key's columns its line joins: the first that is its own, for where several keys share their
 * first column (a tenant's, say) all of their lines would end at that row.
 */
function leadingPair(document: Document, one: Relationship): number {
  if (one.childColumns.length < 2) return 0;
  const others = (linksOf(document).byChild.get(one.child) ?? []).filter((other) => other.id !== one.id);
  const own = one.childColumns.findIndex((column) => !others.some((other) => other.childColumns.includes(column)));
  return Math.max(0, own);
}

function anchorY(ground: Ground, one: Relationship, end: 'child' | 'parent', box: Rect): number {
  const table = one[end];
  const column = one[`${end}Columns`][leadingPair(ground.document, one)];
  const record = recordIn(ground.document, 'tables', table);
  if (record === undefined) return box.y + box.height / 2;
  const { notation, level } = lookOf(ground.document);
  // Crow's feet stand at the rows that hold the key; other notations relate entities, each line with signs of its own.
  if (notation !== 'crows-foot' || (column === undefined && level === 'conceptual')) {
    return spreadOf(ground, table, box).get(`${one.id} ${end}`) ?? box.y + box.height / 2;
  }
  return box.y + rowMiddle(ground.document, record, column, ground.collapsed(table));
}

/** Where the line meets what stands for the table: in Chen's notation the entity stands within its ellipses. */
function meeting(ground: Ground, table: Id, at: Point, side: 1 | -1): Meeting {
  const record = recordIn(ground.document, 'tables', table);
  const figure = record === undefined || ground.collapsed(table) ? undefined : chenOf(ground.document, record);
  const inset = figure === undefined ? 0 : (figure.width - figure.entity.width) / 2;
  return { at: { x: at.x - side * inset, y: at.y }, away: { x: side, y: 0 } };
}

const diamonds = new WeakMap<Ground, Rect[]>();

/** Where diamonds and words stand that were drawn on this ground already, for the next ones to add to and keep clear of. */
function takenOn(ground: Ground): Rect[] {
  const known = diamonds.get(ground) ?? [];
  diamonds.set(ground, known);
  return known;
}

/** A part belongs to one whole: what several others identify is no composition of any of them. */
function composable(document: Document, one: Relationship, ends: Ends): Ends {
  if (!ends.identifying) return ends;
  const wholes = (linksOf(document).byChild.get(one.child) ?? []).filter((other) => endsOf(document, other).identifying);
  return wholes.length > 1 ? { ...ends, identifying: false } : ends;
}

function shape(ground: Ground, one: Relationship, route: Route, stub: 'child' | 'parent' | undefined): EdgeShape {
  const { document } = ground;
  const ends = endsOf(document, one);
  const mismatch = mismatchOf(ends, one.declared);
  const points = [...route.points];
  const child = stub === 'parent' ? undefined : meeting(ground, one.child, points[0] as Point, route.fromSide);
  const parentAt = (stub === 'parent' ? points[0] : points.at(-1)) as Point;
  const parent = stub === 'child' ? undefined : meeting(ground, one.parent, parentAt, route.toSide);
  if (child !== undefined) points[0] = child.at;
  if (parent !== undefined) points[stub === 'parent' ? 0 : points.length - 1] = parent.at;
  const { notation } = lookOf(document);
  const drawing = DRAW[notation]({
    points,
    ...(child === undefined ? {} : { child }),
    ...(parent === undefined ? {} : { parent }),
    ends: notation === 'uml' ? composable(document, one, ends) : ends,
    manyToMany: one.manyToMany === true,
    verb: notation === 'chen' ? verbOf(document, one) : '',
    own: (one as Partial<SeenRelationship>).own ?? [],
    taken: takenOn(ground),
  });
  const labels = settled(drawing.labels, takenOn(ground));
  return { ...drawing, labels, id: one.id, points, warn: mismatch.child || mismatch.parent, stub: stub !== undefined };
}

/** Draws a subtype hierarchy: the trunk with its sign first, then a way to each subtype. Empty when its supertype has no box. */
export function treeShapes(ground: Ground, id: Id): EdgeShape[] {
  const hierarchy = recordIn(ground.document, 'hierarchies', id);
  const above = hierarchy === undefined ? undefined : entityBox(ground, hierarchy.supertype);
  if (hierarchy === undefined || above === undefined) return [];
  const subtypes = hierarchy.subtypes.flatMap((one) => entityBox(ground, one) ?? []);
  if (subtypes.length === 0) return [];
  const { drawing, ways } = drawTree(lookOf(ground.document).notation, hierarchy, above, subtypes);
  return ways.map((points, at) => ({ ...(at === 0 ? drawing : NO_DRAWING), id, points, warn: false, stub: false }));
}

/** The box that stands for a table: within its ellipses in Chen's notation. */
function entityBox(ground: Ground, id: Id): Rect | undefined {
  const box = ground.boxOf(id);
  const record = recordIn(ground.document, 'tables', id);
  const entity = record === undefined || ground.collapsed(id) ? undefined : chenOf(ground.document, record)?.entity;
  // The name of an IDEF1X entity stands above its box.
  if (box !== undefined && record !== undefined && lookOf(ground.document).notation === 'idef1x') {
    return { ...box, y: box.y + NODE.header, height: Math.max(8, box.height - NODE.header) };
  }
  if (box === undefined || entity === undefined) return box;
  return { x: box.x + entity.x, y: box.y + entity.y, width: entity.width, height: entity.height };
}

const stubs = new WeakMap<Ground, Map<string, EdgeShape>>();

/**
 * Draws the beginning of a line. In crow's-foot notation those at one row that say the same lie on each other: a hub's
 * hundreds are drawn once.
 */
function stub(ground: Ground, one: Relationship, end: 'child' | 'parent', anchor: Anchor, towards: number): EdgeShape {
  const { points, side } = stubLine(anchor, towards);
  const make = () => shape(ground, one, { points, fromSide: side, toSide: side }, end);
  if (lookOf(ground.document).notation !== 'crows-foot') return make();
  const ends = endsOf(ground.document, one);
  const { child, parent } = mismatchOf(ends, one.declared);
  const x = points[0]?.x ?? 0;
  const key = `${end} ${x} ${anchor.y} ${side} ${ends[end]} ${ends.identifying || one.manyToMany === true} ${child || parent}`;
  const known = stubs.get(ground) ?? new Map<string, EdgeShape>();
  stubs.set(ground, known);
  const drawn = known.get(key);
  if (drawn !== undefined) return { ...drawn, id: one.id };
  const made = make();
  known.set(key, made);
  return made;
}

/** Draws one relationship. Undefined when neither end is on the ground. */
export function edgeShape(ground: Ground, one: Relationship): EdgeShape | undefined {
  const child = ground.boxes.get(one.child);
  const parent = ground.boxes.get(one.parent);
  const parentColumn = one.parentColumns[leadingPair(ground.document, one)];
  if (child !== undefined && parent !== undefined) {
    const drawn = recordIn(ground.document, 'routes', placementId(ground.diagram, one.id));
    const request = {
      id: one.id,
      from: { box: child, y: anchorY(ground, one, 'child', child) },
      to: { box: parent, y: anchorY(ground, one, 'parent', parent) },
      channel: lookOf(ground.document).notation === 'crows-foot' ? `${one.parent}/${parentColumn ?? one.id}` : one.id,
      ...(drawn === undefined ? {} : { bends: drawn.bends }),
    };
    const route = ground.routes.of(request);
    return shape(ground, one, route, undefined);
  }
  const here = child ?? parent;
  const there = ground.boxOf(child === undefined ? one.child : one.parent);
  if (here === undefined || there === undefined) return undefined;
  const y = anchorY(ground, one, child === undefined ? 'parent' : 'child', here);
  return stub(ground, one, child === undefined ? 'parent' : 'child', { box: here, y }, there.x + there.width / 2);
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

/** Every given relationship as drawn, and the subtype hierarchies that the document shows. */
export function edgeShapes(ground: Ground, all: readonly Relationship[]): EdgeShape[] {
  const trees = Object.keys(ground.document.hierarchies).flatMap((id) => treeShapes(ground, id));
  return [...drawingOrder(ground, all).flatMap((one) => edgeShape(ground, one) ?? []), ...trees];
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
    collapsed: (id) => isFolded(document, recordIn(document, 'placements', placementId(diagram, id))),
  };
}
