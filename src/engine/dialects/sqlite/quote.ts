import { isKeyWord } from './words.ts';

/** Everything that turns a name or a text into SQLite's source. No other module of the dialect builds quoted text. */

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;
const REPLACEMENT = '\uFFFD';
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** A text without what SQLite's source cannot hold: it ends at a NUL character, and UTF-8 has no lone surrogates. */
function sayable(text: string): string {
  return text.replaceAll('\0', REPLACEMENT).replaceAll(LONE_SURROGATES, REPLACEMENT);
}

/** A name as an identifier, quoted unless it is of plain letters and no key word. What UTF-8 cannot say becomes U+FFFD. */
export function ident(name: string): string {
  if (PLAIN.test(name) && !isKeyWord(name)) return name;
  return `"${sayable(name).replaceAll('"', '""')}"`;
}

/** Names of a path joined by dots; undefined parts are left out. */
export function qualified(...path: readonly (string | undefined)[]): string {
  return path.flatMap((name) => (name === undefined ? [] : ident(name))).join('.');
}

/** A text as a string literal. Backslashes mean themselves. */
export function literal(text: string): string {
  return `'${sayable(text).replaceAll("'", "''")}'`;
}

/** Names that begin so belong to SQLite itself: it refuses objects that are called so. */
export function isInternalName(name: string): boolean {
  return /^sqlite_/i.test(name);
}
