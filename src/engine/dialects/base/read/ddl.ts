import type { Default, Identity } from '#model/column-types.ts';
import type { Partition, Partitioning } from '#model/table-parts.ts';
import type { Deferral, ReferentialAction, SequenceOptions, Sql, StorageParameter, Trigger } from '#model/types.ts';

/**
 * What one statement says, whichever dialect it was written in: made by a dialect's grammar, folded into the model by
 * `fold`. Names are as the dialect's catalog has them; expressions are the statement's own text.
 */

export interface DdlName {
  readonly schema?: string;
  readonly name: string;
}

/** Where a part stands in its statement: UTF-16 offsets. */
export interface DdlPlace {
  readonly start: number;
  readonly end: number;
}

export interface DdlType {
  /** Words of the type, in the dialect's usual letter case; for a type of the schema its name. */
  readonly name: string;
  readonly args?: readonly string[];
  readonly dims?: number;
  /** True when it cannot be one of the dialect's own types: `name` is looked up among the types of the schema. */
  readonly custom?: boolean;
  readonly schema?: string;
}

export interface DdlColumn extends DdlPlace {
  readonly name: string;
  readonly type: DdlType;
  /** Absent = not said. */
  readonly nullable?: boolean;
  readonly notNullName?: string;
  readonly default?: Default;
  readonly defaultName?: string;
  readonly onUpdate?: Sql;
  readonly identity?: Identity;
  readonly generated?: { readonly expression: Sql; readonly stored: boolean };
  readonly collation?: string;
  readonly charset?: string;
  readonly invisible?: boolean;
  readonly comment?: string;
  /** Clauses that the model has no field for, as text. */
  readonly residue?: readonly Sql[];
  /** Constraints that stand in the column's definition; `columns` or `elements` name the column. */
  readonly constraints?: readonly DdlConstraint[];
}

/** A member of a key or index: exactly one of `column` and `expression`. */
export interface DdlElement {
  readonly column?: string;
  readonly expression?: Sql;
  readonly length?: number;
  readonly order?: 'desc';
  readonly nulls?: 'first' | 'last';
  readonly collation?: string;
  readonly operatorClass?: string;
}

export interface DdlKey extends DdlPlace {
  readonly kind: 'primary' | 'unique';
  readonly name?: string;
  readonly elements: readonly DdlElement[];
  readonly clustered?: boolean;
  readonly method?: string;
  readonly deferral?: Deferral;
  readonly parameters?: readonly StorageParameter[];
  readonly tablespace?: string;
  readonly comment?: string;
  readonly invisible?: boolean;
  readonly residue?: readonly Sql[];
}

export interface DdlForeignKey extends DdlPlace {
  readonly kind: 'foreign';
  readonly name?: string;
  readonly columns: readonly string[];
  readonly parent: DdlName;
  /** Empty = the parent's primary key. */
  readonly parentColumns: readonly string[];
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  readonly match?: 'full';
  readonly deferral?: Deferral;
  readonly notValid?: boolean;
  readonly notEnforced?: boolean;
  readonly residue?: readonly Sql[];
}

export interface DdlCheck extends DdlPlace {
  readonly kind: 'check';
  readonly name?: string;
  readonly expression: Sql;
  readonly notValid?: boolean;
  readonly notEnforced?: boolean;
  readonly residue?: readonly Sql[];
}

export interface DdlIndex extends DdlPlace {
  readonly kind: 'index';
  readonly name?: string;
  readonly unique?: boolean;
  readonly method?: string;
  readonly elements: readonly DdlElement[];
  readonly include?: readonly string[];
  readonly where?: Sql;
  readonly parameters?: readonly StorageParameter[];
  readonly tablespace?: string;
  readonly comment?: string;
  readonly invisible?: boolean;
  readonly clustered?: boolean;
  readonly residue?: readonly Sql[];
}

export type DdlConstraint = DdlKey | DdlForeignKey | DdlCheck | DdlIndex;

/** Partitioning with columns by name. */
export interface DdlPartitioning extends Omit<Partitioning, 'elements'> {
  readonly elements: readonly { readonly column?: string; readonly expression?: Sql }[];
}

export interface DdlTable {
  readonly kind: 'table';
  readonly name: DdlName;
  readonly ifNotExists?: boolean;
  readonly orReplace?: boolean;
  readonly temporary?: boolean;
  readonly columns: readonly DdlColumn[];
  readonly constraints: readonly DdlConstraint[];
  readonly parameters?: readonly StorageParameter[];
  readonly tablespace?: string;
  readonly comment?: string;
  readonly partitioning?: DdlPartitioning;
  readonly residue?: readonly Sql[];
  /** `CREATE TABLE x LIKE y`: columns, keys and indexes are copied from it. */
  readonly like?: DdlName;
}

export interface DdlCreateIndex {
  readonly kind: 'create index';
  readonly table: DdlName;
  readonly index: DdlIndex;
  readonly ifNotExists?: boolean;
  /** `WITH (DROP_EXISTING = ON)`, `OR REPLACE`. */
  readonly replace?: boolean;
}

/** Where a column goes; absent = last, or where it is. */
export type DdlPosition = { readonly first: true } | { readonly after: string };

export type DdlDropKind = 'primary' | 'foreign' | 'check' | 'index' | 'unique' | 'default' | 'any';

export type DdlAction =
  | { readonly kind: 'add column'; readonly column: DdlColumn; readonly position?: DdlPosition; readonly ifNotExists?: boolean }
  | { readonly kind: 'add constraint'; readonly constraint: DdlConstraint; readonly ifNotExists?: boolean }
  /** A definition that replaces that of the column `name`; another name in it renames the column. */
  | { readonly kind: 'change column'; readonly name: string; readonly column: DdlColumn; readonly position?: DdlPosition }
  /** Only what is given changes. */
  | {
      readonly kind: 'alter column';
      readonly name: string;
      readonly type?: DdlType;
      readonly nullable?: boolean;
      readonly notNullName?: string;
      /** `null` takes the default away. */
      readonly default?: Default | null;
      readonly defaultName?: string;
      readonly identity?: Identity | null;
      readonly invisible?: boolean;
      /** Of a generated column. */
      readonly stored?: boolean;
      readonly collation?: string;
      readonly comment?: string;
      /** Clauses without a field that the column gets or loses: `SPARSE`, `ROWGUIDCOL`. */
      readonly addResidue?: Sql;
      readonly dropResidue?: Sql;
    }
  | { readonly kind: 'drop column'; readonly name: string; readonly ifExists?: boolean }
  | { readonly kind: 'rename column'; readonly from: string; readonly to: string }
  | { readonly kind: 'rename table'; readonly to: DdlName }
  | { readonly kind: 'drop constraint'; readonly what: DdlDropKind; readonly name?: string; readonly ifExists?: boolean }
  /** Of a check or foreign key, by name; without one, all of them: whether it holds, and whether old rows were looked at. */
  | {
      readonly kind: 'alter constraint';
      readonly name?: string;
      readonly notEnforced?: boolean;
      readonly notValid?: boolean;
      /** The action as text, which is kept when the name is that of a key. */
      readonly sql?: Sql;
    }
  /** Turns one trigger on or off; without a name, all of the table. */
  | { readonly kind: 'alter trigger'; readonly name?: string; readonly enabled: boolean }
  | { readonly kind: 'rename constraint'; readonly from: string; readonly to: string }
  /** Whether the planner uses an index. */
  | { readonly kind: 'alter index'; readonly name: string; readonly invisible: boolean }
  /** Texts of all columns take the character set of the table from here on. */
  | { readonly kind: 'convert texts'; readonly parameters: readonly StorageParameter[] }
  | DdlPartitionAction
  /** Table options: each parameter replaces the one of its name. */
  | {
      readonly kind: 'set';
      readonly parameters?: readonly StorageParameter[];
      /** Names of options that are as if they were never given. */
      readonly dropParameters?: readonly string[];
      readonly comment?: string;
      readonly tablespace?: string;
      readonly partitioning?: DdlPartitioning | null;
    }
  /** Nothing of it is for a model: `ENABLE KEYS`, `WITH CHECK CHECK CONSTRAINT ALL`. */
  | { readonly kind: 'nothing'; readonly reason: string }
  /** The model has no field for it: the whole statement is kept as text. */
  | { readonly kind: 'keep'; readonly sql: Sql };

/** A change of the partitions that a table lists or counts. */
export interface DdlPartitionAction {
  readonly kind: 'partitions';
  /** The action as text, for a table whose partitions the model keeps as text. */
  readonly sql: Sql;
  /** Partitions that go, by name; what takes the place of the first of them, or is added, is `into`. */
  readonly drop?: readonly string[];
  readonly ifExists?: boolean;
  readonly into?: readonly Partition[];
  /** Of partitions by hash or key: how many more, or fewer, there are. */
  readonly more?: number;
}

export interface DdlAlterTable {
  readonly kind: 'alter table';
  readonly name: DdlName;
  readonly ifExists?: boolean;
  readonly actions: readonly DdlAction[];
}

export interface DdlView {
  readonly kind: 'view';
  readonly name: DdlName;
  readonly replace?: boolean;
  readonly ifNotExists?: boolean;
  readonly materialized?: boolean;
  readonly temporary?: boolean;
  readonly columns?: readonly string[];
  readonly query: Sql;
  readonly options?: readonly StorageParameter[];
  readonly checkOption?: 'local' | 'cascaded';
  readonly comment?: string;
  readonly residue?: readonly Sql[];
}

export interface DdlSequence {
  readonly kind: 'sequence';
  readonly name: DdlName;
  readonly ifNotExists?: boolean;
  readonly options: SequenceOptions;
  readonly residue?: readonly Sql[];
}

export type DdlTypeDefinition =
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'domain'; readonly base: DdlType; readonly notNull?: boolean }
  | { readonly kind: 'composite'; readonly attributes: readonly (DdlPlace & { readonly name: string; readonly type: DdlType })[] }
  /** @param sql the statement, where it is not the whole text: it stood in a guard. */
  | { readonly kind: 'written'; readonly sql?: Sql };

export interface DdlCreateType {
  readonly kind: 'type';
  readonly name: DdlName;
  readonly replace?: boolean;
  readonly ifNotExists?: boolean;
  readonly definition: DdlTypeDefinition;
  readonly residue?: readonly Sql[];
}

export interface DdlRoutine {
  readonly kind: 'routine';
  readonly name: DdlName;
  readonly routine: 'function' | 'procedure' | 'aggregate';
  readonly signature: string;
  readonly replace?: boolean;
  readonly ifNotExists?: boolean;
  /** The statement, where it is not the whole text: it stood in a guard. */
  readonly definition?: Sql;
  /** The statement up to its name and from there on, when the name was written without a schema. */
  readonly around?: readonly [Sql, Sql];
}

export interface DdlTrigger {
  readonly kind: 'trigger';
  readonly name: DdlName;
  readonly on: DdlName;
  readonly replace?: boolean;
  readonly ifNotExists?: boolean;
  readonly timing: Trigger['timing'];
  readonly events: Trigger['events'];
  readonly updateOf?: readonly string[];
  readonly forEach: Trigger['forEach'];
  readonly when?: Sql;
  readonly referencing?: Sql;
  readonly body: Sql;
  readonly enabled?: Trigger['enabled'];
  readonly residue?: readonly Sql[];
}

export type DdlObjectKind =
  | 'table'
  | 'view'
  | 'materialized view'
  | 'index'
  | 'sequence'
  | 'type'
  | 'routine'
  | 'trigger'
  | 'schema'
  | 'column'
  | 'constraint'
  /** What is kept as text and has names of its own. */
  | 'event'
  /** Whatever of the schema's objects has the name (`sp_rename` says no kind). */
  | 'object';

export interface DdlComment {
  readonly kind: 'comment';
  readonly on: DdlObjectKind;
  /** Of a column, its table; of an index, the table when it is given. */
  readonly name: DdlName;
  readonly part?: string;
  /** Absent takes the comment away. */
  readonly comment?: string;
}

export interface DdlDrop {
  readonly kind: 'drop';
  readonly what: DdlObjectKind;
  readonly names: readonly DdlName[];
  readonly ifExists?: boolean;
  /** Of an index: its table, where the dialect says it. */
  readonly on?: DdlName;
}

export interface DdlRename {
  readonly kind: 'rename';
  readonly what: DdlObjectKind;
  readonly from: DdlName;
  readonly to: DdlName;
  /** Of a column, index or constraint: its table. */
  readonly on?: DdlName;
}

export type Ddl =
  | DdlTable
  | DdlCreateIndex
  | DdlAlterTable
  | DdlView
  | DdlSequence
  | DdlCreateType
  | DdlRoutine
  | DdlTrigger
  | DdlComment
  | DdlDrop
  | DdlRename
  | {
      readonly kind: 'schema';
      readonly name: string;
      readonly ifNotExists?: boolean;
      readonly owner?: string;
      /** Such as a database's character set; a later one takes its place. */
      readonly residue?: readonly Sql[];
    }
  | { readonly kind: 'alter trigger'; readonly name: DdlName; readonly enabled: boolean }
  /** Each option replaces the one of its name. */
  | {
      readonly kind: 'alter sequence';
      readonly name: DdlName;
      readonly options: SequenceOptions;
      readonly residue?: readonly Sql[];
    }
  /** Names without a schema mean this one from here on (`USE`). */
  | { readonly kind: 'use'; readonly schema: string }
  | { readonly kind: 'skip'; readonly reason: string }
  /**
   * Nothing the model holds: kept as text, about the object it names. @param first whether others may need it.
   * @param sql the statement, where it is not the whole text: it stood in a guard.
   */
  | {
      readonly kind: 'keep';
      readonly words: string;
      readonly about?: DdlName;
      /** What it makes: what is said of that later is kept as well, and goes when that is dropped. */
      readonly makes?: DdlName;
      /** What that is, when its name is apart from those of tables and views. */
      readonly made?: 'event';
      readonly first?: boolean;
      readonly sql?: Sql;
      /** The statement up to its name and from there on, when the name was written without a schema. */
      readonly around?: readonly [Sql, Sql];
    };
