import type { Spot } from './types.ts';

export interface Packed {
  readonly spots: ReadonlyMap<string, Spot>;
  readonly width: number;
  readonly height: number;
}

export interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** 16:10, the shape of most screens. */
export const ASPECT = 1.6;

interface Strip {
  x: number;
  y: number;
  width: number;
}

/** The lowest place for a width along a skyline, with the gap on its right, leftmost among equals. */
function lowest(
  skyline: readonly Strip[],
  width: number,
  gap: number,
  limit: number,
): { at: number; x: number; y: number } | undefined {
  let best: { at: number; x: number; y: number } | undefined;
  for (const [at, { x }] of skyline.entries()) {
    if (x + width > limit) break;
    let y = 0;
    for (let i = at; i < skyline.length && (skyline[i] as Strip).x < x + width + gap; i++) y = Math.max(y, (skyline[i] as Strip).y);
    if (best === undefined || y < best.y) best = { at, x, y };
  }
  return best;
}

/** Raises the skyline where a rectangle was put. */
function raise(skyline: Strip[], at: number, x: number, width: number, y: number): void {
  const end = x + width;
  let last = at;
  while (last < skyline.length && (skyline[last] as Strip).x < end) last += 1;
  const tail = skyline[last - 1] as Strip;
  const rest = tail.x + tail.width - end;
  const strips: Strip[] = [{ x, y, width }];
  if (rest > 0) strips.push({ x: end, y: tail.y, width: rest });
  skyline.splice(at, last - at, ...strips);
}

/** Packs rectangles under a skyline of a given width, in the order given. */
export function packWithin(boxes: readonly Sized[], limit: number, gap: number): Packed {
  const skyline: Strip[] = [{ x: 0, y: 0, width: limit }];
  const spots = new Map<string, Spot>();
  let width = 0;
  let height = 0;
  for (const box of boxes) {
    const place = lowest(skyline, box.width, gap, limit);
    if (place === undefined) continue;
    spots.set(box.id, { x: place.x, y: place.y });
    raise(skyline, place.at, place.x, Math.min(box.width + gap, limit - place.x), place.y + box.height + gap);
    width = Math.max(width, place.x + box.width);
    height = Math.max(height, place.y + box.height);
  }
  return { spots, width, height };
}

/**
 * Packs rectangles without overlap into a shape near 16:10. Of some twenty widths tried, the one wins whose picture would
 * be shown largest on a screen of that shape.
 * @param gap free pixels between them.
 * @param aspect width by height of the screen, where it is known to be another.
 */
export function pack(boxes: readonly Sized[], gap: number, aspect: number = ASPECT): Packed {
  if (boxes.length === 0) return { spots: new Map(), width: 0, height: 0 };
  const sorted = [...boxes].sort((a, b) => b.height - a.height || b.width - a.width || (a.id < b.id ? -1 : 1));
  let area = 0;
  let widest = 0;
  for (const box of boxes) {
    area += (box.width + gap) * (box.height + gap);
    widest = Math.max(widest, box.width);
  }
  const base = Math.sqrt(area * aspect);
  let best: Packed | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let step = 0; step < 24; step++) {
    const packed = packWithin(sorted, Math.max(widest, base * (0.8 + step * 0.04)), gap);
    const cost = Math.max(packed.width, packed.height * aspect);
    if (cost < least) {
      least = cost;
      best = packed;
    }
  }
  return best as Packed;
}
