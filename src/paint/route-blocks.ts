import type { Rect } from '#lib/grid.ts';
import type { Point } from './glyph.ts';

/** Most that lines keep away from boxes: boxes are filed under the cells within this distance. */
export const MOST_CLEAR = 16;

const CELL = 256;
const SHIFT = 1 << 20;

interface Block {
  readonly id: string;
  readonly rect: Rect;
}

function keyOf(x: number, y: number): number {
  return (x + SHIFT) * 2 * SHIFT + (y + SHIFT);
}

/** Whether a line along an axis runs through the inside of a box grown by `clear`. */
export function enters(a: Point, b: Point, box: Rect, clear: number): boolean {
  return (
    Math.min(a.x, b.x) < box.x + box.width + clear &&
    Math.max(a.x, b.x) > box.x - clear &&
    Math.min(a.y, b.y) < box.y + box.height + clear &&
    Math.max(a.y, b.y) > box.y - clear
  );
}

/** Boxes that lines must go round, by the cells of a grid: a look along a line costs by the cells it passes. */
export class Blocks {
  readonly #cells = new Map<number, Block[]>();
  readonly #blocks = new Map<string, Block>();

  get(id: string): Rect | undefined {
    return this.#blocks.get(id)?.rect;
  }

  set(id: string, rect: Rect): void {
    this.delete(id);
    const block = { id, rect };
    this.#blocks.set(id, block);
    this.#each(rect, (key) => {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [block]);
      else cell.push(block);
    });
  }

  delete(id: string): void {
    const block = this.#blocks.get(id);
    if (block === undefined) return;
    this.#blocks.delete(id);
    this.#each(block.rect, (key) => {
      const cell = this.#cells.get(key);
      const at = cell?.indexOf(block) ?? -1;
      if (cell !== undefined && at >= 0) cell.splice(at, 1);
    });
  }

  ids(): IterableIterator<string> {
    return this.#blocks.keys();
  }

  /** Boxes that a line along an axis (or the rectangle between two corners) runs through, each once. */
  through(a: Point, b: Point, clear = 0): Rect[] {
    const found = new Set<Rect>();
    const [x0, x1] = [Math.floor(Math.min(a.x, b.x) / CELL), Math.floor(Math.max(a.x, b.x) / CELL)];
    const [y0, y1] = [Math.floor(Math.min(a.y, b.y) / CELL), Math.floor(Math.max(a.y, b.y) / CELL)];
    for (let x = x0; x <= x1; x++) {
      for (let y = y0; y <= y1; y++) {
        for (const { rect } of this.#cells.get(keyOf(x, y)) ?? []) if (enters(a, b, rect, clear)) found.add(rect);
      }
    }
    return [...found];
  }

  /**
   * The first box on the way from a point along an axis.
   * @param reach how far is looked. @param skip boxes that do not count. @returns the box and how far away its border is,
   * `clear` taken off.
   */
  first(
    from: Point,
    dx: number,
    dy: number,
    reach: number,
    clear: number,
    skip: readonly Rect[],
  ): { rect: Rect; far: number } | undefined {
    const to = { x: from.x + dx * reach, y: from.y + dy * reach };
    let rect: Rect | undefined;
    let far = reach;
    let x = Math.floor(from.x / CELL);
    let y = Math.floor(from.y / CELL);
    const steps = Math.abs(Math.floor(to.x / CELL) - x) + Math.abs(Math.floor(to.y / CELL) - y);
    for (let step = 0; step <= steps; step++) {
      for (const { rect: box } of this.#cells.get(keyOf(x, y)) ?? []) {
        if (!enters(from, to, box, clear) || skip.includes(box)) continue;
        const border =
          dx > 0
            ? box.x - clear - from.x
            : dx < 0
              ? from.x - box.x - box.width - clear
              : dy > 0
                ? box.y - clear - from.y
                : from.y - box.y - box.height - clear;
        if (border < far) {
          far = Math.max(0, border);
          rect = box;
        }
      }
      x += dx;
      y += dy;
      // What begins before the next cell was met by now.
      const next =
        dx > 0 ? x * CELL - from.x : dx < 0 ? from.x - (x + 1) * CELL : dy > 0 ? y * CELL - from.y : from.y - (y + 1) * CELL;
      if (rect !== undefined && far <= next) break;
    }
    return rect === undefined ? undefined : { rect, far };
  }

  #each(rect: Rect, visit: (key: number) => void): void {
    const x1 = Math.floor((rect.x + rect.width + MOST_CLEAR) / CELL);
    const y1 = Math.floor((rect.y + rect.height + MOST_CLEAR) / CELL);
    for (let x = Math.floor((rect.x - MOST_CLEAR) / CELL); x <= x1; x++) {
      for (let y = Math.floor((rect.y - MOST_CLEAR) / CELL); y <= y1; y++) visit(keyOf(x, y));
    }
  }
}
