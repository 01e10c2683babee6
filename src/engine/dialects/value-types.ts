import type { ColumnType } from '#model/column-types.ts';
import type { Dialect } from '#model/types.ts';

/** The types that a dialect gives to values of which only the looks are known. */
export interface ValueTypes {
  readonly boolean: ColumnType;
  /** Whole numbers within 32 bits. */
  readonly integer: ColumnType;
  /** Whole numbers within 64 bits. */
  readonly bigint: ColumnType;
  /** Exact numbers of any size. @param precision digits. @param scale those behind the point. */
  decimal(precision: number, scale: number): ColumnType;
  readonly float: ColumnType;
  readonly date: ColumnType;
  readonly time: ColumnType;
  readonly timestamp: ColumnType;
  readonly timestamptz: ColumnType;
  readonly uuid: ColumnType;
  readonly json: ColumnType;
  /** Text. @param longest characters of the longest value seen. */
  text(longest: number): ColumnType;
}

function type(name: string, ...args: readonly (string | number)[]): ColumnType {
  return { kind: 'builtin', name, ...(args.length === 0 ? {} : { args: args.map(String) }) };
}

/** A length with room to grow: the next of a few usual ones. */
function roomy(longest: number, most: number): number | undefined {
  return [10, 20, 50, 100, 255, 500, 1000, 2000, 4000].find((size) => size >= longest && size <= most);
}

/** PostgreSQL documentation, chapter 8: text has no cost over varchar. */
const POSTGRES: ValueTypes = {
  boolean: type('boolean'),
  integer: type('integer'),
  bigint: type('bigint'),
  decimal: (precision, scale) => type('numeric', precision, scale),
  float: type('double precision'),
  date: type('date'),
  time: type('time'),
  timestamp: type('timestamp'),
  timestamptz: type('timestamptz'),
  uuid: type('uuid'),
  json: type('jsonb'),
  text: () => type('text'),
};

/** MySQL 8.4 Reference Manual, chapter 13: precision at most 65; a key needs a length. */
const MYSQL: ValueTypes = {
  boolean: type('tinyint', 1),
  integer: type('int'),
  bigint: type('bigint'),
  decimal: (precision, scale) => type('decimal', Math.min(65, precision), Math.min(30, scale)),
  float: type('double'),
  date: type('date'),
  time: type('time'),
  timestamp: type('datetime'),
  timestamptz: type('timestamp'),
  uuid: type('char', 36),
  json: type('json'),
  text(longest) {
    const size = roomy(longest, 2000);
    return size === undefined ? type(longest > 16_000 ? 'longtext' : 'text') : type('varchar', size);
  },
};

/** SQLite, "Datatypes In SQLite": five affinities. */
const SQLITE: ValueTypes = {
  boolean: type('BOOLEAN'),
  integer: type('INTEGER'),
  bigint: type('INTEGER'),
  decimal: () => type('NUMERIC'),
  float: type('REAL'),
  date: type('TEXT'),
  time: type('TEXT'),
  timestamp: type('TEXT'),
  timestamptz: type('TEXT'),
  uuid: type('TEXT'),
  json: type('TEXT'),
  text: () => type('TEXT'),
};

/** Transact-SQL reference, "Data types": precision at most 38, nvarchar to 4,000. */
const MSSQL: ValueTypes = {
  boolean: type('bit'),
  integer: type('int'),
  bigint: type('bigint'),
  decimal: (precision, scale) => type('decimal', Math.min(38, precision), Math.min(38, scale)),
  float: type('float'),
  date: type('date'),
  time: type('time'),
  timestamp: type('datetime2'),
  timestamptz: type('datetimeoffset'),
  uuid: type('uniqueidentifier'),
  json: type('nvarchar', 'max'),
  text: (longest) => type('nvarchar', roomy(longest, 4000) ?? 'max'),
};

/** Oracle SQL Language Reference, "Data Types": number to 38 digits, varchar2 to 4,000. */
const ORACLE: ValueTypes = {
  boolean: type('number', 1),
  integer: type('number', 10),
  bigint: type('number', 19),
  decimal: (precision, scale) => type('number', Math.min(38, precision), scale),
  float: type('binary_double'),
  date: type('date'),
  time: type('varchar2', '20 char'),
  timestamp: type('timestamp'),
  timestamptz: type('timestamp with time zone'),
  uuid: type('char', '36 char'),
  json: type('clob'),
  text(longest) {
    const size = roomy(longest, 4000);
    return size === undefined ? type('clob') : type('varchar2', `${size} char`);
  },
};

export const VALUE_TYPES: Readonly<Record<Dialect, ValueTypes>> = {
  postgresql: POSTGRES,
  mysql: MYSQL,
  mariadb: { ...MYSQL, uuid: type('uuid') },
  sqlite: SQLITE,
  mssql: MSSQL,
  oracle: ORACLE,
};
