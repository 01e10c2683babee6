import type { Column } from '../column-types.ts';
import type { Note, Placement } from '../layout-types.ts';
import type { Document, Id, Table, View } from '../types.ts';
import { type ChenFigure, chenFigure } from './chen.ts';
import { columnsOf } from './columns.ts';
import { linksOf } from './links.ts';
import { type Look, lookOf } from './look.ts';
import { typeName } from './type-name.ts';

/** Measures of a table node at zoom 1, in pixels. Nothing on the canvas is measured: sizes follow from these. */
export const NODE = { header: 34, row: 24, footer: 24, border: 1, minWidth: 168, maxWidth: 340, maxRows: 40 } as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Advance widths, in pixels: Inter 12.5 px (average of lower case letters) and JetBrains Mono 11.5 px. */
const NAME_ADVANCE = 6.9;
const TITLE_ADVANCE = 7.4;
const CAPITAL_ADVANCE = 9.4;
const TYPE_ADVANCE = 7;
const ROW_PADDING = 60;
/** Room beside a title for the normal-form badge and the finding count. */
const HEADER_PADDING = 116;

const memo = new WeakMap<object, { readonly types: unknown; readonly look: string; readonly size: Size }>();

/** Letters beside a name that the notation may add, such as `(FK)`. */
const SIGNS: Readonly<Record<Look['notation'], number>> = {
  'crows-foot': 0,
  'min-max': 0,
  barker: 0,
  idef1x: 6,
  uml: 6,
  chen: 0,
};

/** Rows a node shows: all, or the first ones and one that says how many more there are. */
export function shownColumns(columns: readonly Column[]): readonly Column[] {
  return columns.length > NODE.maxRows ? columns.slice(0, NODE.maxRows - 1) : columns;
}

/** Whether a node ends with a line that counts indexes, checks, policies and partitions. */
export function hasFooter(table: Table): boolean {
  return table.indexes.length + table.checks.length + table.policies.length > 0 || table.partitioning !== undefined;
}

function clampWidth(width: number): number {
  return Math.round(Math.min(NODE.maxWidth, Math.max(NODE.minWidth, width)) / 4) * 4;
}

/** Where the notation has an area for the key (IDEF1X): how many of the columns stand in it. */
export function keyRows(document: Document, table: Table, columns: readonly Column[]): number | undefined {
  const { level, notation } = lookOf(document);
  if (notation !== 'idef1x' || level === 'conceptual') return undefined;
  const primary = new Set(table.keys.find((key) => key.kind === 'primary')?.columns ?? []);
  return columns.filter((column) => primary.has(column.id)).length;
}

/** The columns that take part in a key, the table's own or that of another; all where the diagram shows all. */
function detailed(document: Document, table: Table): readonly Column[] {
  const columns = columnsOf(document, table);
  if (lookOf(document).detail !== 'keys') return columns;
  const inKey = new Set(table.keys.find((key) => key.kind === 'primary')?.columns ?? []);
  for (const one of linksOf(document).byChild.get(table.id) ?? []) for (const id of one.childColumns) inKey.add(id);
  return columns.filter((column) => inKey.has(column.id));
}

/** Whether only the name of a table is shown: it is folded, or the diagram shows no more of any. */
export function isFolded(document: Document, place: Placement | undefined): boolean {
  return place?.collapsed === true || lookOf(document).detail === 'names';
}

/** The columns of a table in the order of its rows: where the notation has an area for the key, that comes first. */
export function columnsInRows(document: Document, table: Table): readonly Column[] {
  const columns = detailed(document, table);
  if (keyRows(document, table, columns) === undefined) return columns;
  const primary = new Set(table.keys.find((key) => key.kind === 'primary')?.columns ?? []);
  return [...columns.filter((column) => primary.has(column.id)), ...columns.filter((column) => !primary.has(column.id))];
}

const figures = new WeakMap<Table, { readonly needs: readonly unknown[]; readonly figure: ChenFigure }>();

/** The table as an entity of Chen's notation; undefined when that is not what the diagram shows. */
export function chenOf(document: Document, table: Table): ChenFigure | undefined {
  if (lookOf(document).notation !== 'chen') return undefined;
  const links = linksOf(document);
  const around = [links.byChild.get(table.id), links.byParent.get(table.id)];
  const needs = [document.types, document.attributes, ...around, table.inherits === undefined ? undefined : document.tables];
  const known = figures.get(table);
  if (known?.needs.every((one, at) => one === needs[at]) === true) return known.figure;
  const several = Object.values(document.attributes).flatMap((one) => (one.entity === table.id ? [one.column] : []));
  const figure = chenFigure(document, table, columnsOf(document, table), new Set(several));
  figures.set(table, { needs, figure });
  return figure;
}

function rowsHeight(document: Document, table: Table, columns: readonly Column[]): number {
  const { level, notation, detail } = lookOf(document);
  // An entity of the concept may have nothing but its name, and a table no column in a key.
  const bare = level === 'conceptual' || (detail === 'keys' && columnsOf(document, table).length > 0);
  const least = bare ? 0 : 1;
  const rows = Math.max(least, Math.min(columns.length, NODE.maxRows)) * NODE.row;
  if (notation === 'uml') return Math.max(rows, NODE.row / 2);
  if (notation !== 'idef1x') return rows;
  // Both areas of an IDEF1X box are there, if empty.
  const inKey = keyRows(document, table, columns);
  const empty = inKey === undefined ? (columns.length === 0 ? 1 : 0) : (inKey === 0 ? 1 : 0) + (inKey === columns.length ? 1 : 0);
  return Math.min(columns.length, NODE.maxRows) * NODE.row + empty * (NODE.row / 2);
}

/** Size of a table's node, from its text alone. A table without columns keeps one row that invites to add one. */
export function tableSize(document: Document, table: Table, folded = false): Size {
  const figure = chenOf(document, table);
  const { level, notation, detail } = lookOf(document);
  const collapsed = folded || detail === 'names';
  if (figure !== undefined) return collapsed ? figure.entity : { width: figure.width, height: figure.height };
  const look = `${level} ${notation}`;
  const inherits = table.partitionOf !== undefined || table.inherits !== undefined;
  // Which columns are in keys is a matter of other records too.
  const known = collapsed || inherits || detail === 'keys' ? undefined : memo.get(table);
  if (known?.types === document.types && known.look === look) return known.size;
  const columns = collapsed ? [] : detailed(document, table);
  // Barker writes names in capitals.
  const letter = notation === 'barker' && level !== 'physical' ? CAPITAL_ADVANCE : TITLE_ADVANCE;
  let width = table.name.length * letter + HEADER_PADDING;
  for (const column of columns) {
    const type = level === 'conceptual' ? 0 : (typeName(document, column.type).length + 1) * TYPE_ADVANCE;
    const row = (column.name.length + SIGNS[notation]) * NAME_ADVANCE + type + ROW_PADDING;
    if (row > width) width = row;
  }
  const footer = !collapsed && hasFooter(table) ? NODE.footer : 0;
  const size = {
    width: clampWidth(width),
    height: NODE.header + (collapsed ? 0 : rowsHeight(document, table, columns)) + footer + 2 * NODE.border,
  };
  if (!collapsed && !inherits && detail !== 'keys') memo.set(table, { types: document.types, look, size });
  return size;
}

/** Size of a view's node: a header and a line that says what it is. */
export function viewSize(view: View): Size {
  const width = clampWidth(view.name.length * TITLE_ADVANCE + 64);
  return { width, height: NODE.header + NODE.row + 2 * NODE.border };
}

/** Distance of a row's top from the top of its node, rows counted in the order they are shown. */
export function rowTop(document: Document, table: Table, at: number): number {
  const inKey = keyRows(document, table, columnsOf(document, table));
  const gap = inKey === 0 ? NODE.row / 2 : 0;
  return NODE.border + NODE.header + gap + at * NODE.row;
}

/** Vertical middle of a column's row, measured from the node's top; the last row stands for columns not shown. */
export function rowMiddle(document: Document, table: Table, column: Id | undefined, folded = false): number {
  const collapsed = folded || lookOf(document).detail === 'names';
  const figure = chenOf(document, table);
  if (figure !== undefined) return collapsed ? figure.entity.height / 2 : figure.entity.y + figure.entity.height / 2;
  const header = NODE.border + NODE.header / 2;
  if (column === undefined || collapsed) return header;
  const columns = columnsInRows(document, table);
  const shown = shownColumns(columns);
  let at = shown.findIndex((one) => one.id === column);
  if (at < 0) at = columns.some((one) => one.id === column) ? shown.length : -1;
  return at < 0 ? header : rowTop(document, table, at) + NODE.row / 2;
}

/** Size of the node of a table, view or note. */
export function nodeSize(document: Document, object: Table | View | Note, collapsed = false): Size {
  if ('text' in object) return { width: object.width, height: object.height };
  return 'query' in object ? viewSize(object) : tableSize(document, object, collapsed);
}
