import type { Place } from './conditions.ts';
import type { Resolving, Sub } from './resolving.ts';
import type { Scope } from './scope.ts';
import type { Expr, Query } from './tree.ts';
import { conjuncts, usesIn } from './walk.ts';

/** EXISTS: a join of which only whether it finds something counts. */
function exists(r: Resolving, query: Query, scope: Scope, kind: Sub): ReadonlySet<number> {
  return r.watching(() => r.query(query, scope, kind)).needed;
}

/** `of IN (query)`: a join with what the query gives, or, where that is computed once, a list of values. */
function inQuery(r: Resolving, expr: Expr & { is: 'in query' }, scope: Scope, place: Place): ReadonlySet<number> {
  const items = expr.of.is === 'row' ? expr.of.items : [expr.of];
  const { value, needed } = r.watching(() => {
    const bound = items.map((one) => r.bound(one, scope));
    const answer = r.query(expr.query, scope, 'semi');
    for (const out of answer.outs ?? []) r.need(out.of);
    return { bound, answer };
  });
  const { bound, answer } = value;
  const outs = answer.outs ?? [];
  const direct =
    outs.length === bound.length && outs.every((out) => r.terms.termOf(out.of, false) !== undefined || out.of.is === 'either');
  const depends = [...needed].filter((use) => use < answer.first && !bound.some((one) => usesIn(one).has(use)));
  bound.forEach((of, i) => {
    const right = outs[i];
    if (direct && right !== undefined) {
      const condition: Expr = { is: 'binary', op: '=', left: of, right: right.of, at: expr.at };
      r.conditions.add(condition, { ...place, sub: { from: answer.first, kind: 'semi' } });
    } else
      r.conditions.add({ is: 'any', of, op: '=', array: { is: 'result', depends, at: expr.at }, all: false, at: expr.at }, place);
  });
  return needed;
}

/** Takes a condition apart: subqueries that are joins, and the rest. */
export function readWhere(r: Resolving, condition: Expr, scope: Scope, place: Place): readonly ReadonlySet<number>[] {
  return conjuncts(condition).map((one) => {
    if (one.is === 'exists') return exists(r, one.query, scope, 'semi');
    if (one.is === 'not' && one.of.is === 'exists') return exists(r, one.of.query, scope, 'anti');
    if (one.is === 'in query' && one.op === '=' && !one.not) return inQuery(r, one, scope, place);
    const { value, needed } = r.watching(() => r.bound(one, scope));
    r.conditions.add(value, place);
    return needed;
  });
}
