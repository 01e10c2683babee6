import { shortNumber } from '#lib/amounts.ts';
import { err, ok, type Result } from '#lib/result.ts';

/** Facts as people write them: `2M`, `1.5e6`, `10 %`, `unique`, `40 kB`. */

const SUFFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, b: 1e9, bn: 1e9, t: 1e12 };
const NUMBER = /^([+-]?(?:\d{1,18}(?:\.\d{0,15})?|\.\d{1,15})(?:e[+-]?\d{1,2})?)([a-z]{0,2})$/;

/** What is longer is no number. */
const LONGEST = 60;

/** A number with a suffix for thousands, or nothing. Separators of thousands are left out: `1,500`, `1 500`, `1'500`, `1_500`. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST) return undefined;
  const plain = trimmed
    .replace(/^[−–]/, '-')
    .replaceAll(/(\d)[,_'\u2019\s\u00a0\u202f](?=\d{3}(?!\d))/g, '$1')
    .replace(/\s+(?=[a-z]+$)/i, '')
    .toLowerCase();
  const [, digits, suffix = ''] = NUMBER.exec(plain) ?? [];
  if (digits === undefined || !Object.hasOwn(SUFFIXES, suffix)) return undefined;
  const value = Number(digits) * (SUFFIXES[suffix] as number);
  // 0.3 * 1e6 is not quite 300000.
  return Number.isFinite(value) ? Number(value.toPrecision(15)) : undefined;
}

const few = (value: number, digits = 3) => String(Number(value.toPrecision(digits)));

/** A number as {@link readNumber} takes it back, nothing rounded but the noise of fractions. */
export function exactNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** A share for reading: `10 %`, `0.4 %`, `< 0.01 %`. */
export function percentText(share: number): string {
  if (share > 0 && share < 0.0001) return '< 0.01 %';
  return `${few(share * 100)} %`;
}

/** A share: `10 %` or `0.1`; a number above 1 without its sign is taken for percent. */
export function readShare(text: string): Result<number> {
  const percent = text.trim().endsWith('%');
  const value = readNumber(percent ? text.trim().slice(0, -1) : text);
  if (value === undefined) return err('fact-text', 'A share is needed, such as 10 % or 0.1.');
  const share = percent || value > 1 ? value / 100 : value;
  return share < 0 || share > 1 ? err('fact-text', 'A share lies between 0 % and 100 %.') : ok(Number(share.toPrecision(15)));
}

const BYTES: readonly (readonly [unit: string, bytes: number])[] = [
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
  ['tib', 1024 ** 4],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['tb', 1e12],
  ['bytes', 1],
  ['byte', 1],
];

/** Bytes: `40 kB`, `1.5 GiB`, `8 B`, `8`. */
export function readBytes(text: string): Result<number> {
  const plain = text.trim().toLowerCase();
  const unit = BYTES.find(([name]) => plain.endsWith(name));
  const plainB = unit === undefined && plain.endsWith('b');
  const value = readNumber(unit !== undefined ? plain.slice(0, -unit[0].length) : plainB ? plain.slice(0, -1) : plain);
  if (value === undefined) return err('fact-text', 'Bytes are needed, such as 40 kB, 1.5 GB or 8.');
  return value < 0 ? err('fact-text', 'Bytes are 0 or more.') : ok(value * (unit?.[1] ?? 1));
}

/** Different values of a column: `12k`, `unique`, or a share of the rows: `50 %`. @returns as `ColumnFacts.distinct` */
export function readDistinct(text: string, rows: number | undefined): Result<number> {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/\s*of (?:the )?rows$/, '');
  if (plain === 'unique' || plain === 'all') return ok(-1);
  if (plain.endsWith('%')) {
    const share = readShare(plain);
    if (!share.ok) return share;
    return share.value === 0 ? err('fact-text', 'No value at all: say 100 % NULL instead.') : ok(-share.value);
  }
  const value = readNumber(plain);
  if (value === undefined || value === 0 || value < -1)
    return err('fact-text', 'A number of different values is needed: 12k, 50 % of the rows, or unique.');
  if (value > 0 && rows !== undefined && value > rows)
    return err('fact-text', `There are ${shortNumber(rows)} rows: no more values can differ.`);
  return ok(value);
}

/** Different values for reading: `12k`, `unique`, `50 % of rows`. */
export function distinctText(distinct: number): string {
  if (distinct >= 0) return shortNumber(distinct);
  return distinct === -1 ? 'unique' : `${percentText(-distinct)} of rows`;
}

/** -1 to 1. */
export function readCorrelation(text: string): Result<number> {
  const value = readNumber(text);
  return value === undefined || value < -1 || value > 1
    ? err('fact-text', 'A number from -1 to 1 is needed: 1 when values rise with the rows, 0 when they are in no order.')
    : ok(value);
}
