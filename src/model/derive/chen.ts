import type { Column } from '../column-types.ts';
import type { Document, Id, Table } from '../types.ts';
import { endsOf } from './ends.ts';
import { linksOf } from './links.ts';

/** An attribute's ellipse, in pixels from the node's top left corner, with the line that joins it to its entity. */
export interface Ellipse {
  /** Absent = it stands for attributes not shown. */
  readonly column?: Id;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly join: readonly { readonly x: number; readonly y: number }[];
  /** Part of the entity's key; of a weak entity the partial key. */
  readonly key?: 'whole' | 'partial';
  readonly multivalued?: boolean;
  readonly derived?: boolean;
}

/** An entity in Chen's notation: a rectangle with its attributes round it. */
export interface ChenFigure {
  readonly width: number;
  readonly height: number;
  readonly entity: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly weak: boolean;
  readonly ellipses: readonly Ellipse[];
}

const LETTER = 6.7;
const TITLE = 7.6;
const RY = 14;
const GAP = 14;
const RISE = 30;
const ENTITY_HEIGHT = 44;
/** Distance that lines to an entity keep, so that what stands at their ends stays apart. */
const LINE_GAP = 17;
const INNER = 4;
/** Both sides of the entity, two rows each, the outer one standing in the gaps of the inner one. */
const MOST = 2 * (INNER + INNER + 1);

/** Whether a table cannot identify its rows without another's: it is the child of an identifying relationship. */
export function isWeak(document: Document, table: Table): boolean {
  return (linksOf(document).byChild.get(table.id) ?? []).some((one) => endsOf(document, one).identifying);
}

interface Shown {
  readonly column?: Column;
  readonly text: string;
}

function shownAttributes(columns: readonly Column[]): Shown[] {
  if (columns.length <= MOST) return columns.map((column) => ({ column, text: column.name }));
  const first = columns.slice(0, MOST - 1).map((column) => ({ column, text: column.name }));
  return [...first, { text: `${columns.length - first.length} more` }];
}

interface Row {
  readonly all: readonly Shown[];
  /** -1 above the entity, 1 below. */
  readonly side: 1 | -1;
  readonly outer: boolean;
}

/** Above and below in turn, so that few attributes stay near; the outer rows take what the inner ones have no room for. */
function rowsOf(all: readonly Shown[]): Row[] {
  const perSide = Math.ceil(all.length / 2);
  const sides = [all.slice(0, perSide), all.slice(perSide)] as const;
  return sides.flatMap((list, at) => {
    const side = at === 0 ? -1 : 1;
    return [
      { all: list.slice(0, INNER), side, outer: false } as const,
      { all: list.slice(INNER), side, outer: true } as const,
    ].filter((row) => row.all.length > 0);
  });
}

function half(text: string): number {
  return Math.round(Math.min(66, Math.max(30, (text.length * LETTER + 26) / 2)));
}

/**
 * How an entity is drawn in Chen's notation. Everything follows from the names: nothing is measured.
 * @param multivalued ids of columns of which there may be several.
 */
export function chenFigure(document: Document, table: Table, columns: readonly Column[], multivalued: ReadonlySet<Id>): ChenFigure {
  const rows = rowsOf(shownAttributes(columns));
  const wide = Math.max(30, ...rows.flatMap((row) => row.all.map((one) => half(one.text))));
  const pitch = 2 * wide + GAP;
  const spans = rows.map((row) => {
    const inner = rows.find((one) => one.side === row.side && !one.outer)?.all.length ?? 0;
    // The outer row stands in the gaps of the inner one, the two outermost included.
    return row.outer ? (inner + 1) * pitch : row.all.length * pitch;
  });
  const entityWidth = Math.round(Math.min(240, Math.max(104, table.name.length * TITLE + 36)) / 4) * 4;
  const width = Math.ceil(Math.max(entityWidth, ...spans) / 4) * 4;
  const rise = (side: 1 | -1) => {
    const here = rows.filter((row) => row.side === side);
    return here.length === 0 ? 0 : RISE + 2 * RY + (here.length > 1 ? GAP + 2 * RY : 0);
  };
  const top = rise(-1);
  const links = linksOf(document);
  const lines = (links.byChild.get(table.id)?.length ?? 0) + (links.byParent.get(table.id)?.length ?? 0);
  // Lines meet two sides; rarely do more than four of five meet the same one.
  const high = Math.min(240, Math.max(ENTITY_HEIGHT, (Math.ceil(lines * 0.8) + 1) * LINE_GAP));
  const height = top + high + rise(1);
  const entity = { x: (width - entityWidth) / 2, y: top, width: entityWidth, height: high };
  const weak = isWeak(document, table);
  const key = new Set(table.keys.find((one) => one.kind === 'primary')?.columns ?? []);
  const ellipses = rows.flatMap((row, at) => rowEllipses(row, { width, pitch, rx: wide, entity, span: spans[at] as number }));
  return {
    width,
    height,
    entity,
    weak,
    ellipses: ellipses.map(({ column, ...one }) => ({
      ...one,
      ...(column === undefined ? {} : { column: column.id }),
      ...(column !== undefined && key.has(column.id) ? { key: weak ? ('partial' as const) : ('whole' as const) } : {}),
      ...(column !== undefined && multivalued.has(column.id) ? { multivalued: true } : {}),
      ...(column?.generated === undefined ? {} : { derived: true }),
    })),
  };
}

interface Measures {
  readonly width: number;
  readonly pitch: number;
  readonly rx: number;
  readonly entity: ChenFigure['entity'];
  readonly span: number;
}

type Placed = Omit<Ellipse, 'column' | 'key' | 'multivalued' | 'derived'> & { readonly column?: Column };

function rowEllipses({ all, side, outer }: Row, { width, pitch, rx, entity, span }: Measures): Placed[] {
  const edge = side < 0 ? entity.y : entity.y + entity.height;
  const y = edge + side * (RISE + RY + (outer ? 2 * RY + GAP : 0));
  const left = (width - span) / 2 + pitch / 2;
  // In the middle of the gaps where there are fewer than gaps.
  const skip = outer ? Math.floor((span / pitch - all.length) / 2) : 0;
  return all.map((one, at) => {
    const x = left + (at + skip) * pitch;
    const share = (x - (width - span) / 2) / span;
    const foot = { x: Math.round(entity.x + 10 + share * (entity.width - 20)), y: edge };
    const joint = { x, y: y - side * RY };
    const bend = { x, y: edge + side * RISE };
    const join = outer ? [joint, bend, foot] : [joint, foot];
    return { ...(one.column === undefined ? {} : { column: one.column }), text: one.text, x, y, rx, ry: RY, join };
  });
}
