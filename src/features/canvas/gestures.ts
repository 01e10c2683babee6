import { dependencyText } from '#engine/normalize/dependency-text.ts';
import { boundsOf, grow, type Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { heldByAreas, holdsMiddle } from '#model/derive/areas.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { rowMiddle } from '#model/derive/geometry.ts';
import { lookOf } from '#model/derive/look.ts';
import { snap } from '#model/derive/place.ts';
import type { Dependency, Id } from '#model/types.ts';
import { beginGesture, cancelGesture, endGesture } from '#state/document.ts';
import { select, viewStore } from '#state/view.ts';
import { bendSegment, type Segment } from './bends.ts';
import { drawnDependency } from './dependency-draft.ts';
import { edgeView } from './edge-view.ts';
import { moveLabel, moveTo, newArea, newNote, resize, type Spot, setBends } from './edits.ts';
import { snapMove } from './guides.ts';
import { columnAt } from './hit.ts';
import { clearOverlay, overlayStore, type Plug, showGuides } from './overlay.ts';
import type { SceneNode } from './scene.ts';
import { stage } from './stage.ts';

/** A pointer gesture after it has begun: it follows the pointer until it ends or is called off. */
export interface Gesture {
  move(at: Spot, event: PointerEvent): void;
  end(at: Spot, event: PointerEvent): void;
  cancel(): void;
}

function boxFrom(a: Spot, b: Spot): Rect {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

function placeOf(id: Id): Rect | undefined {
  return stage.scene.members.get(id)?.box ?? stage.scene.allAreas.find((area) => area.id === id);
}

/** What moves when this is dragged: the selection it belongs to, and what dragged areas hold, hidden or not. */
export function movedWith(id: Id): Set<Id> {
  const selected = viewStore.getState().selection.map((ref) => ref.record);
  const all = new Set((selected.includes(id) ? selected : [id]).filter((one) => placeOf(one) !== undefined));
  const { allAreas, members } = stage.scene;
  if (!allAreas.some((area) => all.has(area.id))) return all;
  const boxes = [...members].map(([one, node]) => [one, node.box] as const);
  for (const held of heldByAreas(allAreas, all, boxes)) all.add(held);
  return all;
}

/** Moves things live; the whole drag is one undo step. */
export function moveGesture(grabbed: Id, start: Spot): Gesture {
  const ids = movedWith(grabbed);
  const origins = new Map(
    [...ids].flatMap((id) => {
      const box = placeOf(id);
      return box === undefined ? [] : [[id, box] as const];
    }),
  );
  const lead = origins.get(grabbed) as Rect;
  const seen = stage.far ? [] : stage.scene.grid.query(stage.sight()).filter((id) => !ids.has(id));
  const others = seen.flatMap((id) => stage.scene.grid.get(id) ?? []);
  stage.drag(ids);
  let frame = 0;
  let wish = { dx: 0, dy: 0 };
  const spots = () => new Map([...origins].map(([id, box]) => [id, { x: box.x + wish.dx, y: box.y + wish.dy }]));
  const apply = () => {
    frame = 0;
    stage.carry(spots());
  };
  const stop = () => {
    cancelAnimationFrame(frame);
    clearOverlay();
  };
  return {
    move(at, event) {
      const dx = at.x - start.x;
      const dy = at.y - start.y;
      const wished = { ...lead, x: lead.x + dx, y: lead.y + dy };
      const snapped = snapMove(wished, event.altKey ? [] : others, 6 / stage.viewport.zoom);
      wish = { dx: dx + snapped.dx, dy: dy + snapped.dy };
      showGuides(snapped.guides);
      frame ||= requestAnimationFrame(apply);
    },
    end() {
      stop();
      moveTo(spots(), moveLabel(origins.keys()));
      stage.drag(new Set());
    },
    cancel() {
      stop();
      stage.drag(new Set());
    },
  };
}

/** Selects what a rectangle touches; Shift adds to what is selected already. */
export function marqueeGesture(start: Spot, add: boolean): Gesture {
  const before = viewStore.getState().selection;
  return {
    move(at) {
      const marquee = boxFrom(start, at);
      overlayStore.setState({ marquee });
      const ids = stage.scene.grid.query(marquee);
      const inside = stage.scene.areas.filter((area) => {
        const whole = boundsOf([area, marquee]);
        return whole !== undefined && whole.width === marquee.width && whole.height === marquee.height;
      });
      const found = [...ids, ...inside.map((area) => area.id)].map((record) => ({ record }));
      const kept = add ? before.filter((ref) => !found.some((one) => one.record === ref.record)) : [];
      select([...kept, ...found]);
    },
    end: clearOverlay,
    cancel() {
      clearOverlay();
      select(before);
    },
  };
}

/** Draws the box of a new area or note. */
export function drawGesture(kind: 'area' | 'note', start: Spot): Gesture {
  return {
    move: (at) => overlayStore.setState({ marquee: boxFrom(start, at) }),
    end(at) {
      clearOverlay();
      const box = boxFrom(start, at);
      if (kind === 'area') newArea(box);
      else newNote(box, box);
      viewStore.setState({ tool: 'select' });
    },
    cancel: clearOverlay,
  };
}

/** Where a relationship being drawn leaves its first row. */
function plugPoint(node: SceneNode, from: Plug, at: Spot): Spot {
  const right = at.x > node.box.x + node.box.width / 2;
  const table = recordIn(stage.scene.document, 'tables', node.id);
  const y = table === undefined ? node.box.height / 2 : rowMiddle(stage.scene.document, table, from.column, node.collapsed);
  return { x: right ? node.box.x + node.box.width : node.box.x, y: node.box.y + y };
}

/** The table (and row) under a point, as the end of a relationship. */
export function plugAt(at: Spot): { plug: Plug; node: SceneNode } | undefined {
  const id = stage.scene.grid.at(at.x, at.y).sort().at(-1);
  const node = id === undefined ? undefined : stage.scene.nodes.get(id);
  if (node?.kind !== 'table') return undefined;
  const column = columnAt(stage.scene, node, at.x, at.y);
  return { node, plug: { table: node.id, ...(column === undefined ? {} : { column }) } };
}

/** The dependency that a drag between two rows of one table means; undefined where it means a relationship. */
function dependencyOf(from: Plug, to: Plug, event: PointerEvent) {
  const { document } = stage.scene;
  if (from.table !== to.table || lookOf(document).level === 'conceptual') return undefined;
  const selected = viewStore.getState().selection.flatMap(({ record, part }) => (record === from.table ? (part ?? []) : []));
  return drawnDependency(document, from, to, selected, event.altKey);
}

function dependencyOn(table: Id, dependency: Omit<Dependency, 'id'>): string {
  const record = recordIn(stage.scene.document, 'tables', table);
  return record === undefined ? '' : dependencyText(dependency, columnsOf(stage.scene.document, record));
}

/**
 * Draws a relationship from a row or a table to another; which is child and which parent is asked afterwards. From a row to
 * another of the same table it is what the one determines, with Alt as a set of values.
 */
export function connectGesture(from: Plug, node: SceneNode): Gesture {
  return {
    move(at, event) {
      const target = plugAt(at);
      const wanted = target === undefined ? undefined : dependencyOf(from, target.plug, event);
      const says = wanted === undefined ? undefined : dependencyOn(from.table, wanted);
      overlayStore.setState({ wire: { from: plugPoint(node, from, at), to: at, target: target?.node.box, says } });
    },
    end(at, event) {
      clearOverlay();
      const target = plugAt(at);
      if (target === undefined) return;
      const wire = { from, to: target.plug, at: { x: event.clientX, y: event.clientY } };
      const wanted = dependencyOf(from, target.plug, event);
      if (wanted === undefined) overlayStore.setState({ proposal: wire });
      else overlayStore.setState({ dependency: { table: from.table, text: dependencyOn(from.table, wanted), wire } });
      viewStore.setState({ tool: 'select' });
    },
    cancel: clearOverlay,
  };
}

/** Drags one part of a relationship's line sideways. */
export function bendGesture(relationship: Id, segment: Segment): Gesture | undefined {
  const points = edgeView.shapeOf(relationship)?.points;
  if (points === undefined) return undefined;
  beginGesture();
  return {
    move: (at) => setBends(relationship, bendSegment(points, segment, at)),
    end: () => endGesture('Bend relationship'),
    cancel: cancelGesture,
  };
}

/** Pulls the lower right corner of an area or a note. */
export function resizeGesture(id: Id, start: Spot): Gesture | undefined {
  const { document } = stage.scene;
  const area = recordIn(document, 'areas', id);
  const note = recordIn(document, 'notes', id);
  const old = area ?? note;
  if (old === undefined) return undefined;
  const least = area === undefined ? { width: 96, height: 48 } : { width: 120, height: 80 };
  beginGesture();
  return {
    move(at) {
      const width = Math.max(least.width, snap(old.width + at.x - start.x));
      const height = Math.max(least.height, snap(old.height + at.y - start.y));
      resize(id, width, height);
    },
    end: () => endGesture(area === undefined ? 'Resize note' : `Resize area ${area.name}`),
    cancel: cancelGesture,
  };
}

/** The areas that hold nothing but what is chosen. */
function areasOf(chosen: ReadonlySet<Id>): readonly Rect[] {
  const members = [...stage.scene.members];
  return stage.scene.areas.filter((area) => {
    const held = members.filter(([, { box }]) => holdsMiddle(area, box));
    return held.length > 0 && held.every(([id]) => chosen.has(id));
  });
}

/** The least box that holds what is selected, with room for a title: where a new area goes round a selection. */
export function areaRound(ids: readonly Id[]): Rect | undefined {
  const inner = ids.length > 1 ? areasOf(new Set(ids)) : [];
  const bounds = boundsOf([...ids.flatMap((id) => stage.scene.grid.get(id) ?? []), ...inner]);
  if (bounds === undefined) return undefined;
  const box = grow(bounds, 24);
  // Names are large where the zoom is small: one above the names of inner areas needs more room.
  const title = inner.length > 0 ? 56 : 16;
  return { ...box, y: box.y - title, height: box.height + title };
}
