/** An axis-parallel rectangle; `x`, `y` is its top left corner. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function contains(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}

/** The rectangle with `margin` added on every side. */
export function grow(rect: Rect, margin: number): Rect {
  return { x: rect.x - margin, y: rect.y - margin, width: rect.width + 2 * margin, height: rect.height + 2 * margin };
}

/** The smallest rectangle around all of them; undefined when there is none. */
export function boundsOf(rects: Iterable<Rect>): Rect | undefined {
  let x0 = Number.POSITIVE_INFINITY;
  let y0 = Number.POSITIVE_INFINITY;
  let x1 = Number.NEGATIVE_INFINITY;
  let y1 = Number.NEGATIVE_INFINITY;
  for (const rect of rects) {
    if (rect.x < x0) x0 = rect.x;
    if (rect.y < y0) y0 = rect.y;
    if (rect.x + rect.width > x1) x1 = rect.x + rect.width;
    if (rect.y + rect.height > y1) y1 = rect.y + rect.height;
  }
  return x1 < x0 ? undefined : { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

/**
 * Rectangles by the cells of a uniform grid that they touch: finding what lies in a region costs by what lies there,
 * not by how many there are.
 */
export class Grid {
  readonly #cell: number;
  readonly #cells = new Map<string, Set<string>>();
  readonly #rects = new Map<string, Rect>();

  /** @param cell edge length of a cell, about that of a typical rectangle. */
  constructor(cell = 512) {
    this.#cell = cell;
  }

  get size(): number {
    return this.#rects.size;
  }

  get(id: string): Rect | undefined {
    return this.#rects.get(id);
  }

  entries(): IterableIterator<[string, Rect]> {
    return this.#rects.entries();
  }

  set(id: string, rect: Rect): void {
    const old = this.#rects.get(id);
    if (old !== undefined) this.#each(old, (key) => this.#leave(key, id));
    this.#rects.set(id, rect);
    this.#each(rect, (key) => {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, new Set([id]));
      else cell.add(id);
    });
  }

  delete(id: string): void {
    const old = this.#rects.get(id);
    if (old === undefined) return;
    this.#each(old, (key) => this.#leave(key, id));
    this.#rects.delete(id);
  }

  clear(): void {
    this.#cells.clear();
    this.#rects.clear();
  }

  /** Ids of what overlaps the region, each once; stops after `limit`. */
  query(region: Rect, limit = Number.POSITIVE_INFINITY): string[] {
    const found = new Set<string>();
    const columns = Math.ceil(region.width / this.#cell) + 1;
    const rows = Math.ceil(region.height / this.#cell) + 1;
    if (columns * rows > this.#rects.size) {
      for (const [id, rect] of this.#rects) {
        if (overlaps(rect, region)) found.add(id);
        if (found.size >= limit) break;
      }
      return [...found];
    }
    this.#each(region, (key) => {
      for (const id of this.#cells.get(key) ?? []) {
        if (found.size >= limit) return;
        if (overlaps(this.#rects.get(id) as Rect, region)) found.add(id);
      }
    });
    return [...found];
  }

  /** Ids of what contains the point. */
  at(x: number, y: number): string[] {
    const cell = this.#cells.get(`${Math.floor(x / this.#cell)} ${Math.floor(y / this.#cell)}`);
    return cell === undefined ? [] : [...cell].filter((id) => contains(this.#rects.get(id) as Rect, x, y));
  }

  #each(rect: Rect, visit: (key: string) => void): void {
    const x1 = Math.floor((rect.x + rect.width) / this.#cell);
    const y1 = Math.floor((rect.y + rect.height) / this.#cell);
    for (let x = Math.floor(rect.x / this.#cell); x <= x1; x++) {
      for (let y = Math.floor(rect.y / this.#cell); y <= y1; y++) visit(`${x} ${y}`);
    }
  }

  #leave(key: string, id: string): void {
    const cell = this.#cells.get(key);
    cell?.delete(id);
    if (cell?.size === 0) this.#cells.delete(key);
  }
}
