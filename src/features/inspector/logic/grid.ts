/** A cell of the grid: row and column count from 0. */
export interface Cell {
  readonly row: number;
  readonly col: number;
}

export interface GridShape {
  readonly rows: number;
  readonly cols: number;
}

/** What of a key event the grid looks at. */
export interface Pressed {
  readonly key: string;
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

/** What a key does in a grid cell that is not being edited. */
export type GridIntent =
  | { readonly does: 'focus'; readonly cell: Cell }
  | { readonly does: 'edit'; readonly text?: string }
  | { readonly does: 'toggle' }
  | { readonly does: 'move'; readonly by: -1 | 1 }
  | { readonly does: 'add' }
  | { readonly does: 'delete' }
  | { readonly does: 'expand' }
  | { readonly does: 'mark'; readonly mark: 'primary' | 'unique' | 'index' | 'mandatory' };

const MARKS: Readonly<Record<string, 'primary' | 'unique' | 'index' | 'mandatory'>> = {
  k: 'primary',
  u: 'unique',
  i: 'index',
  m: 'mandatory',
};

const PAGE = 10;

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}

function arrow(pressed: Pressed, cell: Cell, shape: GridShape): Cell | undefined {
  const { key, mod } = pressed;
  const at = (row: number, col: number): Cell => ({ row: clamp(row, shape.rows), col: clamp(col, shape.cols) });
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

/**
 * What a key means on a cell of this kind: `mark` cells show keys (letters toggle them), `flag` cells are on or off,
 * `text` cells are typed into. Undefined = the key is not the grid's.
 */
export function gridIntent(pressed: Pressed, cell: Cell, shape: GridShape, kind: 'mark' | 'flag' | 'text'): GridIntent | undefined {
  const { key, mod, alt } = pressed;
  if (alt && !mod) {
    if (key === 'ArrowUp') return { does: 'move', by: -1 };
    if (key === 'ArrowDown') return { does: 'move', by: 1 };
    if (key === 'Enter') return { does: 'expand' };
    return undefined;
  }
  if (mod && key === 'Enter') return { does: 'add' };
  const to = arrow(pressed, cell, shape);
  if (to !== undefined) return { does: 'focus', cell: to };
  if (mod) return undefined;
  if (key === 'Delete') return { does: 'delete' };
  const letter = MARKS[key.toLowerCase()];
  if (kind !== 'text' && letter !== undefined) return { does: 'mark', mark: letter };
  if (key === 'F2') return kind === 'text' ? { does: 'edit' } : undefined;
  if (key === 'Enter') return kind === 'text' ? { does: 'edit' } : kind === 'flag' ? { does: 'toggle' } : { does: 'expand' };
  if (key === ' ') return kind === 'flag' ? { does: 'toggle' } : kind === 'mark' ? { does: 'expand' } : { does: 'edit' };
  if (key === 'Backspace' && kind === 'text') return { does: 'edit', text: '' };
  if (kind === 'text' && [...key].length === 1) return { does: 'edit', text: key };
  return undefined;
}
