import type { Cardinality } from '#model/types.ts';
import { roundedPath } from '../glyph.ts';
import { type Drawing, endLabel, type Line, NO_DRAWING } from './line.ts';

const PAIR: Readonly<Record<Cardinality, string>> = { '0..1': '(0,1)', '1': '(1,1)', '0..n': '(0,n)', '1..n': '(1,n)' };

/**
 * Min-max (Abrial; Elmasri and Navathe): the pair at an entity says in how many relationships one of its things takes part,
 * at least and at most. It thus stands where look-across notations write the other end's cardinality.
 */
export function drawMinMax({ points, child, parent, ends }: Line): Drawing {
  return {
    ...NO_DRAWING,
    solid: roundedPath(points),
    labels: [
      ...(child === undefined ? [] : [endLabel(child, PAIR[ends.parent])]),
      ...(parent === undefined ? [] : [endLabel(parent, PAIR[ends.child])]),
    ],
  };
}
