import { overlaps, type Rect } from '#lib/grid.ts';
import type { Area, Note } from '#model/layout-types.ts';
import type { EdgeShape } from './edges.ts';
import { textWidth } from './fonts/widths.ts';
import { type NoteRun, noteLines } from './note-text.ts';
import type { Colours } from './palette.ts';
import type { Lettering, Pen } from './pen.ts';
import { drawNode } from './pen-table.ts';
import { cutText } from './pen-text.ts';
import type { Picture } from './picture.ts';

const AREA_NAME: Lettering = { family: 'sans', size: 11.5, weight: 600 };

export function drawArea(pen: Pen, { x, y, width, height, tint, name }: Area, colours: Colours): void {
  const colour = colours.tints[tint] ?? colours.edge;
  const look = { fill: colour, fillAlpha: 0.05, stroke: colour, strokeAlpha: 0.55, dash: [4, 3] };
  pen.open();
  pen.rect({ x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 }, look, 14);
  cutText(pen, name, x + 12, y + 20, { ...AREA_NAME, colour }, width - 24);
  pen.close();
}

const WORD: Lettering = { family: 'sans', size: 11.5, weight: 400 };

/** A relationship: its line, its ends, the shapes that cover the line, and the words beside it. */
export function drawEdge(pen: Pen, edge: EdgeShape & { readonly box?: Rect }, colours: Colours): void {
  const stroke = edge.warn ? colours.warn : colours.edge;
  pen.open({ of: edge.id, ...(edge.box === undefined ? {} : { box: edge.box }) });
  if (edge.solid !== '') pen.path(edge.solid, { stroke, width: 1.3 });
  if (edge.dashes !== '') pen.path(edge.dashes, { stroke, width: 1.3, dash: [5, 4] });
  if (edge.glyphs !== '') pen.path(edge.glyphs, { stroke, width: 1.3 });
  if (edge.hollow !== '') pen.path(edge.hollow, { stroke, width: 1.3, fill: colours.canvas });
  if (edge.filled !== '') pen.path(edge.filled, { stroke, width: 1.3, fill: stroke });
  for (const { x, y, text, anchor } of edge.labels) pen.text(text, x, y, { ...WORD, colour: colours.ink2, anchor });
  pen.close();
}

function noteTone(tone: NoteRun['tone'], colours: Colours): string {
  return tone === 'link' ? colours.accent : tone === 'quiet' ? colours.ink2 : colours.ink;
}

/** Where a note is tinted, its ground is that tint, faint; else the yellow of a note. */
function drawNoteGround(pen: Pen, { x, y, width, height, tint }: Note, colours: Colours): void {
  const box = { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 };
  const colour = tint === undefined ? undefined : colours.tints[tint];
  if (colour === undefined) {
    pen.rect(box, { fill: colours.warnSoft, stroke: colours.lineStrong }, 8.5);
    return;
  }
  pen.rect(box, { fill: colours.raised }, 8.5);
  pen.rect(box, { fill: colour, fillAlpha: 0.14, stroke: colour, strokeAlpha: 0.45 }, 8.5);
}

export function drawNote(pen: Pen, note: Note, colours: Colours): void {
  const { x, y, width } = note;
  pen.open({ of: note.id, box: note });
  drawNoteGround(pen, note, colours);
  for (const line of noteLines(note)) {
    if (line.rule === true) pen.path(`M${x + 10} ${y + line.y}H${x + width - 10}`, { stroke: colours.line });
    for (const run of line.runs) {
      if (run.text.trim() === '') continue;
      const colour = noteTone(run.tone, colours);
      pen.text(run.text.trimEnd(), x + run.x, y + line.y, { ...run.lettering, colour });
      if (run.struck !== true) continue;
      pen.path(`M${x + run.x} ${y + line.y - 4}h${textWidth(run.text.trimEnd(), run.lettering)}`, { stroke: colour });
    }
  }
  pen.close();
}

export interface DrawOptions {
  readonly colours: Colours;
  /** Paint the canvas's colour behind everything; else the ground stays as it is. */
  readonly background: boolean;
  /** Only what touches this is drawn, in canvas pixels; absent = everything. */
  readonly region?: Rect;
}

/** Draws a picture, or what of it touches a region. What is behind comes first: areas, lines, tables and views, notes. */
export function drawDiagram(pen: Pen, picture: Picture, { colours, background, region }: DrawOptions): void {
  const seen = (box: Rect) => region === undefined || overlaps(box, region);
  if (background) pen.rect(region ?? picture.bounds, { fill: colours.canvas });
  for (const area of picture.areas) if (seen(area)) drawArea(pen, area, colours);
  for (const edge of picture.edges) if (seen(edge.box)) drawEdge(pen, edge, colours);
  for (const node of picture.nodes) if (seen(node.box)) drawNode(pen, node, colours);
  for (const note of picture.notes) if (seen(note)) drawNote(pen, note, colours);
}
