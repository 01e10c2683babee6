import type { Rect } from '#lib/grid.ts';

/** A box to be placed. */
export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** What it belongs to by name, such as its schema: boxes of one kind attract each other a little. */
  readonly kind?: string;
}

/** A relationship between two boxes, from child to parent. */
export interface LayoutEdge {
  readonly child: string;
  readonly parent: string;
}

/** Boxes that stay together, such as those an area holds. */
export interface LayoutGroup {
  readonly id: string;
  readonly nodes: readonly string[];
  /** The group it lies in. */
  readonly within?: string;
}

export interface LayoutInput {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
  readonly groups?: readonly LayoutGroup[];
  /** Rows of boxes in the order given, or rings round a centre; absent = by what belongs together. */
  readonly way?: 'grid' | 'rings';
  /** The boxes in the middle of rings. */
  readonly centre?: readonly string[];
  /** Width by height of the screen they are to fill; 16:10 when absent. */
  readonly aspect?: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface LayoutOutput {
  /** Top left corners by node; the whole begins at 0, 0. */
  readonly spots: Readonly<Record<string, Spot>>;
  /** What belongs together among boxes of no group, when these were too many for one picture. */
  readonly communities: readonly (readonly string[])[];
  /** Boxes round the groups that were given. */
  readonly groups: Readonly<
    Record<string, { readonly x: number; readonly y: number; readonly width: number; readonly height: number }>
  >;
}

/** A laid out cluster: its own coordinates begin at 0, 0. */
export interface Block {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly spots: ReadonlyMap<string, Spot>;
  /** Boxes round groups within it, in its coordinates. */
  readonly frames?: ReadonlyMap<string, Rect>;
  /** Ids by column, from left to right and top to bottom, when it is made of such: its boxes may change places. */
  readonly columns?: readonly (readonly string[])[];
}

export type Progress = (done: number, what: string) => void;

/** Free pixels between boxes. */
export const SPACE = { column: 96, row: 40, set: 64, block: 120, groupPadding: 24, groupTitle: 32 } as const;
