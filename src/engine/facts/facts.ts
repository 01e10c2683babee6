import { ancestorsOf, columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { isNotNull } from '../normalize/table-dependencies.ts';
import { heapPages } from '../physical/index-size.ts';
import { rowWidth, valueBytes } from '../physical/row-width.ts';
import { type ColumnGuess, guessColumn } from './guess-column.ts';
import { type RowCount, rowCounts } from './guess-rows.ts';
import type { GuessedFact, KnownColumn, KnownTable } from './known.ts';
import { uniqueColumnLists } from './unique-columns.ts';

/** Columns that are a key alone. */
function uniqueColumns(table: Table): ReadonlySet<Id> {
  return new Set(uniqueColumnLists(table).flatMap((columns) => (columns.length === 1 ? columns : [])));
}

/** By the referring table and its column: rows of the table that the column refers to alone. */
type ParentRows = ReadonlyMap<Id, ReadonlyMap<Id, number>>;

function parentRowsOf(document: Document, counts: ReadonlyMap<Id, RowCount>): ParentRows {
  const found = new Map<Id, Map<Id, number>>();
  for (const { child, parent, childColumns } of Object.values(document.relationships)) {
    const [only] = childColumns;
    const rows = counts.get(parent)?.rows;
    if (childColumns.length !== 1 || only === undefined || rows === undefined) continue;
    const own = found.get(child) ?? new Map<Id, number>();
    found.set(child, own.set(only, Math.min(rows, own.get(only) ?? rows)));
  }
  return found;
}

/** Of a column's own foreign keys, and of those of the partitioned table it is from. */
function parentRows(rows: ParentRows, table: Table, column: Id): number | undefined {
  const counts = [table.id, ...ancestorsOf(table)].flatMap((id) => rows.get(id)?.get(column) ?? []);
  return counts.length === 0 ? undefined : Math.min(...counts);
}

/** Smallest and largest value: as told, else the ends of the histogram, else guessed where nothing of them is told. */
function rangeOf(
  { min, max, bounds, distinct }: Partial<KnownColumn>,
  { range }: ColumnGuess,
  guesses: Partial<Record<GuessedFact, string>>,
): readonly [min: string | undefined, max: string | undefined] {
  if (bounds !== undefined && bounds.length > 1) return [min ?? bounds[0], max ?? bounds.at(-1)];
  if (range === undefined || min !== undefined || max !== undefined || (distinct !== undefined && distinct !== -1))
    return [min, max];
  const [values, why] = range;
  guesses.min = why;
  guesses.max = why;
  return values;
}

function knownColumn(
  { id, name, facts = {} }: { id: Id; name: string; facts?: Partial<KnownColumn> | undefined },
  guess: ColumnGuess,
  width: { readonly bytes: number; readonly assumed: boolean },
  rows: number,
): KnownColumn {
  const guesses: Partial<Record<GuessedFact, string>> = {};
  const taken = (fact: 'distinct' | 'nullFraction' | 'correlation') => {
    const told = facts[fact];
    // More different values than rows, as after a change of the rows, are as many as rows.
    if (told !== undefined) return fact === 'distinct' ? Math.min(told, Math.max(1, rows)) : told;
    const [value, why] = guess[fact];
    guesses[fact] = why;
    return value;
  };
  if (facts.averageWidth === undefined && width.assumed) guesses.averageWidth = 'its type';
  const common = facts.common ?? (facts.distinct === undefined ? guess.common?.[0] : undefined);
  if (facts.common === undefined && common !== undefined && guess.common !== undefined) guesses.common = guess.common[1];
  const { bounds } = facts;
  const [min, max] = rangeOf(facts, guess, guesses);
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
  const found = remembered.get(document) ?? workOut(document);
  remembered.set(document, found);
  return found;
}

/** Documents do not change, so that everybody who looks at one shares what is known of it. */
const remembered = new WeakMap<Document, ReadonlyMap<Id, KnownTable>>();

/** Blocks of 8192 bytes that so many rows of a table take: as measured, else worked out from the width of a row. */
export function tablePages(document: Document, table: Table, rows: number): number {
  return table.facts?.pages ?? heapPages(rows, rowWidth(document, table).bytes);
}

function workOut(document: Document): ReadonlyMap<Id, KnownTable> {
  const counts = rowCounts(document);
  const parents = parentRowsOf(document, counts);
  const known = new Map<Id, KnownTable>();
  for (const table of Object.values(document.tables)) {
    const { rows, guess } = counts.get(table.id) ?? { rows: 0 };
    const unique = uniqueColumns(table);
    const columns = columnsOf(document, table).map((column) => {
      const above = parentRows(parents, table, column.id);
      const guessed = guessColumn(column, {
        document,
        table,
        rows,
        unique: unique.has(column.id),
        notNull: isNotNull(document, table, column),
        ...(above === undefined ? {} : { parentRows: above }),
      });
      return knownColumn(column, guessed, valueBytes(document, column), rows);
    });
    known.set(table.id, {
      id: table.id,
      rows,
      pages: tablePages(document, table, rows),
      ...(guess === undefined ? {} : { rowsGuess: guess }),
      columns,
    });
  }
  return known;
}
