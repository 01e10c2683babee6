import { recordIn } from '#model/collections.ts';
import type { Id, Ref } from '#model/types.ts';
import { documentStore } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { leave } from '#state/places.ts';
import { sameRef, select, toggleSelected, viewStore } from '#state/view.ts';
import { segmentAt } from './bends.ts';
import { columnGesture, draggedWith } from './column-drag.ts';
import { edgeView } from './edge-view.ts';
import { editNear } from './edit-near.ts';
import { startEditing } from './editing.ts';
import { newArea, newNote, newTable, type Spot, setBends } from './edits.ts';
import {
  bendGesture,
  connectGesture,
  drawGesture,
  type Gesture,
  marqueeGesture,
  moveGesture,
  plugAt,
  resizeGesture,
} from './gestures.ts';
import { type Hit, hitTest } from './hit.ts';
import { clearOverlay, overlayStore } from './overlay.ts';
import { endAt, reconnectGesture } from './reconnect.ts';
import { stage } from './stage.ts';

/** Pixels a pressed pointer must move before it is a drag. */
const THRESHOLD = 4;
const EDGE_REACH = 6;
const END_REACH = 9;

function reach(): number {
  return 1 / stage.viewport.zoom;
}

function hitAt(at: Spot): Hit | { readonly kind: 'edge'; readonly id: Id } {
  const selected = new Set(viewStore.getState().selection.map((ref) => ref.record));
  const hit = hitTest(stage.scene, at.x, at.y, reach(), selected);
  if (hit.kind === 'node') return hit;
  const edge = stage.far && !stage.showsRows ? undefined : edgeView.at(at.x, at.y, EDGE_REACH * reach());
  return edge === undefined ? hit : { kind: 'edge', id: edge.id };
}

/** Whether a table, a note, an area or a line is here. */
export function standsAt(at: Spot): boolean {
  return hitAt(at).kind !== 'nothing';
}

/** What a click at this hit selects. */
function refOf(hit: ReturnType<typeof hitAt>): Ref | undefined {
  if (hit.kind === 'node')
    return { record: hit.node.id, ...(hit.column === undefined || !stage.showsRows ? {} : { part: hit.column }) };
  if (hit.kind === 'area') return { record: hit.area.id };
  return hit.kind === 'edge' ? { record: hit.id } : undefined;
}

/** Text fields and buttons on the canvas keep their own pointer. */
export function isOwn(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('input, textarea, button, select, [data-own]') !== null;
}

function writable(): boolean {
  const { readOnly } = documentStore.getState();
  if (readOnly !== undefined) notify({ tone: 'info', text: readOnly });
  return readOnly === undefined;
}

/** The gesture that a drag from here is. */
export function gestureFor(at: Spot, event: PointerEvent): Gesture | undefined {
  const { tool, selection } = viewStore.getState();
  if (tool === 'area' || tool === 'note') return writable() ? drawGesture(tool, at) : undefined;
  const hit = hitAt(at);
  const single = selection.length === 1 ? selection[0]?.record : undefined;
  if (hit.kind === 'edge' || hit.kind === 'nothing') {
    const points = single === undefined ? undefined : edgeView.shapeOf(single)?.points;
    const end = points === undefined ? undefined : endAt(points, at, END_REACH * reach());
    if (single !== undefined && end !== undefined && writable()) return reconnectGesture(single, end);
    const segment = points === undefined ? undefined : segmentAt(points, at.x, at.y, EDGE_REACH * reach());
    if (single !== undefined && segment !== undefined && writable()) return bendGesture(single, segment);
    return marqueeGesture(at, event.shiftKey);
  }
  if (!writable()) return undefined;
  if (hit.kind === 'area') return hit.corner ? resizeGesture(hit.area.id, at) : moveGesture(hit.area.id, at);
  const { node } = hit;
  if (hit.corner) return resizeGesture(node.id, at);
  if (node.kind === 'table' && (tool === 'relationship' || hit.plug) && stage.showsRows) {
    const from = { table: node.id, ...(hit.column === undefined ? {} : { column: hit.column }) };
    return connectGesture(from, node);
  }
  const rows = columnsAt(hit);
  return rows === undefined ? moveGesture(node.id, at) : columnGesture(node.id, rows);
}

/** The columns that a drag from here carries: by a row's sign, or by any of several selected rows. */
function columnsAt(hit: Hit): readonly Id[] | undefined {
  if (hit.kind !== 'node' || hit.column === undefined || !stage.showsRows || viewStore.getState().tool !== 'select')
    return undefined;
  const columns = recordIn(documentStore.getState().document, 'tables', hit.node.id)?.columns;
  if (columns?.some((one) => one.id === hit.column) !== true) return undefined;
  const dragged = draggedWith(hit.node.id, hit.column);
  return hit.grip || dragged.length > 1 ? dragged : undefined;
}

/** A press that never became a drag. */
export function click(at: Spot, event: PointerEvent): void {
  const { tool } = viewStore.getState();
  if (tool === 'table' || tool === 'note' || tool === 'area') {
    if (!writable()) return;
    if (tool === 'table') newTable(at, true);
    else if (tool === 'note') newNote(at);
    else newArea({ ...at, width: 320, height: 220 });
    viewStore.setState({ tool: 'select' });
    return;
  }
  if (tool === 'relationship') {
    pick(at, event);
    return;
  }
  const ref = refOf(hitAt(at));
  if (ref === undefined) {
    if (!event.shiftKey) select([]);
  } else if (event.shiftKey || event.ctrlKey || event.metaKey) pickMore(ref, event.shiftKey);
  else select([ref]);
}

/** Adds to the selection: rows to rows (with Shift all between two of one table), whole objects to objects. */
function pickMore(ref: Ref, range: boolean): void {
  const { selection } = viewStore.getState();
  const rows = ref.part !== undefined && selection.every((one) => one.part !== undefined);
  if (!rows) {
    toggleSelected({ record: ref.record });
    return;
  }
  const last = selection.at(-1);
  const columns = recordIn(documentStore.getState().document, 'tables', ref.record)?.columns ?? [];
  const ends = [last?.part, ref.part].map((id) => columns.findIndex((one) => one.id === id));
  if (!range || last?.record !== ref.record || ends.includes(-1)) {
    toggleSelected(ref);
    return;
  }
  const between = columns.slice(Math.min(...ends), Math.max(...ends) + 1).map(({ id: part }) => ({ record: ref.record, part }));
  const rest = selection.filter((one) => !between.some((other) => sameRef(one, other)));
  select([...rest, ...between.filter((one) => !sameRef(one, ref)), ref]);
}

/** The relationship tool by clicks: first one end, then the other. */
function pick(at: Spot, event: PointerEvent): void {
  const end = plugAt(at)?.plug;
  const { picked } = overlayStore.getState();
  if (end === undefined) {
    clearOverlay();
    return;
  }
  if (picked === undefined) {
    overlayStore.setState({ picked: end });
    select([{ record: end.table, ...(end.column === undefined ? {} : { part: end.column }) }]);
    return;
  }
  clearOverlay();
  overlayStore.setState({ proposal: { from: picked, to: end, at: { x: event.clientX, y: event.clientY } } });
  viewStore.setState({ tool: 'select' });
}

/** Selects what is dragged when it was not, so that what moves is what is marked. */
export function selectForDrag(at: Spot): void {
  const ref = refOf(hitAt(at));
  if (ref === undefined || viewStore.getState().tool !== 'select') return;
  const { selection } = viewStore.getState();
  if (!selection.some((one) => one.record === ref.record)) select([{ record: ref.record }]);
}

export function doubleClick(event: MouseEvent): void {
  if (isOwn(event)) return;
  const at = stage.at(event);
  const hit = hitAt(at);
  if (hit.kind === 'edge') {
    const shape = edgeView.shapeOf(hit.id);
    const one = recordIn(stage.scene.document, 'relationships', hit.id);
    if (one === undefined || shape === undefined) return;
    if (shape.stub) {
      leave();
      stage.fit(stage.boundsOf([{ record: one.id }]));
    } else setBends(hit.id, []);
    return;
  }
  if (hit.kind === 'area') startEditing({ object: hit.area.id, field: 'title' });
  if (hit.kind !== 'node' || !writable()) return;
  if (!stage.showsRows) {
    editNear({ object: hit.node.id, field: 'title' });
    return;
  }
  const onType = event.target instanceof Element && event.target.closest('.type') !== null;
  if (hit.column === undefined) startEditing({ object: hit.node.id, field: 'title' });
  else startEditing({ object: hit.node.id, column: hit.column, field: onType ? 'type' : 'name', typing: {} });
}

function cursorAt(at: Spot): string {
  const { tool } = viewStore.getState();
  if (tool !== 'select') return 'crosshair';
  const hit = hitAt(at);
  if (hit.kind === 'edge') {
    const points = edgeView.shapeOf(hit.id)?.points ?? [];
    if (viewStore.getState().selection[0]?.record === hit.id && endAt(points, at, END_REACH * reach()) !== undefined)
      return 'crosshair';
    const segment =
      viewStore.getState().selection[0]?.record === hit.id ? segmentAt(points, at.x, at.y, EDGE_REACH * reach()) : undefined;
    return segment === undefined ? 'pointer' : segment.vertical ? 'ew-resize' : 'ns-resize';
  }
  if (hit.kind === 'nothing') return '';
  if (hit.corner) return 'nwse-resize';
  if (hit.kind === 'node' && hit.plug && stage.showsRows) return 'crosshair';
  return columnsAt(hit) === undefined ? '' : 'grab';
}

function hover(at: Spot): void {
  const hit = hitAt(at);
  const hovered = hit.kind === 'node' ? hit.node.id : hit.kind === 'edge' ? hit.id : undefined;
  if (hovered !== viewStore.getState().hovered) viewStore.setState({ hovered });
  const cursor = cursorAt(at);
  if (stage.element !== undefined && stage.element.dataset['cursor'] !== cursor) stage.element.dataset['cursor'] = cursor;
}

/** Right click keeps a selection it falls on, and otherwise selects what it falls on. */
export function selectForMenu(event: PointerEvent): void {
  const ref = refOf(hitAt(stage.at(event)));
  const { selection } = viewStore.getState();
  if (ref === undefined) select([]);
  else if (!selection.some((one) => sameRef(one, ref) || (selection.length > 1 && one.record === ref.record))) select([ref]);
}

let callOff: (() => boolean) | undefined;

/** Calls off the running gesture; false when there is none. */
export function cancelPointerGesture(): boolean {
  return callOff?.() ?? false;
}

/** Listens to the pointer on the canvas. Returns how to stop. */
export function listenToPointer(element: HTMLElement): () => void {
  let pressed: { readonly x: number; readonly y: number; readonly at: Spot; readonly id: number } | undefined;
  let gesture: Gesture | undefined;
  let space = false;
  let hovering = 0;
  const finish = () => {
    pressed = undefined;
    gesture = undefined;
  };
  const down = (event: PointerEvent) => {
    // Fingers are listened to on their own.
    if (event.pointerType === 'touch' || isOwn(event)) return;
    element.focus({ preventScroll: true });
    if (event.button === 2) selectForMenu(event);
    if (event.button !== 0 || space) return;
    pressed = { x: event.clientX, y: event.clientY, at: stage.at(event), id: event.pointerId };
  };
  const move = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    const at = stage.at(event);
    if (gesture !== undefined) gesture.move(at, event);
    else if (pressed !== undefined) {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < THRESHOLD) return;
      selectForDrag(pressed.at);
      gesture = gestureFor(pressed.at, event);
      if (gesture === undefined) pressed = undefined;
      else element.setPointerCapture(event.pointerId);
      gesture?.move(at, event);
    } else if (event.buttons === 0) {
      cancelAnimationFrame(hovering);
      hovering = requestAnimationFrame(() => hover(at));
    }
  };
  const up = (event: PointerEvent) => {
    if (pressed === undefined || event.pointerId !== pressed.id) return;
    const begun = gesture;
    const from = pressed;
    finish();
    if (begun !== undefined) begun.end(stage.at(event), event);
    else if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < 12) click(from.at, event);
  };
  const cancel = () => {
    const running = gesture !== undefined;
    gesture?.cancel();
    finish();
    return running;
  };
  callOff = cancel;
  const keys = (event: KeyboardEvent) => {
    if (event.key === ' ') space = event.type === 'keydown';
  };
  const leave = () => {
    cancelAnimationFrame(hovering);
    if (viewStore.getState().hovered !== undefined) viewStore.setState({ hovered: undefined });
  };
  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', cancel);
  element.addEventListener('pointerleave', leave);
  element.addEventListener('dblclick', doubleClick);
  window.addEventListener('keydown', keys, true);
  window.addEventListener('keyup', keys, true);
  return () => {
    cancel();
    callOff = undefined;
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', cancel);
    element.removeEventListener('pointerleave', leave);
    element.removeEventListener('dblclick', doubleClick);
    window.removeEventListener('keydown', keys, true);
    window.removeEventListener('keyup', keys, true);
  };
}
