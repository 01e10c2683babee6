import { nearest } from '#lib/edit-distance.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlType } from '../../base/read/ddl.ts';
import { BUILTIN_TYPES, OWNED_TYPES } from '../types.ts';

/** Types of the SQL standard that Oracle takes for its own, by their words. */
const SPELLINGS: readonly (readonly [string, ...string[]])[] = [
  ['varchar', 'CHARACTER', 'VARYING'],
  ['varchar', 'CHAR', 'VARYING'],
  ['nvarchar2', 'NATIONAL', 'CHARACTER', 'VARYING'],
  ['nvarchar2', 'NATIONAL', 'CHAR', 'VARYING'],
  ['nvarchar2', 'NCHAR', 'VARYING'],
  ['nchar', 'NATIONAL', 'CHARACTER'],
  ['nchar', 'NATIONAL', 'CHAR'],
  ['char', 'CHARACTER'],
  ['double precision', 'DOUBLE', 'PRECISION'],
  ['long raw', 'LONG', 'RAW'],
];

function args(cursor: Cursor): readonly string[] | undefined {
  if (!cursor.is('(')) return undefined;
  return cursor.list(() => {
    const from = cursor.at;
    while (!cursor.done && !cursor.isAny(',', ')')) cursor.skip();
    // `40 CHAR`: how it is counted is part of the length.
    return cursor.slice(from).toLowerCase();
  });
}

/** `( n )`, as it stands in the name of an interval type. */
function precision(cursor: Cursor): string {
  return cursor.is('(') ? `(${cursor.bracketed()})` : '';
}

function interval(cursor: Cursor): DdlType {
  const from = cursor.takeAny('YEAR', 'DAY')?.toLowerCase() ?? '';
  const leading = precision(cursor);
  cursor.expect('TO');
  const to = cursor.takeAny('MONTH', 'SECOND')?.toLowerCase() ?? '';
  if (`${from} to ${to}` !== 'year to month' && `${from} to ${to}` !== 'day to second') {
    cursor.fail('YEAR TO MONTH or DAY TO SECOND was expected');
  }
  return { name: `interval ${from}${leading} to ${to}${precision(cursor)}` };
}

function timestamp(cursor: Cursor): DdlType {
  const found = args(cursor);
  const given = found === undefined ? {} : { args: found };
  if (cursor.take('WITH', 'LOCAL', 'TIME', 'ZONE')) return { name: 'timestamp with local time zone', ...given };
  if (cursor.take('WITH', 'TIME', 'ZONE')) return { name: 'timestamp with time zone', ...given };
  return { name: 'timestamp', ...given };
}

/** `VARCHAR2(40 CHAR)`, `TIMESTAMP(6) WITH TIME ZONE`, `MDSYS.SDO_GEOMETRY`, `schema.type`, `REF type`. */
export function readType(cursor: Cursor): DdlType {
  if (cursor.is('INTERVAL') && (cursor.is('INTERVAL', 'YEAR') || cursor.is('INTERVAL', 'DAY'))) {
    cursor.next();
    return interval(cursor);
  }
  if (cursor.take('TIMESTAMP')) return timestamp(cursor);
  if (cursor.is('REF') && cursor.peek(1).kind !== 'symbol' && cursor.peek(1).text !== '') {
    const from = cursor.at;
    cursor.next();
    cursor.qualified();
    return { name: `ref ${cursor.slice(from + 1)}` };
  }
  const spelling = SPELLINGS.find(([, ...words]) => cursor.take(...words));
  const builtin = spelling?.[0] ?? (cursor.word(1) === '.' ? undefined : BUILTIN_TYPES.get(cursor.word()));
  if (builtin !== undefined) {
    if (spelling === undefined) cursor.next();
    const found = args(cursor);
    return found === undefined ? { name: builtin } : { name: builtin, args: found };
  }
  const { at } = cursor;
  const { schema, name } = cursor.qualified();
  const [like] = schema === undefined && cursor.is('(') ? nearest(name, BUILTIN_TYPES.keys(), 1) : [];
  if (like !== undefined) {
    // A type of the schema has no length, so this is none.
    cursor.at = at;
    cursor.fail('a type was expected', `: did you mean ${like}?`);
  }
  if (schema === undefined) return { name, custom: true };
  const owned = OWNED_TYPES.get(`${schema}.${name}`);
  return owned === undefined ? { schema, name, custom: true } : { name: owned };
}
