import { createStore } from 'zustand/vanilla';
import { openDialog } from '#state/view.ts';
import type { Subject } from './subject.ts';

/** What the dialog is about; the selection may change behind it. */
export const resolveStore = createStore<{ readonly subject?: Subject }>(() => ({}));

/** Opens the dialog that resolves a fact, records one, or takes a resolution back. */
export function askResolution(subject: Subject): void {
  resolveStore.setState({ subject });
  openDialog('resolve');
}
