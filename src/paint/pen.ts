import type { Rect } from '#lib/grid.ts';
import type { Point } from './glyph.ts';

/** Letters of the shipped fonts: Inter in two weights, JetBrains Mono. */
export interface Lettering {
  readonly family: 'sans' | 'mono';
  /** Pixels. */
  readonly size: number;
  readonly weight: 400 | 600;
}

export interface TextLook extends Lettering {
  readonly colour: string;
  /** Which point of the text stands at x: its start when absent. */
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** How a shape is filled and outlined. What is absent is not drawn. Colours are `#rgb` or `#rrggbb`. */
export interface Look {
  readonly fill?: string;
  /** 0 to 1. */
  readonly fillAlpha?: number;
  readonly stroke?: string;
  readonly strokeAlpha?: number;
  /** Of the outline, in pixels; 1 when absent. */
  readonly width?: number;
  /** Lengths of dashes and gaps, in pixels. */
  readonly dash?: readonly number[];
  /** Round ends and corners. */
  readonly round?: boolean;
}

/**
 * What a diagram is drawn with: on a canvas, as SVG, as PDF. Coordinates are canvas pixels at zoom 1, y downwards. What is
 * drawn first lies below.
 */
export interface Pen {
  rect(box: Rect, look: Look, radius?: number): void;
  /** @param data SVG path data with the commands M, L, H, V, Q, C, A, Z and their relative forms. @param at where its origin is. */
  path(data: string, look: Look, at?: Point): void;
  /** One line of text. @param y its baseline. @param whole what is said where the text shown is cut. */
  text(content: string, x: number, y: number, look: TextLook, whole?: string): void;
  /** What follows, until {@link close}, belongs together; with a clip only what lies within shows. */
  open(group?: Group): void;
  close(): void;
}

export interface Group {
  readonly clip?: Rect;
  /** What it covers, for readers of the picture that draw only what is in view. */
  readonly box?: Rect;
  /** What the group shows, for readers of the picture's text. */
  readonly label?: string;
  /** What of a table it is, where readers of the picture may hide it. */
  readonly part?: 'rows';
  /** Id of the record it shows. */
  readonly of?: string;
}
