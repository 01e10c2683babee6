export { reorderColumns, transferColumns } from './do-transfer.ts';
export { EDITORS, GhostEditor } from './editors.tsx';
export {
  CELLS,
  type Cell,
  type CellName,
  columnAtRow,
  type GridIntent,
  type Leave,
  NAME_COL,
  rowOfColumn,
} from './grid.ts';
export { type ColumnGridModel, selectedOf } from './grid-model.ts';
export { useColumnGrid } from './use-column-grid.ts';
