import { createStore } from 'zustand/vanilla';
import type { Id } from '#model/types.ts';

/** What of a table is edited in place. */
export type Field = 'title' | 'name' | 'type' | 'nullable';

export interface Editing {
  readonly object: Id;
  readonly column?: Id;
  readonly field: Field;
}

/** The one place on the canvas where text is being typed, if any. */
export const editingStore = createStore<{ readonly at?: Editing | undefined }>(() => ({}));

export function startEditing(at: Editing): void {
  editingStore.setState({ at });
}

export function stopEditing(): void {
  editingStore.setState({ at: undefined });
}
