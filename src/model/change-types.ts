import type { Dialect, Id, Sql } from './types.ts';

/**
 * What a step is for, in the order of a safe change: `guard` refuses to begin on rows that would lose something, `expand`
 * adds what is new, `fill` copies rows, `validate` switches checks on, `verify` compares old and new rows, `contract` takes
 * away what is no longer needed.
 */
export type ChangePhase = 'guard' | 'expand' | 'fill' | 'validate' | 'verify' | 'contract';

export interface ChangeStep {
  readonly phase: ChangePhase;
  /** What it does and why, in words. */
  readonly note: string;
  /** One or more statements, each with its final `;`. */
  readonly sql: Sql;
}

/**
 * A change of structure that databases with rows must follow, with its SQL as it was made: the model knows only what is now,
 * and later edits must not change what was true then.
 */
export interface SchemaChange {
  readonly id: Id;
  readonly title: string;
  /** A table taken apart, another change of structure, or redundancy that was added with what keeps it. */
  readonly kind: 'decomposition' | 'refactoring' | 'denormalization';
  /** ISO date, given by the caller. */
  readonly date: string;
  readonly dialect: Dialect;
  readonly version: number;
  /** Tables it is about: the one there was and the new ones. Some may be gone by now. */
  readonly about: readonly Id[];
  /** From before to after, in order. */
  readonly forward: readonly ChangeStep[];
  /** The way back. */
  readonly back: readonly ChangeStep[];
}
