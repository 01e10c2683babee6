import { recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';
import { literal } from '../dialects/postgres/quote.ts';
import { typeSql as typeSqlIn } from '../dialects/postgres/write/parts.ts';
import { objectName } from '../dialects/postgres/write/scope.ts';
import { type TypeFacts, typeFacts } from '../rules/type-facts.ts';

const SERIALS: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial2: 'smallint',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
};

/** A column's type as SQL for a cast. */
export function typeSql(document: Document, type: ColumnType): string {
  if (type.kind === 'builtin' && Object.hasOwn(SERIALS, type.name)) return SERIALS[type.name] as string;
  const name = (id: string) => {
    const record = recordIn(document, 'types', id);
    return record === undefined ? 'text' : objectName(document, record.schema, record.name, true);
  };
  return typeSqlIn({ name }, type);
}

/** How many values there are, between which, and how wide they are on average. */
export interface ValueRange {
  readonly values: number;
  readonly min?: string;
  readonly max?: string;
  readonly width: number;
}

const WHOLE = new Set(['smallint', 'integer', 'bigint', 'oid']);
const NUMBERS = new Set(['numeric', 'real', 'double precision', 'money']);
const TEXTS = new Set(['text', 'varchar', 'char', 'citext', 'name']);
const TIMES = new Set(['date', 'timestamp', 'timestamptz']);

/** The largest whole number a type holds. */
const LARGEST: Readonly<Record<string, string>> = { smallint: '32767', integer: '2147483647', oid: '2147483647' };

function wholeNumber({ name }: TypeFacts, number: string, { values, min, max }: ValueRange): string {
  const [low, high] = [Number(min), Number(max)];
  if (min !== undefined && max !== undefined && Number.isFinite(low) && Number.isFinite(high) && high > low) {
    return `(${low} + ((${number} - 1)::numeric * ${high - low} / ${Math.max(1, values - 1)})::bigint)`;
  }
  const most = Object.hasOwn(LARGEST, name) ? LARGEST[name] : undefined;
  return most === undefined ? number : `(${number} % ${most})`;
}

function decimal({ args }: TypeFacts, number: string, { values, min, max }: ValueRange): string {
  const scale = Number(args[1] ?? 2);
  const [low, high] = [Number(min ?? 0), Number(max ?? Math.min(values, 10 ** Math.min(12, Number(args[0] ?? 14) - scale) - 1))];
  const [from, span] = Number.isFinite(low) && Number.isFinite(high) && high > low ? [low, high - low] : [0, 1];
  return `round(${from} + (${number} - 1)::numeric * ${span} / ${Math.max(1, values - 1)}, ${Number.isFinite(scale) ? scale : 2})`;
}

function time({ name }: TypeFacts, number: string, { values, min, max }: ValueRange): string {
  const base = name === 'date' ? 'timestamp' : name;
  const [low, high] = [`${literal(min ?? '2024-01-01')}::${base}`, `${literal(max ?? '2025-12-31')}::${base}`];
  return `(${low} + (${high} - ${low}) * ((${number} - 1)::double precision / ${Math.max(1, values - 1)}))`;
}

/** Words to fill a text up with: a text of letters would be too easy to compress and to tell apart. */
const FILL = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor ';

function text({ args }: TypeFacts, number: string, { width, values }: ValueRange): string {
  const limit = Number(args[0]);
  const wanted = Math.max(1, Math.round(width) - 1);
  const length = Number.isFinite(limit) && limit > 0 ? Math.min(limit, wanted) : wanted;
  // Of one length, so that texts lie in the order of their numbers.
  const digits = `lpad(to_hex(${number}), ${Math.max(1, Math.ceil(Math.log2(values + 1) / 4))}, '0')`;
  const most = Number.isFinite(limit) && limit > 0 ? limit : 1_000_000;
  return `left(${digits} || ' ' || repeat(${literal(FILL)}, ${Math.ceil(length / FILL.length)}), least(${most}, greatest(length(${digits}), ${length})))`;
}

/**
 * The value of a number from 1 to `values`, as an expression of PostgreSQL: different numbers have different values as far
 * as the type has so many, and larger ones come later in its order.
 * @param number a bigint expression
 * @returns undefined for types of which no values are known.
 */
export function numberedValue(document: Document, type: ColumnType, number: string, range: ValueRange): string | undefined {
  const facts = typeFacts(document, type);
  const cast = (sql: string) => `(${sql})::${typeSql(document, type)}`;
  if (facts.isArray) {
    if (type.dims === undefined) return cast(`'{}'`);
    const { dims: _, ...element } = type;
    const one = numberedValue(document, element, number, range);
    return one === undefined ? undefined : cast(`ARRAY[${one}]`);
  }
  const custom = recordIn(document, 'types', facts.name);
  if (custom?.kind === 'enum') {
    const labels = `ARRAY[${custom.values.map(literal).join(', ')}]`;
    return custom.values.length === 0 ? undefined : cast(`(${labels})[1 + ((${number} - 1) % ${custom.values.length})::integer]`);
  }
  const serial = Object.hasOwn(SERIALS, facts.name) ? { ...facts, name: SERIALS[facts.name] as string } : facts;
  if (WHOLE.has(serial.name)) return cast(wholeNumber(serial, number, range));
  if (NUMBERS.has(facts.name)) return cast(decimal(facts, number, range));
  if (TIMES.has(facts.name)) return cast(time(facts, number, range));
  if (TEXTS.has(facts.name)) return cast(text(facts, number, range));
  const plain = OTHERS[facts.name];
  return plain === undefined ? undefined : cast(plain(number));
}

/** Types whose values are written in a form of their own. */
const OTHERS: Readonly<Record<string, ((number: string) => string) | undefined>> = Object.assign(Object.create(null) as object, {
  boolean: (number: string) => `${number} % 2 = 1`,
  uuid: (number: string) => `md5((${number})::text)`,
  bytea: (number: string) => `decode(md5((${number})::text), 'hex')`,
  json: (number: string) => `json_build_object('n', ${number})`,
  jsonb: (number: string) => `jsonb_build_object('n', ${number})`,
  inet: (number: string) => `'10.0.0.0'::inet + ${number}`,
  cidr: (number: string) => `set_masklen(('10.0.0.0'::inet + ${number})::cidr, 32)`,
  time: (number: string) => `'00:00'::time + (${number} % 86400) * interval '1 second'`,
  interval: (number: string) => `${number} * interval '1 minute'`,
  point: (number: string) => `point(${number} % 360, ${number} % 180)`,
  tsvector: (number: string) => `to_tsvector('simple', 'word' || ${number})`,
  int4range: (number: string) => `int4range((${number} % 1000000)::integer, (${number} % 1000000)::integer + 10)`,
  daterange: (number: string) =>
    `daterange('2024-01-01'::date + (${number} % 700)::integer, '2024-01-01'::date + (${number} % 700)::integer + 7)`,
  tstzrange: (number: string) =>
    `tstzrange('2024-01-01'::timestamptz + ${number} * interval '1 hour', '2024-01-01'::timestamptz + (${number} + 1) * interval '1 hour')`,
  tsrange: (number: string) =>
    `tsrange('2024-01-01'::timestamp + ${number} * interval '1 hour', '2024-01-01'::timestamp + (${number} + 1) * interval '1 hour')`,
});
