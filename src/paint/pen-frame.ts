import type { Rect } from '#lib/grid.ts';
import { NODE } from '#model/derive/geometry.ts';
import type { Look } from '#model/derive/look.ts';
import type { Colours } from './palette.ts';
import type { Pen } from './pen.ts';

/** What a table's frame needs to know of it. */
export interface Framed {
  readonly box: Rect;
  readonly tint: string;
  readonly look: Look;
  /** It cannot identify its rows without another's. */
  readonly dependent: boolean;
  readonly dashed: boolean;
  readonly collapsed: boolean;
}

/** Where a table's title stands. */
export interface TitlePlace {
  readonly x: number;
  readonly baseline: number;
  readonly anchor: 'start' | 'middle';
  readonly capitals: boolean;
}

const RADIUS = 8.5;

function inner({ x, y, width, height }: Rect): Rect {
  return { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 };
}

/** Top left and right corners of a rounded box, from its left side to its right one. */
function crown({ x, y, width }: Rect, radius: number): string {
  const corner = `a${radius} ${radius} 0 0 1`;
  return `M${x} ${y + radius}${corner} ${radius} ${-radius}H${x + width - radius}${corner} ${radius} ${radius}`;
}

/** The strip of a rounded box above 3 px: its ends follow the corners. */
function strip({ x, y, width }: Rect, radius: number): string {
  const high = Math.min(3, radius);
  const inset = radius - Math.sqrt(radius ** 2 - (radius - high) ** 2);
  const arc = `A${radius} ${radius} 0 0 1`;
  const right = x + width;
  return `M${x + inset} ${y + 3}V${y + high}${arc} ${x + radius} ${y}H${right - radius}${arc} ${right - inset} ${y + high}V${y + 3}Z`;
}

/** The card of the crow's-foot and related notations: a tinted head under a strip of the schema's colour. */
function card(pen: Pen, { box, tint, dashed, look }: Framed, colours: Colours): void {
  const uml = look.notation === 'uml';
  const radius = uml ? 2 : RADIUS;
  const body = inner(box);
  const line = uml ? colours.edge : colours.lineStrong;
  const open = box.height > NODE.header + 12;
  const head = box.y + NODE.border + NODE.header;
  pen.rect(body, { fill: colours.raised }, radius);
  if (open) pen.path(`${crown(body, radius)}V${head}H${body.x}Z`, { fill: tint, fillAlpha: 0.1 });
  else pen.rect(body, { fill: tint, fillAlpha: 0.1 }, radius);
  pen.path(strip(body, radius), { fill: tint });
  if (open) pen.path(`M${box.x + 1} ${head - 0.5}H${box.x + box.width - 1}`, { stroke: uml ? colours.edge : colours.line });
  pen.rect(body, { stroke: line, ...(dashed ? { dash: [4, 3] } : {}) }, radius);
}

/** IDEF1X: the name stands above the box, whose corners are round when it depends on another. */
function idef1x(pen: Pen, { box, tint, dependent, collapsed }: Framed, colours: Colours): void {
  const top = collapsed ? NODE.header - 3 : NODE.header;
  const body = inner({ ...box, y: box.y + top, height: box.height - top });
  const radius = dependent ? Math.min(12, body.height / 2) : 0;
  pen.rect(body, { fill: colours.raised, stroke: colours.edge }, radius);
  if (radius === 0) pen.rect({ ...body, height: 3 }, { fill: tint });
  else pen.path(strip(body, radius), { fill: tint });
}

/** Barker: one soft box. */
function barker(pen: Pen, { box, tint, dashed }: Framed, colours: Colours): void {
  const radius = Math.min(16, box.height / 2);
  pen.rect(inner(box), { fill: colours.raised }, radius);
  const line = { stroke: colours.edge, ...(dashed ? { dash: [4, 3] } : {}) };
  pen.rect(inner(box), { fill: tint, fillAlpha: 0.05, ...line }, radius);
}

/** Draws what stands behind a table's text, as its notation wants it. */
export function drawFrame(pen: Pen, framed: Framed, colours: Colours): void {
  if (framed.look.notation === 'idef1x') idef1x(pen, framed, colours);
  else if (framed.look.notation === 'barker') barker(pen, framed, colours);
  else card(pen, framed, colours);
}

export function titlePlace({ box, look }: Pick<Framed, 'box' | 'look'>): TitlePlace {
  const place: TitlePlace = { x: box.x + 11, baseline: box.y + 23.5, anchor: 'start', capitals: false };
  if (look.notation === 'idef1x') return { ...place, x: box.x + 3, baseline: box.y + 27.5 };
  if (look.notation === 'barker') return { ...place, x: box.x + 15, capitals: look.level !== 'physical' };
  return look.notation === 'uml' ? { ...place, x: box.x + box.width / 2, anchor: 'middle' } : place;
}
