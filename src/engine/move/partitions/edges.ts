import type { Dialect } from '#model/types.ts';
import { literalFor } from '../sql/literals.ts';
import type { Expr } from '../sql/tree.ts';
import type { Common } from '../types/common.ts';

/** A value at which a partition begins or ends, or that it holds. `low` and `high` are beyond all values. */
export type Edge =
  | { readonly is: 'low' | 'high' | 'null' }
  | { readonly is: 'number'; readonly text: string }
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'truth'; readonly value: boolean };

/** 1970-01-01 in days of MySQL's TO_DAYS (MySQL 8.4, 14.7). */
const EPOCH_DAYS = 719_528;
const DAY = 86_400_000;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Forms of dates in bounds, with the groups for year, month, day and the rest. */
const FORMS: readonly { readonly format: RegExp; readonly value: RegExp; readonly order: readonly [number, number, number] }[] = [
  { format: /^S?YYYY-MM-DD(?: HH24:MI:SS)?$/, value: /^(\d{4})-(\d{1,2})-(\d{1,2})( \d{2}:\d{2}:\d{2})?$/, order: [1, 2, 3] },
  { format: /^YYYY\/MM\/DD$/, value: /^(\d{4})\/(\d{1,2})\/(\d{1,2})()$/, order: [1, 2, 3] },
  { format: /^YYYYMMDD$/, value: /^(\d{4})(\d{2})(\d{2})()$/, order: [1, 2, 3] },
  { format: /^DD-MON-YYYY$/, value: /^(\d{1,2})-([A-Z]{3})-(\d{4})()$/, order: [3, 2, 1] },
  { format: /^DD[-/.]MM[-/.]YYYY$/, value: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})()$/, order: [3, 2, 1] },
  { format: /^MM[-/.]DD[-/.]YYYY$/, value: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})()$/, order: [3, 1, 2] },
];

function dateBy(value: string, format: string): string | undefined {
  const form = FORMS.find((one) => one.format.test(format.trim().toUpperCase()));
  const found = form?.value.exec(value.trim().toUpperCase());
  if (form === undefined || found === undefined || found === null) return undefined;
  const [year, month, day] = form.order.map((group) => found[group] ?? '');
  const number = MONTHS.indexOf(month ?? '') + 1;
  const two = (text: string) => text.padStart(2, '0');
  return `${year}-${two(number > 0 ? String(number) : (month ?? ''))}-${two(day ?? '')}${found[4] ?? ''}`;
}

/** The function of one column that MySQL's bounds are about; their values are turned into values of the column. */
export type Wrap = 'year' | 'to_days' | 'unix_timestamp';

export function isWrap(name: string): name is Wrap {
  return name === 'year' || name === 'to_days' || name === 'unix_timestamp';
}

function unwrapped(edge: Edge, wrap: Wrap): Edge | undefined {
  if (edge.is !== 'number') return edge.is === 'high' || edge.is === 'low' ? edge : undefined;
  const number = Number(edge.text);
  if (!Number.isInteger(number) || wrap === 'unix_timestamp') return undefined;
  if (wrap === 'year')
    return number < 1 || number > 9999 ? undefined : { is: 'text', value: `${String(number).padStart(4, '0')}-01-01` };
  const days = number - EPOCH_DAYS;
  // Beyond the years 1 to 9999 no date of the target is certain.
  return days < -719_162 || days > 2_932_896 ? undefined : { is: 'text', value: new Date(days * DAY).toISOString().slice(0, 10) };
}

function called(name: string, args: readonly Expr[], wrap: Wrap | undefined): Edge | undefined {
  const [first, second] = args;
  if (first?.is !== 'string') return undefined;
  if ((name === 'to_date' || name === 'to_timestamp') && second?.is === 'string') {
    const value = dateBy(first.value, second.value);
    return value === undefined ? undefined : { is: 'text', value };
  }
  // TO_DAYS('2020-01-01') of a bound about TO_DAYS(column): the date itself.
  if (name !== wrap || args.length !== 1) return undefined;
  if (wrap === 'year') return unwrapped({ is: 'number', text: first.value.slice(0, 4) }, wrap);
  return wrap === 'to_days' && !/^\d{4}-\d{2}-\d{2}(?: 00:00:00)?$/.test(first.value)
    ? undefined
    : { is: 'text', value: first.value.slice(0, wrap === 'to_days' ? 10 : undefined) };
}

/** What an expression of a bound means; undefined: nothing that is certain. @param wrap what the bound is about, if not the column itself. */
export function edgeOf(expr: Expr, wrap?: Wrap): Edge | undefined {
  if (expr.is === 'call') return called(expr.name.toLowerCase(), expr.args, wrap);
  const plain = plainEdge(expr);
  return plain === undefined || wrap === undefined ? plain : unwrapped(plain, wrap);
}

function plainEdge(expr: Expr): Edge | undefined {
  switch (expr.is) {
    case 'number':
      return { is: 'number', text: expr.text };
    case 'string':
      return { is: 'text', value: expr.value };
    case 'null':
      return { is: 'null' };
    case 'truth':
      return { is: 'truth', value: expr.value };
    case 'unary':
      return expr.op === '-' && expr.of.is === 'number' ? { is: 'number', text: `-${expr.of.text}` } : undefined;
    case 'cast':
      return expr.of.is === 'string' ? { is: 'text', value: expr.of.value } : undefined;
    case 'name': {
      const word = expr.path.length === 1 ? expr.path[0]?.name.toLowerCase() : undefined;
      return word === 'maxvalue' ? { is: 'high' } : word === 'minvalue' ? { is: 'low' } : undefined;
    }
    default:
      return undefined;
  }
}

/** @param zone the column holds moments: a bound in UTC stays one. Without, the values are clock readings in UTC. */
function asMoment(value: string, days: boolean, zone: boolean): Edge | undefined {
  const found = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?(\+00(?::?00)?|Z)?\s*$/.exec(
    value,
  );
  if (found === null) return undefined;
  const [, year = '', month = '', day = '', hours = '00', minutes = '00', seconds = '00', fraction = '', utc = ''] = found;
  if (year === '0000' || Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const midnight = Number(hours) + Number(minutes) + Number(seconds) + Number(fraction) === 0;
  if (days) return midnight && utc === '' ? { is: 'text', value: date } : undefined;
  return {
    is: 'text',
    value: `${date} ${hours}:${minutes}:${seconds}${/[1-9]/.test(fraction) ? `.${fraction}` : ''}${utc !== '' && zone ? '+00' : ''}`,
  };
}

/** A value of a bound as a value of what the column holds; undefined: it has none. */
export function fitted(edge: Edge, holds: Common): Edge | undefined {
  if (edge.is === 'low' || edge.is === 'high' || edge.is === 'null') return edge;
  switch (holds.is) {
    case 'integer':
    case 'decimal':
    case 'year': {
      const text = edge.is === 'number' ? edge.text : edge.is === 'text' ? edge.value.trim() : '';
      return /^-?\d+(?:\.\d+)?$/.test(text) ? { is: 'number', text } : undefined;
    }
    case 'boolean':
      if (edge.is === 'number')
        return edge.text === '0' || edge.text === '1' ? { is: 'truth', value: edge.text === '1' } : undefined;
      return edge.is === 'truth' ? edge : undefined;
    case 'text':
    case 'enum':
      return edge.is === 'text' ? edge : undefined;
    case 'date':
      return edge.is === 'text' ? asMoment(edge.value, true, false) : undefined;
    case 'timestamp':
      return edge.is === 'text' ? asMoment(edge.value, false, holds.zone !== undefined) : undefined;
    default:
      return undefined;
  }
}

function rank({ is }: Edge): number {
  return is === 'low' ? 0 : is === 'high' ? 2 : 1;
}

/** Order of two values of one column: negative, 0, positive. */
export function compareEdges(a: Edge, b: Edge): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a.is === 'number' && b.is === 'number') return Number(a.text) - Number(b.text);
  if (a.is === 'text' && b.is === 'text') return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  return 0;
}

/** Order of two lists of values, as of rows. */
export function compareRows(a: readonly Edge[], b: readonly Edge[]): number {
  for (const [at, edge] of a.entries()) {
    const found = compareEdges(edge, b[at] ?? { is: 'high' });
    if (found !== 0) return found;
  }
  return 0;
}

/** Whether every collation sorts the texts in this order: letters and digits of ASCII that ascend with their case and without it. */
export function surelyAscending(texts: readonly string[]): boolean {
  const rises = (list: readonly string[]) => list.every((one, at) => at === 0 || (list[at - 1] as string) < one);
  return texts.every((one) => /^[A-Za-z0-9]*$/.test(one)) && rises(texts) && rises(texts.map((one) => one.toLowerCase()));
}

/** A value as SQL of a dialect; a date or moment is a text. */
export function edgeSql(edge: Edge, dialect: Dialect): string {
  switch (edge.is) {
    case 'low':
      return 'MINVALUE';
    case 'high':
      return 'MAXVALUE';
    case 'null':
      return 'NULL';
    case 'number':
      return edge.text;
    case 'truth':
      return dialect === 'postgresql' ? String(edge.value) : edge.value ? '1' : '0';
    case 'text':
      return literalFor(edge.value, dialect);
  }
}
