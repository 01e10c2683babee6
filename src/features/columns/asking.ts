import { createStore } from 'zustand/vanilla';
import type { Id } from '#model/types.ts';

/** Pasted columns that cannot be taken as they are: shown with what is wrong, row by row. */
export interface PendingPaste {
  readonly table: Id;
  readonly below?: Id | undefined;
  readonly text: string;
}

/** Columns on their way to another table: which one is asked, or what it would cost is shown. */
export interface PendingTransfer {
  readonly from: Id;
  readonly columns: readonly Id[];
  readonly copy: boolean;
  /** Absent = it is asked. */
  readonly to?: Id | undefined;
  /** Position in the target; absent = at the end. */
  readonly at?: number | undefined;
}

/** What waits for a person's word about columns. At most one of them. */
export interface Asking {
  readonly paste?: PendingPaste | undefined;
  readonly transfer?: PendingTransfer | undefined;
}

export const askingStore = createStore<Asking>(() => ({}));

export function stopAsking(): void {
  askingStore.setState({ paste: undefined, transfer: undefined });
}
