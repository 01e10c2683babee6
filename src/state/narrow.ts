import { createStore } from 'zustand/vanilla';
import { type Filter, type Isolation, NO_FILTER } from '#model/derive/narrow.ts';
import { onDocumentChange } from './document.ts';
import { viewStore } from './view.ts';

/** What of the diagram is looked at: neither saved nor undone, and gone with the diagram it was for. */
export interface Narrowing {
  readonly filter: Filter;
  readonly isolation?: Isolation | undefined;
  /** How many tables and views are shown, of how many on the diagram; the canvas says. */
  readonly count?: { readonly shown: number; readonly of: number } | undefined;
}

export const narrowStore = createStore<Narrowing>(() => ({ filter: NO_FILTER }));

export function setFilter(change: Partial<Filter>): void {
  narrowStore.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
}

export function clearFilter(): void {
  narrowStore.setState({ filter: NO_FILTER });
}

/** Looks at a part of the model by itself, or (undefined) at the whole diagram again. */
export function isolate(isolation: Isolation | undefined): void {
  narrowStore.setState({ isolation });
}

/** Shows everything of the diagram again. */
export function showEverything(): void {
  narrowStore.setState({ filter: NO_FILTER, isolation: undefined });
}

/** Ends with its diagram or document what was looked at there, and lets a focus follow the selection. Returns how to stop. */
export function keepNarrowing(): () => void {
  const offDocument = onDocumentChange(({ source }) => {
    if (source === 'load') showEverything();
  });
  const offView = viewStore.subscribe((now, before) => {
    if (now.diagram !== before.diagram) {
      showEverything();
      return;
    }
    const { isolation } = narrowStore.getState();
    if (isolation?.kind !== 'focus' || now.selection === before.selection || now.selection.length === 0) return;
    isolate({ kind: 'focus', of: [...new Set(now.selection.map((ref) => ref.record))] });
  });
  return () => {
    offDocument();
    offView();
  };
}
