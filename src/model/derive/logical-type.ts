import { recordIn } from '../collections.ts';
import type { ColumnType } from '../column-types.ts';
import type { Document } from '../types.ts';

/** Physical names by the generic type they stand for; both PostgreSQL's and those that other engines use for the same. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  integer: [
    ...['smallint', 'integer', 'bigint', 'int', 'int2', 'int4', 'int8', 'tinyint', 'mediumint'],
    ...['smallserial', 'serial', 'bigserial', 'serial2', 'serial4', 'serial8', 'oid', 'xid', 'xid8'],
  ],
  decimal: ['numeric', 'decimal', 'dec', 'number', 'money', 'smallmoney'],
  float: ['real', 'double precision', 'float', 'float4', 'float8', 'double'],
  text: [
    ...['text', 'varchar', 'char', 'character varying', 'character', 'bpchar', 'name', 'citext', 'nchar', 'nvarchar'],
    ...['varchar2', 'nvarchar2', 'clob', 'nclob', 'tinytext', 'mediumtext', 'longtext', 'ntext', '"char"', 'tsvector'],
  ],
  date: ['date'],
  time: ['time', 'timetz', 'time with time zone', 'time without time zone'],
  timestamp: [
    ...['timestamp', 'timestamptz', 'timestamp with time zone', 'timestamp without time zone'],
    ...['datetime', 'datetime2', 'smalldatetime', 'datetimeoffset'],
  ],
  interval: ['interval'],
  boolean: ['boolean', 'bool', 'bit'],
  uuid: ['uuid', 'uniqueidentifier'],
  binary: ['bytea', 'blob', 'tinyblob', 'mediumblob', 'longblob', 'binary', 'varbinary', 'image', 'raw', 'bit varying', 'varbit'],
  json: ['json', 'jsonb', 'jsonpath'],
  xml: ['xml', 'xmltype'],
  'network address': ['inet', 'cidr', 'macaddr', 'macaddr8'],
  geometry: ['point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'geometry', 'geography'],
};

const FAMILY_OF = new Map(Object.entries(FAMILIES).flatMap(([family, names]) => names.map((name) => [name, family] as const)));

const RANGE_OF: Readonly<Record<string, string>> = {
  int4range: 'integer',
  int8range: 'integer',
  numrange: 'decimal',
  daterange: 'date',
  tsrange: 'timestamp',
  tstzrange: 'timestamp',
};

/** Families whose size or precision says something of the data itself, not of how it is stored. */
const SIZED: ReadonlySet<string> = new Set(['decimal', 'text', 'binary']);

const TEXT_WITHOUT_LENGTH = /^(?:text|clob|nclob|name|citext|"char"|tsvector|(?:tiny|medium|long)text|ntext)$/;

function genericName(name: string, args: readonly string[]): string {
  const known = name.toLowerCase();
  const range = Object.hasOwn(RANGE_OF, known.replace(/multirange$/, 'range'))
    ? RANGE_OF[known.replace(/multirange$/, 'range')]
    : undefined;
  if (range !== undefined) return known.endsWith('multirange') ? `set of ranges of ${range}` : `range of ${range}`;
  if (known.startsWith('interval')) return 'interval';
  // MySQL's boolean is a number of one digit.
  if (known === 'tinyint' && args[0] === '1') return 'boolean';
  if (known === 'bit' && args.length > 0 && args[0] !== '1') return `binary(${args[0]})`;
  const family = FAMILY_OF.get(known);
  if (family === undefined) return known;
  if (!SIZED.has(family) || args.length === 0 || TEXT_WITHOUT_LENGTH.test(known)) return family;
  return `${family}(${args.join(',')})`;
}

/**
 * The generic type of a column: what it holds, whatever the dialect calls it. `bigint` and `serial` are `integer`,
 * `varchar(40)` is `text(40)`, `numeric(12,2)` is `decimal(12,2)`, `timestamptz` is `timestamp`; a domain is what it is made
 * of, an enum is `enum`, a composite `structure`; an array is a `list of` its elements. Types from elsewhere keep their name.
 */
export function logicalType(document: Document, type: ColumnType): string {
  return withDims(type.dims, baseOf(document, type, 0));
}

function withDims(dims: number | undefined, base: string): string {
  return `${'list of '.repeat(dims ?? 0)}${base}`;
}

function baseOf(document: Document, type: ColumnType, depth: number): string {
  if (type.kind !== 'custom') return genericName(type.name, type.args ?? []);
  const found = recordIn(document, 'types', type.type);
  if (found === undefined) return 'structure';
  if (found.kind === 'enum') return 'enum';
  if (found.kind === 'composite' || found.kind === 'written') return 'structure';
  // A domain over itself is no domain any engine accepts; a file may still say so.
  if (depth > 16) return found.name;
  if (found.kind === 'range') return `range of ${withDims(found.subtype.dims, baseOf(document, found.subtype, depth + 1))}`;
  return withDims(found.base.dims, baseOf(document, found.base, depth + 1));
}
