import { enclosed, plainLiteral, textProblem } from '../base/quoting.ts';
import { isKeyWord } from './words.ts';

/** Everything that turns a name or a text into SQLite's source. No other module of the dialect builds quoted text. */

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name as an identifier, quoted unless it is of plain letters and no key word. What UTF-8 cannot say becomes U+FFFD. */
export function ident(name: string): string {
  return PLAIN.test(name) && !isKeyWord(name) ? name : enclosed(name, '"');
}

/** A text as a string literal. Backslashes mean themselves. */
export function literal(text: string): string {
  return plainLiteral(text);
}

/** Why SQLite cannot hold a name; undefined when it can. Names that begin with `sqlite_` belong to SQLite itself. */
export function nameProblem(name: string): string | undefined {
  if (/^sqlite_/i.test(name))
    return `The name ${name} begins with sqlite_, and SQLite keeps such names for itself: it refuses to make the object. Rename it.`;
  return textProblem(name, 'name', 'SQLite');
}
