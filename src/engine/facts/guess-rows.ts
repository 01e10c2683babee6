import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';

/** Rows of a table, told or guessed. */
export interface RowCount {
  readonly rows: number;
  /** Why, when nobody told. */
  readonly guess?: string;
}

/** Rows where nothing speaks for more or less. */
const USUAL = 10_000;
/** A lookup table: a few columns that others refer to and that refers to none. */
const LOOKUP = 100;
const LOOKUP_COLUMNS = 4;
/** Rows of a child for each row of its largest parent. */
const EACH = 5;
const MOST = 10_000_000;

const LOOKUP_NAME =
  /(^|_)(status|state|type|kind|category|country|currency|role|unit|language|region|level|priority|gender)(e?s|ies)?$/i;

interface Links {
  readonly parents: ReadonlyMap<Id, readonly Id[]>;
  readonly referenced: ReadonlySet<Id>;
}

function linksOf(document: Document): Links {
  const parents = new Map<Id, Id[]>();
  const referenced = new Set<Id>();
  for (const { child, parent } of Object.values(document.relationships)) {
    referenced.add(parent);
    if (child !== parent) parents.set(child, [...(parents.get(child) ?? []), parent]);
  }
  return { parents, referenced };
}

/**
 * Rows of every table: as told, or guessed from what refers to what. A lookup table has a hundred, a table on its own ten
 * thousand, one that refers to others five for each row of the largest; a partition has its share of the whole.
 */
export function rowCounts(document: Document): ReadonlyMap<Id, RowCount> {
  const { parents, referenced } = linksOf(document);
  const tables = Object.values(document.tables);
  const partitions = new Map<Id, number>();
  for (const { partitionOf } of tables) {
    if (partitionOf !== undefined) partitions.set(partitionOf.parent, (partitions.get(partitionOf.parent) ?? 0) + 1);
  }
  const known = new Map<Id, RowCount>();
  const open = new Set<Id>();

  const guess = (table: Table): RowCount => {
    const { partitionOf } = table;
    const whole = partitionOf === undefined ? undefined : document.tables[partitionOf.parent];
    if (whole !== undefined) {
      const parts = partitions.get(whole.id) ?? 1;
      return { rows: Math.ceil(count(whole).rows / parts), guess: `one of ${parts} partitions of ${whole.name}` };
    }
    const own = (parents.get(table.id) ?? []).flatMap((id) => document.tables[id] ?? []);
    if (own.length === 0) {
      const few = columnsOf(document, table).length <= LOOKUP_COLUMNS;
      if (referenced.has(table.id) && (few || LOOKUP_NAME.test(table.name))) return { rows: LOOKUP, guess: 'a lookup table' };
      return { rows: USUAL, guess: 'no table it refers to says more' };
    }
    const largest = own.reduce((one, other) => (count(other).rows > count(one).rows ? other : one));
    return { rows: Math.min(MOST, count(largest).rows * EACH), guess: `${EACH} for each row of ${largest.name}` };
  };

  const count = (table: Table): RowCount => {
    const found = known.get(table.id);
    if (found !== undefined) return found;
    if (table.facts?.rows !== undefined) return { rows: table.facts.rows };
    // Tables that refer to each other in a circle: somebody begins.
    if (open.has(table.id)) return { rows: USUAL, guess: 'it refers to itself by way of others' };
    open.add(table.id);
    const guessed = guess(table);
    open.delete(table.id);
    known.set(table.id, guessed);
    return guessed;
  };

  for (const table of tables) known.set(table.id, count(table));
  return known;
}
