import type { QueryParameter } from '#model/query-types.ts';
import type { KnownTable } from '../../facts/known.ts';
import type { Predicate, TableUse } from '../../workload/facts.ts';
import type { Collector } from './collect.ts';
import { isConstant } from './constant.ts';
import type { IndexKind } from './kinds.ts';
import { rolesOf } from './roles.ts';
import { fallbackKey, Shapes, type Shared, type UseAt } from './shapes.ts';

const CONSTANT = new Set<Predicate['test']>(['equal', 'in', 'null', 'not null', 'differs', 'other', 'range']);
/** Predicates that may go together into one index. */
const MAX_TOGETHER = 3;
/** A declared value that fewer rows than this have is worth an index of its own. */
const RARE = 0.3;

/** A condition that can stand in an index. */
interface Fixed {
  readonly predicate: Predicate;
  readonly sql: string;
  readonly note: string;
}

function literals(predicates: readonly Predicate[], known: KnownTable | undefined): Fixed[] {
  return predicates.flatMap((predicate) =>
    CONSTANT.has(predicate.test) && predicate.filterOnly !== true && isConstant(predicate, known)
      ? [{ predicate, sql: predicate.sql, note: `Its predicate ${predicate.sql} stands in the query as a literal.` }]
      : [],
  );
}

/** Values that were declared for a parameter, where they are rare. */
function declared(collector: Collector, predicates: readonly Predicate[], parameters: readonly QueryParameter[]): Fixed[] {
  return predicates.flatMap((predicate) => {
    const [value] = predicate.values;
    if (predicate.test !== 'equal' || predicate.filterOnly === true || value?.kind !== 'parameter') return [];
    const known = parameters.find((one) => one.name === value.name)?.values ?? [];
    const common = collector.column(predicate.term.column)?.facts?.common ?? [];
    return known.flatMap(({ sql, share }) => {
      const inTable = common.find((one) => `'${one.value}'` === sql || one.value === sql)?.share;
      if (share === undefined || (inTable ?? 0) > RARE) return [];
      const end = predicate.sql.lastIndexOf(predicate.operator);
      if (end < 0 || /^null$/i.test(sql)) return [];
      const text = `${predicate.sql.slice(0, end)}${predicate.operator} ${sql}`;
      const note = `Its predicate comes from the declared values of ${value.name}: ${sql} in ${Math.round(share * 100)} % of the calls. A generic plan does not use it.`;
      return [{ predicate, sql: text, note }];
    });
  });
}

/**
 * Partial indexes: only from literals that belong to the query (`isConstant`) and from declared shares of a parameter's
 * values, as a planner uses one only where it knows that the predicate holds (PostgreSQL manual, 11.8).
 */
export function partials(
  collector: Collector,
  at: UseAt,
  kind: IndexKind,
  shared: Shared,
  parameters: readonly QueryParameter[],
  isImmutable: (predicate: Predicate) => boolean,
): void {
  const use = at.facts.uses[at.use] as TableUse;
  const equal = use.predicates.filter((one) => one.test === 'equal' && one.filterOnly !== true);
  if (collector.determinesRow(new Set(equal.flatMap((one) => one.term.column ?? [])))) return;
  const allowed = (one: Fixed) => kind.where(one.predicate) && isImmutable({ ...one.predicate, sql: one.sql });
  const fixed = literals(use.predicates, collector.known).filter(allowed);
  const sets: Fixed[][] = [...fixed, ...declared(collector, use.predicates, parameters).filter(allowed)].map((one) => [one]);
  if (fixed.length > 1) sets.push(fixed.slice(0, MAX_TOGETHER));
  for (const set of sets) {
    const without = new Set(set.map((one) => one.predicate));
    const where = set.map((one) => (set.length > 1 && /\bOR\b/i.test(one.sql) ? `(${one.sql})` : one.sql)).join(' AND ');
    const notes = set.map((one) => one.note);
    const roles = rolesOf(at.facts, at.use, kind.nullSafeEqual, without);
    new Shapes(collector, at, roles, shared, { where, notes }, 'partial').all();
    const nothing = roles.equal.length + roles.range.length + roles.sort.length + roles.joins.length + roles.group.length === 0;
    if (nothing) {
      const reason = {
        query: at.query,
        use: at.use,
        shape: 'partial' as const,
        why: `holds the rows with ${where}, and no others`,
      };
      collector.take(
        fallbackKey(
          collector,
          use,
          [...without].map((one) => one.term),
        ),
        reason,
        { where, notes },
      );
    }
    // A range that the predicate holds may still be the order within.
    for (const { predicate } of set)
      if (predicate.test === 'range') {
        const reason = {
          query: at.query,
          use: at.use,
          shape: 'partial' as const,
          why: `holds the rows with ${where}, and no others`,
        };
        collector.take([{ term: predicate.term, role: 'R' }], reason, { where, notes });
      }
  }
}
