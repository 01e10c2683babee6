import type { ColumnFacts } from '#model/column-types.ts';

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

/** What a histogram says in the terms of the model. */
export type HistogramFacts = Pick<ColumnFacts, 'common' | 'bounds' | 'distinct'>;

/** Values that have a bucket of their own are common from this share on; fewer are bounds only. */
const COMMON_FROM = 0.001;
const MOST_COMMON = 100;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of base64 as text of UTF-8; what is no such text becomes U+FFFD. */
function decoded(base64: string): string {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const sign of base64) {
    const six = ALPHABET.indexOf(sign);
    if (six < 0) continue;
    held = ((held << 6) | six) & 0xff_ff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return bytes.map((byte) => (byte < 128 ? String.fromCharCode(byte) : '\ufffd')).join('');
  }
}

/** A value as MySQL writes it in a histogram: texts as `base64:type254:…`, others as they are. */
function valueText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  return value.startsWith('base64:') ? decoded(value.slice(value.lastIndexOf(':') + 1)) : value;
}

interface Bucket {
  readonly from: string;
  readonly to: string;
  readonly share: number;
  readonly distinct?: number;
  /** It holds one value alone. */
  readonly single: boolean;
}

function factsOf(buckets: readonly Bucket[]): HistogramFacts {
  const common = buckets
    .filter(({ single, share }) => single && share >= COMMON_FROM)
    .map(({ to, share }) => ({ value: to, share }))
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_COMMON);
  const ranges = buckets.filter(({ single }) => !single);
  const bounds = ranges.length === 0 ? [] : [...new Set([ranges[0]?.from ?? '', ...ranges.map(({ to }) => to)])];
  const counts = buckets.map((one) => (one.single ? 1 : one.distinct));
  const distinct = counts.every((one) => one !== undefined) ? counts.reduce((sum, one) => sum + one, 0) : undefined;
  return {
    ...(common.length === 0 ? {} : { common }),
    ...(bounds.length < 2 ? {} : { bounds }),
    ...(distinct === undefined || distinct <= 0 ? {} : { distinct: Math.round(distinct) }),
  };
}

/** MySQL: `information_schema.column_statistics` (Reference Manual 8.0, "The INFORMATION_SCHEMA COLUMN_STATISTICS Table"). */
function mysql(histogram: Json): readonly Bucket[] {
  const buckets = Array.isArray(histogram['buckets']) ? histogram['buckets'] : [];
  const singleton = histogram['histogram-type'] === 'singleton';
  let before = 0;
  return buckets.flatMap((one: unknown): Bucket[] => {
    if (!Array.isArray(one)) return [];
    // Singleton: value, cumulated share. Equal height: from, to, cumulated share, different values.
    const [from, to, upTo] = singleton
      ? [valueText(one[0]), valueText(one[0]), number(one[1])]
      : [valueText(one[0]), valueText(one[1]), number(one[2])];
    if (from === undefined || to === undefined || upTo === undefined) return [];
    const share = Math.max(0, upTo - before);
    before = upTo;
    const distinct = singleton ? 1 : number(one[3]);
    return [{ from, to, share, single: from === to, ...(distinct === undefined ? {} : { distinct }) }];
  });
}

/** MariaDB: `mysql.column_stats.histogram` of the type JSON_HB (Knowledge Base, "mysql.column_stats Table"). */
function mariadb(list: readonly unknown[], filled: number): readonly Bucket[] {
  const buckets = list.filter(isJson);
  return buckets.flatMap((one, at): Bucket[] => {
    const [from, share, distinct] = [valueText(one['start']), number(one['size']), number(one['ndv'])];
    // A bucket ends where the next begins; the last one says its end.
    const to = valueText(one['end']) ?? valueText(buckets[at + 1]?.['start']) ?? from;
    if (from === undefined || to === undefined || share === undefined) return [];
    const single = distinct === 1;
    // Shares are of the rows that are not NULL.
    return [{ from, to: single ? from : to, share: share * filled, single, ...(distinct === undefined ? {} : { distinct }) }];
  });
}

/** SQL Server: rows of `sys.dm_db_stats_histogram`, as its query here names them. */
function mssql(steps: readonly unknown[], rows: number | undefined): readonly Bucket[] {
  if (rows === undefined || rows <= 0) return [];
  let from: string | undefined;
  return steps.filter(isJson).flatMap((one): Bucket[] => {
    const high = valueText(one['high']);
    if (high === undefined) return [];
    const [inside, equal] = [number(one['range']) ?? 0, number(one['equal']) ?? 0];
    const low = from ?? high;
    from = high;
    const own: Bucket = { from: high, to: high, share: Math.min(1, equal / rows), single: true };
    if (inside <= 0) return [own];
    const distinct = number(one['distinct']);
    return [
      { from: low, to: high, share: Math.min(1, inside / rows), single: false, ...(distinct === undefined ? {} : { distinct }) },
      own,
    ];
  });
}

/**
 * Reads a histogram as MySQL, MariaDB or SQL Server give it.
 * @param rows of the table, that counts are shares of
 * @param nulls share of NULL
 */
export function readHistogram(given: unknown, rows: number | undefined, nulls = 0): HistogramFacts {
  if (Array.isArray(given)) return factsOf(mssql(given, rows));
  if (!isJson(given)) return {};
  const list = given['histogram_hb'];
  return factsOf(Array.isArray(list) ? mariadb(list, 1 - nulls) : mysql(given));
}
