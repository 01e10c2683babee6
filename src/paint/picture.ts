import { boundsOf, grow, type Rect } from '#lib/grid.ts';
import { type Tally, tally } from '#lib/tally.ts';
import { recordIn } from '#model/collections.ts';
import { heldByAreas, inDrawingOrder } from '#model/derive/areas.ts';
import type { ChenFigure } from '#model/derive/chen.ts';
import { chenOf, isFolded } from '#model/derive/geometry.ts';
import { seenOn } from '#model/derive/level.ts';
import { boxesOf } from '#model/derive/place.ts';
import { type Area, type Note, type Placement, placementId } from '#model/layout-types.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import { type EdgeShape, edgeShapes, wholeGround } from './edges.ts';
import { type Face, faceOf, viewLine } from './face.ts';
import type { FormText } from './far-scene.ts';
import { type Tinter, tinter } from './tints.ts';

/** A table or view as it is drawn: plain data, so that it can be handed to a worker. */
export interface PictureNode {
  readonly id: Id;
  readonly kind: 'table' | 'view';
  readonly name: string;
  readonly box: Rect;
  /** Index of a tint, or {@link NO_TINT}. */
  readonly tint: number;
  /** Only its name is shown. */
  readonly collapsed: boolean;
  /** Of a table. */
  readonly face?: Face;
  /** Of a table in Chen's notation: its entity with the attributes round it. */
  readonly figure?: ChenFigure;
  /** What stands under a view's name. */
  readonly line?: string;
  /** Findings counted in its head. */
  readonly found?: Tally;
  /** Normal form shown in its head. */
  readonly form?: FormText;
}

export interface PictureEdge extends EdgeShape {
  /** What it covers, ends included. */
  readonly box: Rect;
}

/** A diagram, or a part of one, ready to be drawn: everything that any pen needs, and nothing it must look up. */
export interface Picture {
  /** Name of the model. */
  readonly title: string;
  /** What is drawn with its margin. */
  readonly bounds: Rect;
  readonly areas: readonly Area[];
  readonly edges: readonly PictureEdge[];
  readonly nodes: readonly PictureNode[];
  readonly notes: readonly Note[];
}

export interface PictureOptions {
  /** Only these tables, views, notes and areas, with the relationships among them; absent = the whole diagram. */
  readonly only?: readonly Id[];
  /** Counted on the tables. Waived ones are left out. */
  readonly findings?: readonly {
    readonly severity: 'error' | 'warning' | 'info';
    readonly at: readonly Ref[];
    readonly waivedBy?: string;
  }[];
  /** Free pixels round the picture. */
  readonly margin?: number;
}

/** Room that the ends of a line take beside it, in pixels. */
const END = 8;

/** What is drawn of nothing. */
const EMPTY: Rect = { x: 0, y: 0, width: 320, height: 200 };

function counted(findings: PictureOptions['findings']): ReadonlyMap<Id, Tally> {
  const all = new Map<Id, Tally>();
  for (const { at, severity, waivedBy } of findings ?? []) {
    const id = at[0]?.record;
    if (id !== undefined && waivedBy === undefined) all.set(id, tally(all.get(id), severity));
  }
  return all;
}

function nodeOf(
  document: Document,
  tint: Tinter,
  place: Placement | undefined,
  id: Id,
  box: Rect,
  found: Tally | undefined,
): PictureNode | undefined {
  const table = recordIn(document, 'tables', id);
  const one = table ?? recordIn(document, 'views', id);
  if (one === undefined) return undefined;
  const common = { id, name: one.name, box, tint: tint(one, box), collapsed: isFolded(document, place) };
  if (table === undefined) return { ...common, kind: 'view', line: viewLine(one as Document['views'][string]) };
  const figure = chenOf(document, table);
  return {
    ...common,
    kind: 'table',
    face: faceOf(document, table),
    ...(figure === undefined ? {} : { figure }),
    ...(found === undefined ? {} : { found }),
  };
}

/** What an edge covers: its way, the shapes on it, its words. */
function edgeBox({ points, hollow, labels }: EdgeShape): Rect {
  const corners = [...points, ...labels].map(({ x, y }) => ({ x, y, width: 0, height: 0 }));
  const wide = Math.max(END, hollow === '' ? 0 : 2 * END, ...labels.map(({ text }) => text.length * 7));
  return grow(boundsOf(corners) ?? EMPTY, wide);
}

/** What an area holds: itself, the tables, views and notes that belong to it, and areas inside it with theirs. */
export function idsInArea(document: Document, diagram: Id, area: Area): Id[] {
  const here = (one: { readonly diagram: Id }) => one.diagram === diagram;
  const notes = Object.values(document.notes).filter(here);
  const boxes = [...boxesOf(document, diagram), ...notes.map((note) => [note.id, note] as const)];
  return [...heldByAreas(Object.values(document.areas).filter(here), [area.id], boxes)];
}

/** From top to bottom, then from left to right: as a person reads, and not as records happen to be kept. */
function inReadingOrder([a, one]: readonly [Id, Rect], [b, other]: readonly [Id, Rect]): number {
  return one.y - other.y || one.x - other.x || (a < b ? -1 : 1);
}

/**
 * What a diagram shows, from the model alone. What has no place yet stands where the canvas would put it. The same input
 * gives the same picture.
 */
export function pictureOf(model: Document, diagram: Id, options: PictureOptions = {}): Picture {
  const document = seenOn(model, diagram);
  const wanted = options.only === undefined ? undefined : new Set(options.only);
  const shown = (id: Id) => wanted?.has(id) !== false;
  const boxes = new Map([...boxesOf(document, diagram)].filter(([id]) => shown(id)).sort(inReadingOrder));
  const notes = Object.values(document.notes).filter((one) => one.diagram === diagram && shown(one.id));
  const areas = inDrawingOrder(Object.values(document.areas).filter((one) => one.diagram === diagram && shown(one.id)));
  const relationships = Object.values(document.relationships)
    .filter((one) => boxes.has(one.child) && boxes.has(one.parent))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const shapes = edgeShapes(wholeGround(document, diagram, boxes), relationships);
  const edges = shapes.map((shape): PictureEdge => ({ ...shape, box: edgeBox(shape) }));
  const found = counted(options.findings);
  const tint = tinter(document, diagram);
  const nodes = [...boxes].flatMap(([id, box]) => {
    const place = recordIn(document, 'placements', placementId(diagram, id));
    return nodeOf(document, tint, place, id, box, found.get(id)) ?? [];
  });
  const all = [...nodes.map((one) => one.box), ...notes, ...areas, ...edges.map((one) => one.box)];
  return {
    title: document.settings['settings']?.name ?? 'Diagram',
    bounds: grow(boundsOf(all) ?? EMPTY, options.margin ?? 32),
    areas,
    edges,
    nodes,
    notes,
  };
}
