import type { CheckableDialect } from '#engine/dialects/base/traits.ts';
import type { CheckedStatement, CheckOutcome } from './check.ts';
import type { Trial, TrialOutcome } from './decomposition.ts';

export type ToVerifier = {
  readonly id: number;
  /** Address of the dumped empty cluster of PostgreSQL. */
  readonly dataDirectory: string;
} & (
  | { readonly kind: 'check'; readonly dialect: CheckableDialect; readonly statements: readonly CheckedStatement[] }
  /** A decomposition on rows; PostgreSQL only. */
  | { readonly kind: 'try'; readonly trial: Trial }
);

export type FromVerifier =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly what: string }
  | { readonly kind: 'checked'; readonly id: number; readonly outcome: CheckOutcome; readonly ms: number }
  | { readonly kind: 'tried'; readonly id: number; readonly outcome: TrialOutcome }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
