export { addTyped, toggleMarks } from './commands.ts';
export { askTransfer, reorderColumns, transferColumns } from './do-transfer.ts';
export { EDITORS, GhostEditor } from './editors.tsx';
export {
  CELLS,
  type Cell,
  type CellName,
  columnAtRow,
  type GridIntent,
  ghostRow,
  gridIntent,
  KIND,
  type Leave,
  landing,
  NAME_COL,
  rowOfColumn,
  settle,
} from './grid.ts';
export { type ColumnGridModel, selectedOf } from './grid-model.ts';
export { pasteColumns } from './paste.ts';
export { useColumnGrid } from './use-column-grid.ts';
