import type { Id } from './types.ts';

/** How much of the model a diagram shows: ideas, their attributes and keys, or the tables of a database. */
export type Level = 'conceptual' | 'logical' | 'physical';

/** How relationships and tables are drawn. */
export type Notation = 'crows-foot' | 'idef1x' | 'barker' | 'uml' | 'chen' | 'min-max';

/** A named drawing of the model. The first one is `diagram_main`. */
export interface Diagram {
  readonly id: Id;
  readonly name: string;
  /** Absent = physical. */
  readonly level?: Exclude<Level, 'physical'>;
  /** Absent = crow's foot. */
  readonly notation?: Exclude<Notation, 'crows-foot'>;
  /** It shows only what was put on it; absent = every table and view of the model. */
  readonly chosen?: true;
  /** How much of a table is shown: its name, its key columns too, or (absent) all of it. */
  readonly detail?: 'names' | 'keys';
  /** What gives tables their colour; absent = their schema. */
  readonly colours?: 'area' | 'tag' | 'none';
  /** Its place among the diagrams, the smallest first; absent = 0. */
  readonly order?: number;
}

/** Where a table (or view) stands on a diagram, in canvas pixels at zoom 1, top left. Its id is {@link placementId}. */
export interface Placement {
  readonly id: Id;
  readonly diagram: Id;
  readonly object: Id;
  readonly x: number;
  readonly y: number;
  readonly pinned?: boolean;
  readonly collapsed?: boolean;
  /** Not shown on this diagram, though it keeps its place. */
  readonly hidden?: true;
  /** Index of a tint of its own on this diagram, 0 to 5. */
  readonly tint?: number;
}

/** Bends a person gave a relationship on a diagram, in canvas pixels. Its id is {@link placementId} too. */
export interface Route {
  readonly id: Id;
  readonly diagram: Id;
  readonly relationship: Id;
  readonly bends: readonly { readonly x: number; readonly y: number }[];
}

export interface Area {
  readonly id: Id;
  readonly diagram: Id;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Index of a tint, 0 to 5. */
  readonly tint: number;
}

export interface Note {
  readonly id: Id;
  readonly diagram: Id;
  /** Markdown. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Index of a tint, 0 to 5; absent = the yellow of a note. */
  readonly tint?: number;
}

export const MAIN_DIAGRAM = 'diagram_main';

/** Id of the placement of an object (or the route of a relationship) on a diagram. */
export function placementId(diagram: Id, object: Id): Id {
  return `${diagram}/${object}`;
}

/** A coordinate as it is saved: a whole number, and never the negative zero that a file cannot hold. */
export function wholePixel(value: number): number {
  return Math.round(value) + 0;
}
