import type { Index } from '#model/table-parts.ts';
import type { Id } from '#model/types.ts';
import type { Plan } from '../../planner/plan.ts';
import type { Reason, Role } from '../candidates/candidate.ts';
import type { Reason as WhyNot } from '../select/explain.ts';

/** Where costs come from. Their unit is a page read in sequence, in both. */
export type CostBasis =
  /** PostgreSQL's own planner, told the declared sizes. `noSkips`: it plans for an older server, which cannot skip within an index. */
  | { readonly kind: 'planner'; readonly version: string; readonly noSkips?: true }
  /** Worked out from the facts by formulas. `why` no planner was asked. */
  | { readonly kind: 'analytic'; readonly why: string };

/** What a query costs, by call, with one set of indexes or another. */
export interface QueryVerdict {
  readonly query: Id;
  /** Calls in an hour; 1 when nobody said. */
  readonly calls: number;
  readonly counted: boolean;
  /** With keys and unique indexes only. */
  readonly none: number;
  /** With the indexes there are. */
  readonly now: number;
  readonly advised: number;
  /** Ids of the advised set that it uses, keys included. */
  readonly uses: readonly string[];
  readonly planNow: Plan;
  readonly planAdvised: Plan;
}

/** `make`: there is none yet. `keep` and `drop`: it exists. `rule`: a key or unique index, which stays. */
export type IndexVerdict = 'make' | 'keep' | 'drop' | 'rule';

/** A part of an index, in words of the dialect, and what it is there for. */
export interface AdvisedPart {
  /** `customer_id`, `lower(email)`. */
  readonly text: string;
  readonly column?: Id;
  /** Absent where no query of the workload uses the part. */
  readonly role?: Role;
  readonly desc?: true;
}

/** What one query gains from one index, by call. */
export interface IndexGain {
  readonly query: Id;
  /** Cost with everything advised but this index, and what needs it. */
  readonly without: number;
  readonly with: number;
}

/** An index that is or could be, with what is known of it. */
export interface IndexCard {
  /** Of the cost model: a candidate's, or `schema.name`. */
  readonly id: string;
  readonly table: Id;
  /** The name it has, or would be given. */
  readonly name: string;
  readonly parts: readonly AdvisedPart[];
  /** Of a partial one: which rows it holds. */
  readonly where?: string;
  /** Absent = a B-tree. */
  readonly method?: string;
  readonly unique?: true;
  /** The statement that makes it, without its end; of a constraint the clause. */
  readonly sql: string;
  /** What to put into the model; absent of an index that exists. */
  readonly index?: Omit<Index, 'id'>;
  /** Of an index that exists: its id in its table; absent of constraints. */
  readonly existing?: Id;
  /** Why it was thought of. Empty for indexes that exist. */
  readonly reasons: readonly Reason[];
  readonly notes: readonly string[];
  readonly extension?: string;
  readonly bytes: number;
  /** At the table's growth; absent where no growth is declared. */
  readonly bytesInThreeYears?: number;
  /** What keeping it up to date costs in an hour. */
  readonly writeCost: number;
}

/** An index of the answer, or one that exists. */
export interface AdvisedIndex extends IndexCard {
  readonly verdict: IndexVerdict;
  /** By how much the total of an hour would rise without it; 0 for `drop` and `rule`. */
  readonly worth: number;
  readonly gains: readonly IndexGain[];
  /** Of `drop`: why, and what does its work. */
  readonly why?: WhyNot;
  readonly instead: readonly string[];
}

/** A candidate that was weighed and not taken. */
export interface LostIndex extends IndexCard {
  readonly why: WhyNot;
  /** Ids of indexes that do its work or take its room. */
  readonly instead: readonly string[];
  /** What queries would gain from it in an hour beside the answer, were there room. */
  readonly gain: number;
  /** By how much the total would be higher with it. Absent where it fits in no answer. */
  readonly dearer?: number;
}

/** A set of indexes and what an hour of the workload costs with it. */
export interface Scenario {
  readonly indexes: readonly string[];
  /** Cost of queries in an hour, calls included. */
  readonly reads: number;
  /** Cost of keeping indexes up to date in an hour. */
  readonly writes: number;
  /** Bytes of indexes, those that hold rules apart. */
  readonly bytes: number;
  /** Cost by call of each query. */
  readonly queries: readonly { readonly query: Id; readonly cost: number; readonly uses: readonly string[]; readonly plan: Plan }[];
}

/** Which indexes a workload needs, which it does not, and why. Plain data: it crosses from a worker. */
export interface IndexAdvice {
  readonly basis: CostBasis;
  /** Bytes for indexes that hold no rule; absent = as many as pay. */
  readonly budget?: number;
  readonly queries: readonly QueryVerdict[];
  /** Queries that were not weighed, with the reason. */
  readonly left: readonly { readonly query: Id; readonly reason: string }[];
  /** What to make, most worth first; then what to keep, what to drop, and keys. */
  readonly indexes: readonly AdvisedIndex[];
  /** The closest first. */
  readonly losers: readonly LostIndex[];
  /** Candidates that the engine refused to make. */
  readonly refused: readonly { readonly sql: string; readonly reason: string }[];
  readonly none: Scenario;
  readonly now: Scenario;
  readonly advised: Scenario;
  /**
   * No choice among the candidates costs less than this in an hour: proved, as long as more indexes make no plan dearer. How far
   * below `advised` it is says how little is known, not how much can be gained. It speaks of trifles, too, that were left out.
   */
  readonly bound: number;
  /** False when it was stopped, or when not every candidate was found or weighed; `reason` says what. */
  readonly complete: boolean;
  readonly reason?: string;
  /** Plans that were asked for. */
  readonly asked: number;
}

/** The names of an advice's indexes by their ids: what is made anew of a document takes the same ids. */
export function advisedNames({ indexes, losers }: Pick<IndexAdvice, 'indexes' | 'losers'>): readonly (readonly [string, string])[] {
  return [...indexes, ...losers].flatMap(({ id, name, existing }) => (existing === undefined ? [[id, name] as const] : []));
}
