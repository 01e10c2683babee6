import { Grid } from '#lib/grid.ts';
import type { Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { emptyTable } from '#model/create.ts';
import { isChosen, isShown } from '#model/derive/diagrams.ts';
import { lookOf } from '#model/derive/look.ts';
import { freeSpot, placementsFor, snap } from '#model/derive/place.ts';
import type { Diff } from '#model/diff.ts';
import type { Area, Note, Placement } from '#model/layout-types.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { surrogateOf, usualOf } from '#model/usual-types.ts';
import { putOnDiagram } from '#state/diagrams.ts';
import { documentStore, interactiveIds, run, runAlong } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { select, viewStore } from '#state/view.ts';
import { editNear } from './edit-near.ts';
import { startEditing } from './editing.ts';
import { cull } from './mounted.ts';
import { stage } from './stage.ts';

/** Says a problem where there is one; true when there is none. */
export function said(result: Result<Diff>): boolean {
  if (!result.ok) notify({ tone: 'warn', text: result.problem.message });
  return result.ok;
}

function does(calls: CommandCall | readonly CommandCall[], label?: string): boolean {
  return said(run(calls, label));
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

/** Puts nodes, notes and areas at these places: one step, or a part of the running gesture. */
export function moveTo(spots: ReadonlyMap<Id, Spot>, label = moveLabel(spots.keys())): boolean {
  const { document } = documentStore.getState();
  const places: { object: Id; x: number; y: number }[] = [];
  const calls: CommandCall[] = [];
  for (const [id, spot] of spots) {
    const patch = { x: Math.round(spot.x), y: Math.round(spot.y) };
    if (recordIn(document, 'notes', id) !== undefined) calls.push({ name: 'setNote', args: { id, patch } });
    else if (recordIn(document, 'areas', id) !== undefined) calls.push({ name: 'setArea', args: { id, patch } });
    else places.push({ object: id, ...patch });
  }
  if (places.length > 0) calls.push({ name: 'placeObjects', args: { diagram: stage.scene.diagram, places } });
  return calls.length === 0 || does(calls, label);
}

/** So many new tables go on a diagram of chosen ones by themselves; more are an import that has little to do with it. */
const NEWCOMERS = 24;

/** Places for what was made while a diagram of chosen tables is shown: it is put there. */
function newcomers(document: Document, diagram: Id, arrived: ReadonlySet<Id>): Placement[] {
  const ids = [...arrived].filter((id) => {
    const table = recordIn(document, 'tables', id);
    const drawn = table === undefined ? recordIn(document, 'views', id) !== undefined : table.partitionOf === undefined;
    return drawn && !isShown(document, diagram, id);
  });
  if (ids.length <= NEWCOMERS) return placementsFor(document, diagram, ids, stage.middle());
  const text = `${ids.length} new tables are in the model, but not on this diagram.`;
  notify({ tone: 'info', text, action: { label: 'Put them there', run: () => void putOnDiagram(ids) } });
  return [];
}

/** Stores the places that the canvas chose for new objects, so that they last. They belong to the step that brought them. */
export function keepGuests(arrived: ReadonlySet<Id>): void {
  const { document, readOnly, history } = documentStore.getState();
  if (readOnly !== undefined || history.mark !== undefined) return;
  const { diagram } = stage.scene;
  const guests = stage.scene.guests().filter((guest) => arrived.has(guest.object));
  if (isChosen(document, diagram)) guests.push(...newcomers(document, diagram, arrived));
  if (guests.length === 0) return;
  said(runAlong({ name: 'placeObjects', args: { diagram: stage.scene.diagram, places: guests } }));
}

function freshName(taken: ReadonlySet<string>, base: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (!taken.has(name)) return name;
  }
}

/** Every box on the diagram, what a filter holds back included: nothing new goes there. */
function taken(): Grid {
  const grid = new Grid();
  for (const [id, node] of stage.scene.members) grid.set(id, node.box);
  return grid;
}

/** What was just made is in sight, and mounted, so that its name can be typed. */
function showNew(id: Id): void {
  stage.reveal({ record: id });
  cull();
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
  const name = freshName(names, lookOf(stage.scene.document).level === 'conceptual' ? 'new_entity' : 'new_table');
  const id = ids.next('tbl', name);
  const column = surrogateOf(usualOf(document), 'identity', ids.next('col', 'id'), 'id', 'always');
  // An idea has no key yet; a table has one from the first.
  const keyed: Partial<Table> = {
    columns: [column],
    keys: [{ id: ids.next('key', 'primary'), kind: 'primary', columns: [column.id] }],
  };
  const conceptual = lookOf(stage.scene.document).level === 'conceptual';
  const table: Table = { ...emptyTable(id, schema, name), ...(conceptual ? {} : keyed) };
  const { diagram } = stage.scene;
  const size = { width: 168, height: 60 };
  const spot = exact ? { x: snap(at.x), y: snap(at.y) } : freeSpot(taken(), size, at);
  if (!does({ name: 'addTable', args: { table, place: { diagram, ...spot } } })) return undefined;
  select([{ record: id }]);
  if (!exact) showNew(id);
  startEditing({ object: id, field: 'title', fresh: true });
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
  if (!does({ name: 'addNote', args: { record: note } }, 'Add note')) return;
  select([{ record: note.id }]);
  editNear({ object: note.id, field: 'title' });
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
  if (!does({ name: 'addArea', args: { record: area } }, 'Add area')) return;
  select([{ record: area.id }]);
  startEditing({ object: area.id, field: 'title' });
}

export function setNoteText(note: Note, text: string): void {
  if (text !== note.text) does({ name: 'setNote', args: { id: note.id, patch: { text } } }, 'Edit note');
}

/** Another size for a note or an area. */
export function resize(id: Id, width: number, height: number): void {
  const area = recordIn(documentStore.getState().document, 'areas', id);
  const patch = { width, height };
  if (area === undefined) does({ name: 'setNote', args: { id, patch } }, 'Resize note');
  else does({ name: 'setArea', args: { id, patch } }, `Resize area ${area.name}`);
}

export function setTint(area: Area, tint: number): void {
  does({ name: 'setArea', args: { id: area.id, patch: { tint } } }, `Colour area ${area.name}`);
}

/** The row in which a new column is typed, under another or at the end. Nothing is made until a name is typed. */
export function newColumn(table: Id, below?: Id): void {
  const { readOnly } = documentStore.getState();
  if (readOnly === undefined) startEditing({ object: table, field: 'new', below, typing: {} });
  else notify({ tone: 'info', text: readOnly });
}

/** Pins or frees, folds or unfolds what is placed. */
export function mark(ids: readonly Id[], patch: { pinned?: boolean; collapsed?: boolean }): void {
  const { diagram, nodes } = stage.scene;
  const objects = ids.filter((id) => nodes.has(id) && nodes.get(id)?.kind !== 'note');
  if (objects.length > 0) does({ name: 'markPlacements', args: { diagram, objects, ...patch } });
}

/** Gives a relationship bends, or (none given) takes them away. */
export function setBends(relationship: Id, bends: readonly Spot[]): void {
  does({ name: 'setRoute', args: { diagram: stage.scene.diagram, relationship, bends } });
}
