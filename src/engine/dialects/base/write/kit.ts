import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { CheckConstraint, Index, Key } from '#model/table-parts.ts';
import type {
  CustomType,
  Dialect,
  Document,
  Id,
  Relationship,
  Routine,
  Schema,
  Sequence,
  Table,
  Trigger,
  View,
} from '#model/types.ts';
import type { WrittenStatement } from '../../../sql/written.ts';
import { TRAITS } from '../traits.ts';
import { FEATURES, type Feature, type Use } from './features.ts';
import { type Naming, RecordScope } from './scope.ts';
import type { Owner, Slot } from './slots.ts';
import type { SqlText } from './text.ts';

/** What an index stands on: a table, or a view, which has no column records. */
export interface Indexed {
  readonly id: Id;
  readonly schema: Id;
  readonly name: string;
  readonly table?: Table;
}

/** What a comment is on. `name` is SQL: of a column, its own name without the table's. */
export interface CommentTarget {
  readonly kind:
    | 'schema'
    | 'table'
    | 'column'
    | 'view'
    | 'view column'
    | 'index'
    | 'key'
    | 'check'
    | 'foreign key'
    | 'type'
    | 'sequence'
    | 'routine'
    | 'trigger';
  /** The plain name; of an unnamed part it is empty. */
  readonly name: string;
  /** Schema of the object, and of a part the table or view it belongs to. */
  readonly schema?: Id;
  readonly on?: string;
  readonly routine?: Routine;
}

/** A statement without its terminator. */
export interface Unterminated {
  readonly sql: string | SqlText;
  /** It holds statements of its own, so that `;` does not end it: it needs a delimiter of its own, or a batch. */
  readonly body?: boolean;
}

/**
 * What a dialect says its own way. The generic writer orders, remembers, places remarks and parts, and tells what the
 * dialect has no words for; a kit makes the clauses. Texts carry no terminator and no remarks. What a kit does not write,
 * its {@link WriteKit.says} must not name: then it is told.
 */
export interface WriteKit {
  readonly dialect: Dialect;
  /** Features that this version has words for. Everything else of {@link FEATURES} that a record uses is told as left out. */
  says(version: number): ReadonlySet<Feature>;
  /** What is written in place of a feature, as a sentence; absent: it is left out. */
  readonly instead?: Readonly<Partial<Record<Feature, string>>>;
  ident(name: string, version: number): string;
  literal(text: string): string;
  /** A remark as complete comments of the dialect. */
  remark(text: string): string;
  /** Why the engine cannot hold a name; undefined when it can. */
  nameProblem(name: string): string | undefined;
  /** Ends a statement: `;`, or what ends a batch. The text may end in a line comment. */
  ended(text: SqlText, body: boolean): SqlText;
  /** A line after every statement and its remarks: what ends its batch (`GO`). */
  readonly after?: string;
  /** NO ACTION is written out: the engine's catalog tells it from nothing said. */
  readonly saysNoAction?: boolean;
  /** `alter`: foreign keys whose parent comes later are added afterwards. `inline`: all stand in their table. */
  readonly foreignKeys: 'alter' | 'inline';
  /** There are no schemas: names go without. */
  readonly namesAlone?: true;
  /** Clauses of the table (MySQL), or statements after it. */
  readonly indexes: 'inline' | 'statement';
  /** Absent: there is no statement that makes one, so that it is told as left out. */
  schema?(scope: KitScope, schema: Schema): Unterminated | undefined;
  type?(scope: KitScope, type: CustomType): Unterminated | undefined;
  sequence?(scope: KitScope, sequence: Sequence): Unterminated | undefined;
  /** What stands before the opening bracket, such as `CREATE TABLE name`. */
  tableHead(scope: KitScope, table: Table): string;
  /** A column's line. @param width columns to pad the name to. @param keys and @param links: those that stand in the line. */
  column(
    scope: KitScope,
    table: Table,
    column: Column,
    width: number,
    keys: readonly Key[],
    links: readonly Relationship[],
  ): SqlText;
  /** Keys that stand in the line of their only column. */
  carried?(table: Table, column: Column): readonly Key[];
  /** Foreign keys of the table that stand in the line of their only column. */
  carriedLinks?(table: Table, column: Column, links: readonly Relationship[]): readonly Relationship[];
  key(scope: KitScope, table: Table, key: Key): string;
  /** Keys that rest on an index of the table, so that they are added when it is there. */
  isLateKey?(table: Table, key: Key): boolean;
  /** Undefined: it is left out, as {@link says} told. */
  check(scope: KitScope, table: Table, check: CheckConstraint): string | undefined;
  /** Undefined: it is left out, and the kit noted why. */
  foreignKey(scope: KitScope, link: Relationship): string | undefined;
  /** What a check or foreign key is added with that cannot stand in its table: `WITH NOCHECK ADD`. Undefined: it can. */
  later?(one: CheckConstraint | Relationship): string | undefined;
  /** A table without columns is written without brackets (the edges of SQL Server). */
  readonly bareWhenEmpty?: boolean;
  /** Further lines in the brackets of a table, which are no parts of it. */
  lines?(scope: KitScope, table: Table): readonly string[];
  /** A line of the table with `inline`, a CREATE INDEX with `statement`. Undefined: it is left out, and the kit noted why. */
  index(scope: KitScope, on: Indexed, index: Index): string | undefined;
  /** What follows the closing bracket, with a leading space or line break; parts are the partitions' ids if they have any. */
  tableTail(scope: KitScope, table: Table): string | SqlText;
  view?(scope: KitScope, view: View): Unterminated | undefined;
  /** Absent: the routine's definition as it is. */
  routine?(scope: KitScope, routine: Routine): Unterminated | undefined;
  trigger?(scope: KitScope, trigger: Trigger): Unterminated | undefined;
  /** The statement that sets a comment, where comments are statements; undefined where its kind has none. */
  comment?(scope: KitScope, target: CommentTarget, comment: string): string | undefined;
  /** Further statements of a record, put with {@link KitScope.putStatement}. */
  further?: {
    table?(scope: KitScope, table: Table, links: readonly Relationship[]): void;
    sequence?(scope: KitScope, sequence: Sequence): void;
    trigger?(scope: KitScope, trigger: Trigger): void;
  };
}

/** {@link RecordScope} of a dialect that is written by a kit. */
export class KitScope extends RecordScope {
  readonly kit: WriteKit;
  readonly #says: ReadonlySet<Feature>;

  constructor(document: Document, version: number, owner: Owner, target: Target) {
    super(document, version, owner, target.naming);
    this.kit = target.kit;
    this.#says = target.says;
  }

  ident(name: string): string {
    return this.kit.ident(name, this.version);
  }

  override putFor(owner: Owner, slot: Slot, what: WrittenStatement['what'], key: string, text: SqlText, part?: Id): void {
    const { after } = this.kit;
    super.putFor(owner, slot, what, key, after === undefined ? text : text.add(`\n${after}`), part);
  }

  /** Whether the target has words for a feature. */
  says(feature: Feature): boolean {
    return this.#says.has(feature);
  }

  /** The schema of a table or view by id. */
  schemaOf(id: Id): Id | undefined {
    const schema = this.fact(
      [id],
      (document) => (recordIn(document, 'tables', id) ?? recordIn(document, 'views', id))?.schema ?? '',
    );
    return schema === '' ? undefined : schema;
  }

  /** Tells of a feature that is not written as it is. @param instead a sentence: what is written. */
  lacks({ feature, part, record }: Use, instead = this.kit.instead?.[feature] ?? 'It is left out.'): void {
    this.unsupported.push({
      record: record ?? this.owner.record,
      ...(part === undefined ? {} : { part }),
      feature,
      message: `${TRAITS[this.kit.dialect].label} ${this.version} has no ${FEATURES[feature]}. ${instead}`,
    });
  }

  /** Tells every use of a feature that the target has no words for. */
  tell(uses: readonly Use[]): void {
    for (const use of uses) if (!this.#says.has(use.feature)) this.lacks(use);
  }

  /** Says when a name is one that the engine cannot hold. */
  checkName(name: string, part?: Id): void {
    const problem = name === '' ? 'The name is empty. Give it one.' : this.kit.nameProblem(name);
    if (problem !== undefined) this.note({ feature: 'name', message: problem, ...(part === undefined ? {} : { part }) });
  }

  /** The names of a table's columns as SQL; a missing one is told. */
  columnNames(table: Id, columns: readonly Id[], part: Id, what: string): string[] {
    return columns.map((id) => {
      const name = this.columnName(table, id);
      if (name === undefined) {
        this.note({ part, feature: what, message: `A column of this ${what} does not exist any more. Choose its columns again.` });
      }
      return this.ident(name ?? id);
    });
  }
}

/** A kit with what follows from it for one version. */
export interface Target {
  readonly kit: WriteKit;
  readonly says: ReadonlySet<Feature>;
  readonly naming: Naming;
}

/** Objects of an implicit schema go without its name. */
export function targetOf(kit: WriteKit, version: number): Target {
  const ident = (name: string) => kit.ident(name, version);
  const naming: Naming = {
    ident,
    objectName: (document, schema, name) => {
      if (kit.namesAlone === true) return ident(name);
      const found = recordIn(document, 'schemas', schema);
      return found === undefined || found.implicit === true ? ident(name) : `${ident(found.name)}.${ident(name)}`;
    },
  };
  return { kit, says: kit.says(version), naming };
}
