import { DEFAULT_SCHEMA } from '#model/create.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import { nameKey } from '../traits.ts';
import type { OutColumn } from './scopes.ts';

/** A record that a name in a schema can mean. */
interface NamedRecord {
  readonly id: Id;
  readonly schema: Id;
  readonly name: string;
}

type ByKey = ReadonlyMap<string, readonly NamedRecord[]>;

/** Names of a document, told apart as its dialect does. */
export class Names {
  readonly dialect: Dialect;
  readonly document: Document;
  /** Columns that a view's query gives, asked once for each view. */
  readonly viewColumns = new Map<Id, readonly OutColumn[] | undefined>();
  readonly #viewOutputs: (names: Names, view: Id) => readonly OutColumn[] | undefined;
  readonly #relations: ByKey;
  readonly #routines: ByKey;
  readonly #types: ByKey;
  readonly #schemas = new Map<string, Id>();
  readonly #columns = new Map<Id, readonly OutColumn[]>();

  constructor(document: Document, dialect: Dialect, viewOutputs: (names: Names, view: Id) => readonly OutColumn[] | undefined) {
    this.dialect = dialect;
    this.document = document;
    this.#viewOutputs = viewOutputs;
    for (const { id, name } of Object.values(document.schemas)) this.#schemas.set(this.key(name), id);
    const { tables, views, sequences, routines, types } = document;
    this.#relations = this.#byKey([tables, views, sequences]);
    this.#routines = this.#byKey([routines]);
    this.#types = this.#byKey([types]);
  }

  #byKey(collections: readonly Readonly<Record<Id, NamedRecord>>[]): ByKey {
    const found = new Map<string, NamedRecord[]>();
    for (const record of collections.flatMap((one) => Object.values(one))) {
      const known = found.get(this.key(record.name));
      if (known === undefined) found.set(this.key(record.name), [record]);
      else known.push(record);
    }
    return found;
  }

  key(name: string): string {
    return nameKey(name, this.dialect);
  }

  schema(name: string): Id | undefined {
    return this.#schemas.get(this.key(name));
  }

  /** Of several without a schema the one in the usual schema, or the only one. */
  #pick(all: ByKey, name: string, schema: string | undefined): Id | undefined {
    const found = all.get(this.key(name));
    if (found === undefined) return undefined;
    const wanted = this.schema(schema ?? DEFAULT_SCHEMA[this.dialect]);
    const own = found.find((one) => one.schema === wanted)?.id;
    return own ?? (schema === undefined && found.length === 1 ? found[0]?.id : undefined);
  }

  relation(name: string, schema?: string): Id | undefined {
    return this.#pick(this.#relations, name, schema);
  }

  /** What a table or view is called. */
  relationName(id: Id): string | undefined {
    const { tables, views } = this.document;
    return (Object.hasOwn(tables, id) ? tables[id] : Object.hasOwn(views, id) ? views[id] : undefined)?.name;
  }

  routine(name: string, schema?: string): Id | undefined {
    return this.#pick(this.#routines, name, schema);
  }

  type(name: string, schema?: string): Id | undefined {
    return this.#pick(this.#types, name, schema);
  }

  /** Columns of a table, or those that a view gives; undefined when nobody can tell, and for a sequence. */
  columns(relation: Id): readonly OutColumn[] | undefined {
    const known = this.#columns.get(relation);
    if (known !== undefined) return known;
    const { tables, views } = this.document;
    const table = Object.hasOwn(tables, relation) ? tables[relation] : undefined;
    if (table === undefined) return Object.hasOwn(views, relation) ? this.#columnsOfView(relation) : undefined;
    const columns = columnsOf(this.document, table).map((one) => ({ key: this.key(one.name), table: table.id, part: one.id }));
    this.#columns.set(relation, columns);
    return columns;
  }

  #columnsOfView(view: Id): readonly OutColumn[] | undefined {
    if (this.viewColumns.has(view)) return this.viewColumns.get(view);
    // A view that reads itself has no columns to be known.
    this.viewColumns.set(view, undefined);
    const columns = this.#viewOutputs(this, view);
    this.viewColumns.set(view, columns);
    return columns;
  }

  /** An index or constraint of a table. */
  index(table: Id, name: string): Id | undefined {
    const { tables } = this.document;
    const record = Object.hasOwn(tables, table) ? tables[table] : undefined;
    const isIt = (one: { readonly name?: string }) => one.name !== undefined && this.key(one.name) === this.key(name);
    return (record?.indexes.find(isIt) ?? record?.keys.find(isIt) ?? record?.checks.find(isIt))?.id;
  }
}
