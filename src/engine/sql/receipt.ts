import type { Id } from '#model/types.ts';

/** What became of one statement of an imported text. Every statement has exactly one state; none is dropped unsaid. */
export type StatementState = 'modelled' | 'residue' | 'verbatim' | 'skipped' | 'error';

export interface ReceiptStatement {
  readonly file: string;
  /** UTF-16 offsets into the file as read. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  /** From 1; given with an error: where in the file it is. */
  readonly column?: number;
  readonly state: StatementState;
  /** What it defines or changes, such as `table public.orders`. */
  readonly object?: string;
  /** Why it is not plainly modelled. */
  readonly reason?: string;
  /** Data rows it carried, when it was skipped as data. */
  readonly rows?: number;
  /** The record it became or changed. */
  readonly record?: Id;
  /** The part of it that the statement made: a constraint, an index, a policy. */
  readonly part?: Id;
}

/** Something the source says that the model or the target cannot hold. */
export interface Loss {
  readonly object: string;
  readonly feature: string;
  readonly reason: string;
}

export interface Receipt {
  readonly counts: Readonly<Record<StatementState, number>>;
  readonly statements: readonly ReceiptStatement[];
  readonly lost: readonly Loss[];
}
