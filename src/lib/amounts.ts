const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Two or three digits that count: `7.5`, `12`, `120`. */
function digits(value: number): string {
  return value >= 9.95 ? String(Math.round(value)) : String(Number(value.toFixed(1)));
}

/** Bytes for people, by thousands: `960 bytes`, `1.5 MB`, `24 GB`. */
export function bytesText(bytes: number): string {
  let [value, at] = [Math.max(0, bytes), 0];
  while (value >= 999.5 && at < UNITS.length - 1) [value, at] = [value / 1000, at + 1];
  if (at === 0) return Math.round(value) === 1 ? '1 byte' : `${Math.round(value)} bytes`;
  return `${digits(value)} ${UNITS[at]}`;
}

const SIZES: Readonly<Record<string, number>> = {
  '': 1e6,
  b: 1,
  byte: 1,
  bytes: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  t: 1e12,
  tb: 1e12,
  pb: 1e15,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * An amount of bytes as people write it: `500 MB`, `2.5g`, `1,200 kB`; a number alone means megabytes.
 * @returns `undefined` for nothing, `'bad'` for what is no amount
 */
export function readBytes(text: string): number | undefined | 'bad' {
  const plain = text.replaceAll(/[\s,_']/g, '').toLowerCase();
  if (plain === '') return undefined;
  const [, number, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?)([a-z]{0,5})$/.exec(plain) ?? [];
  const size = Object.hasOwn(SIZES, unit) ? SIZES[unit] : undefined;
  return number === undefined || size === undefined ? 'bad' : Math.round(Number(number) * size);
}

const STEPS = ['', 'k', 'M', 'G', 'T', 'P'];

/** A number of any size in few letters: `0.43`, `7.5`, `830`, `12k`, `4.5M`. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '∞';
  if (value < 0) return `−${shortNumber(-value)}`;
  if (value > 0 && value < 1) return value < 0.005 ? '< 0.01' : String(Number(value.toFixed(2)));
  let [left, at] = [value, 0];
  while (left >= (at === 0 ? 9999.5 : 999.5) && at < STEPS.length - 1) [left, at] = [left / 1000, at + 1];
  if (at === 0 && left >= 1000) return Math.round(left).toLocaleString('en');
  return `${digits(left)}${STEPS[at]}`;
}

/** So many of something: `1 query`, `2,345 queries`. @param more what several are called */
export function many(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : more}`;
}
