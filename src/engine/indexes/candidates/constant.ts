import type { KnownTable } from '../../facts/known.ts';
import type { Predicate } from '../../workload/facts.ts';

/** A column of no more different values than this holds states: what a statement compares it with belongs to the statement. */
const MOST_STATES = 20;

/** A number or a string that stands in a condition. */
const LITERAL = /'|(?<![\w$.])\d/;

/** What identifies something holds no states, however few there are: the next tenant is another number. */
const IDENTIFIES = /(?:^|_)id$/i;

/** How many different values a column has, as far as is known or guessed. */
function statesOf(table: KnownTable | undefined, predicate: Predicate): number {
  const column = table?.columns.find(({ id }) => id === predicate.term.column);
  if (table === undefined || column === undefined || IDENTIFIES.test(column.name)) return Number.POSITIVE_INFINITY;
  return column.distinct < 0 ? -column.distinct * table.rows : column.distinct;
}

/**
 * Whether a literal in a condition belongs to the statement, so that every call has it, rather than standing for one of many
 * values: `deleted_at IS NULL`, `status = 'failed'`, `balance > 0`, but not `customer_id = 42`, `placed_on > '2026-01-01'` or
 * `lower(email) = 'a@b.c'`. Queries that people copy from a console are full of the latter, and an index of the rows of
 * customer 42 serves nobody else.
 */
export function isConstant(predicate: Predicate, table: KnownTable | undefined): boolean {
  const { test, values, sql } = predicate;
  if (test === 'null' || test === 'not null') return true;
  // A condition on this row alone, without parameters: `a < b`, `NOT deleted`.
  if (test === 'other') return !/[$?:@]/.test(sql) && !LITERAL.test(sql);
  if (values.length === 0 || !values.every((value) => value.kind === 'literal')) return false;
  if (test === 'range') return values.every((value) => value.kind === 'literal' && /^0(?:\.0*)?$/.test(value.sql));
  return statesOf(table, predicate) <= MOST_STATES;
}
