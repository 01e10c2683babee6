import type { Column } from '#model/column-types.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { memoByIdentity } from '../memo.ts';
import { type Scanned, scanSql, type Use } from './scan.ts';
import { type GivenStatement, type SqlText, sqlTextsOf } from './texts.ts';

/** A use of one column in one text. */
export interface FoundUse extends Use {
  readonly place: string;
}

const scanned = memoByIdentity((text: SqlText): Scanned => scanSql(text.sql));

/** Uses of a table's columns by column id. */
export type UsesOfTable = ReadonlyMap<Id, readonly FoundUse[]>;

/** What the texts of a document, and the statements given with it, do with its columns. Asked for one table at a time. */
export class Uses {
  readonly #document: Document;
  readonly #texts: readonly SqlText[];
  readonly #known = new Map<Id, UsesOfTable>();

  constructor(document: Document, given: readonly GivenStatement[] = []) {
    this.#document = document;
    this.#texts = sqlTextsOf(document, given);
  }

  /** Uses of the columns of a table, in the order of the texts. */
  of(table: Table): UsesOfTable {
    const known = this.#known.get(table.id);
    if (known !== undefined) return known;
    const columns = new Map(table.columns.map((column) => [column.name.toLowerCase(), column.id]));
    const found = new Map<Id, FoundUse[]>();
    for (const text of this.#texts) {
      for (const use of this.#usesIn(text, table, columns)) {
        const id = columns.get(use.column) as Id;
        found.set(id, [...(found.get(id) ?? []), { ...use, place: text.place }]);
      }
    }
    this.#known.set(table.id, found);
    return found;
  }

  /** Places of texts that name at least two of these words: columns or tables. @param table whose texts, or that they name. */
  naming(names: readonly string[], table?: Table): readonly string[] {
    const wanted = names.map((name) => name.toLowerCase());
    const own = table?.name.toLowerCase();
    const found = this.#texts.filter((text) => {
      if (table !== undefined && text.table !== undefined && text.table !== table.id) return false;
      const { words } = scanned(text);
      if (own !== undefined && text.table === undefined && !words.has(own)) return false;
      return wanted.filter((name) => words.has(name)).length > 1;
    });
    return [...new Set(found.map(({ place }) => place))];
  }

  #usesIn(text: SqlText, table: Table, columns: ReadonlyMap<string, Id>): readonly Use[] {
    const name = table.name.toLowerCase();
    if (text.table !== undefined && text.table !== table.id) return [];
    const { uses, words, aliases } = scanned(text);
    if (text.table === undefined && !words.has(name)) return [];
    return uses.filter(({ column, qualifier }) => {
      if (!columns.has(column)) return false;
      if (qualifier !== undefined) {
        if (text.table !== undefined) return [name, 'new', 'old'].includes(qualifier);
        return (aliases.get(qualifier) ?? qualifier) === name;
      }
      return text.table !== undefined || !this.#elsewhere(column, table, aliases);
    });
  }

  /** Another table that the text reads has a column of this name: whose it is, nobody knows. */
  #elsewhere(column: string, table: Table, aliases: ReadonlyMap<string, string>): boolean {
    const named = new Set(aliases.values());
    return Object.values(this.#document.tables).some(
      (other) =>
        other.id !== table.id &&
        named.has(other.name.toLowerCase()) &&
        other.columns.some((one) => one.name.toLowerCase() === column),
    );
  }
}

/** A value that a column is known to hold, and what says so. */
export interface KnownValue {
  readonly value: string;
  readonly place: string;
}

/**
 * Values that a column is known to hold: the literals of its type, of what compares it, of its default, and those most often
 * met in data. Each once, with the first that says it.
 */
export function knownValues(document: Document, column: Column, uses: readonly FoundUse[]): readonly KnownValue[] {
  const found = new Map<string, string>();
  const add = (value: string, place: string) => {
    if (!found.has(value)) found.set(value, place);
  };
  const { type } = column;
  if (type.kind === 'custom') {
    const custom = Object.hasOwn(document.types, type.type) ? document.types[type.type] : undefined;
    if (custom?.kind === 'enum') for (const value of custom.values) add(value, `enum ${custom.name}`);
  } else if (type.name.toLowerCase() === 'enum') {
    for (const one of type.args ?? []) add(one.replace(/^'(.*)'$/s, '$1').replaceAll("''", "'"), `type of ${column.name}`);
  }
  for (const use of uses) if (use.kind === 'equals') for (const value of use.literals) add(value, use.place);
  for (const { value } of column.facts?.common ?? []) add(value, 'sampled values');
  const literal = column.default?.kind === 'literal' ? /^'((?:[^']|'')*)'/.exec(column.default.sql)?.[1] : undefined;
  if (literal !== undefined) add(literal.replaceAll("''", "'"), `default of ${column.name}`);
  return [...found].map(([value, place]) => ({ value, place }));
}

/** Lines that cite uses: place and snippet, at most so many. */
export function linesOfUses(uses: readonly FoundUse[], limit = 4): string[] {
  const lines = [...new Set(uses.map(({ place, snippet }) => `${place}: ${snippet}`))];
  return lines.length <= limit ? lines : [...lines.slice(0, limit), `and ${lines.length - limit} more places`];
}
