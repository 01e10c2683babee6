import type { QueryParameter } from '#model/query-types.ts';
import type { Predicate, Value } from '../../workload/facts.ts';
import type { Restriction } from '../cost/planned.ts';
import { type Distribution, equalShare, inShare, type Range, rangeShare } from '../cost/selectivity.ts';
import type { Atom, Condition, Literal } from '../redundancy/condition.ts';
import { type KnownValues, nameOfTerm } from './table.ts';

/**
 * Shares of rows where nothing tells: PostgreSQL's defaults (`selfuncs.h`, `like_support.c`, `geo_selfuncs.c`,
 * `ts_selfuncs.c`): a pattern or a text search half a percent, an operator that contains a thousandth, of ranges that overlap a
 * hundredth, a condition of which nothing is known a third.
 */
const MATCH = 0.005;
const CONTAINS = 0.001;
const OVERLAPS = 0.01;
const UNKNOWN = 1 / 3;
/** Elements of an array that is a parameter (`estimate_array_length`). */
const ARRAY = 10;

/** Text of a literal without quotes and type: `'open'`, `date '2026-01-01'`, `TRUE`. Undefined for what is none. */
export function literalText(sql: string): string | undefined {
  const quoted = /'((?:[^']|'')*)'/.exec(sql);
  if (quoted !== null) return (quoted[1] as string).replaceAll("''", "'");
  const text = sql.trim();
  if (/^true$/i.test(text)) return 't';
  if (/^false$/i.test(text)) return 'f';
  return /^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(text) ? text : undefined;
}

/** Longer texts are not worked out. */
const MOST_COMPUTED = 200;
const DAY = 86_400_000;

/** What a sum of two numbers, or of a date and an interval, comes to; undefined for anything else. */
export function computedText(sql: string): string | undefined {
  if (sql.length > MOST_COMPUTED) return undefined;
  const numbers = /^\(?([+-]?[\d.]+) ([+-]) ([\d.]+)\)?$/.exec(sql);
  if (numbers !== null) {
    const [, left, sign, right] = numbers;
    return String(Number((Number(left) + (sign === '-' ? -1 : 1) * Number(right)).toPrecision(12)));
  }
  const found = /'(\d{4})-(\d\d)-(\d\d)'[^'+-]*([+-])[^'\d]*'?(\d{1,5})'?[^a-z]*(?:as interval )?'?\s?(day|week|month|year)/i.exec(
    sql,
  );
  if (found === null) return undefined;
  const [, year, month, day, sign, count, unit = ''] = found;
  const steps = (sign === '-' ? -1 : 1) * Number(count);
  const months = /year/i.test(unit) ? 12 * steps : /month/i.test(unit) ? steps : 0;
  const days = /day/i.test(unit) ? steps : /week/i.test(unit) ? 7 * steps : 0;
  const time = Date.UTC(Number(year), Number(month) - 1 + months, Number(day)) + days * DAY;
  return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? new Date(time).toISOString().slice(0, 10) : undefined;
}

/** Values that a parameter was declared to take, each with its share of the calls. */
function valuesOf(value: Value, parameters: readonly QueryParameter[]): readonly { text: string | undefined; weight: number }[] {
  if (value.kind === 'literal') return [{ text: literalText(value.sql), weight: 1 }];
  if (value.kind === 'computed' && value.parameters.length === 0) return [{ text: computedText(value.sql), weight: 1 }];
  const known = value.kind === 'parameter' ? (parameters.find((one) => one.name === value.name)?.values ?? []) : [];
  if (known.length === 0) return [{ text: undefined, weight: 1 }];
  const told = known.map(({ share }) => share ?? 1 / known.length);
  const whole = told.reduce((sum, share) => sum + share, 0) || 1;
  return known.map(({ sql }, at) => ({ text: literalText(sql), weight: (told[at] as number) / whole }));
}

/** A value as the common values of its column spell it: padded with blanks, or a truth value as 1 and 0. */
function asKept({ common = [] }: Distribution, text: string | undefined): string | undefined {
  if (text === undefined || common.some(({ value }) => value === text)) return text;
  const spelled = text === 't' ? ['true', '1'] : text === 'f' ? ['false', '0'] : [text.trimEnd()];
  return common.find(({ value }) => spelled.includes(value.trimEnd()))?.value ?? text;
}

/** The mean share over the values that are known. */
function equality(column: Distribution, rows: number, value: Value | undefined, parameters: readonly QueryParameter[]): number {
  if (value === undefined) return equalShare(column, rows);
  return valuesOf(value, parameters).reduce(
    (sum, { text, weight }) => sum + weight * equalShare(column, rows, asKept(column, text)),
    0,
  );
}

const ofOneValue = (value: Value | undefined, parameters: readonly QueryParameter[]): string | undefined => {
  const [only, ...others] = value === undefined ? [] : valuesOf(value, parameters);
  return others.length > 0 ? undefined : only?.text;
};

/** The ends of a range, as far as they are known. */
interface Ends {
  from?: string;
  to?: string;
  readonly below: boolean;
  readonly above: boolean;
}

function endsOf({ operator, values }: Predicate, parameters: readonly QueryParameter[]): Ends {
  const [first, second] = values.map((value) => ofOneValue(value, parameters));
  if (/between/i.test(operator) || values.length > 1) {
    return {
      ...(first === undefined ? {} : { from: first }),
      ...(second === undefined ? {} : { to: second }),
      below: true,
      above: true,
    };
  }
  const below = operator.startsWith('<');
  return { ...(first === undefined ? {} : below ? { to: first } : { from: first }), below, above: !below };
}

/** The share of a range that several conditions on one term make together. */
function togetherShare(column: Distribution, ranges: readonly Predicate[], parameters: readonly QueryParameter[]): number {
  const all: { from?: string; to?: string } = {};
  let [below, above] = [false, false];
  for (const one of ranges) {
    const ends = endsOf(one, parameters);
    below ||= ends.below;
    above ||= ends.above;
    if (ends.from !== undefined) all.from = ends.from;
    if (ends.to !== undefined) all.to = ends.to;
  }
  return rangeShare(column, all as Range, (below ? 1 : 0) + (above ? 1 : 0));
}

/** Shares of conditions that no two values are compared in. */
function containsShare({ operator }: Predicate): number {
  if (operator === '@@' || operator === '@@@' || /match|contains/i.test(operator)) return MATCH;
  return operator === '&&' ? OVERLAPS : CONTAINS;
}

/** The share of a table's rows that one condition leaves, and how an index would look for them. */
function restriction(
  values: KnownValues,
  one: Predicate,
  parameters: readonly QueryParameter[],
): Pick<Restriction, 'test' | 'share' | 'values'> {
  const column = values.distributionOf(one.term);
  const { rows } = values.known;
  const there = 1 - column.nullFraction;
  switch (one.test) {
    case 'equal':
      return { test: 'equal', share: equality(column, rows, one.values[0], parameters) };
    case 'in': {
      const [first, ...others] = one.values;
      if (others.length === 0 && first !== undefined && first.kind !== 'literal') {
        return { test: 'in', share: Math.min(there, ARRAY * equalShare(column, rows)), values: ARRAY };
      }
      const texts = one.values.map((value) => asKept(column, ofOneValue(value, parameters)));
      return { test: 'in', share: inShare(column, rows, texts), values: texts.length };
    }
    case 'null':
      return { test: 'equal', share: column.nullFraction };
    case 'not null':
      return { test: 'range', share: there };
    case 'prefix':
      return { test: 'prefix', share: Math.min(there, Math.max(MATCH, equalShare(column, rows))) };
    case 'pattern':
      return { test: 'other', share: Math.min(there, MATCH) };
    case 'contains':
      return { test: 'other', share: containsShare(one) };
    case 'differs':
      return {
        test: 'other',
        share: Math.max(
          0,
          there -
            inShare(
              column,
              rows,
              one.values.map((value) => ofOneValue(value, parameters)),
            ),
        ),
      };
    case 'range':
      return { test: 'range', share: togetherShare(column, [one], parameters) };
    case 'other':
      return { test: 'other', share: UNKNOWN };
  }
}

/** A restriction with the conditions that it stands for. */
export interface Restricted extends Restriction {
  readonly of: readonly Predicate[];
}

/** Conditions on one table as the planner of costs takes them; the two ends of a range are one. */
export function restrictionsOf(
  values: KnownValues,
  predicates: readonly Predicate[],
  parameters: readonly QueryParameter[],
): readonly Restricted[] {
  const out: Restricted[] = [];
  const ranges = new Map<string, Predicate[]>();
  for (const one of predicates) {
    const term = nameOfTerm(one.term);
    const isRange = one.test === 'range' && !one.values.some((value) => value.kind === 'row');
    const known = isRange ? ranges.get(term) : undefined;
    if (known !== undefined) known.push(one);
    else if (isRange) ranges.set(term, [one]);
    else out.push({ term, ...restriction(values, one, parameters), text: one.sql, of: [one] });
  }
  for (const [term, of] of ranges) {
    const [first] = of as [Predicate];
    const share = togetherShare(values.distributionOf(first.term), of, parameters);
    out.push({ term, test: 'range', share, text: of.map(({ sql }) => sql).join(' AND '), of });
  }
  return out;
}

const textOf = ({ text, kind }: Literal) => (kind === 'boolean' ? (/^t/i.test(text) ? 't' : 'f') : text);

function atomShare(values: KnownValues, atom: Atom): number {
  if (atom.is === 'opaque') return UNKNOWN;
  const id = values.named(atom.term.column ?? '')?.id;
  // Of an expression it is not known how often it is NULL.
  if (id === undefined && (atom.is === 'null' || atom.is === 'not null')) return UNKNOWN;
  const column = id === undefined ? { distinct: 200, nullFraction: 0 } : values.distribution(id);
  const { rows } = values.known;
  const text = (one: Literal) => asKept(column, textOf(one));
  switch (atom.is) {
    case 'null':
      return column.nullFraction;
    case 'not null':
      return 1 - column.nullFraction;
    case 'in':
      return inShare(column, rows, atom.values.map(text));
    case 'not in':
      return Math.max(0, 1 - column.nullFraction - inShare(column, rows, atom.values.map(text)));
    case 'compare': {
      const value = text(atom.value);
      if (atom.op === '=') return equalShare(column, rows, value);
      if (atom.op === '<>') return Math.max(0, 1 - column.nullFraction - equalShare(column, rows, value));
      return rangeShare(column, value === undefined ? {} : atom.op.startsWith('<') ? { to: value } : { from: value }, 1);
    }
  }
}

/** The share of rows that a partial index holds. */
export function conditionShare(values: KnownValues, condition: Condition): number {
  if (condition.is === 'atom') return Math.min(1, atomShare(values, condition.atom));
  const shares = condition.parts.map((part) => conditionShare(values, part));
  if (condition.is === 'and') return shares.reduce((all, share) => all * share, 1);
  return 1 - shares.reduce((none, share) => none * (1 - share), 1);
}
