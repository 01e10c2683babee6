import { Grid, grow, type Rect } from '#lib/grid.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Id, Relationship } from '#model/types.ts';
import { drawingOrder, type EdgeShape, edgeShape, type Ground, treeShapes } from '#paint/edges.ts';
import { distanceTo } from '#paint/glyph.ts';
import { type Drawing, LAYERS, type LineLabel } from '#paint/notation/line.ts';
import { type RouteSource, Routes } from '#paint/routes.ts';
import { pathStore } from '#state/query-path.ts';
import { viewStore } from '#state/view.ts';
import type { SceneChange } from './scene.ts';
import { stage } from './stage.ts';
import { visibleRect } from './viewport.ts';

/** Paths of one look: whole and dashed lines, strokes of their ends, shapes that cover the line, shapes of its colour; words. */
export type Paths = Drawing;

interface EdgePaths {
  readonly plain: Paths;
  readonly warn: Paths;
  readonly hot: Paths;
}

function join(shapes: readonly EdgeShape[]): Paths {
  const paths = { solid: '', dashes: '', glyphs: '', hollow: '', filled: '' };
  const labels: LineLabel[] = [];
  // The stubs at a hub's key lie on each other: one of them is enough.
  const stubs = new Set<string>();
  for (const one of shapes) {
    if (one.stub) {
      const drawn = LAYERS.map((layer) => one[layer]).join(' ');
      if (stubs.has(drawn)) continue;
      stubs.add(drawn);
    }
    for (const layer of LAYERS) paths[layer] += one[layer];
    labels.push(...one.labels);
  }
  return { ...paths, labels };
}

/** Ids whose lines are drawn in the accent: what is selected or under the pointer. */
function hotIds(): Set<Id> {
  const { selection, hovered } = viewStore.getState();
  const hot = new Set(selection.map((ref) => ref.record));
  if (hovered !== undefined) hot.add(hovered);
  return hot;
}

/**
 * The lines in sight. Those that rest are kept until the view leaves the region they were made for or something there
 * changes; those of what is being dragged are made anew each frame.
 */
class EdgeView {
  resting: readonly EdgeShape[] = [];
  live: readonly EdgeShape[] = [];
  #region: Rect | undefined;
  #zoom = 1;
  #boxes = new Grid(256);
  #ends = new Map<Id, Relationship>();
  /** The ways of all lines that were in sight so far. */
  readonly routes = new Routes();
  #moved: Set<Id> | 'all' = 'all';

  /** Whether the resting lines must be made again for this view. */
  stale(): boolean {
    const { viewport, screen } = stage;
    if (stage.far && !stage.showsRows) return !stage.lingers && this.resting.length > 0;
    const region = this.#region;
    if (region === undefined) return true;
    const seen = visibleRect(viewport, screen);
    const inside =
      seen.x >= region.x &&
      seen.y >= region.y &&
      seen.x + seen.width <= region.x + region.width &&
      seen.y + seen.height <= region.y + region.height;
    return !inside || viewport.zoom > this.#zoom * 2;
  }

  /** Hears of a change of the scene: whether it touches resting lines. */
  hear(change: SceneChange): boolean {
    if (change.nodes === 'all' || this.#moved === 'all') this.#moved = 'all';
    else for (const id of change.nodes) this.#moved.add(id);
    if (change.nodes === 'all') return true;
    for (const id of change.nodes) if (!stage.moving.has(id)) return true;
    return change.edges && change.nodes.size === 0;
  }

  /** Lets the routes know where everything stands by now. */
  #settle(): void {
    const { grid } = stage.scene;
    const moved = this.#moved === 'all' ? new Set([...this.routes.blocks.ids(), ...stage.scene.nodes.keys()]) : this.#moved;
    this.routes.move([...moved].map((id) => [id, grid.get(id)] as const));
    this.#moved = new Set();
  }

  #ground(routes: RouteSource): Ground {
    const { document, diagram, nodes } = stage.scene;
    return {
      document,
      diagram,
      boxes: this.#boxes,
      routes,
      boxOf: (id) => nodes.get(id)?.box,
      collapsed: (id) => nodes.get(id)?.collapsed === true,
    };
  }

  #refreshBoxes(): void {
    this.#boxes = new Grid(256);
    if (this.#region === undefined) return;
    for (const id of stage.scene.grid.query(this.#region)) this.#boxes.set(id, stage.scene.grid.get(id) as Rect);
  }

  #touching(ids: Iterable<Id>): Map<Id, Relationship> {
    const links = linksOf(stage.scene.document);
    const found = new Map<Id, Relationship>();
    for (const id of ids) {
      for (const one of links.byChild.get(id) ?? []) found.set(one.id, one);
      for (const one of links.byParent.get(id) ?? []) found.set(one.id, one);
    }
    return found;
  }

  /** Subtype hierarchies of which some table is in sight, all of it at rest or not. */
  #trees(ground: Ground, moving: boolean): EdgeShape[] {
    const found: EdgeShape[] = [];
    for (const { id, supertype, subtypes } of Object.values(ground.document.hierarchies)) {
      const members = [supertype, ...subtypes];
      const moves = members.some((one) => stage.moving.has(one));
      if (moves === moving && members.some((one) => this.#boxes.get(one) !== undefined)) found.push(...treeShapes(ground, id));
    }
    return found;
  }

  /** Makes the resting lines for what is in sight now. */
  rest(): void {
    if (stage.far && !stage.showsRows) {
      this.resting = [];
      this.#region = undefined;
      return;
    }
    const seen = visibleRect(stage.viewport, stage.screen);
    this.#region = grow(seen, Math.max(seen.width, seen.height) * 0.3);
    this.#zoom = stage.viewport.zoom;
    this.#refreshBoxes();
    this.#ends = this.#touching([...this.#boxes.entries()].map(([id]) => id));
    if (stage.moving.size === 0) this.#settle();
    const ground = this.#ground(this.routes);
    const still = [...this.#ends.values()].filter((one) => !stage.moving.has(one.child) && !stage.moving.has(one.parent));
    const lines = drawingOrder(ground, still).flatMap((one) => edgeShape(ground, one) ?? []);
    this.resting = [...lines, ...this.#trees(ground, false)];
  }

  /** Makes the lines of what is being dragged. */
  follow(): void {
    if (stage.moving.size === 0 || (stage.far && !stage.showsRows)) {
      this.live = [];
      this.routes.endSketches();
      return;
    }
    for (const id of stage.moving) {
      const box = stage.scene.grid.get(id);
      if (box !== undefined) this.#boxes.set(id, box);
    }
    const lines = [...this.#touching(stage.moving).values()];
    const boxes = [...stage.moving].flatMap((id) => {
      const box = this.#boxes.get(id);
      return box === undefined ? [] : [[id, box] as const];
    });
    this.live = this.routes.sketch(boxes, (routes) => {
      const ground = this.#ground(routes);
      return [...lines.flatMap((one) => edgeShape(ground, one) ?? []), ...this.#trees(ground, true)];
    });
  }

  /** Resting lines by look. */
  paths(): EdgePaths {
    const hot = hotIds();
    const along = pathStore.getState().path?.relationships;
    const { relationships } = stage.scene.document;
    const groups: Record<keyof EdgePaths, EdgeShape[]> = { plain: [], warn: [], hot: [] };
    for (const one of this.resting) {
      const ends = relationships[one.id];
      const isHot =
        along?.has(one.id) === true || hot.has(one.id) || (ends !== undefined && (hot.has(ends.child) || hot.has(ends.parent)));
      groups[isHot ? 'hot' : one.warn ? 'warn' : 'plain'].push(one);
    }
    return { plain: join(groups.plain), warn: join(groups.warn), hot: join(groups.hot) };
  }

  livePaths(): Paths {
    return join(this.live);
  }

  /** The line within `reach` canvas pixels of a point, the nearest first. */
  at(x: number, y: number, reach: number): EdgeShape | undefined {
    let best: EdgeShape | undefined;
    let near = reach;
    for (const one of this.resting) {
      const far = distanceTo(one.points, x, y);
      if (far < near) {
        near = far;
        best = one;
      }
    }
    return best;
  }

  shapeOf(id: Id): EdgeShape | undefined {
    return this.resting.find((one) => one.id === id) ?? this.live.find((one) => one.id === id);
  }
}

export const edgeView = new EdgeView();
