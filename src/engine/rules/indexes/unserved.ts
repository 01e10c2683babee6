import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { ancestorsOf, columnsOf } from '#model/derive/columns.ts';
import type { IndexElement } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { guessColumn } from '../../facts/guess-column.ts';
import { memoByIdentity, memoWithInputs } from '../../memo.ts';
import type { OrderTerm, Predicate } from '../../workload/facts.ts';
import type { ModelContext } from '../define.ts';
import { type Access, accessesOf } from '../index-facts.ts';
import type { TableContext } from '../table-context.ts';
import { holds, mayUse, sourcesOf, type UseOf, usableTerms, usesByTable } from './workload-uses.ts';

/** Rows from which reading a whole table for a few of them is felt. */
const MANY_ROWS = 10_000;
/** An index is of use while it finds no more than this share of the rows. */
const FEW = 0.05;
/** A span of values with two ends, where nothing is known of it (PostgreSQL's DEFAULT_RANGE_INEQ_SEL). */
const SPAN = 0.005;

/** What a use asks of an index, in plain columns, as far as one can be told to help. */
interface Asked {
  readonly one: UseOf;
  /** Conditions that name values, the equal ones first; each column once. */
  readonly equal: readonly { readonly column: Id; readonly predicate: Predicate }[];
  /** A column that lies between two values. */
  readonly span?: Id;
  /** The order of rows of which only the first are wanted. */
  readonly order: readonly OrderTerm[];
  /** For each index that it may use: how many of the columns above it begins with, and whether it gives the order. */
  readonly ways: readonly { readonly found: readonly Id[]; readonly sorted: boolean; readonly else: boolean }[];
}

/** What an index would have to be for uses that none serves. */
export interface Unserved {
  readonly kind: 'filter' | 'sort';
  readonly elements: readonly IndexElement[];
  readonly uses: readonly UseOf[];
}

export interface UnservedOf {
  readonly at: TableContext;
  readonly rows: number;
  /** Why there are so many rows, when nobody told. */
  readonly guess?: string;
  readonly unserved: readonly Unserved[];
}

function isPlain({ values, filterOnly, term }: Predicate): boolean {
  return filterOnly !== true && term.column !== undefined && !values.some(({ kind }) => kind === 'row');
}

function spanned(predicates: readonly Predicate[]): Id | undefined {
  const ranges = predicates.filter((one) => one.test === 'range' && isPlain(one));
  const low = (one: Predicate) => one.operator.startsWith('>');
  return ranges.find(
    (one) => one.values.length === 2 || ranges.some((other) => other.term.column === one.term.column && low(other) !== low(one)),
  )?.term.column;
}

function equalOf(predicates: readonly Predicate[]): Asked['equal'] {
  const found = new Map<Id, Predicate>();
  for (const test of ['equal', 'in'] as const)
    for (const one of predicates)
      if (one.test === test && isPlain(one) && !found.has(one.term.column as Id)) found.set(one.term.column as Id, one);
  return [...found].map(([column, predicate]) => ({ column, predicate }));
}

/** Whether what follows the columns that are equal gives rows in the order, or all of them backwards; its first is enough. */
function sorts(access: Access, equal: ReadonlySet<Id>, order: readonly OrderTerm[]): boolean {
  if (access.method !== 'btree' || order.length === 0) return false;
  const at = access.elements.findIndex(({ column }) => column === undefined || !equal.has(column));
  const first = access.elements[at];
  const wanted = order.find(({ term }) => term.column === undefined || !equal.has(term.column));
  return wanted === undefined || (first?.column !== undefined && first.column === wanted.term.column);
}

function askedOf(table: Table, accesses: readonly Access[], one: UseOf): Asked | undefined {
  const { use } = one;
  if (!use.read || use.alternatives.length > 0 || use.keysets.length > 0) return undefined;
  const all = equalOf(use.predicates);
  const span = spanned(use.predicates);
  const plain = use.order.every(({ term, distance }) => term.column !== undefined && distance === undefined);
  const order = use.limit !== undefined && plain && use.group.length === 0 && use.distinct.length === 0 ? use.order : [];
  if (all.length === 0 && span === undefined && order.length === 0) return undefined;
  const columns = new Set([...all.map(({ column }) => column), ...(span === undefined ? [] : [span])]);
  const single = new Set(all.filter(({ predicate }) => predicate.test === 'equal').map(({ column }) => column));
  const terms = usableTerms(one);
  const joined = terms.filter(({ column }) => column === undefined || !columns.has(column));
  const ways: Asked['ways'][number][] = [];
  for (const access of accesses) {
    if (access.invisible || !mayUse(table, access, one)) continue;
    const past = access.elements.findIndex(({ column }) => column === undefined || !columns.has(column));
    const found = access.elements.slice(0, past < 0 ? undefined : past).flatMap(({ column }) => column ?? []);
    // At most one row.
    if (access.unique && access.predicate === undefined && past < 0) return undefined;
    const [first] = access.elements;
    // It finds rows by something else: a join, an expression, or what the predicate of a partial index says.
    const otherwise = access.predicate !== undefined || (first !== undefined && joined.some((term) => holds(table, first, term)));
    ways.push({ found, sorted: sorts(access, single, order), else: otherwise });
  }
  return { one, equal: all, ...(span === undefined ? {} : { span }), order, ways };
}

/** The share of rows that have one of the values of a condition. */
function shareOf(document: Document, at: TableContext, rows: number, { column, predicate }: Asked['equal'][number]): number {
  const found = columnsOf(document, at.table).find(({ id }) => id === column);
  if (found === undefined) return 1;
  const values = Math.max(1, predicate.values.length);
  const [only] = predicate.values;
  const literal = values === 1 && only?.kind === 'literal' ? only.sql.replace(/^'(.*)'$/s, '$1') : undefined;
  const common = found.facts?.common?.find(({ value }) => value === literal);
  if (literal !== undefined && common !== undefined) return common.share;
  const distinct = found.facts?.distinct ?? guessed(document, at, found, rows);
  return Math.min(1, values / Math.max(1, distinct < 0 ? -distinct * rows : distinct));
}

function guessed(document: Document, at: TableContext, column: Column, rows: number): number {
  const link = at.outgoing.find(({ childColumns }) => childColumns.length === 1 && childColumns[0] === column.id);
  const parentRows = link === undefined ? undefined : recordIn(document, 'tables', link.parent)?.facts?.rows;
  const place = { document, table: at.table, rows, unique: false, notNull: at.notNull(column.id) };
  return guessColumn(column, { ...place, ...(parentRows === undefined ? {} : { parentRows }) }).distinct[0];
}

/** Columns of a table that is there to be looked up in, and its rows. */
const [LOOKUP_COLUMNS, LOOKUP_ROWS] = [4, 100];

/** Rows of a table. Where nobody told, a guess from the table alone: whatever asks all tables would cost each edit. */
function rowsOf({ table, columns, incoming, outgoing }: TableContext): { readonly rows: number; readonly guess?: string } {
  const told = table.facts?.rows;
  if (told !== undefined) return { rows: told };
  const isLookup = incoming.length > 0 && outgoing.length === 0 && columns.length <= LOOKUP_COLUMNS;
  return { rows: isLookup ? LOOKUP_ROWS : MANY_ROWS, guess: 'nobody told' };
}

/** Key columns of an index are no more than these: what follows finds hardly fewer rows. */
const MOST_COLUMNS = 4;

/** What is missing for one use; undefined where an index serves it or none would. */
function missing(document: Document, at: TableContext, rows: number, asked: Asked): Omit<Unserved, 'uses'> | undefined {
  const shares = asked.equal.map((one) => ({ ...one, share: shareOf(document, at, rows, one) })).sort((a, b) => a.share - b.share);
  const together = shares.reduce((all, { share }) => all * share, 1) * (asked.span === undefined ? 1 : SPAN);
  const share = new Map([
    ...shares.map(({ column, share: of }) => [column, of] as const),
    ...(asked.span === undefined ? [] : [[asked.span, SPAN] as const]),
  ]);
  const isServed = asked.ways.some(
    (way) => way.else || way.sorted || way.found.reduce((all, column) => all * (share.get(column) ?? 1), 1) <= FEW,
  );
  if (isServed) return undefined;
  const equal = shares.slice(0, MOST_COLUMNS - 1).map(({ column }) => ({ column }));
  const held = new Set(equal.map(({ column }) => column));
  const order = asked.order.flatMap(({ term, desc, nulls }): IndexElement[] =>
    term.column === undefined || held.has(term.column)
      ? []
      : [{ column: term.column, ...(desc ? { order: 'desc' as const } : {}), ...(nulls === undefined ? {} : { nulls }) }],
  );
  if (together <= FEW) {
    const range = asked.span === undefined || held.has(asked.span) ? [] : [{ column: asked.span }];
    const elements = [...equal, ...(range.length > 0 ? range : order)].slice(0, MOST_COLUMNS);
    return elements.length === 0 ? undefined : { kind: 'filter', elements };
  }
  // The first rows of many: an index in their order ends the search early.
  return order.length === 0 ? undefined : { kind: 'sort', elements: [...equal, ...order].slice(0, MOST_COLUMNS) };
}

const elementKey = (elements: readonly IndexElement[]) =>
  elements.map(({ column, order, nulls }) => `${column} ${order} ${nulls}`).join();

/** One element a definition; of two that begin alike the longer one does for both. */
function gathered(list: readonly Unserved[]): readonly Unserved[] {
  const byKey = new Map<string, Unserved>();
  for (const one of list) {
    const key = `${one.kind} ${elementKey(one.elements)}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? one : { ...known, uses: [...known.uses, ...one.uses] });
  }
  const all = [...byKey.values()];
  const longest = (one: Unserved) =>
    all.find(
      (other) =>
        other !== one &&
        other.elements.length > one.elements.length &&
        elementKey(other.elements.slice(0, one.elements.length)) === elementKey(one.elements),
    );
  const merged = new Map<Unserved, UseOf[]>();
  for (const one of all) {
    let into = one;
    for (let next = longest(into); next !== undefined; next = longest(into)) into = next;
    merged.set(into, [...(merged.get(into) ?? []), ...one.uses]);
  }
  return [...merged].map(([one, uses]) => ({ ...one, uses }));
}

type Found = Omit<UnservedOf, 'at'>;

const remembered = memoWithInputs<Table, Found>();

/** What else is looked at of a table's surroundings. */
function surroundingsOf({ document, table, outgoing, incoming }: TableContext): readonly unknown[] {
  const parents = outgoing.flatMap((link) => [link, recordIn(document, 'tables', link.parent)?.facts?.rows]);
  const ancestors = ancestorsOf(table).map((one) => recordIn(document, 'tables', one));
  return [document.types, incoming.length > 0, ...parents, ...ancestors];
}

function unservedIn(at: TableContext, uses: readonly UseOf[]): Found {
  const { rows, guess } = rowsOf(at);
  const known = { rows, ...(guess === undefined ? {} : { guess }) };
  if (rows < MANY_ROWS) return { ...known, unserved: [] };
  const accesses = accessesOf(at.table);
  const lacking = uses.flatMap((one): Unserved[] => {
    const asked = askedOf(at.table, accesses, one);
    const found = asked === undefined ? undefined : missing(at.document, at, rows, asked);
    return found === undefined ? [] : [{ ...found, uses: [one] }];
  });
  return { ...known, unserved: gathered(lacking) };
}

/**
 * Searches of the workload on tables with many rows that no index serves, with what index would, told by shape and by facts
 * of columns; where nobody told facts, by guesses. Conditions with OR, on expressions and patterns are left to the advice. Worked
 * out once for all rules of a run.
 */
export const unservedOf = memoByIdentity(({ document, table, workload }: ModelContext): readonly UnservedOf[] => {
  if (Object.keys(document.queries).length === 0) return [];
  return [...usesByTable(workload())].flatMap(([id, uses]): UnservedOf[] => {
    const at = table(id);
    if (at === undefined) return [];
    const found = remembered(at.table, [...sourcesOf(uses), ...surroundingsOf(at)], () => unservedIn(at, uses));
    return found.unserved.length === 0 ? [] : [{ at, ...found }];
  });
});
