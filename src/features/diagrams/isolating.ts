import { recordIn } from '#model/collections.ts';
import { nameOf } from '#model/commands/lookup.ts';
import { linksOf } from '#model/derive/links.ts';
import { filtered, type Isolation, isFiltering, isolated } from '#model/derive/narrow.ts';
import { neighbourhood, shortestPaths } from '#model/derive/neighbourhood.ts';
import { boxesOf } from '#model/derive/place.ts';
import type { Document, Id } from '#model/types.ts';
import { newDiagramOf, putOnDiagram, shownDiagram } from '#state/diagrams.ts';
import { documentStore } from '#state/document.ts';
import { isolate, narrowStore } from '#state/narrow.ts';
import { notify } from '#state/notices.ts';
import { select, viewStore } from '#state/view.ts';

/** The selected tables, each once, in the order of selection. */
export function selectedTables(): readonly Id[] {
  const { document } = documentStore.getState();
  const ids = new Set(viewStore.getState().selection.map((ref) => ref.record));
  return [...ids].filter((id) => recordIn(document, 'tables', id) !== undefined);
}

/** The selected tables and views. */
export function selectedObjects(): readonly Id[] {
  const { document } = documentStore.getState();
  const ids = new Set(viewStore.getState().selection.map((ref) => ref.record));
  return [...ids].filter((id) => recordIn(document, 'tables', id) !== undefined || recordIn(document, 'views', id) !== undefined);
}

export function showNeighbours(): void {
  const of = selectedTables();
  if (of.length > 0) isolate({ kind: 'neighbours', of, depth: 1, reach: 'both' });
}

/** Focus mode: what is not related to the selection is gone; again = left. */
export function toggleFocus(): void {
  if (narrowStore.getState().isolation?.kind === 'focus') isolate(undefined);
  else if (selectedTables().length > 0) isolate({ kind: 'focus', of: selectedTables() });
}

/** The shortest ways between the two selected tables, one after the other. */
export function showPath(): void {
  const [from, to] = selectedTables();
  if (from === undefined || to === undefined) return;
  const { document } = documentStore.getState();
  if (shortestPaths(linksOf(document), from, to, 1).length === 0) {
    notify({ tone: 'info', text: `No relationships lead from ${nameOf(document, from)} to ${nameOf(document, to)}.` });
    return;
  }
  isolate({ kind: 'path', from, to, at: 0 });
}

/** How many shortest ways a path isolation steps through; 0 for another kind. */
export function pathCount(document: Document, isolation: Isolation): number {
  return isolation.kind === 'path' ? shortestPaths(linksOf(document), isolation.from, isolation.to).length : 0;
}

/** Shows the next of several shortest ways, or (-1) the one before. */
export function stepPath(by: 1 | -1): void {
  const { isolation } = narrowStore.getState();
  if (isolation?.kind !== 'path') return;
  const count = Math.max(1, pathCount(documentStore.getState().document, isolation));
  isolate({ ...isolation, at: (isolation.at + by + count) % count });
}

/** What an isolation is of, in words: the name of the diagram it becomes. */
export function isolationTitle(document: Document, isolation: Isolation): string {
  if (isolation.kind === 'path') return `${nameOf(document, isolation.from)} to ${nameOf(document, isolation.to)}`;
  const [first] = isolation.of;
  const what = isolation.of.length === 1 && first !== undefined ? nameOf(document, first) : `${isolation.of.length} tables`;
  return `Around ${what}`;
}

/** The tables and views of the shown diagram that filter and isolation let through. */
function letThrough(): readonly Id[] {
  const { document } = documentStore.getState();
  const { filter, isolation } = narrowStore.getState();
  const diagram = shownDiagram()?.id ?? '';
  const boxes = boxesOf(document, diagram);
  const areas = Object.values(document.areas).filter((one) => one.diagram === diagram);
  const near = isolation === undefined ? undefined : isolated(document, isolation);
  const passed = isFiltering(filter) ? filtered(document, filter, { areas, boxes }) : undefined;
  const all = near ?? passed ?? new Set(boxes.keys());
  return [...all].filter((id) => passed?.has(id) !== false && boxes.has(id));
}

/** Makes a diagram of what is shown now. */
export function keepAsDiagram(): void {
  const { document } = documentStore.getState();
  const { isolation, filter } = narrowStore.getState();
  const objects = letThrough();
  if (objects.length === 0) return;
  const base = isolation !== undefined ? isolationTitle(document, isolation) : filter.name.trim() || 'Filtered';
  void newDiagramOf(objects, base);
}

/** Puts what is one relationship away from the selection on the shown diagram, and selects it. */
export async function addNeighbours(): Promise<void> {
  const { document } = documentStore.getState();
  const near = neighbourhood(linksOf(document), selectedTables(), 1, 'both');
  const fresh = await putOnDiagram([...near.keys()]);
  if (fresh.length > 0) select(fresh.map((record) => ({ record })));
  else notify({ tone: 'info', text: 'All its neighbours are on this diagram already.' });
}
