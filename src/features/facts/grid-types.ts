import type { ReactNode } from 'react';
import type { FactCell } from '#engine/facts/cells.ts';

export interface GridColumn<K extends string> {
  readonly key: K;
  readonly head: string;
  /** What it means, on hover. */
  readonly title: string;
  /** Pixels at least. */
  readonly width: number;
  readonly left?: boolean;
}

export interface GridRow {
  readonly key: string;
  /** Read aloud, and for tooltips. */
  readonly name: string;
  readonly head: ReactNode;
}

export interface CellEdit<K extends string> {
  readonly row: string;
  readonly column: K;
  readonly text: string | undefined;
}

export interface Refused<K extends string> extends CellEdit<K> {
  readonly message: string;
}

/** What is typed into a cell and not taken yet. */
export interface Typing {
  readonly text: string;
  /** Why it is not taken. */
  readonly message?: string | undefined;
}

export interface FactGridProps<K extends string> {
  readonly label: string;
  readonly rowHead: string;
  /** Pixels of the names at the left. */
  readonly nameWidth: number;
  readonly columns: readonly GridColumn<K>[];
  readonly rows: readonly GridRow[];
  readonly cell: (row: string, column: K) => FactCell;
  /** Takes edits over as one step; gives back what cannot be. */
  readonly onEdit: (edits: readonly CellEdit<K>[]) => readonly Refused<K>[];
  /** The cell under the cursor, to be explained below. */
  readonly onCell: (row: string, column: K) => void;
  /** The row that something else is shown of. */
  readonly current?: string | undefined;
}
