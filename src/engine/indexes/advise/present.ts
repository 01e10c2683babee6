import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Exclusion, Index, IndexElement, Key } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { namingOf } from '../../dialects/naming.ts';
import { elementNames, Namer } from '../../dialects/postgres/invented.ts';
import { writeDocument } from '../../sql/write.ts';
import type { WrittenStatement } from '../../sql/written.ts';

/** An index that the document has, of its own or of a key or an exclusion constraint. */
export interface PresentIndex {
  /** `schema.name`; with the table between them where names are of tables, and another table has the name. */
  readonly id: string;
  readonly schema: string;
  readonly name: string;
  readonly table: Id;
  /** A key, a unique index or an exclusion constraint: it holds a rule and cannot go. */
  readonly rule: boolean;
  /** Rows are stored or replicated by it: it stays, and is paid for. */
  readonly stays: boolean;
  /** Absent of constraints. */
  readonly index?: Index;
  /** The constraint's id, or the index's. */
  readonly part: Id;
  /** Key parts in order. */
  readonly elements: readonly IndexElement[];
  readonly include: readonly Id[];
  /** Names of the columns that it holds, its expressions and its predicate look at. */
  readonly columns: readonly string[];
  /** What makes it: a statement, or a clause of its table's. */
  readonly sql: string;
}

function namedTable(table: Table, document: Document, namer: Namer): Table {
  const columns = columnsOf(document, table);
  const nameOf = (id: Id) => columns.find((column) => column.id === id)?.name ?? 'expr';
  const keyName = ({ kind, columns: held }: Key) =>
    namer.next(table.name, kind === 'primary' ? [] : held.map(nameOf), kind === 'primary' ? 'pkey' : 'key');
  return {
    ...table,
    keys: table.keys.map((key) => (key.name === undefined ? { ...key, name: keyName(key) } : key)),
    exclusions: table.exclusions.map((one) =>
      one.name === undefined ? { ...one, name: namer.next(table.name, elementNames(one.elements, nameOf), 'excl') } : one,
    ),
    indexes: table.indexes.map((one) =>
      one.name === undefined ? { ...one, name: namer.next(table.name, elementNames(one.elements, nameOf), 'idx') } : one,
    ),
  };
}

/**
 * The document with a name for each key, exclusion constraint and index: where there was none the one that PostgreSQL would
 * give. So a catalog that was made of it can be asked for them.
 */
export function withIndexNames(document: Document): Document {
  const namers = new Map<Id, Namer>();
  const tables = Object.values(document.tables);
  for (const { schema } of tables) {
    if (namers.has(schema)) continue;
    const own = tables.filter((table) => table.schema === schema);
    const names = own.flatMap((one) => [one.name, ...[...one.keys, ...one.exclusions, ...one.indexes].map(({ name }) => name)]);
    namers.set(schema, new Namer(names));
  }
  const named = tables.map((table) => [table.id, namedTable(table, document, namers.get(table.schema) as Namer)] as const);
  return { ...document, tables: Object.fromEntries(named) };
}

/** Words and quoted names of an expression: enough to tell which columns it may look at. */
function mentions(sql: string | undefined, name: string): boolean {
  if (sql === undefined) return false;
  for (let at = sql.indexOf(name); at >= 0; at = sql.indexOf(name, at + 1)) {
    const around = `${sql[at - 1] ?? ' '}${sql[at + name.length] ?? ' '}`;
    if (!/[\w$]/.test(around)) return true;
  }
  return false;
}

interface Shape {
  readonly elements: readonly IndexElement[];
  readonly include?: readonly Id[];
  readonly where?: string;
}

/** Names of the columns that writes to an index depend on. */
export function heldColumns(document: Document, table: Table, { elements, include = [], where }: Shape): readonly string[] {
  const columns = columnsOf(document, table);
  const held = new Set([...elements.flatMap((one) => one.column ?? []), ...include]);
  const texts = [where, ...elements.map((one) => one.expression)];
  return columns.flatMap(({ id, name }) => (held.has(id) || texts.some((text) => mentions(text, name)) ? [name] : []));
}

type Part = { readonly id: Id; readonly name?: string } & (
  | { readonly index: Index }
  | { readonly key: Key }
  | { readonly exclusion: Exclusion }
);

function partsOf(table: Table): readonly Part[] {
  return [
    ...table.keys.flatMap((key) => (key.attachedTo === undefined ? [{ ...key, key }] : [])),
    ...table.exclusions.map((exclusion) => ({ ...exclusion, exclusion })),
    // What is attached to an index of the partitioned table is a part of that one.
    ...table.indexes.flatMap((index) => (index.attachedTo === undefined ? [{ ...index, index }] : [])),
  ] as readonly Part[];
}

function shapeOf(part: Part): Shape {
  if ('index' in part) return part.index;
  if ('exclusion' in part) return part.exclusion;
  const { columns, include = [] } = part.key;
  return { elements: columns.map((column) => ({ column })), include };
}

/**
 * Of each part that is written what makes it, by its id: a statement, or of a constraint a clause of its table's. Where indexes
 * stand in their table, too, each is said as a statement that adds it.
 */
export function writtenParts(document: Document, statements: readonly WrittenStatement[]): ReadonlyMap<Id, string> {
  const { objectName } = namingOf(document);
  const texts = new Map<Id, string>();
  for (const { record, part, sql, parts } of statements) {
    const table = recordIn(document, 'tables', record);
    for (const { id, start, end } of parts) {
      if (texts.has(id)) continue;
      const isIndex = part === undefined && table?.indexes.some((index) => index.id === id) === true;
      const clause = sql.slice(start, end);
      texts.set(id, isIndex && table !== undefined ? `ALTER TABLE ${objectName(table.schema, table.name)} ADD ${clause};` : clause);
    }
    if (part !== undefined && !texts.has(part)) texts.set(part, sql);
  }
  return texts;
}

/**
 * Every index there is, those of constraints included.
 * @param named a document in which all have names: see `withIndexNames`
 */
export function presentIndexes(named: Document): readonly PresentIndex[] {
  const { version = 18 } = named.settings['settings'] ?? {};
  const texts = writtenParts(named, writeDocument(named, { version }).statements);
  const taken = new Set<string>();
  return Object.values(named.tables).flatMap((table) => {
    const schema = named.schemas[table.schema]?.name ?? 'public';
    return partsOf(table).map((part): PresentIndex => {
      const { id, name = id } = part;
      const index = 'index' in part ? part.index : undefined;
      const shape = shapeOf(part);
      const own = taken.has(`${schema}.${name}`) ? `${schema}.${table.name}.${name}` : `${schema}.${name}`;
      taken.add(own);
      return {
        id: own,
        schema,
        name,
        table: table.id,
        rule: index === undefined || index.unique === true,
        stays: index?.replicaIdentity === true || index?.clustered === true,
        ...(index === undefined ? {} : { index }),
        part: id,
        elements: shape.elements,
        include: shape.include ?? [],
        columns: heldColumns(named, table, shape),
        sql: texts.get(id) ?? '',
      };
    });
  });
}
