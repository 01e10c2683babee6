import { SPELLING } from '../dialects/base/queries/spelling.ts';
import type { UseDraft } from './build.ts';
import type { Place } from './conditions.ts';
import type { OrderTerm, Term } from './facts.ts';
import { readFrom } from './from.ts';
import type { Answer, Resolving, Sub } from './resolving.ts';
import { findColumn, newScope, type Out, type Scope, type SourceItem } from './scope.ts';
import { hasWindow, isAggregated } from './terms.ts';
import type { Core, Cte, Expr, Item, Query, Sort, With } from './tree.ts';
import { dependsOnRows, visit } from './walk.ts';

const SELECT = ['select'] as const;

function wrapped(out: Out, takes: 'constants' | 'nothing'): Out {
  return { ...out, of: { is: 'inner', of: out.of, takes, at: out.of.at } };
}

/** How often a WITH name is read. */
function readings(value: unknown, isIt: (name: string) => boolean): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + readings(one, isIt), 0);
  const { is, path } = value as { is?: string; path?: { name: string }[] };
  const own = is === 'table' && Array.isArray(path) && path.length === 1 && isIt(path[0]?.name ?? '') ? 1 : 0;
  return own + Object.values(value).reduce<number>((sum, one) => sum + readings(one, isIt), 0);
}

function recursiveOuts(r: Resolving, cte: Cte, query: Query, scope: Scope): readonly Out[] | undefined {
  if (query.body.is !== 'set') return r.query(query, scope).outs;
  const { left, right } = query.body;
  const first = r.query(left, scope).outs;
  const outs = first?.map((out, i): Out => ({ name: cte.columns?.[i]?.name ?? out.name, of: { is: 'elsewhere', at: out.of.at } }));
  const more = (cte.columns ?? []).slice(outs?.length ?? 0).map(({ name, at }): Out => ({ name, of: { is: 'elsewhere', at } }));
  const all = outs === undefined ? undefined : [...outs, ...more];
  scope.ctes.set(r.names.key(cte.name.name), { outs: all });
  const second = r.query(right, scope).outs;
  for (const out of [...(first ?? []), ...(second ?? [])]) r.need(out.of);
  return all;
}

/** Names of WITH, each seen by those after it. @param whole what they may be read in. */
export function readWith(r: Resolving, clause: With | undefined, scope: Scope, whole: unknown): void {
  for (const cte of clause?.ctes ?? []) {
    const key = r.names.key(cte.name.name);
    const { statement } = cte;
    const isIt = (name: string) => r.names.key(name) === key;
    const recursive = clause?.recursive === true && statement.is === 'select' && readings(statement, isIt) > 0;
    const outs =
      recursive && statement.is === 'select' ? recursiveOuts(r, cte, statement.query, scope) : r.statement(statement, scope).outs;
    const named = outs?.map((out, i) => (cte.columns?.[i] === undefined ? out : { ...out, name: cte.columns[i].name }));
    const alone = readings(whole, isIt) <= 1;
    const kept = recursive || statement.is !== 'select' || cte.materialized === true || (!alone && cte.materialized !== false);
    scope.ctes.set(key, { outs: kept ? named?.map((out) => wrapped(out, 'nothing')) : named });
  }
}

function nameOf(expr: Expr): string {
  switch (expr.is) {
    case 'column':
      return expr.path.at(-1)?.name ?? '?column?';
    case 'call':
      return expr.path.at(-1) ?? '?column?';
    case 'cast':
    case 'collate':
      return nameOf(expr.of);
    case 'part':
      return expr.fields.at(-1) ?? nameOf(expr.of);
    case 'case':
      return 'case';
    default:
      return '?column?';
  }
}

function starOuts(r: Resolving, item: Item, scope: Scope): readonly Out[] {
  const [qualifier] = item.star?.slice(-1) ?? [];
  const isIt = (one: SourceItem) =>
    qualifier === undefined || (one.name !== undefined && r.names.key(one.name) === r.names.key(qualifier.name));
  let level: Scope | undefined = scope;
  while (level !== undefined && qualifier !== undefined && !level.items.some(isIt)) level = level.parent;
  const items = (level ?? scope).items.filter(isIt);
  if (qualifier !== undefined && items.length === 0)
    r.finding(
      'unknown-alias',
      `Nothing in FROM is called ${qualifier.name}.`,
      qualifier.at,
      scope.items.flatMap((one) => one.name ?? []),
    );
  const merged = qualifier === undefined ? scope.merged : [];
  const rest = items.flatMap((one) => {
    if (one.outs === undefined) r.unknownStar();
    if (one.use !== undefined) one.use.star = true;
    const seen = new Set(one.use?.columns.filter((column) => column.invisible === true).map((column) => column.name));
    return (one.outs ?? []).filter(
      (out) => !(qualifier === undefined && one.merged.has(r.names.key(out.name))) && !seen.has(out.name),
    );
  });
  return [...merged, ...rest];
}

/** What a select list gives. */
export function itemOuts(r: Resolving, items: readonly Item[], scope: Scope): Out[] {
  return items.flatMap((item): readonly Out[] => {
    if (item.star !== undefined) return starOuts(r, item, scope);
    if (item.of === undefined) return [];
    return [{ name: item.alias?.name ?? nameOf(item.of), of: r.bind(item.of, scope) }];
  });
}

/** An expression of ORDER BY or GROUP BY, which may be a position or the name of an output. */
function listed(r: Resolving, expr: Expr, scope: Scope, outs: readonly Out[], outputFirst: boolean): Expr {
  if (expr.is === 'literal' && expr.type === 'number') return outs[Number(expr.text) - 1]?.of ?? expr;
  if (expr.is !== 'column' || expr.path.length !== 1) return r.bind(expr, scope);
  const name = expr.path[0]?.name ?? '';
  const output = outs.find((out) => r.names.key(out.name) === r.names.key(name))?.of;
  const known = () => findColumn(scope, name, r.names).kind === 'column';
  return output !== undefined && (outputFirst || !known()) ? output : r.bind(expr, scope);
}

const DISTANCES: ReadonlySet<string> = new Set(['<->', '<#>', '<=>', '<+>', '<~>', '<%>', '<<->', '<->>', '<<<->', '<->>>']);

interface Ordered {
  readonly use: number;
  readonly term: OrderTerm;
}

function orderTerm(r: Resolving, sort: Sort, bound: Expr): Ordered | undefined {
  const nullsLast = SPELLING[r.names.dialect].nullsLast === true;
  const usual = nullsLast !== sort.desc ? 'last' : 'first';
  const nulls = sort.nulls === undefined || sort.nulls === usual ? {} : { nulls: sort.nulls };
  if (bound.is === 'binary' && DISTANCES.has(bound.op)) {
    const of = dependsOnRows(bound.right) ? bound.right : bound.left;
    const end = r.terms.termOf(of, false);
    return end === undefined
      ? undefined
      : { use: end.use, term: { term: end.term, desc: sort.desc, ...nulls, distance: bound.op } };
  }
  const end = r.terms.termOf(bound, false);
  return end === undefined ? undefined : { use: end.use, term: { term: end.term, desc: sort.desc, ...nulls } };
}

/** Terms of one use when all of them are. */
function termsOfOne(r: Resolving, exprs: readonly Expr[]): { use: UseDraft; terms: Term[] } | undefined {
  const found = exprs.map((one) => r.terms.termOf(one, false));
  const use = r.draft.uses[found[0]?.use ?? -1];
  if (use === undefined || found.some((one) => one?.use !== use.at)) return undefined;
  return { use, terms: found.flatMap((one) => (one === undefined ? [] : [one.term])) };
}

interface Shape {
  readonly group: readonly Expr[];
  readonly aggregated: boolean;
  /** Of DISTINCT ON. */
  readonly distinct: readonly Expr[];
  readonly sorts: readonly { readonly sort: Sort; readonly bound: Expr }[];
  readonly outs: readonly Out[];
}

/** Tells the table uses of a block which order, groups and limits it asks for. */
function tellUses(
  r: Resolving,
  core: Core,
  query: Query,
  block: number,
  { group, aggregated, distinct, sorts, outs }: Shape,
): void {
  const limit = query.limit === undefined ? undefined : r.terms.value(query.limit);
  const offset = query.offset === undefined ? undefined : r.terms.value(query.offset);
  const paging = { ...(limit === undefined ? {} : { limit }), ...(offset === undefined ? {} : { offset }) };
  if (group.length > 0) {
    const grouped = termsOfOne(r, group);
    if (grouped !== undefined) grouped.use.group = grouped.terms;
    extremes(
      r,
      outs.filter((out) => isAggregated(out.of)),
    );
  } else if (aggregated) extremes(r, outs);
  else {
    if (core.distinct !== undefined) {
      const one = termsOfOne(r, core.distinct === true ? outs.map((out) => out.of) : distinct);
      if (one !== undefined) one.use.distinct = one.terms;
    }
    const own = r.draft.uses.filter((use) => use.block === block);
    const ordered = sorts.map(({ sort, bound }) => orderTerm(r, sort, bound));
    const use = r.draft.uses[ordered[0]?.use ?? -1];
    if (use !== undefined) {
      const end = ordered.findIndex((one) => one?.use !== use.at);
      use.order = ordered.slice(0, end < 0 ? undefined : end).flatMap((one) => (one === undefined ? [] : [one.term]));
      if (end < 0) Object.assign(use, paging);
    } else if (sorts.length === 0 && own.length === 1 && own[0] !== undefined) {
      Object.assign(own[0], paging);
      own[0].order = windowOrder(r, outs, own[0]);
    }
  }
}

/** The order in which a window function takes rows: by its partitions, then by its own order; of several the first. */
function windowOrder(r: Resolving, outs: readonly Out[], use: UseDraft): readonly OrderTerm[] {
  for (const { of } of outs) {
    let over: Extract<Expr, { is: 'call' }>['over'];
    visit(of, (one) => {
      if (one.is === 'call') over ??= one.over;
      return undefined;
    });
    if (over === undefined) continue;
    const sorts = [...over.partition.map((one): Sort => ({ of: one, desc: false })), ...over.order];
    const ordered = sorts.map((sort) => orderTerm(r, sort, sort.of));
    if (ordered.length > 0 && ordered.every((one) => one?.use === use.at)) return ordered.flatMap((one) => one?.term ?? []);
  }
  return [];
}

function extremes(r: Resolving, outs: readonly Out[]): void {
  const found: { use: number; term: Term }[] = [];
  for (const { of } of outs) {
    const [arg] = of.is === 'call' ? of.args : [];
    // With FILTER, KEEP or OVER it is not the end of an index.
    const plain = of.is === 'call' && of.filter === undefined && of.order === undefined && of.over === undefined;
    const name = plain ? of.path.at(-1) : undefined;
    const end = arg === undefined || (name !== 'min' && name !== 'max') ? undefined : r.terms.termOf(arg, false);
    if (end === undefined) return;
    found.push(end);
  }
  for (const { use, term } of found) r.draft.uses[use]?.extremes.push(term);
}

/** How conditions around a query reach its columns. */
function reach(
  r: Resolving,
  query: Query,
  core: Core,
  outs: readonly Out[],
  { group, aggregated, distinct }: Shape,
): readonly Out[] {
  if (query.limit !== undefined || query.offset !== undefined) return outs.map((out) => wrapped(out, 'nothing'));
  const keys = (exprs: readonly Expr[]) => new Set(exprs.map((one) => r.terms.key(one)));
  if (aggregated || group.length > 0) {
    const grouped = keys(group);
    return outs.map((out) => wrapped(out, grouped.has(r.terms.key(out.of)) ? 'constants' : 'nothing'));
  }
  if (outs.some((out) => hasWindow(out.of))) {
    const partitions: ReadonlySet<string>[] = [];
    for (const out of outs)
      visit(out.of, (one) => {
        if (one.is === 'call' && one.over !== undefined) partitions.push(keys(one.over.partition));
        return one.is !== 'inner';
      });
    return outs.map((out) => wrapped(out, partitions.every((one) => one.has(r.terms.key(out.of))) ? 'constants' : 'nothing'));
  }
  if (core.distinct === undefined) return outs;
  const on = core.distinct === true ? undefined : keys(distinct);
  return outs.map((out) => wrapped(out, on === undefined || on.has(r.terms.key(out.of)) ? 'constants' : 'nothing'));
}

/** Elements of FROM that no condition connects, which makes every pair of their rows. */
function unjoined(r: Resolving, core: Core, sides: readonly ReadonlySet<number>[], links: readonly ReadonlySet<number>[]): void {
  const groups = sides.map((side) => new Set(side));
  for (const link of links) {
    const touched = groups.filter((group) => [...link].some((use) => group.has(use)));
    const [first, ...others] = touched;
    if (first === undefined) continue;
    for (const other of others) {
      for (const use of other) first.add(use);
      other.clear();
    }
  }
  const left = groups.flatMap((group, i) => (group.size > 0 ? [i] : []));
  const second = core.from[left[1] ?? -1];
  if (left.length > 1 && second !== undefined)
    r.finding('joins-without-condition', 'No condition joins this to what stands before it: every row meets every row.', second.at);
}

function readCore(r: Resolving, core: Core, outside: Scope, query: Query, sub: Sub | undefined): readonly Out[] | undefined {
  const block = r.draft.block();
  const first = r.draft.uses.length;
  const scope = newScope(outside);
  const place: Place = { spots: r.spots, ...(sub === undefined ? {} : { sub: { from: first, kind: sub } }) };
  const links: ReadonlySet<number>[] = [];
  const sides: ReadonlySet<number>[] = [];
  for (const from of core.from) {
    const start = r.draft.uses.length;
    const brought = readFrom(r, from, { sight: scope, outside, block, place, commands: SELECT });
    scope.items.push(...brought.items);
    scope.merged.push(...brought.merged);
    links.push(...brought.links);
    const lateral = (from.is === 'query' || from.is === 'function') && from.lateral;
    sides.push(new Set(lateral ? [] : r.draft.uses.slice(start).map((use) => use.at)));
  }
  if (core.where !== undefined) links.push(...r.where(core.where, scope, place));
  unjoined(r, core, sides, links);
  const outs = itemOuts(r, core.items, scope);
  const group = core.group.map((one) => listed(r, one, scope, outs, false));
  const distinct =
    core.distinct === undefined || core.distinct === true ? [] : core.distinct.map((one) => listed(r, one, scope, outs, false));
  if (core.having !== undefined) {
    const having = r.bound(core.having, aliased(scope, outs));
    r.conditions.add(having, place);
  }
  for (const window of core.windows)
    for (const one of [...window.partition, ...window.order.map(({ of }) => of)]) r.bound(one, scope);
  const sorts = query.body === core ? query.order.map((sort) => ({ sort, bound: listed(r, sort.of, scope, outs, true) })) : [];
  for (const one of [...group, ...distinct, ...sorts.map(({ bound }) => bound)]) r.need(one);
  const aggregated = core.group.length > 0 || outs.some((out) => isAggregated(out.of)) || core.having !== undefined;
  const shape: Shape = { group, aggregated, distinct, sorts, outs };
  // What is distinct is told apart by all of it; what is counted needs no column.
  if (core.distinct === true) for (const out of outs) r.need(out.of);
  tellUses(r, core, query, block, shape);
  return reach(r, query, core, outs, shape);
}

/** HAVING may name outputs in MySQL and SQLite. */
function aliased(scope: Scope, outs: readonly Out[]): Scope {
  const names = new Set(scope.items.flatMap((item) => item.outs?.map((out) => out.name) ?? []));
  const only = outs.filter((out) => !names.has(out.name) && out.name !== '?column?');
  return { ...scope, items: [...scope.items, { name: undefined, outs: dedupe(only), merged: new Set() }] };
}

function dedupe(outs: readonly Out[]): readonly Out[] {
  return outs.filter((out, i) => outs.findIndex((one) => one.name === out.name) === i);
}

function readSet(r: Resolving, query: Query, scope: Scope, sub: Sub | undefined): readonly Out[] | undefined {
  if (query.body.is !== 'set') return undefined;
  const { left, right, op, all } = query.body;
  const [a, b] = [r.query(left, scope, sub).outs, r.query(right, scope, sub).outs];
  const flat = op === 'union' && all;
  if (!flat) for (const out of [...(a ?? []), ...(b ?? [])]) r.need(out.of);
  if (a === undefined || b === undefined) return a ?? b;
  const set = r.draft.set();
  // Conditions do not reach below EXCEPT and LIMIT (`subquery_is_pushdown_safe`), nor to columns that are converted.
  const closed = query.limit !== undefined || query.offset !== undefined || op === 'except';
  return a.map((out, i) => {
    const other = b[i]?.of;
    const arms = other === undefined ? [out.of] : [out.of, other];
    const limited = closed || (other !== undefined && r.terms.typesDiffer(out.of, other));
    const of: Expr = {
      is: 'either',
      set,
      arms: arms.map((arm) => (flat ? arm : { is: 'inner', of: arm, takes: 'constants', at: arm.at })),
      at: out.of.at,
    };
    return limited ? wrapped({ name: out.name, of }, 'nothing') : { name: out.name, of };
  });
}

/** A query with everything in it. @param sub how it stands to the query around it. */
export function readQuery(r: Resolving, query: Query, parent: Scope, sub: Sub | undefined): Answer {
  const first = r.draft.uses.length;
  const scope = newScope(parent);
  readWith(r, query.with, scope, query);
  for (const one of [query.limit, query.offset]) if (one !== undefined) r.bound(one, scope);
  if (query.body.is === 'core') return { outs: readCore(r, query.body, scope, query, sub), first };
  if (query.body.is === 'set') {
    const outs = readSet(r, query, scope, sub);
    for (const { of } of query.order) {
      const named =
        of.is === 'column' ? outs?.find((out) => r.names.key(out.name) === r.names.key(of.path.at(-1)?.name ?? '')) : undefined;
      if (named !== undefined) r.need(named.of);
    }
    return { outs, first };
  }
  for (const row of query.body.rows) for (const one of row) r.bound(one, scope);
  const outs = query.body.rows[0]?.map((one, i): Out => ({ name: `column${i + 1}`, of: { is: 'elsewhere', at: one.at } }));
  return { outs, first };
}
