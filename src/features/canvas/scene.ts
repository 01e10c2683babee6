import { boundsOf, Grid, type Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { holdsMiddle, inDrawingOrder } from '#model/derive/areas.ts';
import { isShown, tagsOf } from '#model/derive/diagrams.ts';
import { isFolded, nodeSize } from '#model/derive/geometry.ts';
import { seenOn } from '#model/derive/level.ts';
import { type Look, lookOf } from '#model/derive/look.ts';
import { missingPlacements } from '#model/derive/place.ts';
import { type Diff, diffDocuments } from '#model/diff.ts';
import { type Area, MAIN_DIAGRAM, type Note, type Placement, placementId } from '#model/layout-types.ts';
import type { Document, Id, Table, View } from '#model/types.ts';
import { type Tinter, tinter } from '#paint/tints.ts';

type NodeKind = 'table' | 'view' | 'note';

/** Something that stands on the canvas. A new object whenever anything of it changes, the same otherwise. */
export interface SceneNode {
  readonly id: Id;
  readonly kind: NodeKind;
  readonly box: Rect;
  readonly tint: number;
  readonly collapsed: boolean;
  readonly pinned: boolean;
  readonly record: Table | View | Note;
  /** How the diagram shows it. */
  readonly look: Look;
}

function sameNode(a: SceneNode, b: SceneNode): boolean {
  return (
    a.record === b.record &&
    a.look.level === b.look.level &&
    a.look.notation === b.look.notation &&
    a.look.detail === b.look.detail &&
    a.tint === b.tint &&
    a.collapsed === b.collapsed &&
    a.pinned === b.pinned &&
    a.box.x === b.box.x &&
    a.box.y === b.box.y &&
    a.box.width === b.box.width &&
    a.box.height === b.box.height
  );
}

const LINES: ReadonlySet<string> = new Set(['relationships', 'hierarchies', 'routes']);

/** What changed in a scene: these nodes, or everything; and whether lines or areas did. */
export interface SceneChange {
  readonly nodes: ReadonlySet<Id> | 'all';
  readonly edges: boolean;
  readonly areas: boolean;
  /** Another document or diagram is shown. */
  readonly fresh?: boolean;
}

/**
 * The diagram as boxes: every node of the active diagram with its place and size, in a grid. It follows the document
 * diff by diff; the work is that of what changed.
 */
export class Scene {
  /** What is shown. */
  readonly grid = new Grid();
  readonly nodes = new Map<Id, SceneNode>();
  /** Everything on the diagram, what {@link restrict} holds back included. */
  readonly members = new Map<Id, SceneNode>();
  /** The model as the diagram shows it: at its level, in its notation. */
  document: Document;
  diagram: Id = MAIN_DIAGRAM;
  /** The areas that are shown, the outer ones first. */
  areas: readonly Area[] = [];
  /** Every area of the diagram, the outer ones first. */
  allAreas: readonly Area[] = [];
  #only: ReadonlySet<Id> | undefined;
  #tint: Tinter;
  /** Places of what the document gives none; kept until it does. */
  readonly #guests = new Map<Id, Placement>();
  /** Where what is being dragged stands meanwhile: the document hears of it when it is let go. */
  readonly #carried = new Map<Id, { readonly x: number; readonly y: number }>();

  constructor(document: Document, diagram: Id = MAIN_DIAGRAM) {
    this.document = seenOn(document, diagram);
    this.diagram = diagram;
    this.#tint = tinter(this.document, diagram);
    this.#rebuild();
  }

  get bounds(): Rect | undefined {
    const rects: Rect[] = [...this.grid.entries()].map(([, rect]) => rect);
    return boundsOf([...rects, ...this.areas]);
  }

  /** Whether something of the diagram is held back. */
  get restricted(): boolean {
    return this.#only !== undefined;
  }

  /** Shows another document or diagram, whole. */
  show(document: Document, diagram: Id): SceneChange {
    this.document = seenOn(document, diagram);
    this.diagram = diagram;
    this.#only = undefined;
    this.#guests.clear();
    this.#carried.clear();
    this.#rebuild();
    return { nodes: 'all', edges: true, areas: true, fresh: true };
  }

  /** Shows only these nodes, and the areas that hold any of them; undefined = everything. What is held back keeps its place. */
  restrict(only: ReadonlySet<Id> | undefined): SceneChange {
    this.#only = only;
    this.nodes.clear();
    this.grid.clear();
    for (const node of this.members.values()) this.#reveal(node);
    this.#readAreas();
    return { nodes: 'all', edges: true, areas: true };
  }

  /** Shows nodes and areas at other places than the document says, until {@link letGo}. */
  carry(spots: ReadonlyMap<Id, { readonly x: number; readonly y: number }>): SceneChange {
    for (const [id, { x, y }] of spots) this.#carried.set(id, { x: Math.round(x), y: Math.round(y) });
    return this.#follow(spots.keys());
  }

  /** Everything stands again where the document says. */
  letGo(): SceneChange {
    const ids = [...this.#carried.keys()];
    this.#carried.clear();
    return this.#follow(ids);
  }

  #follow(ids: Iterable<Id>): SceneChange {
    const nodes = new Set<Id>();
    let areas = false;
    for (const id of ids) {
      if (this.#place(id)) nodes.add(id);
      else if (recordIn(this.document, 'areas', id) !== undefined) areas = true;
    }
    if (areas) this.#readAreas();
    return { nodes, edges: nodes.size > 0, areas };
  }

  /** Follows an edit. */
  apply(model: Document, edit: Diff): SceneChange {
    const tags = tagsOf(this.document);
    const document = seenOn(model, this.diagram);
    // What a diagram shows of an edit is another change than the edit, unless it shows the tables as they are.
    const diff = document === model ? edit : diffDocuments(this.document, document);
    this.document = document;
    const touched = new Set<Id>();
    let edges = false;
    let areas = false;
    let every = false;
    for (const { collection, id, from, to } of diff) {
      if (collection === 'tables' || collection === 'views' || collection === 'notes') touched.add(id);
      else if (collection === 'placements') touched.add(((to ?? from) as Placement).object);
      else if (LINES.has(collection)) edges = true;
      else if (collection === 'areas') areas = true;
      else if (collection === 'schemas' || collection === 'types') every = true;
      else if (collection === 'diagrams' && id === this.diagram) every = true;
    }
    const colours = recordIn(document, 'diagrams', this.diagram)?.colours;
    if (colours === 'area' && areas) every = true;
    // One tag more or less shifts the tints of those after it.
    if (colours === 'tag' && tags.join('\n') !== tagsOf(document).join('\n')) every = true;
    if (every) {
      this.#rebuild();
      return { nodes: 'all', edges: true, areas };
    }
    this.#tint = tinter(document, this.diagram);
    this.#inheritors(touched);
    for (const id of touched) if (!this.#place(id)) this.#remove(id);
    this.#settle(touched);
    if (areas) this.#readAreas();
    return { nodes: touched, edges: edges || touched.size > 0, areas };
  }

  /** Places that only this scene knows, as records for the document. */
  guests(): Placement[] {
    return [...this.#guests.values()];
  }

  /** Partitions and heirs show their ancestors' columns: they change along. */
  #inheritors(touched: Set<Id>): void {
    for (const id of [...touched]) {
      const parent = recordIn(this.document, 'tables', id)?.partitionOf?.parent;
      if (parent !== undefined) touched.add(parent);
    }
    for (const node of this.members.values()) {
      const inherits = node.kind === 'table' ? (node.record as Table).inherits : undefined;
      if (inherits?.some((one) => touched.has(one)) === true) touched.add(node.id);
    }
  }

  #rebuild(): void {
    const before = new Map(this.members);
    this.members.clear();
    this.nodes.clear();
    this.grid.clear();
    this.#tint = tinter(this.document, this.diagram);
    const { tables, views, notes } = this.document;
    const all = new Set([...Object.keys(tables), ...Object.keys(views), ...Object.keys(notes)]);
    for (const id of all) this.#place(id, before.get(id));
    this.#settle(all);
    this.#readAreas();
  }

  #readAreas(): void {
    const own = Object.values(this.document.areas).flatMap((area) => {
      if (area.diagram !== this.diagram) return [];
      const carried = this.#carried.get(area.id);
      return [carried === undefined ? area : { ...area, ...carried }];
    });
    this.allAreas = inDrawingOrder(own);
    if (this.#only === undefined) {
      this.areas = this.allAreas;
      return;
    }
    const shown = [...this.nodes.values()];
    this.areas = this.allAreas.filter((area) => shown.some(({ box }) => holdsMiddle(area, box)));
  }

  /** Gives the unplaced a place of their own. */
  #settle(touched: ReadonlySet<Id>): void {
    for (const id of this.#guests.keys()) if (this.#stored(id) !== undefined || !this.#exists(id)) this.#guests.delete(id);
    let missing = false;
    for (const id of touched) if (!this.members.has(id) && isShown(this.document, this.diagram, id)) missing = true;
    if (!missing) return;
    const kept = Object.fromEntries([...this.#guests.values()].map((guest) => [guest.id, guest]));
    const document = { ...this.document, placements: { ...this.document.placements, ...kept } };
    for (const place of missingPlacements(document, this.diagram)) {
      this.#guests.set(place.object, place);
      this.#place(place.object);
    }
  }

  #exists(id: Id): boolean {
    return recordIn(this.document, 'tables', id) !== undefined || recordIn(this.document, 'views', id) !== undefined;
  }

  #stored(id: Id): Placement | undefined {
    return recordIn(this.document, 'placements', placementId(this.diagram, id));
  }

  /** Puts one node where it belongs; false when it does not belong on this diagram, or has no place yet. */
  #place(id: Id, before = this.members.get(id)): boolean {
    const node = this.#build(id);
    if (node === undefined) return false;
    const kept = before !== undefined && sameNode(before, node) ? before : node;
    this.members.set(id, kept);
    this.#reveal(kept);
    return true;
  }

  #reveal(node: SceneNode): void {
    if (this.#only?.has(node.id) === false) return;
    this.nodes.set(node.id, node);
    this.grid.set(node.id, node.box);
  }

  #build(id: Id): SceneNode | undefined {
    const note = recordIn(this.document, 'notes', id);
    if (note !== undefined) {
      if (note.diagram !== this.diagram) return undefined;
      return {
        id,
        kind: 'note',
        box: { x: note.x, y: note.y, width: note.width, height: note.height, ...this.#carried.get(id) },
        tint: 0,
        collapsed: false,
        pinned: false,
        record: note,
        look: lookOf(this.document),
      };
    }
    const table = recordIn(this.document, 'tables', id);
    const record = table ?? recordIn(this.document, 'views', id);
    const place = this.#stored(id) ?? this.#guests.get(id);
    if (record === undefined || place === undefined || !isShown(this.document, this.diagram, id)) return undefined;
    const collapsed = isFolded(this.document, place);
    const box = { x: place.x, y: place.y, ...nodeSize(this.document, record, collapsed), ...this.#carried.get(id) };
    const kind = table === undefined ? 'view' : 'table';
    return {
      id,
      kind,
      box,
      tint: this.#tint(record, box),
      collapsed,
      pinned: place.pinned === true,
      record,
      look: lookOf(this.document),
    };
  }

  #remove(id: Id): void {
    this.members.delete(id);
    this.nodes.delete(id);
    this.grid.delete(id);
  }
}
