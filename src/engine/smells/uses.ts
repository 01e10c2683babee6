import type { Column } from '#model/column-types.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { memoByIdentity } from '../memo.ts';
import { type Scanned, scanSql, type Use } from './scan.ts';
import { type SqlText, textsElsewhere, textsOfTable } from './texts.ts';

/** A use of one column in one text. */
export interface FoundUse extends Use {
  readonly place: string;
}

const scanned = memoByIdentity((text: SqlText): Scanned => scanSql(text.sql));

/** Texts that use a column. */
interface Using {
  /** By the words in them. */
  readonly words: ReadonlyMap<string, readonly SqlText[]>;
  /** By the table whose columns they name without saying it. */
  readonly tables: ReadonlyMap<Id, readonly SqlText[]>;
}

const usingOf = memoByIdentity((texts: readonly SqlText[]): Using => {
  const found = { words: new Map<string, SqlText[]>(), tables: new Map<Id, SqlText[]>() };
  const add = (list: Map<string, SqlText[]>, key: string, text: SqlText) => {
    const known = list.get(key);
    if (known === undefined) list.set(key, [text]);
    else known.push(text);
  };
  for (const text of texts) {
    const { uses, words } = scanned(text);
    if (uses.length === 0) continue;
    if (text.table !== undefined) add(found.tables, text.table, text);
    else for (const word of words) add(found.words, word, text);
  }
  return found;
});

const usingOfTable = memoByIdentity((table: Table) => textsOfTable(table).filter((text) => scanned(text).uses.length > 0));

const NO_USES: UsesOfTable = new Map();

/** Uses of a table's columns by column id. */
export type UsesOfTable = ReadonlyMap<Id, readonly FoundUse[]>;

/** What the texts of a document, queries of its workload among them, do with its columns. Asked for one table at a time. */
export class Uses {
  readonly #document: Document;
  readonly #elsewhereTexts: readonly (readonly SqlText[])[];
  readonly #using: readonly Using[];
  readonly #known = new Map<Id, UsesOfTable>();

  constructor(document: Document) {
    this.#document = document;
    this.#elsewhereTexts = textsElsewhere(document);
    this.#using = this.#elsewhereTexts.map(usingOf).filter(({ words, tables }) => words.size + tables.size > 0);
  }

  /** Texts in which a column of the table may be used. */
  #textsFor(table: Table): readonly SqlText[] {
    const name = table.name.toLowerCase();
    const others: SqlText[] = [];
    for (const { words, tables } of this.#using) {
      const own = tables.get(table.id);
      if (own !== undefined) others.push(...own);
      const named = words.get(name);
      if (named !== undefined) others.push(...named);
    }
    return others.length === 0 ? usingOfTable(table) : [...usingOfTable(table), ...others];
  }

  /** Uses of the columns of a table, in the order of the texts. */
  of(table: Table): UsesOfTable {
    const known = this.#known.get(table.id);
    if (known !== undefined) return known;
    const texts = this.#textsFor(table);
    const found = texts.length === 0 ? NO_USES : this.#usesOf(table, texts);
    this.#known.set(table.id, found);
    return found;
  }

  /** Places of texts that name at least two of these words: columns or tables. @param table whose texts, or that they name. */
  naming(names: readonly string[], table?: Table): readonly string[] {
    const wanted = names.map((name) => name.toLowerCase());
    const name = table?.name.toLowerCase();
    const elsewhere = this.#elsewhereTexts
      .flat()
      .filter(
        (text) => name === undefined || text.table === table?.id || (text.table === undefined && scanned(text).words.has(name)),
      );
    const texts = table === undefined ? elsewhere : [...textsOfTable(table), ...elsewhere];
    const found = texts.filter((text) => wanted.filter((one) => scanned(text).words.has(one)).length > 1);
    return [...new Set(found.map(({ place }) => place))];
  }

  #usesOf(table: Table, texts: readonly SqlText[]): UsesOfTable {
    const found = new Map<Id, FoundUse[]>();
    const columns = new Map(table.columns.map((column) => [column.name.toLowerCase(), column.id]));
    for (const text of texts) {
      for (const use of this.#usesIn(text, table, columns)) {
        const id = columns.get(use.column) as Id;
        found.set(id, [...(found.get(id) ?? []), { ...use, place: text.place }]);
      }
    }
    return found;
  }

  #usesIn(text: SqlText, table: Table, columns: ReadonlyMap<string, Id>): readonly Use[] {
    const name = table.name.toLowerCase();
    const { uses, aliases } = scanned(text);
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
