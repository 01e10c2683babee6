import { tablePages } from '#engine/facts/facts.ts';
import { BLOCK } from '#engine/physical/index-size.ts';
import { rowWidth } from '#engine/physical/row-width.ts';
import { recordIn } from '#model/collections.ts';
import type { Document } from '#model/types.ts';
import { hasTables, type Lens, type LensScale } from './lens.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in few letters: `120 B`, `1.2 GB`. */
export function bytesText(bytes: number): string {
  let left = bytes;
  let unit = 0;
  while (left >= 1000 && unit < UNITS.length - 1) {
    left /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && left < 10 ? 1 : 0;
  return `${left.toFixed(digits)} ${UNITS[unit]}`;
}

/** Upper ends of the steps, in bytes; the last step has none. */
const TABLE_BYTES = [1e6, 1e8, 1e10, 1e12];
const ROW_BYTES = [64, 128, 256, 1024];

const stepOf = (value: number, ends: readonly number[]) => {
  const at = ends.findIndex((end) => value < end);
  return at < 0 ? ends.length : at;
};

const known = new WeakMap<Document['tables'], boolean>();

/** Whether any table declares how many rows it has. */
function someRows({ tables }: Document): boolean {
  let some = known.get(tables);
  if (some === undefined) {
    some = Object.values(tables).some((table) => table.facts?.rows !== undefined);
    known.set(tables, some);
  }
  return some;
}

function scaleOf(ends: readonly number[], labels: readonly string[], note: string): LensScale {
  return {
    palette: 'ordered',
    note,
    steps: [...ends, 0].map((_, at) => ({ label: labels[at] ?? '', sign: String(at + 1), tone: at })),
  };
}

const BY_TABLE = scaleOf(
  TABLE_BYTES,
  ['under 1 MB', 'under 100 MB', 'under 10 GB', 'under 1 TB', '1 TB and more'],
  'Blocks that the rows declared take, as a server measured them or by the estimated width of a row; without indexes. Tables that declare no rows stay grey.',
);
const BY_ROW = scaleOf(
  ROW_BYTES,
  ['under 64 B a row', 'under 128 B', 'under 256 B', 'under 1 kB', '1 kB and more'],
  'Only the width of a row is estimated: no table declares how many rows it has.',
);

/** How much each table stores, as far as its types and declared facts tell. */
export const sizeLens: Lens = {
  id: 'size',
  label: 'Size',
  icon: 'Database',
  key: '5',
  available: hasTables,
  scale: ({ document }) => (someRows(document) ? BY_TABLE : BY_ROW),
  read: ({ document }) => {
    const declared = someRows(document);
    return (id) => {
      const table = recordIn(document, 'tables', id);
      if (table === undefined) return undefined;
      const { bytes } = rowWidth(document, table);
      if (!declared) return { step: stepOf(bytes, ROW_BYTES), mark: bytesText(bytes), says: `about ${bytesText(bytes)} a row` };
      const rows = table.facts?.rows;
      if (rows === undefined) return undefined;
      const all = tablePages(document, table, rows) * BLOCK;
      const text = bytesText(all);
      return { step: stepOf(all, TABLE_BYTES), mark: text, says: `about ${text} in ${rows.toLocaleString('en')} rows` };
    };
  },
};
