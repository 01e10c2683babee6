import type { Level, Notation } from '../layout-types.ts';
import type { Cardinality, Document, Id, Relationship } from '../types.ts';

/** How a diagram shows the model. */
export interface Look {
  readonly level: Level;
  readonly notation: Notation;
  /** How much of a table: its name, its key columns too, or all of it. */
  readonly detail: 'names' | 'keys' | 'all';
}

export const PLAIN_LOOK: Look = { level: 'physical', notation: 'crows-foot', detail: 'all' };

/**
 * A document as a diagram shows it: what measures, draws and arranges takes it like any document. One of the physical level
 * in crow's-foot notation is the document itself.
 */
export interface Seen extends Document {
  readonly look: Look;
}

/** How this document is shown; one that nobody projected is plain. */
export function lookOf(document: Document): Look {
  return (document as Partial<Seen>).look ?? PLAIN_LOOK;
}

/** What the keys and nullability of a foreign key make of its two ends. */
export interface Ends {
  /** Children one parent may have. */
  readonly child: Cardinality;
  /** Parents one child has. */
  readonly parent: Cardinality;
  /** The child's primary key contains the whole foreign key: the child cannot exist without its parent. */
  readonly identifying: boolean;
}

/** A relationship as it is seen: its ends are known, as what they were derived from may not be seen. */
export interface SeenRelationship extends Relationship {
  readonly ends: Ends;
  /** A table that is shown as this relationship, as it only holds its pairs. */
  readonly through?: Id;
  /** Names of the attributes of the relationship itself: other columns of that table. */
  readonly own?: readonly string[];
}
