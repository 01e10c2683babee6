import type { Rect } from '#lib/grid.ts';
import type { Id } from '#model/types.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

interface Ahead {
  readonly along: number;
  readonly across: number;
}

function gap(a: number, aLength: number, b: number, bLength: number): number {
  return Math.max(0, b - (a + aLength), a - (b + bLength));
}

/** How far a box lies ahead in a direction, and how far aside; undefined when it is not ahead. */
function ahead(from: Rect, to: Rect, direction: Direction): Ahead | undefined {
  const dx = to.x + to.width / 2 - (from.x + from.width / 2);
  const dy = to.y + to.height / 2 - (from.y + from.height / 2);
  const horizontal = direction === 'left' || direction === 'right';
  const along = horizontal ? (direction === 'right' ? dx : -dx) : direction === 'down' ? dy : -dy;
  const across = horizontal ? gap(from.y, from.height, to.y, to.height) : gap(from.x, from.width, to.x, to.width);
  return along <= 1 ? undefined : { along, across };
}

/** The box one sees next from a box when looking in a direction: the nearest ahead, what lies aside counting double. */
export function nextInDirection(boxes: Iterable<readonly [Id, Rect]>, from: Id, start: Rect, direction: Direction): Id | undefined {
  let best: Id | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [id, box] of boxes) {
    if (id === from) continue;
    const seen = ahead(start, box, direction);
    if (seen === undefined || seen.across > seen.along * 2) continue;
    const cost = seen.along + 2 * seen.across;
    if (cost < least) {
      least = cost;
      best = id;
    }
  }
  return best;
}
