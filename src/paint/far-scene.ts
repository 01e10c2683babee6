import type { Note } from '#model/layout-types.ts';
import type { EdgeShape } from './edges.ts';
import type { PictureNode } from './picture.ts';

/** Colours of the theme that painting outside the page needs, as CSS colours. */
export interface Palette {
  readonly canvas: string;
  readonly raised: string;
  readonly sunken: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly edge: string;
  readonly warn: string;
  readonly warnSoft: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly ok: string;
  readonly okSoft: string;
  /** Schema tints 0 to 5. */
  readonly tints: readonly string[];
}

interface FarArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly tint: number;
  readonly name: string;
}

/** A diagram as the far view needs it: flat arrays, so that handing it over costs little. */
export interface FarScene {
  /** x, y, width, height of each node. */
  readonly boxes: Float32Array;
  /** Tint of each node; {@link NOTE_TINT} for notes. */
  readonly tints: Uint8Array;
  readonly names: readonly string[];
  /** Number of relationships of each node. */
  readonly degrees: Uint16Array;
  /** Pairs of node numbers: child, parent. */
  readonly edges: Uint32Array;
  /** What stands at the ends of each edge: bits of {@link END}. */
  readonly ends: Uint8Array;
  readonly areas: readonly FarArea[];
  /** Set while a lens colours the nodes: the tone of each node, {@link NO_TONE} for those it says nothing of. */
  readonly lens?: { readonly tones: Uint8Array; readonly colours: readonly string[]; readonly signs: readonly string[] };
}

/** From this zoom on, rows are drawn; below it names stand alone, as large as they fit. */
export const ROWS_FROM = 0.44;

export const NO_TONE = 255;

/** Bits of an edge's ends. */
export const END = { childMany: 1, childOptional: 2, parentMany: 4, parentOptional: 8, warn: 16 } as const;

/** What findings and normal forms say of each node: drawn as small marks. */
export interface FarBadges {
  readonly counts: Uint16Array;
  /** 0 = nothing found, 1 info, 2 warning, 3 error. */
  readonly worst: Uint8Array;
  /** For each node a place in `texts`; 0 = none. */
  readonly forms: Uint8Array;
  readonly texts: readonly FormText[];
}

export interface FormText {
  readonly text: string;
  readonly tone: 'ok' | 'warn' | 'assume';
}

/** A node with all its rows, for a zoom at which these can be read. */
export interface FarNode {
  /** Its number. */
  readonly at: number;
  readonly node: PictureNode | Note;
}

/** A relationship as the page draws it, with the numbers of its tables. */
export interface FarLine {
  readonly shape: EdgeShape;
  readonly child: number;
  readonly parent: number;
}

export const NOTE_TINT = 255;

export interface FarView {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  /** Device pixels to a CSS pixel. */
  readonly ratio: number;
}

export interface FarMarks {
  /** Node numbers. */
  readonly selected: readonly number[];
  readonly hovered: number;
  /** The node that keys act on. */
  readonly focused: number;
  /** Selected rows: node number and place in its face. */
  readonly rows: readonly (readonly [number, number])[];
  /** What stands out together, such as the tables of a query: node numbers, and the ends of the lines between them. */
  readonly path?: { readonly nodes: readonly number[]; readonly ends: readonly (readonly [number, number])[] };
}

/** What the painter is told. */
export type FarMessage =
  | { readonly type: 'start'; readonly canvas: OffscreenCanvas; readonly fonts: FarFonts; readonly palette: Palette }
  | { readonly type: 'scene'; readonly scene: FarScene }
  | { readonly type: 'move'; readonly nodes: Uint32Array; readonly boxes: Float32Array }
  | { readonly type: 'view'; readonly view: FarView }
  | { readonly type: 'marks'; readonly marks: FarMarks }
  | { readonly type: 'palette'; readonly palette: Palette }
  | { readonly type: 'badges'; readonly badges: FarBadges }
  /** More nodes whose rows can be read; those told before stay until the next scene. */
  | { readonly type: 'nodes'; readonly nodes: readonly FarNode[] }
  /** The lines of a zoom at which rows can be read. What is absent stays. */
  | { readonly type: 'lines'; readonly resting?: readonly FarLine[]; readonly live?: readonly FarLine[] }
  /** Asks to hear when the next picture is drawn. */
  | { readonly type: 'tell'; readonly serial: number };

/** What the painter says: the picture asked about is on the canvas. */
export interface FarAnswer {
  readonly drawn: number;
}

/** Addresses of the shipped fonts. */
export interface FarFonts {
  readonly sans: string;
  readonly mono: string;
}
