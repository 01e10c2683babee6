import { singular } from '#model/derive/foreign-key-columns.ts';

/** Words that say nothing of what a column is about, only that it identifies or describes it. */
const MARKS = new Set(['id', 'key', 'no', 'nr', 'num', 'number', 'code', 'uuid', 'pk', 'fk', 'sk', 'ref']);

/** The words of a name in lower case, plurals as singulars. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => singular(word.toLowerCase()));
}

/** Marks that are often written without a gap: `partkey`, `zipcode`. */
const ENDS = ['key', 'code', 'uuid'];

/** Whether a name says that its column identifies something. */
export function saysKey(name: string): boolean {
  return wordsOf(name).some((word) => MARKS.has(word) || ENDS.some((end) => word.endsWith(end)));
}

/** The words that say what a column is about. A single letter is a table's prefix, and says nothing of the column. */
export function subjectOf(name: string): string[] {
  return wordsOf(name).filter((word) => !MARKS.has(word) && word.length > 1);
}

/** How much two lists of words share, 0 to 1 (Dice). */
export function shared(one: readonly string[], other: readonly string[]): number {
  if (one.length + other.length === 0) return 0;
  const words = new Set(other);
  const common = [...new Set(one)].filter((word) => words.has(word)).length;
  return (2 * common) / (new Set(one).size + words.size);
}
