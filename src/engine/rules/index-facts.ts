import type { Column } from '#model/column-types.ts';
import type { Index, IndexElement, Key } from '#model/table-parts.ts';
import type { Id, Table } from '#model/types.ts';
import { lex } from '../dialects/postgres/lex.ts';
import { keepsOutNulls } from './indexes/predicate.ts';

/** An index as the engine keeps it, whether a statement or a key made it. */
export interface Access {
  readonly id: Id;
  readonly origin: 'index' | 'primary' | 'unique';
  readonly name?: string;
  readonly unique: boolean;
  readonly method: string;
  readonly elements: readonly IndexElement[];
  readonly include: readonly Id[];
  /** Predicate as its tokens, so that layout does not count. */
  readonly where?: string;
  /** Predicate as it is written. */
  readonly predicate?: string;
  /** The planner does not use it. */
  readonly invisible: boolean;
  readonly nullsNotDistinct: boolean;
}

/** SQL text without layout, comments and outer brackets: equal for texts that differ in nothing else. */
export function normalSql(sql: string): string {
  let tokens = lex(sql).filter((token) => token.kind !== 'comment');
  const wraps = () => {
    if (tokens.length < 2 || tokens[0]?.text !== '(' || tokens.at(-1)?.text !== ')') return false;
    let depth = 0;
    return tokens.every((token, at) => {
      if (token.kind === 'symbol' && token.text === '(') depth++;
      else if (token.kind === 'symbol' && token.text === ')') depth--;
      return depth > 0 || at === tokens.length - 1;
    });
  };
  while (wraps()) tokens = tokens.slice(1, -1);
  return tokens
    .map((token) => (token.kind === 'string' ? `'${token.text}'` : token.kind === 'quoted' ? `"${token.text}"` : token.text))
    .join(' ');
}

export function accessOfKey(key: Key): Access {
  return {
    id: key.id,
    origin: key.kind,
    ...(key.name === undefined ? {} : { name: key.name }),
    unique: true,
    method: key.withoutOverlaps === true ? 'gist' : 'btree',
    elements: key.columns.map((column, at) => ({
      column,
      ...(key.descending?.includes(at) === true ? { order: 'desc' as const } : {}),
      ...(typeof key.lengths?.[at] === 'number' ? { length: key.lengths[at] } : {}),
    })),
    include: key.include ?? [],
    invisible: false,
    nullsNotDistinct: key.nullsNotDistinct === true,
  };
}

export function accessOfIndex(index: Index): Access {
  return {
    id: index.id,
    origin: 'index',
    ...(index.name === undefined ? {} : { name: index.name }),
    unique: index.unique === true,
    method: index.method ?? 'btree',
    elements: index.elements,
    include: index.include ?? [],
    ...(index.where === undefined ? {} : { where: normalSql(index.where), predicate: index.where }),
    invisible: index.invisible === true,
    nullsNotDistinct: index.nullsNotDistinct === true,
  };
}

/** Every index a table has: those of its keys first, then its own in their order. */
export function accessesOf(table: Table): Access[] {
  return [...table.keys.map(accessOfKey), ...table.indexes.map(accessOfIndex)];
}

/** One element as text: equal for elements that sort and compare alike. `turn` reads the index backwards. */
export function elementText(element: IndexElement, turn = false): string {
  const what =
    element.column ?? (element.expression === undefined ? `"${element.columnName ?? ''}"` : normalSql(element.expression));
  const descending = (element.order === 'desc') !== turn;
  const first = (element.nulls ?? (element.order === 'desc' ? 'first' : 'last')) === 'first';
  const nullsFirst = first !== turn;
  return [
    what,
    // Leading characters only: another order, and no equality of the whole.
    element.length === undefined ? '' : `(${element.length})`,
    element.collation ?? '',
    element.operatorClass ?? '',
    descending ? 'desc' : 'asc',
    nullsFirst ? 'first' : 'last',
  ].join(' ');
}

/** Whether the elements of `short` are the first elements of `long`, in the same or exactly the opposite direction. */
export function isPrefix(short: Access, long: Access): boolean {
  if (short.elements.length > long.elements.length || short.elements.length === 0) return false;
  const same = (turn: boolean) =>
    short.elements.every((element, at) => elementText(element, turn) === elementText(long.elements[at] as IndexElement));
  return same(false) || (short.method === 'btree' && same(true));
}

/** Plain columns of an index, in order; undefined when one of its elements is an expression. */
export function plainColumns(access: Access): readonly Id[] | undefined {
  const columns = access.elements.flatMap((element) => element.column ?? []);
  return columns.length === access.elements.length ? columns : undefined;
}

/** As people say it: its name, or what it is on. */
export function accessName(access: Access, name: (id: Id) => string): string {
  if (access.name !== undefined) return access.name;
  const on = access.elements
    .map((element) => (element.column === undefined ? (element.expression ?? element.columnName ?? '') : name(element.column)))
    .join(', ');
  if (access.origin === 'primary') return `the primary key (${on})`;
  return access.origin === 'unique' ? `the unique key (${on})` : `the index on (${on})`;
}

/** The columns of a table, by id. */
export type ColumnOf = (id: Id) => Pick<Column, 'name' | 'collation'> | undefined;

/**
 * Whether an index finds the rows of given columns: they are, in any order, its first columns, and it holds every row.
 * A predicate of nothing but `column IS NOT NULL` on those columns keeps no row out that equals a value in them, and the
 * planner knows: the equality is strict (PostgreSQL, predtest.c, clause_is_strict_for). Of another collation than its column
 * it finds none: values are compared by that of the column (PostgreSQL manual, 23.2.2.3: an index supports one collation).
 */
export function serves(access: Access, columns: readonly Id[], columnOf: ColumnOf): boolean {
  if (access.method !== 'btree' && !(access.method === 'hash' && columns.length === 1)) return false;
  const names = columns.map((id) => columnOf(id)?.name ?? id);
  if (access.where !== undefined && !keepsOutNulls(access.where, names)) return false;
  const first = access.elements.slice(0, columns.length);
  if (first.some(({ column, collation }) => isForeign(collation, column === undefined ? undefined : columnOf(column))))
    return false;
  const held = first.map((element) => element.column);
  return held.length === columns.length && columns.every((column) => held.includes(column));
}

const isForeign = (collation: string | undefined, column: Pick<Column, 'collation'> | undefined) =>
  collation !== undefined && collation !== column?.collation;
