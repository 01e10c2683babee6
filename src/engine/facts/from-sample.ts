import type { ColumnFacts } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table, TableFacts } from '#model/types.ts';
import type { ColumnProfile } from '../discover/profile/profile.ts';
import { valueBytes } from '../physical/row-width.ts';
import type { GivenFacts } from './take.ts';

/** What a sample of rows says of values. */
export interface SampleCounts {
  /** Rows of the sample with a value, NULL left out. */
  readonly rows: number;
  readonly distinct: number;
  /** Values that stand once in the sample. */
  readonly singles: number;
}

/**
 * How many different values a column has, from a sample of its rows: the estimator Duj1 of Haas and Stokes, "Estimating the
 * number of classes in a finite population" (IBM Research Report RJ 10025, 1996), `n d / (n − f1 + f1 n / N)`, with the two
 * cases apart that ANALYZE of PostgreSQL has (`src/backend/commands/analyze.c`): no value stands twice, so every value is
 * another; every value stands twice, so there are no others.
 * @param total rows of the whole that have a value
 * @returns between `distinct` and `total`
 */
export function estimateDistinct({ rows, distinct, singles }: SampleCounts, total: number): number {
  const all = Math.max(rows, total);
  if (rows === 0 || distinct === 0) return 0;
  if (rows >= all) return distinct;
  if (singles === distinct) return all;
  if (singles === 0) return distinct;
  const estimate = (rows * distinct) / (rows - singles + (singles * rows) / all);
  return Math.min(all, Math.max(distinct, Math.round(estimate)));
}

/**
 * How many of the most frequent values are told apart from the rest: those that stand in the sample clearly more often than
 * another value would (`analyze_mcv_list` of `analyze.c`: two standard deviations of the hypergeometric distribution).
 * @param counts of the most frequent values in the sample, falling
 * @param total rows of the whole; @param distinct different values of the whole
 */
export function commonCount(counts: readonly number[], sample: number, nulls: number, total: number, distinct: number): number {
  if (sample >= total || total <= 1) return counts.length;
  let sum = counts.slice(0, -1).reduce((all, one) => all + one, 0);
  for (let count = counts.length; count > 0; count--) {
    const rarest = counts[count - 1] as number;
    // Rows of one of the values that are not in the list, were they all as frequent.
    const others = Math.max(1, distinct - (count - 1));
    const share = Math.min(1, Math.max(0, 1 - sum / sample - nulls)) / others;
    const expected = (total * rarest) / sample;
    const variance = (sample * expected * (total - expected) * (total - sample)) / (total * total * (total - 1));
    if (rarest > share * sample + 2 * Math.sqrt(Math.max(0, variance)) + 0.5) return count;
    sum -= counts[count - 2] ?? 0;
  }
  return 0;
}

/** Bounds of a histogram, as ANALYZE makes by default. */
const BOUNDS = 101;
/** Above this share of the rows values are taken to grow with them (`analyze.c`). */
const GROWING = 0.1;

function boundsOf(spread: readonly string[], common: ReadonlySet<string>): readonly string[] | undefined {
  const rest = spread.filter((value) => !common.has(value));
  const count = Math.min(BOUNDS, rest.length);
  const bounds = Array.from(
    { length: count },
    (_, at) => rest[Math.round((at * (rest.length - 1)) / Math.max(1, count - 1))] as string,
  );
  const different = bounds.filter((value, at) => value !== bounds[at - 1]);
  return different.length < 2 ? undefined : different;
}

/** What a column of a table of so many rows is like, going by a profile of some of them, or of all. */
export function factsOfProfile(profile: ColumnProfile, total: number): ColumnFacts {
  const { rows, nulls, distinct, analysis, min, max } = profile;
  if (rows === 0) return {};
  const nullFraction = nulls / rows;
  if (distinct === 0) return { nullFraction };
  const whole = Math.max(rows, total);
  const estimate = estimateDistinct(
    { rows: rows - nulls, distinct, singles: analysis.singles },
    Math.round(whole * (1 - nullFraction)),
  );
  const unique = analysis.singles === distinct;
  // A list of all values there are is kept whole, as ANALYZE does.
  const all = analysis.common.length === distinct && estimate === distinct;
  const counts = analysis.common.map((one) => one.rows);
  const kept = all ? counts.length : commonCount(counts, rows, nullFraction, whole, estimate);
  const common = analysis.common.slice(0, kept).map((one) => ({ value: one.value, share: one.rows / rows }));
  const bounds = boundsOf(analysis.spread, new Set(common.map((one) => one.value)));
  return {
    distinct: unique ? -1 : estimate > GROWING * whole ? -Number((estimate / whole).toPrecision(6)) : estimate,
    nullFraction,
    ...(analysis.correlation === undefined ? {} : { correlation: Number(analysis.correlation.toPrecision(6)) }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(common.length === 0 ? {} : { common }),
    ...(bounds === undefined ? {} : { bounds }),
  };
}

/** Rows that were looked at, of a table of the document. */
export interface Sampled {
  readonly table: Id;
  /** Rows of the source. */
  readonly total: number;
  readonly columns: readonly Id[];
  readonly profiles: readonly ColumnProfile[];
}

/** A text takes a header of one byte, of four when it is long (PostgreSQL, "Database Page Layout"). */
const stored = (bytes: number) => Math.round(bytes + (bytes <= 126 ? 1 : 4));

function columnFacts(document: Document, table: Table, { columns, profiles }: Sampled, rows: number): ReadonlyMap<Id, ColumnFacts> {
  const own = columnsOf(document, table);
  return new Map(
    columns.flatMap((id, at) => {
      const [column, profile] = [own.find((one) => one.id === id), profiles[at]];
      if (column === undefined || profile === undefined) return [];
      // Types of fixed size have it, whatever the text in a file is like.
      const varies = valueBytes(document, { ...column, facts: {} }).assumed && profile.distinct > 0;
      const facts = factsOfProfile(profile, rows);
      return [[id, varies ? { ...facts, averageWidth: stored(profile.analysis.averageBytes) } : facts] as const];
    }),
  );
}

/** Facts of tables from rows that were looked at: counts are scaled to the rows a table is said to have, else to those of the source. */
export function factsOfSamples(document: Document, samples: readonly Sampled[]): GivenFacts {
  const tables = new Map<Id, TableFacts>();
  const columns = new Map<Id, ReadonlyMap<Id, ColumnFacts>>();
  for (const sample of samples) {
    const table = Object.hasOwn(document.tables, sample.table) ? document.tables[sample.table] : undefined;
    if (table === undefined) continue;
    const rows = table.facts?.rows;
    if (rows === undefined) tables.set(table.id, { rows: sample.total });
    columns.set(table.id, columnFacts(document, table, sample, rows ?? sample.total));
  }
  return { tables, columns };
}
