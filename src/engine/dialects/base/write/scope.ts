import { findRecord, recordIn } from '#model/collections.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { Unsupported, WrittenStatement } from '../../../sql/written.ts';
import type { Owner, Placed, Slot } from './slots.ts';
import type { SqlText } from './text.ts';

/** A fact about another record that a written piece rests on: the piece holds as long as the fact does. */
export interface Fact {
  /** Records the fact is read from. */
  readonly from: readonly Id[];
  readonly read: (document: Document) => string;
  readonly value: string;
}

/** How a dialect says the names of objects. */
export interface Naming {
  /** The SQL name of an object of this schema. */
  objectName(document: Document, schema: Id, name: string, isType: boolean): string;
  /** A name without a schema. */
  ident(name: string): string;
}

function recordName(document: Document, id: Id, naming: Naming): string {
  const found = findRecord(document, id);
  if (found === undefined) return naming.ident(id);
  const { record } = found;
  if ('schema' in record && 'name' in record && typeof record.schema === 'string') {
    return naming.objectName(document, record.schema, record.name, found.collection === 'types');
  }
  return 'name' in record && typeof record.name === 'string' ? naming.ident(record.name) : naming.ident(id);
}

function schemaOf(document: Document, id: Id): readonly Id[] {
  const record = findRecord(document, id)?.record;
  return record !== undefined && 'schema' in record && typeof record.schema === 'string' ? [record.schema] : [];
}

function ancestry(document: Document, table: Table, seen: Set<Id>): Set<Id> {
  if (seen.has(table.id)) return seen;
  seen.add(table.id);
  for (const id of table.partitionOf === undefined ? (table.inherits ?? []) : [table.partitionOf.parent]) {
    seen.add(id);
    const parent = recordIn(document, 'tables', id);
    if (parent !== undefined) ancestry(document, parent, seen);
  }
  return seen;
}

/**
 * What a writer of one record works with: the target, names of other records (each look-up noted as a fact, so that the
 * piece is written again only when one of them changes), and the statements made so far.
 */
export class RecordScope {
  readonly #document: Document;
  readonly #naming: Naming;
  readonly version: number;
  readonly owner: Owner;
  readonly facts: Fact[] = [];
  readonly placed: Placed[] = [];
  readonly unsupported: Unsupported[] = [];

  constructor(document: Document, version: number, owner: Owner, naming: Naming) {
    this.#document = document;
    this.#naming = naming;
    this.version = version;
    this.owner = owner;
  }

  /** Reads a fact of other records and remembers that the piece rests on it. */
  fact(from: readonly Id[], read: (document: Document) => string): string {
    const value = read(this.#document);
    this.facts.push({ from, read, value });
    return value;
  }

  /** The SQL name of a table, view, type, sequence or schema by id. */
  name(id: Id): string {
    return this.fact([id, ...schemaOf(this.#document, id)], (document) => recordName(document, id, this.#naming));
  }

  /** The SQL name of an object of this schema with this name. */
  nameIn(schema: Id, name: string, isType = false): string {
    return this.fact([schema], (document) => this.#naming.objectName(document, schema, name, isType));
  }

  /** The bare name of a column of a table by id, inherited ones included; undefined when there is none. */
  columnName(table: Id, column: Id): string | undefined {
    const found = recordIn(this.#document, 'tables', table);
    const from = found === undefined ? [table] : [...ancestry(this.#document, found, new Set())];
    const value = this.fact(from, (document) => {
      const now = recordIn(document, 'tables', table);
      return (now === undefined ? undefined : columnOf(document, now, column)?.name) ?? '';
    });
    return value === '' ? undefined : value;
  }

  note(unsupported: Omit<Unsupported, 'record'>): void {
    this.unsupported.push({ record: this.owner.record, ...unsupported });
  }

  /** Adds a finished statement. @param key what it is among the record's statements, such as `create` or `index:idx_1`. */
  put(slot: Slot, what: WrittenStatement['what'], key: string, text: SqlText, part?: Id): void {
    this.putFor(this.owner, slot, what, key, text, part);
  }

  /** {@link put} for a record that is written along with this one: a foreign key with its table. */
  putFor(owner: Owner, slot: Slot, what: WrittenStatement['what'], key: string, text: SqlText, part?: Id): void {
    const { collection, record } = owner;
    const statement = { key: `${record}:${key}`, collection, record, what, sql: text.sql, parts: text.parts };
    this.placed.push({ slot, statement: part === undefined ? statement : { ...statement, part } });
  }
}
