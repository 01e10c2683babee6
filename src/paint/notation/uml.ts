import type { Cardinality } from '#model/types.ts';
import { roundedPath } from '../glyph.ts';
import { type Drawing, diamond, endLabel, type Line, NO_DRAWING } from './line.ts';

const MULTIPLICITY: Readonly<Record<Cardinality, string>> = { '0..1': '0..1', '1': '1', '0..n': '0..*', '1..n': '1..*' };

/**
 * UML class diagram: an association with multiplicities, each at the class whose objects it counts; a composition (black
 * diamond at the whole) where the child cannot be without its parent's identity.
 */
export function drawUml({ points, child, parent, ends }: Line): Drawing {
  const composed = ends.identifying && parent !== undefined;
  return {
    ...NO_DRAWING,
    solid: roundedPath(points),
    filled: composed ? diamond(parent, 0, 16, 5) : '',
    labels: [
      ...(child === undefined ? [] : [endLabel(child, MULTIPLICITY[ends.child])]),
      ...(parent === undefined ? [] : [endLabel(parent, MULTIPLICITY[ends.parent], composed ? 19 : 5)]),
    ],
  };
}
