import { createStore } from 'zustand/vanilla';
import { openDialog } from './view.ts';

/** What the facts of the workload show: the grids, or a way to take facts over. */
export type FactsMode = 'grids' | 'production' | 'sample';

export const factsStore = createStore<{ readonly mode: FactsMode }>(() => ({ mode: 'grids' }));

export function showFacts(mode: FactsMode): void {
  factsStore.setState({ mode });
}

/** Opens the facts of the workload. */
export function openFacts(mode: FactsMode): void {
  showFacts(mode);
  openDialog('workload', 'facts');
}
