import type { Document, Id, Sql, Table, View } from '#model/types.ts';

/** A statement of a script for a system that runs. */
export interface LiveStatement {
  /** With what ends it. */
  readonly sql: Sql;
  /**
   * `brief`: it needs a lock that others wait behind, so it gives up soon. `patient`: others go on beside it, and giving up would
   * leave half of it behind.
   */
  readonly lock: 'brief' | 'patient';
}

/** An index that went: what is left of it is its name and the statement that made it. */
export interface DroppedIndex {
  /** What it stood on: a table, or a materialized view. */
  readonly table: Table | View;
  readonly name: string;
  readonly sql: Sql;
}

/** What makes an index of a table or view. */
export interface LiveMaking {
  readonly on: Id;
  readonly index: Id;
  /** What it is called, by whoever names it. Empty where that cannot be foretold. */
  readonly name: string;
  readonly statements: readonly LiveStatement[];
}

export interface LiveTarget {
  readonly document: Document;
  readonly version: number;
}

/**
 * How a dialect makes and drops indexes while others read and write. Scripts are run statement by statement, never in a
 * transaction.
 */
export interface LiveIndexes {
  /** What whoever runs a script has to know: lines of plain text. */
  readonly says: readonly string[];
  /** Before the first statement. */
  readonly begin: readonly string[];
  /** Before a run of statements of a kind of lock. */
  readonly before: Readonly<Record<LiveStatement['lock'], readonly string[]>>;
  /** After the last: what shows that all is well. */
  readonly end: readonly string[];
  /** Making an index that is there does nothing, so that a script may name those that a system has already. */
  readonly passesOver: boolean;
  /** By table or view, by index: what makes it, its comment and settings too; an index that the dialect cannot say has nothing. */
  makes(target: LiveTarget): readonly LiveMaking[];
  drop(target: LiveTarget, on: Table | View, name: string): readonly LiveStatement[];
  /** Makes an index again that a decision dropped. */
  again(target: LiveTarget, dropped: DroppedIndex): readonly LiveStatement[];
}
