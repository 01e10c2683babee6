import { type Context, type Frame, litLines, type Sight } from './far-frame.ts';
import { END } from './far-scene.ts';

/** Lines in one stroke: one path of all lines is what software painting is slow at. */
const BATCH = 64;

/** From this zoom on the ends of lines are drawn, unless there are too many to tell apart. */
const ENDS_FROM = 0.1;
const ENDS_UP_TO = 900;
/** Below this zoom also lines are drawn of which neither end is in sight. */
const PASSING_BELOW = 0.16;
/** And only where at least this share of all nodes is in sight. */
const PASSING_FROM = 0.25;
/** Lines drawn at most in a picture that the next one follows at once. */
const HASTY_LINES = 1500;
/** Length of an end, in screen pixels. */
const END_LENGTH = 8;

/** Where the line from the middle of one box to the middle of another leaves the first, and its direction. */
export interface Leaving {
  readonly x: number;
  readonly y: number;
  /** Unit vector away from the box. */
  readonly dx: number;
  readonly dy: number;
}

/** Where a line from the middle of box `a` to that of box `b` crosses a's border; undefined when they lie on each other. */
export function leaving(boxes: Float32Array, a: number, b: number): Leaving | undefined {
  const aw = (boxes[a * 4 + 2] as number) / 2;
  const ah = (boxes[a * 4 + 3] as number) / 2;
  const x = (boxes[a * 4] as number) + aw;
  const y = (boxes[a * 4 + 1] as number) + ah;
  const vx = (boxes[b * 4] as number) + (boxes[b * 4 + 2] as number) / 2 - x;
  const vy = (boxes[b * 4 + 1] as number) + (boxes[b * 4 + 3] as number) / 2 - y;
  const far = Math.hypot(vx, vy);
  if (far === 0) return undefined;
  const t = Math.min(
    vx === 0 ? Number.POSITIVE_INFINITY : aw / Math.abs(vx),
    vy === 0 ? Number.POSITIVE_INFINITY : ah / Math.abs(vy),
  );
  if (t >= 1) return undefined;
  return { x: x + vx * t, y: y + vy * t, dx: vx / far, dy: vy / far };
}

function line(context: Context, boxes: Float32Array, a: number, b: number): void {
  context.moveTo(
    (boxes[a * 4] as number) + (boxes[a * 4 + 2] as number) / 2,
    (boxes[a * 4 + 1] as number) + (boxes[a * 4 + 3] as number) / 2,
  );
  context.lineTo(
    (boxes[b * 4] as number) + (boxes[b * 4 + 2] as number) / 2,
    (boxes[b * 4 + 1] as number) + (boxes[b * 4 + 3] as number) / 2,
  );
}

function outside(boxes: Float32Array, a: number, b: number, sight: Sight): boolean {
  const ax = boxes[a * 4] as number;
  const ay = boxes[a * 4 + 1] as number;
  const bx = boxes[b * 4] as number;
  const by = boxes[b * 4 + 1] as number;
  if (Math.max(ax + (boxes[a * 4 + 2] as number), bx + (boxes[b * 4 + 2] as number)) < sight.x0) return true;
  if (Math.max(ay + (boxes[a * 4 + 3] as number), by + (boxes[b * 4 + 3] as number)) < sight.y0) return true;
  return Math.min(ax, bx) > sight.x1 || Math.min(ay, by) > sight.y1;
}

/** A crow's foot, bar or circle on a line of any direction; `size` is its length in canvas pixels. */
function end(context: Context, at: Leaving, size: number, many: boolean, optional: boolean): void {
  const { x, y, dx, dy } = at;
  const half = size / 2;
  const along = (t: number, across: number) => [x + dx * t - dy * across, y + dy * t + dx * across] as const;
  const bar = (t: number) => {
    context.moveTo(...along(t, -half));
    context.lineTo(...along(t, half));
  };
  if (many) {
    context.moveTo(...along(0, -half));
    context.lineTo(...along(size, 0));
    context.lineTo(...along(0, half));
  } else bar(half);
  if (optional) {
    const r = size * 0.28;
    const [cx, cy] = along(many ? size + r : size, 0);
    context.moveTo(cx + r, cy);
    context.arc(cx, cy, r, 0, 2 * Math.PI);
  } else if (!many) bar(size * 0.8);
}

function drawEnds({ context, scene, view }: Frame, numbers: readonly number[]): void {
  const { boxes, edges, ends } = scene;
  const size = END_LENGTH / view.zoom;
  context.beginPath();
  for (const at of numbers) {
    const a = edges[at * 2] as number;
    const b = edges[at * 2 + 1] as number;
    const bits = ends[at] as number;
    const child = leaving(boxes, a, b);
    const parent = leaving(boxes, b, a);
    if (child === undefined || parent === undefined) continue;
    // Between close neighbours there is no room for two ends.
    if (Math.hypot(child.x - parent.x, child.y - parent.y) < 2.2 * size) continue;
    end(context, child, size, (bits & END.childMany) !== 0, (bits & END.childOptional) !== 0);
    end(context, parent, size, (bits & END.parentMany) !== 0, (bits & END.parentOptional) !== 0);
  }
  context.stroke();
}

/** The lines in sight as numbers: those that say nothing is wrong, and the others. */
function linesIn({ scene, view, sight, seen }: Frame): { readonly resting: number[]; readonly warned: number[] } {
  const { boxes, edges, ends, names } = scene;
  // Where a part of the whole is in sight, lines that only pass by say nothing.
  const part = view.zoom >= PASSING_BELOW || seen.length < names.length * PASSING_FROM;
  const inSight = part ? new Set(seen) : undefined;
  const resting: number[] = [];
  const warned: number[] = [];
  for (let at = 0; at * 2 < edges.length; at++) {
    const a = edges[at * 2] as number;
    const b = edges[at * 2 + 1] as number;
    if (inSight === undefined ? !outside(boxes, a, b, sight) : inSight.has(a) || inSight.has(b))
      (((ends[at] as number) & END.warn) === 0 ? resting : warned).push(at);
  }
  return { resting, warned };
}

function stroke({ context, scene }: Frame, numbers: readonly number[], colour: string, strength: number): void {
  const { boxes, edges } = scene;
  context.strokeStyle = colour;
  context.globalAlpha = strength;
  for (let from = 0; from < numbers.length; from += BATCH) {
    context.beginPath();
    for (const at of numbers.slice(from, from + BATCH)) line(context, boxes, edges[at * 2] as number, edges[at * 2 + 1] as number);
    context.stroke();
  }
}

/** What is left of lines while the view changes from picture to picture: nobody can follow thousands of them then. */
export function thinned(numbers: readonly number[], most: number): readonly number[] {
  const step = Math.ceil(numbers.length / most);
  return step <= 1 ? numbers : numbers.filter((number) => number % step === 0);
}

/**
 * Relationships as straight lines, with their ends where these can be told apart.
 * @param hasty the next picture follows at once: of very many lines, some stand for all.
 */
export function drawLines(frame: Frame, hasty: boolean): void {
  const { context, scene, view, palette } = frame;
  const { resting, warned } = linesIn(frame);
  context.lineWidth = 1 / view.zoom;
  // Many lines in little space make a felt: the fewer pixels a line has, the fainter it is.
  const alpha = Math.max(0.16, Math.min(0.7, view.zoom * 4, 900 / (scene.edges.length || 1) + 0.16));
  const drawn = hasty ? thinned(resting, HASTY_LINES) : resting;
  // What is left out is made up for by strength, as far as the eye goes: the felt stays as dense.
  const denser = drawn.length === 0 ? 1 : Math.min(2, resting.length / drawn.length);
  stroke(frame, drawn, palette.edge, Math.min(0.7, alpha * denser));
  stroke(frame, warned, palette.warn, Math.max(0.4, alpha));
  if (view.zoom >= ENDS_FROM && resting.length + warned.length <= ENDS_UP_TO) {
    context.globalAlpha = Math.min(1, alpha + 0.25);
    context.strokeStyle = palette.edge;
    drawEnds(frame, resting);
    context.strokeStyle = palette.warn;
    drawEnds(frame, warned);
  }
  context.globalAlpha = 1;
}

/** The lines of what is selected or under the pointer, over all others. */
export function drawLitLines(frame: Frame): void {
  const { context, scene, view, palette, hot, marks } = frame;
  if (hot.size === 0 && marks.path === undefined) return;
  const { edges } = scene;
  const isLit = litLines(frame);
  const lit: number[] = [];
  for (let at = 0; at * 2 < edges.length; at++) {
    if (isLit(edges[at * 2] as number, edges[at * 2 + 1] as number)) lit.push(at);
  }
  if (lit.length === 0) return;
  // A hub's many lines would hide what they lead to.
  context.lineWidth = (lit.length > 30 ? 1 : 1.5) / view.zoom;
  stroke(frame, lit, palette.accent, Math.max(0.4, Math.min(1, 30 / lit.length)));
  if (view.zoom >= ENDS_FROM / 2) drawEnds(frame, lit);
  context.globalAlpha = 1;
}
