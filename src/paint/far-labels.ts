import { type Frame, LEGIBLE } from './far-frame.ts';
import { type FarScene, NO_TONE, NOTE_TINT } from './far-scene.ts';
import { cut, sans, widthOf } from './far-text.ts';

/** The sign of each node's step in a corner of its box, where it is large enough: colour alone says nothing to some. */
export function drawSigns({ context, scene, view, palette, seen }: Frame): void {
  const { lens } = scene;
  if (lens === undefined) return;
  context.font = sans(700, 9);
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

interface Line {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** A name as one or two lines that fit a box, with the size of its letters; undefined when it would be too small. */
function setName(
  context: Frame['context'],
  name: string,
  room: number,
  high: number,
): { lines: string[]; size: number } | undefined {
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

const LEAST_ROOM = 14;

/** Names in their boxes where letters are large enough to read. Yields the nodes whose name stood no chance. */
export function drawNames({ context, scene, view, palette, seen }: Frame, taken: Label[]): number[] {
  const left: number[] = [];
  const bySize = new Map<number, Line[]>();
  for (const i of seen) {
    const width = scene.boxes[i * 4 + 2] as number;
    const height = scene.boxes[i * 4 + 3] as number;
    const room = (width - 10) * view.zoom;
    // Less than three letters have room: nothing needs to be measured.
    const set =
      room < LEAST_ROOM || height * view.zoom < LEGIBLE
        ? undefined
        : setName(context, scene.names[i] as string, room, height * view.zoom);
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
    context.font = sans(600, size);
    for (const { x, y, text } of labels) context.fillText(text, x, y);
  }
  return left;
}

export interface Label {
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

/** Hubs that are tried, the most connected first. */
const MOST_HUBS = 160;

const rankings = new WeakMap<FarScene, readonly number[]>();

/** Tables and views by how connected they are; sorted once for each scene. */
function ranking(scene: FarScene): readonly number[] {
  let known = rankings.get(scene);
  if (known === undefined) {
    known = scene.names
      .map((_, i) => i)
      .filter((i) => scene.tints[i] !== NOTE_TINT)
      .sort((a, b) => (scene.degrees[b] as number) - (scene.degrees[a] as number));
    rankings.set(scene, known);
  }
  return known;
}

/** Where single names are too small, the most connected tables are named beside their box, as many as keep apart. */
export function drawHubs(frame: Frame, unnamed: readonly number[], taken: Label[]): void {
  const { context, scene, view, palette } = frame;
  const open = new Set(unnamed);
  const hubs: number[] = [];
  for (const i of ranking(scene)) {
    if (open.has(i)) hubs.push(i);
    if (hubs.length >= MOST_HUBS) break;
  }
  context.font = sans(600, 11);
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
    context.font = sans(600, 11);
    context.strokeStyle = palette.canvas;
    context.strokeText(shown, x, y);
    context.fillStyle = palette.ink;
    context.fillText(shown, x, y);
    drawn += 1;
  }
}

export function drawAreaNames({ context, scene, view, palette }: Frame, taken: Label[]): void {
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
    context.font = sans(650, size);
    context.lineWidth = 3;
    context.strokeStyle = palette.canvas;
    context.strokeText(name, x, y);
    context.fillStyle = palette.tints[area.tint] ?? palette.ink2;
    context.fillText(name, x, y);
    taken.push({ x: x + width / 2, y: y - size / 2, width, firm: true });
  }
}
