import type { ColumnType } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';
import { typeFacts } from '../rules/type-facts.ts';

/** What values of a type are like, whichever dialect has it. */
export type ValueKind =
  | 'boolean'
  | 'tiny'
  | 'small'
  | 'integer'
  | 'decimal'
  | 'text'
  | 'letter'
  | 'date'
  | 'moment'
  | 'uuid'
  | 'other';

const KINDS: Readonly<Record<string, ValueKind>> = {
  boolean: 'boolean',
  bit: 'boolean',
  tinyint: 'tiny',
  smallint: 'small',
  mediumint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  numeric: 'decimal',
  number: 'decimal',
  decimal: 'decimal',
  money: 'decimal',
  smallmoney: 'decimal',
  real: 'decimal',
  float: 'decimal',
  double: 'decimal',
  'double precision': 'decimal',
  text: 'text',
  varchar: 'text',
  char: 'text',
  citext: 'text',
  varchar2: 'text',
  nvarchar2: 'text',
  nvarchar: 'text',
  nchar: 'text',
  tinytext: 'text',
  mediumtext: 'text',
  longtext: 'text',
  clob: 'text',
  date: 'date',
  timestamp: 'moment',
  timestamptz: 'moment',
  datetime: 'moment',
  datetime2: 'moment',
  smalldatetime: 'moment',
  datetimeoffset: 'moment',
  uuid: 'uuid',
  uniqueidentifier: 'uuid',
};

/** Types that are written with brackets in their name, and words that stand behind a name. */
function nameAndLength(name: string, args: readonly string[]): readonly [name: string, length: number] {
  const bracket = name.indexOf('(');
  const bare = (bracket < 0 ? name : name.slice(0, bracket)).trim();
  const given = bracket < 0 ? args[0] : name.slice(bracket + 1);
  return [bare.replace(/ (?:unsigned|zerofill|identity|varying)\b.*$/, ''), Number.parseInt(given ?? '', 10)];
}

/** The kind of a type's values; arrays and what is not listed are `other`. */
export function valueKind(document: Document, type: ColumnType): ValueKind {
  const facts = typeFacts(document, type);
  if (facts.isArray) return 'other';
  const [name, length] = nameAndLength(facts.name, facts.args);
  // MySQL's truth values; a bit string of several bits is none.
  if (name === 'tinyint' && length === 1) return 'boolean';
  if (name === 'bit' && length > 1) return 'other';
  const kind = Object.hasOwn(KINDS, name) ? (KINDS[name] as ValueKind) : name.startsWith('timestamp') ? 'moment' : 'other';
  return kind === 'text' && length === 1 ? 'letter' : kind;
}

/** The most values that a whole number of the kind tells apart; undefined where that is no limit in practice. */
export function mostValues(kind: ValueKind): number | undefined {
  return kind === 'boolean' ? 2 : kind === 'tiny' ? 256 : kind === 'small' ? 65_536 : undefined;
}
