/** What is known of a column's values. */
export interface Distribution {
  /** Distinct values; negative: minus their share of the rows, as PostgreSQL says it (-1 = unique). */
  readonly distinct: number;
  /** 0 to 1. */
  readonly nullFraction: number;
  /** The most common values and their shares of all rows. */
  readonly common?: readonly { readonly value: string; readonly share: number }[];
  readonly min?: string;
  readonly max?: string;
  /** Ascending values between which lie equal shares of the rest. */
  readonly bounds?: readonly string[];
}

/** PostgreSQL's share of rows for a range of which nothing is known (selfuncs.h, DEFAULT_INEQ_SEL). */
const UNKNOWN_RANGE = 1 / 3;
/** And for a range with both ends (DEFAULT_RANGE_INEQ_SEL). */
const UNKNOWN_BETWEEN = 0.005;

const within = (share: number) => Math.min(1, Math.max(0, share));

/** Distinct values among so many rows. */
export function distinctOf({ distinct }: Distribution, rows: number): number {
  return Math.max(1, Math.min(rows, distinct < 0 ? -distinct * rows : distinct));
}

/**
 * The share of rows that equal one value. By its own share where it is a common one; otherwise the rows that are neither NULL
 * nor common are shared out evenly (PostgreSQL, var_eq_const). Without a value: the mean over all values (var_eq_non_const).
 */
export function equalShare(column: Distribution, rows: number, value?: string): number {
  const { nullFraction, common = [] } = column;
  const values = distinctOf(column, rows);
  if (value === undefined) return within((1 - nullFraction) / values);
  const own = common.find((one) => one.value === value);
  if (own !== undefined) return within(own.share);
  const told = common.reduce((sum, { share }) => sum + share, 0);
  const rest = within((1 - nullFraction - told) / Math.max(1, values - common.length));
  // No value that is not common is more frequent than the least of those that are.
  return Math.min(rest, ...common.map(({ share }) => share));
}

/** The share of rows that equal one of several different values. */
export function inShare(column: Distribution, rows: number, values: readonly (string | undefined)[]): number {
  return Math.min(
    1 - column.nullFraction,
    values.reduce((sum, value) => sum + equalShare(column, rows, value), 0),
  );
}

/** A value as a number whose distances mean something: a number, or a date and time. */
function position(text: string): number | undefined {
  if (/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?/.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = parts;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** Share of what is neither NULL nor common that lies below a value; undefined when there is nothing to tell it by. */
function below(column: Distribution, value: string): number | undefined {
  const bounds = column.bounds ?? (column.min === undefined || column.max === undefined ? [] : [column.min, column.max]);
  const at = position(value);
  const places = bounds.map(position);
  if (at === undefined || places.length < 2 || places.some((place) => place === undefined)) return undefined;
  const known = places as number[];
  const last = known.length - 1;
  if (at <= (known[0] as number)) return 0;
  if (at >= (known[last] as number)) return 1;
  const bin = known.findIndex((place) => place > at) - 1;
  const low = known[bin] as number;
  const high = known[bin + 1] as number;
  return (bin + (high > low ? (at - low) / (high - low) : 0.5)) / last;
}

export interface Range {
  /** Values from here on; absent: no lower end. */
  readonly from?: string;
  /** Values up to here; absent: no upper end. */
  readonly to?: string;
}

/**
 * The share of rows within a range: by the common values that lie in it and the histogram (or least and largest value) for the
 * rest. Where nothing tells, PostgreSQL's own defaults. A bound that is not known, such as a parameter, is `undefined` with
 * `ends` saying how many ends there are.
 */
export function rangeShare(
  column: Distribution,
  { from, to }: Range,
  ends = (from === undefined ? 0 : 1) + (to === undefined ? 0 : 1),
): number {
  const { nullFraction, common = [] } = column;
  if (ends === 0) return 1 - nullFraction;
  const guess = ends > 1 ? UNKNOWN_BETWEEN : UNKNOWN_RANGE;
  const start = from === undefined ? Number.NEGATIVE_INFINITY : position(from);
  const end = to === undefined ? Number.POSITIVE_INFINITY : position(to);
  const told = (from === undefined ? 0 : 1) + (to === undefined ? 0 : 1);
  if (start === undefined || end === undefined || told < ends) return guess * (1 - nullFraction);
  const low = from === undefined ? 0 : below(column, from);
  const high = to === undefined ? 1 : below(column, to);
  const even = low === undefined || high === undefined ? guess : Math.max(0, high - low);
  let share = 0;
  let rest = 1 - nullFraction;
  for (const one of common) {
    rest -= one.share;
    const place = position(one.value);
    if (place !== undefined && place >= start && place <= end) share += one.share;
  }
  return within(share + even * Math.max(0, rest));
}
