import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import type { Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';

/** What a person says of the advice they want. */
export interface AdviceSettings {
  /** Bytes for indexes that hold no rule; absent = as many as pay. */
  readonly budget?: number | undefined;
  /** How much writes weigh against reads; 1 = as much. */
  readonly writePenalty: number;
  /** Queries that are not to be weighed. */
  readonly leftOut: readonly Id[];
}

/** An advice with what it was given for. */
export interface Weighed {
  readonly advice: IndexAdvice;
  /** The document that was weighed. */
  readonly weighed: Document;
  readonly settings: AdviceSettings;
}

/** How work is watched and ended. */
export interface AdviceWatch {
  /** @param done 0 to 1 */
  readonly onProgress: (done: number, what: string) => void;
  /** Ends it; nothing is kept. */
  readonly signal: AbortSignal;
  /** Ends the search with the best that was found so far. */
  readonly enough: AbortSignal;
}

/** What gives advice: for each document the best model of costs that there is for its database. */
export interface Adviser {
  advise(document: Document, settings: AdviceSettings, watch: AdviceWatch): Promise<Result<IndexAdvice>>;
  /** What a set of indexes costs, by their ids in an advice: also when later runs were called off since. */
  weigh(advised: Weighed, indexes: readonly string[], watch: AdviceWatch): Promise<Result<Scenario>>;
}
