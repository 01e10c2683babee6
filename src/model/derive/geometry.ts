import type { Column } from '../column-types.ts';
import type { Document, Id, Table, View } from '../types.ts';
import { columnsOf } from './columns.ts';
import { typeName } from './type-name.ts';

/** Measures of a table node at zoom 1, in pixels. Nothing on the canvas is measured: sizes follow from these. */
export const NODE = { header: 34, row: 24, footer: 24, minWidth: 168, maxWidth: 340, maxRows: 40 } as const;

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
const TYPE_ADVANCE = 7;
const ROW_PADDING = 56;
const HEADER_PADDING = 104;

const memo = new WeakMap<object, { readonly types: unknown; readonly size: Size }>();

/** Rows a node shows: all, or the first {@link NODE.maxRows} and one that says how many more there are. */
export function shownColumns(columns: readonly Column[]): readonly Column[] {
  return columns.length > NODE.maxRows ? columns.slice(0, NODE.maxRows - 1) : columns;
}

function hasFooter(table: Table): boolean {
  return table.indexes.length + table.checks.length + table.policies.length > 0 || table.partitioning !== undefined;
}

/** Size of a table's node, from its text alone. */
export function tableSize(document: Document, table: Table, collapsed = false): Size {
  const inherits = table.partitionOf !== undefined || table.inherits !== undefined;
  const known = collapsed || inherits ? undefined : memo.get(table);
  if (known?.types === document.types) return known.size;
  const columns = collapsed ? [] : columnsOf(document, table);
  let width = table.name.length * NAME_ADVANCE + HEADER_PADDING;
  for (const column of columns) {
    const row = column.name.length * NAME_ADVANCE + (typeName(document, column.type).length + 1) * TYPE_ADVANCE + ROW_PADDING;
    if (row > width) width = row;
  }
  const rows = Math.min(columns.length, NODE.maxRows);
  const size = {
    width: Math.round(Math.min(NODE.maxWidth, Math.max(NODE.minWidth, width)) / 4) * 4,
    height: NODE.header + rows * NODE.row + (!collapsed && hasFooter(table) ? NODE.footer : 0) + 2,
  };
  if (!collapsed && !inherits) memo.set(table, { types: document.types, size });
  return size;
}

/** Size of a view's node: a header and a line that says what it is. */
export function viewSize(view: View): Size {
  const width = Math.min(NODE.maxWidth, Math.max(NODE.minWidth, view.name.length * NAME_ADVANCE + HEADER_PADDING));
  return { width: Math.round(width / 4) * 4, height: NODE.header + NODE.row + 2 };
}

/** Vertical middle of a column's row, measured from the node's top; the last row stands for columns not shown. */
export function rowMiddle(document: Document, table: Table, column: Id): number {
  const columns = columnsOf(document, table);
  const shown = shownColumns(columns);
  const at = shown.findIndex((one) => one.id === column);
  const row = at >= 0 ? at : columns.some((one) => one.id === column) ? shown.length : -0.5;
  return NODE.header + row * NODE.row + NODE.row / 2;
}
