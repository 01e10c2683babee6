import { err, ok, type Result } from '#lib/result.ts';

/** Everything that turns a name or a text into T-SQL source. No other module of this dialect builds quoted text. */

/** Longest name SQL Server keeps (`sysname`), in UTF-16 code units. */
export const NAME_LENGTH = 128;

const REPLACEMENT = '\uFFFD';
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** A text without what T-SQL source cannot hold: NUL ends it for many clients, half a surrogate pair is no character. */
export function sayable(text: string): string {
  return text.replaceAll('\0', REPLACEMENT).replaceAll(LONE_SURROGATES, REPLACEMENT);
}

/** Says why SQL Server can have no object of this name. */
export function checkName(name: string): Result<string> {
  if (name === '') return err('name-empty', 'The name is empty. SQL Server has no empty names: give it one.');
  if (name !== sayable(name))
    return err('name-text', 'The name holds a NUL character or half of a character (a lone surrogate). Remove it.');
  if (name.length > NAME_LENGTH)
    return err('name-long', `The name has ${name.length} characters; SQL Server takes ${NAME_LENGTH} at most. Shorten it.`);
  return ok(name);
}

/** A name in brackets, as SQL Server's own tools script it: right for every name and every setting of QUOTED_IDENTIFIER. */
export function quoteIdent(name: string): string {
  return `[${sayable(name === '' ? REPLACEMENT : name).replaceAll(']', ']]')}]`;
}

/** Names of a path joined by dots; undefined parts are left out. */
export function qualified(...path: readonly (string | undefined)[]): string {
  return path.flatMap((name) => (name === undefined ? [] : quoteIdent(name))).join('.');
}

/** A text as a Unicode literal. */
export function quoteText(text: string): string {
  return `N'${sayable(text).replaceAll("'", "''")}'`;
}
