import { createStore } from 'zustand/vanilla';
import type { Id } from '#model/types.ts';

/** What is open at the diagrams' bar. */
export interface BarState {
  /** The diagram whose name is being edited. */
  readonly renaming?: Id | undefined;
  /** The filter's panel is open. */
  readonly filtering: boolean;
}

export const barStore = createStore<BarState>(() => ({ filtering: false }));

export function startRenaming(diagram: Id | undefined): void {
  barStore.setState({ renaming: diagram });
}

export function openFilter(open: boolean): void {
  barStore.setState({ filtering: open });
}
