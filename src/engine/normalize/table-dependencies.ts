import { bitsOf } from '#lib/bitset.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Index, Key } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { Mvd } from './basis.ts';
import { type FdSet, fdSet } from './dependencies.ts';

/** A table as the algebra sees it: its columns as attributes, and what determines what. */
export interface TableDependencies {
  readonly columns: readonly Column[];
  readonly set: FdSet;
  /** For each dependency of the set: the id of a declared {@link Dependency}, or `key:<id>` of the key or index it comes from. */
  readonly sources: readonly string[];
  /** Number of dependencies beside the keys: declared or found in data and accepted, those of {@link Exemption} `temporal` not. */
  readonly declared: number;
  /** Declared multivalued dependencies, with their ids by position. */
  readonly mvds: readonly Mvd[];
  readonly mvdSources: readonly Id[];
  /** Positions in `set` of those whose redundancy is accepted: they hold, and nothing is to be normalised by them. */
  readonly accepted: ReadonlySet<number>;
  /** Column lists that hold no two equal rows, by enforced keys. */
  readonly keys: readonly EnforcedKey[];
}

export interface EnforcedKey {
  readonly id: Id;
  readonly columns: readonly Id[];
}

const SERIAL = new Set(['smallserial', 'serial', 'bigserial', 'serial2', 'serial4', 'serial8']);

/** Whether the column can hold no NULL: said so, in the primary key, identity or serial, or of a domain that is NOT NULL. */
export function isNotNull(document: Document, table: Table, column: Column): boolean {
  if (!column.nullable || column.identity !== undefined) return true;
  if (column.type.kind === 'builtin') {
    if (SERIAL.has(column.type.name)) return true;
  } else if (column.type.kind === 'custom') {
    const type = recordIn(document, 'types', column.type.type);
    if (type?.kind === 'domain' && type.notNull === true) return true;
  }
  return table.keys.some((key) => key.kind === 'primary' && key.columns.includes(column.id));
}

function keyIsReal(document: Document, table: Table, columns: readonly Column[], key: Key): boolean {
  return key.kind === 'primary' || key.nullsNotDistinct === true || allNotNull(document, table, columns, key.columns);
}

/** Columns of a unique index that is a key in effect: whole rows, plain columns, every partition, no hole for NULLs. */
function indexKey(document: Document, table: Table, columns: readonly Column[], index: Index): readonly Id[] | undefined {
  if (index.unique !== true || index.where !== undefined || index.only === true) return undefined;
  const ids = index.elements.flatMap((element) => element.column ?? []);
  if (ids.length === 0 || ids.length !== index.elements.length) return undefined;
  return index.nullsNotDistinct === true || allNotNull(document, table, columns, ids) ? ids : undefined;
}

function allNotNull(document: Document, table: Table, columns: readonly Column[], ids: readonly Id[]): boolean {
  return ids.every((id) => {
    const column = columns.find((one) => one.id === id);
    return column !== undefined && isNotNull(document, table, column);
  });
}

/**
 * The keys that the database enforces: primary keys; unique constraints and unique indexes that are not partial, not on
 * expressions, and over NOT NULL columns or with NULLS NOT DISTINCT. A partition has its parent's keys too.
 */
export function enforcedKeys(document: Document, table: Table): EnforcedKey[] {
  const columns = columnsOf(document, table);
  return lineage(document, table).flatMap((owner) => [
    ...owner.keys
      .filter((key) => key.columns.length > 0 && keyIsReal(document, owner, columns, key))
      .map((key) => ({ id: key.id, columns: key.columns })),
    ...owner.indexes.flatMap((index) => {
      const ids = indexKey(document, owner, columns, index);
      return ids === undefined ? [] : [{ id: index.id, columns: ids }];
    }),
  ]);
}

/** A table and the partitioned tables above it, nearest first. */
function lineage(document: Document, table: Table): Table[] {
  const line: Table[] = [];
  let at: Table | undefined = table;
  while (at !== undefined && !line.includes(at)) {
    line.push(at);
    at = at.partitionOf === undefined ? undefined : recordIn(document, 'tables', at.partitionOf.parent);
  }
  return line;
}

/** Attributes and dependencies of a table: those declared, and each enforced key determining every column. */
export function dependenciesOf(document: Document, table: Table): TableDependencies {
  const columns = columnsOf(document, table);
  const at = new Map(columns.map((column, position) => [column.id, position]));
  // A key of a partitioned parent names the parent's columns; a column that a partition overrides is found by its name.
  const byName = new Map(columns.map((column, position) => [column.name, position]));
  const number = (ids: readonly Id[]) => ids.flatMap((id) => at.get(id) ?? byName.get(nameOf(document, table, id) ?? '') ?? []);
  const everything = columns.map((_, position) => position);
  const fds: (readonly [number[], number[]])[] = [];
  const sources: string[] = [];
  const accepted = new Set<number>();
  const mvds: Mvd[] = [];
  const mvdSources: Id[] = [];
  for (const { id, determinant, dependent, multivalued, exempt } of table.dependencies) {
    // A value of its time only seems to depend on the rest: nothing follows from it.
    if (exempt?.kind === 'temporal') continue;
    const [left, right] = [number(determinant), number(dependent)];
    if (multivalued === true) {
      if (exempt !== undefined) continue;
      mvds.push({ left: bitsOf(columns.length, left), right: bitsOf(columns.length, right) });
      mvdSources.push(id);
      continue;
    }
    if (exempt !== undefined) accepted.add(fds.length);
    fds.push([left, right]);
    sources.push(id);
  }
  const declared = fds.length + mvds.length;
  const keys = enforcedKeys(document, table).filter((key) => number(key.columns).length === key.columns.length);
  for (const key of keys) {
    fds.push([number(key.columns), everything]);
    sources.push(`key:${key.id}`);
  }
  return { columns, set: fdSet(columns.length, fds), sources, declared, keys, mvds, mvdSources, accepted };
}

/** The dependencies that a decomposition goes by: without those whose redundancy is accepted. */
export function toNormalize({ set, accepted }: Pick<TableDependencies, 'set' | 'accepted'>): FdSet {
  return accepted.size === 0 ? set : { size: set.size, fds: set.fds.filter((_, at) => !accepted.has(at)) };
}

function nameOf(document: Document, table: Table, id: Id): string | undefined {
  for (const owner of lineage(document, table)) {
    const found = owner.columns.find((column) => column.id === id);
    if (found !== undefined) return found.name;
  }
  return undefined;
}
