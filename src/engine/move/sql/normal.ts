import type { Dialect } from '#model/types.ts';
import type { Call, Expr } from './tree.ts';

const ZERO: Expr = { is: 'number', text: '0' };

function call(name: string, ...args: readonly Expr[]): Expr {
  return { is: 'call', name, own: false, args };
}

/** `DECODE(x, a, 1, b, 2, 3)` of Oracle. */
function decode(args: readonly Expr[]): Expr {
  const [subject, ...rest] = args;
  const whens: { when: Expr; result: Expr }[] = [];
  for (let at = 0; at + 1 < rest.length; at += 2) whens.push({ when: rest[at] as Expr, result: rest[at + 1] as Expr });
  const other = rest.length % 2 === 1 ? rest.at(-1) : undefined;
  return { is: 'case', subject: subject as Expr, whens, ...(other === undefined ? {} : { other }) };
}

const FIELDS = new Set(['year', 'month', 'day', 'hour', 'minute', 'second', 'quarter']);
const FIELD_CALLS: Readonly<Record<string, string>> = { dayofmonth: 'day' };

function mysqlCall(name: string, args: readonly Expr[]): Expr | undefined {
  const [first, second] = args;
  if (name === 'if' && args.length === 3)
    return { is: 'case', whens: [{ when: first as Expr, result: second as Expr }], other: args[2] as Expr };
  if ((name === 'date_add' || name === 'adddate') && second?.is === 'interval')
    return { is: 'binary', op: '+', left: first as Expr, right: second };
  if ((name === 'date_sub' || name === 'subdate') && second?.is === 'interval')
    return { is: 'binary', op: '-', left: first as Expr, right: second };
  if (name === 'locate' && args.length === 2) return call('instr', second as Expr, first as Expr);
  if (name === 'date' && args.length === 1)
    return { is: 'cast', of: first as Expr, type: { name: 'date', args: [], dims: 0, own: false } };
  const field = FIELDS.has(name) ? name : FIELD_CALLS[name];
  return field !== undefined && args.length === 1 ? { is: 'extract', field, of: first as Expr } : undefined;
}

/** DATEDIFF of SQL Server counts the ends of years or months between two moments, not whole ones. */
function crossed(unit: 'year' | 'month', from: Expr, to: Expr): Expr {
  const field = (name: string, of: Expr): Expr => ({ is: 'extract', field: name, of });
  const minus = (left: Expr, right: Expr): Expr => ({ is: 'binary', op: '-', left, right });
  const years = minus(field('year', to), field('year', from));
  if (unit === 'year') return years;
  const months: Expr = { is: 'binary', op: '*', left: years, right: { is: 'number', text: '12' } };
  return { is: 'binary', op: '+', left: months, right: minus(field('month', to), field('month', from)) };
}

function mssqlCall(name: string, args: readonly Expr[]): Expr | undefined {
  const [first, second, third] = args;
  if (name === 'iif' && args.length === 3)
    return { is: 'case', whens: [{ when: first as Expr, result: second as Expr }], other: third as Expr };
  if (name === 'isnull' && args.length === 2) return call('coalesce', ...args);
  if (name === 'charindex' && args.length === 2) return call('#position', second as Expr, first as Expr);
  const unit = first?.is === 'name' ? first.path[0]?.name.toLowerCase() : undefined;
  const full =
    unit === undefined
      ? undefined
      : ({ yy: 'year', yyyy: 'year', mm: 'month', m: 'month', dd: 'day', d: 'day', hh: 'hour', mi: 'minute', ss: 'second' }[unit] ??
        unit);
  if (name === 'dateadd' && full !== undefined && args.length === 3)
    return { is: 'binary', op: '+', left: third as Expr, right: { is: 'interval', amount: second as Expr, unit: full } };
  if (name === 'datediff' && (full === 'year' || full === 'month') && args.length === 3)
    return crossed(full, second as Expr, third as Expr);
  if (name === 'datepart' && full !== undefined && FIELDS.has(full)) return { is: 'extract', field: full, of: second as Expr };
  return FIELDS.has(name) && args.length === 1 ? { is: 'extract', field: name, of: first as Expr } : undefined;
}

/** What is the same by another construct: IFNULL and NVL are COALESCE, IF is CASE, YEAR(x) is EXTRACT. */
export function normalCall({ name, args }: Call, dialect: Dialect): Expr | undefined {
  const [first, second] = args;
  if (args.length === 2 && ((name === 'ifnull' && dialect !== 'oracle') || (name === 'nvl' && dialect === 'oracle')))
    return call('coalesce', ...args);
  if (dialect === 'mysql' || dialect === 'mariadb') return mysqlCall(name, args);
  if (dialect === 'mssql') return mssqlCall(name, args);
  if (dialect === 'sqlite') {
    if (name === 'iif' && args.length === 3)
      return { is: 'case', whens: [{ when: first as Expr, result: second as Expr }], other: args[2] as Expr };
    // Of a date in a literal, the moment at its beginning.
    if (
      name === 'datetime' &&
      args.length === 1 &&
      first?.is === 'string' &&
      /^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$/.test(first.value)
    )
      return {
        is: 'cast',
        of: { is: 'string', value: first.value.length === 10 ? `${first.value} 00:00:00` : first.value },
        type: { name: 'datetime', args: [], dims: 0, own: false },
      };
    return undefined;
  }
  if (dialect === 'oracle') {
    if (name === 'decode' && args.length >= 3) return decode(args);
    if (name === 'nvl2' && args.length === 3)
      return {
        is: 'case',
        whens: [{ when: { is: 'test', of: first as Expr, not: true, what: 'null' }, result: second as Expr }],
        other: args[2] as Expr,
      };
    if (name === 'add_months' && args.length === 2)
      return { is: 'binary', op: '+', left: first as Expr, right: { is: 'interval', amount: second as Expr, unit: 'month' } };
    return undefined;
  }
  if (name === 'date_part' && first?.is === 'string' && args.length === 2)
    return { is: 'extract', field: first.value.toLowerCase(), of: second as Expr };
  return undefined;
}

/** A text as the number it shows; undefined when it shows none. */
export function numberOf(text: string): Expr | undefined {
  const trimmed = text.trim();
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)
    ? trimmed === ''
      ? ZERO
      : { is: 'number', text: trimmed.replace(/^\+/, '') }
    : undefined;
}
