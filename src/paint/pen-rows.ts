import type { Rect } from '#lib/grid.ts';
import { NODE } from '#model/derive/geometry.ts';
import type { Look } from '#model/derive/look.ts';
import type { Face, FaceRow } from './face.ts';
import { textWidth } from './fonts/widths.ts';
import { MARK_PATHS } from './marks.ts';
import type { Colours } from './palette.ts';
import type { Lettering, Pen, TextLook } from './pen.ts';
import { cutText, LETTERS } from './pen-text.ts';

/** What is free between name and type, and beside them, in pixels. */
const GAP = 7;
const RIGHT = 10;
/** A name keeps this much however long its type is. */
const LEAST_NAME = 24;

/** Where names begin: behind the sign, or at the border where a notation has none. */
function nameX({ level, notation }: Look): number {
  if (notation === 'barker') return 31;
  return level === 'conceptual' || notation === 'idef1x' || notation === 'uml' ? 11 : 31;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function drawSign(pen: Pen, row: FaceRow, { x, y }: Place, colours: Colours): void {
  if (row.sign !== undefined) {
    pen.text(row.sign, x + 17, y + 16.5, { ...LETTERS.name, colour: colours.ink3, anchor: 'middle' });
    return;
  }
  const colour = row.mark === 'primary' ? colours.warn : row.mark === 'foreign' ? colours.accent : colours.ink3;
  pen.path(MARK_PATHS[row.mark], { stroke: colour, width: 1.5, round: true }, { x: x + 8, y: y + 4 });
}

/** How a name and its type share a row: both shrink in the same measure where they do not fit beside each other. */
function share(name: number, type: number, room: number): readonly [name: number, type: number] {
  const over = name + type - room;
  if (over <= 0) return [name + 1, type + 1];
  const left = Math.max(LEAST_NAME, name - (over * name) / (name + type));
  return [left, Math.max(0, room - left)];
}

/** A row: sign, name, type, and what the notation puts behind them. */
function drawRow(pen: Pen, row: FaceRow, place: Place, look: Look, colours: Colours): void {
  const { x, y, width } = place;
  const uml = look.notation === 'uml';
  const start = nameX(look);
  const lettering: Lettering = row.mark === 'primary' ? LETTERS.keyName : LETTERS.name;
  const typeLook: TextLook = uml
    ? { ...LETTERS.name, colour: colours.ink2 }
    : { ...LETTERS.type, colour: colours.ink3, anchor: 'end' };
  const after = row.after ?? '';
  const afterWidth = after === '' ? 0 : textWidth(after, LETTERS.small) + GAP;
  if (start > 20) drawSign(pen, row, place, colours);
  const room = width - start - RIGHT - (row.type === '' ? 0 : uml ? 3 : GAP) - afterWidth;
  const [nameRoom, typeRoom] = share(textWidth(row.name, lettering), textWidth(row.type, typeLook), room);
  const baseline = y + 16.5;
  const nameLook = { ...lettering, colour: row.nullable ? colours.ink2 : colours.ink };
  const nameWidth = cutText(pen, row.name, x + start, baseline, nameLook, nameRoom);
  let end = x + start + nameWidth;
  if (row.type !== '') {
    const typeX = uml ? end + 3 : x + width - RIGHT - afterWidth;
    const typeWidth = cutText(pen, row.type, typeX, baseline, typeLook, typeRoom);
    end = uml ? typeX + typeWidth : x + width - RIGHT - afterWidth;
  }
  if (after !== '') pen.text(after, end + GAP, baseline, { ...LETTERS.small, colour: colours.ink3 });
}

/** Everything below a table's title: its rows, the line below its key, how many columns are not shown, what it counts. */
export function drawRows(pen: Pen, face: Face, { x, y, width, height }: Rect, colours: Colours): void {
  const top = y + NODE.border + NODE.header + (face.keyRows === 0 ? NODE.row / 2 : 0);
  const quiet: TextLook = { ...LETTERS.small, colour: colours.ink3 };
  if (face.keyRows !== undefined) {
    const line = y + NODE.border + NODE.header + (face.keyRows === 0 ? NODE.row / 2 : face.keyRows * NODE.row);
    pen.path(`M${x} ${line + 0.5}H${x + width}`, { stroke: colours.edge });
  }
  for (const [at, row] of face.rows.entries()) drawRow(pen, row, { x, y: top + at * NODE.row, width }, face.look, colours);
  if (face.more > 0) pen.text(`${face.more} more`, x + nameX(face.look), top + face.rows.length * NODE.row + 16.5, quiet);
  if (face.footer === undefined) return;
  const foot = y + height - NODE.border - NODE.footer;
  pen.path(`M${x + 1} ${foot + 0.5}H${x + width - 1}`, { stroke: colours.line });
  cutText(pen, face.footer, x + 11, foot + 16, quiet, width - 22);
}
