import { overlaps, type Rect } from '#lib/grid.ts';
import type { Ends } from '#model/derive/look.ts';
import type { Point } from '../glyph.ts';
import { roundedPath } from '../glyph.ts';

/** A direction along one axis. */
export interface Heading {
  readonly x: number;
  readonly y: number;
}

/** Where a line meets a table: a point on the border, and the way the line leaves it. */
export interface Meeting {
  readonly at: Point;
  readonly away: Heading;
}

/** Words beside a line, in pixels at zoom 1; y is the baseline. */
export interface LineLabel {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Drawn smaller: names, not cardinalities. */
  readonly minor?: boolean;
}

/** A relationship that is about to be drawn: its way from child to parent, and what its ends are. */
export interface Line {
  /** Corners of an orthogonal line, from child to parent. */
  readonly points: readonly Point[];
  /** Absent when that end is out of sight. */
  readonly child?: Meeting;
  readonly parent?: Meeting;
  readonly ends: Ends;
  readonly manyToMany: boolean;
  /** A word for the relationship, where the notation names it. */
  readonly verb: string;
  /** Attributes of the relationship itself. */
  readonly own: readonly string[];
  /** Where shapes on other lines stand; what is drawn here is added. */
  readonly taken?: Rect[];
}

/**
 * A relationship as drawn, in layers from bottom to top: lines, whole and dashed; strokes of the ends; shapes filled with the
 * ground, which cover the line; shapes filled with the line's own colour; words. All but words are SVG path data.
 */
export interface Drawing {
  readonly solid: string;
  readonly dashes: string;
  readonly glyphs: string;
  readonly hollow: string;
  readonly filled: string;
  readonly labels: readonly LineLabel[];
}

/** The layers that are paths, in the order they are drawn. */
export const LAYERS = ['solid', 'dashes', 'glyphs', 'hollow', 'filled'] as const;

export const NO_DRAWING: Drawing = { solid: '', dashes: '', glyphs: '', hollow: '', filled: '', labels: [] };

/** Point at a distance along the way from a meeting, and so far to its side. */
export function along({ at, away }: Meeting, distance: number, aside = 0): Point {
  return { x: at.x + away.x * distance - away.y * aside, y: at.y + away.y * distance + away.x * aside };
}

const HALF = 6;

/** A bar across the line. */
export function bar(end: Meeting, distance: number, half = HALF): string {
  const a = along(end, distance, -half);
  const b = along(end, distance, half);
  return `M${a.x} ${a.y}L${b.x} ${b.y}`;
}

/** A crow's foot whose toes stand on the border. */
export function foot(end: Meeting): string {
  const a = along(end, 0, -HALF);
  const b = along(end, 12);
  const c = along(end, 0, HALF);
  return `M${a.x} ${a.y}L${b.x} ${b.y}L${c.x} ${c.y}`;
}

/** A circle round a point of the line. */
export function circle(end: Meeting, distance: number, radius: number): string {
  const { x, y } = along(end, distance);
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
}

/** A diamond that begins at a distance from the border. */
export function diamond(end: Meeting, from: number, length: number, half: number): string {
  const a = along(end, from);
  const b = along(end, from + length / 2, -half);
  const c = along(end, from + length);
  const d = along(end, from + length / 2, half);
  return `M${a.x} ${a.y}L${b.x} ${b.y}L${c.x} ${c.y}L${d.x} ${d.y}z`;
}

/** Words beside the line near its end, above it where it runs sideways. */
export function endLabel(end: Meeting, text: string, distance = 5): LineLabel {
  const { at, away } = end;
  if (away.x !== 0) return { x: at.x + away.x * distance, y: at.y - 5, text, anchor: away.x > 0 ? 'start' : 'end' };
  return { x: at.x + 6, y: at.y + away.y * (distance + 6) + 4, text, anchor: 'start' };
}

/** Pixels of a letter of a label on average, and the height of its line. */
const LABEL = { letter: 6.8, rise: 10, height: 13 } as const;

function labelBox({ x, y, text, anchor }: LineLabel): Rect {
  const width = text.length * LABEL.letter;
  return { x: anchor === 'start' ? x : x - width, y: y - LABEL.rise, width, height: LABEL.height };
}

/**
 * Words at the ends of lines, each where it covers none that stand already: above its line, below it, or further along.
 * Names in the middle of a line stay. Adds what they take to `taken`.
 */
export function settled(labels: readonly LineLabel[], taken: Rect[]): LineLabel[] {
  return labels.map((label) => {
    if (label.minor === true || label.anchor === 'middle') return label;
    const on = (label.anchor === 'start' ? 1 : -1) * (label.text.length * LABEL.letter + 4);
    const ways = [
      label,
      { ...label, y: label.y + 19 },
      { ...label, x: label.x + on },
      { ...label, x: label.x + on, y: label.y + 19 },
    ];
    const free = ways.find((one) => !taken.some((other) => overlaps(other, labelBox(one)))) ?? label;
    taken.push(labelBox(free));
    return free;
  });
}

function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }
  return length;
}

/** Both parts of an orthogonal line that is cut at a distance from its start. */
export function cutAt(points: readonly Point[], distance: number): readonly [Point[], Point[]] {
  const first: Point[] = [points[0] as Point];
  let left = distance;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    if (left <= length) {
      const share = length === 0 ? 0 : left / length;
      const cut = { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
      return [
        [...first, cut],
        [cut, ...points.slice(i)],
      ];
    }
    left -= length;
    first.push(b);
  }
  return [first, [points.at(-1) as Point]];
}

/** Both halves of a line. */
export function halves(points: readonly Point[]): readonly [Point[], Point[]] {
  return cutAt(points, lengthOf(points) / 2);
}

/** Distance between the places on a line that are tried. */
const STEP = 14;

/**
 * The best place on a line for a shape of a size: in the middle of a long straight part, rather on one that runs sideways, clear
 * of shapes on other lines. Adds what it takes to `taken`.
 */
export function roomiest(
  points: readonly Point[],
  size: { readonly width: number; readonly height: number },
  taken: Rect[] = [],
): { readonly middle: Point; readonly distance: number } {
  let best = { middle: points[0] as Point, distance: 0, worth: Number.NEGATIVE_INFINITY };
  let passed = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    const needed = a.y === b.y ? size.width : size.height;
    const steps = Math.max(0, Math.floor((length - needed) / 2 / STEP));
    for (let n = -steps; n <= steps; n++) {
      const share = length === 0 ? 0 : 0.5 + (n * STEP) / length;
      const middle = { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
      const box = boxAt(middle, size);
      const blocked = taken.filter((one) => overlaps(one, box)).length;
      const worth = Math.min(length - needed, 200) - Math.abs(n) * 4 + (a.y === b.y ? 60 : 0) - blocked * 1000;
      if (worth > best.worth) best = { middle, distance: passed + length * share, worth };
    }
    passed += length;
  }
  taken.push(boxAt(best.middle, size));
  return best;
}

function boxAt({ x, y }: Point, { width, height }: { readonly width: number; readonly height: number }): Rect {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** The same orthogonal line, moved aside by a distance all along. */
export function beside(points: readonly Point[], aside: number): Point[] {
  const shifts = points.map((_, i) => {
    const headings: Heading[] = [];
    for (const [a, b] of [
      [points[i - 1], points[i]],
      [points[i], points[i + 1]],
    ] as const) {
      if (a !== undefined && b !== undefined && (a.x !== b.x || a.y !== b.y)) {
        headings.push({ x: Math.sign(b.x - a.x), y: Math.sign(b.y - a.y) });
      }
    }
    // Both parts that meet in a corner are moved: the one along x up or down, the one along y sideways.
    const flat = headings.find((one) => one.x !== 0);
    const steep = headings.find((one) => one.y !== 0);
    return { x: steep === undefined ? 0 : -steep.y * aside, y: flat === undefined ? 0 : flat.x * aside };
  });
  return points.map((point, i) => ({ x: point.x + (shifts[i] as Point).x, y: point.y + (shifts[i] as Point).y }));
}

/** A line drawn double. */
export function doubled(points: readonly Point[]): string {
  return roundedPath(beside(points, -2)) + roundedPath(beside(points, 2));
}

/** Whether at least one is asked for. */
export function isRequired(cardinality: string): boolean {
  return cardinality.startsWith('1');
}

export function isMany(cardinality: string): boolean {
  return cardinality.endsWith('n');
}
