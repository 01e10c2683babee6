import { recordIn } from '#model/collections.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Id } from '#model/types.ts';
import { run } from '#state/document.ts';
import { leave } from '#state/places.ts';
import { select, viewStore } from '#state/view.ts';
import { editNear } from './edit-near.ts';
import { startEditing } from './editing.ts';
import { moveTo, newColumn, said } from './edits.ts';
import { focusNodeInSight } from './focus-node.ts';
import { movedWith } from './gestures.ts';
import { cull } from './mounted.ts';
import { type Direction, nextInDirection } from './neighbours.ts';
import { stage } from './stage.ts';

/** The node that keys act on: the last selected. */
export function focusedNode(): Id | undefined {
  const id = viewStore.getState().selection.at(-1)?.record;
  return id !== undefined && stage.scene.nodes.has(id) ? id : undefined;
}

/** Selects a node, brings it into sight and gives it the focus, so that a screen reader says it. */
function goTo(id: Id): void {
  select([{ record: id }]);
  // In the far view keys go from table to table without a change of zoom.
  stage.reveal({ record: id }, stage.far && !stage.showsRows);
  cull();
  focusNodeInSight(id);
}

export function goNext(direction: Direction): void {
  if ((direction === 'up' || direction === 'down') && goToRow(direction === 'down' ? 1 : -1)) return;
  const from = focusedNode();
  const box = from === undefined ? undefined : stage.scene.grid.get(from);
  if (from === undefined || box === undefined) {
    const middle = stage.middle();
    const start = { ...middle, width: 1, height: 1 };
    const first =
      nextInDirection(stage.scene.grid.entries(), '', { ...start, x: start.x - 2 }, 'right') ?? [...stage.scene.nodes.keys()][0];
    if (first !== undefined) goTo(first);
    return;
  }
  // Where there is none, the one it is gets the focus: one hears where one is.
  goTo(nextInDirection(stage.scene.grid.entries(), from, box, direction) ?? from);
}

/** Moves what is selected by some pixels. */
export function nudge(dx: number, dy: number): void {
  const id = viewStore.getState().selection.at(-1)?.record;
  if (id === undefined) return;
  const spots = new Map<Id, { x: number; y: number }>();
  for (const one of movedWith(id)) {
    const box = stage.scene.members.get(one)?.box ?? stage.scene.allAreas.find((area) => area.id === one);
    if (box !== undefined) spots.set(one, { x: box.x + dx, y: box.y + dy });
  }
  moveTo(spots);
}

/** Enter: into the columns of a table, at the selected one or the first; a table without columns gets one. */
export function editFocused(): void {
  const ref = viewStore.getState().selection.at(-1);
  if (ref === undefined) return;
  const table = recordIn(stage.scene.document, 'tables', ref.record);
  if (table === undefined) {
    if (stage.scene.nodes.has(ref.record) || stage.scene.areas.some((area) => area.id === ref.record)) {
      editNear({ object: ref.record, field: 'title' });
    }
    return;
  }
  showRows(table.id);
  const column = table.columns.find((one) => one.id === ref.part) ?? table.columns[0];
  if (column === undefined) newColumn(table.id);
  else editNear({ object: table.id, column: column.id, field: 'name' });
}

/** Rows are edited where they can be read: at less than this, the canvas comes closer. */
const READABLE = 0.7;

/** Brings a table's rows into sight, large enough to be read. */
function showRows(id: Id): void {
  const bounds = stage.boundsOf([{ record: id }]);
  if (bounds === undefined) return;
  if (stage.far || stage.viewport.zoom < READABLE) stage.fit(bounds, false);
  else stage.reveal({ record: id });
  cull();
}

/** From a selected column up or down: into the rows of its table. False when no column is selected. */
function goToRow(by: 1 | -1): boolean {
  const found = focusedColumn();
  const columns = found === undefined ? undefined : recordIn(stage.scene.document, 'tables', found.table)?.columns;
  if (found === undefined || columns === undefined) return false;
  const next = columns[Math.min(columns.length - 1, Math.max(0, found.at + by))];
  if (next !== undefined) startEditing({ object: found.table, column: next.id, field: 'name' });
  return next !== undefined;
}

let followed = 0;

/** Goes along a relationship: out to parents, or in to children; again and again to one after the other. */
export function follow(way: 'out' | 'in'): void {
  const id = focusedNode();
  if (id === undefined) return;
  const links = linksOf(stage.scene.document);
  const found = way === 'out' ? links.byChild.get(id)?.map((one) => one.parent) : links.byParent.get(id)?.map((one) => one.child);
  const others = [...new Set(found ?? [])].filter((one) => one !== id && stage.scene.nodes.has(one));
  const next = others[followed % Math.max(1, others.length)];
  followed += 1;
  if (next === undefined) return;
  leave();
  goTo(next);
}

/** The table and column that keys act on, with the column's place. */
function focusedColumn(): { table: Id; column: Id; at: number; last: number } | undefined {
  const ref = viewStore.getState().selection.at(-1);
  const columns = ref === undefined ? undefined : recordIn(stage.scene.document, 'tables', ref.record)?.columns;
  const at = columns?.findIndex((one) => one.id === ref?.part) ?? -1;
  if (ref?.part === undefined || columns === undefined || at < 0) return undefined;
  return { table: ref.record, column: ref.part, at, last: columns.length - 1 };
}

export function canMoveColumn(by: 1 | -1): boolean {
  const found = focusedColumn();
  return found !== undefined && found.at + by >= 0 && found.at + by <= found.last;
}

/** Moves the selected column a row up or down in its table. */
export function moveColumn(by: 1 | -1): void {
  const found = focusedColumn();
  if (found === undefined || !canMoveColumn(by)) return;
  const { table, column, at } = found;
  said(run({ name: 'movePart', args: { table, list: 'columns', id: column, to: at + by } }));
}
