import { derivedIds, type IdSource } from '#lib/ids.ts';
import { COLLECTIONS, PART_PREFIX, type PartList } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Collection, Document, Id, RecordOf, Relationship, Table, View } from '#model/types.ts';
import { namesIn } from '../invented.ts';
import { ident, qualified } from '../quote.ts';
import type { QualifiedName } from './ast.ts';
import { IndexNames } from './lookup.ts';
import type { Outcome } from './outcome.ts';
import { Transactions } from './transaction.ts';
import { copyOf, type Writable } from './writable.ts';

/** Collections that reading SQL fills. */
export type Read = 'schemas' | 'types' | 'sequences' | 'tables' | 'relationships' | 'views' | 'routines' | 'triggers' | 'verbatim';

const READ: readonly Read[] = [
  'schemas',
  'types',
  'sequences',
  'tables',
  'relationships',
  'views',
  'routines',
  'triggers',
  'verbatim',
];

const PREFIX = new Map<Collection, string>(COLLECTIONS.map(({ name, prefix }) => [name, prefix]));

/** Something with a name of its own in a schema. `opaque`: it exists, but only as a verbatim statement. */
export interface Relation {
  readonly kind: 'tables' | 'views' | 'sequences' | 'opaque';
  readonly id: Id;
}

/** A foreign key whose parent or parent columns are not known yet. */
export interface PendingKey {
  readonly relationship: Id;
  readonly child: Id;
  /** Candidates for the parent, in order of preference: one name, or one for each schema of the search path. */
  readonly parents: readonly QualifiedName[];
  /** As the text names it. */
  readonly parentText: string;
  readonly columns: readonly string[];
  readonly outcome: Outcome;
  /** The clause as SQL, to be kept as text when the parent is never found. */
  readonly clause: string;
  /** UTF-16 offset in the statement: the parent is named there or later. */
  readonly from: number;
  /** Statement that has the clause, when it is one of its own. */
  readonly alone: boolean;
}

export type MutableTable = Writable<Table>;

/** Puts back what a state was; it can be done again. */
export type Restore = () => void;

/** How a dialect tells names apart and writes them. */
export interface Naming {
  /** The schema that names without one mean. */
  readonly schema: string;
  /** Equal for names that the dialect takes for the same. */
  readonly key: (name: string) => string;
  readonly ident: (name: string) => string;
  /** Keys of the names that an expression has where a column's may stand. */
  readonly namesIn: (sql: string) => ReadonlySet<string>;
}

const POSTGRES_NAMING: Naming = { schema: 'public', key: (name) => name, ident, namesIn };

/** The model while statements are folded into it, with the session's settings that change what names mean. */
export class ReadState {
  readonly records: { readonly [C in Read]: Map<Id, Writable<RecordOf<C>>> };
  searchPath: readonly string[];
  tablespace: string | undefined;
  accessMethod: string | undefined;
  readonly pending: PendingKey[] = [];
  readonly indexNames = new IndexNames();
  readonly transactions = new Transactions();
  /** Indexes that an engine made for foreign keys (MySQL): they give way to others of the same columns. */
  readonly madeIndexes = new Set<Id>();
  private readonly schemaIds = new Map<string, Id>();
  private readonly relations = new Map<string, Relation>();
  private readonly typeNames = new Map<string, Id>();
  private readonly partIds = new Set<Id>();
  private order = 0;

  private readonly base: Document;
  private readonly ids: IdSource;
  readonly naming: Naming;

  /** @param base the document to fold into; it is not changed. */
  constructor(base: Document = emptyDocument(), ids: IdSource = derivedIds(), naming: Naming = POSTGRES_NAMING) {
    this.base = base;
    this.ids = ids;
    this.naming = naming;
    this.searchPath = [naming.schema];
    this.records = {
      schemas: load(base.schemas),
      types: load(base.types),
      sequences: load(base.sequences),
      tables: load(base.tables),
      relationships: load(base.relationships),
      views: load(base.views),
      routines: load(base.routines),
      triggers: load(base.triggers),
      verbatim: load(base.verbatim),
    };
    for (const schema of this.records.schemas.values()) this.schemaIds.set(naming.key(schema.name), schema.id);
    for (const kind of ['sequences', 'views', 'tables'] as const) {
      for (const record of this.records[kind].values()) this.register(record.schema, record.name, { kind, id: record.id });
    }
    for (const type of this.records.types.values()) this.registerType(type.schema, type.name, type.id);
    for (const type of this.records.types.values()) {
      const parts = type.kind === 'domain' ? type.checks : type.kind === 'composite' ? type.attributes : [];
      for (const part of parts) this.partIds.add(part.id);
    }
    for (const raw of this.records.verbatim.values()) this.order = Math.max(this.order, raw.order + 1);
  }

  /** The document that came out; what was not read (layout, decisions ...) is the base's. */
  document(): Document {
    const collections = READ.map((name) => [name, Object.fromEntries(this.records[name])]);
    return { ...this.base, ...Object.fromEntries(collections) } as Document;
  }

  /** Remembers what the state is now. The ids drawn since stay taken. */
  snapshot(): Restore {
    const records = READ.map((name) => [name, copyMap(this.records[name])] as const);
    const { searchPath, tablespace, accessMethod } = this;
    const pending = this.pending.length;
    const maps = [this.schemaIds, this.relations, this.typeNames] as const;
    const names = maps.map((map) => [...map]);
    return () => {
      for (const [name, copy] of records) refill(this.records[name], copyMap(copy));
      for (const [i, map] of maps.entries()) refill(map, names[i] ?? []);
      this.pending.length = pending;
      Object.assign(this, { searchPath, tablespace, accessMethod });
      this.indexNames.forget();
    };
  }

  get<C extends Read>(collection: C, id: Id): Writable<RecordOf<C>> | undefined {
    return this.records[collection].get(id) as Writable<RecordOf<C>> | undefined;
  }

  /** A new id that no record of the collection has. @param hint qualified name. */
  recordId(collection: Read, hint: string): Id {
    const prefix = PREFIX.get(collection) ?? collection;
    let id = this.ids.next(prefix, hint);
    while ((this.records[collection] as Map<Id, unknown>).has(id)) id = this.ids.next(prefix, hint);
    return id;
  }

  /** A new id for a part of a table or view that no other part has. */
  partId(list: PartList, owner: MutableTable | Writable<View>, hint: string): Id {
    const path = `${this.hint(owner.schema, owner.name)}.${hint}`;
    let id = this.ids.next(PART_PREFIX[list], path);
    while (this.partIds.has(id) || hasPart(owner, id)) id = this.ids.next(PART_PREFIX[list], path);
    this.partIds.add(id);
    return id;
  }

  nextOrder(): number {
    return this.order++;
  }

  schemaName(id: Id): string {
    return this.records.schemas.get(id)?.name ?? id;
  }

  /** How messages and ids name something: without the schema when that is the usual one. */
  hint(schema: Id, name: string): string {
    const schemaName = this.schemaName(schema);
    return schemaName === this.naming.schema ? name : `${schemaName}.${name}`;
  }

  /** The name as SQL, with its schema. */
  sqlName(schema: Id, name: string): string {
    const schemaName = this.schemaName(schema);
    if (this.naming === POSTGRES_NAMING) return qualified(schemaName, name);
    const own = this.naming.ident(name);
    return this.naming.key(schemaName) === this.naming.key(this.naming.schema) ? own : `${this.naming.ident(schemaName)}.${own}`;
  }

  quote(name: string): string {
    return this.naming.ident(name);
  }

  /** The name for messages, with its schema. */
  say(schema: Id, name: string): string {
    return `${this.schemaName(schema)}.${name}`;
  }

  findSchema(name: string): Id | undefined {
    return this.schemaIds.get(this.naming.key(name));
  }

  addSchema(name: string, implicit = false): Id {
    const known = this.findSchema(name);
    if (known !== undefined) return known;
    const id = this.recordId('schemas', name);
    this.records.schemas.set(id, { id, name, ...(implicit ? { implicit } : {}) });
    this.schemaIds.set(this.naming.key(name), id);
    return id;
  }

  renameSchema(from: string, to: string): void {
    const id = this.findSchema(from);
    const schema = id === undefined ? undefined : this.records.schemas.get(id);
    if (schema === undefined) return;
    schema.name = to;
    this.schemaIds.delete(this.naming.key(from));
    this.schemaIds.set(this.naming.key(to), schema.id);
  }

  dropSchema(name: string): void {
    const id = this.findSchema(name);
    if (id === undefined) return;
    this.schemaIds.delete(this.naming.key(name));
    this.records.schemas.delete(id);
  }

  /** Schema that a new object of this name goes to; it is made when the text never did. */
  targetSchema(name: QualifiedName, temporary = false): { id: Id; made: boolean } {
    const schema =
      name.schema ?? (temporary ? undefined : this.searchPath.find((one) => one !== 'pg_catalog')) ?? this.naming.schema;
    const known = this.findSchema(schema);
    return known === undefined ? { id: this.addSchema(schema), made: true } : { id: known, made: false };
  }

  /** Qualified forms of a name, as the search path has them. */
  candidates(name: QualifiedName): QualifiedName[] {
    if (name.schema !== undefined) return [name];
    const path = this.searchPath.length > 0 ? this.searchPath : [this.naming.schema];
    return path.map((schema) => ({ schema, name: name.name }));
  }

  private at(schema: Id, name: string): string {
    return `${schema}\n${this.naming.key(name)}`;
  }

  register(schema: Id, name: string, relation: Relation): void {
    this.relations.set(this.at(schema, name), relation);
  }

  unregister(schema: Id, name: string): void {
    this.relations.delete(this.at(schema, name));
  }

  private lookUp<T>(map: ReadonlyMap<string, T>, name: QualifiedName): T | undefined {
    for (const candidate of this.candidates(name)) {
      const schema = this.findSchema(candidate.schema ?? this.naming.schema);
      const found = schema === undefined ? undefined : map.get(this.at(schema, candidate.name));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  relation(name: QualifiedName): Relation | undefined {
    return this.lookUp(this.relations, name);
  }

  /** A relation of this very schema. */
  relationIn(schema: Id, name: string): Relation | undefined {
    return this.relations.get(this.at(schema, name));
  }

  /** Names of the relations of a schema that are only kept as text. */
  opaqueIn(schema: Id): string[] {
    const kept = [...this.relations].filter(([at, { kind }]) => kind === 'opaque' && at.startsWith(`${schema}\n`));
    return kept.map(([at]) => at.slice(schema.length + 1));
  }

  table(name: QualifiedName): MutableTable | undefined {
    const relation = this.relation(name);
    return relation?.kind === 'tables' ? this.records.tables.get(relation.id) : undefined;
  }

  view(name: QualifiedName): Writable<View> | undefined {
    const relation = this.relation(name);
    return relation?.kind === 'views' ? this.records.views.get(relation.id) : undefined;
  }

  typeId(name: QualifiedName): Id | undefined {
    return this.lookUp(this.typeNames, name) ?? this.table(name)?.id;
  }

  /** A type of this very schema. */
  typeIn(schema: Id, name: string): Id | undefined {
    return this.typeNames.get(this.at(schema, name));
  }

  /** Ids of the parts of types, which are no parts of tables. */
  domainCheckId(schema: Id, name: string, hint: string): Id {
    return this.freshPart('chk', `${this.hint(schema, name)}.${hint}`);
  }

  attributeId(type: string, name: string): Id {
    return this.freshPart('att', `${type}.${name}`);
  }

  private freshPart(prefix: string, hint: string): Id {
    let id = this.ids.next(prefix, hint);
    while (this.partIds.has(id)) id = this.ids.next(prefix, hint);
    this.partIds.add(id);
    return id;
  }

  registerType(schema: Id, name: string, id: Id): void {
    this.typeNames.set(this.at(schema, name), id);
  }

  unregisterType(schema: Id, name: string): void {
    this.typeNames.delete(this.at(schema, name));
  }

  addTable(schema: Id, name: string): MutableTable {
    const id = this.recordId('tables', this.hint(schema, name));
    const table = copyOf(emptyTable(id, schema, name));
    this.records.tables.set(id, table);
    this.register(schema, name, { kind: 'tables', id });
    return table;
  }

  parentsOf(table: MutableTable): MutableTable[] {
    const ids = table.partitionOf === undefined ? (table.inherits ?? []) : [table.partitionOf.parent];
    return ids.flatMap((id) => this.records.tables.get(id) ?? []);
  }

  /** A column by name, inherited ones included. */
  column(table: MutableTable, name: string, seen: Set<Id> = new Set()): Writable<Column> | undefined {
    const key = this.naming.key(name);
    const own = table.columns.find((column) => column.name === name || this.naming.key(column.name) === key);
    if (own !== undefined || seen.has(table.id)) return own;
    seen.add(table.id);
    for (const parent of this.parentsOf(table)) {
      const found = this.column(parent, name, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A column by id, inherited ones included. */
  columnById(table: MutableTable, id: Id, seen: Set<Id> = new Set()): Writable<Column> | undefined {
    const own = table.columns.find((column) => column.id === id);
    if (own !== undefined || seen.has(table.id)) return own;
    seen.add(table.id);
    for (const parent of this.parentsOf(table)) {
      const found = this.columnById(parent, id, seen);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Looks for the parent of a pending foreign key. True when it and its columns are known. */
  resolve(at: number): boolean {
    const pending = this.pending[at];
    const relationship = pending === undefined ? undefined : this.records.relationships.get(pending.relationship);
    if (pending === undefined || relationship === undefined) return true;
    const parent = relationship.parent === '' ? this.firstTable(pending.parents) : this.records.tables.get(relationship.parent);
    if (parent === undefined) return false;
    relationship.parent = parent.id;
    if (relationship.parentColumns.length > 0) return true;
    relationship.parentColumns =
      pending.columns.length === 0
        ? [...(parent.keys.find((key) => key.kind === 'primary')?.columns ?? [])]
        : pending.columns.flatMap((name) => this.column(parent, name)?.id ?? []);
    if (relationship.parentColumns.length === relationship.childColumns.length) return true;
    relationship.parentColumns = [];
    return false;
  }

  private firstTable(names: readonly QualifiedName[]): MutableTable | undefined {
    for (const name of names) {
      const table = this.table(name);
      if (table !== undefined) return table;
    }
    return undefined;
  }

  relationshipsOf(child: Id): Writable<Relationship>[] {
    return [...this.records.relationships.values()].filter((one) => one.child === child);
  }
}

type AnyMap = Map<string, unknown>;

function copyMap(map: ReadonlyMap<string, unknown>): AnyMap {
  return new Map([...map].map(([key, value]) => [key, copyOf(value)]));
}

function refill(map: ReadonlyMap<string, unknown>, entries: Iterable<readonly [string, unknown]>): void {
  const target = map as AnyMap;
  const next = [...entries];
  target.clear();
  for (const [key, value] of next) target.set(key, value);
}

function load<T extends { readonly id: Id }>(records: Readonly<Record<Id, T>>): Map<Id, Writable<T>> {
  return new Map(Object.values(records).map((record) => [record.id, copyOf(record)]));
}

function hasPart(owner: MutableTable | Writable<View>, id: Id): boolean {
  if (owner.indexes.some((part) => part.id === id)) return true;
  if (!('columns' in owner) || !('keys' in owner)) return false;
  const lists: readonly (readonly { readonly id: Id }[])[] = [
    owner.columns,
    owner.keys,
    owner.checks,
    owner.exclusions,
    owner.policies,
    owner.dependencies,
  ];
  return lists.some((list) => list.some((part) => part.id === id));
}
