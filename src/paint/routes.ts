import { grow, type Rect } from '#lib/grid.ts';
import { routeLine } from './route.ts';
import { Blocks } from './route-blocks.ts';
import { Lanes } from './route-lanes.ts';
import type { Route, RouteRequest } from './route-line.ts';
import { stretched } from './route-sketch.ts';

interface Kept {
  readonly request: RouteRequest;
  readonly route: Route;
}

interface Sketched {
  readonly route: Route;
  /** Frame of the drag in which the way was looked for. */
  readonly at: number;
}

/** Lines of a drag for which a way is looked for in one frame; the others are stretched. */
const SEARCHED = 6;

/** Lines this near to a box may have gone round it: when it goes, they may go straight. */
const BESIDE = 24;

function sameRect(a: Rect, b: Rect): boolean {
  return a === b || (a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height);
}

function sameRequest(a: RouteRequest, b: RouteRequest): boolean {
  return (
    a.from.y === b.from.y &&
    a.to.y === b.to.y &&
    a.bends === b.bends &&
    a.channel === b.channel &&
    sameRect(a.from.box, b.from.box) &&
    sameRect(a.to.box, b.to.box)
  );
}

/** Whatever knows the way of a line. */
export interface RouteSource {
  of(request: RouteRequest): Route;
}

/**
 * The routes of a diagram, kept. A line is routed when it is first asked for, and again only when one of its ends moved or
 * something was put in its way; all others stay as they are, wherever the view goes.
 */
export class Routes implements RouteSource {
  readonly blocks = new Blocks();
  readonly #lanes = new Lanes();
  readonly #kept = new Map<string, Kept>();
  /** Lines routed so far: what an edit costs. */
  routed = 0;
  /** The lines of the drag that is going on, as they were drawn last. */
  #sketches = new Map<string, Sketched>();
  #frame = 0;
  /** Ways looked for while lines were sketched: what a drag costs. */
  searched = 0;

  /** Boxes come, move and go: an undefined one goes. Lines that one of them
   * now stands on, or that ran along where it stood, are routed again when next asked for. */
  move(boxes: Iterable<readonly [string, Rect | undefined]>): void {
    for (const [id, rect] of boxes) {
      const old = this.blocks.get(id);
      if (old !== undefined && rect !== undefined && sameRect(old, rect)) continue;
      if (old !== undefined) this.#forgetIn(grow(old, BESIDE));
      if (rect === undefined) this.blocks.delete(id);
      else {
        this.blocks.set(id, rect);
        this.#forgetIn(grow(rect, 2));
      }
    }
  }

  #forgetIn(region: Rect): void {
    for (const line of this.#lanes.within(region)) if (this.#kept.get(line)?.request.bends === undefined) this.forget(line);
  }

  /** Routes these again when they are next asked for. */
  forget(line: string): void {
    this.#kept.delete(line);
    this.#lanes.remove(line);
  }

  clear(): void {
    for (const id of [...this.blocks.ids()]) this.blocks.delete(id);
    for (const id of [...this.#kept.keys()]) this.forget(id);
  }

  /** Lines that are kept. */
  get size(): number {
    return this.#kept.size;
  }

  of(request: RouteRequest): Route {
    const kept = this.#kept.get(request.id);
    if (kept !== undefined && sameRequest(kept.request, request)) return kept.route;
    this.routed += 1;
    const route = routeLine(request, this.blocks, this.#lanes);
    this.#kept.set(request.id, { request, route });
    return route;
  }

  /**
   * Draws lines as if these boxes stood elsewhere, such as where they are just being dragged: nothing of it is kept but how
   * the lines went, until {@link endSketches}. In each frame a few of them look for a better way; the others follow with
   * the one they have, as long as it enters nothing.
   */
  sketch<T>(boxes: Iterable<readonly [string, Rect]>, draw: (routes: RouteSource) => T): T {
    const before = [...boxes].map(([id, rect]) => {
      const old = this.blocks.get(id);
      this.blocks.set(id, rect);
      return [id, old] as const;
    });
    const lines: string[] = [];
    this.#frame += 1;
    const turns = Math.max(1, Math.ceil(this.#sketches.size / SEARCHED));
    const drawn = draw({
      of: (request) => {
        this.forget(request.id);
        lines.push(request.id);
        return this.#follow(request, turns) ?? this.#search(request);
      },
    });
    for (const line of lines) this.#lanes.remove(line);
    for (const [id, old] of before) {
      if (old === undefined) this.blocks.delete(id);
      else this.blocks.set(id, old);
    }
    return drawn;
  }

  /** The drag has ended. */
  endSketches(): void {
    this.#sketches.clear();
    this.#frame = 0;
  }

  /** A line's way of the last frame, stretched; undefined when it is its turn to look for a better one. */
  #follow(request: RouteRequest, turns: number): Route | undefined {
    const last = this.#sketches.get(request.id);
    if (last === undefined || this.#frame - last.at >= turns) return undefined;
    const route = stretched(last.route, request, this.blocks);
    if (route === undefined) return undefined;
    this.#sketches.set(request.id, { route, at: last.at });
    this.#lanes.add(request.id, request.channel, route.points);
    return route;
  }

  #search(request: RouteRequest): Route {
    this.searched += 1;
    const route = routeLine(request, this.blocks, this.#lanes);
    // The first time all look for a way at once; after that, in turns.
    const first = !this.#sketches.has(request.id);
    const at = first ? this.#frame - (this.#sketches.size % 8) : this.#frame;
    this.#sketches.set(request.id, { route, at });
    return route;
  }
}
