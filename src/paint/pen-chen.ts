import type { Rect } from '#lib/grid.ts';
import type { ChenFigure, Ellipse } from '#model/derive/chen.ts';
import { fitText, textWidth } from './fonts/widths.ts';
import type { Colours } from './palette.ts';
import type { Pen } from './pen.ts';
import { cutText, LETTERS } from './pen-text.ts';

function ellipse(x: number, y: number, rx: number, ry: number): string {
  return `M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0Z`;
}

/** An attribute: double when there may be several, dashed when derived, underlined in a key. */
function drawAttribute(pen: Pen, one: Ellipse, colours: Colours): void {
  const { rx, ry, text } = one;
  const at = { x: one.x, y: one.y };
  const line = { stroke: colours.edge, width: 1.1 };
  pen.path(
    ellipse(0, 0, rx - 0.5, ry - 0.5),
    { ...line, fill: colours.raised, ...(one.derived === true ? { dash: [4, 3] } : {}) },
    at,
  );
  if (one.multivalued === true) pen.path(ellipse(0, 0, rx - 4, ry - 3.5), line, at);
  const room = 2 * rx - 18;
  cutText(pen, text, at.x, at.y + 4, { ...LETTERS.attribute, colour: colours.ink, anchor: 'middle' }, room);
  if (one.key === undefined) return;
  const half = textWidth(fitText(text, LETTERS.attribute, room), LETTERS.attribute) / 2;
  pen.path(`M${-half} 7H${half}`, { stroke: colours.ink, ...(one.key === 'partial' ? { dash: [2, 2] } : {}) }, at);
}

/** A table as an entity of Chen's notation: a rectangle, double when weak, with its attributes round it. */
export function drawEntity(
  pen: Pen,
  figure: ChenFigure,
  box: Rect,
  look: { readonly name: string; readonly tint: string; readonly collapsed: boolean },
  colours: Colours,
): void {
  const { entity, ellipses, weak } = figure;
  const place = look.collapsed ? { x: 0, y: 0, width: entity.width, height: entity.height } : entity;
  const [x, y] = [box.x + place.x, box.y + place.y];
  if (!look.collapsed) {
    pen.open({ part: 'rows' });
    for (const { join } of ellipses) {
      const way = join.map((point, at) => `${at === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join('');
      pen.path(way, { stroke: colours.edge, width: 1.1 }, box);
    }
    for (const one of ellipses) drawAttribute(pen, { ...one, x: box.x + one.x, y: box.y + one.y }, colours);
    pen.close();
  }
  const body = { x: x + 0.65, y: y + 0.65, width: place.width - 1.3, height: place.height - 1.3 };
  pen.rect(body, { fill: colours.raised });
  pen.rect(body, { fill: look.tint, fillAlpha: 0.1, stroke: colours.edge, width: 1.3 });
  if (weak)
    pen.rect({ x: x + 4, y: y + 4, width: place.width - 8, height: place.height - 8 }, { stroke: colours.edge, width: 1.3 });
  const title = { ...LETTERS.title, colour: colours.ink, anchor: 'middle' } as const;
  cutText(pen, look.name, x + place.width / 2, y + place.height / 2 + 4.7, title, place.width - 16);
}
