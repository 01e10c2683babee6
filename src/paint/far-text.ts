import type { Context } from './far-frame.ts';
import { type Families, PAGE_FAMILIES } from './pen-canvas.ts';

/** The fonts that the far view is written with. */
export let families: Families = PAGE_FAMILIES;

/** A font shorthand of the far view's sans family. */
export function sans(weight: number, size: number): string {
  return `${weight} ${size}px ${families.sans}`;
}

const widths = new Map<string, number>();

/** Width of a text at 10 px, measured once. */
export function widthOf(context: Context, text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    context.font = sans(600, 10);
    width = context.measureText(text).width;
    widths.set(text, width);
  }
  return width;
}

/**
 * Paints with other fonts from now on. A font must have a name that was not used before it was there: contexts remember
 * what they fell back to.
 */
export function paintWithFamilies(named: Partial<Families>): void {
  families = { ...families, ...named };
  widths.clear();
}

/** The text, or what of it fits the room (at 10 px) with an ellipsis; nothing when that were too little. */
export function cut(context: Context, text: string, room: number): string {
  const width = widthOf(context, text);
  if (width <= room) return text;
  const letters = Math.floor((text.length * room) / width) - 1;
  return letters < 3 ? '' : `${text.slice(0, letters)}…`;
}
