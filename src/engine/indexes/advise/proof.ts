import type { Id } from '#model/types.ts';
import type { Plan } from '../../planner/plan.ts';
import type { AdvisedIndex, IndexAdvice, LostIndex } from './advice.ts';

/** A set of indexes that queries are really run with. */
export interface ProofSet {
  /** `now`, `advised`, or of a loser: which. */
  readonly id: string;
  /** `loser`: the advised set with the candidate that came closest in place of what the query uses of its table. */
  readonly kind: 'now' | 'advised' | 'loser';
  /** Id of the loser in the advice. */
  readonly loser?: string;
  /** Indexes that are made for it, by their ids in the advice. */
  readonly make: readonly { readonly id: string; readonly sql: string }[];
  /** Ids (`schema.name`) of indexes that are there and would not be. */
  readonly drop: readonly string[];
  /** The queries that it is for; absent = all. */
  readonly queries?: readonly Id[];
}

/** What one query did with one set of indexes. */
export interface MeasuredRun {
  /** Id of the set. */
  readonly set: string;
  /** Pages of 8192 bytes in shared buffers that it touched: the same each time it is run. */
  readonly buffers: number;
  /** Rows it gave or changed. */
  readonly rows: number;
  /** Rows that its scans of tables found. */
  readonly found: number;
  readonly ms: number;
  readonly plan: Plan;
  /** Ids of the set's indexes that the plan read, those that exist as `schema.name`. */
  readonly uses: readonly string[];
}

/** A value that stood for a parameter. */
export interface BoundValue {
  /** `$1`. */
  readonly name: string;
  /** As an SQL literal. */
  readonly sql: string;
  /** `declared` with the query; taken from the `rows` that were made; made up by its `type`. */
  readonly from: 'declared' | 'rows' | 'type';
  /** Where it comes from, in words. */
  readonly words: string;
}

/**
 * - `agrees`: what cost says is better touches fewer pages, and no loser fewer still;
 * - `disagrees`: cost says better, pages say worse, or a loser beats the advice by more than a tenth;
 * - `too-small`: the sample does not show a difference that can be told, or does not use the index;
 * - `not-run`: it could not be run here, or nothing of it depends on indexes.
 */
export type ProofVerdict = 'agrees' | 'disagrees' | 'too-small' | 'not-run';

/** What running says of one query. */
export interface QueryProof {
  readonly query: Id;
  readonly verdict: ProofVerdict;
  /** The verdict in a sentence or two. */
  readonly words: string;
  /** In the order of the proof's sets; only those that ran. */
  readonly runs: readonly MeasuredRun[];
  readonly values: readonly BoundValue[];
}

/** Queries run on generated rows with one set of indexes and another. Plain data: it crosses from a worker. */
export interface MeasuredProof {
  /** Of PostgreSQL, such as `18.6`. */
  readonly version: string;
  readonly sets: readonly ProofSet[];
  readonly queries: readonly QueryProof[];
  /** Rows that were made of each table, and how many are declared. */
  readonly sample: readonly { readonly table: Id; readonly rows: number; readonly declared: number }[];
  /** Tables that stayed empty, with the reason. */
  readonly left: readonly { readonly table: Id; readonly reason: string }[];
}

/** The query's closest loser that was thought of for it, if any. */
function closestLoser(advice: IndexAdvice, query: Id): LostIndex | undefined {
  return advice.losers.find((one) => one.why !== 'unused' && one.reasons.some((reason) => reason.query === query));
}

const isMade = (one: AdvisedIndex) => one.verdict === 'make';

/**
 * The sets of indexes that an advice is proved with: those there are, those advised, and for each query the candidate that came
 * closest in place of what it uses of that candidate's table. Queries whose loser and place are the same share a set.
 */
export function proofSets(advice: IndexAdvice): readonly ProofSet[] {
  const made = advice.indexes.filter(isMade).map(({ id, sql }) => ({ id, sql }));
  const drop = advice.indexes.filter((one) => one.verdict === 'drop').map((one) => one.id);
  const sets = new Map<string, ProofSet>();
  for (const { query, uses } of advice.queries) {
    const loser = closestLoser(advice, query);
    if (loser === undefined) continue;
    const used = advice.indexes.filter((one) => uses.includes(one.id) && one.verdict !== 'rule');
    const replaced = used.filter((one) => one.table === loser.table);
    const stay = used.filter((one) => isMade(one) && one.table !== loser.table);
    const gone = [...drop, ...replaced.filter((one) => !isMade(one)).map((one) => one.id)];
    const key = JSON.stringify([loser.id, stay.map((one) => one.id), gone]);
    const known = sets.get(key);
    sets.set(key, {
      id: known?.id ?? `loser ${sets.size + 1}`,
      kind: 'loser',
      loser: loser.id,
      make: [...stay, loser].map(({ id, sql }) => ({ id, sql })),
      drop: gone,
      queries: [...(known?.queries ?? []), query],
    });
  }
  return [{ id: 'now', kind: 'now', make: [], drop: [] }, { id: 'advised', kind: 'advised', make: made, drop }, ...sets.values()];
}
