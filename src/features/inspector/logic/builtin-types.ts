/** One of PostgreSQL's own types, as the completion list offers it. */
export interface BuiltinType {
  /** The name the model stores. */
  readonly name: string;
  readonly group: TypeGroup;
  /** What it is, in a few words. */
  readonly note: string;
  /** Most arguments it takes, such as 2 for `numeric(12,2)`; 0 = none. */
  readonly args: 0 | 1 | 2;
  /** Other spellings, lower case. */
  readonly aliases?: readonly string[];
}

export type TypeGroup =
  | 'Number'
  | 'Text'
  | 'Date and time'
  | 'Document'
  | 'Identifier'
  | 'Binary'
  | 'Network'
  | 'Geometry'
  | 'Range'
  | 'Search'
  | 'System';

function group(name: TypeGroup, types: readonly Omit<BuiltinType, 'group'>[]): readonly BuiltinType[] {
  return types.map((type) => ({ ...type, group: name }));
}

/**
 * Types of PostgreSQL 18, the usual ones of each group first. Source: the manual's chapter 8 (table 8.1 and the sections
 * on range, text search, object identifier and pg_lsn types).
 */
export const BUILTIN_TYPES: readonly BuiltinType[] = [
  ...group('Number', [
    { name: 'bigint', note: '8 bytes, up to 9.2 × 10¹⁸', args: 0, aliases: ['int8'] },
    { name: 'integer', note: '4 bytes, up to 2.1 × 10⁹', args: 0, aliases: ['int', 'int4'] },
    { name: 'smallint', note: '2 bytes, up to 32,767', args: 0, aliases: ['int2'] },
    { name: 'numeric', note: 'exact; (precision, scale)', args: 2, aliases: ['decimal', 'dec'] },
    { name: 'double precision', note: '8 bytes, inexact', args: 0, aliases: ['float8', 'double'] },
    { name: 'real', note: '4 bytes, inexact', args: 0, aliases: ['float4'] },
    { name: 'bigserial', note: 'bigint with a sequence; identity is better', args: 0, aliases: ['serial8'] },
    { name: 'serial', note: 'integer with a sequence; identity is better', args: 0, aliases: ['serial4'] },
    { name: 'smallserial', note: 'smallint with a sequence; identity is better', args: 0, aliases: ['serial2'] },
    { name: 'money', note: 'amount in the server’s locale; numeric is better', args: 0 },
    { name: 'float', note: 'real or double precision by bits', args: 1 },
  ]),
  ...group('Text', [
    { name: 'text', note: 'any length', args: 0 },
    {
      name: 'varchar',
      note: 'at most (n) characters',
      args: 1,
      aliases: ['character varying', 'national character varying', 'nchar varying'],
    },
    { name: 'char', note: 'padded to (n) characters', args: 1, aliases: ['character', 'bpchar', 'national character', 'nchar'] },
    { name: 'name', note: 'an identifier, 63 bytes', args: 0 },
  ]),
  ...group('Date and time', [
    { name: 'timestamptz', note: 'a moment, stored in UTC', args: 1, aliases: ['timestamp with time zone'] },
    { name: 'timestamp', note: 'date and time without a zone', args: 1, aliases: ['timestamp without time zone', 'datetime'] },
    { name: 'date', note: 'a calendar day', args: 0 },
    { name: 'time', note: 'time of day', args: 1, aliases: ['time without time zone'] },
    { name: 'timetz', note: 'time of day with an offset', args: 1, aliases: ['time with time zone'] },
    { name: 'interval', note: 'a span of time', args: 1 },
  ]),
  ...group('Identifier', [
    { name: 'boolean', note: 'true or false', args: 0, aliases: ['bool'] },
    { name: 'uuid', note: '16 bytes, unique anywhere', args: 0 },
  ]),
  ...group('Document', [
    { name: 'jsonb', note: 'JSON, parsed and indexable', args: 0 },
    { name: 'json', note: 'JSON as it was written', args: 0 },
    { name: 'xml', note: 'an XML document', args: 0 },
    { name: 'jsonpath', note: 'a JSON path', args: 0 },
  ]),
  ...group('Binary', [
    { name: 'bytea', note: 'bytes', args: 0 },
    { name: 'bit', note: 'exactly (n) bits', args: 1 },
    { name: 'varbit', note: 'at most (n) bits', args: 1, aliases: ['bit varying'] },
  ]),
  ...group('Network', [
    { name: 'inet', note: 'an IP address, with or without a netmask', args: 0 },
    { name: 'cidr', note: 'an IP network', args: 0 },
    { name: 'macaddr', note: 'a MAC address', args: 0 },
    { name: 'macaddr8', note: 'a MAC address, EUI-64', args: 0 },
  ]),
  ...group('Search', [
    { name: 'tsvector', note: 'a searchable text', args: 0 },
    { name: 'tsquery', note: 'a text search', args: 0 },
  ]),
  ...group('Range', [
    { name: 'tstzrange', note: 'a span of moments', args: 0 },
    { name: 'tsrange', note: 'a span of timestamps', args: 0 },
    { name: 'daterange', note: 'a span of days', args: 0 },
    { name: 'int4range', note: 'a span of integers', args: 0 },
    { name: 'int8range', note: 'a span of bigints', args: 0 },
    { name: 'numrange', note: 'a span of numerics', args: 0 },
    { name: 'tstzmultirange', note: 'several spans of moments', args: 0 },
    { name: 'tsmultirange', note: 'several spans of timestamps', args: 0 },
    { name: 'datemultirange', note: 'several spans of days', args: 0 },
    { name: 'int4multirange', note: 'several spans of integers', args: 0 },
    { name: 'int8multirange', note: 'several spans of bigints', args: 0 },
    { name: 'nummultirange', note: 'several spans of numerics', args: 0 },
  ]),
  ...group('Geometry', [
    { name: 'point', note: '(x, y)', args: 0 },
    { name: 'line', note: 'an infinite line', args: 0 },
    { name: 'lseg', note: 'a line segment', args: 0 },
    { name: 'box', note: 'a rectangle', args: 0 },
    { name: 'path', note: 'an open or closed path', args: 0 },
    { name: 'polygon', note: 'a polygon', args: 0 },
    { name: 'circle', note: 'a centre and a radius', args: 0 },
  ]),
  ...group('System', [
    { name: 'oid', note: 'an object identifier', args: 0 },
    { name: 'regclass', note: 'a relation by name', args: 0 },
    { name: 'regtype', note: 'a type by name', args: 0 },
    { name: 'regproc', note: 'a function by name', args: 0 },
    { name: 'regprocedure', note: 'a function with its arguments', args: 0 },
    { name: 'regrole', note: 'a role by name', args: 0 },
    { name: 'regnamespace', note: 'a schema by name', args: 0 },
    { name: 'regconfig', note: 'a text search configuration', args: 0 },
    { name: 'regoper', note: 'an operator by name', args: 0 },
    { name: 'regoperator', note: 'an operator with its arguments', args: 0 },
    { name: 'regdictionary', note: 'a text search dictionary', args: 0 },
    { name: 'regcollation', note: 'a collation by name', args: 0 },
    { name: 'pg_lsn', note: 'a position in the write-ahead log', args: 0 },
    { name: 'pg_snapshot', note: 'a transaction snapshot', args: 0 },
    { name: 'txid_snapshot', note: 'a transaction snapshot, older form', args: 0 },
    { name: 'xid', note: 'a transaction id', args: 0 },
    { name: 'xid8', note: 'a transaction id, 64 bits', args: 0 },
    { name: 'cid', note: 'a command id', args: 0 },
    { name: 'tid', note: 'a row position', args: 0 },
  ]),
];

/** Types of widely used extensions: typed without a schema they are taken as they are. */
export const EXTENSION_TYPES: readonly { readonly name: string; readonly extension: string }[] = [
  { name: 'citext', extension: 'citext' },
  { name: 'hstore', extension: 'hstore' },
  { name: 'ltree', extension: 'ltree' },
  { name: 'lquery', extension: 'ltree' },
  { name: 'cube', extension: 'cube' },
  { name: 'geometry', extension: 'PostGIS' },
  { name: 'geography', extension: 'PostGIS' },
  { name: 'vector', extension: 'pgvector' },
  { name: 'halfvec', extension: 'pgvector' },
  { name: 'sparsevec', extension: 'pgvector' },
  { name: 'semver', extension: 'semver' },
  { name: 'isbn', extension: 'isn' },
  { name: 'ean13', extension: 'isn' },
  { name: 'seg', extension: 'seg' },
];

const BY_SPELLING = new Map<string, BuiltinType>(
  BUILTIN_TYPES.flatMap((type) => [type.name, ...(type.aliases ?? [])].map((spelling) => [spelling, type] as const)),
);

/** The builtin type with this spelling, in lower case with single spaces. */
export function builtinType(spelling: string): BuiltinType | undefined {
  return BY_SPELLING.get(spelling);
}
