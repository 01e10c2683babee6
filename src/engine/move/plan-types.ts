import type { Dialect, Document, Id, Ref } from '#model/types.ts';

/** How well the target says what the source said. */
export type MoveVerdict = 'faithful' | 'approximate' | 'lost';

/** One of the forms that a person may choose for a mapping. */
export interface MoveOption {
  /** What {@link MoveChoices} holds, such as `boolean`. */
  readonly id: string;
  /** As the target writes it, or a few words. */
  readonly label: string;
  /** What choosing it means, in a sentence. */
  readonly reason: string;
}

/** The option chosen for a mapping, by the mapping's id. What is not named, or unknown, is as it is by default. */
export type MoveChoices = Readonly<Record<string, string>>;

/** What becomes of one type or feature of the source, wherever it is used. */
export interface MoveMapping {
  /** Stable for the same source and target, such as `type:tinyint(1)` or `feature:partial-index`: the key of its choice. */
  readonly id: string;
  readonly group: 'type' | 'name' | 'value' | 'constraint' | 'index' | 'table' | 'object' | 'expression';
  /** The type or feature, in words: `unsigned integer`, `partial index`. */
  readonly what: string;
  /** As the source writes it. */
  readonly from: string;
  /** As the target writes it; empty when it is lost. */
  readonly to: string;
  readonly verdict: MoveVerdict;
  /** Why it is not the same, or that it is. One or two sentences. */
  readonly reason: string;
  /** How many times it occurs; `where` names the places, in the source's document and (while they live) in the plan's. */
  readonly count: number;
  readonly where: readonly Ref[];
  /** More than one form is possible; `chosen` is the id of the one that the plan follows. */
  readonly options?: readonly MoveOption[];
  readonly chosen?: string;
}

/** One thing of the source that the plan's document does not say. */
export interface MoveLoss {
  /** Id of the mapping that tells why. */
  readonly mapping: string;
  /** The object as a person knows it: `shop.orders.total`, `index orders_by_day`. */
  readonly object: string;
  /** What of it: `check constraint`, `expression default`. */
  readonly feature: string;
  readonly reason: string;
  readonly at: Ref;
  /** The source's own SQL, where it had any: to be translated by hand. */
  readonly sql?: string;
}

/** A document in another dialect, and what became of everything on the way there. */
export interface MovePlan {
  /** In the target's dialect, types, names and expressions. Records and parts keep their ids. */
  readonly document: Document;
  /** The document that it was made of. */
  readonly source: Document;
  readonly from: Dialect;
  readonly to: Dialect;
  readonly version: number;
  /** By group, then by what they map. */
  readonly mappings: readonly MoveMapping[];
  readonly losses: readonly MoveLoss[];
  /** Names that changed: of which record or part, and how it was called. */
  readonly renamed: readonly { readonly at: Ref; readonly from: string; readonly to: string; readonly schema?: Id }[];
}
