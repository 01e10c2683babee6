import type { Collection, Id } from '#model/types.ts';

/** Where a part (column, key, check, foreign key ...) stands inside its statement, in UTF-16 offsets of `sql`. */
export interface WrittenPart {
  readonly id: Id;
  readonly start: number;
  readonly end: number;
}

/** One statement of the written model: the unit that text edits and the source map speak of. */
export interface WrittenStatement {
  /** Stable while the object exists: `<record id>:<what>`, such as `tbl_orders_1:create` or `tbl_orders_1:index:idx_2`. */
  readonly key: string;
  readonly collection: Collection;
  readonly record: Id;
  /** The part the statement is about, when it is about one: an index, a policy, a column's comment. */
  readonly part?: Id;
  readonly what: 'create' | 'index' | 'constraint' | 'comment' | 'owner' | 'alter' | 'policy' | 'verbatim';
  /** Remarks, statement and final `;`, without a final line break. */
  readonly sql: string;
  readonly parts: readonly WrittenPart[];
}

/** A feature the target version cannot say. */
export interface Unsupported {
  readonly record: Id;
  readonly part?: Id;
  readonly feature: string;
  /** First major version that knows it, when one does. */
  readonly since?: number;
  readonly message: string;
}

export interface WrittenDocument {
  /** In dependency order. The text is these joined by {@link STATEMENT_GAP}, plus a final line break. */
  readonly statements: readonly WrittenStatement[];
  readonly unsupported: readonly Unsupported[];
}

export const STATEMENT_GAP = '\n\n';
