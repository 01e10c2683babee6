import { nearest } from '#lib/edit-distance.ts';
import type { Cursor } from './cursor.ts';

/**
 * Refuses a word that nearly is one of those that follow CREATE, ALTER or DROP: `CREATE TABL`. What looks like none of them
 * may well be a statement that nobody told this grammar of.
 * @param verb which of them the word follows. @param known all words that may follow it, in capitals.
 */
export function refuseSlip(cursor: Cursor, verb: string, known: ReadonlySet<string>): void {
  const { kind, word } = cursor.peek();
  if (kind !== 'word' || word.length < 3 || known.has(word)) return;
  const [like] = nearest(word, known, 1);
  if (like !== undefined) cursor.fail(`a word that ${verb} knows was expected`, `: did you mean ${like}?`);
}
