import type { Sql, StorageParameter, Trigger } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlSequence, DdlType } from '../../base/read/ddl.ts';
import { names } from './constraints.ts';
import { readType } from './types.ts';

/** Options of a view, such as SCHEMABINDING. */
function viewOptions(cursor: Cursor): StorageParameter[] {
  const all: StorageParameter[] = [];
  if (!cursor.take('WITH')) return all;
  do all.push({ name: cursor.name().toUpperCase(), value: '' });
  while (cursor.take(','));
  return all;
}

/** `VIEW name [(columns)] [WITH ...] AS query [WITH CHECK OPTION]` */
export function view(cursor: Cursor, replace: boolean): Ddl {
  const name = cursor.qualified();
  const columns = cursor.is('(') ? names(cursor) : [];
  const options = viewOptions(cursor);
  cursor.expect('AS');
  const from = cursor.at;
  const all = cursor.tokens.length;
  const checked = ['WITH', 'CHECK', 'OPTION'].every((word, i) => cursor.tokens[all - 3 + i]?.word === word) && all - 3 > from;
  if (cursor.done) cursor.fail('a query was expected');
  cursor.rest();
  const query = cursor.slice(from, checked ? all - 3 : all);
  return {
    kind: 'view',
    name,
    ...(replace ? { replace } : {}),
    ...(columns.length === 0 ? {} : { columns }),
    ...(options.length === 0 ? {} : { options }),
    query,
    ...(checked ? { checkOption: 'cascaded' as const } : {}),
  };
}

/** Parameters as the tree shows them: `@a int, @b nvarchar(20) OUTPUT`. */
function parameters(cursor: Cursor, isFunction: boolean): string {
  if (isFunction || cursor.is('(')) return cursor.bracketed().replaceAll(/\s+/g, ' ');
  const from = cursor.at;
  while (!cursor.done) {
    const afterVariable = cursor.at > from && cursor.peek(-1).text.startsWith('@');
    if (cursor.isAny('WITH', 'FOR') || (cursor.is('AS') && !afterVariable)) break;
    cursor.skip();
  }
  return cursor.slice(from).replaceAll(/\s+/g, ' ');
}

/** The statement as one that creates, whether it said CREATE, ALTER or CREATE OR ALTER. */
function asCreate(cursor: Cursor): Sql {
  const sql = cursor.slice(0, cursor.tokens.length);
  return sql.replace(/^(?:CREATE|ALTER)\b(?:\s+OR\s+ALTER\b)?/i, (verb) => (/^create$/i.test(verb) ? verb : 'CREATE'));
}

/** `PROCEDURE` and `FUNCTION`: the statement is kept whole. */
export function routine(cursor: Cursor, kind: 'function' | 'procedure', replace: boolean): Ddl {
  const name = cursor.qualified();
  if (cursor.take(';')) cursor.next();
  const signature = parameters(cursor, kind === 'function');
  cursor.rest();
  return { kind: 'routine', name, routine: kind, signature, ...(replace ? { replace } : {}), definition: asCreate(cursor) };
}

const EVENTS: Readonly<Record<string, Trigger['events'][number]>> = { INSERT: 'insert', UPDATE: 'update', DELETE: 'delete' };

/** `TRIGGER name ON table [WITH ...] FOR | AFTER | INSTEAD OF events [NOT FOR REPLICATION] AS body` */
export function trigger(cursor: Cursor, replace: boolean): Ddl {
  const name = cursor.qualified();
  cursor.expect('ON');
  if (cursor.is('DATABASE') || cursor.is('ALL', 'SERVER')) {
    cursor.rest();
    return { kind: 'keep', words: 'CREATE TRIGGER' };
  }
  const on = cursor.qualified();
  const residue: Sql[] = [];
  const options = cursor.at;
  if (cursor.take('WITH')) {
    while (!cursor.done && !cursor.isAny('FOR', 'AFTER', 'INSTEAD')) cursor.skip();
    residue.push(cursor.slice(options));
  }
  const instead = cursor.take('INSTEAD', 'OF');
  if (!instead && cursor.takeAny('FOR', 'AFTER') === undefined) cursor.fail('FOR, AFTER or INSTEAD OF was expected');
  const events: Trigger['events'][number][] = [];
  do {
    const event = cursor.takeAny('INSERT', 'UPDATE', 'DELETE');
    if (event === undefined) cursor.fail('INSERT, UPDATE or DELETE was expected');
    else events.push(EVENTS[event] as Trigger['events'][number]);
  } while (cursor.take(','));
  cursor.take('WITH', 'APPEND');
  if (cursor.take('NOT', 'FOR', 'REPLICATION')) residue.push('NOT FOR REPLICATION');
  cursor.expect('AS');
  const body = cursor.rest();
  return {
    kind: 'trigger',
    name,
    on,
    ...(replace ? { replace } : {}),
    timing: instead ? 'instead of' : 'after',
    events,
    forEach: 'statement',
    body,
    ...(residue.length === 0 ? {} : { residue }),
  };
}

const SEQUENCE_TYPES: Readonly<Record<string, 'smallint' | 'integer' | 'bigint'>> = {
  smallint: 'smallint',
  int: 'integer',
  bigint: 'bigint',
};

/** `[AS type] [START WITH n] [INCREMENT BY n] ...` */
function sequenceOptions(cursor: Cursor): Pick<DdlSequence, 'options' | 'residue'> {
  const options: { -readonly [K in keyof DdlSequence['options']]: DdlSequence['options'][K] } = {};
  const residue: Sql[] = [];
  const number = () => {
    const found = cursor.number();
    if (found === undefined) cursor.fail('a number was expected');
    return found ?? '0';
  };
  while (!cursor.done) {
    const from = cursor.at;
    if (cursor.take('AS')) {
      const type = readType(cursor);
      const known = type.custom === true ? undefined : SEQUENCE_TYPES[type.name];
      if (known === undefined) residue.push(cursor.slice(from));
      else options.type = known;
    } else if (cursor.take('RESTART')) {
      // Where it goes on from is a state, not a definition.
      if (cursor.take('WITH')) number();
    } else if (cursor.take('START', 'WITH')) options.start = number();
    else if (cursor.take('INCREMENT', 'BY')) options.increment = number();
    else if (cursor.take('MINVALUE')) options.min = number();
    else if (cursor.take('MAXVALUE')) options.max = number();
    else if (cursor.take('NO', 'MINVALUE')) options.min = 'none';
    else if (cursor.take('NO', 'MAXVALUE')) options.max = 'none';
    else if (cursor.take('NO', 'CYCLE')) options.cycle = false;
    else if (cursor.take('CYCLE')) options.cycle = true;
    else if (cursor.take('NO', 'CACHE')) options.cache = '0';
    else if (cursor.take('CACHE')) {
      const size = cursor.number();
      if (size !== undefined) options.cache = size;
    } else cursor.fail('an option of a sequence was expected');
  }
  return { options, ...(residue.length === 0 ? {} : { residue }) };
}

/** `SEQUENCE name ...`, of CREATE or ALTER. */
export function sequence(cursor: Cursor, alters: boolean): Ddl {
  const name = cursor.qualified();
  const said = sequenceOptions(cursor);
  return alters ? { kind: 'alter sequence', name, ...said } : { kind: 'sequence', name, ...said };
}

/** `TYPE name FROM base [NULL | NOT NULL]`, `TYPE name AS TABLE (...)`, `TYPE name EXTERNAL NAME ...` */
export function type(cursor: Cursor): Ddl {
  const name = cursor.qualified();
  if (!cursor.take('FROM')) {
    if (!cursor.is('AS') && !cursor.is('EXTERNAL')) cursor.fail('FROM, AS TABLE or EXTERNAL NAME was expected');
    cursor.rest();
    return { kind: 'type', name, definition: { kind: 'written', sql: cursor.slice(0, cursor.tokens.length) } };
  }
  const base: DdlType = readType(cursor);
  const notNull = cursor.take('NOT', 'NULL');
  if (!notNull) cursor.take('NULL');
  return { kind: 'type', name, definition: { kind: 'domain', base, ...(notNull ? { notNull } : {}) } };
}
