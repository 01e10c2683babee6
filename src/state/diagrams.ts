import type { Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import { nameOf } from '#model/commands/lookup.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { diagramsInOrder, isChosen, isShown, nextOrder, shownOn } from '#model/derive/diagrams.ts';
import { missingPlacements, placementsFor } from '#model/derive/place.ts';
import type { Diff } from '#model/diff.ts';
import { type Diagram, placementId } from '#model/layout-types.ts';
import type { Patch } from '#model/patch.ts';
import type { Document, Id } from '#model/types.ts';
import { perform } from './actions.ts';
import { type DocumentChange, documentStore, interactiveIds, onDocumentChange, run, runAlong, undo } from './document.ts';
import { layoutDocument } from './layout.ts';
import { notify } from './notices.ts';
import { viewStore } from './view.ts';

interface Spot {
  readonly x: number;
  readonly y: number;
}

const current = () => documentStore.getState().document;

function said(result: Result<Diff>): boolean {
  if (!result.ok) notify({ tone: 'warn', text: result.problem.message });
  return result.ok;
}

/** The diagram that is looked at. */
export function shownDiagram(): Diagram | undefined {
  return recordIn(current(), 'diagrams', viewStore.getState().diagram);
}

/** Looks at another diagram. */
export function goToDiagram(diagram: Id): void {
  if (recordIn(current(), 'diagrams', diagram) !== undefined) viewStore.setState({ diagram });
}

/** Looks at the diagram after the shown one, or (-1) before it, round and round. */
export function stepDiagram(by: 1 | -1): void {
  const all = diagramsInOrder(current());
  const at = all.findIndex((one) => one.id === viewStore.getState().diagram);
  const next = all[(at + by + all.length) % all.length];
  if (next !== undefined) goToDiagram(next.id);
}

function freshName(document: Document, base: string): string {
  const taken = new Set(Object.values(document.diagrams).map((one) => one.name));
  if (base !== 'Diagram' && !taken.has(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base} ${n}`)) return `${base} ${n}`;
}

/** A new diagram that shows only what is put on it, and looks at it. @param places what it begins with. */
export function newDiagram(base = 'Diagram', places: readonly ({ readonly object: Id } & Spot)[] = []): Id | undefined {
  const document = current();
  const name = freshName(document, base);
  const id = interactiveIds().next('diagram', name);
  const record: Diagram = { id, name, chosen: true, order: nextOrder(document) };
  const calls: CommandCall[] = [{ name: 'addDiagram', args: { record } }];
  if (places.length > 0) calls.push({ name: 'placeObjects', args: { diagram: id, places } });
  if (!said(run(calls, `Add diagram ${name}`))) return undefined;
  goToDiagram(id);
  return id;
}

/** A new diagram of these tables and views, arranged anew, as one step. */
export async function newDiagramOf(objects: readonly Id[], base: string): Promise<void> {
  const places = placementsFor(current(), '', objects);
  const id = newDiagram(base, places);
  if (id === undefined) return;
  await arrangeAlong(id, objects);
  perform('canvas.fit');
}

/** Arranges what was just put on a diagram, as a part of that step. */
async function arrangeAlong(diagram: Id, only: readonly Id[]): Promise<void> {
  const { document, revision } = documentStore.getState();
  const laid = await layoutDocument(document, diagram, { only });
  if (laid.ok && documentStore.getState().revision === revision) said(runAlong(laid.value.calls));
}

export function duplicateDiagram(diagram: Id): void {
  const as = interactiveIds().next('diagram', 'copy');
  if (said(run({ name: 'duplicateDiagram', args: { id: diagram, as } }))) goToDiagram(as);
}

/** Deletes a diagram and offers to take it back; the tables stay in the model. */
export function deleteDiagram(diagram: Id): void {
  const name = nameOf(current(), diagram);
  if (!said(run({ name: 'removeDiagrams', args: { ids: [diagram] } }, `Delete diagram ${name}`))) return;
  const { revision } = documentStore.getState();
  const takeBack = () => {
    if (documentStore.getState().revision === revision) undo();
    else notify({ tone: 'info', text: 'Other changes came after it: undo them first (mod+Z).' });
  };
  const text = `Diagram ${name} deleted. Its tables are still in the model.`;
  notify({ tone: 'info', text, action: { label: 'Undo', run: takeBack } });
}

/** Moves a diagram among the others, one place on or (-1) back. */
export function moveDiagram(diagram: Id, by: 1 | -1): void {
  const ids = diagramsInOrder(current()).map((one) => one.id);
  const at = ids.indexOf(diagram);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return;
  ids.splice(to, 0, ...ids.splice(at, 1));
  said(run({ name: 'orderDiagrams', args: { ids } }));
}

/** Puts a diagram before another, or (undefined) at the end. */
export function moveDiagramBefore(diagram: Id, before: Id | undefined): void {
  const ids = diagramsInOrder(current()).flatMap((one) => (one.id === diagram ? [] : [one.id]));
  const at = before === undefined ? -1 : ids.indexOf(before);
  ids.splice(at < 0 ? ids.length : at, 0, diagram);
  said(run({ name: 'orderDiagrams', args: { ids } }));
}

export function renameDiagram(diagram: Id, name: string): boolean {
  return said(run({ name: 'setDiagram', args: { id: diagram, patch: { name: name.trim() } } }));
}

/** Changes how a diagram looks. @param label as the undo menu says it. */
export function setDiagramLook(diagram: Id, patch: Patch<Diagram>, label: string): void {
  said(run({ name: 'setDiagram', args: { id: diagram, patch } }, label));
}

/** Has a diagram show only what is on it now, or everything again. What was hidden before stays hidden. */
export function setChosen(diagram: Id, chosen: boolean): void {
  const document = current();
  const name = nameOf(document, diagram);
  const places = chosen ? missingPlacements(document, diagram) : [];
  const calls: CommandCall[] = [{ name: 'setDiagram', args: { id: diagram, patch: { chosen: chosen ? true : null } } }];
  if (places.length > 0) calls.push({ name: 'placeObjects', args: { diagram, places } });
  said(run(calls, chosen ? `Choose the tables of ${name}` : `Show every table on ${name}`));
}

function hasPlace(document: Document, diagram: Id, object: Id): boolean {
  return recordIn(document, 'placements', placementId(diagram, object)) !== undefined;
}

/** The tables and views among some ids; a partition stands for its parent. */
function placeable(document: Document, ids: readonly Id[]): Id[] {
  const found = new Set<Id>();
  for (const id of ids) {
    const table = recordIn(document, 'tables', id);
    if (table !== undefined) found.add(table.partitionOf?.parent ?? id);
    else if (recordIn(document, 'views', id) !== undefined) found.add(id);
  }
  return [...found];
}

function some(document: Document, ids: readonly Id[]): string {
  return ids.length === 1 ? nameOf(document, ids[0] as Id) : `${ids.length} tables`;
}

/**
 * Puts tables and views on the shown diagram, hidden ones where they were. Several that make up most of it are arranged
 * along with that step.
 * @param near where newcomers without neighbours go. @param exact the first one stands just there.
 * @returns what was not on it before.
 */
export async function putOnDiagram(ids: readonly Id[], near?: Spot, exact = false): Promise<readonly Id[]> {
  const document = current();
  const { diagram } = viewStore.getState();
  const fresh = placeable(document, ids).filter((id) => !isShown(document, diagram, id));
  const [first] = fresh;
  if (first === undefined) return [];
  const hidden = fresh.filter((id) => hasPlace(document, diagram, id));
  const places: ({ object: Id } & Spot)[] = placementsFor(
    document,
    diagram,
    fresh.filter((id) => !hidden.includes(id)),
    near,
  );
  if (exact && near !== undefined && fresh.length === 1) places.splice(0, places.length, { object: first, ...near });
  const calls: CommandCall[] = [];
  if (places.length > 0) calls.push({ name: 'placeObjects', args: { diagram, places } });
  if (hidden.length > 0) calls.push({ name: 'markPlacements', args: { diagram, objects: hidden, hidden: false } });
  const before = shownOn(document, diagram).length;
  if (!said(run(calls, `Put ${some(document, fresh)} on ${nameOf(document, diagram)}`))) return [];
  if (places.length > 2 && places.length > before)
    await arrangeAlong(
      diagram,
      places.map((one) => one.object),
    );
  if (before === 0) perform('canvas.fit');
  return fresh;
}

/** Takes tables and views off the shown diagram; the model keeps them. On a diagram that shows everything they are hidden. */
export function takeOffDiagram(ids: readonly Id[]): void {
  const document = current();
  const { diagram } = viewStore.getState();
  const objects = placeable(document, ids).filter((id) => isShown(document, diagram, id));
  if (objects.length === 0) return;
  const label = `Take ${some(document, objects)} off ${nameOf(document, diagram)}`;
  if (isChosen(document, diagram)) {
    said(run({ name: 'removePlacements', args: { diagram, objects } }, label));
    return;
  }
  const places = missingPlacements(document, diagram).filter((one) => objects.includes(one.object));
  const hide: CommandCall = { name: 'markPlacements', args: { diagram, objects, hidden: true } };
  said(run(places.length === 0 ? [hide] : [{ name: 'placeObjects', args: { diagram, places } }, hide], label));
}

/** The one diagram that an undone or redone step is about, when it touches nothing of the model. */
function diagramOf({ diff }: DocumentChange): Id | undefined {
  const touched = new Set<unknown>();
  for (const { collection, id, from, to } of diff) {
    const record = (to ?? from ?? {}) as { readonly diagram?: Id };
    touched.add(collection === 'diagrams' ? id : record.diagram);
  }
  const [only] = touched;
  return touched.size === 1 && typeof only === 'string' ? only : undefined;
}

/**
 * Keeps the shown diagram one of the document's, and goes to the diagram on which an undo or redo changed something, so
 * that nothing changes unseen. Returns how to stop.
 */
export function keepDiagram(): () => void {
  return onDocumentChange((change) => {
    const { document, source } = change;
    const { diagram } = viewStore.getState();
    const about = source === 'undo' || source === 'redo' ? diagramOf(change) : undefined;
    if (about !== undefined && about !== diagram && recordIn(document, 'diagrams', about) !== undefined) goToDiagram(about);
    else if (recordIn(document, 'diagrams', diagram) === undefined) {
      const first = diagramsInOrder(document)[0];
      if (first !== undefined) viewStore.setState({ diagram: first.id });
    }
  });
}
