import type { Common } from '../types/common.ts';
import { TYPE_MAPS } from '../types/maps.ts';
import { kindOf } from './kinds.ts';
import { truthOf, typeText } from './literals.ts';
import { numberOf } from './normal.ts';
import type { Printer } from './print.ts';
import type { Expr, TypeWords } from './tree.ts';

/** What MySQL's CAST may name (12.10 Cast Functions and Operators). */
function mysqlCast(common: Common): string | undefined {
  switch (common.is) {
    case 'integer':
      return common.unsigned === true ? 'UNSIGNED' : 'SIGNED';
    case 'decimal':
      return common.precision === undefined ? 'DECIMAL(38, 10)' : `DECIMAL(${common.precision}, ${common.scale ?? 0})`;
    case 'money':
      return 'DECIMAL(19, 4)';
    case 'float':
      return 'DOUBLE';
    case 'text':
      return common.length === undefined ? 'CHAR' : `CHAR(${common.length})`;
    case 'enum':
    case 'uuid':
      return 'CHAR';
    case 'date':
      return 'DATE';
    case 'timestamp':
      return (common.precision ?? 6) === 0 ? 'DATETIME' : `DATETIME(${Math.min(common.precision ?? 6, 6)})`;
    case 'time':
      return 'TIME';
    case 'bytes':
      return 'BINARY';
    default:
      return undefined;
  }
}

function sqliteCast(common: Common): string | undefined {
  const kind = kindOf(common);
  return {
    text: 'TEXT',
    integer: 'INTEGER',
    number: common.is === 'float' ? 'REAL' : 'NUMERIC',
    bytes: 'BLOB',
    boolean: 'INTEGER',
    date: undefined,
    time: undefined,
    json: 'TEXT',
    other: undefined,
  }[kind];
}

const MOMENTS = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:[+-]\d{2}(?::?\d{2})?)?$/;

/** A literal with a type is often the literal itself. */
function literalCast(printer: Printer, value: string, common: Common): string | undefined {
  const { to } = printer;
  const kind = kindOf(common);
  if (kind === 'integer' || kind === 'number') {
    const number = numberOf(value);
    return number === undefined ? undefined : printer.value(number);
  }
  if (kind === 'boolean') {
    const truth = truthOf({ is: 'string', value });
    return truth === undefined ? undefined : printer.value({ is: 'truth', value: truth });
  }
  if (kind === 'text' || kind === 'json' || common.is === 'uuid' || common.is === 'xml')
    return printer.value({ is: 'string', value });
  if (kind === 'bytes' && /^\\x[0-9a-f]*$/i.test(value)) return printer.value({ is: 'bytes', hex: value.slice(2) });
  if ((kind === 'date' || kind === 'time') && MOMENTS.test(value)) {
    const day = value.slice(0, 10);
    const text = printer.value({ is: 'string', value: kind === 'date' ? day : value.replace('T', ' ') });
    if (to === 'sqlite') return text;
    if (to === 'mssql')
      return `CAST(${text} AS ${kind === 'date' ? 'date' : common.is === 'timestamp' && common.zone !== undefined ? 'datetimeoffset' : 'datetime2'})`;
    return `${kind === 'date' ? 'DATE' : 'TIMESTAMP'} ${text}`;
  }
  return undefined;
}

function targetName(printer: Printer, common: Common): string | undefined {
  const { to, version } = printer;
  if (to === 'mysql' || to === 'mariadb') return mysqlCast(common);
  if (to === 'sqlite') return sqliteCast(common);
  if (to === 'oracle' && common.is === 'text' && common.length === undefined) return 'VARCHAR2(4000)';
  if (common.is === 'enum' || common.is === 'set' || common.is === 'array' || common.is === 'spatial') return undefined;
  const written = TYPE_MAPS[to].write(common, { to, version });
  return typeText(written.type);
}

/** Whether every value of a kind is one of the type already, so that nothing needs to be cast. */
function isSame(printer: Printer, of: Expr, common: Common): boolean {
  const kind = printer.kind(of);
  if (common.is === 'text' && common.length === undefined && common.fixed !== true) return kind === 'text';
  if (common.is === 'decimal' && common.precision === undefined)
    return (kind === 'integer' && of.is !== 'binary') || kind === 'number';
  return common.is === 'integer' && kind === 'integer' && (of.is === 'number' || of.is === 'name');
}

/** `CAST(of AS type)`, or `of` alone where it is the same. @param common when it is known already. */
export function castTo(printer: Printer, of: Expr, type: TypeWords, common = printer.typeOf(type)): string {
  // PostgreSQL writes arrays of literals with casts of the whole; IN lists have none.
  if (common === undefined) {
    if (of.is === 'string' && (type.own || printer.names.ownType?.(type) !== undefined)) return printer.value(of);
    return printer.fail(`a cast to ${type.name}${'[]'.repeat(type.dims)}`);
  }
  if (of.is === 'null') return 'NULL';
  if (of.is === 'string') {
    const literal = literalCast(printer, of.value, common);
    if (literal !== undefined) return literal;
  }
  if (of.is === 'number' && (kindOf(common) === 'integer' || kindOf(common) === 'number')) return printer.value(of);
  if (isSame(printer, of, common)) return printer.value(of, 10);
  if (common.is === 'boolean' && printer.kind(of) === 'boolean') return printer.value(of, 10);
  const name = targetName(printer, common);
  const value = printer.value(of);
  if (name !== undefined) return `CAST(${value} AS ${name})`;
  if (printer.to === 'sqlite' && common.is === 'date') return `date(${value})`;
  if (printer.to === 'sqlite' && common.is === 'timestamp') return `datetime(${value})`;
  return printer.fail(`a cast to ${type.name}`);
}
