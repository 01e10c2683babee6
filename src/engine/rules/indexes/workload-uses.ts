import type { IndexElement } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { lex } from '../../dialects/postgres/lex.ts';
import { memoByIdentity } from '../../memo.ts';
import type { Join, JoinEnd, Predicate, QueryFacts, TableUse, Term } from '../../workload/facts.ts';
import type { WorkloadReport } from '../../workload/report.ts';
import { type Access, normalSql } from '../index-facts.ts';

/** A use of a table in a query of the workload. */
export interface UseOf {
  readonly query: Id;
  readonly facts: QueryFacts;
  /** Its position in the facts. */
  readonly at: number;
  readonly use: TableUse;
}

/** Every use of every table by the workload, by table. One object for the same report. */
export const usesByTable = memoByIdentity((report: WorkloadReport): ReadonlyMap<Id, readonly UseOf[]> => {
  const found = new Map<Id, UseOf[]>();
  for (const [query, facts] of Object.entries(report)) {
    facts.uses.forEach((use, at) => {
      const one = { query, facts, at, use };
      const known = found.get(use.table);
      if (known === undefined) found.set(use.table, [one]);
      else known.push(one);
    });
  }
  return found;
});

/** What the uses of a table were read from: the same list of objects while nothing about them changed. */
export function sourcesOf(uses: readonly UseOf[]): readonly unknown[] {
  return uses.flatMap(({ query, facts, at }) => [query, facts, at]);
}

/** Names of queries, the first few. */
export function queryNames(document: Document, ids: readonly Id[]): string {
  const names = [...new Set(ids)].map((id) => `“${document.queries[id]?.name ?? id}”`);
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function joinEnds({ facts, at }: UseOf): readonly JoinEnd[] {
  return facts.joins.flatMap((join: Join) => [join.left, join.right].filter((end) => end.use === at));
}

function allPredicates({ use }: UseOf): readonly Predicate[] {
  return [...use.predicates, ...use.alternatives.flatMap(({ arms }) => arms.flat())];
}

const FINDABLE = new Set<Predicate['test']>(['equal', 'in', 'range', 'null', 'not null', 'prefix', 'pattern', 'contains']);

/** Everything of a use that rows could be found, joined, sorted or grouped by. */
export function usableTerms(one: UseOf): readonly Term[] {
  const { use } = one;
  return [
    // A condition that is an expression itself may stand in an index.
    ...allPredicates(one).flatMap(({ test, term }) => (FINDABLE.has(test) || term.column === undefined ? [term] : [])),
    ...use.keysets.flatMap(({ terms }) => terms),
    ...use.order.map(({ term }) => term),
    ...use.group,
    ...use.distinct,
    ...use.extremes,
    ...joinEnds(one).map(({ term }) => term),
  ];
}

/** Names that a text has, words of the language among them. */
const namesIn = (sql: string) =>
  new Set(lex(sql).flatMap(({ kind, text }) => (kind === 'word' || kind === 'quoted' ? [text.toLowerCase()] : [])));

/** Columns of a table that an expression may be about. */
function columnsIn(table: Table, sql: string): ReadonlySet<Id> {
  const names = namesIn(sql);
  return new Set(table.columns.flatMap(({ id, name }) => (names.has(name.toLowerCase()) ? [id] : [])));
}

/** Whether an element may hold a term. Of expressions only their columns are compared: the engine may know them for the same. */
export function holds(table: Table, { column, expression }: IndexElement, term: Term): boolean {
  if (column !== undefined) return term.column === column;
  if (expression === undefined || term.expression === undefined) return false;
  if (normalSql(expression).toLowerCase() === normalSql(term.expression).toLowerCase()) return true;
  const columns = columnsIn(table, expression);
  return term.columns.some((id) => columns.has(id));
}

/** Whether the conditions of a use may imply the predicate of a partial index: they speak of its columns. */
function mayImply(table: Table, where: string, one: UseOf): boolean {
  const spoken = new Set([
    ...allPredicates(one).flatMap(({ term }) => term.columns),
    ...joinEnds(one).flatMap(({ term }) => term.columns),
  ]);
  // What is not understood may say anything.
  for (const { test, sql } of one.use.predicates) if (test === 'other') for (const id of columnsIn(table, sql)) spoken.add(id);
  return [...columnsIn(table, where)].every((id) => spoken.has(id));
}

/**
 * Whether a use could be served by an index: it finds, joins, sorts or groups by one of its elements, or reads nothing that the
 * index lacks. Errs on the side of yes: an engine may read a whole index or skip its first columns.
 */
export function mayUse(table: Table, access: Access, one: UseOf): boolean {
  const { use } = one;
  if (!use.read) return false;
  const { predicate } = access;
  if (predicate !== undefined && !mayImply(table, predicate, one)) return false;
  if (predicate !== undefined && [...columnsIn(table, predicate)].length > 0) return true;
  const terms = usableTerms(one);
  if (access.elements.some((element) => terms.some((term) => holds(table, element, term)))) return true;
  const held = new Set([...access.include, ...access.elements.flatMap(({ column }) => column ?? [])]);
  return use.columns.length > 0 && use.columns.every((column) => held.has(column));
}
