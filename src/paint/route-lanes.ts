import type { Rect } from '#lib/grid.ts';
import type { Point } from './glyph.ts';

/** A straight part of a line that is drawn. */
interface Part {
  readonly id: string;
  readonly channel: string;
  /** Where it runs: x of a vertical part, y of a horizontal one. */
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** Pixels between lines that run beside each other. */
export const LANE = 8;

const BUCKET = 32;
const MOST_TRUNKS = 4;

type Buckets = Map<number, Part[]>;

/** The parts of all lines that are drawn, so that lines keep apart, or meet on purpose. */
export class Lanes {
  readonly #vertical: Buckets = new Map();
  readonly #horizontal: Buckets = new Map();
  readonly #parts = new Map<string, { vertical: boolean; part: Part }[]>();
  readonly #channels = new Map<string, Set<string>>();

  add(id: string, channel: string, points: readonly Point[]): void {
    this.remove(id);
    const own: { vertical: boolean; part: Part }[] = [];
    for (const [at, b] of points.entries()) {
      const a = points[at - 1];
      if (a === undefined) continue;
      const vertical = a.x === b.x;
      const [one, other] = vertical ? [a.y, b.y] : [a.x, b.x];
      const part = { id, channel, at: vertical ? a.x : a.y, low: Math.min(one, other), high: Math.max(one, other) };
      own.push({ vertical, part });
      const buckets = vertical ? this.#vertical : this.#horizontal;
      const key = Math.floor(part.at / BUCKET);
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [part]);
      else bucket.push(part);
    }
    this.#parts.set(id, own);
    const lines = this.#channels.get(channel);
    if (lines === undefined) this.#channels.set(channel, new Set([id]));
    else lines.add(id);
  }

  remove(id: string): void {
    for (const { vertical, part } of this.#parts.get(id) ?? []) {
      const bucket = (vertical ? this.#vertical : this.#horizontal).get(Math.floor(part.at / BUCKET));
      const at = bucket?.indexOf(part) ?? -1;
      if (bucket !== undefined && at >= 0) bucket.splice(at, 1);
      this.#channels.get(part.channel)?.delete(id);
    }
    this.#parts.delete(id);
  }

  /** Ids of lines that run through a box. */
  within(box: Rect): Set<string> {
    const found = new Set<string>();
    const look = (buckets: Buckets, from: number, to: number, low: number, high: number) => {
      for (let key = Math.floor(from / BUCKET); key <= Math.floor(to / BUCKET); key++) {
        for (const part of buckets.get(key) ?? []) {
          if (part.at > from && part.at < to && part.low < high && part.high > low) found.add(part.id);
        }
      }
    };
    look(this.#vertical, box.x, box.x + box.width, box.y, box.y + box.height);
    look(this.#horizontal, box.y, box.y + box.height, box.x, box.x + box.width);
    return found;
  }

  #near(vertical: boolean, from: number, to: number, low: number, high: number): Part[] {
    const found: Part[] = [];
    const buckets = vertical ? this.#vertical : this.#horizontal;
    for (let key = Math.floor(from / BUCKET); key <= Math.floor(to / BUCKET); key++) {
      for (const part of buckets.get(key) ?? []) {
        if (part.at >= from && part.at <= to && part.low <= high && part.high >= low) found.push(part);
      }
    }
    return found;
  }

  /** What is drawn beside where a part could run: other lines with their length along it, and own ones it could join. */
  beside(vertical: boolean, from: number, to: number, low: number, high: number, channel: string): Beside {
    const others: Beside['others'][number][] = [];
    const own: number[] = [];
    for (const part of this.#near(vertical, from - LANE, to + LANE, low - LANE / 2, high + LANE / 2)) {
      if (part.channel === channel) own.push(part.at);
      else others.push({ at: part.at, along: Math.min(part.high, high) - Math.max(part.low, low) + LANE });
    }
    return { others, own };
  }

  /** Where lines of a channel run vertically near these heights: places worth turning at. */
  trunks(channel: string, low: number, high: number): number[] {
    const found = new Set<number>();
    for (const id of this.#channels.get(channel) ?? []) {
      for (const { vertical, part } of this.#parts.get(id) ?? []) {
        if (vertical && part.low <= high && part.high >= low) found.add(part.at);
      }
      if (found.size >= MOST_TRUNKS) break;
    }
    return [...found];
  }
}

export interface Beside {
  readonly others: readonly { readonly at: number; readonly along: number }[];
  readonly own: readonly number[];
}
