import { createStore } from 'zustand/vanilla';
import { openDialog, viewStore } from '#state/view.ts';
import type { RefactorKind, RefactorSubject } from './subject.ts';

/** What the dialog is about; the selection may change behind it. */
export const refactorStore = createStore<{ readonly subject: RefactorSubject }>(() => ({
  subject: { kind: 'extract', selection: [] },
}));

/** Opens the dialog of a refactoring for what is selected. */
export function askRefactoring(kind: RefactorKind): void {
  refactorStore.setState({ subject: { kind, selection: viewStore.getState().selection } });
  openDialog('refactor');
}
