import type { Cardinality } from '#model/types.ts';
import { roundedPath } from '../glyph.ts';
import { bar, circle, type Drawing, foot, type Line, type Meeting, NO_DRAWING } from './line.ts';

const RADIUS = 4;

/** The sign at an end: the mark nearest to the table says how many at most, the one behind it how many at least. */
function sign(end: Meeting | undefined, cardinality: Cardinality): { readonly glyphs: string; readonly hollow: string } {
  if (end === undefined) return { glyphs: '', hollow: '' };
  if (cardinality === '1') return { glyphs: bar(end, 6) + bar(end, 10), hollow: '' };
  if (cardinality === '0..1') return { glyphs: bar(end, 6), hollow: circle(end, 14, RADIUS) };
  if (cardinality === '0..n') return { glyphs: foot(end), hollow: circle(end, 16, RADIUS) };
  return { glyphs: foot(end) + bar(end, 16), hollow: '' };
}

/** Crow's foot (Everest; Martin's Information Engineering): identifying relationships whole, others dashed. */
export function drawCrowsFoot({ points, child, parent, ends, manyToMany }: Line): Drawing {
  const path = roundedPath(points);
  const whole = ends.identifying || manyToMany;
  const [a, b] = [sign(child, ends.child), sign(parent, ends.parent)];
  return {
    ...NO_DRAWING,
    ...(whole ? { solid: path } : { dashes: path }),
    glyphs: a.glyphs + b.glyphs,
    hollow: a.hollow + b.hollow,
  };
}
