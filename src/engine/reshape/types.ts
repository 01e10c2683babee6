import type { IdSource } from '#lib/ids.ts';
import type { SchemaChange } from '#model/change-types.ts';
import type { New } from '#model/patch.ts';
import type { Document, Id } from '#model/types.ts';
import type { Rejoining } from '../decompose/types.ts';
import type { Plan } from '../refactor/types.ts';

/** A change of structure that takes a smell out of a model, as plain data: what is asked, before it is worked out. */
export type Reshape =
  /** Numbered columns become rows of a child table. */
  | {
      readonly kind: 'repeating';
      readonly table: Id;
      /** Of the child table. */
      readonly name: string;
      /** Column of the child that says which of them it was: `position`, `year`. */
      readonly position: string;
      readonly numbers: readonly number[];
      /** One for each column of the child, with the columns it comes from by position in `numbers`. */
      readonly attributes: readonly { readonly name: string; readonly columns: readonly Id[] }[];
    }
  /** A text that holds a list becomes rows of a child table; with `refers` they are keys of another table. */
  | {
      readonly kind: 'list';
      readonly table: Id;
      readonly column: Id;
      readonly separator: string;
      readonly name: string;
      readonly value: string;
      readonly refers?: Id;
    }
  /** A text that holds a list becomes an array. */
  | { readonly kind: 'array'; readonly table: Id; readonly column: Id; readonly separator: string }
  /** A JSON array becomes rows of a child table. */
  | { readonly kind: 'elements'; readonly table: Id; readonly column: Id; readonly name: string; readonly value: string }
  /** A type and an id become one foreign key for each table that the type may name. */
  | {
      readonly kind: 'polymorphic';
      readonly table: Id;
      readonly type: Id;
      readonly id: Id;
      readonly targets: readonly { readonly value: string; readonly table: Id }[];
    }
  /** Attributes in rows become columns of their entity, or one JSON column when it is not known which there are. */
  | {
      readonly kind: 'eav';
      readonly table: Id;
      readonly relationship: Id;
      readonly attribute: Id;
      readonly value: Id;
      readonly attributes: readonly string[];
    }
  /** A table of many kinds of codes becomes one table for each kind. */
  | {
      readonly kind: 'lookup';
      readonly table: Id;
      readonly type: Id;
      readonly kinds: readonly { readonly value: string; readonly name: string }[];
    }
  /** Tables with the same columns become one, with a column that tells them apart. */
  | {
      readonly kind: 'clones';
      readonly tables: readonly { readonly table: Id; readonly value: string }[];
      readonly name: string;
      readonly column: string;
      /** The values are whole numbers. */
      readonly integer: boolean;
    };

export type ReshapeOf<K extends Reshape['kind']> = Extract<Reshape, { readonly kind: K }>;

export interface ReshapeOptions {
  readonly ids: IdSource;
  /** The diagram that new tables are placed on. */
  readonly diagram: Id;
  /** ISO date that the kept change gets. */
  readonly date: string;
}

export interface ReshapePlan extends Plan {
  /** The SQL for a database with rows, as the document keeps it; absent where the dialect has no writer of it. */
  readonly change?: New<SchemaChange>;
  /** How the old rows come back from the new tables. */
  readonly rejoining?: Rejoining;
}

/** A reshaping that was planned, with the documents of both sides. */
export interface Reshaped<R extends Reshape = Reshape> {
  readonly before: Document;
  readonly after: Document;
  readonly asked: R;
  /** Ids of what was made, in the order of the request: a child table, a column for each target, a table for each kind. */
  readonly made: readonly Id[];
}
