import type { Rect } from '#lib/grid.ts';
import { boundsOf } from '#lib/grid.ts';
import { snap } from '#model/derive/place.ts';
import type { Id } from '#model/types.ts';

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom' | 'distributeX' | 'distributeY';

type Boxes = readonly (readonly [Id, Rect])[];

/** Equal gaps between boxes along an axis; the outer two stay. */
function distribute(boxes: Boxes, axis: 'x' | 'y'): Map<Id, { x: number; y: number }> {
  const length = (box: Rect) => (axis === 'x' ? box.width : box.height);
  const sorted = [...boxes].sort(([, a], [, b]) => a[axis] - b[axis]);
  const first = sorted[0]?.[1];
  const last = sorted.at(-1)?.[1];
  const spots = new Map<Id, { x: number; y: number }>();
  if (first === undefined || last === undefined) return spots;
  const filled = sorted.reduce((sum, [, box]) => sum + length(box), 0);
  const gap = (last[axis] + length(last) - first[axis] - filled) / Math.max(1, sorted.length - 1);
  let at: number = first[axis];
  for (const [id, box] of sorted) {
    spots.set(id, axis === 'x' ? { x: snap(at), y: box.y } : { x: box.x, y: snap(at) });
    at += length(box) + gap;
  }
  return spots;
}

/** Where boxes go to be aligned with each other. */
export function align(boxes: Boxes, how: Alignment): Map<Id, { x: number; y: number }> {
  if (how === 'distributeX') return distribute(boxes, 'x');
  if (how === 'distributeY') return distribute(boxes, 'y');
  const all = boundsOf(boxes.map(([, box]) => box));
  const spots = new Map<Id, { x: number; y: number }>();
  if (all === undefined) return spots;
  for (const [id, box] of boxes) {
    const x =
      how === 'left'
        ? all.x
        : how === 'right'
          ? all.x + all.width - box.width
          : how === 'center'
            ? all.x + (all.width - box.width) / 2
            : box.x;
    const y =
      how === 'top'
        ? all.y
        : how === 'bottom'
          ? all.y + all.height - box.height
          : how === 'middle'
            ? all.y + (all.height - box.height) / 2
            : box.y;
    spots.set(id, { x: Math.round(x), y: Math.round(y) });
  }
  return spots;
}
