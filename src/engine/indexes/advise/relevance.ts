import type { IndexElement } from '#model/table-parts.ts';
import type { Id } from '#model/types.ts';
import { normalSql } from '../../rules/index-facts.ts';
import type { QueryFacts, TableUse, Term } from '../../workload/facts.ts';
import { implies, type KindOf } from '../redundancy/implication.ts';

/** An index as it is looked at here. */
export interface Looked {
  readonly table: Id;
  readonly elements: readonly IndexElement[];
  readonly include: readonly Id[];
  readonly where?: string;
  /** Queries that it was thought of for. */
  readonly madeFor: ReadonlySet<Id>;
}

const keyOf = ({ column, expression }: IndexElement) =>
  column === undefined ? `(${normalSql(expression ?? '').toLowerCase()})` : column;

function keyOfTerm(term: Term): string {
  return term.column ?? `(${normalSql(term.expression ?? '').toLowerCase()})`;
}

/** Everything of a use that rows could be found, sorted, grouped or joined by. */
function termsOf(facts: QueryFacts, at: number, use: TableUse): ReadonlySet<string> {
  const ends = facts.joins.flatMap(({ left, right }) => [left, right]).filter((end) => end.use === at);
  const terms = [
    ...use.predicates.map((one) => one.term),
    ...use.alternatives.flatMap(({ arms }) => arms.flatMap((arm) => arm.map((one) => one.term))),
    ...use.keysets.flatMap((one) => one.terms),
    ...use.order.map((one) => one.term),
    ...use.group,
    ...use.distinct,
    ...use.extremes,
    ...ends.map((end) => end.term),
  ];
  // A condition on an expression may be one on its column as well.
  return new Set(terms.flatMap((term) => [keyOfTerm(term), ...term.columns]));
}

function covers({ elements, include }: Looked, { columns }: TableUse): boolean {
  const held = new Set([...elements.flatMap((one) => one.column ?? []), ...include]);
  return columns.length > 0 && columns.every((id) => held.has(id));
}

/** Whether a use asks for no row that a partial index leaves out. Each condition holds for all of its rows. */
function within({ where }: Looked, { predicates }: TableUse, kindOf: KindOf): boolean {
  if (where === undefined) return true;
  const conditions = predicates.filter((one) => one.filterOnly !== true).map(({ sql }) => `(${sql})`);
  return conditions.length > 0 && implies(conditions.join(' AND '), where, kindOf);
}

/**
 * Whether an index may change the plan of a query: it begins with something that the query finds, sorts or joins rows by, or
 * holds every column that it reads; a partial one, where the query asks for no row that it leaves out.
 * @param facts of the query
 * @param kindOf how the values of a column of the index's table compare
 */
export function mayServe(index: Looked, query: Id, facts: QueryFacts, kindOf: KindOf): boolean {
  if (index.madeFor.has(query)) return true;
  const [first] = index.elements;
  return facts.uses.some((use, at) => {
    if (use.table !== index.table || !use.read) return false;
    const begins = first !== undefined && termsOf(facts, at, use).has(keyOf(first));
    return (begins || covers(index, use)) && within(index, use, kindOf);
  });
}
