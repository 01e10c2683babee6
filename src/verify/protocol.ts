import type { CheckableDialect } from '#engine/dialects/base/traits.ts';
import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import type { WeighAgain } from '#engine/indexes/advise/advise.ts';
import type { MeasuredProof } from '#engine/indexes/advise/proof.ts';
import type { Result } from '#lib/result.ts';
import type { CheckedStatement, CheckOutcome } from './check.ts';
import type { Trial, TrialOutcome } from './decomposition.ts';
import type { AdviceRequest, PlannedStatement, PlanRequest } from './planner/advisor.ts';
import type { MeasureRequest } from './planner/prove.ts';
import type { RowRequest, RowsOpened, RowText } from './row-types.ts';

export type ToVerifier = {
  readonly id: number;
  /** Address of the dumped empty cluster of PostgreSQL. */
  readonly dataDirectory: string;
} & (
  | { readonly kind: 'check'; readonly dialect: CheckableDialect; readonly statements: readonly CheckedStatement[] }
  /** A decomposition on rows, on an engine of its dialect. */
  | { readonly kind: 'try'; readonly trial: Trial }
  /** Opens a database to read rows from, in place of the one that is open. */
  | { readonly kind: 'open'; readonly request: RowRequest }
  /** Advises on indexes, and keeps the planner open for `weigh` and `plan`. */
  | { readonly kind: 'advise'; readonly request: AdviceRequest }
  /** What is best so far is the advice. */
  | { readonly kind: 'stop'; readonly job: number }
  | { readonly kind: 'weigh'; readonly indexes: readonly string[]; readonly again?: WeighAgain }
  | { readonly kind: 'plan'; readonly request: PlanRequest }
  /** Proves advice by running its queries on generated rows, in a database of its own. */
  | { readonly kind: 'measure'; readonly request: MeasureRequest }
  | { readonly kind: 'read'; readonly queries: readonly string[]; readonly most: number }
);

export type FromVerifier =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly what: string }
  | { readonly kind: 'checked'; readonly id: number; readonly outcome: CheckOutcome; readonly ms: number }
  | { readonly kind: 'tried'; readonly id: number; readonly outcome: TrialOutcome }
  | { readonly kind: 'opened'; readonly id: number; readonly opened: RowsOpened }
  | { readonly kind: 'advised'; readonly id: number; readonly advice: Result<IndexAdvice> }
  | { readonly kind: 'weighed'; readonly id: number; readonly scenario: Result<Scenario> }
  | { readonly kind: 'planned'; readonly id: number; readonly planned: Result<PlannedStatement> }
  | { readonly kind: 'measured'; readonly id: number; readonly proof: Result<MeasuredProof> }
  /** What each query gave, up to the first that failed. */
  | { readonly kind: 'rows'; readonly id: number; readonly results: readonly (RowText | { readonly problem: string })[] }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
