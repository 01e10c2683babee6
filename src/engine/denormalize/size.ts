import type { Column, ColumnType } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';
import { type TypeFacts, typeFacts } from '../rules/type-facts.ts';

/** SQLite keeps a type as it was written: what stands in brackets is no part of the name. */
function factsOf(document: Document, type: ColumnType): TypeFacts {
  const facts = typeFacts(document, type);
  const bracket = facts.name.indexOf('(');
  if (bracket < 0) return facts;
  const args = facts.name
    .slice(bracket + 1)
    .replace(/\)[^)]*$/, '')
    .split(',');
  return typeFacts(document, { kind: 'builtin', name: facts.name.slice(0, bracket).trim(), args: args.map((one) => one.trim()) });
}

/** Bytes of values of fixed size in any of the engines, within a byte or two (their manuals' chapters on data types). */
const FIXED: Readonly<Record<string, number>> = {
  boolean: 1,
  bit: 1,
  tinyint: 1,
  smallint: 2,
  mediumint: 3,
  integer: 4,
  bigint: 8,
  real: 4,
  'double precision': 8,
  double: 8,
  date: 4,
  time: 8,
  timestamp: 8,
  timestamptz: 8,
  datetime: 8,
  uuid: 16,
  uniqueidentifier: 16,
  numeric: 8,
  number: 8,
  money: 8,
};
/** Texts whose length nobody said. */
const TEXT = 24;

/** Bytes that a value of the column is expected to take: what its facts say, else its type, else a guess for texts. */
export function valueBytes(document: Document, column: Pick<Column, 'type' | 'facts'>): number {
  const average = column.facts?.averageWidth;
  if (average !== undefined) return average;
  const { name, args } = factsOf(document, column.type);
  if (Object.hasOwn(FIXED, name)) return FIXED[name] as number;
  const most = Number.parseInt(args[0] ?? '', 10);
  return Number.isFinite(most) && most > 0 ? Math.min(TEXT, Math.ceil(most / 2)) + 1 : TEXT + 1;
}

const NUMBERS = new Set(['numeric', 'decimal', 'number', 'money', 'smallmoney']);
const WHOLE = new Set(['tinyint', 'smallint', 'mediumint', 'integer', 'bigint', 'int unsigned', 'bigint unsigned']);

/** Whether sums of the column are exact: whole numbers and decimals, not floats, which drift. */
export function isExactNumber(document: Document, column: Pick<Column, 'type'>): boolean {
  const { name, isArray } = factsOf(document, column.type);
  return !isArray && (NUMBERS.has(name) || WHOLE.has(name));
}

/** Whether it is a decimal, as prices are; SQLite's affinity for them counts. */
export function isDecimal(document: Document, column: Pick<Column, 'type'>): boolean {
  const { name, isArray } = factsOf(document, column.type);
  return !isArray && (NUMBERS.has(name) || name === 'real');
}

const MOMENTS = new Set(['date', 'timestamp', 'timestamptz', 'datetime', 'datetime2', 'datetimeoffset', 'smalldatetime']);

/** Whether it says when something happened. */
export function isMoment(document: Document, column: Pick<Column, 'type'>): boolean {
  const { name, isArray } = factsOf(document, column.type);
  return !isArray && (MOMENTS.has(name) || name.startsWith('timestamp'));
}
