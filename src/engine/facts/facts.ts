import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { isNotNull } from '../normalize/table-dependencies.ts';
import { heapPages } from '../physical/index-size.ts';
import { rowWidth, valueBytes } from '../physical/row-width.ts';
import { type ColumnGuess, guessColumn } from './guess-column.ts';
import { type RowCount, rowCounts } from './guess-rows.ts';
import type { GuessedFact, KnownColumn, KnownTable } from './known.ts';

/** Columns that are a key alone. */
function uniqueColumns(table: Table): ReadonlySet<Id> {
  const keys = table.keys.map((key) => key.columns);
  const indexes = table.indexes.filter((index) => index.unique === true && index.where === undefined);
  const lists = [...keys, ...indexes.map((index) => index.elements.flatMap((element) => element.column ?? []))];
  return new Set(lists.flatMap((columns) => (columns.length === 1 ? columns : [])));
}

/** Rows of the table that a column refers to alone. */
function parentRowsOf(document: Document, counts: ReadonlyMap<Id, RowCount>): ReadonlyMap<Id, number> {
  const found = new Map<Id, number>();
  for (const { parent, childColumns } of Object.values(document.relationships)) {
    const [only] = childColumns;
    const rows = counts.get(parent)?.rows;
    if (childColumns.length !== 1 || only === undefined || rows === undefined) continue;
    found.set(only, Math.min(rows, found.get(only) ?? rows));
  }
  return found;
}

function knownColumn(
  { id, name, facts = {} }: { id: Id; name: string; facts?: Partial<KnownColumn> | undefined },
  guess: ColumnGuess,
  width: { readonly bytes: number; readonly assumed: boolean },
): KnownColumn {
  const guesses: Partial<Record<GuessedFact, string>> = {};
  const taken = (fact: 'distinct' | 'nullFraction' | 'correlation') => {
    const told = facts[fact];
    if (told !== undefined) return told;
    const [value, why] = guess[fact];
    guesses[fact] = why;
    return value;
  };
  if (facts.averageWidth === undefined && width.assumed) guesses.averageWidth = 'its type';
  const common = facts.common ?? (facts.distinct === undefined ? guess.common?.[0] : undefined);
  if (facts.common === undefined && common !== undefined && guess.common !== undefined) guesses.common = guess.common[1];
  const { min, max, bounds } = facts;
  return {
    id,
    name,
    distinct: taken('distinct'),
    nullFraction: taken('nullFraction'),
    correlation: taken('correlation'),
    averageWidth: facts.averageWidth ?? width.bytes,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(common === undefined ? {} : { common }),
    ...(bounds === undefined ? {} : { bounds }),
    guesses,
  };
}

/**
 * What is known of every table and its columns for cost and size: what the document tells (`facts` of tables and columns),
 * and where it tells nothing a guess from types, keys and names that says so.
 * @returns by the table's id. Pages are of 8192 bytes, as PostgreSQL stores rows.
 */
export function knownFacts(document: Document): ReadonlyMap<Id, KnownTable> {
  const counts = rowCounts(document);
  const parents = parentRowsOf(document, counts);
  const known = new Map<Id, KnownTable>();
  for (const table of Object.values(document.tables)) {
    const { rows, guess } = counts.get(table.id) ?? { rows: 0 };
    const unique = uniqueColumns(table);
    const columns = columnsOf(document, table).map((column) => {
      const parentRows = parents.get(column.id);
      const guessed = guessColumn(column, {
        document,
        table,
        rows,
        unique: unique.has(column.id),
        notNull: isNotNull(document, table, column),
        ...(parentRows === undefined ? {} : { parentRows }),
      });
      return knownColumn(column, guessed, valueBytes(document, column));
    });
    known.set(table.id, {
      id: table.id,
      rows,
      pages: table.facts?.pages ?? heapPages(rows, rowWidth(document, table).bytes),
      ...(guess === undefined ? {} : { rowsGuess: guess }),
      columns,
    });
  }
  return known;
}
