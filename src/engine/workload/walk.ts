import type { Expr, Sort } from './tree.ts';

function mapSorts(sorts: readonly Sort[], change: (expr: Expr) => Expr): readonly Sort[] {
  return sorts.map((sort) => ({ ...sort, of: change(sort.of) }));
}

/** The same expression with each of those right below it changed. */
export function mapChildren(expr: Expr, change: (expr: Expr) => Expr): Expr {
  switch (expr.is) {
    case 'binary':
    case 'distinct':
      return { ...expr, left: change(expr.left), right: change(expr.right) };
    case 'unary':
    case 'not':
    case 'null':
    case 'truth':
    case 'cast':
    case 'collate':
    case 'inner':
    case 'in query':
      return { ...expr, of: change(expr.of) };
    case 'and':
    case 'or':
    case 'row':
    case 'array':
      return { ...expr, items: expr.items.map(change) };
    case 'like':
      return { ...expr, of: change(expr.of), pattern: change(expr.pattern) };
    case 'between':
      return { ...expr, of: change(expr.of), low: change(expr.low), high: change(expr.high) };
    case 'in':
      return { ...expr, of: change(expr.of), list: expr.list.map(change) };
    case 'any':
      return { ...expr, of: change(expr.of), array: change(expr.array) };
    case 'call':
      return {
        ...expr,
        args: expr.args.map(change),
        ...(expr.filter === undefined ? {} : { filter: change(expr.filter) }),
        ...(expr.order === undefined ? {} : { order: mapSorts(expr.order, change) }),
        ...(expr.over === undefined
          ? {}
          : { over: { partition: expr.over.partition.map(change), order: mapSorts(expr.over.order, change) } }),
      };
    case 'case':
      return {
        ...expr,
        ...(expr.subject === undefined ? {} : { subject: change(expr.subject) }),
        whens: expr.whens.map(({ when, result }) => ({ when: change(when), result: change(result) })),
        ...(expr.other === undefined ? {} : { other: change(expr.other) }),
      };
    case 'part':
      return { ...expr, of: change(expr.of), more: expr.more.map(change) };
    case 'either':
      return { ...expr, arms: expr.arms.map(change) };
    default:
      return expr;
  }
}

/** The expressions right below one, in the order of the text; queries in it are not gone into. */
function childrenOf(expr: Expr): readonly Expr[] {
  const children: Expr[] = [];
  mapChildren(expr, (child) => {
    children.push(child);
    return child;
  });
  return children;
}

/** Calls `on` for the expression and everything in it; where that says false, it does not go deeper. */
export function visit(expr: Expr, on: (expr: Expr) => boolean | undefined): void {
  if (on(expr) === false) return;
  for (const child of childrenOf(expr)) visit(child, on);
}

/** Whether something in the expression is such. */
export function holds(expr: Expr, is: (expr: Expr) => boolean): boolean {
  return is(expr) || childrenOf(expr).some((child) => holds(child, is));
}

/** Positions of the table uses it looks at, those that inner queries depend on included. */
export function usesIn(expr: Expr, into = new Set<number>()): Set<number> {
  visit(expr, (one) => {
    if (one.is === 'base') into.add(one.use);
    if (one.is === 'result') for (const use of one.depends) into.add(use);
    return true;
  });
  return into;
}

/** Whether its value depends on a row of any kind. */
export function dependsOnRows(expr: Expr): boolean {
  return holds(
    expr,
    (one) => one.is === 'base' || one.is === 'elsewhere' || one.is === 'column' || (one.is === 'result' && one.depends.length > 0),
  );
}

const OPPOSITE: Readonly<Record<string, string>> = { '=': '<>', '<>': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/** NOT, as far as it can be pushed in. */
export function negated(expr: Expr): Expr {
  switch (expr.is) {
    case 'not':
      return expr.of;
    case 'and':
    case 'or':
      return { is: expr.is === 'and' ? 'or' : 'and', items: expr.items.map(negated), at: expr.at };
    case 'binary': {
      const op = Object.hasOwn(OPPOSITE, expr.op) ? OPPOSITE[expr.op] : undefined;
      return op === undefined || expr.left.is === 'row' ? { is: 'not', of: expr, at: expr.at } : { ...expr, op };
    }
    case 'like':
    case 'null':
    case 'distinct':
    case 'between':
    case 'in':
      return { ...expr, not: !expr.not };
    case 'in query':
      return expr.op === '=' ? { ...expr, not: !expr.not } : { is: 'not', of: expr, at: expr.at };
    default:
      return { is: 'not', of: expr, at: expr.at };
  }
}

/** Conditions that must all hold. */
export function conjuncts(expr: Expr): readonly Expr[] {
  if (expr.is === 'and') return expr.items.flatMap(conjuncts);
  if (expr.is === 'not') {
    const inner = negated(expr.of);
    return inner.is === 'not' ? [expr] : conjuncts(inner);
  }
  return [expr];
}

/** Conditions of which one must hold. */
export function disjuncts(expr: Expr): readonly Expr[] {
  if (expr.is === 'or') return expr.items.flatMap(disjuncts);
  if (expr.is === 'not') {
    const inner = negated(expr.of);
    return inner.is === 'not' ? [expr] : disjuncts(inner);
  }
  return [expr];
}
