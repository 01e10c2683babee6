import type { FarMarks, FarScene, FarView, Palette } from './far-scene.ts';
import { NO_TONE, NOTE_TINT } from './far-scene.ts';

type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

let family = '"Inter Variable", Inter, system-ui, sans-serif';

/** Lines in one stroke: one path of all lines is what software painting is slow at. */
const BATCH = 64;
/** Smallest readable letters, in screen pixels. */
const LEGIBLE = 7.5;

interface Sight {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

interface Frame {
  readonly context: Context;
  readonly scene: FarScene;
  readonly view: FarView;
  readonly palette: Palette;
  readonly sight: Sight;
  /** Numbers of the nodes in sight. */
  readonly seen: readonly number[];
}

function sightOf({ x, y, zoom, width, height }: FarView): Sight {
  return { x0: -x / zoom, y0: -y / zoom, x1: (width - x) / zoom, y1: (height - y) / zoom };
}

function nodesIn({ boxes, names }: FarScene, sight: Sight): number[] {
  const seen: number[] = [];
  for (let i = 0; i < names.length; i++) {
    const x = boxes[i * 4] as number;
    const y = boxes[i * 4 + 1] as number;
    if (x > sight.x1 || y > sight.y1) continue;
    if (x + (boxes[i * 4 + 2] as number) < sight.x0 || y + (boxes[i * 4 + 3] as number) < sight.y0) continue;
    seen.push(i);
  }
  return seen;
}

function drawAreas({ context, scene, view, palette, sight }: Frame): void {
  for (const area of scene.areas) {
    if (area.x > sight.x1 || area.y > sight.y1 || area.x + area.width < sight.x0 || area.y + area.height < sight.y0) continue;
    const tint = palette.tints[area.tint] ?? palette.edge;
    context.globalAlpha = 0.07;
    context.fillStyle = tint;
    context.beginPath();
    context.roundRect(area.x, area.y, area.width, area.height, 14 / Math.max(0.3, view.zoom));
    context.fill();
    context.globalAlpha = 0.6;
    context.strokeStyle = tint;
    context.lineWidth = 1 / view.zoom;
    context.stroke();
  }
  context.globalAlpha = 1;
}

function line(context: Context, boxes: Float32Array, a: number, b: number): void {
  const aw = boxes[a * 4 + 2] as number;
  const bw = boxes[b * 4 + 2] as number;
  const ax = boxes[a * 4] as number;
  const bx = boxes[b * 4] as number;
  const ay = (boxes[a * 4 + 1] as number) + (boxes[a * 4 + 3] as number) / 2;
  const by = (boxes[b * 4 + 1] as number) + (boxes[b * 4 + 3] as number) / 2;
  context.moveTo(ax + aw / 2, ay);
  context.lineTo(bx + bw / 2, by);
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

function drawEdges({ context, scene, view, palette, sight }: Frame, hot: ReadonlySet<number>): void {
  const { boxes, edges } = scene;
  context.lineWidth = 1 / view.zoom;
  context.strokeStyle = palette.edge;
  // Many lines in little space make a felt: the fewer pixels a line has, the fainter it is.
  context.globalAlpha = Math.max(0.16, Math.min(0.7, view.zoom * 4, 900 / edges.length + 0.16));
  context.beginPath();
  let batched = 0;
  const lit: number[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    const a = edges[i] as number;
    const b = edges[i + 1] as number;
    if (hot.has(a) || hot.has(b)) {
      lit.push(a, b);
      continue;
    }
    if (outside(boxes, a, b, sight)) continue;
    line(context, boxes, a, b);
    batched += 1;
    if (batched < BATCH) continue;
    context.stroke();
    context.beginPath();
    batched = 0;
  }
  context.stroke();
  context.globalAlpha = 1;
  if (lit.length === 0) return;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.5 / view.zoom;
  context.beginPath();
  for (let i = 0; i < lit.length; i += 2) line(context, boxes, lit[i] as number, lit[i + 1] as number);
  context.stroke();
}

function rects({ context, scene }: Frame, nodes: readonly number[], height: (full: number) => number): void {
  const { boxes } = scene;
  context.beginPath();
  for (const i of nodes) {
    context.rect(
      boxes[i * 4] as number,
      boxes[i * 4 + 1] as number,
      boxes[i * 4 + 2] as number,
      height(boxes[i * 4 + 3] as number),
    );
  }
}

/** Lens tones are numbered after all tints. */
const FIRST_TONE = 1000;
const SAYS_NOTHING = FIRST_TONE + NO_TONE;

/** The number of a node's lens tone; undefined where no lens is on, and for notes. */
function toned({ lens, tints }: FarScene, i: number): number | undefined {
  return lens === undefined || tints[i] === NOTE_TINT ? undefined : FIRST_TONE + (lens.tones[i] ?? NO_TONE);
}

function colourOf({ scene, palette }: Frame, tint: number): string {
  if (tint === NOTE_TINT) return palette.warn;
  if (tint >= FIRST_TONE) return scene.lens?.colours[tint - FIRST_TONE] ?? palette.lineStrong;
  return palette.tints[tint] ?? palette.edge;
}

/** The sign of each node's step in a corner of its box, where it is large enough: colour alone says nothing to some. */
function drawSigns({ context, scene, view, palette, seen }: Frame): void {
  const { lens } = scene;
  if (lens === undefined) return;
  context.font = `700 9px ${family}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = palette.ink;
  for (const i of seen) {
    const sign = lens.signs[lens.tones[i] ?? NO_TONE];
    const width = (scene.boxes[i * 4 + 2] as number) * view.zoom;
    const height = (scene.boxes[i * 4 + 3] as number) * view.zoom;
    if (sign === undefined || width < 26 || height < 14 || scene.tints[i] === NOTE_TINT) continue;
    const x = (scene.boxes[i * 4] as number) * view.zoom + view.x + width - 3;
    context.fillText(sign, x, (scene.boxes[i * 4 + 1] as number) * view.zoom + view.y + height - 6);
  }
}

function drawNodes(frame: Frame, marks: FarMarks): void {
  const { context, scene, view, palette, seen } = frame;
  const byTint = new Map<number, number[]>();
  for (const i of seen) {
    const tint = toned(scene, i) ?? (scene.tints[i] as number);
    const list = byTint.get(tint);
    if (list === undefined) byTint.set(tint, [i]);
    else list.push(i);
  }
  const full = (height: number) => height;
  context.fillStyle = palette.raised;
  rects(frame, seen, full);
  context.fill();
  for (const [tint, nodes] of byTint) {
    const colour = colourOf(frame, tint);
    context.fillStyle = colour;
    context.strokeStyle = colour;
    context.globalAlpha = tint >= FIRST_TONE && tint !== SAYS_NOTHING ? 0.4 : 0.16;
    rects(frame, nodes, full);
    context.fill();
    if (view.zoom > 0.05) {
      context.globalAlpha = 0.75;
      context.lineWidth = 1 / view.zoom;
      context.stroke();
    }
    context.globalAlpha = 1;
    const strip = Math.max(6, 3 / view.zoom);
    rects(frame, nodes, (height) => Math.min(height * 0.16, strip));
    context.fill();
  }
  const lit = marks.hovered >= 0 ? [...marks.selected, marks.hovered] : marks.selected;
  if (lit.length === 0) return;
  context.strokeStyle = palette.accent;
  context.lineWidth = 2.5 / view.zoom;
  rects(frame, lit, full);
  context.stroke();
  context.fillStyle = palette.accent;
  context.globalAlpha = 0.14;
  context.fill();
  context.globalAlpha = 1;
}

const widths = new Map<string, number>();

/** Width of a text at 10 px, measured once. */
function widthOf(context: Context, text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    context.font = `600 10px ${family}`;
    width = context.measureText(text).width;
    widths.set(text, width);
  }
  return width;
}

/**
 * Paints with another font from now on. A font must have a name that was not used before it was there: contexts remember
 * what they fell back to.
 */
export function paintWithFamily(name: string): void {
  family = `${JSON.stringify(name)}, system-ui, sans-serif`;
  widths.clear();
}

function cut(context: Context, text: string, room: number): string {
  const width = widthOf(context, text);
  if (width <= room) return text;
  const letters = Math.floor((text.length * room) / width) - 1;
  return letters < 3 ? '' : `${text.slice(0, letters)}…`;
}

interface Line {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** A name as one or two lines that fit a box, with the size of its letters; undefined when it would be too small. */
function setName(context: Context, name: string, room: number, high: number): { lines: string[]; size: number } | undefined {
  const whole = Math.floor(Math.min(15, high * 0.5, (room * 10) / Math.max(1, widthOf(context, name))));
  const middle = name.indexOf('_', Math.floor(name.length * 0.3)) + 1;
  if (whole >= 10 || middle <= 0 || middle >= name.length) return whole >= LEGIBLE ? { lines: [name], size: whole } : shorten();
  const lines = [name.slice(0, middle), name.slice(middle)];
  const widest = Math.max(...lines.map((line) => widthOf(context, line)));
  const size = Math.floor(Math.min(13, high * 0.3, (room * 10) / Math.max(1, widest)));
  if (size >= Math.max(LEGIBLE, whole)) return { lines, size };
  return whole >= LEGIBLE ? { lines: [name], size: whole } : shorten();

  function shorten(): { lines: string[]; size: number } | undefined {
    const size = Math.ceil(LEGIBLE);
    const text = cut(context, name, (room * 10) / size);
    return high < 12 || text.length < 8 ? undefined : { lines: [text], size };
  }
}

/** Names in their boxes where letters are large enough to read. Yields the nodes whose name stood no chance. */
function drawNames({ context, scene, view, palette, seen }: Frame, taken: Label[]): number[] {
  const left: number[] = [];
  const bySize = new Map<number, Line[]>();
  for (const i of seen) {
    const width = scene.boxes[i * 4 + 2] as number;
    const height = scene.boxes[i * 4 + 3] as number;
    const set = setName(context, scene.names[i] as string, (width - 10) * view.zoom, height * view.zoom);
    if (set === undefined) {
      left.push(i);
      continue;
    }
    const x = (scene.boxes[i * 4] as number) * view.zoom + view.x + (width * view.zoom) / 2;
    const y = ((scene.boxes[i * 4 + 1] as number) + height / 2) * view.zoom + view.y + 1;
    const labels = bySize.get(set.size) ?? [];
    bySize.set(set.size, labels);
    const first = y - ((set.lines.length - 1) * set.size * 1.15) / 2;
    for (const [at, text] of set.lines.entries()) labels.push({ x, y: first + at * set.size * 1.15, text });
    if (scene.names.length < 1200) taken.push({ x, y, width: (width - 10) * view.zoom });
  }
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = palette.ink;
  for (const [size, labels] of bySize) {
    context.font = `600 ${size}px ${family}`;
    for (const { x, y, text } of labels) context.fillText(text, x, y);
  }
  return left;
}

interface Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Nothing may be written over it. */
  readonly firm?: boolean;
}

/** Relationships from which on a table is named even over the names in smaller boxes. */
const HUB = 12;

function collides(taken: readonly Label[], label: Label): boolean {
  return taken.some((one) => Math.abs(one.y - label.y) < 17 && Math.abs(one.x - label.x) < (one.width + label.width) / 2 + 6);
}

/** Where single names are too small, the most connected tables are named beside their box, as many as keep apart. */
function drawHubs(frame: Frame, unnamed: readonly number[], taken: Label[]): void {
  const { context, scene, view, palette } = frame;
  const hubs = [...unnamed]
    .filter((i) => scene.tints[i] !== NOTE_TINT)
    .sort((a, b) => (scene.degrees[b] as number) - (scene.degrees[a] as number))
    .slice(0, 160);
  context.font = `600 11px ${family}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 3;
  context.lineJoin = 'round';
  const few = taken.filter((one) => one.firm === true);
  let drawn = 0;
  for (const i of hubs) {
    if (drawn >= 48) break;
    const text = scene.names[i] as string;
    const shown = text.length > 28 ? `${text.slice(0, 27)}…` : text;
    const width = widthOf(context, shown) * 1.1;
    const middle = ((scene.boxes[i * 4] as number) + (scene.boxes[i * 4 + 2] as number) / 2) * view.zoom + view.x;
    const y = (scene.boxes[i * 4 + 1] as number) * view.zoom + view.y - 8;
    // A name at the edge is moved inwards rather than cut.
    const x = Math.max(width / 2 + 4, Math.min(view.width - width / 2 - 4, middle));
    if (
      y < 8 ||
      y > view.height ||
      middle < 0 ||
      middle > view.width ||
      collides((scene.degrees[i] as number) >= HUB ? few : taken, { x, y, width })
    )
      continue;
    taken.push({ x, y, width });
    few.push({ x, y, width });
    context.font = `600 11px ${family}`;
    context.strokeStyle = palette.canvas;
    context.strokeText(shown, x, y);
    context.fillStyle = palette.ink;
    context.fillText(shown, x, y);
    drawn += 1;
  }
}

function drawAreaNames({ context, scene, view, palette }: Frame, taken: Label[]): void {
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  for (const area of scene.areas) {
    const shown = area.width * view.zoom;
    if (shown < 24) continue;
    const size = Math.max(11, Math.min(18, Math.round(shown / 14)));
    const name = cut(context, area.name, (shown * 10) / size);
    if (name === '') continue;
    const x = area.x * view.zoom + view.x + 6;
    const y = area.y * view.zoom + view.y + size + 2;
    const width = (widthOf(context, name) * size) / 10;
    context.font = `650 ${size}px ${family}`;
    context.lineWidth = 3;
    context.strokeStyle = palette.canvas;
    context.strokeText(name, x, y);
    context.fillStyle = palette.tints[area.tint] ?? palette.ink2;
    context.fillText(name, x, y);
    taken.push({ x: x + width / 2, y: y - size / 2, width, firm: true });
  }
}

/** Draws the whole far view. The same in the painter's worker and, where there is none, on the page. */
export function drawFar(context: Context, scene: FarScene, view: FarView, marks: FarMarks, palette: Palette): void {
  const { ratio, zoom } = view;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  const sight = sightOf(view);
  const frame: Frame = { context, scene, view, palette, sight, seen: nodesIn(scene, sight) };
  context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * view.x, ratio * view.y);
  drawAreas(frame);
  drawEdges(frame, new Set(marks.hovered >= 0 ? [...marks.selected, marks.hovered] : marks.selected));
  drawNodes(frame, marks);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawSigns(frame);
  const taken: Label[] = [];
  drawAreaNames(frame, taken);
  const unnamed = drawNames(frame, taken);
  if (unnamed.length > 0) drawHubs(frame, unnamed, taken);
}
