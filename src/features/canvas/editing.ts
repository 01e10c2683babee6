import { createStore } from 'zustand/vanilla';
import type { CellName } from '#features/columns/index.ts';
import type { Id } from '#model/types.ts';

/** What of a table, view, area or note has the keys: its title, a cell of a column, or the row of a new column. */
export type Field = 'title' | 'new' | CellName;

export interface Editing {
  readonly object: Id;
  readonly column?: Id | undefined;
  readonly field: Field;
  /** The column that the row of a new one stands below; absent = it is the last row. */
  readonly below?: Id | undefined;
  /** A cell is typed into at once; absent = it only has the focus (grid navigation). */
  readonly typing?: { readonly text?: string | undefined } | undefined;
  /** The object was just made: after its title its columns are typed. */
  readonly fresh?: boolean | undefined;
}

interface State {
  readonly at?: Editing | undefined;
  /** Counts the wishes, so that the same one again is a new one. */
  readonly serial: number;
}

/** The one place on the canvas where keys go into text or cells, if any. */
export const editingStore = createStore<State>(() => ({ serial: 0 }));

export function startEditing(at: Editing): void {
  editingStore.setState(({ serial }) => ({ at, serial: serial + 1 }));
}

export function stopEditing(): void {
  editingStore.setState({ at: undefined });
}
