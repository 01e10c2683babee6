import { freeName } from '#model/commands/lookup.ts';
import { singular } from '#model/derive/foreign-key-columns.ts';
import type { Document, Id } from '#model/types.ts';
import { nameKey } from '../dialects/base/traits.ts';

/** Endings of a name that say how a thing is identified, not what it is. */
const IDENTIFIERS = new Set(['id', 'code', 'no', 'nr', 'num', 'number', 'key', 'uuid', 'guid', 'pk', 'sk', 'abbr', 'name']);

interface Words {
  readonly words: readonly string[];
  /** What stands between them: an underscore, a space, or nothing where a capital begins each. */
  readonly joint: string;
}

/** The words of a name: `order_no`, `orderNo`, `OrderNo` and `order no` have two. */
export function wordsOf(name: string): Words {
  const joint = /[_\s-]/.exec(name)?.[0] ?? (/[a-z][A-Z]/.test(name) ? '' : '_');
  const words = joint === '' ? name.split(/(?<=[a-z0-9])(?=[A-Z])/) : name.split(/[_\s-]+/);
  return { words: words.filter((word) => word !== ''), joint };
}

/** The first words that all names have in common, when each has more than these: `cust` of `cust_name`, `cust_city`. */
function commonStem(names: readonly string[]): string | undefined {
  const all = names.map(wordsOf);
  const first = all[0];
  if (first === undefined || names.length < 2) return undefined;
  let length = 0;
  while (all.every(({ words }) => words.length > length + 1 && words[length]?.toLowerCase() === first.words[length]?.toLowerCase()))
    length++;
  return length === 0 ? undefined : first.words.slice(0, length).join(first.joint);
}

/** A column's name without what says how it identifies: `customer_id` gives `customer`, `productCode` `product`. */
function withoutIdentifier(name: string): string {
  const { words, joint } = wordsOf(name);
  const last = words.at(-1)?.toLowerCase() ?? '';
  return words.length > 1 && IDENTIFIERS.has(last) ? words.slice(0, -1).join(joint) : name;
}

/**
 * What a new table may be called: the stem that all its columns share, else its key without `_id`, `_code` and the like, in
 * the singular.
 * @param columns names of all its columns. @param key names of its key's columns.
 */
export function tableNameFor(columns: readonly string[], key: readonly string[]): string {
  const stem = commonStem(columns);
  return stem === undefined ? keyNameFor(key) : singular(stem);
}

/** A name from the key alone, for where the stem is spoken for: of `customer_zip`, `customer_city` with the key `customer_zip`. */
export function keyNameFor(key: readonly string[]): string {
  const parts = key.slice(0, 3).map((name) => singular(withoutIdentifier(name)));
  const { joint } = wordsOf(key[0] ?? '');
  const style =
    joint === ''
      ? parts.map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join('')
      : parts.join(joint);
  return style === '' ? 'part' : style;
}

/**
 * A free name in a schema: the wanted one, else the other one, else the wanted one with a number.
 * @param more names that are spoken for.
 */
export function freeTableName(
  document: Document,
  schema: Id,
  wanted: string,
  more: readonly string[] = [],
  otherwise: string = wanted,
): string {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const taken = new Set(more.map((name) => nameKey(name, dialect)));
  for (const collection of ['tables', 'views', 'sequences', 'types'] as const) {
    for (const one of Object.values(document[collection])) if (one.schema === schema) taken.add(nameKey(one.name, dialect));
  }
  const isTaken = (name: string) => taken.has(nameKey(name, dialect));
  return isTaken(wanted) && !isTaken(otherwise) ? otherwise : freeName(wanted, isTaken);
}

/** A free name for a constraint: what it is and the tables it is about, in their letters. @param more names spoken for. */
export function constraintName(
  document: Document,
  kind: 'fk' | 'pk' | 'ux',
  tables: readonly string[],
  more: readonly string[] = [],
): string {
  const { dialect = 'postgresql' } = document.settings['settings'] ?? {};
  const parts = Object.values(document.tables).flatMap(({ keys, checks, indexes }) => [...keys, ...checks, ...indexes]);
  const all = [...Object.values(document.relationships), ...parts].flatMap(({ name }) => name ?? []);
  const taken = new Set([...all, ...more].map((name) => nameKey(name, dialect)));
  const prefix = /[a-z]/.test(tables.join('')) ? kind : kind.toUpperCase();
  const wanted = [prefix, ...tables.map((name) => name.slice(0, 26))].join('_');
  return freeName(wanted, (name) => taken.has(nameKey(name, dialect)));
}
