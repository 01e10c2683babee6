import type { ColumnFact, FactCell, TableFact } from '#engine/facts/cells.ts';
import type { GridColumn } from './grid-types.ts';

/** Why a fact is what it is, in a sentence; undefined where there is nothing to say. */
export function cellReason({ guess, declared, source, shown, later }: FactCell): string | undefined {
  if (later !== undefined) return later.replace(/^[a-z]/, (first) => first.toUpperCase());
  if (guess !== undefined) return `Guess: ${guess}`;
  if (declared) return source === undefined ? 'Declared' : `From ${source}`;
  return shown === '' ? undefined : 'Given by its type';
}

export const TABLE_COLUMNS: readonly GridColumn<TableFact>[] = [
  { key: 'rows', head: 'Rows', title: 'How many rows: 2M, 1.5e6, 250,000', width: 76 },
  { key: 'growth', head: 'Growth', title: 'Rows that are added a month: 200k', width: 92 },
  { key: 'bytes', head: 'Size', title: 'Bytes of its rows, without indexes: 40 GB', width: 76 },
];

export const COLUMN_COLUMNS: readonly GridColumn<ColumnFact>[] = [
  { key: 'distinct', head: 'Distinct', title: 'Different values: 12k, 50 % of the rows, unique', width: 96 },
  { key: 'nullFraction', head: 'NULL', title: 'Share of rows without a value: 10 %', width: 60 },
  { key: 'averageWidth', head: 'Width', title: 'Bytes of a value on average', width: 78 },
  {
    key: 'correlation',
    head: 'Correl.',
    title: 'How values follow the order of the rows: 1 rise with them, 0 no order, -1 fall',
    width: 62,
  },
  { key: 'min', head: 'Smallest', title: 'Smallest value', width: 84, left: true },
  { key: 'max', head: 'Largest', title: 'Largest value', width: 84, left: true },
  {
    key: 'common',
    head: 'Common values',
    title: 'Frequent values with their share of all rows: open 60 %; paid 35 %',
    width: 150,
    left: true,
  },
  {
    key: 'bounds',
    head: 'Histogram',
    title: 'Ascending values between which lie equal shares of the other rows: 1; 10; 100',
    width: 88,
    left: true,
  },
];

/** What a fact is called. */
export function factHead(fact: TableFact | ColumnFact): string {
  return [...TABLE_COLUMNS, ...COLUMN_COLUMNS].find((one) => one.key === fact)?.head ?? fact;
}

/** Names one after the other, the first few of many. */
export function namesText(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${(names.length - most).toLocaleString('en')} more` : shown;
}
