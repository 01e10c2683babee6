import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ColumnProfile } from '#engine/discover/profile/profile.ts';
import type { Id } from '#model/types.ts';
import { onDocumentChange } from './document.ts';

/** Rows of data that a person gave for a table. They are of this session alone: no document holds them. */
export interface SampleRows {
  /** The file, or what else they were read from. */
  readonly source: string;
  /** How many rows the source has: `rows` may be fewer. */
  readonly total: number;
  /** The table's columns that the source has values for, as ids. One may be gone from the table since. */
  readonly columns: readonly Id[];
  /** What all rows of the source say of these columns, in their order. */
  readonly profiles?: readonly ColumnProfile[];
  /** Values as text in the order of `columns`, undefined for NULL. */
  readonly rows: readonly (readonly (string | undefined)[])[];
  /** The number of each row in the source, from 1. */
  readonly numbers: readonly number[];
}

interface Kept {
  readonly tables: ReadonlyMap<Id, SampleRows>;
}

export const sampleRowsStore = createStore<Kept>(() => ({ tables: new Map() }));

// Another document may have the same ids: they follow from names where it was imported.
onDocumentChange(({ source }) => {
  if (source === 'load' && sampleRowsStore.getState().tables.size > 0) sampleRowsStore.setState({ tables: new Map() });
});

/** Keeps rows for a table in place of those it had. */
export function keepSampleRows(table: Id, rows: SampleRows): void {
  sampleRowsStore.setState(({ tables }) => ({ tables: new Map(tables).set(table, rows) }));
}

/** The rows that were given for a table in this session. */
export function sampleRows(table: Id): SampleRows | undefined {
  return sampleRowsStore.getState().tables.get(table);
}

/** {@link sampleRows} for a component. */
export function useSampleRows(table: Id): SampleRows | undefined {
  return useStore(sampleRowsStore, ({ tables }) => tables.get(table));
}
