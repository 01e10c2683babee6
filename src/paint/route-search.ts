import type { Rect } from '#lib/grid.ts';
import type { Point } from './glyph.ts';
import { type Blocks, enters } from './route-blocks.ts';

/** Right, down, left, up. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** An end of a line a little outside of its box, and the side it leaves to. */
export interface Port extends Point {
  readonly side: 1 | -1;
}

interface State {
  readonly x: number;
  readonly y: number;
  /** Number of its direction in {@link STEPS}. */
  readonly way: number;
  readonly cost: number;
  readonly guess: number;
  readonly before: State | undefined;
  /** The box that made it turn here. */
  readonly wall: Rect | undefined;
}

/** Pixels that a bend is worth. */
const BEND = 40;
/** How far a line looks ahead: to where it wishes to turn and at least so far, or (a wide search) to the end of the plane. */
const NEAR = 400;
const REACH = 60_000;

/** A heap of states, the most promising on top. */
class Heap {
  readonly #items: State[] = [];

  push(item: State): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const above = items[up] as State;
      if (above.guess <= item.guess) break;
      items[at] = above;
      at = up;
    }
    items[at] = item;
  }

  pop(): State | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && (items[down + 1] as State).guess < (items[down] as State).guess) down += 1;
      if ((items[down] as State).guess >= last.guess) break;
      items[at] = items[down] as State;
      at = down;
    }
    items[at] = last;
    return top;
  }
}

function keyOf(x: number, y: number, way: number): number {
  return ((x + 1_048_576) * 2_097_152 + (y + 1_048_576)) * 4 + way;
}

export interface Search {
  readonly starts: readonly Port[];
  readonly goals: readonly Port[];
  readonly blocks: Blocks;
  /** Pixels to keep from boxes. */
  readonly clear: number;
  /** Heights between which the line's own kind runs already, as x positions worth turning at. */
  readonly trunks: readonly number[];
  /** Boxes that both ends lie in: they cannot be avoided. */
  readonly skip: readonly Rect[];
  /** Look ahead to the end of the plane: slower, and needed only to leave mazes. */
  readonly wide: boolean;
  /** States looked at before giving up. */
  readonly limit: number;
}

function guessFrom(x: number, y: number, way: number, goals: readonly Port[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (const goal of goals) {
    const dx = goal.x - x;
    const dy = goal.y - y;
    let bends = dx !== 0 && dy !== 0 ? 1 : 0;
    const into = goal.side > 0 ? 2 : 0;
    if (dy !== 0 && way % 2 === 0) bends = Math.max(bends, 2);
    if (dy === 0 && way % 2 === 0 && way !== into) bends = 2;
    const guess = Math.abs(dx) + Math.abs(dy) + bends * BEND;
    if (guess < best) best = guess;
  }
  return best;
}

/** Distances along a direction at which a line may want to turn, were all of it free. */
function wishesOf(search: Search, state: State): number[] {
  const [dx, dy] = STEPS[state.way] as (typeof STEPS)[number];
  const wishes: number[] = [];
  const add = (far: number) => {
    if (far > 0 && !wishes.includes(far)) wishes.push(far);
  };
  for (const goal of search.goals) add(dx !== 0 ? (goal.x - state.x) * dx : (goal.y - state.y) * dy);
  if (dx !== 0) for (const x of search.trunks) add((x - state.x) * dx);
  const { wall } = state;
  if (wall !== undefined) {
    const { clear } = search;
    const corner =
      dx > 0
        ? wall.x + wall.width + clear - state.x
        : dx < 0
          ? state.x - wall.x + clear
          : dy > 0
            ? wall.y + wall.height + clear - state.y
            : state.y - wall.y + clear;
    add(Math.ceil(corner));
  }
  return wishes;
}

/** The corners of a found way, from the first port to the last. */
function cornersOf(state: State): Point[] {
  const corners: Point[] = [];
  for (let at: State | undefined = state; at !== undefined; at = at.before) corners.push({ x: at.x, y: at.y });
  return corners.reverse();
}

/**
 * The cheapest right-angled way from one of the starts to one of the goals round all boxes: A* over the places where a
 * line can have a reason to turn. These are the heights and widths of its goals, the front of what it runs into, and the
 * corners of what it goes along; a line that goes along every box it meets misses no way there is.
 * @returns corners, ports included, or undefined when there is none.
 */
export function search(given: Search): Point[] | undefined {
  const { starts, goals, blocks, clear, skip } = given;
  const open = new Heap();
  const best = new Map<number, number>();
  const visit = (x: number, y: number, way: number, cost: number, before: State | undefined, wall: Rect | undefined) => {
    const key = keyOf(x, y, way);
    const known = best.get(key);
    if (known !== undefined && known <= cost) return;
    best.set(key, cost);
    open.push({ x, y, way, cost, guess: cost + guessFrom(x, y, way, goals), before, wall });
  };
  for (const start of starts) {
    const way = start.side > 0 ? 0 : 2;
    visit(start.x, start.y, way, 0, undefined, undefined);
    for (const turn of [1, 3])
      visit(start.x, start.y, turn, BEND, { ...start, way, cost: 0, guess: 0, before: undefined, wall: undefined }, undefined);
  }
  let looked = 0;
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (state.cost > (best.get(keyOf(state.x, state.y, state.way)) ?? 0)) continue;
    for (const goal of goals) {
      const into = goal.side > 0 ? 2 : 0;
      if (state.x === goal.x && state.y === goal.y && state.way === into) return cornersOf(state);
    }
    looked += 1;
    if (looked > given.limit) return undefined;
    const [dx, dy] = STEPS[state.way] as (typeof STEPS)[number];
    const wishes = wishesOf(given, state);
    const look = given.wide ? REACH : Math.max(NEAR, ...wishes);
    const hit = blocks.first(state, dx, dy, look, clear, skip);
    const reach = hit === undefined ? look : Math.floor(hit.far);
    const stops = wishes.filter((far) => far <= reach);
    if (hit !== undefined && reach > 0 && !stops.includes(reach)) stops.push(reach);
    for (const far of stops) {
      const x = state.x + dx * far;
      const y = state.y + dy * far;
      const cost = state.cost + far;
      const wall = hit !== undefined && far === reach ? hit.rect : state.wall;
      for (const goal of goals) if (goal.x === x && goal.y === y) visit(x, y, state.way, cost, state, undefined);
      visit(x, y, (state.way + 1) % 4, cost + BEND, state, wall);
      visit(x, y, (state.way + 3) % 4, cost + BEND, state, wall);
    }
  }
  return undefined;
}

/** Whether a point lies in a box grown by `clear`. */
export function lies(point: Point, box: Rect, clear: number): boolean {
  return enters(point, point, box, clear);
}
