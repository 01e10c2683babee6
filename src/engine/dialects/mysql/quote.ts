import { commentText, enclosed, textProblem } from '../base/quoting.ts';
import { isReserved } from './words.ts';

/** Everything that turns a name or a text into source of MySQL or MariaDB. No other module of theirs builds quoted text. */

const PLAIN = /^[A-Za-z_][A-Za-z0-9_$]*$/;
const SUPPLEMENTARY = /[\u{10000}-\u{10FFFF}]/u;
const SUPPLEMENTARIES = /[\u{10000}-\u{10FFFF}]/gu;
const REPLACEMENT = '\uFFFD';

/** Why neither server can hold a name (MySQL Reference Manual, Schema Object Names); undefined when they can. */
export function nameProblem(name: string): string | undefined {
  const problem = textProblem(name, 'name', 'MySQL');
  if (problem !== undefined) return problem;
  if (SUPPLEMENTARY.test(name)) return 'The name holds a character beyond U+FFFF, which names of MySQL cannot. Replace it.';
  if (/[ \t-\r]$/.test(name)) return 'The name ends in white space, which names of MySQL cannot. Take it away.';
  if ([...name].length > 64) return 'The name has more than 64 characters, which MySQL refuses. Shorten it.';
  return undefined;
}

/** Bytes that the name of a table takes as the name of its file: letters of plain English and digits one, others up to five. */
const FILE_BYTES = 255 - '.frm'.length;

/** Why no table can have a name that other objects can. */
export function tableNameProblem(name: string): string | undefined {
  const bytes = name.replaceAll(/[^A-Za-z0-9_]/g, '@0000').length;
  if (bytes <= FILE_BYTES) return undefined;
  return `Its file would have a name of up to ${bytes} bytes, more than a file system takes. Shorten it.`;
}

/** What a comment cannot hold: it is refused, or question marks are kept in its place. */
export function commentProblem(text: string, limit: number): string | undefined {
  const problem = textProblem(text, 'comment', 'MySQL');
  if (problem !== undefined) return problem;
  if (SUPPLEMENTARY.test(text)) return 'The comment holds a character beyond U+FFFF, which comments of MySQL cannot. Replace it.';
  if ([...text].length > limit) return `The comment has more than ${limit} characters, which MySQL refuses. Shorten it.`;
  return undefined;
}

/** A comment as a string literal of what it can hold. */
export function commentLiteral(text: string): string {
  return literal(text.replaceAll(SUPPLEMENTARIES, REPLACEMENT));
}

/** A name as an identifier, in backticks unless it is of plain letters and no reserved word of any version. */
export function ident(name: string): string {
  if (PLAIN.test(name) && !isReserved(name)) return name;
  return enclosed(name.replaceAll(SUPPLEMENTARIES, REPLACEMENT), '`');
}

/** A text as a string literal; backslashes are doubled, as every mode but NO_BACKSLASH_ESCAPES wants. */
export function literal(text: string): string {
  const held = text
    .replaceAll(/\p{Surrogate}/gu, REPLACEMENT)
    .replaceAll('\\', '\\\\')
    .replaceAll('\0', '\\0');
  return `'${held.replaceAll("'", "''")}'`;
}

/** A remark as complete comments: what the server would execute is none. */
export function remark(text: string, dialect: 'mysql' | 'mariadb' = 'mysql'): string {
  return commentText(text, dialect);
}
