import type { Node, TypeName } from 'libpg-query';
import type { ColumnType } from '#model/column-types.ts';
import { isBuiltinTypeName } from '../type-names.ts';
import { as, qualifiedName, texts } from './ast.ts';
import type { ReadState } from './state.ts';
import type { Source } from './tokens.ts';

/** Usual names of types whose name in the catalog is another. */
const USUAL: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  serial2: 'smallserial',
  serial4: 'serial',
  serial8: 'bigserial',
};

const SERIAL = new Set(['serial', 'bigserial', 'smallserial', 'serial2', 'serial4', 'serial8']);

/** Field restrictions of `interval` by the mask the parser gives (`INTERVAL_MASK` of `utils/timestamp.h`). */
const INTERVAL_FIELDS: Readonly<Record<number, string>> = {
  2: 'month',
  4: 'year',
  6: 'year to month',
  8: 'day',
  1024: 'hour',
  1032: 'day to hour',
  2048: 'minute',
  3072: 'hour to minute',
  3080: 'day to minute',
  4096: 'second',
  6144: 'minute to second',
  7168: 'hour to second',
  7176: 'day to second',
};

/** Mask of `interval(p)` without fields. */
const FULL_RANGE = 32767;

function integerOf(node: Node | undefined): number | undefined {
  const constant = as(node, 'A_Const');
  return constant?.ival === undefined ? undefined : (constant.ival.ival ?? 0);
}

/** Type modifiers as SQL: numbers as they are, anything else as its source text. */
function modifiers(type: TypeName, source: Source): string[] {
  const { typmods } = type;
  if (typmods === undefined || typmods.length === 0) return [];
  const numbers = typmods.map(integerOf);
  if (numbers.every((number) => number !== undefined)) return numbers.map(String);
  const open = source.find('(', source.at(type.location ?? 0));
  return open < 0 ? [] : source.split(source.inside(open)).map((range) => source.slice(range));
}

function interval(args: readonly string[]): { name: string; args: string[] } {
  const mask = Number(args[0] ?? FULL_RANGE);
  const fields = INTERVAL_FIELDS[mask];
  return { name: fields === undefined ? 'interval' : `interval ${fields}`, args: args.slice(1) };
}

function builtin(name: string, type: TypeName, source: Source): { name: string; args: string[] } {
  const args = modifiers(type, source);
  if (name === 'interval') return interval(args);
  if (name === 'bpchar' && args.length > 0) return { name: 'char', args };
  if (name === 'char') return { name: '"char"', args };
  return { name: USUAL[name] ?? name, args };
}

/**
 * A type name of the parse tree as the model holds it: PostgreSQL's own types by their usual names, types of the text by
 * id, others by name. @param source the statement's text, for modifiers that are no numbers.
 */
export function readType(state: ReadState, type: TypeName | undefined, source: Source): ColumnType {
  const parts = texts(type?.names);
  const { schema, name } = qualifiedName(parts);
  const count = type?.arrayBounds?.length ?? 0;
  const dims = count === 0 ? {} : { dims: count };
  if (type === undefined || name === '') return { kind: 'builtin', name: 'text' };
  const isBuiltin = schema === undefined ? isBuiltinTypeName(name) || SERIAL.has(name) : schema === 'pg_catalog';
  if (isBuiltin) {
    const { name: usual, args } = builtin(name, type, source);
    return { kind: 'builtin', name: usual, ...(args.length === 0 ? {} : { args }), ...dims };
  }
  const custom = state.typeId(qualifiedName(parts));
  if (custom !== undefined) return { kind: 'custom', type: custom, ...dims };
  const args = modifiers(type, source);
  return {
    kind: 'other',
    ...(schema === undefined ? {} : { schema }),
    name,
    ...(args.length === 0 ? {} : { args }),
    ...dims,
  };
}

/** True when a value of this type comes from a sequence that the type brings along. */
export function isSerialType(type: ColumnType): boolean {
  return type.kind === 'builtin' && SERIAL.has(type.name);
}

/** Types are the same as far as the model knows them. */
export function sameType(a: ColumnType, b: ColumnType): boolean {
  return typeKey(a) === typeKey(b);
}

function typeKey(type: ColumnType): string {
  const dims = type.dims ?? 0;
  if (type.kind === 'custom') return `${type.type} ${dims}`;
  const schema = type.kind === 'other' ? (type.schema ?? '') : 'pg_catalog';
  return `${schema}.${type.name}(${(type.args ?? []).join(',')}) ${dims}`;
}

/**
 * A type as it stands in a routine's signature: usual name, no modifiers.
 * @returns `integer`, `text[]`, `sales.status`
 */
export function signatureType(state: ReadState, type: TypeName | undefined, source: Source): string {
  const read = readType(state, type, source);
  const dims = '[]'.repeat(read.dims ?? 0);
  if (read.kind === 'builtin') return `${read.name === 'char' ? 'character' : read.name}${dims}`;
  if (read.kind === 'other') return `${read.schema === undefined ? '' : `${read.schema}.`}${read.name}${dims}`;
  const record = state.get('types', read.type) ?? state.get('tables', read.type);
  return `${record === undefined ? read.type : state.hint(record.schema, record.name)}${dims}`;
}
