import type { Rect } from '#lib/grid.ts';
import type { Tally } from '#lib/tally.ts';
import { NODE } from '#model/derive/geometry.ts';
import type { FaceRow } from './face.ts';
import type { FormText } from './far-scene.ts';
import { fitText, textWidth } from './fonts/widths.ts';
import { MARK_PATHS } from './marks.ts';
import type { Colours } from './palette.ts';
import type { Lettering, Pen, TextLook } from './pen.ts';
import type { PictureNode } from './picture.ts';

const TITLE: Lettering = { family: 'sans', size: 13, weight: 600 };
const NAME: Lettering = { family: 'sans', size: 12.5, weight: 400 };
const KEY_NAME: Lettering = { ...NAME, weight: 600 };
const TYPE: Lettering = { family: 'mono', size: 11.5, weight: 400 };
const SMALL: Lettering = { family: 'sans', size: 11.5, weight: 400 };
const COUNT: Lettering = { family: 'sans', size: 10.5, weight: 600 };

/** Where a row's name begins, and what is free between name and type, in pixels. */
const NAME_X = 31;
const GAP = 7;
const RIGHT = 10;
/** A name keeps this much however long its type is. */
const LEAST_NAME = 24;

/** Writes what fits into the room; what was cut is said whole to readers of the text. */
export function cutText(pen: Pen, content: string, x: number, y: number, look: TextLook, room: number): void {
  pen.text(fitText(content, look, room), x, y, look, content);
}

/** A row: sign, name, type. Both shrink in the same measure where they do not fit beside each other. */
function drawRow(pen: Pen, row: FaceRow, x: number, y: number, width: number, colours: Colours): void {
  const sign = row.mark === 'primary' ? colours.warn : row.mark === 'foreign' ? colours.accent : colours.ink3;
  pen.path(MARK_PATHS[row.mark], { stroke: sign, width: 1.5, round: true }, { x: x + 8, y: y + 4 });
  const room = width - NAME_X - RIGHT - GAP;
  const lettering = row.mark === 'primary' ? KEY_NAME : NAME;
  const nameWidth = textWidth(row.name, lettering);
  const typeWidth = textWidth(row.type, TYPE);
  const over = nameWidth + typeWidth - room;
  const nameRoom = over <= 0 ? nameWidth + 1 : Math.max(LEAST_NAME, nameWidth - (over * nameWidth) / (nameWidth + typeWidth));
  const baseline = y + 16.5;
  cutText(pen, row.name, x + NAME_X, baseline, { ...lettering, colour: row.nullable ? colours.ink2 : colours.ink }, nameRoom);
  const look: TextLook = { ...TYPE, colour: colours.ink3, anchor: 'end' };
  if (row.type !== '') cutText(pen, row.type, x + width - RIGHT, baseline, look, over <= 0 ? typeWidth + 1 : room - nameRoom);
}

/** The ground, the tinted head and the border. */
function drawFrame(pen: Pen, box: Rect, tint: string, colours: Colours, dashed: boolean): void {
  const { x, y, width, height } = box;
  const inner = { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 };
  const head = Math.min(y + height - 1, y + NODE.header + 1);
  const corner = 'a8.5 8.5 0 0 1';
  const left = x + 0.5;
  const right = x + width - 0.5;
  const top = y + 0.5;
  const begin = `M${left} ${top + 8.5}${corner} 8.5 -8.5H${right - 8.5}${corner} 8.5 8.5`;
  pen.rect(inner, { fill: colours.raised }, 8.5);
  if (height > NODE.header + 12) pen.path(`${begin}V${head}H${left}Z`, { fill: tint, fillAlpha: 0.1 });
  else pen.rect(inner, { fill: tint, fillAlpha: 0.1 }, 8.5);
  // The strip is the part of the rounded head above 3.5 px: its ends follow the corner's curve.
  const inset = 8.5 - Math.sqrt(8.5 ** 2 - (8.5 - 3) ** 2);
  const strip = `M${left + inset} ${top + 3}A8.5 8.5 0 0 1 ${left + 8.5} ${top}H${right - 8.5}A8.5 8.5 0 0 1 ${right - inset} ${top + 3}Z`;
  pen.path(strip, { fill: tint });
  pen.rect(inner, { stroke: colours.lineStrong, ...(dashed ? { dash: [4, 3] } : {}) }, 8.5);
}

/** Signs of the severities about their middle, drawn: not every font has them as characters. */
const SIGNS = {
  error: 'M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0Z',
  warning: 'M0-3.4L3.7 3H-3.7Z',
  info: 'M-0.7-1h1.4v4h-1.4zM-0.7-3.2h1.4v1.4h-1.4z',
};
const SIGN_ROOM = 10;

/** The count of findings, its right end at x; yields how wide it is. */
function drawCount(pen: Pen, { count, worst }: Tally, x: number, y: number, colours: Colours): number {
  const [ink, ground] =
    worst === 'error'
      ? [colours.bad, colours.badSoft]
      : worst === 'warning'
        ? [colours.warn, colours.warnSoft]
        : [colours.ink2, colours.sunken];
  const width = 14 + SIGN_ROOM + textWidth(String(count), COUNT);
  pen.rect({ x: x - width, y: y - 8.5, width, height: 17 }, { fill: ground }, 8.5);
  pen.path(SIGNS[worst], { fill: ink }, { x: x - width + 7 + 3.2, y });
  pen.text(String(count), x - 7, y + 3.8, { ...COUNT, colour: ink, anchor: 'end' });
  return width;
}

/** The normal form, its right end at x; yields how wide it is. */
function drawForm(pen: Pen, { text, tone }: FormText, x: number, y: number, colours: Colours): number {
  const width = 14 + textWidth(text, COUNT);
  const box = { x: x - width, y: y - 8.5, width, height: 17 };
  if (tone === 'assume')
    pen.rect({ ...box, x: box.x + 0.5, width: width - 1 }, { stroke: colours.lineStrong, dash: [2.5, 2] }, 8.5);
  else pen.rect(box, { fill: tone === 'ok' ? colours.okSoft : colours.warnSoft }, 8.5);
  const colour = tone === 'assume' ? colours.ink3 : tone === 'ok' ? colours.ok : colours.warn;
  pen.text(text, x - width / 2, y + 3.8, { ...COUNT, colour, anchor: 'middle' });
  return width;
}

function drawRows(pen: Pen, { face, box }: PictureNode, colours: Colours): void {
  if (face === undefined) return;
  const { x, y, width, height } = box;
  const top = y + NODE.border + NODE.header;
  const quiet: TextLook = { ...SMALL, colour: colours.ink3 };
  pen.path(`M${x + 1} ${top - 0.5}H${x + width - 1}`, { stroke: colours.line });
  for (const [at, row] of face.rows.entries()) drawRow(pen, row, x, top + at * NODE.row, width, colours);
  if (face.more > 0) pen.text(`${face.more} more`, x + NAME_X, top + face.rows.length * NODE.row + 16.5, quiet);
  if (face.footer === undefined) return;
  const foot = y + height - NODE.border - NODE.footer;
  pen.path(`M${x + 1} ${foot + 0.5}H${x + width - 1}`, { stroke: colours.line });
  cutText(pen, face.footer, x + 11, foot + 16, quiet, width - 22);
}

/** A table or view as it stands on the canvas at readable zoom. */
export function drawNode(pen: Pen, node: PictureNode, colours: Colours): void {
  const { box, name, found } = node;
  const { x, y, width } = box;
  pen.open({ of: node.id, label: `${node.kind === 'view' ? (node.line ?? 'view') : 'table'} ${name}` });
  drawFrame(pen, box, colours.tints[node.tint] ?? colours.edge, colours, node.kind === 'view');
  // As on the page: the normal form at the border, what was found before it.
  let taken = node.form === undefined ? 0 : drawForm(pen, node.form, x + width - 8, y + 19, colours) + 6;
  if (found !== undefined) taken += drawCount(pen, found, x + width - 8 - taken, y + 19, colours) + 6;
  cutText(pen, name, x + 11, y + 23.5, { ...TITLE, colour: colours.ink }, width - 21 - taken);
  if (node.line !== undefined) pen.text(node.line, x + 11, y + 51.5, { ...SMALL, colour: colours.ink3 });
  else if (!node.collapsed) {
    pen.open({ part: 'rows' });
    drawRows(pen, node, colours);
    pen.close();
  }
  pen.close();
}
