import { drawBadges } from './far-badges.ts';
import { boxAt, type Context, type Frame, nodesIn, sightOf } from './far-frame.ts';
import type { Ground } from './far-ground.ts';
import { drawAreaNames, drawHubs, drawNames, drawSigns, type Label } from './far-labels.ts';
import { drawLines, drawLitLines } from './far-lines.ts';
import { drawLitRoutes, drawRoutes, drawRowMarks, drawRows, type FarDetail } from './far-rows.ts';
import {
  type FarBadges,
  type FarMarks,
  type FarScene,
  type FarView,
  NO_TONE,
  NOTE_TINT,
  type Palette,
  ROWS_FROM,
} from './far-scene.ts';

function drawAreas({ context, scene, view, palette, sight }: Frame): void {
  for (const area of scene.areas) {
    if (area.x > sight.x1 || area.y > sight.y1 || area.x + area.width < sight.x0 || area.y + area.height < sight.y0) continue;
    const tint = palette.tints[area.tint] ?? palette.edge;
    context.globalAlpha = 0.07;
    context.fillStyle = tint;
    context.beginPath();
    context.roundRect(
      area.x,
      area.y,
      area.width,
      area.height,
      Math.min(14 / Math.min(1, view.zoom), area.width / 5, area.height / 5),
    );
    context.fill();
    context.globalAlpha = 0.6;
    context.strokeStyle = tint;
    context.lineWidth = 1 / view.zoom;
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** One after the other: software painting is far quicker at rectangles than at a path of thousands of them. */
function fillRects({ context, scene }: Frame, nodes: readonly number[], height: (full: number) => number): void {
  const { boxes } = scene;
  for (const i of nodes) {
    const at = i * 4;
    context.fillRect(boxes[at] as number, boxes[at + 1] as number, boxes[at + 2] as number, height(boxes[at + 3] as number));
  }
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

/** Boxes that are only boxes: the zoom shows no rows. */
function drawBoxes(frame: Frame): void {
  const { context, scene, view, palette, seen } = frame;
  const byTint = new Map<number, number[]>();
  for (const i of seen) {
    const tint = toned(scene, i) ?? (scene.tints[i] as number);
    const list = byTint.get(tint);
    if (list === undefined) byTint.set(tint, [i]);
    else list.push(i);
  }
  const full = (height: number) => height;
  const strip = Math.max(6, 3 / view.zoom);
  for (const [tint, nodes] of byTint) {
    const colour = colourOf(frame, tint);
    const share = tint >= FIRST_TONE && tint !== SAYS_NOTHING ? 40 : 16;
    context.fillStyle = `color-mix(in srgb, ${colour} ${share}%, ${palette.raised})`;
    fillRects(frame, nodes, full);
    if (view.zoom > 0.05) {
      rects(frame, nodes, full);
      context.strokeStyle = colour;
      context.globalAlpha = 0.75;
      context.lineWidth = 1 / view.zoom;
      context.stroke();
      context.globalAlpha = 1;
    }
    context.fillStyle = colour;
    fillRects(frame, nodes, (height) => Math.min(height * 0.16, strip));
  }
}

/** Frames round what is selected and under the pointer, and a second one round what keys act on. */
function drawMarks({ context, scene, view, palette, marks }: Frame): void {
  const radius = view.zoom >= ROWS_FROM ? 9 : 0;
  const frame = (i: number, out: number, width: number) => {
    const { x, y, width: wide, height } = boxAt(scene, i);
    context.lineWidth = width / view.zoom;
    const by = out / view.zoom;
    context.beginPath();
    context.roundRect(x - by, y - by, wide + 2 * by, height + 2 * by, radius === 0 ? by : radius + by);
    context.stroke();
  };
  context.strokeStyle = palette.accent;
  for (const i of marks.path?.nodes ?? []) frame(i, 1.5, 3);
  for (const i of marks.selected) frame(i, 0.5, 2);
  if (marks.focused >= 0) frame(marks.focused, 3.5, 1.5);
  if (marks.hovered >= 0) frame(marks.hovered, 0.5, 1.5);
  if (view.zoom >= ROWS_FROM) return;
  context.fillStyle = palette.accent;
  context.globalAlpha = 0.16;
  for (const i of [...(marks.path?.nodes ?? []), ...marks.selected]) {
    const { x, y, width, height } = boxAt(scene, i);
    context.fillRect(x, y, width, height);
  }
  context.globalAlpha = 1;
}

/** How much is left of what is not on a path that stands out; near by, `canvas.css` says the same. */
const ASIDE = 0.42;

/** Takes back all that was drawn so far. In screen pixels. */
function drawVeil({ context, view, palette }: Frame): void {
  context.globalAlpha = 1 - ASIDE;
  context.fillStyle = palette.canvas;
  context.fillRect(0, 0, view.width, view.height);
  context.globalAlpha = 1;
}

/** What stands on boxes that are only boxes: signs, names and badges. In screen pixels. */
function drawWords(frame: Frame, taken: Label[]): void {
  drawSigns(frame);
  const unnamed = drawNames(frame, taken);
  if (unnamed.length > 0) drawHubs(frame, unnamed, taken);
  drawBadges(frame);
}

/** The picture's nodes in two: those on the path that stands out, and those aside. Without a path all stand out. */
function parted(frame: Frame): { readonly on: Frame; readonly aside: Frame | undefined } {
  const { marks, seen } = frame;
  if (marks.path === undefined) return { on: frame, aside: undefined };
  const path = new Set(marks.path.nodes);
  return {
    on: { ...frame, seen: seen.filter((i) => path.has(i)) },
    aside: { ...frame, seen: seen.filter((i) => !path.has(i)) },
  };
}

/** Everything a picture is drawn from. */
export interface FarPicture {
  readonly scene: FarScene;
  readonly view: FarView;
  readonly marks: FarMarks;
  readonly palette: Palette;
  readonly badges: FarBadges | undefined;
  readonly detail: FarDetail;
  /** The next picture follows at once. */
  readonly hasty?: boolean;
}

/** What lies under everything that is marked: areas and lines. */
export function drawUnder(frame: Frame, hasty = false): void {
  drawAreas(frame);
  drawLines(frame, hasty);
}

/**
 * Draws the whole far view. The same in the painter's worker and, where there is none, on the page.
 * @param ground pictures of what does not change while the view is only moved; none = everything is drawn anew.
 */
export function drawFar(context: Context, picture: FarPicture, ground?: Ground): void {
  const { scene, view, marks, palette, badges, detail, hasty = false } = picture;
  const { ratio, zoom } = view;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  const sight = sightOf(view);
  const hot = new Set(marks.hovered >= 0 ? [...marks.selected, marks.hovered] : marks.selected);
  const frame: Frame = { context, scene, view, marks, palette, badges, sight, seen: nodesIn(scene, sight), hot };
  const onCanvas = () => context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * view.x, ratio * view.y);
  const onScreen = () => context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const { on, aside } = parted(frame);
  const taken: Label[] = [];
  onCanvas();
  if (zoom >= ROWS_FROM) {
    drawAreas(frame);
    onScreen();
    drawAreaNames(frame, []);
    onCanvas();
    drawRoutes(frame, detail);
    if (aside !== undefined) {
      drawRows(aside, detail);
      onScreen();
      drawVeil(frame);
      onCanvas();
    }
    drawLitRoutes(frame, detail);
    drawRows(on, detail);
    drawRowMarks(frame);
    drawMarks(frame);
    return;
  }
  if (ground?.show(frame, 'under', drawUnder) !== true) drawUnder(frame, hasty);
  onCanvas();
  if (aside === undefined) drawLitLines(frame);
  if (ground?.show(frame, 'boxes', drawBoxes) !== true) drawBoxes(frame);
  if (aside !== undefined) {
    onScreen();
    drawAreaNames(aside, taken);
    drawWords(aside, taken);
    drawVeil(frame);
    onCanvas();
    drawLitLines(frame);
    drawBoxes(on);
  }
  onCanvas();
  drawMarks(frame);
  onScreen();
  if (aside === undefined) drawAreaNames(frame, taken);
  drawWords(on, taken);
}
