import { hash32 } from '#lib/ids.ts';
import { keptName, utf8Length } from '../../dialects/postgres/names.ts';
import { NAME_BYTES } from '../../dialects/postgres/quote.ts';
import { wordCategory } from '../../dialects/postgres/words.ts';
import type { Fix } from '../../finding.ts';
import { renameFix } from '../define.ts';
import { snake } from '../words.ts';
import type { NamedThing } from './names.ts';

const isReserved = (name: string) => ['reserved', 'typeFunc'].includes(wordCategory(name) ?? '');

/** Cut to the limit, with a hash of the whole so that two long names stay two. */
export function shortened(name: string): string {
  if (utf8Length(name) <= NAME_BYTES) return name;
  const tail = `_${hash32(name).toString(36)}`;
  let head = keptName(name);
  while (utf8Length(head + tail) > NAME_BYTES) head = [...head].slice(0, -1).join('');
  return head + tail;
}

/** Columns that are called by a reserved word mostly mean one of these. */
const MEANT: Readonly<Record<string, string>> = {
  order: 'sort_order',
  user: 'user_name',
  desc: 'description',
  primary: 'is_primary',
  default: 'is_default',
  unique: 'is_unique',
  end: 'end_value',
  limit: 'max_value',
  references: 'reference_list',
};

function plural(word: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** A name that is no reserved word: the plural of a table's, what is mostly meant by a column's. */
export function unreserved(name: string, noun: string): string {
  if (!isReserved(name)) return name;
  if (noun !== 'column') return plural(name);
  return Object.hasOwn(MEANT, name) ? (MEANT[name] as string) : `${name}_value`;
}

/** A name that needs no quotes: lower case with underscores, beginning with a letter. Undefined when nothing is left. */
export function plain(name: string, noun: string): string | undefined {
  const bare = snake(name.replaceAll('ß', 'ss').normalize('NFKD').replaceAll(/\p{M}/gu, ''))
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replaceAll(/_{2,}/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  if (!/[a-z]/.test(bare)) return undefined;
  return shortened(unreserved(/^[0-9]/.test(bare) ? `n_${bare}` : bare, noun));
}

/**
 * One fix for all these names, or none when one of them cannot be given, or two of one record would become the same.
 * @param taken names of the same record's columns.
 */
export function renaming(
  names: readonly NamedThing[],
  give: (name: NamedThing) => string | undefined,
  taken: readonly string[],
): readonly Fix[] {
  const columns = new Set(taken);
  const renames = names.flatMap((one) => {
    const to = give(one);
    if (to === undefined || (one.noun === 'column' && columns.has(to))) return [];
    if (one.noun === 'column') columns.add(to);
    return [{ target: one.ref, to }];
  });
  const [first] = renames;
  if (first === undefined || renames.length < names.length) return [];
  return [renameFix(renames.length === 1 ? `Rename ${names[0]?.name} to ${first.to}` : `Rename these ${names.length}`, renames)];
}
