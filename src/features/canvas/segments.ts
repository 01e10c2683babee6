import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import { viewStore } from '#state/view.ts';
import { bendSegment, type Segment, segmentsOf } from './bends.ts';
import { edgeView } from './edge-view.ts';
import { setBends } from './edits.ts';
import { overlayStore } from './overlay.ts';
import { stage } from './stage.ts';

/** How far a key moves a part of a line, in canvas pixels: to the next lane. */
const STEP = 8;

/** The one selected relationship. */
function chosenRelationship(): Id | undefined {
  const { selection } = viewStore.getState();
  const id = selection.length === 1 ? selection[0]?.record : undefined;
  return id !== undefined && recordIn(stage.scene.document, 'relationships', id) !== undefined ? id : undefined;
}

/** Number of the part of a line that keys act on, once one was chosen. */
export function partOf(line: Id): number | undefined {
  const { part } = overlayStore.getState();
  return part?.line === line ? part.at : undefined;
}

interface Chosen {
  readonly id: Id;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly parts: readonly Segment[];
  /** Which part keys act on. */
  readonly at: number;
}

/** The parts of the selected relationship's line that can be moved; undefined when there are none in sight. */
function chosenParts(): Chosen | undefined {
  const id = chosenRelationship();
  if (id === undefined || stage.far) return undefined;
  // An edit of a moment ago may not be drawn yet.
  edgeView.rest();
  const shape = edgeView.shapeOf(id);
  const parts = shape === undefined || shape.stub ? [] : segmentsOf(shape.points);
  if (shape === undefined || parts.length === 0) return undefined;
  return { id, points: shape.points, parts, at: Math.min(partOf(id) ?? 0, parts.length - 1) };
}

export function hasParts(): boolean {
  return chosenParts() !== undefined;
}

/** Lets keys act on the next or previous part of the line. */
export function nextPart(by: 1 | -1): void {
  const chosen = chosenParts();
  if (chosen === undefined) return;
  const { id, at, parts } = chosen;
  const next = partOf(id) === undefined ? at : (at + by + parts.length) % parts.length;
  overlayStore.setState({ part: { line: id, at: next } });
}

/** Moves a part of the selected line across; the one that keys act on, or the longest that can go that way. False when none can. */
export function movePart(dx: number, dy: number): boolean {
  const chosen = chosenParts();
  if (chosen === undefined) return false;
  const { id, points, parts } = chosen;
  const vertical = dx !== 0;
  let part = parts[chosen.at];
  if (part?.vertical !== vertical) {
    const length = ({ index }: Segment) => {
      const [a, b] = [points[index], points[index + 1]];
      return a === undefined || b === undefined ? 0 : Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    };
    part = parts.filter((one) => one.vertical === vertical).sort((a, b) => length(b) - length(a))[0];
  }
  // Arrow keys belong to the line while it is selected, even where it has no part that goes this way.
  if (part === undefined) return true;
  overlayStore.setState({ part: { line: id, at: parts.indexOf(part) } });
  const to = { x: part.middle.x + dx * STEP, y: part.middle.y + dy * STEP };
  setBends(id, bendSegment(points, part, to));
  return true;
}
