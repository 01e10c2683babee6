import type { Dialect } from '#model/types.ts';
import { lexSql } from './lex.ts';

/** What the dialects' own quoting modules share. No other module builds quoted text. */

const REPLACEMENT = '\uFFFD';
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Why no engine can hold a text; undefined when it can. @param what such as `name`. @param product such as `MySQL`. */
export function textProblem(text: string, what: string, product: string): string | undefined {
  if (text.includes('\0')) return `The ${what} holds a NUL character, which ${product} cannot store. Remove it.`;
  if (LONE_SURROGATE.test(text))
    return `The ${what} holds half of a character (a lone surrogate), which UTF-8 cannot say. Remove it.`;
  return undefined;
}

/** A text without what no engine can hold: NUL and lone surrogates become U+FFFD. */
export function sayable(text: string): string {
  return text.replaceAll('\0', REPLACEMENT).replaceAll(LONE_SURROGATES, REPLACEMENT);
}

/** A name between quotes; the closing one is doubled within. An empty name becomes U+FFFD, as nothing can have it. */
export function enclosed(name: string, open: string, close = open): string {
  return `${open}${(name === '' ? REPLACEMENT : sayable(name)).replaceAll(close, close + close)}${close}`;
}

/** A text as a literal of standard SQL: quotes doubled, nothing else special. */
export function plainLiteral(text: string): string {
  return `'${sayable(text).replaceAll("'", "''")}'`;
}

/** Whether a text is one or more complete comments of the dialect and nothing else, so that it can stand in SQL as it is. */
export function isCommentText(text: string, dialect: Dialect): boolean {
  const { tokens, comments } = lexSql(text, dialect);
  const last = comments.at(-1);
  if (tokens.length > 0 || last === undefined) return false;
  const open = text.slice(last.start, last.end);
  return !open.startsWith('/*') || (open.length >= 4 && open.endsWith('*/'));
}

/** A remark as comment text: as it is when it already is comments, else every line behind `-- `. */
export function commentText(text: string, dialect: Dialect): string {
  const held = sayable(text).replaceAll(/\r\n?/g, '\n').trimEnd();
  if (isCommentText(held, dialect)) return held;
  return held
    .split('\n')
    .map((line) => `-- ${line}`.trimEnd())
    .join('\n');
}

/** True when text may not stand before a closing bracket or terminator on the same line: a line comment is open at its end. */
export function endsInLineComment(text: string, dialect: Dialect): boolean {
  if (!text.includes('--') && !text.includes('#')) return false;
  const last = lexSql(text, dialect).comments.at(-1);
  return last !== undefined && last.end === text.length && !text.startsWith('/*', last.start);
}
