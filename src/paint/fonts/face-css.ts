import type { FontBook, UsedLetters } from './book.ts';
import { subsetFont } from './subset.ts';

const CHUNK = 0x8000;

export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

/** Code points as CSS wants them: `U+41-5A,U+61`. */
export function unicodeRange(codes: Iterable<number>): string {
  const runs: [number, number][] = [];
  for (const code of [...codes].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else runs.push([code, code]);
  }
  const hex = (code: number) => code.toString(16).toUpperCase();
  return runs.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(',');
}

const NAMES = { sans: 'Inter', mono: 'JetBrains Mono' } as const;

/** `@font-face` rules that hold the used characters of the shipped fonts themselves. */
export function fontFaceCss(book: FontBook, used: UsedLetters): string {
  return [...book.shares(used)]
    .map(([slice, codes]) => {
      const { bytes } = subsetFont(slice.font, codes);
      const source = `url(data:font/ttf;base64,${base64(bytes)})`;
      return `@font-face{font-family:'${NAMES[slice.family]}';font-weight:${slice.weight};src:${source};unicode-range:${unicodeRange(codes)}}`;
    })
    .join('\n');
}
