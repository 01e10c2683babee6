import type { Tally } from '#lib/tally.ts';
import { PLAIN_LOOK } from '#model/derive/look.ts';
import type { FormText } from './far-scene.ts';
import { textWidth } from './fonts/widths.ts';
import type { Colours } from './palette.ts';
import type { Pen } from './pen.ts';
import { drawEntity } from './pen-chen.ts';
import { drawFrame, titlePlace } from './pen-frame.ts';
import { drawRows } from './pen-rows.ts';
import { cutText, LETTERS } from './pen-text.ts';
import type { PictureNode } from './picture.ts';

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
  const width = 14 + SIGN_ROOM + textWidth(String(count), LETTERS.count);
  pen.rect({ x: x - width, y: y - 8.5, width, height: 17 }, { fill: ground }, 8.5);
  pen.path(SIGNS[worst], { fill: ink }, { x: x - width + 7 + 3.2, y });
  pen.text(String(count), x - 7, y + 3.8, { ...LETTERS.count, colour: ink, anchor: 'end' });
  return width;
}

/** The normal form, its right end at x; yields how wide it is. */
function drawForm(pen: Pen, { text, tone }: FormText, x: number, y: number, colours: Colours): number {
  const width = 14 + textWidth(text, LETTERS.count);
  const box = { x: x - width, y: y - 8.5, width, height: 17 };
  if (tone === 'assume')
    pen.rect({ ...box, x: box.x + 0.5, width: width - 1 }, { stroke: colours.lineStrong, dash: [2.5, 2] }, 8.5);
  else pen.rect(box, { fill: tone === 'ok' ? colours.okSoft : colours.warnSoft }, 8.5);
  const colour = tone === 'assume' ? colours.ink3 : tone === 'ok' ? colours.ok : colours.warn;
  pen.text(text, x - width / 2, y + 3.8, { ...LETTERS.count, colour, anchor: 'middle' });
  return width;
}

/** Badges at the right end of the title's line; yields the room they take. */
function drawBadges(pen: Pen, { found, form, box }: PictureNode, colours: Colours): number {
  const right = box.x + box.width - 8;
  // As on the page: the normal form at the border, what was found before it.
  let taken = form === undefined ? 0 : drawForm(pen, form, right, box.y + 19, colours) + 6;
  if (found !== undefined) taken += drawCount(pen, found, right - taken, box.y + 19, colours) + 6;
  return taken;
}

function drawTitle(pen: Pen, node: PictureNode, taken: number, colours: Colours): void {
  const { box, face } = node;
  const { x, baseline, anchor, capitals } = titlePlace({ box, look: face?.look ?? PLAIN_LOOK });
  const room = anchor === 'middle' ? box.width - 2 * Math.max(10, taken) : box.x + box.width - x - 10 - taken;
  const name = capitals ? node.name.toUpperCase() : node.name;
  cutText(pen, name, x, baseline, { ...LETTERS.title, colour: colours.ink, anchor }, room);
}

/** A table or view as it stands on the canvas at readable zoom, in the notation of its diagram. */
export function drawNode(pen: Pen, node: PictureNode, colours: Colours): void {
  const { box, name, face, figure, collapsed } = node;
  const tint = colours.tints[node.tint] ?? colours.edge;
  pen.open({ of: node.id, box, label: `${node.kind === 'view' ? (node.line ?? 'view') : 'table'} ${name}` });
  if (figure !== undefined) drawEntity(pen, figure, box, { name, tint, collapsed }, colours);
  else {
    const look = face?.look ?? PLAIN_LOOK;
    const dashed = node.kind === 'view';
    drawFrame(pen, { box, tint, look, dashed, collapsed, dependent: face?.dependent === true }, colours);
    drawTitle(pen, node, drawBadges(pen, node, colours), colours);
    if (node.line !== undefined) pen.text(node.line, box.x + 11, box.y + 51.5, { ...LETTERS.small, colour: colours.ink3 });
    else if (face !== undefined && !collapsed) {
      pen.open({ part: 'rows' });
      drawRows(pen, face, box, colours);
      pen.close();
    }
  }
  pen.close();
}
