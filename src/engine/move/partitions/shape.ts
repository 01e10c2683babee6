import type { Id, Sql, Table } from '#model/types.ts';
import { nameKey } from '../../dialects/base/traits.ts';
import type { Ledger } from '../ledger.ts';
import { expressionOf } from '../sql/parse.ts';
import type { Expr } from '../sql/tree.ts';
import { type Edge, edgeOf, isWrap, type Wrap } from './edges.ts';

/** Which rows a partition holds. A range holds its `from` and all below its `to`. */
export type Part = { readonly name: string } & (
  | { readonly is: 'range'; readonly from: readonly Edge[]; readonly to: readonly Edge[] }
  | { readonly is: 'list'; readonly values: readonly Edge[] }
  | { readonly is: 'hash'; readonly modulus: number; readonly remainder: number }
  /** What no other one holds. */
  | { readonly is: 'default' }
);

/** How a table is cut into partitions, whatever the dialect says it by. */
export interface Shape {
  readonly strategy: 'range' | 'list' | 'hash';
  readonly columns: readonly Id[];
  readonly parts: readonly Part[];
  /** What is not the same although the table stays partitioned, in sentences. */
  readonly notes: readonly string[];
  /** Where rows are whose column is NULL, if ranges take them. */
  readonly nulls?: 'first' | 'last';
}

/** Why the partitions cannot be said elsewhere. */
export interface Unshaped {
  readonly problem: string;
}

const NO_COLUMN: Unshaped = {
  problem: 'It is partitioned by an expression, which no primary or unique key could include.',
};

function columnNamed(ledger: Ledger, table: Table, expr: Expr): Id | undefined {
  const name = expr.is === 'name' ? expr.path.at(-1)?.name : undefined;
  if (name === undefined) return undefined;
  return table.columns.find((column) => nameKey(column.name, ledger.from) === nameKey(name, ledger.from))?.id;
}

interface By {
  readonly columns: readonly Id[];
  readonly wrap?: Wrap;
  /** A function of the column decides, whichever. */
  readonly inside?: true;
}

/** The columns that decide; one inside a function that keeps the order of dates counts. */
function decidedBy(ledger: Ledger, table: Table): By | undefined {
  const elements = table.partitioning?.elements ?? [];
  if (elements.length === 0) {
    const primary = table.keys.find(({ kind }) => kind === 'primary') ?? table.keys[0];
    return primary === undefined ? undefined : { columns: primary.columns };
  }
  const columns = elements.flatMap(({ column }) => column ?? []);
  if (columns.length === elements.length) return { columns };
  const read = expressionOf(elements[0]?.expression ?? '', ledger.from);
  if (elements.length > 1 || 'problem' in read) return undefined;
  const expr = read.value;
  const named = columnNamed(ledger, table, expr);
  if (named !== undefined) return { columns: [named] };
  if (expr.is !== 'call' || expr.args.length !== 1) return undefined;
  const inside = columnNamed(ledger, table, expr.args[0] as Expr);
  const wrap = expr.name.toLowerCase();
  if (inside === undefined) return undefined;
  if (table.partitioning?.strategy === 'hash') return { columns: [inside], inside: true };
  return isWrap(wrap) ? { columns: [inside], wrap, inside: true } : undefined;
}

/** The values in brackets of `VALUES LESS THAN (...)`, `VALUES IN (...)`, `VALUES (...)`; DEFAULT; undefined: not understood. */
function valuesOf(ledger: Ledger, bound: Sql, wrap: Wrap | undefined): readonly Edge[] | 'default' | undefined {
  const text = bound.replace(/^values\s*(?:less\s+than\b|in\b)?\s*/i, '');
  const inner = text.startsWith('(') ? text : `(${text})`;
  if (/^\(\s*default\s*\)$/i.test(inner)) return 'default';
  const read = expressionOf(inner, ledger.from);
  if ('problem' in read) return undefined;
  const items = read.value.is === 'row' ? read.value.items : [read.value];
  const edges = items.flatMap((one) => edgeOf(one, wrap) ?? []);
  return edges.length === items.length ? edges : undefined;
}

function hashed(table: Table, by: By): Shape {
  const { count, parts, linear, strategy } = table.partitioning ?? { strategy: 'hash' };
  const modulus = Math.max(1, parts?.length ?? count ?? 1);
  const given = Array.from({ length: modulus }, (_, at) => parts?.[at]?.name ?? '');
  const notes = ['Rows are spread by a function of its own: which partition a row is in differs.'];
  if (by.inside === true) notes.push('The column itself decides, not the value of a function of it.');
  if (linear === true) notes.push(`LINEAR ${strategy.toUpperCase()} is left out.`);
  return {
    strategy: 'hash',
    columns: by.columns,
    parts: given.map((name, remainder) => ({ name: name === '' ? `p${remainder}` : name, is: 'hash', modulus, remainder })),
    notes,
  };
}

/** The partitions that a table lists itself, as MySQL and Oracle have them. */
export function listedShape(ledger: Ledger, table: Table): Shape | Unshaped {
  const given = table.partitioning;
  const by = decidedBy(ledger, table);
  if (given === undefined || by === undefined || by.columns.length === 0) return NO_COLUMN;
  if (given.strategy === 'hash' || given.strategy === 'key') return hashed(table, by);
  const { strategy } = given;
  if (strategy === 'list' && (by.columns.length > 1 || by.inside === true))
    return { problem: 'It is partitioned by lists of several columns or of values of a function.' };
  const parts: Part[] = [];
  let from: readonly Edge[] = by.columns.map(() => ({ is: 'low' }));
  for (const [at, { name, bound }] of (given.parts ?? []).entries()) {
    const values = valuesOf(ledger, bound ?? '', by.wrap);
    const called = name === '' ? `p${at + 1}` : name;
    if (values === undefined) return { problem: `The bound ${bound ?? ''} has no certain value.` };
    if (values === 'default') parts.push({ name: called, is: 'default' });
    else if (strategy === 'list') parts.push({ name: called, is: 'list', values });
    else if (values.length !== by.columns.length) return { problem: `The bound ${bound ?? ''} has another number of values.` };
    else {
      parts.push({ name: called, is: 'range', from, to: values });
      from = values;
    }
  }
  if (parts.length === 0) return { problem: 'It lists no partitions.' };
  return {
    strategy,
    columns: by.columns,
    parts,
    notes: [],
    nulls: ledger.from === 'oracle' ? 'last' : 'first',
  };
}
