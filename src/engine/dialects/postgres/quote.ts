import { err, ok, type Result } from '#lib/result.ts';
import { wordCategory } from './words.ts';

/** Everything that turns a name or a text into PostgreSQL source. No other module builds quoted text. */

const PLAIN = /^[a-z_][a-z0-9_$]*$/;
const REPLACEMENT = '\uFFFD';
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Longest identifier PostgreSQL keeps, in bytes of UTF-8; longer ones are cut. */
export const NAME_BYTES = 63;

/**
 * Says whether PostgreSQL can hold a text at all: it has no NUL character and its encodings have no lone surrogates.
 * @param what what the text is, for the message: `name`, `comment`.
 */
export function checkText(text: string, what: string): Result<string> {
  if (text.includes('\0')) {
    return err('text-nul', `The ${what} holds a NUL character, which PostgreSQL cannot store. Remove it.`);
  }
  if (LONE_SURROGATE.test(text)) {
    return err('text-surrogate', `The ${what} holds half of a character (a lone surrogate), which UTF-8 cannot say. Remove it.`);
  }
  return ok(text);
}

/**
 * A name as an identifier, quoted when it must be: capitals, spaces, key words other than unreserved ones (the rule of
 * PostgreSQL's own `quote_ident`).
 * @returns a problem for names that no PostgreSQL object can have: empty, with NUL, with lone surrogates.
 */
export function quoteIdent(name: string): Result<string> {
  if (name === '') return err('name-empty', 'The name is empty. PostgreSQL has no empty names: give it one.');
  const checked = checkText(name, 'name');
  return checked.ok ? ok(ident(name)) : checked;
}

/** {@link quoteIdent} for text that must come out in any case: what PostgreSQL cannot hold becomes U+FFFD. */
export function ident(name: string): string {
  if (PLAIN.test(name) && wordCategory(name) === undefined) return name;
  const held = name === '' ? REPLACEMENT : sayable(name);
  return `"${held.replaceAll('"', '""')}"`;
}

/** Names of a path joined by dots, such as `sales."Order"`; undefined and empty schema parts are left out. */
export function qualified(...path: readonly (string | undefined)[]): string {
  return path.flatMap((name) => (name === undefined ? [] : ident(name))).join('.');
}

/** A text without what PostgreSQL cannot hold. */
export function sayable(text: string): string {
  return text.replaceAll('\0', REPLACEMENT).replaceAll(LONE_SURROGATES, REPLACEMENT);
}

/**
 * A text as a string literal: right under `standard_conforming_strings` on and off, so a backslash makes it an `E''`
 * string. NUL and lone surrogates become U+FFFD; {@link checkText} tells beforehand.
 */
export function literal(text: string): string {
  const quoted = `'${sayable(text).replaceAll("'", "''")}'`;
  return quoted.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/** {@link literal}, or a problem for text that PostgreSQL cannot hold. */
export function quoteLiteral(text: string): Result<string> {
  const checked = checkText(text, 'text');
  return checked.ok ? ok(literal(text)) : checked;
}

/** A body between dollar quotes whose tag does not occur in it: `$$`, `$_$`, `$_1$` ... */
export function dollarQuoted(body: string): string {
  const held = sayable(body);
  const clashes = (tag: string) => (held + tag).indexOf(tag) !== held.length;
  let tag = '$$';
  for (let i = 0; clashes(tag); i++) tag = i === 0 ? '$_$' : `$_${i}$`;
  return `${tag}${held}${tag}`;
}

/** Whether a text is one or more complete comments and nothing else, so that it can stand in SQL as it is. */
export function isCommentText(text: string): boolean {
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] as string)) at++;
    else if (text.startsWith('--', at)) {
      const end = text.slice(at).search(/[\r\n]/);
      if (end < 0) return true;
      at += end + 1;
    } else {
      const end = blockCommentEnd(text, at);
      if (end < 0) return false;
      at = end;
    }
  }
  return true;
}

/** Offset after the block comment that starts here (they nest), or -1 when none starts or it does not end. */
export function blockCommentEnd(text: string, start: number): number {
  if (!text.startsWith('/*', start)) return -1;
  let depth = 0;
  for (let at = start; at < text.length; ) {
    if (text.startsWith('/*', at)) {
      depth++;
      at += 2;
    } else if (text.startsWith('*/', at)) {
      depth--;
      at += 2;
      if (depth === 0) return at;
    } else at++;
  }
  return -1;
}

/** A remark as comment text: as it is when it already is comments, else every line behind `-- `. */
export function commentText(text: string): string {
  const held = sayable(text).replaceAll(/\r\n?/g, '\n').trimEnd();
  if (isCommentText(held)) return held;
  return held
    .split('\n')
    .map((line) => `-- ${line}`.trimEnd())
    .join('\n');
}
