import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { endsOf, uniqueSets } from '#model/derive/ends.ts';
import type { Document, EnumType, Id, Relationship, Table } from '#model/types.ts';
import { recordLabel } from '../../sql/describe-record.ts';
import { type Losses, pathOf, tablesOf } from '../common/losses.ts';
import { NameSpace, plural, singular } from '../common/names.ts';
import { type Portable, portableType } from '../common/portable.ts';

/** How a language names what it makes of tables and columns. */
export interface CodeNaming {
  readonly classOf: (table: string) => string;
  readonly fieldOf: (column: string) => string;
  /** Names that no class may have, in the case that {@link caseMatters} asks for. */
  readonly reservedClasses: ReadonlySet<string>;
  readonly reservedFields: ReadonlySet<string>;
}

/** A foreign key as two fields: one that leads to the parent, one that leads back. */
export interface PlannedRelation {
  readonly relationship: Relationship;
  readonly child: PlannedTable;
  readonly parent: PlannedTable;
  readonly field: string;
  readonly back: string;
  /** The child has at most one row for a row of the parent. */
  readonly single: boolean;
  /** Every column of it must have a value. */
  readonly mandatory: boolean;
  /** There are several between these tables, or the table refers to itself: each needs a name of its own. */
  readonly ambiguous: boolean;
}

export interface PlannedTable {
  readonly table: Table;
  readonly className: string;
  readonly columns: readonly Column[];
  /** Names of the fields by the columns' ids. */
  readonly fields: ReadonlyMap<Id, string>;
  readonly relations: PlannedRelation[];
  readonly backs: PlannedRelation[];
  readonly names: NameSpace;
}

export interface PlannedEnum {
  readonly name: string;
  readonly values: readonly string[];
  /** Absent when it is written in a column's type (MySQL). */
  readonly type?: EnumType;
}

export interface CodePlan {
  readonly tables: readonly PlannedTable[];
  readonly enums: readonly PlannedEnum[];
  /** The enum of a column, through arrays. */
  readonly enumOf: (table: Table, column: Column) => PlannedEnum | undefined;
}

function inner(portable: Portable): Portable {
  return portable.kind === 'array' ? inner(portable.of) : portable;
}

class Planner {
  private readonly document: Document;
  private readonly naming: CodeNaming;
  private readonly losses: Losses;
  private readonly classes: NameSpace;
  private readonly byType = new Map<Id, PlannedEnum>();
  private readonly byColumn = new Map<string, PlannedEnum>();
  private readonly byTable = new Map<Id, PlannedTable>();

  constructor(document: Document, naming: CodeNaming, losses: Losses) {
    this.document = document;
    this.naming = naming;
    this.losses = losses;
    this.classes = new NameSpace({ caseMatters: true, reserved: naming.reservedClasses });
  }

  run(): CodePlan {
    const tables = tablesOf(this.document).flatMap((table) => this.table(table) ?? []);
    for (const type of Object.values(this.document.types)) {
      if (type.kind !== 'enum') continue;
      if (type.values.length === 0) {
        this.losses.say(recordLabel(this.document, 'types', type), 'enum type', 'An enum without values is none here.');
        continue;
      }
      this.byType.set(type.id, { name: this.classes.take(this.naming.classOf(type.name)), values: type.values, type });
    }
    for (const planned of tables) for (const column of planned.columns) this.inlineEnum(planned, column);
    for (const one of Object.values(this.document.relationships)) this.relation(one);
    return {
      tables,
      enums: [...this.byType.values(), ...this.byColumn.values()],
      enumOf: (table, column) => {
        const found = inner(portableType(this.document, column.type));
        if (found.kind !== 'enum') return undefined;
        return found.type === undefined ? this.byColumn.get(`${table.id} ${column.id}`) : this.byType.get(found.type.id);
      },
    };
  }

  private table(table: Table): PlannedTable | undefined {
    const columns = columnsOf(this.document, table);
    if (columns.length === 0) {
      this.losses.say(`table ${pathOf(this.document, table)}`, 'table', 'A class without a field cannot be a table.');
      return undefined;
    }
    const names = new NameSpace({ caseMatters: false, reserved: this.naming.reservedFields });
    const fields = new Map(columns.map((column) => [column.id, names.take(this.naming.fieldOf(column.name))]));
    const className = this.classes.take(this.naming.classOf(table.name));
    const planned = { table, className, columns, fields, relations: [], backs: [], names };
    this.byTable.set(table.id, planned);
    return planned;
  }

  private inlineEnum({ table }: PlannedTable, column: Column): void {
    const found = inner(portableType(this.document, column.type));
    if (found.kind !== 'enum' || found.type !== undefined || found.values.length === 0) return;
    const name = this.classes.take(this.naming.classOf(`${singular(table.name)}_${column.name}`));
    this.byColumn.set(`${table.id} ${column.id}`, { name, values: found.values });
  }

  private relation(one: Relationship): void {
    if (one.childColumns.length === 0) return;
    const child = this.byTable.get(one.child);
    const parent = this.byTable.get(one.parent);
    if (child === undefined || parent === undefined) {
      this.losses.say(recordLabel(this.document, 'relationships', one), 'foreign key', 'A table of it is not written.');
      return;
    }
    const between = Object.values(this.document.relationships).filter(
      (other) =>
        other.childColumns.length > 0 &&
        ((other.child === one.child && other.parent === one.parent) || (other.child === one.parent && other.parent === one.child)),
    );
    const columns = one.childColumns.flatMap((id) => child.columns.find((column) => column.id === id) ?? []);
    const primary = child.table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    const single = endsOf(this.document, one).child === '0..1';
    const stem = this.stem(columns, parent.table.name);
    const ambiguous = one.child === one.parent || between.length > 1;
    const rows = single ? singular(child.table.name) : plural(singular(child.table.name));
    const field = child.names.take(this.naming.fieldOf(stem));
    const back = parent.names.take(this.naming.fieldOf(ambiguous ? `${rows}_by_${stem}` : rows));
    const mandatory = columns.every((column) => !column.nullable || primary.includes(column.id));
    const planned = { relationship: one, child, parent, field, back, single, mandatory, ambiguous };
    child.relations.push(planned);
    parent.backs.push(planned);
  }

  /** `customer_id` leads to the `customer`; several columns, or one called otherwise, to what the parent is called. */
  private stem(columns: readonly Column[], parent: string): string {
    const last = columns.at(-1)?.name ?? '';
    const cut = last.replace(/(?<=.)_?(?:id|uuid|code|key|no)$/i, '');
    return cut !== last && cut !== '' && (columns.length === 1 || /_id$/i.test(last)) ? cut : singular(parent);
  }
}

/** Names for everything that a language makes of a document; each is free where it stands. */
export function planCode(document: Document, naming: CodeNaming, losses: Losses): CodePlan {
  return new Planner(document, naming, losses).run();
}

/** Whether these columns of a table, in any order, are unique by a key or a whole index on plain columns. */
export function isUnique(table: Table, columns: readonly Id[]): boolean {
  return uniqueSets(table).some((set) => set.length === columns.length && set.every((id) => columns.includes(id)));
}

/** The columns that a column's identity or sequence fills. */
export function ownsSequence(document: Document, table: Table, column: Column): boolean {
  return Object.values(document.sequences).some(({ ownedBy }) => ownedBy?.table === table.id && ownedBy.column === column.id);
}

export const dialectOf = (document: Document) => recordIn(document, 'settings', 'settings')?.dialect ?? 'postgresql';
