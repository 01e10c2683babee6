import type { FarBadges, FarMarks, FarScene, FarView, Palette } from './far-scene.ts';

export type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** Smallest readable letters, in screen pixels. */
export const LEGIBLE = 7.5;

/** What a view shows, in canvas pixels. */
export interface Sight {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** One picture in the making. */
export interface Frame {
  readonly context: Context;
  readonly scene: FarScene;
  readonly view: FarView;
  readonly marks: FarMarks;
  readonly palette: Palette;
  readonly badges: FarBadges | undefined;
  readonly sight: Sight;
  /** Numbers of the nodes in sight. */
  readonly seen: readonly number[];
  /** Numbers of the nodes whose lines stand out: selected, or under the pointer. */
  readonly hot: ReadonlySet<number>;
}

/** Tells which lines, by their ends, stand out: of what is hot, and along the path. */
export function litLines({ hot, marks }: Pick<Frame, 'hot' | 'marks'>): (a: number, b: number) => boolean {
  const along = new Set(marks.path?.ends.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  return (a, b) => hot.has(a) || hot.has(b) || (along.size > 0 && along.has(`${a} ${b}`));
}

export function sightOf({ x, y, zoom, width, height }: FarView): Sight {
  return { x0: -x / zoom, y0: -y / zoom, x1: (width - x) / zoom, y1: (height - y) / zoom };
}

/** Numbers of the nodes that a sight touches. */
export function nodesIn({ boxes, names }: FarScene, sight: Sight): number[] {
  const seen: number[] = [];
  for (let i = 0; i < names.length; i++) {
    const x = boxes[i * 4] as number;
    const y = boxes[i * 4 + 1] as number;
    if (x > sight.x1 || y > sight.y1) continue;
    if (x + (boxes[i * 4 + 2] as number) < sight.x0 || y + (boxes[i * 4 + 3] as number) < sight.y0) continue;
    seen.push(i);
  }
  return seen;
}

/** A node's box by its number. */
export function boxAt({ boxes }: FarScene, i: number): { x: number; y: number; width: number; height: number } {
  const at = i * 4;
  return {
    x: boxes[at] as number,
    y: boxes[at + 1] as number,
    width: boxes[at + 2] as number,
    height: boxes[at + 3] as number,
  };
}
