import type { Id } from '#model/types.ts';

/** Facts that are known or guessed of a column. */
export interface KnownColumn {
  readonly id: Id;
  readonly name: string;
  /** Different values; negative: minus their share of the rows, so that it grows with them (-1 = unique). */
  readonly distinct: number;
  /** 0 to 1. */
  readonly nullFraction: number;
  /** Bytes. */
  readonly averageWidth: number;
  /** -1 to 1. */
  readonly correlation: number;
  readonly min?: string;
  readonly max?: string;
  readonly common?: readonly { readonly value: string; readonly share: number }[];
  readonly bounds?: readonly string[];
  /** Why a fact is what it is, of those that nobody told. */
  readonly guesses: Readonly<Partial<Record<GuessedFact, string>>>;
}

export type GuessedFact = 'distinct' | 'nullFraction' | 'averageWidth' | 'correlation' | 'common' | 'min' | 'max';

/** Facts that are known or guessed of a table. */
export interface KnownTable {
  readonly id: Id;
  readonly rows: number;
  /** Blocks of 8192 bytes. */
  readonly pages: number;
  /** Why there are so many rows, when nobody told. */
  readonly rowsGuess?: string;
  readonly columns: readonly KnownColumn[];
}
