/** A cell of the grid: row and column count from 0. */
export interface Cell {
  readonly row: number;
  readonly col: number;
}

/** The cells of a row, in order. */
export const CELLS = ['marks', 'name', 'type', 'null', 'default'] as const;
export type CellName = (typeof CELLS)[number];
export type CellKind = 'mark' | 'text' | 'flag';

/** `mark` cells show keys (letters toggle them), `flag` cells are on or off, `text` cells are typed into. */
export const KIND: Readonly<Record<CellName, CellKind>> = {
  marks: 'mark',
  name: 'text',
  type: 'text',
  null: 'flag',
  default: 'text',
};

/** The column of the grid in which a new column is typed. */
export const NAME_COL = CELLS.indexOf('name');

export interface GridShape {
  /** All rows: a column each, and the ghost row in which a new column is typed. */
  readonly rows: number;
  /** 4 where there is no room for the default. */
  readonly cols: number;
  /** The ghost row; undefined in a grid that takes none. */
  readonly ghost?: number | undefined;
}

/** What of a key event the grid looks at. */
export interface Pressed {
  readonly key: string;
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

export type Mark = 'primary' | 'unique' | 'index' | 'mandatory';

/** What a key does on a cell that has the focus and is not being typed into. (WAI-ARIA grid: navigation mode.) */
export type GridIntent =
  | { readonly does: 'focus'; readonly cell: Cell }
  /** The same, and the rows on the way are selected. */
  | { readonly does: 'extend'; readonly cell: Cell }
  | { readonly does: 'edit'; readonly text?: string }
  | { readonly does: 'toggle' }
  | { readonly does: 'move'; readonly by: -1 | 1 }
  | { readonly does: 'add' }
  | { readonly does: 'delete' }
  | { readonly does: 'expand' }
  | { readonly does: 'select-all' }
  | { readonly does: 'leave' }
  | { readonly does: 'mark'; readonly mark: Mark };

const MARKS: Readonly<Record<string, Mark>> = { k: 'primary', u: 'unique', i: 'index', m: 'mandatory' };

const PAGE = 10;

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}

/** A cell that can have the focus: the ghost row has one only. */
export function settle(cell: Cell, shape: GridShape): Cell {
  const row = clamp(cell.row, shape.rows);
  return { row, col: row === shape.ghost ? NAME_COL : clamp(cell.col, shape.cols) };
}

function arrow(pressed: Pressed, cell: Cell, shape: GridShape): Cell | undefined {
  const { key, mod } = pressed;
  const at = (row: number, col: number): Cell => settle({ row, col }, shape);
  switch (key) {
    case 'ArrowUp':
      return at(mod ? 0 : cell.row - 1, cell.col);
    case 'ArrowDown':
      return at(mod ? shape.rows - 1 : cell.row + 1, cell.col);
    case 'ArrowLeft':
      return at(cell.row, mod ? 0 : cell.col - 1);
    case 'ArrowRight':
      return at(cell.row, mod ? shape.cols - 1 : cell.col + 1);
    case 'Home':
      return at(mod ? 0 : cell.row, 0);
    case 'End':
      return at(mod ? shape.rows - 1 : cell.row, shape.cols - 1);
    case 'PageUp':
      return at(cell.row - PAGE, cell.col);
    case 'PageDown':
      return at(cell.row + PAGE, cell.col);
    default:
      return undefined;
  }
}

/** On the ghost row one types a name; nothing else can be done to what is not there. */
function ghostIntent({ key, mod }: Pressed): GridIntent | undefined {
  if (mod) return key === 'Enter' ? { does: 'edit' } : undefined;
  if (key === 'Enter' || key === 'F2') return { does: 'edit' };
  return [...key].length === 1 && key !== ' ' ? { does: 'edit', text: key } : undefined;
}

function altIntent({ key }: Pressed): GridIntent | undefined {
  if (key === 'ArrowUp') return { does: 'move', by: -1 };
  if (key === 'ArrowDown') return { does: 'move', by: 1 };
  return key === 'Enter' ? { does: 'expand' } : undefined;
}

function typedIntent(key: string, kind: CellKind): GridIntent | undefined {
  const letter = Object.hasOwn(MARKS, key.toLowerCase()) ? MARKS[key.toLowerCase()] : undefined;
  if (kind !== 'text' && letter !== undefined) return { does: 'mark', mark: letter };
  if (key === 'F2') return kind === 'text' ? { does: 'edit' } : undefined;
  if (key === 'Enter') return kind === 'text' ? { does: 'edit' } : kind === 'flag' ? { does: 'toggle' } : { does: 'expand' };
  if (key === ' ') return kind === 'flag' ? { does: 'toggle' } : kind === 'mark' ? { does: 'expand' } : { does: 'edit' };
  if (key === 'Backspace' && kind === 'text') return { does: 'edit', text: '' };
  return kind === 'text' && [...key].length === 1 ? { does: 'edit', text: key } : undefined;
}

/** What a key means on a cell in navigation mode. Undefined = the key is not the grid's. */
export function gridIntent(pressed: Pressed, cell: Cell, shape: GridShape, kind: CellKind): GridIntent | undefined {
  const { key, mod, alt, shift } = pressed;
  const ghost = cell.row === shape.ghost;
  if (alt && !mod) return ghost ? undefined : altIntent(pressed);
  if (mod && key === 'Enter') return ghost ? { does: 'edit' } : { does: 'add' };
  const to = arrow(pressed, cell, shape);
  if (to !== undefined) return { does: shift && to.row !== cell.row ? 'extend' : 'focus', cell: to };
  if (key === 'Escape') return { does: 'leave' };
  if (mod) return key.toLowerCase() === 'a' && !shift ? { does: 'select-all' } : undefined;
  if (ghost) return ghostIntent(pressed);
  return key === 'Delete' ? { does: 'delete' } : typedIntent(key, kind);
}

/** How a cell being edited is left. */
export type Leave = 'down' | 'up' | 'next' | 'previous' | 'below' | 'stay' | 'gone';

/** What a key means while a cell is typed into. Undefined = the key is the text's. (WAI-ARIA grid: editing mode.) */
export function editIntent({ key, mod, shift, alt }: Pressed): Leave | undefined {
  if (alt) return undefined;
  if (key === 'Tab' && !mod) return shift ? 'previous' : 'next';
  if (key === 'Enter') return mod ? 'below' : shift ? 'up' : 'down';
  return key === 'Escape' && !mod ? 'stay' : undefined;
}

/** Where the focus is after a cell was left, and whether it is being edited there. Undefined = out of the grid. */
export interface Landing {
  readonly cell: Cell;
  readonly editing: boolean;
  /** The ghost row moves here first: right below a row. */
  readonly ghostBelow?: number;
}

/** The next or previous cell that Tab goes through in editing mode, over the ends of rows: all but the keys. */
function tabStop(from: Cell, by: 1 | -1, shape: GridShape): Cell | undefined {
  for (let at = from.row * shape.cols + from.col + by; at >= 0 && at < shape.rows * shape.cols; at += by) {
    const cell = { row: Math.floor(at / shape.cols), col: at % shape.cols };
    const name = CELLS[cell.col];
    if (name === undefined || KIND[name] === 'mark') continue;
    if (cell.row !== shape.ghost || cell.col === NAME_COL) return cell;
  }
  return undefined;
}

/**
 * Where one lands after leaving a cell whose text was taken (or that was called off).
 * @param shape of the grid as it is after that.
 * @param cell where the cell is after that.
 */
export function landing(how: Leave, cell: Cell, shape: GridShape): Landing | undefined {
  const row = cell.row;
  if (how === 'gone') return undefined;
  if (how === 'below') return { cell: { row: row + 1, col: NAME_COL }, editing: true, ghostBelow: row };
  if (how === 'next' || how === 'previous') {
    const to = tabStop(cell, how === 'next' ? 1 : -1, shape);
    return to === undefined ? { cell, editing: false } : { cell: to, editing: true };
  }
  const by = how === 'down' ? 1 : how === 'up' ? -1 : 0;
  return { cell: settle({ row: row + by, col: cell.col }, shape), editing: false };
}

/** Row of the ghost among a table's columns: under the column it was opened below, else last. */
export function ghostRow(columns: readonly { readonly id: string }[], below: string | undefined): number {
  const at = below === undefined ? -1 : columns.findIndex((one) => one.id === below);
  return at < 0 ? columns.length : at + 1;
}

/** The column's index behind a row; undefined = the ghost row. */
export function columnAtRow(row: number, ghost: number): number | undefined {
  return row === ghost ? undefined : row > ghost ? row - 1 : row;
}

/** The row that shows a column. */
export function rowOfColumn(column: number, ghost: number): number {
  return column >= ghost ? column + 1 : column;
}
