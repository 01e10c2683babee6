import { boundsOf, grow, type Rect } from '#lib/grid.ts';
import { type Tally, tally } from '#lib/tally.ts';
import { recordIn } from '#model/collections.ts';
import { NODE } from '#model/derive/geometry.ts';
import { boxesOf } from '#model/derive/place.ts';
import { inFileOrder } from '#model/format/order.ts';
import type { Area, Note } from '#model/layout-types.ts';
import type { Document, Id, Ref, Table, View } from '#model/types.ts';
import { type EdgeShape, edgeShapes, wholeGround } from './edges.ts';
import { type FaceRow, faceOf, tintOf, viewLine } from './face.ts';
import { MARK_PATHS } from './marks.ts';
import { PALETTES } from './palette.ts';
import { cutText, escapeXml } from './xml.ts';

type Colours = (typeof PALETTES)['light'];

export interface SvgOptions {
  readonly theme?: 'light' | 'dark';
  /** Only these tables, views and notes, with the relationships among them; absent = the whole diagram. */
  readonly only?: readonly Id[];
  /** Counted on the tables. Waived ones are left out. */
  readonly findings?: readonly {
    readonly severity: 'error' | 'warning' | 'info';
    readonly at: readonly Ref[];
    readonly waivedBy?: string;
  }[];
  /** Free pixels round the picture. */
  readonly margin?: number;
}

const SANS = 'Inter, &quot;Inter Variable&quot;, system-ui, sans-serif';
const MONO = '&quot;JetBrains Mono&quot;, ui-monospace, monospace';
/** Average advances of the letters, in pixels, as the node sizes assume them. */
const NAME = 6.7;
const TITLE = 7.3;
const TYPE = 7;

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escapeXml(content)}</text>`;
}

/** Text that was cut says the whole on hover. */
function cutWithTitle(x: number, y: number, content: string, room: number, advance: number, attributes: string): string {
  const shown = cutText(content, Math.floor(room / advance));
  if (shown === content) return text(x, y, content, attributes);
  return `<text x="${x}" y="${y}" ${attributes}>${escapeXml(shown)}<title>${escapeXml(content)}</title></text>`;
}

function row(one: FaceRow, x: number, y: number, width: number, colours: Colours): string {
  const mark = MARK_PATHS[one.mark];
  const colour = one.mark === 'primary' ? colours.warn : one.mark === 'foreign' ? colours.accent : colours.ink3;
  const sign =
    mark === ''
      ? ''
      : `<path d="${mark}" transform="translate(${x + 8} ${y + 4})" fill="none" stroke="${colour}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`;
  const room = width - 44;
  const typeLetters = Math.min([...one.type].length, Math.floor((room * 0.62) / TYPE));
  const nameRoom = room - typeLetters * TYPE;
  const weight = one.mark === 'primary' ? ' font-weight="600"' : '';
  const fill = one.nullable ? colours.ink2 : colours.ink;
  return (
    sign +
    cutWithTitle(x + 31, y + 16.5, one.name, Math.max(nameRoom, 24), NAME, `font-size="12.5" fill="${fill}"${weight}`) +
    cutWithTitle(
      x + width - 10,
      y + 16.5,
      one.type,
      typeLetters * TYPE + 1,
      TYPE,
      `font-family="${MONO}" font-size="11.5" fill="${colours.ink3}" text-anchor="end"`,
    )
  );
}

function frame(box: Rect, tint: string, colours: Colours, dashed: boolean): string {
  const { x, y, width, height } = box;
  const head = NODE.header + 1;
  const corner = 'a8.5 8.5 0 0 1';
  const top = `M${x + 0.5} ${y + head}V${y + 9}${corner} 8.5 -8.5H${x + width - 9}${corner} 8.5 8.5V${y + head}Z`;
  const strip = `M${x + 0.5} ${y + 9}${corner} 8.5 -8.5H${x + width - 9}${corner} 8.5 8.5V${y + 3.5}H${x + 0.5}Z`;
  return (
    `<rect x="${x + 0.5}" y="${y + 0.5}" width="${width - 1}" height="${height - 1}" rx="8.5" fill="${colours.raised}"/>` +
    `<path d="${top}" fill="${tint}" fill-opacity="0.1"/>` +
    `<clipPath id="clip-${x}-${y}"><rect x="${x}" y="${y}" width="${width}" height="3.5"/></clipPath>` +
    `<path d="${strip}" fill="${tint}" clip-path="url(#clip-${x}-${y})"/>` +
    `<rect x="${x + 0.5}" y="${y + 0.5}" width="${width - 1}" height="${height - 1}" rx="8.5" fill="none" stroke="${colours.lineStrong}"${dashed ? ' stroke-dasharray="4 3"' : ''}/>`
  );
}

function pill(x: number, y: number, count: number, severity: 'error' | 'warning' | 'info', colours: Colours): string {
  const [ink, ground] =
    severity === 'error'
      ? [colours.bad, colours.badSoft]
      : severity === 'warning'
        ? [colours.warn, colours.warnSoft]
        : [colours.ink2, colours.sunken];
  const label = `${severity === 'error' ? '●' : severity === 'warning' ? '▲' : 'i'} ${count}`;
  const width = 14 + label.length * 6;
  return (
    `<rect x="${x - width}" y="${y - 8.5}" width="${width}" height="17" rx="8.5" fill="${ground}"/>` +
    text(x - width / 2, y + 3.8, label, `font-size="10.5" font-weight="600" fill="${ink}" text-anchor="middle"`)
  );
}

type Counted = ReadonlyMap<Id, Tally>;

function count(findings: SvgOptions['findings']): Counted {
  const all = new Map<Id, Tally>();
  for (const { at, severity, waivedBy } of findings ?? []) {
    const id = at[0]?.record;
    if (id !== undefined && waivedBy === undefined) all.set(id, tally(all.get(id), severity));
  }
  return all;
}

function table(document: Document, one: Table, box: Rect, colours: Colours, counted: Counted): string {
  const { x, y, width, height } = box;
  const face = faceOf(document, one);
  const tint = colours.tints[tintOf(document, one.schema)] ?? colours.edge;
  const found = counted.get(one.id);
  const parts = [frame(box, tint, colours, false)];
  if (found !== undefined) parts.push(pill(x + width - 8, y + 19, found.count, found.worst, colours));
  const room = width - 22 - (found === undefined ? 0 : 44);
  parts.push(cutWithTitle(x + 11, y + 23.5, one.name, room, TITLE, `font-size="13" font-weight="620" fill="${colours.ink}"`));
  const collapsed = height <= NODE.header + 4;
  const top = y + NODE.border + NODE.header;
  if (!collapsed) {
    parts.push(`<path d="M${x + 1} ${top - 0.5}H${x + width - 1}" stroke="${colours.line}"/>`);
    for (const [at, shown] of face.rows.entries()) parts.push(row(shown, x, top + at * NODE.row, width, colours));
    const end = top + face.rows.length * NODE.row;
    if (face.more > 0) parts.push(text(x + 31, end + 16.5, `${face.more} more`, `font-size="11.5" fill="${colours.ink3}"`));
    if (face.footer !== undefined) {
      const foot = y + height - NODE.footer;
      parts.push(`<path d="M${x + 1} ${foot - 0.5}H${x + width - 1}" stroke="${colours.line}"/>`);
      parts.push(cutWithTitle(x + 11, foot + 15.5, face.footer, width - 22, 6.2, `font-size="11.5" fill="${colours.ink3}"`));
    }
  }
  return `<g>${parts.join('')}</g>`;
}

function view(document: Document, one: View, box: Rect, colours: Colours): string {
  const { x, y, width } = box;
  const tint = colours.tints[tintOf(document, one.schema)] ?? colours.edge;
  return (
    `<g>${frame(box, tint, colours, true)}` +
    cutWithTitle(x + 11, y + 23.5, one.name, width - 22, TITLE, `font-size="13" font-weight="620" fill="${colours.ink}"`) +
    `${text(x + 11, y + 51.5, viewLine(one), `font-size="11.5" fill="${colours.ink3}"`)}</g>`
  );
}

/** Lines of a note that fit its box. */
function noteLines({ text: content, width, height }: Note): string[] {
  const letters = Math.max(4, Math.floor((width - 20) / 6.1));
  const lines = content.split('\n').flatMap((paragraph) => {
    const out: string[] = [''];
    for (const word of paragraph.split(' ').flatMap((one) => one.match(new RegExp(`.{1,${letters}}`, 'gsu')) ?? [''])) {
      const last = out.at(-1) as string;
      if (last === '') out[out.length - 1] = word;
      else if (last.length + 1 + word.length <= letters) out[out.length - 1] = `${last} ${word}`;
      else out.push(word);
    }
    return out;
  });
  return lines.slice(0, Math.max(1, Math.floor((height - 12) / 20)));
}

function note(one: Note, colours: Colours): string {
  const { x, y, width, height } = one;
  const lines = noteLines(one).map((line, at) => text(x + 11, y + 22 + at * 20, line, `font-size="12.5" fill="${colours.ink}"`));
  return `<g><rect x="${x + 0.5}" y="${y + 0.5}" width="${width - 1}" height="${height - 1}" rx="8.5" fill="${colours.warnSoft}" stroke="${colours.lineStrong}"/>${lines.join('')}</g>`;
}

function area({ x, y, width, height, tint, name }: Area, colours: Colours): string {
  const colour = colours.tints[tint] ?? colours.edge;
  return (
    `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="14" fill="${colour}" fill-opacity="0.05" stroke="${colour}" stroke-opacity="0.55" stroke-dasharray="4 3"/>` +
    `${cutWithTitle(x + 12, y + 20, name, width - 24, 6.6, `font-size="11.5" font-weight="600" fill="${colour}"`)}</g>`
  );
}

function edge(one: EdgeShape, colours: Colours): string {
  const stroke = one.warn ? colours.warn : colours.edge;
  const dash = one.dashed ? ' stroke-dasharray="5 4"' : '';
  const circles = one.circles === '' ? '' : `<path d="${one.circles}" fill="${colours.canvas}"/>`;
  return `<g stroke="${stroke}" stroke-width="1.3" fill="none"><path d="${one.line}"${dash}/><path d="${one.glyphs}"/>${circles}</g>`;
}

/**
 * A diagram as an SVG picture, drawn from the model alone: shapes and text, no script, no foreign content, every text
 * escaped. What has no place yet stands where the canvas would put it. The same input gives the same text.
 */
export function diagramSvg(given: Document, diagram: Id, options: SvgOptions = {}): string {
  const document = inFileOrder(given);
  const colours = PALETTES[options.theme ?? 'light'];
  const wanted = options.only === undefined ? undefined : new Set(options.only);
  const boxes = new Map([...boxesOf(document, diagram)].filter(([id]) => wanted?.has(id) !== false));
  const notes = Object.values(document.notes).filter((one) => one.diagram === diagram && wanted?.has(one.id) !== false);
  const areas = Object.values(document.areas).filter((one) => one.diagram === diagram && wanted?.has(one.id) !== false);
  const relationships = Object.values(document.relationships).filter((one) => boxes.has(one.child) && boxes.has(one.parent));
  const edges = edgeShapes(wholeGround(document, diagram, boxes), relationships);
  const corners = edges.flatMap((one) => one.points.map((point): Rect => ({ ...point, width: 0, height: 0 })));
  const bounds = boundsOf([...boxes.values(), ...notes, ...areas, ...corners]) ?? { x: 0, y: 0, width: 320, height: 200 };
  const { x, y, width, height } = grow(bounds, options.margin ?? 32);
  const counted = count(options.findings);
  const nodes = [...boxes].map(([id, box]) => {
    const one = recordIn(document, 'tables', id);
    if (one !== undefined) return table(document, one, box, colours, counted);
    const other = recordIn(document, 'views', id);
    return other === undefined ? '' : view(document, other, box, colours);
  });
  const name = document.settings['settings']?.name ?? 'Diagram';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" font-family="${SANS}" role="img">`,
    `<title>${escapeXml(name)}</title>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colours.canvas}"/>`,
    ...areas.map((one) => area(one, colours)),
    ...edges.map((one) => edge(one, colours)),
    ...nodes,
    ...notes.map((one) => note(one, colours)),
    '</svg>\n',
  ].join('\n');
}
