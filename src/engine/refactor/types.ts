import type { IdSource } from '#lib/ids.ts';
import type { Column } from '#model/column-types.ts';
import type { ExtractShape } from '#model/commands/refactor/extract-table.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { New } from '#model/patch.ts';
import type { Document, Id } from '#model/types.ts';
import type { Consequence } from './consequences.ts';

/** A change of structure that keeps what the model means as far as it can. */
export type Refactoring =
  | {
      readonly kind: 'extract';
      readonly table: Id;
      readonly columns: readonly Id[];
      readonly name: string;
      readonly shape: ExtractShape;
    }
  | { readonly kind: 'inline'; readonly relationship: Id; readonly end: 'child' | 'parent' }
  | { readonly kind: 'move'; readonly relationship: Id; readonly to: 'child' | 'parent'; readonly columns: readonly Id[] }
  | { readonly kind: 'enumToLookup'; readonly type: Id; readonly name: string }
  | { readonly kind: 'lookupToEnum'; readonly table: Id; readonly name: string; readonly values: readonly string[] }
  | {
      readonly kind: 'surrogate';
      readonly table: Id;
      readonly key: 'identity' | 'uuid';
      readonly name?: string;
      readonly repoint: boolean;
    }
  | {
      readonly kind: 'standard';
      readonly tables: readonly Id[];
      readonly columns: readonly New<Column>[];
      readonly uniqueWhileNull?: string;
      /** Name of the column that a trigger keeps at the time of the last change. */
      readonly touch?: string;
    };

export interface PlanOptions {
  readonly ids: IdSource;
  /** The diagram that what is new is placed on. */
  readonly diagram: Id;
}

/** What a refactoring does, before it is done. */
export interface Plan {
  /** To be run as one undo step. */
  readonly calls: readonly CommandCall[];
  readonly label: string;
  readonly after: Document;
  readonly consequences: readonly Consequence[];
}
