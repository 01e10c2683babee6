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
  readonly areas: readonly FarArea[];
  /** Set while a lens colours the nodes: the tone of each node, {@link NO_TONE} for those it says nothing of. */
  readonly lens?: { readonly tones: Uint8Array; readonly colours: readonly string[]; readonly signs: readonly string[] };
}

export const NO_TONE = 255;

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
}

/** What the painter is told. */
export type FarMessage =
  | { readonly type: 'start'; readonly canvas: OffscreenCanvas; readonly font: string; readonly palette: Palette }
  | { readonly type: 'scene'; readonly scene: FarScene }
  | { readonly type: 'move'; readonly nodes: Uint32Array; readonly boxes: Float32Array }
  | { readonly type: 'view'; readonly view: FarView }
  | { readonly type: 'marks'; readonly marks: FarMarks }
  | { readonly type: 'palette'; readonly palette: Palette };
