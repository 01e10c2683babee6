import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id } from '#model/types.ts';

/** Something a name in SQL can mean. */
export interface Named {
  readonly id: Id;
  readonly schema: Id;
  readonly name: string;
}

/** A column as a query sees it. `table` and `column` are set where renaming that table's column changes this name. */
export interface OutColumn {
  readonly name: string;
  readonly table?: Id;
  readonly column?: Id;
}

export type RelationKind = 'tables' | 'views' | 'sequences';

export interface Relation extends Named {
  readonly kind: RelationKind;
}

type ByName<T> = ReadonlyMap<string, readonly T[]>;

function byName<T extends Named>(records: Iterable<T>): ByName<T> {
  const map = new Map<string, T[]>();
  for (const record of records) {
    const list = map.get(record.name);
    if (list === undefined) map.set(record.name, [record]);
    else list.push(record);
  }
  return map;
}

function relationsOf(document: Document): Relation[] {
  return (['tables', 'views', 'sequences'] as const).flatMap((kind) =>
    Object.values(document[kind]).map(({ id, schema, name }) => ({ id, schema, name, kind })),
  );
}

/** Names of a document and what they mean, as an unqualified or qualified SQL name finds them. */
export class Catalog {
  readonly document: Document;
  readonly #relations: ByName<Relation>;
  readonly #types: ByName<Named>;
  readonly #routines: ByName<Named>;
  readonly #schemas = new Map<string, Id>();
  readonly #schemaNames = new Map<Id, string>();
  /** Output columns of views, filled in by whoever resolves their queries. */
  readonly viewColumns = new Map<Id, readonly OutColumn[] | undefined>();

  constructor(document: Document) {
    this.document = document;
    this.#relations = byName(relationsOf(document));
    this.#types = byName(Object.values(document.types));
    this.#routines = byName(Object.values(document.routines));
    for (const schema of Object.values(document.schemas)) {
      this.#schemas.set(schema.name, schema.id);
      this.#schemaNames.set(schema.id, schema.name);
    }
  }

  schemaId(name: string): Id | undefined {
    return this.#schemas.get(name);
  }

  /** Of several with the name: the one in the schema given; without a schema the one in `public`, or the only one. */
  #pick<T extends Named>(found: readonly T[] | undefined, schema: string | undefined): T | undefined {
    if (found === undefined) return undefined;
    if (schema !== undefined) return found.find((one) => this.#schemaNames.get(one.schema) === schema);
    return found.find((one) => this.#schemaNames.get(one.schema) === 'public') ?? (found.length === 1 ? found[0] : undefined);
  }

  /** The schema of a record when it is `public`, the one that names are looked for in when they say none. */
  publicSchemaOf(id: Id): Id | undefined {
    const { tables, views, sequences, types, routines } = this.document;
    for (const records of [tables, views, sequences, types, routines]) {
      const schema = Object.hasOwn(records, id) ? records[id]?.schema : undefined;
      if (schema !== undefined) return this.#schemaNames.get(schema) === 'public' ? schema : undefined;
    }
    return undefined;
  }

  relation(schema: string | undefined, name: string): Relation | undefined {
    return this.#pick(this.#relations.get(name), schema);
  }

  type(schema: string | undefined, name: string): Named | undefined {
    return this.#pick(this.#types.get(name), schema) ?? this.relation(schema, name);
  }

  /** Overloads of one name in one schema are found together: a name alone does not tell them apart. */
  routines(schema: string | undefined, name: string): readonly Named[] {
    const found = this.#routines.get(name) ?? [];
    const first = this.#pick(found, schema) ?? (schema === undefined ? found[0] : undefined);
    return first === undefined ? [] : found.filter((one) => one.schema === first.schema);
  }

  /** The composite type of a column; undefined for every other type. */
  columnType(column: OutColumn): Id | undefined {
    const { tables } = this.document;
    const table = column.table !== undefined && Object.hasOwn(tables, column.table) ? tables[column.table] : undefined;
    const found = table === undefined ? undefined : columnsOf(this.document, table).find((one) => one.id === column.column);
    return found?.type.kind === 'custom' && found.type.dims === undefined ? found.type.type : undefined;
  }

  /** An attribute of a composite type, or a column of a table whose row type it is, with the type of its own. */
  attribute(type: Id, name: string): { readonly record: Id; readonly part: Id; readonly type: Id | undefined } | undefined {
    const composite = recordIn(this.document, 'types', type);
    const table = recordIn(this.document, 'tables', type);
    const parts =
      composite?.kind === 'composite' ? composite.attributes : table === undefined ? [] : columnsOf(this.document, table);
    const part = parts.find((one) => one.name === name);
    if (part === undefined) return undefined;
    const own = part.type.kind === 'custom' && part.type.dims === undefined ? part.type.type : undefined;
    return { record: type, part: part.id, type: own };
  }

  tableColumns(id: Id): readonly OutColumn[] | undefined {
    const { tables } = this.document;
    const table = Object.hasOwn(tables, id) ? tables[id] : undefined;
    if (table === undefined) return undefined;
    return columnsOf(this.document, table).map(({ id: column, name }) => ({ name, table: id, column }));
  }
}

const memo = new WeakMap<Document, Catalog>();

export function catalogOf(document: Document): Catalog {
  let catalog = memo.get(document);
  if (catalog === undefined) {
    catalog = new Catalog(document);
    memo.set(document, catalog);
  }
  return catalog;
}
