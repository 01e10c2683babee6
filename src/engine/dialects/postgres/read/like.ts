import type { Column } from '#model/column-types.ts';
import type { Exclusion, Index, Key } from '#model/table-parts.ts';
import { checkNames, integerOfSerial, notNullName } from '../invented.ts';
import { inventedName } from '../names.ts';
import { literal } from '../quote.ts';
import type { MutableTable, ReadState } from './state.ts';
import { copyOf, type Writable } from './writable.ts';

/** Bits of LIKE's options (`TableLikeOption` in `nodes/parsenodes.h`). */
const LIKE = {
  comments: 1,
  compression: 2,
  constraints: 4,
  defaults: 8,
  generated: 16,
  identity: 32,
  indexes: 64,
  statistics: 128,
  storage: 256,
} as const;

function likeColumn(
  state: ReadState,
  table: MutableTable,
  owner: MutableTable,
  from: Writable<Column>,
  has: (bit: number) => boolean,
): Writable<Column> {
  const column: Writable<Column> = {
    id: state.partId('columns', table, from.name),
    name: from.name,
    type: copyOf(from.type),
    nullable: from.nullable,
  };
  if (!from.nullable) column.notNullName = notNullName(owner.name, from);
  if (from.collation !== undefined) column.collation = from.collation;
  if (has(LIKE.defaults) && from.default !== undefined) column.default = copyOf(from.default);
  if (has(LIKE.generated) && from.generated !== undefined) column.generated = copyOf(from.generated);
  if (has(LIKE.identity) && from.identity !== undefined) column.identity = { mode: from.identity.mode };
  if (has(LIKE.comments) && from.comment !== undefined) column.comment = from.comment;
  if (has(LIKE.compression) && from.compression !== undefined) column.compression = from.compression;
  if (has(LIKE.storage) && from.storage !== undefined) column.storage = from.storage;
  return column;
}

/** LIKE copies a serial column as its integer type; a copied default draws from the first table's sequence. */
function serialColumn(state: ReadState, owner: MutableTable, from: Writable<Column>, defaults: boolean): Partial<Writable<Column>> {
  const integer = integerOfSerial(from.type);
  if (integer === undefined) return {};
  const type = { kind: 'builtin' as const, name: integer };
  if (!defaults) return { type };
  const sequence = state.sqlName(owner.schema, inventedName(owner.name, [from.name], 'seq'));
  return { type, default: { kind: 'expression', sql: `nextval(${literal(sequence)}::regclass)` } };
}

/** Columns of a table with the inherited ones first, as LIKE sees them. */
function allColumns(state: ReadState, table: MutableTable): Writable<Column>[] {
  const byName = new Map<string, Writable<Column>>();
  for (const parent of state.parentsOf(table)) for (const column of allColumns(state, parent)) byName.set(column.name, column);
  for (const column of table.columns) byName.set(column.name, column);
  return [...byName.values()];
}

/**
 * `LIKE from INCLUDING ...`: copies columns and what the options name into a table. Copied keys and indexes have no
 * names, as PostgreSQL invents new ones. @param options the bits of the parse tree.
 */
export function copyLike(state: ReadState, table: MutableTable, from: MutableTable, options: number): void {
  const has = (bit: number) => (options & bit) !== 0;
  const idOf = new Map<string, string>();
  for (const column of allColumns(state, from)) {
    const copy = { ...likeColumn(state, table, from, column, has), ...serialColumn(state, from, column, has(LIKE.defaults)) };
    idOf.set(column.id, copy.id);
    table.columns.push(copy);
  }
  const ids = (list: readonly string[]) => list.flatMap((id) => idOf.get(id) ?? []);
  /** A part of the other table, with its comment only where comments are asked for. */
  const said = <T extends { comment?: string }>(part: T): T => {
    const { comment, ...rest } = copyOf(part) as T;
    return (comment !== undefined && has(LIKE.comments) ? { ...rest, comment } : rest) as T;
  };
  if (has(LIKE.constraints)) {
    const names = checkNames(from);
    for (const check of from.checks) {
      const name = names.get(check.id) as string;
      const copy = { ...said(check), name, id: state.partId('checks', table, name) };
      table.checks.push(copy);
    }
  }
  if (!has(LIKE.indexes)) return;
  state.indexNames.forget();
  for (const key of from.keys) table.keys.push(likeKey(state, table, said(key), ids));
  for (const exclusion of from.exclusions) table.exclusions.push(likeExclusion(state, table, said(exclusion), ids));
  for (const index of from.indexes) table.indexes.push(likeIndex(state, table, said(index), ids));
}

function likeKey(
  state: ReadState,
  table: MutableTable,
  key: Writable<Key>,
  ids: (list: readonly string[]) => string[],
): Writable<Key> {
  const { name: _, ...rest } = copyOf(key);
  const id = state.partId('keys', table, `${key.kind} ${key.columns.length}`);
  return { ...rest, id, columns: ids(key.columns), ...(key.include === undefined ? {} : { include: ids(key.include) }) };
}

function likeExclusion(
  state: ReadState,
  table: MutableTable,
  exclusion: Writable<Exclusion>,
  ids: (list: readonly string[]) => string[],
): Writable<Exclusion> {
  const { name: _, ...rest } = exclusion;
  const elements = rest.elements.map((element) =>
    element.column === undefined ? element : { ...element, column: ids([element.column])[0] ?? element.column },
  );
  const id = state.partId('exclusions', table, `exclusion ${table.exclusions.length + 1}`);
  return { ...rest, id, elements, ...(rest.include === undefined ? {} : { include: ids(rest.include) }) };
}

function likeIndex(
  state: ReadState,
  table: MutableTable,
  index: Writable<Index>,
  ids: (list: readonly string[]) => string[],
): Writable<Index> {
  const { name: _, attachedTo: __, clustered: ___, replicaIdentity: ____, ...rest } = copyOf(index);
  const elements = rest.elements.map((element) =>
    element.column === undefined ? element : { ...element, column: ids([element.column])[0] ?? element.column },
  );
  const id = state.partId('indexes', table, `index ${table.indexes.length + 1}`);
  return { ...rest, id, elements, ...(rest.include === undefined ? {} : { include: ids(rest.include) }) };
}
