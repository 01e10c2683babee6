import { fitText, textWidth } from './fonts/widths.ts';
import type { Lettering, Pen, TextLook } from './pen.ts';

/** What the pictures write with, in the sizes of the canvas. */
export const LETTERS = {
  title: { family: 'sans', size: 13, weight: 600 },
  name: { family: 'sans', size: 12.5, weight: 400 },
  keyName: { family: 'sans', size: 12.5, weight: 600 },
  type: { family: 'mono', size: 11.5, weight: 400 },
  small: { family: 'sans', size: 11.5, weight: 400 },
  count: { family: 'sans', size: 10.5, weight: 600 },
  attribute: { family: 'sans', size: 12, weight: 400 },
} as const satisfies Readonly<Record<string, Lettering>>;

/** Writes what fits into the room; what was cut is said whole to readers of the text. Yields how wide it became. */
export function cutText(pen: Pen, content: string, x: number, y: number, look: TextLook, room: number): number {
  const shown = fitText(content, look, room);
  pen.text(shown, x, y, look, content);
  return textWidth(shown, look);
}
