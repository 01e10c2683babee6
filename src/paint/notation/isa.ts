import type { Rect } from '#lib/grid.ts';
import type { Hierarchy } from '#model/concept-types.ts';
import type { Notation } from '#model/layout-types.ts';
import type { Point } from '../glyph.ts';
import { roundedPath } from '../glyph.ts';
import { along, bar, circle, type Drawing, doubled, type Heading, type LineLabel, type Meeting, NO_DRAWING } from './line.ts';

/** A subtype hierarchy as drawn: a trunk with the notation's sign at the supertype, and a branch to each subtype. */
export interface Tree {
  readonly drawing: Drawing;
  /** Ways along which it can be met: the trunk and each branch. */
  readonly ways: readonly (readonly Point[])[];
}

/** Length of the sign and where it begins, measured from the supertype's border. */
interface Sign extends Pick<Drawing, 'glyphs' | 'hollow' | 'filled' | 'labels'> {
  readonly from: number;
  readonly to: number;
}

const NOTHING = { glyphs: '', hollow: '', filled: '', labels: [] as readonly LineLabel[] };

function beside(trunk: Meeting, distance: number, text: string, aside = 16): LineLabel[] {
  if (text === '') return [];
  const { x, y } = along(trunk, distance, 0);
  // Beside the supertype, not over it, where the trunk runs sideways.
  if (trunk.away.x !== 0) {
    return [{ x: trunk.at.x + trunk.away.x * 8, y: y - aside, text, anchor: trunk.away.x > 0 ? 'start' : 'end', minor: true }];
  }
  return [{ x: x + aside, y: y + 4, text, anchor: 'start', minor: true }];
}

/** A triangle whose tip points at the supertype. */
function triangle(trunk: Meeting, from: number, length: number, half: number): string {
  const tip = along(trunk, from);
  const a = along(trunk, from + length, -half);
  const b = along(trunk, from + length, half);
  return `M${tip.x} ${tip.y}L${a.x} ${a.y}L${b.x} ${b.y}z`;
}

/** A half circle, its flat side towards the subtypes. */
function dome(trunk: Meeting, from: number, radius: number): string {
  const a = along(trunk, from + radius, -radius);
  const b = along(trunk, from + radius, radius);
  // Seen along the trunk, the curve always lies towards the supertype.
  return `M${a.x} ${a.y}A${radius} ${radius} 0 0 0 ${b.x} ${b.y}z`;
}

/** An arc over a branch that is open towards the supertype: what hangs on it is a subset. */
function subset(at: Point, away: Heading): string {
  const end: Meeting = { at, away };
  const a = along(end, -5, -6);
  const b = along(end, -5, 6);
  const [c, d] = [along(end, 0, -6), along(end, 0, 6)];
  return `M${a.x} ${a.y}L${c.x} ${c.y}A6 6 0 0 1 ${d.x} ${d.y}L${b.x} ${b.y}`;
}

function cross(trunk: Meeting, distance: number, size: number): string {
  const [a, b] = [along(trunk, distance - size, -size), along(trunk, distance + size, size)];
  const [c, d] = [along(trunk, distance - size, size), along(trunk, distance + size, -size)];
  return `M${a.x} ${a.y}L${b.x} ${b.y}M${c.x} ${c.y}L${d.x} ${d.y}`;
}

function letter(trunk: Meeting, distance: number, text: string): LineLabel {
  const { x, y } = along(trunk, distance);
  return { x, y: y + 4, text, anchor: 'middle', minor: true };
}

/** The sign of each notation, from the supertype's border on. */
function signOf(notation: Notation, trunk: Meeting, one: Hierarchy): Sign {
  const says = one.discriminator ?? '';
  const disjoint = one.overlapping !== true;
  switch (notation) {
    case 'crows-foot':
      return {
        ...NOTHING,
        from: 14,
        to: 25,
        // Strokes within the dome belong to its layer: others would lie under its ground.
        hollow: dome(trunk, 14, 11) + (disjoint ? cross(trunk, 20.5, 3) : ''),
        labels: beside(trunk, 22, says),
      };
    case 'idef1x':
      return {
        ...NOTHING,
        from: 12,
        to: one.complete === true ? 34 : 30,
        hollow: circle(trunk, 20, 8),
        glyphs: bar(trunk, 30, 10) + (one.complete === true ? bar(trunk, 34, 10) : ''),
        labels: beside(trunk, 21, says),
      };
    case 'uml': {
      const words = `{${one.complete === true ? 'complete' : 'incomplete'}, ${disjoint ? 'disjoint' : 'overlapping'}}`;
      return { ...NOTHING, from: 0, to: 15, hollow: triangle(trunk, 0, 15, 9), labels: beside(trunk, 24, words, 13) };
    }
    case 'chen':
      return {
        ...NOTHING,
        from: 16,
        to: 46,
        hollow: triangle(trunk, 16, 30, 24),
        labels: [letter(trunk, 37, 'ISA'), ...beside(trunk, 34, disjoint ? 'disjoint' : 'overlapping', 30)],
      };
    case 'min-max':
      return {
        ...NOTHING,
        from: 14,
        to: 34,
        hollow: circle(trunk, 24, 10),
        labels: [letter(trunk, 24, disjoint ? 'd' : 'o'), ...beside(trunk, 24, says, 18)],
      };
    case 'barker':
      return { ...NOTHING, from: 0, to: 0 };
  }
}

const BUS = 16;

/** From the supertype's side that faces most subtypes, down where that is undecided. */
function trunkOf(above: Rect, subtypes: readonly Rect[]): Meeting {
  const middle = { x: above.x + above.width / 2, y: above.y + above.height / 2 };
  let x = 0;
  let y = 0;
  for (const box of subtypes) {
    x += (box.x + box.width / 2 - middle.x) / subtypes.length;
    y += (box.y + box.height / 2 - middle.y) / subtypes.length;
  }
  const sideways = Math.abs(x) - above.width / 2 > Math.abs(y) - above.height / 2 + 20;
  if (sideways) {
    const side = x < 0 ? -1 : 1;
    return {
      at: { x: side < 0 ? above.x : above.x + above.width, y: Math.round(above.y + above.height * 0.8) },
      away: { x: side, y: 0 },
    };
  }
  const side = y < 0 ? -1 : 1;
  return { at: { x: middle.x, y: side < 0 ? above.y : above.y + above.height }, away: { x: 0, y: side } };
}

/** From the sign along a common line to the side of a subtype that faces it. */
function branch(trunk: Meeting, from: number, box: Rect): Point[] {
  const start = along(trunk, from);
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  if (trunk.away.x === 0) {
    const near = trunk.away.y > 0 ? box.y : box.y + box.height;
    const bus = start.y + trunk.away.y * BUS;
    if ((near - bus) * trunk.away.y >= 0) return [start, { x: start.x, y: bus }, { x: centre.x, y: bus }, { x: centre.x, y: near }];
    const side = centre.x < start.x ? box.x + box.width : box.x;
    return [
      start,
      { x: start.x, y: bus },
      { x: (start.x + side) / 2, y: bus },
      { x: (start.x + side) / 2, y: centre.y },
      { x: side, y: centre.y },
    ];
  }
  const near = trunk.away.x > 0 ? box.x : box.x + box.width;
  const bus = start.x + trunk.away.x * BUS;
  // Off the middle, where a relationship of the subtype would meet it.
  const entry = Math.round(box.y + box.height * 0.2);
  if ((near - bus) * trunk.away.x >= 0) return [start, { x: bus, y: start.y }, { x: bus, y: entry }, { x: near, y: entry }];
  const side = centre.y < start.y ? box.y + box.height : box.y;
  return [
    start,
    { x: bus, y: start.y },
    { x: bus, y: (start.y + side) / 2 },
    { x: centre.x, y: (start.y + side) / 2 },
    { x: centre.x, y: side },
  ];
}

/** Draws a hierarchy between the boxes of its supertype and subtypes. */
export function drawTree(notation: Notation, hierarchy: Hierarchy, above: Rect, subtypes: readonly Rect[]): Tree {
  const trunk = trunkOf(above, subtypes);
  const sign = signOf(notation, trunk, hierarchy);
  const stem = [trunk.at, along(trunk, sign.to)];
  const ways = subtypes.map((box) => branch(trunk, sign.to, box));
  const total = hierarchy.complete === true && (notation === 'chen' || notation === 'min-max');
  const solid = (total ? doubled([trunk.at, along(trunk, sign.from)]) : roundedPath(stem)) + ways.map(roundedPath).join('');
  const arcs =
    notation !== 'min-max'
      ? ''
      : ways
          .map((way) => {
            const [a, b] = [way.at(-2) as Point, way.at(-1) as Point];
            const away = { x: Math.sign(b.x - a.x), y: Math.sign(b.y - a.y) };
            return subset({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, away);
          })
          .join('');
  const { glyphs, hollow, filled, labels } = sign;
  return { drawing: { ...NO_DRAWING, solid, glyphs: glyphs + arcs, hollow, filled, labels }, ways: [stem, ...ways] };
}
