import { derivedIds, type IdSource } from '#lib/ids.ts';
import { PART_PREFIX, type PartList } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { DEFAULT_SCHEMA, emptyDocument, emptyTable, PUBLIC_SCHEMA } from '#model/create.ts';
import type { CheckConstraint, Index, Key } from '#model/table-parts.ts';
import type { CustomType, Dialect, Document, Id, Relationship, Schema, Sequence, Table, View } from '#model/types.ts';
import { nameFault } from '#model/validate-notes.ts';
import { nameKey } from '../../dialects/base/traits.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Lists = 'columns' | 'keys' | 'checks' | 'indexes';

/** A table while it is put together. */
export interface TableDraft extends Writable<Omit<Table, Lists>> {
  columns: Writable<Column>[];
  keys: Writable<Key>[];
  checks: Writable<CheckConstraint>[];
  indexes: Writable<Index>[];
}

/** Puts a document together by names. What would break the model's promises is refused with a reason. */
export class DocumentBuilder {
  readonly dialect: Dialect;
  readonly #document: Document;
  readonly #ids: IdSource = derivedIds();
  readonly #schemas = new Map<string, Writable<Schema>>();
  readonly #tables = new Map<string, TableDraft>();
  readonly #types = new Map<string, CustomType>();
  readonly #views: View[] = [];
  readonly #sequences: Sequence[] = [];
  readonly #relationships: Relationship[] = [];

  constructor(name: string, dialect: Dialect, version?: number) {
    this.dialect = dialect;
    this.#document = emptyDocument(name, version, dialect);
    this.#schemas.set(this.#key(DEFAULT_SCHEMA[dialect]), {
      ...(this.#document.schemas[PUBLIC_SCHEMA.id] ?? PUBLIC_SCHEMA),
    });
  }

  #key(name: string): string {
    return nameKey(name, this.dialect);
  }

  #path(schema: string | undefined, name: string): string {
    return JSON.stringify([this.#key(schema ?? DEFAULT_SCHEMA[this.dialect]), this.#key(name)]);
  }

  id(prefix: string, hint: string): Id {
    return this.#ids.next(prefix, hint);
  }

  /** A schema by name, made when it is not there; without a name the one that every database has. */
  schema(name: string | undefined): Writable<Schema> {
    const wanted = name ?? DEFAULT_SCHEMA[this.dialect];
    const known = this.#schemas.get(this.#key(wanted));
    if (known !== undefined) return known;
    const made: Writable<Schema> = { id: this.id('sch', wanted), name: wanted };
    this.#schemas.set(this.#key(wanted), made);
    return made;
  }

  /** A new table. @returns why there can be none of that name. */
  table(schema: string | undefined, name: string): TableDraft | string {
    const fault = nameFault(name) ?? (schema === undefined ? undefined : nameFault(schema));
    if (fault !== undefined) return fault;
    if (this.#tables.has(this.#path(schema, name))) return `There is a table ${name} already.`;
    const hint = schema === undefined ? name : `${schema}.${name}`;
    const draft = emptyTable(this.id('tbl', hint), this.schema(schema).id, name);
    const table: TableDraft = { ...draft, columns: [], keys: [], checks: [], indexes: [] };
    this.#tables.set(this.#path(schema, name), table);
    return table;
  }

  findTable(schema: string | undefined, name: string): TableDraft | undefined {
    return this.#tables.get(this.#path(schema, name));
  }

  /** A new column at the end. @returns why there can be none of that name. */
  column(table: TableDraft, column: Omit<Column, 'id'>): Writable<Column> | string {
    const fault = nameFault(column.name);
    if (fault !== undefined) return fault;
    if (this.findColumn(table, column.name) !== undefined) return `Table ${table.name} has a column ${column.name} already.`;
    const made = { id: this.partId('columns', table, column.name), ...column };
    table.columns.push(made);
    return made;
  }

  findColumn(table: TableDraft, name: string): Writable<Column> | undefined {
    const key = this.#key(name);
    return table.columns.find((column) => this.#key(column.name) === key);
  }

  partId(list: PartList, table: { readonly name: string }, hint: string): Id {
    return this.id(PART_PREFIX[list], `${table.name}.${hint}`);
  }

  /** A key over these columns; those of a primary key become NOT NULL. Nothing when the table has it already. */
  key(table: TableDraft, key: Omit<Key, 'id'>): void {
    if (key.columns.length === 0) return;
    const same = (other: Key) =>
      other.columns.length === key.columns.length && other.columns.every((id, at) => id === key.columns[at]);
    if (key.kind === 'primary') {
      if (table.keys.some((other) => other.kind === 'primary')) return;
      for (const column of table.columns) if (key.columns.includes(column.id)) column.nullable = false;
    } else if (key.name === undefined && table.keys.some((other) => other.kind === 'unique' && same(other))) return;
    table.keys.push({ id: this.partId('keys', table, key.name ?? key.kind), ...key });
  }

  type(schema: string | undefined, type: CustomType): string | undefined {
    const fault = nameFault(type.name);
    if (fault !== undefined) return fault;
    if (this.#types.has(this.#path(schema, type.name))) return `There is a type ${type.name} already.`;
    this.#types.set(this.#path(schema, type.name), type);
    return undefined;
  }

  findType(schema: string | undefined, name: string): CustomType | undefined {
    return this.#types.get(this.#path(schema, name));
  }

  view(view: Omit<View, 'id'>): View {
    const made = { id: this.id('view', view.name), ...view };
    this.#views.push(made);
    return made;
  }

  sequence(sequence: Omit<Sequence, 'id'>): void {
    this.#sequences.push({ id: this.id('seq', sequence.name), ...sequence });
  }

  relationship(one: Omit<Relationship, 'id'>, hint: string): void {
    this.#relationships.push({ id: this.id('rel', one.name ?? hint), ...one });
  }

  tables(): readonly TableDraft[] {
    return [...this.#tables.values()];
  }

  finish(): Document {
    const byId = <T extends { readonly id: Id }>(records: Iterable<T>) =>
      Object.fromEntries([...records].map((record) => [record.id, record]));
    return {
      ...this.#document,
      schemas: byId(this.#schemas.values()),
      // Elsewhere an enum is a part of its column's type.
      types: this.dialect === 'postgresql' ? byId(this.#types.values()) : {},
      tables: byId(this.#tables.values()),
      views: byId(this.#views),
      sequences: byId(this.#sequences),
      relationships: byId(this.#relationships),
    };
  }
}
