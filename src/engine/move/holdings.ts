import type { Column, Identity } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, SequenceOptions, Table } from '#model/types.ts';
import { sequenceIn, sequenceOf } from './defaults.ts';
import type { Ledger } from './ledger.ts';
import type { Common } from './types/common.ts';
import { holdsOf } from './typing.ts';

/** What decides the type of a column besides what it says itself. */
export interface Holding {
  readonly common: Common;
  readonly was: Common;
  /** The engine numbers its rows, or it refers to such a column. */
  readonly numbered: boolean;
  /** The numbers that the engine gives, when it does. */
  readonly identity?: Identity;
  /** Sequence that the identity takes the place of. */
  readonly sequence?: Id;
  readonly keyed: boolean;
  readonly indexed: boolean;
}

export type Holdings = ReadonlyMap<string, Holding>;

export function spot(table: Id, column: Id): string {
  return `${table}/${column}`;
}

const SERIAL = /^(?:small|big)?serial[248]?$/;

function optionsOf(options: SequenceOptions): Identity['options'] {
  const { type: _, ...rest } = options;
  return Object.keys(rest).length === 0 ? undefined : rest;
}

/** How many columns draw from each sequence. */
function drawn(ledger: Ledger, document: Document): ReadonlyMap<Id, number> {
  const counts = new Map<Id, number>();
  for (const table of Object.values(document.tables))
    for (const column of table.columns) {
      const found = sequenceOf(ledger, column);
      if (found !== undefined) counts.set(found.id, (counts.get(found.id) ?? 0) + 1);
    }
  return counts;
}

/** The numbers that the engine gives a column, however the source says so. */
function identityOf(
  ledger: Ledger,
  table: Table,
  column: Column,
  draws: ReadonlyMap<Id, number>,
): { identity: Identity; sequence?: Id } | undefined {
  if (column.identity !== undefined) return { identity: column.identity };
  if (
    column.type.kind === 'builtin' &&
    (ledger.from === 'postgresql' ? SERIAL.test(column.type.name) : column.type.name === 'serial')
  )
    return { identity: { mode: 'by default' } };
  const sequence = sequenceOf(ledger, column);
  const own =
    sequence !== undefined && (draws.get(sequence.id) ?? 0) <= 1 && (sequence.ownedBy !== undefined || isOnlyKey(table, column.id));
  if (sequence !== undefined && own) {
    const options = optionsOf(sequence.options);
    return { identity: { mode: 'by default', ...(options === undefined ? {} : { options }) }, sequence: sequence.id };
  }
  if (
    sequence === undefined &&
    column.default !== undefined &&
    sequenceIn(column.default.sql) !== undefined &&
    isOnlyKey(table, column.id)
  )
    return { identity: { mode: 'by default' } };
  if (ledger.from !== 'sqlite' || !isOnlyKey(table, column.id)) return undefined;
  // The rowid by another name: SQLite numbers rows whose key is exactly INTEGER.
  const rowid =
    column.type.kind === 'builtin' &&
    column.type.name.toLowerCase() === 'integer' &&
    table.parameters?.some(({ name }) => /without rowid/i.test(name)) !== true;
  return rowid ? { identity: { mode: 'by default' } } : undefined;
}

function isOnlyKey(table: Table, column: Id): boolean {
  return table.keys.some(({ kind, columns }) => kind === 'primary' && columns.length === 1 && columns[0] === column);
}

/** For each child column of a foreign key the column at the end of its chain of parents. */
function roots(document: Document): ReadonlyMap<string, { readonly table: Id; readonly column: Id }> {
  const parents = new Map<string, { table: Id; column: Id }>();
  for (const link of Object.values(document.relationships)) {
    link.childColumns.forEach((child, at) => {
      const parent = link.parentColumns[at];
      if (parent !== undefined && !parents.has(spot(link.child, child)))
        parents.set(spot(link.child, child), { table: link.parent, column: parent });
    });
  }
  const found = new Map<string, { table: Id; column: Id }>();
  for (const start of parents.keys()) {
    const seen = new Set([start]);
    let at = parents.get(start) as { table: Id; column: Id };
    for (
      let next = parents.get(spot(at.table, at.column));
      next !== undefined && !seen.has(spot(at.table, at.column));
      next = parents.get(spot(at.table, at.column))
    ) {
      seen.add(spot(at.table, at.column));
      at = next;
    }
    found.set(start, at);
  }
  return found;
}

/** Both ends of a foreign key must have one type: the parent's. */
function alike(from: Common, root: Common, ledger: Ledger): boolean {
  const numbers = new Set(['integer', 'decimal']);
  return from.is === root.is || (numbers.has(from.is) && numbers.has(root.is)) || ledger.from === 'sqlite';
}

function keyedColumns(document: Document, table: Table): { keyed: Set<Id>; indexed: Set<Id> } {
  const keyed = new Set(table.keys.flatMap(({ columns }) => columns));
  const indexed = new Set<Id>();
  for (const index of table.indexes) {
    for (const { column, length } of index.elements) {
      if (column !== undefined && length === undefined) (index.unique === true ? keyed : indexed).add(column);
    }
  }
  for (const { column } of table.partitioning?.elements ?? []) if (column !== undefined) keyed.add(column);
  for (const link of Object.values(document.relationships)) {
    if (link.child === table.id) for (const id of link.childColumns) keyed.add(id);
    if (link.parent === table.id) for (const id of link.parentColumns) keyed.add(id);
  }
  return { keyed, indexed };
}

/** What every column of the (prepared) source holds, and what it is used for. */
export function holdingsOf(ledger: Ledger, document: Document): Holdings {
  const made = new Map<string, Holding>();
  const draws = drawn(ledger, document);
  for (const table of Object.values(document.tables)) {
    const { keyed, indexed } = keyedColumns(document, table);
    for (const column of columnsOf(document, table)) {
      const identity = identityOf(ledger, table, column, draws);
      const { common, was } = holdsOf(ledger, column.type);
      made.set(spot(table.id, column.id), {
        common: identity !== undefined && wholeOnly(ledger) ? numberedCommon(common) : common,
        was,
        numbered: identity !== undefined,
        ...(identity === undefined ? {} : { identity: identity.identity }),
        ...(identity?.sequence === undefined ? {} : { sequence: identity.sequence }),
        keyed: keyed.has(column.id),
        indexed: indexed.has(column.id),
      });
    }
  }
  for (const [child, root] of roots(document)) {
    const [own, parent] = [made.get(child), made.get(spot(root.table, root.column))];
    if (own === undefined || parent === undefined || !alike(own.common, parent.common, ledger)) continue;
    if (
      ledger.to === 'postgresql' &&
      own.common.is === 'integer' &&
      parent.common.is === 'integer' &&
      own.common.unsigned !== true &&
      parent.common.unsigned !== true
    )
      continue;
    made.set(child, { ...own, common: parent.common, numbered: own.numbered || parent.numbered });
  }
  return made;
}

/** Dialects that number rows by integer types alone; Oracle and SQL Server take decimals without fractions too. */
function wholeOnly(ledger: Ledger): boolean {
  return ledger.to !== 'mssql' && ledger.to !== 'oracle';
}

/** The target's type for a column that the engine numbers must be an integer (or, in Oracle and SQL Server, without fractions). */
function numberedCommon(common: Common): Common {
  if (common.is === 'integer') return common;
  const digits = common.is === 'decimal' ? (common.precision ?? 38) : 38;
  return { is: 'integer', bits: digits <= 9 ? 32 : 64 };
}
