import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Id, Ref, Table } from '#model/types.ts';
import { nameKey } from '../dialects/base/traits.ts';
import type { Ledger, Row } from './ledger.ts';
import type { Kind } from './sql/functions.ts';
import { expressionOf } from './sql/parse.ts';
import { type Names, Printer } from './sql/print.ts';
import type { Expr } from './sql/tree.ts';
import type { Common } from './types/common.ts';
import { ownTypeOf } from './typing.ts';

/** What the move knows of a column by now. */
export interface ColumnFate {
  readonly name: string;
  readonly holds: Common;
  readonly was: Common;
}

/** What became of tables and columns, for everything that speaks of them. */
export interface Fates {
  /** By table, then by column. */
  readonly columns: ReadonlyMap<Id, ReadonlyMap<Id, ColumnFate>>;
  /** Names of tables and views. */
  readonly names: ReadonlyMap<Id, string>;
}

/** The names that an expression about one table may use. */
export function tableNames(ledger: Ledger, fates: Fates, table: Table): Names {
  const byName = new Map(columnsOf(ledger.source, table).map((column) => [nameKey(column.name, ledger.from), column]));
  return {
    column: (path) => {
      const last = path.at(-1);
      const before = path.at(-2);
      if (last === undefined || path.length > 2) return undefined;
      if (before !== undefined && nameKey(before.name, ledger.from) !== nameKey(table.name, ledger.from)) return undefined;
      const column = byName.get(nameKey(last.name, ledger.from));
      const fate = column === undefined ? undefined : fates.columns.get(table.id)?.get(column.id);
      return fate === undefined ? undefined : { path: [fate.name], holds: fate.holds, was: fate.was };
    },
    ownType: (words) => ownTypeOf(ledger, words),
  };
}

export interface Translated {
  readonly sql: string;
  readonly expr: Expr;
  readonly kind: Kind | undefined;
}

/** An expression in the target's words, or why it cannot be said. Notes are told as a row of their own. */
export function translate(
  ledger: Ledger,
  names: Names,
  sql: string,
  at: Ref,
  as: 'value' | 'condition',
): Translated | { readonly problem: string } {
  const read = expressionOf(sql, ledger.from);
  if ('problem' in read) return read;
  const printer = new Printer(ledger.from, ledger.to, ledger.version, names);
  const text = as === 'condition' ? printer.condition(read.value) : printer.value(read.value);
  if (printer.problem !== undefined) return { problem: `${ledger.label} has no certain equal of ${printer.problem}.` };
  tellNotes(ledger, printer, at);
  return { sql: text, expr: read.value, kind: printer.kind(read.value) };
}

export function tellNotes(ledger: Ledger, printer: Printer, at: Ref): void {
  for (const note of printer.notes) {
    const row: Row = {
      id: `expression:${note.slice(0, 40)}`,
      group: 'expression',
      what: 'meaning of an expression',
      from: '',
      to: '',
      verdict: 'approximate',
      reason: note,
    };
    ledger.tell(row, at);
  }
}

/** Every expression inside, the outer one first. */
export function mentions(expr: Expr, found: (one: Expr) => boolean): boolean {
  if (found(expr)) return true;
  const inside = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(inside);
    if (typeof value !== 'object' || value === null) return false;
    if ('is' in value) return mentions(value as Expr, found);
    return Object.values(value).some(inside);
  };
  return Object.entries(expr).some(([key, value]) => key !== 'is' && inside(value));
}

/** Columns an expression names, by name key. */
export function columnsIn(expr: Expr, ledger: Ledger, columns: readonly Column[]): readonly Column[] {
  const keys = new Set<string>();
  mentions(expr, (one) => {
    if (one.is === 'name') keys.add(nameKey(one.path.at(-1)?.name ?? '', ledger.from));
    return false;
  });
  return columns.filter((column) => keys.has(nameKey(column.name, ledger.from)));
}
