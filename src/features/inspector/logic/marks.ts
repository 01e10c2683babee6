import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Table } from '#model/types.ts';

/** What the first cell of a column's row shows. */
export interface Marks {
  readonly primary: boolean;
  readonly unique: boolean;
  readonly foreign: boolean;
  readonly indexed: boolean;
}

const known = new Map<string, Marks>();

/** One object for equal marks, so that rows whose marks did not change need not be drawn again. */
function interned(marks: Marks): Marks {
  const key = `${marks.primary}${marks.unique}${marks.foreign}${marks.indexed}`;
  const same = known.get(key);
  if (same === undefined) known.set(key, marks);
  return same ?? marks;
}

const NONE: Marks = { primary: false, unique: false, foreign: false, indexed: false };

/** The key that makes this one column unique on its own. */
export function soleUnique(table: Table, column: Id): Id | undefined {
  return table.keys.find((key) => key.kind === 'unique' && key.columns.length === 1 && key.columns[0] === column)?.id;
}

/** The plain index over this one column. */
export function soleIndex(table: Table, column: Id): Id | undefined {
  return table.indexes.find(
    (index) =>
      index.unique !== true && index.where === undefined && index.elements.length === 1 && index.elements[0]?.column === column,
  )?.id;
}

/** Marks of the columns that have any. `unique` and `indexed` count composite keys and indexes too. */
export function marksOf(document: Document, table: Table): ReadonlyMap<Id, Marks> {
  const marks = new Map<Id, Marks>();
  const add = (id: Id | undefined, mark: Partial<Marks>) => {
    if (id !== undefined) marks.set(id, interned({ ...(marks.get(id) ?? NONE), ...mark }));
  };
  for (const key of table.keys)
    for (const id of key.columns) add(id, key.kind === 'primary' ? { primary: true } : { unique: true });
  for (const relationship of linksOf(document).byChild.get(table.id) ?? []) {
    for (const id of relationship.childColumns) add(id, { foreign: true });
  }
  for (const index of table.indexes) {
    for (const element of index.elements)
      add(element.column, index.unique === true ? { unique: true, indexed: true } : { indexed: true });
  }
  return marks;
}

/** Marks in words, read aloud. */
export function marksWords(marks: Marks | undefined): string {
  if (marks === undefined) return 'no keys';
  const words = [
    marks.primary ? 'primary key' : '',
    marks.foreign ? 'foreign key' : '',
    marks.unique ? 'unique' : '',
    marks.indexed ? 'indexed' : '',
  ].filter((word) => word !== '');
  return words.length === 0 ? 'no keys' : words.join(', ');
}

/** A name like `wanted` that no column has yet: `wanted`, `wanted_2`, `wanted_3` ... */
export function freeName(wanted: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  if (!used.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!used.has(`${wanted}_${number}`)) return `${wanted}_${number}`;
}
