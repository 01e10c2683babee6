import type { Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Column, ColumnType } from '#model/column-types.ts';
import { emptyTable } from '#model/create.ts';
import { freeSpot, snap } from '#model/derive/place.ts';
import type { Diff } from '#model/diff.ts';
import { type Area, type Note, placementId } from '#model/layout-types.ts';
import type { AnyRecord, Collection, Id, Table } from '#model/types.ts';
import { documentStore, interactiveIds, run, runAlong } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { select, viewStore } from '#state/view.ts';
import { startEditing } from './editing.ts';
import { stage } from './stage.ts';

interface Put {
  readonly collection: Collection;
  readonly record: AnyRecord;
}

/** Says a problem where there is one; true when there is none. */
export function said(result: Result<Diff>): boolean {
  if (!result.ok) notify({ tone: 'warn', text: result.problem.message });
  return result.ok;
}

function put(label: string, records: readonly Put[]): boolean {
  return said(run({ name: 'putRecords', args: { label, put: records } }));
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

function nameOf(id: Id): string {
  const { document } = documentStore.getState();
  return (recordIn(document, 'tables', id) ?? recordIn(document, 'views', id) ?? recordIn(document, 'areas', id))?.name ?? 'note';
}

export function moveLabel(ids: Iterable<Id>): string {
  const all = [...ids];
  return all.length === 1 ? `Move ${nameOf(all[0] as Id)}` : `Move ${all.length} objects`;
}

/** Records that put nodes and areas at these places. */
function placed(spots: ReadonlyMap<Id, Spot>): Put[] {
  const { document } = documentStore.getState();
  const { diagram } = stage.scene;
  return [...spots].map(([id, { x, y }]): Put => {
    const note = recordIn(document, 'notes', id);
    if (note !== undefined) return { collection: 'notes', record: { ...note, x, y } };
    const area = recordIn(document, 'areas', id);
    if (area !== undefined) return { collection: 'areas', record: { ...area, x, y } };
    const key = placementId(diagram, id);
    const old = recordIn(document, 'placements', key);
    return { collection: 'placements', record: { ...(old ?? { id: key, diagram, object: id }), x, y } };
  });
}

/** Puts nodes, notes and areas at these places: one step, or a part of the running gesture. */
export function moveTo(spots: ReadonlyMap<Id, Spot>, label = moveLabel(spots.keys())): boolean {
  return spots.size === 0 || put(label, placed(spots));
}

/** Stores places that only the canvas knew, so that they last. They belong to the step that brought the objects. */
export function keepGuests(): void {
  const guests = stage.scene.guests();
  if (guests.length === 0 || documentStore.getState().readOnly !== undefined) return;
  const records = guests.map((record): Put => ({ collection: 'placements', record }));
  if (documentStore.getState().history.mark !== undefined) return;
  said(runAlong({ name: 'putRecords', args: { label: 'Place tables', put: records } }));
}

function freshName(taken: ReadonlySet<string>, base: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (!taken.has(name)) return name;
  }
}

/** A new table at a point of the canvas (or the free place nearest to it), with an identity key, ready to be named. */
export function newTable(at: Spot, exact: boolean): Id | undefined {
  const { document } = documentStore.getState();
  const ids = interactiveIds();
  const selected = viewStore.getState().selection.at(-1);
  const near = selected === undefined ? undefined : recordIn(document, 'tables', selected.record);
  const schema = near?.schema ?? Object.keys(document.schemas)[0];
  if (schema === undefined) return undefined;
  const names = new Set(Object.values(document.tables).flatMap((table) => (table.schema === schema ? [table.name] : [])));
  const name = freshName(names, 'new_table');
  const id = ids.next('tbl', name);
  const column: Column = {
    id: ids.next('col', 'id'),
    name: 'id',
    type: { kind: 'builtin', name: 'bigint' },
    nullable: false,
    identity: { mode: 'always' },
  };
  const table: Table = {
    ...emptyTable(id, schema, name),
    columns: [column],
    keys: [{ id: ids.next('key', 'primary'), kind: 'primary', columns: [column.id] }],
  };
  const { diagram, grid } = stage.scene;
  const size = { width: 168, height: 60 };
  const spot = exact ? { x: snap(at.x), y: snap(at.y) } : freeSpot(grid, size, at);
  const done = put(`Add table ${name}`, [
    { collection: 'tables', record: table },
    { collection: 'placements', record: { id: placementId(diagram, id), diagram, object: id, ...spot } },
  ]);
  if (!done) return undefined;
  select([{ record: id }]);
  startEditing({ object: id, field: 'title' });
  return id;
}

export function newNote(at: Spot, size = { width: 200, height: 96 }): void {
  const { diagram } = stage.scene;
  const note: Note = {
    id: interactiveIds().next('note', 'note'),
    diagram,
    text: '',
    x: snap(at.x),
    y: snap(at.y),
    width: Math.max(96, snap(size.width)),
    height: Math.max(48, snap(size.height)),
  };
  if (!put('Add note', [{ collection: 'notes', record: note }])) return;
  select([{ record: note.id }]);
  startEditing({ object: note.id, field: 'title' });
}

export function newArea(box: { x: number; y: number; width: number; height: number }, name = 'New area'): void {
  const { diagram, areas } = stage.scene;
  const area: Area = {
    id: interactiveIds().next('area', name),
    diagram,
    name,
    x: snap(box.x),
    y: snap(box.y),
    width: Math.max(120, snap(box.width)),
    height: Math.max(80, snap(box.height)),
    tint: areas.length % 6,
  };
  if (!put('Add area', [{ collection: 'areas', record: area }])) return;
  select([{ record: area.id }]);
  startEditing({ object: area.id, field: 'title' });
}

export function setNote(note: Note, text: string): void {
  if (text !== note.text) put('Edit note', [{ collection: 'notes', record: { ...note, text } }]);
}

export function setArea(area: Area, patch: Partial<Pick<Area, 'name' | 'x' | 'y' | 'width' | 'height' | 'tint'>>): boolean {
  return put(`Change area ${patch.name ?? area.name}`, [{ collection: 'areas', record: { ...area, ...patch } }]);
}

function putTable(label: string, table: Table): boolean {
  return put(label, [{ collection: 'tables', record: table }]);
}

/** Changes facts of one column. */
export function patchColumn(tableId: Id, columnId: Id, patch: Partial<Pick<Column, 'type' | 'nullable'>>): boolean {
  const table = recordIn(documentStore.getState().document, 'tables', tableId);
  const column = table?.columns.find((one) => one.id === columnId);
  if (table === undefined || column === undefined) return false;
  const columns = table.columns.map((one) => (one.id === columnId ? { ...one, ...patch } : one));
  return putTable(`Change column ${column.name}`, { ...table, columns });
}

/** A new column under another (or at the end), its name ready to be typed. */
export function newColumn(tableId: Id, below?: Id, type: ColumnType = { kind: 'builtin', name: 'text' }): Id | undefined {
  const table = recordIn(documentStore.getState().document, 'tables', tableId);
  if (table === undefined) return undefined;
  const name = freshName(new Set(table.columns.map((one) => one.name)), 'new_column');
  const column: Column = { id: interactiveIds().next('col', name), name, type, nullable: true };
  const at = table.columns.findIndex((one) => one.id === below);
  const columns = [...table.columns];
  columns.splice(at < 0 ? columns.length : at + 1, 0, column);
  if (!putTable(`Add column to ${table.name}`, { ...table, columns })) return undefined;
  select([{ record: tableId, part: column.id }]);
  startEditing({ object: tableId, column: column.id, field: 'name' });
  return column.id;
}

/** Pins or frees, folds or unfolds what is placed. */
export function setPlacement(ids: readonly Id[], patch: { pinned?: boolean; collapsed?: boolean }, label: string): void {
  const { document } = documentStore.getState();
  const { diagram, nodes } = stage.scene;
  const records = ids.flatMap((id): Put[] => {
    const node = nodes.get(id);
    if (node === undefined || node.kind === 'note') return [];
    const key = placementId(diagram, id);
    const old = recordIn(document, 'placements', key) ?? { id: key, diagram, object: id, x: node.box.x, y: node.box.y };
    const { pinned = old.pinned, collapsed = old.collapsed } = patch;
    const record = { id: key, diagram, object: id, x: old.x, y: old.y };
    return [
      {
        collection: 'placements',
        record: { ...record, ...(pinned === true ? { pinned } : {}), ...(collapsed === true ? { collapsed } : {}) },
      },
    ];
  });
  if (records.length > 0) put(label, records);
}

/** Gives a relationship bends, or takes them away. */
export function setBends(relationship: Id, bends: readonly Spot[] | undefined): void {
  const { diagram } = stage.scene;
  const id = placementId(diagram, relationship);
  const args =
    bends === undefined
      ? { label: 'Straighten relationship', put: [], remove: [{ collection: 'routes' as const, id }] }
      : { label: 'Bend relationship', put: [{ collection: 'routes' as const, record: { id, diagram, relationship, bends } }] };
  said(run({ name: 'putRecords', args }));
}
