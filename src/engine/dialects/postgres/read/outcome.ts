import type { Id } from '#model/types.ts';
import type { StatementState } from '../../../sql/receipt.ts';

/** What became of a statement. It may still get worse at the end, when what it refers to turns out to be missing. */
export interface Outcome {
  state: StatementState;
  /** What it is about, such as `table sales.orders`. */
  object?: string;
  /** Why it is not plainly modelled. */
  reason?: string;
  /** The record it made or changed, and the part of it. */
  record?: Id;
  part?: Id;
  /** UTF-16 offset in the statement's text, of an error. */
  position?: number;
  /** Words of the statement that mean nothing, or hardly what was meant, for a mark where they stand. */
  strange?: StrangeWord[];
}

/** A word or name that stands somewhere in a statement. */
interface StrangeWord {
  readonly name: string;
  readonly message: string;
  /** UTF-16 offset in the statement: it stands there or later. */
  readonly from: number;
}

/** Notes a word that means nothing. It changes nothing of what becomes of the statement. */
export function noteStrange(outcome: Outcome, name: string, message: string, from = 0): void {
  outcome.strange = [...(outcome.strange ?? []), { name, message, from }];
}

export function modelled(object: string, record: Id, part?: Id): Outcome {
  return { state: 'modelled', object, record, ...(part === undefined ? {} : { part }) };
}

export function skipped(reason: string, object?: string): Outcome {
  return { state: 'skipped', reason, ...(object === undefined ? {} : { object }) };
}

export function failed(reason: string, object?: string, position?: number): Outcome {
  return { state: 'error', reason, ...(object === undefined ? {} : { object }), ...(position === undefined ? {} : { position }) };
}

/** Something to know of a statement that is read nonetheless. */
export function note(outcome: Outcome, reason: string): void {
  outcome.reason = outcome.reason === undefined ? reason : `${outcome.reason}; ${reason}`;
}

/** Notes that a clause is kept only as text. */
export function withResidue(outcome: Outcome, reason: string): void {
  if (outcome.state === 'modelled') outcome.state = 'residue';
  note(outcome, reason);
}
