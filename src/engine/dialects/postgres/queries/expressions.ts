import type { Spot } from '../../../workload/facts.ts';
import type { Expr, PatternOperator, Query, Sort } from '../../../workload/tree.ts';
import { as, field, isNode, list, type Node, strings, text } from '../expressions/tree.ts';
import type { Places } from './places.ts';
import { operatorOf, typeSql } from './types.ts';

/** PostgreSQL's parse trees of expressions, as trees of the workload. */
export class Expressions {
  readonly places: Places;
  readonly #query: (node: Node) => Query;

  /** @param query reads a SELECT, which an expression may hold. */
  constructor(places: Places, query: (node: Node) => Query) {
    this.places = places;
    this.#query = query;
  }

  of(value: unknown): Expr {
    if (isNode(value)) {
      for (const [kind, node] of Object.entries(value)) {
        const read = READERS[kind];
        if (isNode(node) && read !== undefined) return read(this, node);
        if (isNode(node)) return this.#unknown(kind, node);
      }
    }
    return { is: 'word', text: '', at: { start: 0, end: 0 } };
  }

  all(values: readonly unknown[]): Expr[] {
    return values.map((value) => this.of(value));
  }

  query(value: unknown): Query {
    const select = as(value, 'SelectStmt');
    return this.#query(select ?? {});
  }

  sorts(values: readonly unknown[]): Sort[] {
    return values.flatMap((value) => {
      const sort = as(value, 'SortBy');
      if (sort === undefined) return [];
      const desc = text(sort, 'sortby_dir') === 'SORTBY_DESC' || operatorOf(sort, 'useOp') === '>';
      const said = text(sort, 'sortby_nulls');
      const nulls = said === 'SORTBY_NULLS_FIRST' ? 'first' : said === 'SORTBY_NULLS_LAST' ? 'last' : undefined;
      return [{ of: this.of(sort['node']), desc, ...(nulls === undefined ? {} : { nulls }) }];
    });
  }

  at(node: Node, ...parts: readonly (Spot | undefined)[]): Spot {
    return this.places.around(node, ...parts);
  }

  /** Kinds without a reader of their own (XML, JSON constructors) mean a call of whatever they hold. */
  #unknown(kind: string, node: Node): Expr {
    const args: Expr[] = [];
    const look = (value: unknown): void => {
      if (Array.isArray(value)) for (const one of value) look(one);
      else if (isNode(value)) {
        const [first] = Object.keys(value);
        if (first !== undefined && READERS[first] !== undefined && isNode(value[first])) args.push(this.of(value));
        else for (const one of Object.values(value)) look(one);
      }
    };
    look(node);
    return { is: 'call', path: [kind.toLowerCase()], args, at: this.at(node, ...args.map((one) => one.at)) };
  }
}

type Reader = (from: Expressions, node: Node) => Expr;

function constant(from: Expressions, node: Node): Expr {
  const at = from.at(node);
  if (node['isnull'] === true) return { is: 'literal', type: 'null', text: 'NULL', at };
  const string = field(node, 'sval');
  if (string !== undefined) return { is: 'literal', type: 'string', text: text(string, 'sval') ?? '', at };
  const truth = field(node, 'boolval');
  if (truth !== undefined) return { is: 'literal', type: 'truth', text: truth['boolval'] === true ? 'true' : 'false', at };
  const whole = field(node, 'ival');
  if (whole !== undefined) return { is: 'literal', type: 'number', text: String(whole['ival'] ?? 0), at };
  const exact = field(node, 'fval');
  if (exact !== undefined) return { is: 'literal', type: 'number', text: text(exact, 'fval') ?? '0', at };
  const bits = field(node, 'bsval');
  const said = bits === undefined ? '' : (text(bits, 'bsval') ?? '');
  return { is: 'literal', type: 'other', text: `${said.slice(0, 1)}'${said.slice(1)}'`, at };
}

function column(from: Expressions, node: Node): Expr {
  const names = strings(list(node, 'fields')).map((name) => name ?? '*');
  return { is: 'column', path: from.places.path(node, names), at: wholePath(from, node, names) };
}

function wholePath(from: Expressions, node: Node, names: readonly string[]): Spot {
  return from.at(node, ...from.places.path(node, names).map((one) => one.at));
}

function call(from: Expressions, node: Node): Expr {
  const path = strings(list(node, 'funcname')).filter((name) => name !== undefined);
  const args = from.all(list(node, 'args'));
  const filter = node['agg_filter'] === undefined ? undefined : from.of(node['agg_filter']);
  const over = field(node, 'over');
  const order = from.sorts(list(node, 'agg_order'));
  const system = path.length > 1 && path[0] === 'pg_catalog';
  return {
    is: 'call',
    path: system ? path.slice(1) : path,
    args,
    at: from.at(node, ...args.map((one) => one.at)),
    ...(node['agg_distinct'] === true ? { distinct: true as const } : {}),
    ...(node['agg_star'] === true ? { star: true as const } : {}),
    ...(filter === undefined ? {} : { filter }),
    ...(order.length === 0 ? {} : { order }),
    ...(over === undefined ? {} : { over: window(from, over) }),
    ...(system && path.at(-1) === 'extract' ? { form: 'extract' as const } : {}),
  };
}

/** What a window is made of. */
export function window(from: Expressions, node: Node): { partition: readonly Expr[]; order: readonly Sort[] } {
  return { partition: from.all(list(node, 'partitionClause')), order: from.sorts(list(node, 'orderClause')) };
}

const PATTERNS: Readonly<Record<string, readonly [PatternOperator, boolean]>> = {
  '~~': ['like', false],
  '!~~': ['like', true],
  '~~*': ['ilike', false],
  '!~~*': ['ilike', true],
  '~': ['regexp', false],
  '!~': ['regexp', true],
  '~*': ['iregexp', false],
  '!~*': ['iregexp', true],
};

/** `like_escape('x', '!')` is the pattern with another escape, `similar_to_escape('x')` the pattern itself. */
function pattern(from: Expressions, value: unknown): Expr {
  const inner = as(value, 'FuncCall');
  const name = inner === undefined ? undefined : strings(list(inner, 'funcname')).at(-1);
  const args = inner === undefined ? [] : list(inner, 'args');
  return name === 'similar_to_escape' && args.length === 1 ? from.of(args[0]) : from.of(value);
}

function operation(from: Expressions, node: Node): Expr {
  const kind = text(node, 'kind');
  const op = operatorOf(node);
  if (kind === 'AEXPR_SIMILAR' || (Object.hasOwn(PATTERNS, op) && kind !== 'AEXPR_OP_ANY' && kind !== 'AEXPR_OP_ALL')) {
    const of = from.of(node['lexpr']);
    const said = pattern(from, node['rexpr']);
    const [word, not] = PATTERNS[op] ?? ['similar', false];
    return {
      is: 'like',
      op: kind === 'AEXPR_SIMILAR' ? 'similar' : word,
      not,
      of,
      pattern: said,
      at: from.at(node, of.at, said.at),
    };
  }
  if (kind === 'AEXPR_IN' || kind?.startsWith('AEXPR_') !== true) return oneOf(from, node, op);
  if (kind.includes('BETWEEN')) {
    const [low, high] = from.all(list(as(node['rexpr'], 'List') ?? {}, 'items'));
    const of = from.of(node['lexpr']);
    const at = from.at(node, of.at, low?.at, high?.at);
    if (low === undefined || high === undefined) return of;
    return { is: 'between', of, low, high, not: kind.includes('NOT'), at };
  }
  if (node['lexpr'] === undefined) {
    const of = from.of(node['rexpr']);
    return { is: 'unary', op, of, at: from.at(node, of.at) };
  }
  const left = from.of(node['lexpr']);
  const right = from.of(node['rexpr']);
  const at = from.at(node, left.at, right.at);
  if (kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_OP_ALL')
    return { is: 'any', of: left, op, array: right, all: kind === 'AEXPR_OP_ALL', at };
  if (kind === 'AEXPR_DISTINCT' || kind === 'AEXPR_NOT_DISTINCT')
    return { is: 'distinct', left, right, not: kind === 'AEXPR_NOT_DISTINCT', at };
  if (kind === 'AEXPR_NULLIF') return { is: 'call', path: ['nullif'], args: [left, right], at };
  return { is: 'binary', op: op === '!=' ? '<>' : op, left, right, at };
}

function oneOf(from: Expressions, node: Node, op: string): Expr {
  const of = from.of(node['lexpr']);
  const items = from.all(list(as(node['rexpr'], 'List') ?? {}, 'items'));
  return { is: 'in', of, list: items, not: op === '<>', at: from.at(node, of.at, ...items.map((one) => one.at)) };
}

function logic(from: Expressions, node: Node): Expr {
  const items = from.all(list(node, 'args'));
  const at = from.at(node, ...items.map((one) => one.at));
  const [first] = items;
  if (text(node, 'boolop') === 'NOT_EXPR' && first !== undefined) return { is: 'not', of: first, at };
  return { is: text(node, 'boolop') === 'OR_EXPR' ? 'or' : 'and', items, at };
}

function sublink(from: Expressions, node: Node): Expr {
  const query = from.query(node['subselect']);
  const test = node['testexpr'] === undefined ? undefined : from.of(node['testexpr']);
  const at = from.at(node, test?.at, query.at);
  switch (text(node, 'subLinkType')) {
    case 'EXISTS_SUBLINK':
      return { is: 'exists', query, at };
    case 'ANY_SUBLINK':
    case 'ALL_SUBLINK': {
      const op = operatorOf(node, 'operName') || '=';
      const all = text(node, 'subLinkType') === 'ALL_SUBLINK';
      if (test === undefined) return { is: 'query', query, at };
      return { is: 'in query', of: test, op: all && op === '<>' ? '=' : op, query, not: all && op === '<>', at };
    }
    default:
      return { is: 'query', query, at };
  }
}

function cases(from: Expressions, node: Node): Expr {
  const whens = list(node, 'args').flatMap((value) => {
    const when = as(value, 'CaseWhen');
    return when === undefined ? [] : [{ when: from.of(when['expr']), result: from.of(when['result']) }];
  });
  const subject = node['arg'] === undefined ? undefined : from.of(node['arg']);
  const other = node['defresult'] === undefined ? undefined : from.of(node['defresult']);
  const at = from.at(node, ...whens.flatMap(({ when, result }) => [when.at, result.at]), other?.at);
  return { is: 'case', whens, at, ...(subject === undefined ? {} : { subject }), ...(other === undefined ? {} : { other }) };
}

function cast(from: Expressions, node: Node): Expr {
  const of = from.of(node['arg']);
  const type = field(node, 'typeName');
  const at = from.at(node, of.at, type === undefined ? undefined : from.places.token(type));
  return { is: 'cast', of, type: type === undefined ? 'text' : typeSql(type), at };
}

function listed(is: 'row' | 'array', key: string): Reader {
  return (from, node) => {
    const items = from.all(list(node, key));
    return { is, items, at: from.at(node, ...items.map((one) => one.at)) };
  };
}

function named(name: (node: Node) => string, args: (node: Node) => readonly unknown[]): Reader {
  return (from, node) => {
    const held = from.all(args(node));
    return { is: 'call', path: [name(node)], args: held, at: from.at(node, ...held.map((one) => one.at)) };
  };
}

function indirection(from: Expressions, node: Node): Expr {
  const of = from.of(node['arg']);
  const fields: string[] = [];
  const more: Expr[] = [];
  for (const value of list(node, 'indirection')) {
    const index = as(value, 'A_Indices');
    const name = strings([value])[0];
    if (name !== undefined) fields.push(name);
    else if (index !== undefined) {
      for (const key of ['lidx', 'uidx']) if (index[key] !== undefined) more.push(from.of(index[key]));
    } else fields.push('*');
  }
  return { is: 'part', of, fields, more, at: from.at(node, of.at, ...more.map((one) => one.at)) };
}

function valueFunction(from: Expressions, node: Node): Expr {
  const op = (text(node, 'op') ?? '')
    .replace(/^SVFOP_/, '')
    .replace(/_N$/, '')
    .toLowerCase();
  return { is: 'call', path: [op], args: [], form: 'bare', at: from.at(node) };
}

const READERS: Readonly<Record<string, Reader | undefined>> = {
  A_Const: constant,
  ColumnRef: column,
  ParamRef: (from, node) => ({ is: 'parameter', name: `$${String(node['number'] ?? 0)}`, at: from.at(node) }),
  FuncCall: call,
  A_Expr: operation,
  BoolExpr: logic,
  SubLink: sublink,
  CaseExpr: cases,
  TypeCast: cast,
  NullTest: (from, node) => {
    const of = from.of(node['arg']);
    return { is: 'null', of, not: text(node, 'nulltesttype') === 'IS_NOT_NULL', at: from.at(node, of.at) };
  },
  BooleanTest: (from, node) => {
    const of = from.of(node['arg']);
    const said = (text(node, 'booltesttype') ?? '').toLowerCase();
    const what = said.endsWith('unknown') ? 'unknown' : said.endsWith('true') ? 'true' : 'false';
    return { is: 'truth', of, what, not: said.startsWith('is_not'), at: from.at(node, of.at) };
  },
  RowExpr: listed('row', 'args'),
  A_ArrayExpr: listed('array', 'elements'),
  List: listed('row', 'items'),
  A_Indirection: indirection,
  CollateClause: (from, node) => {
    const of = from.of(node['arg']);
    const collation = strings(list(node, 'collname')).filter((name) => name !== undefined);
    return {
      is: 'collate',
      of,
      collation: collation.map((name) => `"${name.replaceAll('"', '""')}"`).join('.'),
      at: from.at(node, of.at),
    };
  },
  SQLValueFunction: valueFunction,
  CoalesceExpr: named(
    () => 'coalesce',
    (node) => list(node, 'args'),
  ),
  MinMaxExpr: named(
    (node) => (text(node, 'op') === 'IS_LEAST' ? 'least' : 'greatest'),
    (node) => list(node, 'args'),
  ),
  GroupingFunc: named(
    () => 'grouping',
    (node) => list(node, 'args'),
  ),
  NamedArgExpr: (from, node) => from.of(node['arg']),
  MultiAssignRef: (from, node) => from.of(node['source']),
  SetToDefault: (from, node) => ({ is: 'default', at: from.at(node) }),
};
