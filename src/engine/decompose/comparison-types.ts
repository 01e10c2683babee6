import type { Result } from '#lib/result.ts';
import type { Id } from '#model/types.ts';
import type { Anomaly } from '../normalize/anomaly.ts';
import type { NormalForm } from '../normalize/verdict.ts';
import type { Choice, GivenPart, Proposal } from './types.ts';

/** A decomposition that is worked out from the dependencies of a table. */
export type PlanKind = Exclude<Choice, readonly GivenPart[]>;

/** A functional dependency in column ids of the table that is decomposed. */
export interface Fact {
  readonly determinant: readonly Id[];
  readonly dependent: readonly Id[];
}

/** Why a dependency keeps the table out of a normal form. */
export interface BreachFact extends Fact {
  readonly form: '2NF' | '3NF' | 'EKNF' | 'BCNF' | '4NF';
  /** What the determinant determines; for 4NF too. */
  readonly closure: readonly Id[];
  /** What it misses, so that it is no key. */
  readonly missing: readonly Id[];
  /** The dependencies that give the dependent, in order; none for 4NF. */
  readonly derivation: readonly Fact[];
  /** Those of the dependent that no candidate key holds. */
  readonly nonPrime: readonly Id[];
  /** Candidate keys, a few of them. */
  readonly keys: readonly (readonly Id[])[];
  /** For 2NF: a candidate key that holds the determinant and more. */
  readonly inside?: readonly Id[];
  /** For 4NF: the blocks that combine freely for one determinant. */
  readonly blocks?: readonly (readonly Id[])[];
  readonly anomaly: Anomaly;
  /** It follows only from dependencies whose redundancy is accepted. */
  readonly accepted?: true;
}

/** What is proved of one table of a decomposition. */
export interface TableFacts {
  readonly form: NormalForm;
  /** Absent when undecided. */
  readonly fourth?: boolean;
  readonly complete: boolean;
  readonly reason?: string;
}

/** Where a dependency is checked after the decomposition. */
export interface HomeFact extends Fact {
  readonly kind: 'inside' | 'joint' | 'lost';
  /** Positions of the tables that check it together. */
  readonly tables: readonly number[];
  /** Inside one table: its dependencies used. Jointly: what each table adds, in the order of `tables`. */
  readonly steps: readonly Fact[];
  /** When lost: the positions of the tables whose join shows it, in join order; none when no join does. */
  readonly join?: readonly number[];
}

/** One use of a dependency in the tableau: in `column`, `row` takes the symbol of `from`. */
export interface TableauStep extends Fact {
  readonly row: number;
  readonly from: number;
  /** Position in the heading. */
  readonly column: number;
}

/** Why the join gives back exactly the old rows. */
export interface JoinFact {
  /** A row for each table, a symbol for each column: 0 = the old row's own value, n = a value of row n only. */
  readonly start: readonly (readonly number[])[];
  readonly steps: readonly TableauStep[];
  /** The row that became the old row; absent where multivalued dependencies are needed. */
  readonly whole?: number;
  /** With multivalued dependencies: two at a time, by what they share. */
  readonly merges: readonly { readonly one: readonly Id[]; readonly other: readonly Id[]; readonly shared: readonly Id[] }[];
}

export interface ComparedPlan {
  readonly proposal: Proposal;
  /** By position in the proposal's tables. */
  readonly tables: readonly TableFacts[];
  readonly join: JoinFact;
  /** The homes of all dependencies that count, as a canonical cover. */
  readonly homes: readonly HomeFact[];
}

/** The decompositions of one table side by side, with what is proved of each. */
export interface Comparison {
  /** The heading, by position in tableaux. */
  readonly columns: readonly Id[];
  readonly breaches: readonly BreachFact[];
  readonly plans: readonly { readonly choice: PlanKind; readonly found: Result<ComparedPlan> }[];
  /** What was not done before the time was over. */
  readonly open?: string;
}
