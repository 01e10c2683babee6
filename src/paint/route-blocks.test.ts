import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '#lib/grid.ts';
import { runs } from '#test/runs.ts';
import { Blocks, enters } from './route-blocks.ts';

const box = fc.record({
  x: fc.integer({ min: -1500, max: 1500 }),
  y: fc.integer({ min: -1500, max: 1500 }),
  width: fc.integer({ min: 1, max: 700 }),
  height: fc.integer({ min: 1, max: 700 }),
});

/** Every box looked at, one after the other. */
function firstSlowly(boxes: readonly Rect[], x: number, y: number, dx: number, dy: number, reach: number, clear: number) {
  const to = { x: x + dx * reach, y: y + dy * reach };
  let far: number | undefined;
  for (const one of boxes) {
    if (!enters({ x, y }, to, one, clear)) continue;
    const border = Math.max(
      0,
      dx > 0
        ? one.x - clear - x
        : dx < 0
          ? x - one.x - one.width - clear
          : dy > 0
            ? one.y - clear - y
            : y - one.y - one.height - clear,
    );
    far = Math.min(far ?? border, border);
  }
  return far;
}

describe('Blocks', () => {
  it('find the first box on a way, as a look at every box does', () => {
    const way = fc.constantFrom([1, 0] as const, [-1, 0] as const, [0, 1] as const, [0, -1] as const);
    const at = fc.integer({ min: -2000, max: 2000 });
    fc.assert(
      fc.property(
        fc.array(box, { maxLength: 25 }),
        at,
        at,
        way,
        fc.integer({ min: 1, max: 4000 }),
        fc.nat(16),
        (boxes, x, y, [dx, dy], reach, clear) => {
          const blocks = new Blocks();
          for (const [number, one] of boxes.entries()) blocks.set(String(number), one);
          const hit = blocks.first({ x, y }, dx, dy, reach, clear, []);
          expect(hit?.far).toBe(firstSlowly(boxes, x, y, dx, dy, reach, clear));
          const to = { x: x + dx * reach, y: y + dy * reach };
          const through = blocks.through({ x, y }, to, clear);
          expect(new Set(through)).toEqual(new Set(boxes.filter((one) => enters({ x, y }, to, one, clear))));
        },
      ),
      runs(3, 400),
    );
  });

  it('forget what goes', () => {
    const blocks = new Blocks();
    blocks.set('a', { x: 100, y: 0, width: 50, height: 50 });
    blocks.set('a', { x: 300, y: 0, width: 50, height: 50 });
    expect(blocks.first({ x: 0, y: 20 }, 1, 0, 1000, 0, [])?.far).toBe(300);
    blocks.delete('a');
    expect(blocks.first({ x: 0, y: 20 }, 1, 0, 1000, 0, [])).toBeUndefined();
    expect([...blocks.ids()]).toEqual([]);
  });
});
