import type { TableRates } from '#engine/workload/rates.ts';
import { figure, shortFigure } from '#lib/figures.ts';
import type { Document } from '#model/types.ts';
import { ratesOf } from '#state/workload-rates.ts';
import type { Lens, LensScale, Reading } from './lens.ts';

/** Upper ends of the steps, in statements an hour, each a hundred times the one before; the last step has none. */
const ENDS = [1, 100, 10_000, 1_000_000];
/** Upper ends where nobody said how often queries run: they are counted. */
const QUERIES = [1, 2, 4, 8];

/** What stands behind the mark of a table that is written at least as often as it is read. */
export const WRITTEN = '✎';

const writesOf = ({ inserts, updates, deletes }: TableRates) => inserts + updates + deletes;

/** Whether any rate is known. */
function isRated(document: Document): boolean {
  return Object.values(document.queries).some(({ callsPerHour = 0 }) => callsPerHour > 0);
}

const BY_RATE: LensScale = {
  palette: 'ordered',
  note: `Reads and writes an hour; each step is a hundred times the one before. ${WRITTEN}: written as often as read, or more.`,
  steps: ['Hardly touched', 'up to 100 an hour', 'up to 10,000 an hour', 'up to 1 million an hour', 'over 1 million an hour'].map(
    (label, tone) => ({
      label,
      sign: String(tone),
      tone,
    }),
  ),
};

const BY_QUERIES: LensScale = {
  palette: 'ordered',
  note: `Nobody said how often queries run: they are counted. ${WRITTEN}: as many write as read, or more.`,
  steps: ['No query', '1 query', '2 or 3 queries', '4 to 7 queries', '8 queries and more'].map((label, tone) => ({
    label,
    sign: String(tone),
    tone,
  })),
};

const stepOf = (value: number, ends: readonly number[]) => {
  const at = ends.findIndex((end) => value < end);
  return at < 0 ? ends.length : at;
};

function reading(reads: number, writes: number, ends: readonly number[], says: string, unit: string): Reading {
  const written = writes > 0 && writes >= reads;
  const total = reads + writes;
  const mark = `${shortFigure(Number(total.toPrecision(3)))}${unit}`;
  return { step: stepOf(total, ends), mark: written ? `${mark} ${WRITTEN}` : mark, says, ...(written ? { flag: WRITTEN } : {}) };
}

function rateReading(rates: TableRates | undefined): Reading {
  if (rates === undefined) return { step: 0, mark: '0/h', says: 'no query uses it' };
  const writes = writesOf(rates);
  const open = rates.uncounted.length === 0 ? '' : `, ${rates.uncounted.length} of unknown rate`;
  return reading(rates.reads, writes, ENDS, `${figure(rates.reads)} reads and ${figure(writes)} writes an hour${open}`, '/h');
}

function countReading(rates: TableRates | undefined): Reading {
  const reads = rates?.readers.length ?? 0;
  const writes = rates?.writers.length ?? 0;
  const only = new Set([...(rates?.readers ?? []), ...(rates?.writers ?? [])]).size;
  const step = stepOf(only, QUERIES);
  const written = writes > 0 && writes >= reads;
  const says =
    only === 0 ? 'no query uses it' : `${only} ${only === 1 ? 'query uses' : 'queries use'} it, ${writes} of them writing`;
  return { step, mark: written ? `${only} ${WRITTEN}` : String(only), says, ...(written ? { flag: WRITTEN } : {}) };
}

/** How much the queries of the workload do at each table. */
export const heatLens: Lens = {
  id: 'heat',
  label: 'Workload heat',
  icon: 'Activity',
  key: '4',
  available: ({ queries }) => {
    for (const _ in queries) return true;
    return false;
  },
  scale: ({ document }) => (isRated(document) ? BY_RATE : BY_QUERIES),
  read: ({ document, workload }) => {
    const rates = ratesOf(document, workload);
    const read = isRated(document) ? rateReading : countReading;
    return (table) => read(rates.get(table));
  },
};
