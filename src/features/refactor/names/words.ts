import { singular as singularOf } from '#model/derive/foreign-key-columns.ts';

/** The words a name is made of, whatever holds them together: `orderItems`, `order-items`, `ORDER_ITEMS`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

export type Case = 'snake' | 'camel' | 'pascal' | 'upper' | 'lower';

const capital = (word: string) => (word[0] ?? '').toUpperCase() + word.slice(1).toLowerCase();

/** A name in another case. `upper` and `lower` only change letters; the others join its words anew. */
export function toCase(name: string, to: Case): string {
  if (to === 'upper') return name.toUpperCase();
  if (to === 'lower') return name.toLowerCase();
  const words = wordsOf(name);
  if (words.length === 0) return name;
  // What a name begins with on purpose, such as `_hidden`, stays.
  const front = /^_*/.exec(name)?.[0] ?? '';
  if (to === 'snake') return front + words.map((word) => word.toLowerCase()).join('_');
  return front + words.map((word, at) => (to === 'camel' && at === 0 ? word.toLowerCase() : capital(word))).join('');
}

const IRREGULAR: Readonly<Record<string, string>> = {
  person: 'people',
  child: 'children',
  man: 'men',
  woman: 'women',
  index: 'indexes',
  status: 'statuses',
  series: 'series',
  species: 'species',
  news: 'news',
  analysis: 'analyses',
  basis: 'bases',
  half: 'halves',
  shelf: 'shelves',
  datum: 'data',
  medium: 'media',
};

/** The plural of an English name; its last word decides, and what is a plural already stays. */
export function plural(name: string): string {
  const [, head = '', word = ''] = /^(.*?)([A-Z]?[a-z]+|[A-Z]+)$/s.exec(name) ?? [];
  if (word === '' || singularOf(name) !== name) return name;
  const lower = word.toLowerCase();
  const shout = word.length > 1 && word === word.toUpperCase();
  const as = (text: string) => head + (shout ? text.toUpperCase() : (word[0] ?? '') + text.slice(1));
  if (Object.hasOwn(IRREGULAR, lower)) return as(IRREGULAR[lower] as string);
  if (Object.values(IRREGULAR).includes(lower)) return name;
  if (/[^aeiou]y$/.test(lower)) return as(`${lower.slice(0, -1)}ies`);
  if (/(?:s|sh|ch|x|z)$/.test(lower)) return as(`${lower}es`);
  return as(`${lower}s`);
}

/** The singular of an English name. */
export function singular(name: string): string {
  return singularOf(name);
}
