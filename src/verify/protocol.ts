import type { CheckableDialect } from '#engine/dialects/base/traits.ts';
import type { CheckedStatement, CheckOutcome } from './check.ts';

export type ToVerifier = {
  readonly kind: 'check';
  readonly id: number;
  readonly dialect: CheckableDialect;
  readonly statements: readonly CheckedStatement[];
  /** Address of the dumped empty cluster of PostgreSQL. */
  readonly dataDirectory: string;
};

export type FromVerifier =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly what: string }
  | { readonly kind: 'checked'; readonly id: number; readonly outcome: CheckOutcome; readonly ms: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
