import { SPELLING } from '../dialects/base/queries/spelling.ts';
import type { Resolving } from './resolving.ts';
import { columnsLike, findColumn, findItem, itemsLike, type Scope } from './scope.ts';
import type { Expr, Name, Query } from './tree.ts';
import { mapChildren } from './walk.ts';

/** Columns of rows for which nothing is known. */
function elsewhere(expr: Expr): Expr {
  return { is: 'elsewhere', at: expr.at };
}

function placed(of: Expr, at: Expr['at']): Expr {
  return { ...of, at };
}

function plain(r: Resolving, expr: Expr, name: Name, scope: Scope): Expr {
  const found = findColumn(scope, name.name, r.names);
  switch (found.kind) {
    case 'column':
      return placed(found.out.of, expr.at);
    case 'row':
      for (const out of found.item.outs ?? []) r.need(out.of);
      return elsewhere(expr);
    case 'ambiguous':
      r.finding(
        'ambiguous-column',
        `${name.name} may be of ${found.names.join(' or ')}: say which.`,
        name.at,
        found.names.map((one) => `${one}.${name.name}`),
      );
      return elsewhere(expr);
    case 'perhaps':
      return elsewhere(expr);
    case 'nothing':
      if (!isHidden(r, name.name)) {
        const like = columnsLike(scope, name.name);
        r.finding('unknown-column', `No table of this query has a column ${name.name}.${meant(like)}`, name.at, like);
      }
      return elsewhere(expr);
  }
}

export function meant(like: readonly string[]): string {
  return like[0] === undefined ? '' : ` Did you mean ${like[0]}?`;
}

function isHidden(r: Resolving, name: string): boolean {
  return SPELLING[r.names.dialect].hidden.includes(name.toLowerCase());
}

function qualified(r: Resolving, expr: Expr, qualifier: Name, name: Name, scope: Scope): Expr {
  const item = findItem(scope, qualifier.name, r.names);
  if (item === undefined) {
    if (isHidden(r, name.name)) return elsewhere(expr);
    const column = findColumn(scope, qualifier.name, r.names);
    // A field of a column that holds a composite value.
    if (column.kind === 'column')
      return { is: 'part', of: placed(column.out.of, expr.at), fields: [name.name], more: [], at: expr.at };
    const like = itemsLike(scope, qualifier.name);
    r.finding('unknown-alias', `Nothing in FROM is called ${qualifier.name}.${meant(like)}`, qualifier.at, like);
    return elsewhere(expr);
  }
  if (item.outs === undefined) return elsewhere(expr);
  const key = r.names.key(name.name);
  const out = item.outs.find((one) => r.names.key(one.name) === key);
  if (out !== undefined) return placed(out.of, expr.at);
  if (!isHidden(r, name.name)) {
    const like = columnsLike({ items: [item], merged: [], ctes: new Map(), parent: undefined }, name.name);
    r.finding('unknown-column', `${qualifier.name} has no column ${name.name}.${meant(like)}`, name.at, like);
  }
  return elsewhere(expr);
}

/** A query inside an expression: its value depends on those outer uses that it needed. */
function result(r: Resolving, expr: Expr, query: Query, scope: Scope, outs: boolean): Expr {
  const { value, needed } = r.watching(() => {
    const answer = r.query(query, scope, 'scalar');
    if (outs) for (const out of answer.outs ?? []) r.need(out.of);
    return answer;
  });
  return { is: 'result', depends: [...needed].filter((use) => use < value.first), at: expr.at };
}

/** An expression with its names resolved. What a name does not mean is a finding, and then nothing is known of it. */
export function bind(r: Resolving, expr: Expr, scope: Scope): Expr {
  switch (expr.is) {
    case 'column': {
      const [qualifier, name] = expr.path.slice(-2);
      if (qualifier === undefined) return elsewhere(expr);
      if (qualifier.name === '*' || name?.name === '*') return elsewhere(expr);
      return name === undefined ? plain(r, expr, qualifier, scope) : qualified(r, expr, qualifier, name, scope);
    }
    case 'query':
      return result(r, expr, expr.query, scope, true);
    case 'exists':
      return result(r, expr, expr.query, scope, false);
    case 'in query': {
      const of = bind(r, expr.of, scope);
      const listed: Expr = { is: 'any', of, op: expr.op, array: result(r, expr, expr.query, scope, true), all: false, at: expr.at };
      return expr.not ? { is: 'not', of: listed, at: expr.at } : listed;
    }
    default:
      return mapChildren(expr, (child) => bind(r, child, scope));
  }
}
