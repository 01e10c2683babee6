/** A cell of a grid by its place; column -1 is the name of the row. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell, or undefined for keys that lead nowhere. */
export function moved(
  at: Place,
  key: string,
  whole: boolean,
  size: { readonly rows: number; readonly columns: number; readonly page: number },
): Place | undefined {
  const row = (to: number) => Math.max(0, Math.min(size.rows - 1, to));
  const column = (to: number) => Math.max(0, Math.min(size.columns - 1, to));
  switch (key) {
    case 'ArrowDown':
      return { ...at, row: whole ? size.rows - 1 : row(at.row + 1) };
    case 'ArrowUp':
      return { ...at, row: whole ? 0 : row(at.row - 1) };
    case 'ArrowRight':
      return { ...at, column: whole ? size.columns - 1 : column(at.column + 1) };
    case 'ArrowLeft':
      return { ...at, column: whole ? 0 : column(at.column - 1) };
    case 'PageDown':
      return { ...at, row: row(at.row + size.page) };
    case 'PageUp':
      return { ...at, row: row(at.row - size.page) };
    case 'Home':
      return whole ? { row: 0, column: 0 } : { ...at, column: 0 };
    case 'End':
      return whole ? { row: row(size.rows - 1), column: column(size.columns - 1) } : { ...at, column: size.columns - 1 };
    default:
      return undefined;
  }
}
