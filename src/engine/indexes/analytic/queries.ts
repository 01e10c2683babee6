import type { QueryParameter } from '#model/query-types.ts';
import type { Id } from '#model/types.ts';
import type { Join, QueryFacts, TableUse, Term, Value } from '../../workload/facts.ts';
import type { PlannedJoin, PlannedOrder, PlannedQuery, PlannedUse } from '../cost/planned.ts';
import { literalText } from './shares.ts';
import type { StoredIndex } from './stored.ts';
import { type KnownValues, nameOfTerm } from './table.ts';
import { fixedTerms, orderParts, plannedUse } from './uses.ts';

/** What is known of the tables of a query. */
export interface Surroundings {
  values(table: Id): KnownValues | undefined;
  indexes(table: Id): readonly StoredIndex[];
  schema(table: Id): string;
}

/** Share of the rows of a limit that is a parameter (PostgreSQL, `preprocess_limit`: a tenth). */
const LIMIT_SHARE = 0.1;
/** Pairs that meet a comparison other than equality (`DEFAULT_INEQ_SEL`). */
const COMPARED = 1 / 3;

/** Uses that are joined, or stand in one FROM: what can be planned apart from the others. */
function components(facts: QueryFacts): readonly (readonly number[])[] {
  const read = facts.uses.flatMap((use, at) => (use.read ? [at] : []));
  const parent = new Map(read.map((at) => [at, at]));
  const root = (at: number): number => {
    let now = at;
    for (let up = parent.get(now); up !== undefined && up !== now; up = parent.get(now)) now = up;
    return now;
  };
  const join = (a: number, b: number) => {
    if (parent.has(a) && parent.has(b)) parent.set(root(a), root(b));
  };
  const firstOf = new Map<number, number>();
  for (const at of read) {
    const { block } = facts.uses[at] as TableUse;
    const first = firstOf.get(block);
    if (first === undefined) firstOf.set(block, at);
    else join(at, first);
  }
  for (const { left, right } of facts.joins) join(left.use, right.use);
  const groups = new Map<number, number[]>();
  for (const at of read) groups.set(root(at), [...(groups.get(root(at)) ?? []), at]);
  return [...groups.values()];
}

function numberOf(value: Value | undefined, parameters: readonly QueryParameter[]): number | undefined {
  if (value === undefined) return undefined;
  const sql = value.kind === 'literal' ? value.sql : undefined;
  const known = value.kind === 'parameter' ? parameters.find((one) => one.name === value.name)?.values[0]?.sql : undefined;
  const count = Number(literalText(sql ?? known ?? ''));
  return (sql ?? known) === undefined || !Number.isFinite(count) || count < 0 ? undefined : count;
}

/** How many of the first rows are wanted. */
function limitOf(use: TableUse | undefined, parameters: readonly QueryParameter[]): Pick<PlannedQuery, 'limit' | 'limitShare'> {
  if (use?.limit === undefined) return {};
  const limit = numberOf(use.limit, parameters);
  if (limit === undefined) return { limitShare: LIMIT_SHARE };
  const offset = use.offset === undefined ? 0 : numberOf(use.offset, parameters);
  return offset === undefined ? { limitShare: LIMIT_SHARE } : { limit: Math.max(1, limit + offset) };
}

interface Part {
  readonly places: readonly number[];
  readonly uses: readonly PlannedUse[];
  readonly facts: QueryFacts;
  readonly values: readonly KnownValues[];
}

/** What the rows of a part are ordered or grouped by in the end. */
function orderOf({ places, uses, facts, values }: Part): { readonly order?: PlannedOrder; readonly of?: TableUse } {
  const own = places.map((place) => facts.uses[place] as TableUse);
  const outermost = Math.min(...own.map(({ block }) => block));
  const find = (wanted: (use: TableUse) => boolean) => own.findIndex((use) => use.block === outermost && wanted(use));
  const named = (terms: readonly Term[], fixed: ReadonlySet<string>) =>
    terms.flatMap((term) => (fixed.has(nameOfTerm(term)) ? [] : [{ term: nameOfTerm(term) }]));
  const first = find((use) => use.extremes.length > 0 && use.group.length === 0);
  if (first >= 0) {
    const { extremes } = own[first] as TableUse;
    const terms = named(extremes.slice(0, 1), new Set());
    // Two of them are found one by one, which is not told here.
    return new Set(extremes.map(nameOfTerm)).size > 1 || places.length > 1
      ? {}
      : { order: { use: first, terms, purpose: 'first' } };
  }
  const grouped = find((use) => use.group.length > 0 || use.distinct.length > 0);
  if (grouped >= 0) {
    const use = own[grouped] as TableUse;
    const by = use.group.length > 0 ? use.group : use.distinct;
    const terms = named(by, fixedTerms(uses[grouped] as PlannedUse));
    const groups = by.reduce((all, term) => all * (values[grouped] as KnownValues).distinct(term), 1);
    return terms.length === 0 ? {} : { order: { use: grouped, terms, purpose: 'group', groups } };
  }
  const sorted = find((use) => use.order.length > 0);
  if (sorted >= 0) {
    const of = own[sorted] as TableUse;
    const terms = orderParts(of.order, fixedTerms(uses[sorted] as PlannedUse));
    return terms.length === 0 ? { of } : { order: { use: sorted, terms }, of };
  }
  const limited = find((use) => use.limit !== undefined);
  return limited < 0 ? {} : { of: own[limited] as TableUse };
}

function joinText(left: string, right: string, operator: string): string {
  return `${left} ${operator} ${right}`;
}

function nameIn(values: KnownValues, use: TableUse, { column, expression }: Term): string {
  return `${use.name}.${values.column(column)?.name ?? expression ?? '?'}`;
}

const DEPENDENT = new Set<Join['kind']>(['left', 'semi', 'anti', 'scalar']);

function plannedJoins({ places, facts, values }: Part): readonly PlannedJoin[] {
  return facts.joins.flatMap((join): PlannedJoin[] => {
    const [left, right] = join.kind === 'right' ? [join.right, join.left] : [join.left, join.right];
    const kind = join.kind === 'right' ? 'left' : join.kind;
    const [a, b] = [places.indexOf(left.use), places.indexOf(right.use)];
    if (a < 0 || b < 0) return [];
    const ends = [left, right].map((end, at) => {
      const place = at === 0 ? a : b;
      return nameIn(values[place] as KnownValues, facts.uses[end.use] as TableUse, end.term);
    });
    return [
      {
        left: { use: a, term: nameOfTerm(left.term) },
        right: { use: b, term: nameOfTerm(right.term) },
        ...(DEPENDENT.has(kind) ? { kind: kind as NonNullable<PlannedJoin['kind']> } : {}),
        ...(join.operator === '=' || join.operator === '<=>' ? {} : { share: COMPARED }),
        text: joinText(ends[0] as string, ends[1] as string, join.operator),
      },
    ];
  });
}

/** Different values of the terms that a use is joined by, those that are expressions among them. */
function withJoined(use: PlannedUse, values: KnownValues, at: number, facts: QueryFacts): PlannedUse {
  const distinct = { ...use.distinct };
  for (const { left, right } of facts.joins) {
    for (const end of [left, right]) if (end.use === at) distinct[nameOfTerm(end.term)] = values.distinct(end.term);
  }
  return { ...use, distinct };
}

/**
 * A query as the planner of costs takes it: parts that nothing joins, each with its tables, joins, order and limit. The first is
 * that of the outermost block. Tables that the document does not have are left out.
 */
export function plannedQueries(
  facts: QueryFacts,
  parameters: readonly QueryParameter[],
  surroundings: Surroundings,
): readonly PlannedQuery[] {
  return components(facts).flatMap((all): PlannedQuery[] => {
    const places = all.filter((at) => surroundings.values((facts.uses[at] as TableUse).table) !== undefined);
    const values = places.map((at) => surroundings.values((facts.uses[at] as TableUse).table) as KnownValues);
    const uses = places.map((place, at) => {
      const use = facts.uses[place] as TableUse;
      const indexes = surroundings.indexes(use.table);
      const planned = plannedUse(values[at] as KnownValues, use, indexes, parameters, surroundings.schema(use.table));
      return withJoined(planned, values[at] as KnownValues, place, facts);
    });
    if (uses.length === 0) return [];
    const part = { places, uses, facts, values };
    const { order, of } = orderOf(part);
    return [{ uses, joins: plannedJoins(part), ...(order === undefined ? {} : { order }), ...limitOf(of, parameters) }];
  });
}
