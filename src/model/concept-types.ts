import type { Column } from './column-types.ts';
import type { Id, Ref } from './types.ts';

/**
 * How a subtype hierarchy is made of tables:
 * - `one-table`: the supertype's table takes the attributes of all subtypes, and says which one a row is;
 * - `table-per-type`: each subtype's table shares the supertype's key and refers to it;
 * - `table-per-concrete`: each subtype's table repeats the supertype's attributes; the supertype has no table.
 */
export type HierarchyStrategy = 'one-table' | 'table-per-type' | 'table-per-concrete';

/** A generalisation: each subtype is a kind of its supertype. A conceptual fact, whatever tables realise it. */
export interface Hierarchy {
  readonly id: Id;
  /** A table, or an entity that has been resolved away. */
  readonly supertype: Id;
  readonly subtypes: readonly Id[];
  /** One thing may be of several subtypes; absent = of at most one (disjoint). */
  readonly overlapping?: boolean;
  /** Everything of the supertype is of a subtype; absent = it need not be (partial). */
  readonly complete?: boolean;
  /** Name of the attribute that says which subtype a thing is of. */
  readonly discriminator?: string;
  /** Set when it is resolved. */
  readonly strategy?: HierarchyStrategy;
  /** Tables, columns, checks and relationships that realise it: what resolving it made. */
  readonly realisedBy?: readonly Ref[];
}

/** An attribute of which one thing may have several values. */
export interface MultivaluedAttribute {
  readonly id: Id;
  /** The table or entity that has it. */
  readonly entity: Id;
  /** A column of it; when resolved, the id of {@link held}. */
  readonly column: Id;
  /** The column as it was, when a table of its own realises the attribute. */
  readonly held?: Column;
  /** Its place among the columns then. */
  readonly at?: number;
  /** The table of values and its foreign key. */
  readonly realisedBy?: readonly Id[];
}
