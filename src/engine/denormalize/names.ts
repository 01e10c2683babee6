import { freeName } from '#model/commands/lookup.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { singular } from '#model/derive/foreign-key-columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { nameKey } from '../dialects/base/traits.ts';

/** Two names made one in the first one's manner: `order` and `count` give `order_count`, `Order` gives `OrderCount`. */
export function compound(...names: readonly string[]): string {
  const [first = '', ...rest] = names;
  const style = names.some((name) => name.includes('_')) || !/[a-z][A-Z]|^[A-Z][a-z]/.test(names.join(' '));
  if (style) return names.join('_');
  return first + rest.map((name) => name.charAt(0).toUpperCase() + name.slice(1)).join('');
}

/** A word in the case of a name beside it: `COUNT` beside `POSTS`. */
export function like(name: string, word: string): string {
  return /[A-Z]/.test(name) && !/[a-z]/.test(name) ? word.toUpperCase() : word;
}

/** A name that no column of the table has, in the eyes of its dialect. */
export function freeColumn(document: Document, table: Table, wanted: string): string {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const taken = new Set(columnsOf(document, table).map(({ name }) => nameKey(name, dialect)));
  return freeName(wanted, (name) => taken.has(nameKey(name, dialect)));
}

/** A name that no trigger or routine has, nor one that begins so: what adds endings to it stays free. */
export function freePrefix(document: Document, wanted: string): string {
  const names = [...Object.values(document.triggers), ...Object.values(document.routines)].map(({ name }) => name.toLowerCase());
  return freeName(wanted, (name) => names.some((one) => one === name.toLowerCase() || one.startsWith(`${name.toLowerCase()}_`)));
}

export function counterName(child: Table): string {
  return compound(singular(child.name), like(child.name, 'count'));
}

export function copyName(parent: Table, column: string): string {
  const one = singular(parent.name);
  return column.toLowerCase().startsWith(one.toLowerCase()) ? column : compound(one, column);
}

/** Whether the table seems to hold the number of another's rows already. */
export function hasCounter(document: Document, parent: Table, child: Table): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const [many, one] = [plain(child.name), plain(singular(child.name))];
  const likely = new Set(
    [many, one].flatMap((name) => [
      `${name}count`,
      `count${name}`,
      `n${name}`,
      `num${name}`,
      `number${name}`,
      `numberof${name}`,
      `total${name}`,
      `${name}total`,
      `${name}num`,
    ]),
  );
  return columnsOf(document, parent).some(({ name }) => likely.has(plain(name)));
}

export function columnNamesOf(table: Table, ids: readonly Id[]): string {
  return ids.map((id) => table.columns.find((column) => column.id === id)?.name ?? '?').join(', ');
}
