import { sameValue } from '#lib/same.ts';
import { recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Dialect, Document } from '#model/types.ts';
import { type Portable, portableType } from './portable.ts';
import { typeText } from './type-text.ts';

type Names = { readonly [K in Portable['kind']]?: string };

/** What tools make of their own words for types, where it does not depend on a size. */
const NAMES: Readonly<Record<Dialect, Names>> = {
  postgresql: {
    decimal: 'numeric',
    money: 'money',
    boolean: 'boolean',
    char: 'char',
    varchar: 'varchar',
    text: 'text',
    date: 'date',
    interval: 'interval',
    uuid: 'uuid',
    xml: 'xml',
    binary: 'bytea',
  },
  mysql: {
    decimal: 'decimal',
    boolean: 'tinyint(1)',
    char: 'char',
    varchar: 'varchar',
    text: 'text',
    date: 'date',
    json: 'json',
    binary: 'blob',
  },
  mariadb: {
    decimal: 'decimal',
    boolean: 'tinyint(1)',
    char: 'char',
    varchar: 'varchar',
    text: 'text',
    date: 'date',
    json: 'json',
    uuid: 'uuid',
    binary: 'blob',
  },
  sqlite: {
    decimal: 'numeric',
    boolean: 'boolean',
    char: 'char',
    varchar: 'varchar',
    text: 'text',
    date: 'date',
    json: 'json',
    binary: 'blob',
  },
  mssql: {
    decimal: 'decimal',
    boolean: 'bit',
    char: 'char',
    varchar: 'varchar',
    text: 'varchar(max)',
    date: 'date',
    uuid: 'uniqueidentifier',
    xml: 'xml',
    binary: 'varbinary(max)',
  },
  oracle: {
    decimal: 'number',
    char: 'char',
    varchar: 'varchar2',
    text: 'clob',
    json: 'json',
    xml: 'xmltype',
    binary: 'blob',
    boolean: 'boolean',
  },
};

const INTEGERS: Readonly<Record<Dialect, { readonly [bits: number]: string }>> = {
  postgresql: { 16: 'smallint', 32: 'integer', 64: 'bigint' },
  mysql: { 8: 'tinyint', 16: 'smallint', 24: 'mediumint', 32: 'int', 64: 'bigint' },
  mariadb: { 8: 'tinyint', 16: 'smallint', 24: 'mediumint', 32: 'int', 64: 'bigint' },
  sqlite: { 16: 'smallint', 32: 'integer', 64: 'bigint' },
  mssql: { 8: 'tinyint', 16: 'smallint', 32: 'int', 64: 'bigint' },
  oracle: { 16: 'smallint', 32: 'integer' },
};

const FLOATS: Readonly<Record<Dialect, { readonly 32: string; readonly 64: string }>> = {
  postgresql: { 32: 'real', 64: 'double precision' },
  mysql: { 32: 'float', 64: 'double' },
  mariadb: { 32: 'float', 64: 'double' },
  sqlite: { 32: 'real', 64: 'double' },
  mssql: { 32: 'real', 64: 'float' },
  oracle: { 32: 'binary_float', 64: 'binary_double' },
};

/** Times without and with a time zone. */
const TIMES: { readonly [D in Dialect]: { readonly [K in 'time' | 'timestamp']?: readonly [string, string] } } = {
  postgresql: { time: ['time', 'timetz'], timestamp: ['timestamp', 'timestamptz'] },
  mysql: { time: ['time', ''], timestamp: ['datetime', 'timestamp'] },
  mariadb: { time: ['time', ''], timestamp: ['datetime', 'timestamp'] },
  sqlite: { time: ['time', ''], timestamp: ['datetime', ''] },
  mssql: { time: ['time', ''], timestamp: ['datetime2', 'datetimeoffset'] },
  oracle: { timestamp: ['timestamp', 'timestamp with time zone'] },
};

/** Arguments stand after the first word. */
function withArguments(name: string, args: readonly (number | string | undefined)[]): string {
  const given = args.filter((arg) => arg !== undefined);
  return given.length === 0 ? name : name.replace(/^\S+/, (word) => `${word}(${given.join(',')})`);
}

/** The type that a dialect's tools make where a language says no more than what a value is. */
function usual(type: Portable, dialect: Dialect): string | undefined {
  const name = NAMES[dialect][type.kind];
  switch (type.kind) {
    case 'integer': {
      const integer = INTEGERS[dialect][type.bits];
      return integer !== undefined && type.unsigned === true && dialect.startsWith('m') && dialect !== 'mssql'
        ? `${integer} unsigned`
        : integer;
    }
    case 'float':
      return FLOATS[dialect][type.bits];
    case 'time':
    case 'timestamp': {
      const found = TIMES[dialect][type.kind]?.[type.zone ? 1 : 0];
      return found === undefined || found === '' ? undefined : withArguments(found, [type.precision]);
    }
    case 'decimal':
      return name === undefined ? undefined : withArguments(name, [type.precision, type.scale === 0 ? undefined : type.scale]);
    case 'char':
    case 'varchar':
      if (name === undefined || type.length === undefined) return name;
      return withArguments(name, [dialect === 'oracle' ? `${type.length} char` : type.length]);
    case 'binary':
      return type.length === undefined ? name : dialect === 'mssql' ? `varbinary(${type.length})` : undefined;
    case 'json':
      return dialect === 'postgresql' ? (type.binary ? 'jsonb' : 'json') : name;
    case 'array': {
      const of = usual(type.of, dialect);
      return of === undefined ? undefined : `${of}[]`;
    }
    default:
      return name;
  }
}

/**
 * Why a language does not keep a column's type, when it does not.
 * @param kept what it keeps of the type. @param word what it writes, for people.
 */
export function typeLoss(document: Document, type: ColumnType, kept: Portable, word: string): string | undefined {
  const dialect = recordIn(document, 'settings', 'settings')?.dialect ?? 'postgresql';
  const was = portableType(document, type);
  const own = type.kind === 'custom' ? undefined : typeText(type).toLowerCase().replace(/,0\)/, ')');
  // Only PostgreSQL has two types for it.
  const same = sameValue(was, kept) || (was.kind === 'json' && kept.kind === 'json' && dialect !== 'postgresql');
  if (same && own !== undefined && own === usual(kept, dialect)) return undefined;
  return `${typeName(document, type) || 'No type'} is written as ${word}.`;
}
