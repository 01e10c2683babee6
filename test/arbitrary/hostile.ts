import { readFileSync } from 'node:fs';

/** Strings of minimaxir's list and our own: what names and texts of a design may be. */
const LISTED = JSON.parse(readFileSync(new URL('../data/naughty-strings/blns.json', import.meta.url), 'utf8')) as string[];

const OWN: readonly string[] = [
  'n'.repeat(63),
  'n'.repeat(64),
  'n'.repeat(65),
  'n'.repeat(200),
  '\u{1F418}',
  '\uFEFF',
  '\u202E',
  '\u2066\u2067\u2068\u2069',
  '"',
  "''",
  '`',
  ']',
  '\\',
  '$$',
  '*/',
  '--',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are what is hostile
  '${}',
  '\n',
  '\t',
  '\u0085',
  '\u2028',
  'trailing ',
  '\0',
  'a\0b',
  '',
  '\ud800',
  'a\udc00b',
];

/** 515 listed strings and 27 of our own, the last five of which no engine can hold. */
export const HOSTILE: readonly string[] = [...LISTED, ...OWN];

/** No engine of these can hold it: it ends at a NUL, and UTF-8 has no halves of characters. */
export function isUnsayable(text: string): boolean {
  return text.includes('\0') || /\p{Surrogate}/u.test(text);
}
