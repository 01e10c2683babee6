import { boxAt, type Frame } from './far-frame.ts';
import { NOTE_TINT } from './far-scene.ts';
import { sans, widthOf } from './far-text.ts';

/** Least width of a box, in screen pixels, for a dot that says something was found, for its count, and for a normal form. */
const DOT_FROM = 9;
const COUNT_FROM = 46;
const FORM_FROM = 64;

function dot({ context }: Frame, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function pill({ context, palette }: Frame, right: number, y: number, text: string, ink: string, ground: string): number {
  const width = widthOf(context, text) * 0.9 + 8;
  context.fillStyle = ground;
  context.strokeStyle = palette.raised;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(right - width, y - 6.5, width, 13, 6.5);
  context.stroke();
  context.fill();
  context.fillStyle = ink;
  context.font = sans(600, 9);
  context.textAlign = 'center';
  context.fillText(text, right - width / 2, y + 0.5);
  return width;
}

/**
 * What needs attention at the upper right corner of each box: a dot where little room is, then the count of findings, then
 * the normal form too. Remarks and forms by assumption are left to the zoom that shows rows. Drawn in screen pixels.
 */
export function drawBadges(frame: Frame): void {
  const { context, scene, view, palette, badges, seen } = frame;
  if (badges === undefined) return;
  context.textBaseline = 'middle';
  for (const i of seen) {
    const worst = badges.worst[i] ?? 0;
    const form = badges.texts[badges.forms[i] ?? 0];
    const says = form !== undefined && form.text !== '' && form.tone !== 'assume';
    const [tone, ground] = worst === 3 ? ([palette.bad, palette.badSoft] as const) : ([palette.warn, palette.warnSoft] as const);
    if ((worst < 2 && !says) || scene.tints[i] === NOTE_TINT) continue;
    const box = boxAt(scene, i);
    const width = box.width * view.zoom;
    if (width < DOT_FROM) continue;
    let right = (box.x + box.width) * view.zoom + view.x - 2;
    const y = box.y * view.zoom + view.y;
    if (width < COUNT_FROM) {
      if (worst >= 2) dot(frame, right, y + 1, width < 20 ? 1.8 : 3, tone);
      continue;
    }
    if (worst >= 2) right -= pill(frame, right, y + 2, String(badges.counts[i] ?? 0), tone, ground) + 3;
    if (!says || width < FORM_FROM) continue;
    if (form.tone === 'ok') pill(frame, right, y + 2, form.text, palette.ok, palette.okSoft);
    else pill(frame, right, y + 2, form.text, palette.warn, palette.warnSoft);
  }
}
