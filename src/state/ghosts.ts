import { createStore } from 'zustand/vanilla';
import type { Document, Id } from '#model/types.ts';

/** A table that is proposed and not in the model yet. */
export interface Ghost {
  readonly id: Id;
  /** Its normal form, as a badge. */
  readonly form?: { readonly text: string; readonly tone: 'ok' | 'warn'; readonly title: string };
  /** Why its name cannot be used. */
  readonly problem?: string;
  /** Gives it another name, as typed. */
  readonly rename: (name: string) => void;
  /** Lets it stand elsewhere. */
  readonly move: (to: { readonly x: number; readonly y: number }) => void;
}

/** What a change would make of a table, to be drawn among the tables that are there. */
export interface Ghosts {
  /** The same as long as it is the same proposal, whatever its tables are called and wherever they stand. */
  readonly of: object;
  /** The document with the proposed tables, their places and relationships; the old table is in it as it still is. */
  readonly document: Document;
  readonly diagram: Id;
  /** The table that would be taken apart. */
  readonly table: Id;
  /** Its columns that would leave it. */
  readonly leaving: readonly Id[];
  readonly ghosts: readonly Ghost[];
}

/** The canvas draws them; whoever proposes them puts them here and takes them away again. */
export const ghostStore = createStore<{ readonly shown?: Ghosts | undefined }>(() => ({}));
