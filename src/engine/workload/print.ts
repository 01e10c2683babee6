import type { Dialect, Id, Sql } from '#model/types.ts';
import { quotedName } from '../dialects/base/quote.ts';
import { literalFor } from '../move/sql/literals.ts';
import type { Call, Expr, Sort } from './tree.ts';

/** How columns of table uses are called in what is printed. */
export interface Printing {
  readonly dialect: Dialect;
  nameOf(use: number, column: Id): string;
}

const LIKE_WORDS = { like: 'LIKE', ilike: 'ILIKE', similar: 'SIMILAR TO', regexp: '~', iregexp: '~*', glob: 'GLOB' } as const;
const PREFIXED = new Set([
  'is',
  'binary',
  'unary',
  'and',
  'or',
  'not',
  'like',
  'null',
  'truth',
  'distinct',
  'between',
  'in',
  'any',
  'collate',
]);

/** What needs brackets as an operand. */
function isCompound(expr: Expr): boolean {
  if (expr.is === 'literal') return expr.type === 'number' && expr.text.startsWith('-');
  if (expr.is === 'inner') return isCompound(expr.of);
  return PREFIXED.has(expr.is);
}

function operand(expr: Expr, how: Printing): string {
  const text = print(expr, how);
  return isCompound(expr) ? `(${text})` : text;
}

function list(items: readonly Expr[], how: Printing): string {
  return items.map((one) => print(one, how)).join(', ');
}

function literal(expr: Expr & { is: 'literal' }, how: Printing): string {
  return expr.type === 'string' ? literalFor(expr.text, how.dialect) : expr.text;
}

function sorts(items: readonly Sort[], how: Printing): string {
  return items
    .map(
      ({ of, desc, nulls }) =>
        `${print(of, how)}${desc ? ' DESC' : ''}${nulls === undefined ? '' : ` NULLS ${nulls.toUpperCase()}`}`,
    )
    .join(', ');
}

function call(expr: Call, how: Printing): string {
  const { path, args } = expr;
  const name = path
    .map((one, i) => (/^[a-z_][a-z0-9_$]*$/.test(one) && i === path.length - 1 ? one : quotedName(one, how.dialect)))
    .join('.');
  if (expr.form === 'bare') return path.join('.').toUpperCase();
  const [first, second] = args;
  if (expr.form === 'extract' && first?.is === 'literal' && second !== undefined)
    return `EXTRACT(${first.text} FROM ${print(second, how)})`;
  const held = `${expr.distinct === true ? 'DISTINCT ' : ''}${expr.star === true ? '*' : list(args, how)}`;
  const order = expr.order === undefined ? '' : ` ORDER BY ${sorts(expr.order, how)}`;
  const filter = expr.filter === undefined ? '' : ` FILTER (WHERE ${print(expr.filter, how)})`;
  const over =
    expr.over === undefined
      ? ''
      : ` OVER (${[...(expr.over.partition.length === 0 ? [] : [`PARTITION BY ${list(expr.over.partition, how)}`]), ...(expr.over.order.length === 0 ? [] : [`ORDER BY ${sorts(expr.over.order, how)}`])].join(' ')})`;
  return `${name}(${held}${order})${filter}${over}`;
}

function cases(expr: Expr & { is: 'case' }, how: Printing): string {
  const subject = expr.subject === undefined ? '' : ` ${print(expr.subject, how)}`;
  const whens = expr.whens.map(({ when, result }) => ` WHEN ${print(when, how)} THEN ${print(result, how)}`).join('');
  return `CASE${subject}${whens}${expr.other === undefined ? '' : ` ELSE ${print(expr.other, how)}`} END`;
}

/** A resolved expression as SQL of its dialect. What a query gives is printed as `(...)`. */
export function print(expr: Expr, how: Printing): Sql {
  switch (expr.is) {
    case 'base':
      return how.nameOf(expr.use, expr.column);
    case 'column':
      return expr.path.map(({ name }) => (name === '*' ? name : quotedName(name, how.dialect))).join('.');
    case 'literal':
      return literal(expr, how);
    case 'parameter':
      return expr.name.replace(/^\?\d+$/, '?');
    case 'binary':
      return `${operand(expr.left, how)} ${expr.op.toUpperCase()} ${operand(expr.right, how)}`;
    case 'unary':
      return `${expr.op}${operand(expr.of, how)}`;
    case 'and':
    case 'or':
      return expr.items.map((one) => operand(one, how)).join(expr.is === 'and' ? ' AND ' : ' OR ');
    case 'not':
      return `NOT ${operand(expr.of, how)}`;
    case 'like':
      return `${operand(expr.of, how)} ${expr.op === 'regexp' || expr.op === 'iregexp' ? `${expr.not ? '!' : ''}${LIKE_WORDS[expr.op]}` : `${expr.not ? 'NOT ' : ''}${LIKE_WORDS[expr.op]}`} ${operand(expr.pattern, how)}`;
    case 'null':
      return `${operand(expr.of, how)} IS ${expr.not ? 'NOT ' : ''}NULL`;
    case 'truth':
      return `${operand(expr.of, how)} IS ${expr.not ? 'NOT ' : ''}${expr.what.toUpperCase()}`;
    case 'distinct':
      return `${operand(expr.left, how)} IS ${expr.not ? 'NOT ' : ''}DISTINCT FROM ${operand(expr.right, how)}`;
    case 'between':
      return `${operand(expr.of, how)} ${expr.not ? 'NOT ' : ''}BETWEEN ${operand(expr.low, how)} AND ${operand(expr.high, how)}`;
    case 'in':
      return `${operand(expr.of, how)} ${expr.not ? 'NOT ' : ''}IN (${list(expr.list, how)})`;
    case 'any':
      return `${operand(expr.of, how)} ${expr.op} ${expr.all ? 'ALL' : 'ANY'} (${print(expr.array, how)})`;
    case 'call':
      return call(expr, how);
    case 'cast':
      return `CAST(${print(expr.of, how)} AS ${expr.type})`;
    case 'collate':
      return `${operand(expr.of, how)} COLLATE ${expr.collation}`;
    case 'case':
      return cases(expr, how);
    case 'row':
      return `(${list(expr.items, how)})`;
    case 'array':
      return `ARRAY[${list(expr.items, how)}]`;
    case 'part':
      return `(${print(expr.of, how)})${expr.fields.map((one) => `.${one}`).join('')}${expr.more.map((one) => `[${print(one, how)}]`).join('')}`;
    case 'inner':
      return print(expr.of, how);
    case 'either':
      return expr.arms[0] === undefined ? '(...)' : print(expr.arms[0], how);
    case 'default':
      return 'DEFAULT';
    case 'word':
      return expr.text;
    case 'in query':
      return `${operand(expr.of, how)} ${expr.not ? 'NOT ' : ''}IN (...)`;
    default:
      return '(...)';
  }
}
