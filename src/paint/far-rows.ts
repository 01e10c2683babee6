import { NODE } from '#model/derive/geometry.ts';
import type { EdgeShape } from './edges.ts';
import { boxAt, type Frame, litLines } from './far-frame.ts';
import type { FarLine, FarNode, Palette } from './far-scene.ts';
import { families } from './far-text.ts';
import { CanvasPen } from './pen-canvas.ts';
import { drawEdge, drawNote } from './pen-diagram.ts';
import { drawNode } from './pen-table.ts';

/** What the painter knows beyond the flat scene: rows and routed lines, for a zoom at which they can be read. */
export interface FarDetail {
  readonly nodes: ReadonlyMap<number, FarNode>;
  readonly resting: readonly FarLine[];
  readonly live: readonly FarLine[];
}

function near(shape: EdgeShape, { sight }: Frame): boolean {
  let [x0, y0, x1, y1] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y } of shape.points) {
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x);
    y1 = Math.max(y1, y);
  }
  return x0 < sight.x1 && x1 > sight.x0 && y0 < sight.y1 && y1 > sight.y0;
}

/** Lines with the same ends, side by side, as they are drawn on the page; those that stand out apart. */
export function drawRoutes(frame: Frame, { resting }: FarDetail): void {
  const { context, palette } = frame;
  const isLit = litLines(frame);
  const pen = new CanvasPen(context, families);
  const stubs = new Set<string>();
  for (const line of resting) {
    if (isLit(line.child, line.parent) || !near(line.shape, frame)) continue;
    if (line.shape.stub) {
      const drawn = `${line.shape.solid}${line.shape.dashes}${line.shape.glyphs}${line.shape.hollow}`;
      if (stubs.has(drawn)) continue;
      stubs.add(drawn);
    }
    drawEdge(pen, line.shape, palette);
  }
}

/** The lines that stand out, and those that are being dragged, over all others. */
export function drawLitRoutes(frame: Frame, { resting, live }: FarDetail): void {
  const { context, palette } = frame;
  const isLit = litLines(frame);
  const pen = new CanvasPen(context, families);
  const lit: Palette = { ...palette, edge: palette.accent, warn: palette.accent };
  const last = resting.filter(({ child, parent }) => isLit(child, parent));
  for (const { shape } of [...last, ...live]) if (near(shape, frame)) drawEdge(pen, shape, lit);
}

/** Tables with their rows, by the same pen that draws pictures; what is selected is marked above it. */
export function drawRows(frame: Frame, { nodes }: FarDetail): void {
  const { context, scene, seen, palette } = frame;
  const pen = new CanvasPen(context, families);
  const colours = scene.lens === undefined ? palette : { ...palette, tints: [...palette.tints, ...scene.lens.colours] };
  for (const i of seen) {
    const known = nodes.get(i);
    const box = boxAt(scene, i);
    if (known === undefined) {
      pen.rect({ ...box, x: box.x + 0.5, y: box.y + 0.5 }, { fill: palette.raised, stroke: palette.lineStrong }, 8.5);
      continue;
    }
    if ('text' in known.node) {
      drawNote(pen, { ...known.node, ...box }, palette);
      continue;
    }
    const tone = scene.lens?.tones[i];
    const tint = tone === undefined ? known.node.tint : palette.tints.length + tone;
    drawNode(pen, { ...known.node, box, tint }, colours);
  }
}

/** A band over each row that is selected. */
export function drawRowMarks({ context, scene, palette, marks }: Frame): void {
  const pen = new CanvasPen(context, families);
  for (const [i, row] of marks.rows) {
    const { x, y, width } = boxAt(scene, i);
    const band = { x: x + 1, y: y + NODE.border + NODE.header + row * NODE.row, width: width - 2, height: NODE.row };
    pen.rect(band, { fill: palette.accent, fillAlpha: 0.16 });
  }
}
