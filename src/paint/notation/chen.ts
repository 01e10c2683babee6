import type { Point } from '../glyph.ts';
import { roundedPath } from '../glyph.ts';
import {
  cutAt,
  type Drawing,
  doubled,
  endLabel,
  isMany,
  isRequired,
  type Line,
  type LineLabel,
  NO_DRAWING,
  roomiest,
} from './line.ts';

const HALF_HEIGHT = 18;
const LETTER = 6.2;

function rhombus({ x, y }: Point, half: number, high: number): string {
  return `M${x - half} ${y}L${x} ${y - high}L${x + half} ${y}L${x} ${y + high}z`;
}

function oval({ x, y }: Point, rx: number, ry: number): string {
  return `M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`;
}

/** Attributes of the relationship, under its diamond. */
function ownAttributes(own: readonly string[], middle: Point): Pick<Drawing, 'glyphs' | 'hollow' | 'labels'> {
  const shown = own.slice(0, 3);
  let glyphs = '';
  let hollow = '';
  const labels: LineLabel[] = [];
  const widths = shown.map((text) => Math.max(28, (text.length * LETTER + 22) / 2));
  let x = middle.x - widths.reduce((sum, one) => sum + one, 0) - (shown.length - 1) * 5;
  for (const [at, text] of shown.entries()) {
    const rx = widths[at] as number;
    const centre = { x: x + rx, y: middle.y + HALF_HEIGHT + 34 };
    glyphs += `M${middle.x} ${middle.y + HALF_HEIGHT}L${centre.x} ${centre.y - 13}`;
    hollow += oval(centre, rx, 13);
    labels.push({ x: centre.x, y: centre.y + 4, text, anchor: 'middle', minor: true });
    x += 2 * rx + 10;
  }
  return { glyphs, hollow, labels };
}

/**
 * Chen: a diamond on the line, doubled when the relationship identifies a weak entity; 1, N or M at each end; the line is
 * double on the side of an entity that must take part.
 */
export function drawChen({ points, child, parent, ends, manyToMany, verb, own, taken }: Line): Drawing {
  const part = (some: readonly Point[], total: boolean) => (total ? doubled(some) : roundedPath(some));
  const totalChild = isRequired(ends.parent);
  const totalParent = isRequired(ends.child);
  const labels = [
    ...(child === undefined ? [] : [endLabel(child, isMany(ends.child) ? (manyToMany ? 'M' : 'N') : '1', 8)]),
    ...(parent === undefined ? [] : [endLabel(parent, isMany(ends.parent) ? 'N' : '1', 8)]),
  ];
  if (child === undefined || parent === undefined) {
    return { ...NO_DRAWING, solid: part(points, child === undefined ? totalParent : totalChild), labels };
  }
  const half = Math.round(Math.max(30, (verb.length * LETTER) / 2 + 20));
  const { middle, distance } = roomiest(points, { width: 2 * half + 8, height: 2 * HALF_HEIGHT + 6 }, taken);
  const [first, second] = cutAt(points, distance);
  const inner = ends.identifying ? rhombus(middle, half - 7, HALF_HEIGHT - 4) : '';
  const attributes = ownAttributes(own, middle);
  return {
    ...NO_DRAWING,
    solid: part(first, totalChild) + part(second, totalParent),
    glyphs: attributes.glyphs,
    hollow: rhombus(middle, half, HALF_HEIGHT) + inner + attributes.hollow,
    labels: [...labels, { x: middle.x, y: middle.y + 4, text: verb, anchor: 'middle', minor: true }, ...attributes.labels],
  };
}
