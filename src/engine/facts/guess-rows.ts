import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { labelCount } from './guess-column.ts';
import { uniqueColumnLists } from './unique-columns.ts';
import { mostValues, valueKind } from './value-kind.ts';

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
  /** Foreign keys of each table, those to itself left out. */
  readonly ofChild: ReadonlyMap<Id, readonly Relationship[]>;
  readonly ofParent: ReadonlyMap<Id, readonly Relationship[]>;
  /** Partitions of each partitioned table. */
  readonly partitions: ReadonlyMap<Id, readonly Table[]>;
}

function linksOf(document: Document): Links {
  const ofChild = new Map<Id, Relationship[]>();
  const ofParent = new Map<Id, Relationship[]>();
  for (const link of Object.values(document.relationships)) {
    if (link.child === link.parent || link.childColumns.length === 0) continue;
    ofChild.set(link.child, [...(ofChild.get(link.child) ?? []), link]);
    ofParent.set(link.parent, [...(ofParent.get(link.parent) ?? []), link]);
  }
  const partitions = new Map<Id, Table[]>();
  for (const table of Object.values(document.tables)) {
    const whole = table.partitionOf?.parent;
    if (whole !== undefined) partitions.set(whole, [...(partitions.get(whole) ?? []), table]);
  }
  return { ofChild, ofParent, partitions };
}

class Counting {
  private readonly known = new Map<Id, RowCount>();
  private readonly open = new Set<Id>();
  private readonly above = new Map<Id, number>();
  private readonly document: Document;
  private readonly links: Links;

  constructor(document: Document) {
    this.document = document;
    this.links = linksOf(document);
  }

  private children(table: Table): readonly Relationship[] {
    return this.links.ofParent.get(table.id) ?? [];
  }

  private isLookup(table: Table): boolean {
    if (this.links.ofChild.has(table.id) || this.children(table).length === 0) return false;
    return columnsOf(this.document, table).length <= LOOKUP_COLUMNS || LOOKUP_NAME.test(table.name);
  }

  /** Rows that follow from what is told of tables that refer to this one: a fifth of the largest. 0 = nothing is told. */
  private toldBelow(table: Table): number {
    const { rows } = table.facts ?? {};
    if (rows !== undefined) return rows;
    const known = this.above.get(table.id);
    if (known !== undefined) return known;
    // A circle says nothing.
    this.above.set(table.id, 0);
    if (this.isLookup(table)) return 0;
    const counts = this.children(table).map(({ child }) => {
      const below = this.document.tables[child];
      return below === undefined ? 0 : this.toldBelow(below) / EACH;
    });
    const most = Math.ceil(Math.max(0, ...counts));
    this.above.set(table.id, most);
    return most;
  }

  /** The fewest rows that keys leave room for: as many as a parent has, or as values can differ. */
  private room(table: Table): RowCount | undefined {
    const links = this.links.ofChild.get(table.id) ?? [];
    const limits = uniqueColumnLists(table).flatMap((key) => this.roomOfKey(table, key, links));
    return limits.reduce<RowCount | undefined>(
      (least, one) => (least === undefined || one.rows < least.rows ? one : least),
      undefined,
    );
  }

  private roomOfKey(table: Table, key: readonly Id[], links: readonly Relationship[]): readonly RowCount[] {
    let rows = 1;
    const names: string[] = [];
    const left = new Set(key);
    for (const { parent, childColumns } of links) {
      if (!childColumns.every((column) => left.has(column))) continue;
      const above = this.document.tables[parent];
      if (above === undefined || this.open.has(parent)) continue;
      for (const column of childColumns) left.delete(column);
      rows *= Math.max(1, this.of(above).rows);
      names.push(above.name);
    }
    for (const id of left) {
      const column = table.columns.find((one) => one.id === id);
      if (column === undefined) return [];
      const most = labelCount(column, this.document) ?? mostValues(valueKind(this.document, column.type));
      if (most === undefined) return [];
      rows *= most;
      names.push(column.name);
    }
    if (names.length === 0) return [];
    return [
      {
        rows,
        guess:
          names.length === 1
            ? `no more than one for each of ${names[0]}`
            : `no more than one for each pair of ${names.join(' and ')}`,
      },
    ];
  }

  private byReferences(table: Table): RowCount {
    const { document, links } = this;
    const { partitionOf } = table;
    const whole = partitionOf === undefined ? undefined : document.tables[partitionOf.parent];
    if (whole !== undefined) {
      const parts = links.partitions.get(whole.id)?.length ?? 1;
      return { rows: Math.ceil(this.of(whole).rows / parts), guess: `one of ${parts} partitions of ${whole.name}` };
    }
    if (this.isLookup(table)) return { rows: LOOKUP, guess: 'a lookup table' };
    // Older dumps have the foreign keys at the partitions.
    const own = [table, ...(links.ofChild.has(table.id) ? [] : (links.partitions.get(table.id) ?? []))];
    const parents = own
      .flatMap(({ id }) => links.ofChild.get(id) ?? [])
      .flatMap(({ parent }) => (parent === table.id ? [] : (document.tables[parent] ?? [])));
    const largest = parents.reduce<{ name: string; rows: number } | undefined>((most, one) => {
      const { rows } = this.of(one);
      return most === undefined || rows > most.rows ? { name: one.name, rows } : most;
    }, undefined);
    if (largest === undefined) return { rows: USUAL, guess: 'no table it refers to says more' };
    const rows = Math.max(Math.min(MOST, largest.rows * EACH), largest.rows);
    return {
      rows,
      guess: rows === largest.rows * EACH ? `${EACH} for each row of ${largest.name}` : `not fewer than ${largest.name}`,
    };
  }

  /** What partitions are told to have, and as much for those of which nothing is told. */
  private sumOfPartitions(table: Table): RowCount | undefined {
    const parts = this.links.partitions.get(table.id) ?? [];
    const told = parts.flatMap(({ facts }) => facts?.rows ?? []);
    if (told.length === 0) return undefined;
    const sum = told.reduce((all, rows) => all + rows, 0);
    return { rows: Math.ceil((sum * parts.length) / told.length), guess: 'the sum of its partitions' };
  }

  private guess(table: Table): RowCount {
    const sum = this.sumOfPartitions(table);
    if (sum !== undefined) return sum;
    let found = this.byReferences(table);
    if (table.partitionOf !== undefined) return found;
    const below = this.toldBelow(table);
    if (below > found.rows) found = { rows: below, guess: `a fifth of what is told to refer to it` };
    const room = this.room(table);
    if (room !== undefined && room.rows < found.rows) found = room;
    // A person who says how many values differ knows of so many rows.
    for (const { name, facts } of table.columns) {
      if ((facts?.distinct ?? 0) > found.rows)
        found = { rows: facts?.distinct ?? 0, guess: `as many as ${name} has different values` };
    }
    return found;
  }

  of(table: Table): RowCount {
    const found = this.known.get(table.id);
    if (found !== undefined) return found;
    if (table.facts?.rows !== undefined) return { rows: table.facts.rows };
    // Tables that refer to each other in a circle: somebody begins.
    if (this.open.has(table.id)) return { rows: USUAL, guess: 'it refers to itself by way of others' };
    this.open.add(table.id);
    const guessed = this.guess(table);
    this.open.delete(table.id);
    this.known.set(table.id, guessed);
    return guessed;
  }
}

/**
 * Rows of every table: as told, or guessed from what refers to what. A lookup table has a hundred, a table on its own ten
 * thousand, one that refers to others five for each row of the largest; where rows of those that refer to it are told, a fifth
 * of them. Keys leave room for so many only; a partition has its share of the whole.
 */
export function rowCounts(document: Document): ReadonlyMap<Id, RowCount> {
  const counting = new Counting(document);
  return new Map(Object.values(document.tables).map((table) => [table.id, counting.of(table)]));
}
