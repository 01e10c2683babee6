/** A figure for people: at most three digits that count, thousands apart. */
export function figure(value: number): string {
  const short = value >= 100 ? Math.round(value) : Number(value.toPrecision(2));
  const [whole = '0', fraction] = String(short).split('.');
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

const SUFFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

/**
 * A number as people write it: `1,500`, `20k`, `1.5 M`.
 * @returns `undefined` for nothing (the guess counts again), `'bad'` for what is no number of 0 or more.
 */
export function readFigure(text: string): number | undefined | 'bad' {
  const plain = text.replaceAll(/[\s,_']/g, '').toLowerCase();
  if (plain === '') return undefined;
  const [, digits, suffix = ''] = /^(\d{1,15}(?:\.\d{1,6})?)([kmg]?)$/.exec(plain) ?? [];
  return digits === undefined ? 'bad' : Number(digits) * (SUFFIXES[suffix] ?? 1);
}

/** A number for a narrow cell, as {@link readFigure} takes it back: `20k`, `1.5M`. Nothing is rounded away. */
export function shortFigure(value: number): string {
  for (const [suffix, size, from] of [
    ['M', 1e6, 1e6],
    ['k', 1e3, 1e4],
  ] as const) {
    const text = String(value / size);
    if (value >= from && text.length <= 5) return `${text}${suffix}`;
  }
  return figure(value);
}
