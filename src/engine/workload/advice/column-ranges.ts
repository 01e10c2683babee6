/** Conditions on a column that mean the same as conditions on something computed from it. */
import { isText, typeFacts } from '../../rules/type-facts.ts';
import type { Expr } from '../tree.ts';
import type { Seen } from './blocks.ts';
import { familyOf } from './families.ts';
import type { Comparison } from './function-on-column.ts';
import type { QueryRead } from './read.ts';

export interface ColumnRange {
  readonly text: string;
  /** The rows are the same; this is what an index that serves it needs. */
  readonly conditions: readonly string[];
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day that the expression is the day of, when it is one: `date(x)`, `x::date`, `CAST(x AS date)`. */
function isDayOf(side: Expr, column: Expr): boolean {
  if (side.is === 'cast') return side.type === 'date' && side.of === column;
  return side.is === 'call' && side.path.at(-1) === 'date' && side.args.length === 1 && side.args[0] === column;
}

function days(q: QueryRead, name: string, { op, value, side }: Comparison, column: Expr): string | undefined {
  const { nextDay } = q.words;
  if (nextDay === undefined || !isDayOf(side, column) || op === 'in') return undefined;
  const day = (expr: Expr) => {
    if (expr.is === 'literal' && expr.type === 'string') return DAY.test(expr.text) ? q.words.day?.(expr.text) : undefined;
    if (expr.is === 'parameter') return `CAST(${q.said(expr)} AS DATE)`;
    if (expr.is === 'cast' && expr.type === 'date') return q.said(expr);
    return expr.is === 'call' && /^(?:current_date|curdate)$/.test(expr.path.at(-1) ?? '') ? q.said(expr) : undefined;
  };
  const repeats = q.words.positional === true;
  if (value.is === 'between') {
    const [low, high] = [day(value.low), day(value.high)];
    return low === undefined || high === undefined ? undefined : `${name} >= ${low} AND ${name} < ${nextDay(high)}`;
  }
  const from = day(value);
  if (from === undefined) return undefined;
  if (op === '<' || op === '>=') return `${name} ${op} ${from}`;
  if (op === '<=') return `${name} < ${nextDay(from)}`;
  if (op === '>') return `${name} >= ${nextDay(from)}`;
  return repeats && value.is === 'parameter' ? undefined : `${name} >= ${from} AND ${name} < ${nextDay(from)}`;
}

/** `extract(year from x) = 2024`, `year(x) = 2024`. */
function years(q: QueryRead, name: string, { op, value, side }: Comparison, column: Expr): string | undefined {
  if (side.is !== 'call' || value.is !== 'literal' || !/^\d{4}$/.test(value.text)) return undefined;
  const last = side.path.at(-1);
  const unit = side.args[0];
  const isYear =
    (last === 'year' && side.args.length === 1 && side.args[0] === column) ||
    (last === 'extract' &&
      side.args[1] === column &&
      (unit?.is === 'word' || unit?.is === 'literal') &&
      unit.text.toLowerCase() === 'year');
  const from = q.words.day?.(`${value.text}-01-01`);
  const year = Number(value.text);
  const to = year >= 9999 ? undefined : q.words.day?.(`${String(year + 1).padStart(4, '0')}-01-01`);
  if (!isYear || from === undefined || to === undefined || year < 1000) return undefined;
  if (op === '=') return `${name} >= ${from} AND ${name} < ${to}`;
  if (op === '<' || op === '>=') return `${name} ${op} ${from}`;
  return op === '<=' || op === '>' ? `${name} ${op === '<=' ? '<' : '>='} ${to}` : undefined;
}

/** `date_trunc('month', x) = date '2024-05-01'`, of a day on which the unit begins. */
function truncated(q: QueryRead, name: string, { op, value, side }: Comparison, column: Expr): string | undefined {
  if (side.is !== 'call' || side.path.at(-1) !== 'date_trunc' || side.args.length !== 2 || side.args[1] !== column)
    return undefined;
  const unit = side.args[0]?.is === 'literal' ? side.args[0].text.toLowerCase() : '';
  const plain = value.is === 'cast' ? value.of : value;
  const day = plain.is === 'literal' ? DAY.exec(plain.text) : null;
  if (day === null || op !== '=') return undefined;
  const begins = unit === 'day' || (unit === 'month' && day[3] === '01') || (unit === 'year' && day[2] === '01' && day[3] === '01');
  const from = q.words.day?.(day[0]);
  if (!begins || from === undefined) return undefined;
  return `${name} >= ${from} AND ${name} < ${from} + INTERVAL '1' ${unit.toUpperCase()}`;
}

/** `x + 5 > 10`, in whole numbers. */
function moved(name: string, { op, value, side }: Comparison, column: Expr): string | undefined {
  if (side.is !== 'binary' || !/^[-+]$/.test(side.op) || side.left !== column || !/^[<>=]/.test(op)) return undefined;
  const [by, to] = [side.right, value];
  if (by.is !== 'literal' || to.is !== 'literal' || !/^-?\d{1,9}$/.test(by.text) || !/^-?\d{1,9}$/.test(to.text)) return undefined;
  const result = side.op === '+' ? Number(to.text) - Number(by.text) : Number(to.text) + Number(by.text);
  return `${name} ${op} ${result}`;
}

/** `coalesce(x, 0) = 5`: where it equals something else than what stands for NULL, x is not NULL. */
function coalesced(q: QueryRead, name: string, { op, value, side }: Comparison, column: Expr): string | undefined {
  if (side.is !== 'call' || !/^(?:coalesce|ifnull|nvl|isnull)$/.test(side.path.at(-1) ?? '') || op !== '=') return undefined;
  const [of, other] = side.args;
  if (side.args.length !== 2 || of !== column || other?.is !== 'literal' || value.is !== 'literal') return undefined;
  const differ =
    other.type === 'number' && value.type === 'number' && Number(other.text) !== Number(value.text)
      ? true
      : other.type === 'string' && value.type === 'string' && plainText(other.text) !== plainText(value.text);
  return differ ? `${name} = ${q.said(value)}` : undefined;
}

/** Collations regard neither case nor blanks at the end. */
function plainText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trimEnd();
}

/** `left(x, 3) = 'abc'`, `substring(x, 1, 3) = 'abc'`. */
function beginning(q: QueryRead, seen: Seen, name: string, { op, value, side }: Comparison, column: Expr): ColumnRange | undefined {
  if (q.words.exactLike !== true || side.is !== 'call' || op !== '=' || value.is !== 'literal' || value.type !== 'string')
    return undefined;
  const facts = typeFacts(q.document, seen.column.type);
  if (!isText(facts) || facts.name === 'char' || facts.name === 'citext') return undefined;
  const last = side.path.at(-1) ?? '';
  const [of, first, second] = side.args;
  const length =
    last === 'left' ? first : /^substr(?:ing)?$/.test(last) && first?.is === 'literal' && first.text === '1' ? second : undefined;
  if (of !== column || length?.is !== 'literal' || Number(length.text) !== [...value.text].length || /[\\%_']/.test(value.text))
    return undefined;
  if (value.text === '') return undefined;
  const operatorClass = q.words.prefixOperatorClass;
  return {
    text: `${name} LIKE '${value.text}%'`,
    conditions:
      operatorClass === undefined
        ? []
        : [
            `The same rows always; an index serves it with ${operatorClass}, or where the collation is C. A collation that is not deterministic takes no LIKE before version 18.`,
          ],
  };
}

/** The condition on the column itself, where one means the same. @param column the expression that is the column. */
export function rangeFor(q: QueryRead, seen: Seen, column: Expr, comparison: Comparison): ColumnRange | undefined {
  const name = q.said(column);
  const family = familyOf(q.document, seen.column.type);
  const always = (text: string | undefined) => (text === undefined ? undefined : { text, conditions: [] });
  if (family === 'time')
    return always(
      days(q, name, comparison, column) ?? years(q, name, comparison, column) ?? truncated(q, name, comparison, column),
    );
  if (comparison.side.is === 'call') {
    const plain = always(coalesced(q, name, comparison, column));
    if (plain !== undefined) return plain;
  }
  if (family === 'whole') return always(moved(name, comparison, column));
  return beginning(q, seen, name, comparison, column);
}
