import { boundsOf, Grid, grow, type Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { chenOf, isFolded, NODE, nodeSize, rowMiddle } from '#model/derive/geometry.ts';
import { seenOn } from '#model/derive/level.ts';
import { placementId } from '#model/layout-types.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { drawingOrder, edgeShape, type Ground } from '#paint/edges.ts';
import { LAYERS } from '#paint/notation/line.ts';
import { Routes } from '#paint/routes.ts';
import type { Ghosts } from '#state/ghosts.ts';
import type { Scene } from './scene.ts';

/** Ghosts as they are drawn, in canvas pixels. */
export interface GhostDrawing {
  /** The document as the diagram shows it. */
  readonly document: Document;
  readonly boxes: ReadonlyMap<Id, Rect>;
  /** The old table with all its ghosts. */
  readonly bounds: Rect | undefined;
  readonly lines: Readonly<Record<(typeof LAYERS)[number], string>>;
  /** Rows of the old table that would leave it. */
  readonly leaving: readonly Rect[];
  readonly table: Id;
}

/** What lines of ghosts may have to go round, in pixels from them. */
const AROUND = 400;

function placed(document: Document, diagram: Id, id: Id): Rect | undefined {
  const place = recordIn(document, 'placements', placementId(diagram, id));
  const table = recordIn(document, 'tables', id);
  if (place === undefined || table === undefined) return undefined;
  return { x: place.x, y: place.y, ...nodeSize(document, table, isFolded(document, place)) };
}

/** Where a column stands in its table: its row, in Chen's notation its ellipse. */
function leavingRow(document: Document, table: Table, column: Id, box: Rect): Rect | undefined {
  const figure = chenOf(document, table);
  if (figure !== undefined) {
    const one = figure.ellipses.find((ellipse) => ellipse.column === column);
    if (one === undefined) return undefined;
    return { x: box.x + one.x - one.rx, y: box.y + one.y - one.ry, width: 2 * one.rx, height: 2 * one.ry };
  }
  const y = box.y + rowMiddle(document, table, column) - NODE.row / 2;
  return { x: box.x + 1, y, width: box.width - 2, height: NODE.row };
}

/** Works out where ghosts stand and how their lines run round what is there. @param scene what is there. */
export function drawGhosts(scene: Scene, { document: given, diagram, table, leaving, ghosts }: Ghosts): GhostDrawing {
  const document = seenOn(given, diagram);
  const boxes = new Map<Id, Rect>();
  for (const { id } of ghosts) {
    const box = placed(document, diagram, id);
    if (box !== undefined) boxes.set(id, box);
  }
  const own = scene.grid.get(table);
  const bounds = boundsOf([...boxes.values(), ...(own === undefined ? [] : [own])]);
  const grid = new Grid();
  for (const id of bounds === undefined ? [] : scene.grid.query(grow(bounds, AROUND))) grid.set(id, scene.grid.get(id) as Rect);
  for (const [id, box] of boxes) grid.set(id, box);
  const routes = new Routes();
  routes.move(grid.entries());
  const collapsed = (id: Id) => scene.nodes.get(id)?.collapsed === true;
  const ground: Ground = {
    document,
    diagram,
    boxes: grid,
    routes,
    boxOf: (id) => boxes.get(id) ?? scene.nodes.get(id)?.box,
    collapsed,
  };
  const links = Object.values(document.relationships).filter(({ child, parent }) => boxes.has(child) || boxes.has(parent));
  const lines = Object.fromEntries(LAYERS.map((layer) => [layer, ''])) as Record<(typeof LAYERS)[number], string>;
  for (const one of drawingOrder(ground, links)) {
    const shape = edgeShape(ground, one);
    for (const layer of LAYERS) lines[layer] += shape?.[layer] ?? '';
  }
  const record = recordIn(document, 'tables', table);
  const rows =
    own === undefined || record === undefined || collapsed(table)
      ? []
      : leaving.flatMap((id) => leavingRow(document, record, id, own) ?? []);
  return { document, boxes, bounds, lines, leaving: rows, table };
}
