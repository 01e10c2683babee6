import { boundsOf, Grid, grow, type Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { isFolded, NODE, nodeSize, rowMiddle } from '#model/derive/geometry.ts';
import { seenOn } from '#model/derive/level.ts';
import { placementId } from '#model/layout-types.ts';
import type { Document, Id } from '#model/types.ts';
import { drawingOrder, edgeShape, type Ground } from '#paint/edges.ts';
import { LAYERS } from '#paint/notation/line.ts';
import { Routes } from '#paint/routes.ts';
import type { Ghosts } from '#state/ghosts.ts';
import { stage } from './stage.ts';
import { visibleRect } from './viewport.ts';

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

/** Works out where ghosts stand and how their lines run round what is there. */
export function drawGhosts({ document: given, diagram, table, leaving, ghosts }: Ghosts): GhostDrawing {
  const document = seenOn(given, diagram);
  const { scene } = stage;
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
      : leaving.map((id) => ({
          x: own.x + 1,
          y: own.y + rowMiddle(document, record, id) - NODE.row / 2,
          width: own.width - 2,
          height: NODE.row,
        }));
  return { document, boxes, bounds, lines, leaving: rows, table };
}

/** Brings the table and its ghosts into sight where they are not; a view that shows them stays. */
function show(drawing: GhostDrawing | undefined): void {
  const bounds = drawing?.bounds;
  if (bounds === undefined) return;
  const { x, y, width, height } = visibleRect(stage.viewport, stage.screen);
  const inside = bounds.x >= x && bounds.y >= y && bounds.x + bounds.width <= x + width && bounds.y + bounds.height <= y + height;
  if (!inside || !stage.showsRows) stage.fit(bounds);
}

/** Shows what is proposed now, and again when the canvas gets another size. Returns how to stop. */
export function keepInSight(drawing: () => GhostDrawing | undefined): () => void {
  show(drawing());
  let seen = stage.screen;
  return stage.on('view', () => {
    const { width, height } = stage.screen;
    if (seen.width === width && seen.height === height) return;
    seen = stage.screen;
    show(drawing());
  });
}
