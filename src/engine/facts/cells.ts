import { bytesText, shortNumber } from '#lib/amounts.ts';
import type { ColumnFacts } from '#model/column-types.ts';
import type { TableFacts } from '#model/types.ts';
import { BLOCK } from '../physical/index-size.ts';
import { distinctText, exactNumber, percentText } from './fact-text.ts';
import type { KnownColumn, KnownTable } from './known.ts';
import { commonGist, commonText, valuesText } from './list-text.ts';

export type TableFact = 'rows' | 'growth' | 'bytes';
export type ColumnFact = 'distinct' | 'nullFraction' | 'averageWidth' | 'correlation' | 'min' | 'max' | 'common' | 'bounds';

export const TABLE_FACTS: readonly TableFact[] = ['rows', 'growth', 'bytes'];
export const COLUMN_FACTS: readonly ColumnFact[] = [
  'distinct',
  'nullFraction',
  'averageWidth',
  'correlation',
  'min',
  'max',
  'common',
  'bounds',
];

/** Growth is told per month, kept per day. */
export const DAYS_A_MONTH = 365.25 / 12;

/** One fact, ready to be shown. */
export interface FactCell {
  /** In few letters with its unit; empty = not known and not guessed. */
  readonly shown: string;
  /** As a person edits it: nothing is rounded away. */
  readonly exact: string;
  /** Why it is what it is, when nobody told. */
  readonly guess?: string;
  /** Somebody told it. */
  readonly declared: boolean;
  /** What it was read from, when it was. */
  readonly source?: string;
  /** Where nothing is shown: how it comes to be known. */
  readonly later?: string;
}

const UNKNOWN: FactCell = { shown: '', exact: '', declared: false };

function told(shown: string, exact: string, source: string | undefined): FactCell {
  return { shown, exact, declared: true, ...(source === undefined ? {} : { source }) };
}

const guessed = (shown: string, exact: string, guess: string): FactCell => ({ shown, exact, guess, declared: false });

function growthCell(rowsPerDay: number | undefined, source: string | undefined): FactCell {
  if (rowsPerDay === undefined) return UNKNOWN;
  const month = Number((rowsPerDay * DAYS_A_MONTH).toPrecision(6));
  return told(`${shortNumber(month)} /month`, exactNumber(month), source);
}

/** A fact of a table. @param facts what was told of it */
export function tableCell(known: KnownTable, facts: TableFacts | undefined, fact: TableFact): FactCell {
  const { rows, rowsPerDay, pages, source } = facts ?? {};
  if (fact === 'growth') return growthCell(rowsPerDay, source);
  if (fact === 'bytes') {
    const bytes = known.pages * BLOCK;
    if (pages !== undefined) return told(bytesText(bytes), `${exactNumber(bytes)} B`, source);
    const from =
      known.rowsGuess === undefined ? 'worked out from its rows and the width of one' : 'from guessed rows and the width of one';
    return guessed(bytesText(bytes), `${exactNumber(bytes)} B`, from);
  }
  const [shown, exact] = [shortNumber(known.rows), exactNumber(known.rows)];
  return rows === undefined ? guessed(shown, exact, known.rowsGuess ?? 'nobody told') : told(shown, exact, source);
}

/** What nobody told of the rows of a materialized view takes a reading of its query, which only advice does. */
const LATER: FactCell = { shown: '', exact: '', declared: false, later: 'worked out from its query when indexes are advised' };

/** A fact of a materialized view. @param facts what was told of it */
export function storedViewCell(facts: TableFacts | undefined, fact: TableFact): FactCell {
  const { rows, rowsPerDay, pages, source } = facts ?? {};
  if (fact === 'rows') return rows === undefined ? LATER : told(shortNumber(rows), exactNumber(rows), source);
  if (fact === 'growth') return growthCell(rowsPerDay, source);
  return pages === undefined ? LATER : told(bytesText(pages * BLOCK), `${exactNumber(pages * BLOCK)} B`, source);
}

/** How a fact of a column is shown, and how it is edited; undefined where there is none. */
function texts(known: KnownColumn, fact: ColumnFact): readonly [shown: string, exact: string] | undefined {
  switch (fact) {
    case 'distinct':
      if (known.distinct < 0) {
        const share = known.distinct === -1 ? 'unique' : `${exactNumber(-known.distinct * 100)} %`;
        return [distinctText(known.distinct), share];
      }
      return [distinctText(known.distinct), exactNumber(known.distinct)];
    case 'nullFraction':
      return [percentText(known.nullFraction), `${exactNumber(known.nullFraction * 100)} %`];
    case 'averageWidth':
      return [bytesText(known.averageWidth), exactNumber(known.averageWidth)];
    case 'correlation':
      return [String(Number(known.correlation.toPrecision(3))), exactNumber(known.correlation)];
    case 'common':
      return known.common === undefined ? undefined : [commonGist(known.common), commonText(known.common)];
    case 'bounds':
      return known.bounds === undefined ? undefined : [`${known.bounds.length} bounds`, valuesText(known.bounds)];
    default: {
      const value = known[fact];
      return value === undefined ? undefined : [value, value];
    }
  }
}

/** A fact of a column. @param facts what was told of it */
export function columnCell(known: KnownColumn, facts: ColumnFacts | undefined, fact: ColumnFact): FactCell {
  const found = texts(known, fact);
  if (found === undefined) return UNKNOWN;
  if (facts?.[fact] !== undefined) return told(...found, facts.source);
  const why = fact === 'bounds' ? undefined : known.guesses[fact];
  // A width that the type fixes is neither told nor guessed.
  return why === undefined ? { shown: found[0], exact: found[1], declared: false } : guessed(...found, why);
}
