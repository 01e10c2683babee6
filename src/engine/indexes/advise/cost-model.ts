import type { Result } from '#lib/result.ts';
import type { Id } from '#model/types.ts';
import type { Plan } from '../../planner/plan.ts';
import type { CostBasis } from './advice.ts';
import type { AdvisedQuery, PreparedCandidate } from './prepare.ts';
import type { IndexSizes } from './problem.ts';

/** What a model says a query costs with some indexes there. */
export interface ModelCost {
  /** Of one call, in the model's unit. */
  readonly cost: number;
  /** Ids of the indexes that it uses, keys and unique indexes included. */
  readonly used: readonly string[];
  readonly plan: Plan;
}

/**
 * Something that says what queries cost with one set of indexes or another: PostgreSQL's own planner at the declared scale, or
 * the analytic model. Indexes are named by their ids in `PreparedAdvice`: of `candidates` and of `present`.
 */
export interface CostModel {
  readonly basis: CostBasis;
  /** Makes candidates known; nothing sees them until they are asked for. @returns by id why it cannot be made. */
  add(candidates: readonly PreparedCandidate[]): Promise<ReadonlyMap<string, string>>;
  /** Rows and pages by id of what the document has and of what `add` took. What is not in it cannot be used. */
  readonly sizes: IndexSizes;
  /**
   * @param indexes ids of candidates and of present indexes that are there beside those that hold rules
   * @returns in the order of `queries`; a problem where one cannot be planned
   */
  cost(queries: readonly AdvisedQuery[], indexes: readonly string[]): Promise<readonly Result<ModelCost>[]>;
  /** Rows of a table, as the model takes them. */
  rowsOf(table: Id): number;
  close(): Promise<void>;
}
