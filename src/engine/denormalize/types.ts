import type { IdSource } from '#lib/ids.ts';
import type { SchemaChange } from '#model/change-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, Exemption, Id, Sql } from '#model/types.ts';

/** Who keeps the copies equal. */
export type Keeper = Extract<Exemption, { kind: 'accepted' }>['maintenance'];

/** What is proposed, as data: enough to build it. */
export type Idea =
  /** The number of children, and sums of their columns, at the parent. */
  | { readonly kind: 'counter'; readonly relationship: Id; readonly measures: readonly Id[] }
  /** Columns of the parent repeated in each child, always equal. */
  | { readonly kind: 'copy'; readonly relationship: Id; readonly columns: readonly Id[] }
  /** Columns of the parent as they were when the child was made. */
  | { readonly kind: 'snapshot'; readonly relationship: Id; readonly columns: readonly Id[] }
  /** A column that holds such a value already, and is only marked. `column` is the child's. */
  | { readonly kind: 'mark'; readonly relationship: Id; readonly column: Id }
  /** Children counted and summed for each parent, worked out now and then. */
  | { readonly kind: 'summary'; readonly relationship: Id; readonly measures: readonly Id[] }
  /** Rows of the first child joined with all parents on the way, worked out now and then. */
  | { readonly kind: 'read model'; readonly relationships: readonly Id[] }
  | {
      readonly kind: 'star';
      readonly fact: Id;
      readonly dimensions: readonly StarDimension[];
      readonly moment: StarMoment;
      readonly measures: readonly Id[];
    };

/** A dimension: a table that the fact refers to, over a header where the reference stands there. */
export interface StarDimension {
  readonly relationship: Id;
  /** The fact's own reference to the header, when `relationship` is one of the header. */
  readonly via?: Id;
}

/** The column that says when a fact happened: the fact's own or its header's. */
export interface StarMoment {
  readonly column: Id;
  readonly via?: Id;
}

/** What it costs, per hour and in bytes. */
export interface Cost {
  readonly bytesPerRow: number;
  /** Rows that become wider, or are new. */
  readonly rows: number;
  readonly bytes: number;
  /** Rows written in addition. */
  readonly writesPerHour: number;
  /** Only of counters: how busy the row of the parent that gets most is. */
  readonly contention?: Contention;
}

export interface Contention {
  /** Writes per second of the parent that is written most. */
  readonly perSecond: number;
  /** Share of the time in which its row is locked, 0 to 1 and above. */
  readonly busy: number;
  /** Writers wait for each other: slots are advised. */
  readonly hot: boolean;
}

/** What no longer follows from the structure, and must be kept. */
export interface Invariant {
  readonly words: string;
  /** As a dependency of one table, where it is one: `orders: customer_id → customer_name`. */
  readonly dependency?: string;
}

export interface Proposal {
  /** The same for the same idea, as long as its records live. */
  readonly id: string;
  readonly idea: Idea;
  readonly title: string;
  /** The table that it is shown at. */
  readonly table: Id;
  /** Why it is proposed: the figures, in sentences. */
  readonly why: readonly string[];
  /** Rows that need not be read per hour, less those written in addition, each of which counts for {@link WRITE_WEIGHT}. */
  readonly saved: number;
  readonly cost: Cost;
  readonly invariant: Invariant;
  /** Figures beneath it that nobody gave, in words. */
  readonly guesses: readonly string[];
  /** How it can be kept, the usual one first. */
  readonly keepers: readonly KeeperChoice[];
  /** How far the copies may lag behind, in words; absent = not at all. */
  readonly staleness?: string;
}

export interface KeeperChoice {
  readonly keeper: Keeper;
  /** Why this database cannot keep it so; absent = it can. */
  readonly refused?: string;
}

/** What a person decided of a proposal. */
export interface Choice {
  readonly keeper: Keeper;
  /** A counter in slots. */
  readonly slots?: boolean;
  readonly reason: string;
  readonly staleness?: string;
}

export interface BuildOptions {
  readonly ids: IdSource;
  readonly diagram: Id;
  /** ISO date of today: the engine owns no clock. */
  readonly date: string;
}

/** What accepting a proposal does. */
export interface Denormalization {
  readonly calls: readonly CommandCall[];
  readonly label: string;
  readonly after: Document;
  /** The SQL of what keeps it: triggers, or what the application runs. */
  readonly code: Sql;
  /** Gives exactly the rows that disagree: none when all is well. Absent where nothing can disagree. */
  readonly reconcile?: Sql;
  /** Sets right what disagrees, and fills what is new. */
  readonly repair: readonly Sql[];
  readonly change: Omit<SchemaChange, 'id'>;
  /** Tables and views that are new or changed, the one to show first. */
  readonly touched: readonly Id[];
}
