import { DEFAULT_SCHEMA } from '#model/create.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import { nameKey } from '../traits.ts';

/** A table, view or sequence that a name can mean. */
export interface NamedRelation {
  readonly id: Id;
  readonly schema: Id;
}

/** Names of a document, told apart as its dialect does. */
export class Names {
  readonly dialect: Dialect;
  readonly #document: Document;
  readonly #relations = new Map<string, NamedRelation[]>();
  readonly #schemas = new Map<string, Id>();
  readonly #columns = new Map<Id, ReadonlyMap<string, Id>>();

  constructor(document: Document, dialect: Dialect) {
    this.dialect = dialect;
    this.#document = document;
    for (const { id, name } of Object.values(document.schemas)) this.#schemas.set(this.key(name), id);
    for (const records of [document.tables, document.views, document.sequences]) {
      for (const { id, schema, name } of Object.values(records)) {
        const known = this.#relations.get(this.key(name));
        if (known === undefined) this.#relations.set(this.key(name), [{ id, schema }]);
        else known.push({ id, schema });
      }
    }
  }

  key(name: string): string {
    return nameKey(name, this.dialect);
  }

  schema(name: string): Id | undefined {
    return this.#schemas.get(this.key(name));
  }

  /** The relation a name means; of several without a schema the one in the usual schema. */
  relation(name: string, schema?: string): Id | undefined {
    const found = this.#relations.get(this.key(name));
    if (found === undefined) return undefined;
    const wanted = this.schema(schema ?? DEFAULT_SCHEMA[this.dialect]);
    const own = found.find((one) => one.schema === wanted)?.id;
    return own ?? (schema === undefined && found.length === 1 ? found[0]?.id : undefined);
  }

  isTable(id: Id): boolean {
    return Object.hasOwn(this.#document.tables, id);
  }

  /** A column of a table; undefined for views, which have no columns of their own. */
  column(table: Id, name: string): Id | undefined {
    let known = this.#columns.get(table);
    if (known === undefined) {
      const record = Object.hasOwn(this.#document.tables, table) ? this.#document.tables[table] : undefined;
      const columns = record === undefined ? [] : columnsOf(this.#document, record);
      known = new Map(columns.map((one) => [this.key(one.name), one.id]));
      this.#columns.set(table, known);
    }
    return known.get(this.key(name));
  }
}

const memo = new WeakMap<Document, Names>();

export function namesOf(document: Document): Names {
  const known = memo.get(document);
  if (known !== undefined) return known;
  const names = new Names(document, document.settings['settings']?.dialect ?? 'postgresql');
  memo.set(document, names);
  return names;
}
