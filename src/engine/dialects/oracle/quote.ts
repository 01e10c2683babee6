import { commentText, enclosed, plainLiteral, textProblem } from '../base/quoting.ts';
import { TRAITS } from '../base/traits.ts';
import { utf8Length } from '../postgres/names.ts';
import { isKeyWord } from './words.ts';

/** Everything that turns a name or a text into Oracle's source. No other module of the dialect builds quoted text. */

const PLAIN = /^[A-Z][A-Z0-9_$#]*$/;

/** A name as an identifier, quoted unless Oracle folds it to itself and it is no key word. */
export function ident(name: string): string {
  return PLAIN.test(name) && !isKeyWord(name) ? name : enclosed(name, '"');
}

/** A text as a string literal. Backslashes mean themselves; an empty one is NULL. */
export function literal(text: string): string {
  return plainLiteral(text);
}

/** A remark as complete comments. */
export function remark(text: string): string {
  return commentText(text, 'oracle');
}

/** Why Oracle cannot hold a name ("Database Object Naming Rules"); undefined when it can. */
export function nameProblem(name: string): string | undefined {
  const { size } = TRAITS.oracle.nameLimit;
  if (name.includes('"')) return `The name ${name} holds a double quote, which no name in Oracle can. Take it out.`;
  const bytes = utf8Length(name);
  if (bytes > size) return `The name ${name} has ${bytes} bytes; Oracle takes ${size}. Shorten it.`;
  return textProblem(name, 'name', 'Oracle');
}
