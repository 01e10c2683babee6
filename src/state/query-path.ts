import { createStore } from 'zustand/vanilla';
import type { QueryFacts } from '#engine/workload/facts.ts';
import { joinedLinks } from '#engine/workload/joined-links.ts';
import type { Document, Id } from '#model/types.ts';
import { documentStore, onDocumentChange } from './document.ts';
import { resultsStore } from './results.ts';
import { openDialog } from './view.ts';

/** Where a query goes: the tables it uses and the relationships it joins them along. */
export interface QueryPath {
  readonly query: Id;
  readonly tables: ReadonlySet<Id>;
  readonly relationships: ReadonlySet<Id>;
}

/** The path that is lit on the canvas: view state, neither saved nor undone. */
export const pathStore = createStore<{ readonly path?: QueryPath | undefined }>(() => ({}));

/** The tables a query uses, and the relationships whose columns its joins compare. */
export function pathOf(document: Document, query: Id, facts: QueryFacts): QueryPath {
  const tables = new Set(facts.uses.map(({ table }) => table));
  const relationships = new Set(joinedLinks(document, facts).map(({ relationship }) => relationship));
  return { query, tables, relationships };
}

function current(query: Id): QueryPath | undefined {
  const { workload } = resultsStore.getState();
  const facts = Object.hasOwn(workload, query) ? workload[query] : undefined;
  return facts === undefined ? undefined : pathOf(documentStore.getState().document, query, facts);
}

/** Lights the path of a query on the canvas. */
export function showPath(query: Id): void {
  openDialog(undefined);
  pathStore.setState({ path: current(query) });
}

export function clearPath(): void {
  if (pathStore.getState().path !== undefined) pathStore.setState({ path: undefined });
}

// A query that is edited, or gone, has another path.
resultsStore.subscribe((now, before) => {
  const { path } = pathStore.getState();
  if (path !== undefined && now.workload[path.query] !== before.workload[path.query])
    pathStore.setState({ path: current(path.query) });
});
onDocumentChange(({ source }) => {
  if (source === 'load') clearPath();
});
