import { roundedPath } from '../glyph.ts';
import { bar, type Drawing, foot, halves, isMany, isRequired, type Line, NO_DRAWING } from './line.ts';

/**
 * Barker: each half of the line belongs to the entity it touches. It is whole when that entity must take part and dashed when
 * it may; a crow's foot says many; a bar says that the relationship identifies the entity.
 */
export function drawBarker({ points, child, parent, ends }: Line): Drawing {
  const [atChild, atParent] = child !== undefined && parent !== undefined ? halves(points) : [points, points];
  let solid = '';
  let dashes = '';
  const add = (part: typeof points, required: boolean) => {
    if (required) solid += roundedPath(part);
    else dashes += roundedPath(part);
  };
  // A child must have a parent when the parent's end asks for one, and the other way round.
  if (child !== undefined) add(atChild, isRequired(ends.parent));
  if (parent !== undefined) add(atParent, isRequired(ends.child));
  const glyphs =
    (child !== undefined && isMany(ends.child) ? foot(child) : '') +
    (parent !== undefined && isMany(ends.parent) ? foot(parent) : '') +
    (child !== undefined && ends.identifying ? bar(child, 17) : '');
  return { ...NO_DRAWING, solid, dashes, glyphs };
}
