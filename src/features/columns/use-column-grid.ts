import { useEffect, useReducer, useState } from 'react';
import { ColumnGridModel, type ColumnGridOptions } from './grid-model.ts';

/** A grid of a table's columns that lives as long as the component; it is drawn anew when its state changes. */
export function useColumnGrid(options: ColumnGridOptions): ColumnGridModel {
  const [, render] = useReducer((count: number) => count + 1, 0);
  const [grid] = useState(() => new ColumnGridModel(options, render));
  grid.options = options;
  useEffect(() => grid.settleFocus());
  return grid;
}
