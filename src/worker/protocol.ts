/**
 * What the page and the engine's worker say to each other.
 *
 * The page sends the whole document once (`reset`) and then only what changed (`apply`); it asks for stages of one revision
 * and gets each as the difference to what it was last sent, or `unchanged`. An `epoch` counts resets: whatever carries an
 * older one belongs to a document that is no longer open, or to a worker that is gone.
 */

import type { Finding } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import type { Queries, QueryAnswers, QueryName } from '#engine/queries.ts';
import type { Unsupported, WrittenStatement } from '#engine/sql/written.ts';
import type { Stage } from '#engine/stages.ts';
import type { QueryFacts } from '#engine/workload/facts.ts';
import type { Diff } from '#model/diff.ts';
import type { Document } from '#model/types.ts';
import type { Delta } from './delta.ts';

/** One question with its arguments. */
export type Query = { [N in QueryName]: { readonly name: N; readonly args: Queries[N] } }[QueryName];

export type ToWorker =
  | { readonly kind: 'reset'; readonly epoch: number; readonly revision: number; readonly document: Document }
  /** `diff`: the model part only. */
  | { readonly kind: 'apply'; readonly revision: number; readonly diff: Diff }
  | { readonly kind: 'ask'; readonly revision: number; readonly stages: readonly Stage[] }
  /** Answered out of turn, between stages. */
  | { readonly kind: 'query'; readonly id: number; readonly query: Query };

/** How each stage's answer travels. */
export interface Payloads {
  readonly ddl: { readonly statements?: Delta<WrittenStatement>; readonly unsupported?: readonly Unsupported[] };
  /** Findings by the record they are shown at. */
  readonly findings: Delta<readonly Finding[]>;
  readonly normalForms: Delta<Verdict>;
  readonly workload: Delta<QueryFacts>;
}

export type StagePayload = {
  [S in Stage]: { readonly stage: S; readonly payload: Payloads[S] | 'unchanged' };
}[Stage];

export interface StageFailure {
  readonly stage: Stage;
  readonly message: string;
}

export type FromWorker =
  /** The engine and its parser are there. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'result'; readonly epoch: number; readonly revision: number; readonly result: StagePayload }
  /** Ends every ask. `superseded`: an edit arrived meanwhile and the remaining stages were left out. */
  | {
      readonly kind: 'done';
      readonly epoch: number;
      readonly revision: number;
      readonly ms: number;
      readonly superseded: boolean;
      readonly failures: readonly StageFailure[];
    }
  | { readonly kind: 'answer'; readonly id: number; readonly revision: number; readonly answer: QueryAnswers[QueryName] }
  | { readonly kind: 'unanswered'; readonly id: number; readonly message: string }
  /** The replica can no longer be trusted: the page must reset. */
  | { readonly kind: 'lost'; readonly message: string };

/** What the client needs of a worker: a real one, or the host running in this thread. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}
