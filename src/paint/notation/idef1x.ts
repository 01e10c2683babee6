import type { Cardinality } from '#model/types.ts';
import { roundedPath } from '../glyph.ts';
import { along, circle, type Drawing, diamond, type Line, type LineLabel, type Meeting, NO_DRAWING } from './line.ts';

const DOT = 4.5;

/** What stands beside a dot: nothing for zero, one or more, `P` for one or more, `Z` for zero or one. */
const LETTER: Readonly<Record<Cardinality, string>> = { '0..n': '', '1..n': 'P', '0..1': 'Z', '1': '1' };

function letter(end: Meeting, cardinality: Cardinality): LineLabel[] {
  const text = LETTER[cardinality];
  if (text === '') return [];
  const { x, y } = along(end, 12);
  return [
    { x: x + (end.away.x === 0 ? 7 : 0), y: y - (end.away.x === 0 ? -4 : 6), text, anchor: end.away.x === 0 ? 'start' : 'middle' },
  ];
}

/**
 * IDEF1X (FIPS 184): a dot at the child; the line whole when identifying, dashed when not; a diamond at a parent that need
 * not be. Many-to-many (non-specific) relationships are whole, with a dot at both ends.
 */
export function drawIdef1x({ points, child, parent, ends, manyToMany }: Line): Drawing {
  const path = roundedPath(points);
  const optional = !manyToMany && !ends.identifying && ends.parent === '0..1';
  const dots = [...(child === undefined ? [] : [child]), ...(manyToMany && parent !== undefined ? [parent] : [])];
  return {
    ...NO_DRAWING,
    ...(ends.identifying || manyToMany ? { solid: path } : { dashes: path }),
    filled: dots.map((end) => circle(end, DOT, DOT)).join(''),
    hollow: optional && parent !== undefined ? diamond(parent, 0, 14, 5.5) : '',
    labels: [
      ...(child === undefined ? [] : letter(child, ends.child)),
      ...(manyToMany && parent !== undefined ? letter(parent, ends.parent) : []),
    ],
  };
}
