import type { CommandCall } from '#model/commands/registry.ts';
import type { Id, Ref } from '#model/types.ts';
import type { Reshape } from './reshape/types.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Something a rule has to say. The first ref is where it is shown; the others are involved. */
export interface Finding {
  /** Rule id, such as `fk-index-missing`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly at: readonly Ref[];
  readonly message: {
    /** What is the case, naming the objects. */
    readonly what: string;
    /** Why it matters. */
    readonly why: string;
    /** What to do about it. */
    readonly todo: string;
  };
  /** Facts that prove it: a closure, a column list, a type pair. */
  readonly evidence?: readonly string[];
  readonly fixes: readonly Fix[];
  /** Of a finding about a query or another text of the first ref's record: which part of it. */
  readonly text?: TextSpot;
  /** Another text for the query that the first ref names. */
  readonly rewrite?: RewrittenQuery;
  /** Set when a waiver in the document covers it; it is then listed apart and counts nowhere. */
  readonly waivedBy?: string;
}

/** UTF-16 offsets. */
export interface TextSpot {
  readonly start: number;
  readonly end: number;
}

export interface RewrittenQuery {
  readonly sql: string;
  /** Equal results whatever the rows are. */
  readonly equal: boolean;
  /** What it rests on, or how its results differ. */
  readonly conditions: readonly string[];
}

/** A change that settles a finding: previewed, then one undo step. */
export interface Fix {
  readonly label: string;
  readonly calls: readonly CommandCall[];
  /**
   * Names to give. They are not calls because the SQL that spells the old name may stand anywhere and change until the fix
   * is applied: whoever applies it asks `renameCalls` then.
   */
  readonly renames?: readonly Rename[];
  /**
   * A change of structure that is worked out when it is applied, as it needs a day, a diagram and a parser: whoever applies it
   * asks `planReshape` then. `calls` are empty.
   */
  readonly reshape?: Reshape;
  /** A person has to choose first how: this opens with that choice, and what is settled there is the change. `calls` are empty. */
  readonly opens?: { readonly kind: 'decomposition'; readonly table: Id; readonly choice: 'recommended' | 'BCNF' };
}

export interface Rename {
  readonly target: Ref;
  readonly to: string;
}
