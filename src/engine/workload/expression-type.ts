import type { ColumnType } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';
import { typeFacts } from '../rules/type-facts.ts';
import type { Expr } from './tree.ts';

/** Functions and aggregates whose result has one type, whatever they are given. */
const GIVES: Readonly<Record<string, string>> = {
  ...each('bigint', 'count row_number rank dense_rank nextval currval'),
  ...each('integer', 'length char_length octet_length strpos cardinality array_length ntile grouping'),
  ...each('double precision', 'date_part random sqrt power percentile_cont percent_rank cume_dist corr'),
  ...each('numeric', 'extract to_number'),
  ...each(
    'text',
    'lower upper initcap concat concat_ws string_agg listagg group_concat substring substr left right trim btrim ltrim rtrim replace ' +
      'to_char format md5 split_part lpad rpad repeat reverse regexp_replace translate',
  ),
  ...each('timestamptz', 'now current_timestamp clock_timestamp statement_timestamp transaction_timestamp to_timestamp'),
  ...each('date', 'current_date to_date make_date'),
  ...each('boolean', 'bool_and bool_or every starts_with'),
  ...each('jsonb', 'jsonb_agg jsonb_object_agg jsonb_build_object jsonb_build_array to_jsonb'),
  ...each('json', 'json_agg json_object_agg json_build_object json_build_array to_json row_to_json json_arrayagg'),
  ...each('tsvector', 'to_tsvector setweight'),
  ...each('uuid', 'gen_random_uuid uuidv4 uuidv7'),
};

function each(type: string, names: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

/** Functions whose result has the type of their first argument. */
const LIKE_FIRST: ReadonlySet<string> = new Set(
  'min max coalesce nullif greatest least any_value first_value last_value nth_value lag lead abs round floor ceil ceiling trunc mode array_remove array_append'.split(
    ' ',
  ),
);

const RANK: readonly string[] = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'];
const COMPARISONS: ReadonlySet<string> = new Set(['=', '<>', '!=', '<', '>', '<=', '>=', '@>', '<@', '&&', '?', '~', '~*', '@@']);

const builtin = (name: string): ColumnType => ({ kind: 'builtin', name });

/** A type as a cast names it: `numeric(12, 2)`, `text[]`. */
function written(sql: string): ColumnType {
  let name = sql.trim();
  let dims = 0;
  for (; name.endsWith('[]'); dims++) name = name.slice(0, -2).trimEnd();
  const open = name.indexOf('(');
  const close = name.indexOf(')', open);
  const args = open < 0 || close < 0 ? undefined : name.slice(open + 1, close).split(',');
  const bare = args === undefined ? name : `${name.slice(0, open).trimEnd()}${name.slice(close + 1)}`;
  return {
    kind: 'builtin',
    name: bare,
    ...(args === undefined ? {} : { args: args.map((one) => one.trim()) }),
    ...(dims === 0 ? {} : { dims }),
  };
}

/**
 * The type of what a resolved expression gives, as far as its columns, casts, operators and well-known functions tell; undefined
 * where nothing tells it. PostgreSQL's rules for sums and averages (manual, 9.21).
 * @param columnType the type of a column of a table use
 */
export function expressionType(
  document: Document,
  expr: Expr,
  columnType: (use: number, column: string) => ColumnType | undefined,
): ColumnType | undefined {
  const of = (one: Expr): ColumnType | undefined => expressionType(document, one, columnType);
  const first = (all: readonly Expr[]): ColumnType | undefined => {
    for (const one of all) {
      const type = of(one);
      if (type !== undefined) return type;
    }
    return undefined;
  };
  switch (expr.is) {
    case 'base':
      return columnType(expr.use, expr.column);
    case 'inner':
    case 'collate':
      return of(expr.of);
    case 'either':
      return first(expr.arms);
    case 'cast':
      return written(expr.type);
    case 'literal':
      if (expr.type === 'number') return builtin(/^-?\d+$/.test(expr.text) ? 'integer' : 'numeric');
      return expr.type === 'string' ? builtin('text') : expr.type === 'truth' ? builtin('boolean') : undefined;
    case 'case':
      return first([...expr.whens.map((one) => one.result), ...(expr.other === undefined ? [] : [expr.other])]);
    case 'unary':
      return of(expr.of);
    case 'binary':
      return ofOperator(document, expr.op, of(expr.left), of(expr.right));
    case 'call':
      return ofCall(document, expr, of);
    case 'array': {
      const type = first(expr.items);
      return type === undefined ? undefined : { ...type, dims: (type.dims ?? 0) + 1 };
    }
    case 'and':
    case 'or':
    case 'not':
    case 'like':
    case 'null':
    case 'truth':
    case 'distinct':
    case 'between':
    case 'in':
    case 'any':
      return builtin('boolean');
    default:
      return undefined;
  }
}

function ofOperator(
  document: Document,
  op: string,
  left: ColumnType | undefined,
  right: ColumnType | undefined,
): ColumnType | undefined {
  if (COMPARISONS.has(op)) return builtin('boolean');
  if (op === '||') return left?.dims === undefined ? builtin('text') : left;
  if (op === '->>' || op === '#>>') return builtin('text');
  if (op === '->' || op === '#>') return left;
  const [a, b] = [left, right].map((one) => (one === undefined ? undefined : typeFacts(document, one).name));
  if (op === '-' && a === 'date' && b === 'date') return builtin('integer');
  if (op === '-' && a !== undefined && a === b && a.startsWith('timestamp')) return builtin('interval');
  const [i, j] = [RANK.indexOf(a ?? ''), RANK.indexOf(b ?? '')];
  if (i >= 0 && j >= 0) return builtin(RANK[Math.max(i, j)] as string);
  return left ?? right;
}

function ofCall(
  document: Document,
  { path, args }: Expr & { is: 'call' },
  of: (one: Expr) => ColumnType | undefined,
): ColumnType | undefined {
  const name = (path.at(-1) ?? '').toLowerCase();
  if (Object.hasOwn(GIVES, name)) return builtin(GIVES[name] as string);
  const types = args.map(of);
  const given = types.find((one) => one !== undefined);
  const own = given === undefined ? undefined : typeFacts(document, given).name;
  if (name === 'date_trunc' || name === 'date_bin') return types[1] ?? builtin('timestamptz');
  if (name === 'array_agg') return given === undefined ? undefined : { ...given, dims: (given.dims ?? 0) + 1 };
  if (name === 'sum') {
    if (own === 'smallint' || own === 'integer') return builtin('bigint');
    return own === 'bigint' ? builtin('numeric') : given;
  }
  if (name === 'avg') return own === 'real' || own === 'double precision' ? builtin('double precision') : builtin('numeric');
  return LIKE_FIRST.has(name) ? given : undefined;
}
