import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Finding, Fix } from '#engine/finding.ts';
import type { GroupBy } from './arrange.ts';

/** How the list of problems is looked at. */
export interface ProblemsState {
  readonly groupBy: GroupBy;
  readonly filter: string;
  /** Waived ones instead of open ones. */
  readonly waived: boolean;
  /** Keys of closed groups. */
  readonly closed: ReadonlySet<string>;
  /** Key of the row that is chosen: a finding's or a group's. */
  readonly current?: string | undefined;
  /** The fix that is being previewed. */
  readonly preview?: { readonly finding: Finding; readonly fix: Fix } | undefined;
}

export const problemsStore = createStore<ProblemsState>(() => ({
  groupBy: 'severity',
  filter: '',
  waived: false,
  closed: new Set(),
}));

export const useProblems = <T>(pick: (state: ProblemsState) => T): T => useStore(problemsStore, pick);
