import type { Rect } from '#lib/grid.ts';
import { boundsOf, grow, overlaps } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { filtered, isFiltering, isolated } from '#model/derive/narrow.ts';
import type { Diff } from '#model/diff.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import { documentStore, onDocumentChange } from '#state/document.ts';
import { importStore } from '#state/import.ts';
import { layOutFor } from '#state/layout.ts';
import { narrowStore } from '#state/narrow.ts';
import { viewStore } from '#state/view.ts';
import { fitBeside } from './fit.ts';
import { judgeFar, MOST_NODES, rowsIn } from './mode.ts';
import { Scene, type SceneChange } from './scene.ts';
import {
  BAR,
  fitRect,
  NAMES_BELOW,
  revealRect,
  roomFor,
  type Screen,
  TWO_BARS,
  type Viewport,
  visibleRect,
  zoomAbout,
} from './viewport.ts';

type StageEvent = 'view' | 'scene' | 'moving' | 'mode' | 'lines';

type Listener = (change: SceneChange | undefined) => void;

/** Pixels round the view in which nodes are mounted already. */
const MARGIN = 160;

/** Height of the strip in which an area's name stands. */
const AREA_TITLE = 28;

const NO_IDS: ReadonlySet<Id> = new Set();

function holds(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function sameRect(a: Rect, b: Rect | undefined): boolean {
  return b !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/**
 * The canvas as one thing: the scene, what of it is in sight, and how to move over it. It is the truth that React Flow,
 * the lines, the far view and the minimap all follow; none of them asks another.
 */
class Stage {
  scene = new Scene(documentStore.getState().document, viewStore.getState().diagram);
  viewport: Viewport = viewStore.getState().viewport;
  screen: Screen = { width: 0, height: 0 };
  /** Everything in sight is drawn by the far view; no node is mounted but the one that keys act on. */
  far = false;
  /** The far view has begun, but its first picture is not there yet: what the page shows stays so long. */
  lingers = false;
  /** Nodes being dragged: their lines are drawn apart. */
  moving: ReadonlySet<Id> = NO_IDS;
  /** Moves React Flow's viewport; set while the canvas is mounted. */
  drive: ((viewport: Viewport, animated: boolean) => void) | undefined;
  /** Where each diagram was looked at last. */
  readonly #viewports = new Map<Id, Viewport>();
  /** Where the diagram was looked at before it was narrowed. */
  #wide: Viewport | undefined;
  /** What was made while the diagram is narrowed: it is shown, whatever it is. */
  readonly #arrived = new Set<Id>();
  /** The canvas' own element, for focus and pointer positions. */
  element: HTMLElement | undefined;

  /** A document on its way, shown instead of the one that is open. */
  #arriving: Document | undefined;
  /** The page itself has shown something of this diagram. */
  #near = false;
  /** Where the canvas stands in the window. */
  #corner: { readonly left: number; readonly top: number } | undefined;

  /** Where the last fit of the whole led. */
  #fitted: Viewport | undefined;

  readonly #listeners: Record<StageEvent, Set<Listener>> = {
    view: new Set(),
    scene: new Set(),
    moving: new Set(),
    mode: new Set(),
    lines: new Set(),
  };

  on(event: StageEvent, listener: Listener): () => void {
    this.#listeners[event].add(listener);
    return () => this.#listeners[event].delete(listener);
  }

  #say(event: StageEvent, change?: SceneChange): void {
    for (const listener of this.#listeners[event]) listener(change);
  }

  /** Follows the stores. Returns how to stop. */
  connect(): () => void {
    this.#scene(this.scene.show(documentStore.getState().document, viewStore.getState().diagram));
    this.#narrow();
    const offImport = this.#followArrivals();
    const offDocument = onDocumentChange(({ document, diff, source }) => {
      if (this.#arriving !== undefined && source !== 'load') return;
      this.#arriving = undefined;
      const diagram = this.#diagram(document);
      if (source === 'load') this.#viewports.clear();
      this.#scene(source === 'load' ? this.scene.show(document, diagram) : this.scene.apply(document, diff));
      if (this.scene.restricted) this.#narrowAgain(diff, source === 'edit');
      else if (source === 'load') this.#narrow();
    });
    const offView = viewStore.subscribe((now, before) => {
      if (now.diagram === before.diagram) return;
      this.#viewports.set(before.diagram, this.#wide ?? this.viewport);
      this.#wide = undefined;
      this.#scene(this.scene.show(documentStore.getState().document, now.diagram));
      this.#narrow();
    });
    const offNarrow = narrowStore.subscribe((now, before) => {
      if (now.filter === before.filter && now.isolation === before.isolation) return;
      this.#arrived.clear();
      this.#narrow();
    });
    return () => {
      offImport();
      offDocument();
      offView();
      offNarrow();
    };
  }

  /** While many tables come in they are shown as they are; then the document again, where it was looked at if nothing came. */
  #followArrivals(): () => void {
    let before: Viewport = this.viewport;
    return importStore.subscribe((now) => {
      const document = now.import.stage === 'arriving' ? now.import.document : undefined;
      if (document === this.#arriving) return;
      this.#arriving = document;
      if (document !== undefined) {
        before = this.viewport;
        this.#scene(this.scene.show(document, this.#diagram(document)));
        return;
      }
      const own = documentStore.getState().document;
      this.#scene(this.scene.show(own, this.#diagram(own)));
      this.#narrow();
      this.go(before, false);
    });
  }

  /** Where the shown diagram was looked at last, if it was. */
  remembered(): Viewport | undefined {
    return this.#viewports.get(this.scene.diagram);
  }

  /** What filter and isolation let through; undefined = everything. */
  #let(): Set<Id> | undefined {
    const { filter, isolation } = narrowStore.getState();
    const { document, allAreas: areas, members } = this.scene;
    const filtering = isFiltering(filter);
    if (!filtering && isolation === undefined) return undefined;
    const boxes = [...members].map(([id, node]) => [id, node.box] as const);
    const passed = filtering ? filtered(document, filter, { areas, boxes }) : undefined;
    const near = isolation === undefined ? undefined : isolated(document, isolation);
    const ids = [...members.keys()].filter((id) => passed?.has(id) !== false && near?.has(id) !== false);
    return new Set([...ids, ...this.#arrived]);
  }

  /** Shows what filter and isolation let through, and brings it into sight; then the whole again as it was. */
  #narrow(): void {
    const only = this.#let();
    if (only === undefined && !this.scene.restricted) {
      this.#count();
      return;
    }
    if (!this.scene.restricted) this.#wide = this.viewport;
    this.#scene(this.scene.restrict(only));
    this.#count();
    if (only === undefined) {
      if (this.#wide !== undefined) this.go(this.#wide, false);
      this.#wide = undefined;
    } else if (this.#wouldHelp(this.scene.bounds)) this.fit();
  }

  /** Whether something is out of sight, or drawn much smaller than there is room for. */
  #wouldHelp(bounds: Rect | undefined): boolean {
    if (bounds === undefined) return false;
    const zoom = fitRect(bounds, this.screen, TWO_BARS).zoom;
    return !holds(visibleRect(this.viewport, this.screen), bounds) || zoom > this.viewport.zoom * 1.2;
  }

  /** After an edit another part may be what is let through; nothing vanishes while it is dragged, nor what was just made. */
  #narrowAgain(diff: Diff, edited: boolean): void {
    for (const { id, from } of edited ? diff : []) if (from === undefined) this.#arrived.add(id);
    const model = new Set(['tables', 'views', 'notes', 'relationships', 'areas', 'placements']);
    if (this.moving.size > 0 || !diff.some((change) => model.has(change.collection))) return;
    const only = this.#let();
    const { nodes } = this.scene;
    if (only === undefined || (only.size === nodes.size && [...only].every((id) => nodes.has(id)))) return;
    this.#scene(this.scene.restrict(only));
    this.#count();
  }

  #count(): void {
    const tables = (nodes: Scene['nodes']) => [...nodes.values()].filter((node) => node.kind !== 'note').length;
    const { scene } = this;
    narrowStore.setState({ count: scene.restricted ? { shown: tables(scene.nodes), of: tables(scene.members) } : undefined });
  }

  #diagram(document: Document): Id {
    const { diagram } = viewStore.getState();
    if (recordIn(document, 'diagrams', diagram) !== undefined) return diagram;
    return Object.keys(document.diagrams)[0] ?? diagram;
  }

  #scene(change: SceneChange): void {
    // What another document or diagram shows has not been on the page.
    this.#near = this.#near && change.fresh !== true;
    this.#judge();
    this.#say('scene', change);
  }

  /** The viewport or the size of the canvas is now this. */
  look(viewport: Viewport, screen: Screen): void {
    if (viewport === this.viewport && screen.width === this.screen.width && screen.height === this.screen.height) return;
    if (screen.width !== this.screen.width || screen.height !== this.screen.height) this.#corner = undefined;
    this.viewport = viewport;
    this.screen = screen;
    layOutFor(roomFor(screen));
    viewStore.setState({ viewport });
    this.#judge();
    this.#near ||= !this.far && this.scene.nodes.size > 0;
    this.#say('view');
  }

  #judge(): void {
    const inSight = this.scene.grid.query(this.sight(), MOST_NODES + 1);
    let rows = 0;
    if (this.showsRows) for (const id of inSight) rows += rowsIn(this.scene.grid.get(id) as Rect);
    const far = judgeFar(this.far, { nodes: inSight.length, rows });
    if (far === this.far) return;
    this.far = far;
    this.lingers = far && this.#near;
    this.#say('mode');
  }

  /** The far view's picture of what is in sight is on the screen. */
  painted(): void {
    if (!this.lingers) return;
    this.lingers = false;
    this.#say('mode');
  }

  /** The lines in sight were made anew. */
  drew(): void {
    this.#say('lines');
  }

  /** The zoom shows rows, be it on the page or in the far view. */
  get showsRows(): boolean {
    return this.viewport.zoom >= NAMES_BELOW;
  }

  /** What is in sight, with the margin in which nodes are mounted. */
  sight(): Rect {
    return grow(visibleRect(this.viewport, this.screen), MARGIN / this.viewport.zoom);
  }

  /** These are being dragged from now on; none ends the drag. */
  drag(ids: ReadonlySet<Id>): void {
    if (ids.size === 0) {
      const settled = this.scene.letGo();
      if (settled.areas || settled.edges) this.#scene(settled);
    }
    this.moving = ids.size === 0 ? NO_IDS : ids;
    this.#say('moving');
  }

  /** Shows what is dragged at these places. The document is told once, when the drag ends. */
  carry(spots: ReadonlyMap<Id, { readonly x: number; readonly y: number }>): void {
    this.#scene(this.scene.carry(spots));
  }

  go(viewport: Viewport, animated = true): void {
    this.drive?.(viewport, animated);
  }

  fit(bounds: Rect | undefined = this.scene.bounds, animated = true): void {
    if (bounds === undefined || this.screen.width === 0) return;
    const standing = (rect: Rect) =>
      this.scene.grid.query(rect, 1).length > 0 ||
      this.scene.areas.some(({ x, y, width }) => overlaps(rect, { x, y, width, height: AREA_TITLE }));
    const over = { obstacles: this.#over('[data-over]'), bars: this.#over('.diagram-bar > *, [role=toolbar]') };
    const viewport = fitBeside(bounds, this.screen, over, standing, this.scene.restricted ? TWO_BARS : BAR);
    this.#fitted = bounds === this.scene.bounds || sameRect(bounds, this.scene.bounds) ? viewport : undefined;
    this.go(viewport, animated);
  }

  /** Fits the whole anew where it was fitted and nobody moved since: something over the canvas came or went. */
  fitAgain(): void {
    const { x, y, zoom } = this.viewport;
    const last = this.#fitted;
    if (last === undefined || Math.abs(last.x - x) + Math.abs(last.y - y) > 1 || Math.abs(last.zoom - zoom) > 1e-4) return;
    this.fit(undefined, false);
  }

  /** Where what a selector names lies over the canvas, in pixels of the screen. */
  #over(selector: string): readonly Rect[] {
    const corner = this.element?.getBoundingClientRect();
    if (this.element === undefined || corner === undefined) return [];
    return [...this.element.querySelectorAll(selector)].map((one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      return { x: left - corner.left, y: top - corner.top, width, height };
    });
  }

  fitSelection(): void {
    this.fit(this.boundsOf(viewStore.getState().selection) ?? this.scene.bounds);
  }

  zoomBy(factor: number): void {
    this.go(zoomAbout(this.viewport, factor, this.screen.width / 2, this.screen.height / 2));
  }

  /** Brings something into sight, at a zoom at which it can be read unless the zoom is to stay. */
  reveal(ref: Ref, sameZoom = false): void {
    const bounds = this.boundsOf([ref]);
    if (bounds !== undefined && this.screen.width > 0) this.go(revealRect(bounds, this.viewport, this.screen, sameZoom));
  }

  /** Where things stand: nodes, areas, and the tables of relationships. */
  boundsOf(refs: readonly Ref[]): Rect | undefined {
    const { document, nodes, areas } = this.scene;
    return boundsOf(
      refs.flatMap(({ record }): Rect[] => {
        const node = nodes.get(record);
        if (node !== undefined) return [node.box];
        const area = areas.find((one) => one.id === record);
        if (area !== undefined) return [area];
        const partition = recordIn(document, 'tables', record)?.partitionOf?.parent;
        const one = recordIn(document, 'relationships', record);
        const ends = one === undefined ? [partition] : [one.child, one.parent];
        return ends.flatMap((id) => (id === undefined ? [] : (nodes.get(id)?.box ?? [])));
      }),
    );
  }

  /** A pointer's place on the canvas. */
  at(event: { readonly clientX: number; readonly clientY: number }): { x: number; y: number } {
    // Asking the page for it lays the page out: once for each size of the canvas is enough.
    this.#corner ??= this.element?.getBoundingClientRect();
    const corner = this.#corner;
    const { x, y, zoom } = this.viewport;
    return { x: (event.clientX - (corner?.left ?? 0) - x) / zoom, y: (event.clientY - (corner?.top ?? 0) - y) / zoom };
  }

  /** The middle of what is in sight. */
  middle(): { x: number; y: number } {
    const seen = visibleRect(this.viewport, this.screen);
    return { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
  }

  focus(): void {
    this.element?.focus({ preventScroll: true });
  }
}

export const stage = new Stage();
