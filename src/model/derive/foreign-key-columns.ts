import { recordIn } from '../collections.ts';
import type { Column, ColumnType } from '../column-types.ts';
import type { Document, Id, Table } from '../types.ts';
import { columnOf, columnsOf } from './columns.ts';

const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  movies: 'movie',
  series: 'series',
  species: 'species',
  news: 'news',
  indices: 'index',
  statuses: 'status',
  aliases: 'alias',
};

/** The singular of an English table name; its last word decides, and what is no plural stays. */
export function singular(name: string): string {
  const [, head = '', last = ''] = /^(.*?)([A-Za-z]*)$/s.exec(name) ?? [];
  const word = /[a-z]/.test(last) ? (/[A-Z]?[a-z]+$/.exec(last)?.[0] ?? last) : last;
  const front = head + last.slice(0, last.length - word.length);
  const lower = word.toLowerCase();
  const known = Object.hasOwn(IRREGULAR, lower) ? (IRREGULAR[lower] as string) : undefined;
  if (known !== undefined) return front + (word[0] === lower[0] ? known : (known[0] ?? '').toUpperCase() + known.slice(1));
  if (/[^aeiou]ies$/i.test(word) && word.length > 4) return `${front}${word.slice(0, -3)}${word.endsWith('S') ? 'Y' : 'y'}`;
  if (/(ss|sh|ch|x|zz)es$/i.test(word)) return front + word.slice(0, -2);
  if (/(ss|us|is)$/i.test(word) || word.length < 3) return name;
  return /s$/i.test(word) ? front + word.slice(0, -1) : name;
}

/** The usual name of a child's column that holds this column of a parent: `orders.id` gives `order_id`. */
export function foreignKeyName(parent: string, column: string): string {
  const one = singular(parent);
  if (column.toLowerCase().startsWith(one.toLowerCase())) return column;
  if (/^[A-Za-z]*[A-Z][A-Za-z]*$/.test(one) && /[a-z]/.test(one) && !column.includes('_')) {
    return one + (column[0] ?? '').toUpperCase() + column.slice(1);
  }
  return `${one}_${column}`;
}

const SERIAL: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial2: 'smallint',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
};

/** The type a child's column needs to hold a parent's column: the same one, without its counter. */
export function referencingType(type: ColumnType): ColumnType {
  if (type.kind !== 'builtin' || !Object.hasOwn(SERIAL, type.name)) return type;
  return { ...type, name: SERIAL[type.name] as string };
}

/** One pair of a foreign key to be: the parent's column, a name for the child's, and the child's column if it has one. */
export interface ForeignKeyPair {
  readonly parent: Column;
  readonly name: string;
  readonly existing?: Id;
}

/** The columns of a table's primary key, else of its first unique key; empty when it has none. */
export function referencedKey(document: Document, parent: Table): readonly Column[] {
  const key = parent.keys.find((one) => one.kind === 'primary') ?? parent.keys[0];
  return key?.columns.flatMap((id) => columnOf(document, parent, id) ?? []) ?? [];
}

/**
 * What a foreign key from child to parent's key would consist of: for each key column the usual name, and whether the
 * child already has a column of that name. Empty when a table is missing or the parent has no key.
 */
export function foreignKeyPairs(document: Document, child: Id, parent: Id): readonly ForeignKeyPair[] {
  const [from, to] = [recordIn(document, 'tables', child), recordIn(document, 'tables', parent)];
  if (from === undefined || to === undefined) return [];
  const columns = columnsOf(document, from);
  return referencedKey(document, to).map((column) => {
    const plain = foreignKeyName(to.name, column.name);
    const name = child === parent ? `parent_${column.name}` : plain;
    const existing = columns.find((one) => one.name === name)?.id;
    return { parent: column, name, ...(existing === undefined ? {} : { existing }) };
  });
}
