import type { StorageParameter, Trigger } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlSequence, DdlTrigger, DdlView } from '../../base/read/ddl.ts';
import { readIndex, type Writable, withoutBtree } from './elements.ts';

/** What may stand between CREATE and the kind of the object. */
export interface Prefix {
  readonly orReplace: boolean;
  readonly temporary: boolean;
  /** `ALGORITHM`, `DEFINER`, `SQL SECURITY` with their values as text. */
  readonly options: readonly StorageParameter[];
}

/** `user@host`, `CURRENT_USER`, `role`: as text. */
function readUser(cursor: Cursor): string {
  const from = cursor.at;
  cursor.next();
  if (cursor.is('(')) cursor.skip();
  // `@host` without quotes is one token.
  if (cursor.peek().text.startsWith('@')) {
    const whole = cursor.next().text.length > 1;
    if (!whole) cursor.next();
  }
  return cursor.slice(from);
}

/** Reads `OR REPLACE`, `TEMPORARY`, `ALGORITHM = x`, `DEFINER = x`, `SQL SECURITY x`, in any order. */
export function readPrefix(cursor: Cursor): Prefix {
  let orReplace = false;
  let temporary = false;
  const options: StorageParameter[] = [];
  for (;;) {
    if (cursor.take('OR', 'REPLACE')) orReplace = true;
    else if (cursor.take('TEMPORARY')) temporary = true;
    else if (cursor.take('ALGORITHM')) {
      cursor.take('=');
      options.push({ name: 'ALGORITHM', value: cursor.next().text.toUpperCase() });
    } else if (cursor.take('DEFINER')) {
      cursor.take('=');
      options.push({ name: 'DEFINER', value: readUser(cursor) });
    } else if (cursor.take('SQL', 'SECURITY')) options.push({ name: 'SQL SECURITY', value: cursor.next().text.toUpperCase() });
    else return { orReplace, temporary, options };
  }
}

/** `VIEW name (columns) AS query WITH CHECK OPTION` */
export function readView(cursor: Cursor, { orReplace, options }: Prefix): Ddl {
  cursor.expect('VIEW');
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const view: Writable<DdlView> = { kind: 'view', name: cursor.qualified(), query: '' };
  if (orReplace) view.replace = true;
  if (ifNotExists) view.ifNotExists = true;
  if (options.length > 0) view.options = options;
  if (cursor.is('(')) view.columns = cursor.list(() => cursor.name());
  cursor.expect('AS');
  const from = cursor.at;
  let end = cursor.tokens.length;
  const last = cursor.tokens.slice(-4).map((token) => token.word);
  for (const words of ['WITH CASCADED CHECK OPTION', 'WITH LOCAL CHECK OPTION', 'WITH CHECK OPTION']) {
    const count = words.split(' ').length;
    if (last.slice(-count).join(' ') !== words) continue;
    view.checkOption = words.includes('LOCAL') ? 'local' : 'cascaded';
    end = cursor.tokens.length - count;
  }
  if (!cursor.isAny('SELECT', 'WITH', 'VALUES', 'TABLE', '(')) cursor.fail('a query was expected');
  if (cursor.problem === undefined) view.query = cursor.slice(from, end);
  cursor.rest();
  return view;
}

const EVENTS = { INSERT: 'insert', UPDATE: 'update', DELETE: 'delete' } as const;

function readEvents(cursor: Cursor): Trigger['events'] {
  const events: (keyof typeof EVENTS)[] = [];
  do {
    const word = cursor.takeAny('INSERT', 'UPDATE', 'DELETE');
    if (word === undefined) cursor.fail('INSERT, UPDATE or DELETE was expected');
    else events.push(word as keyof typeof EVENTS);
  } while (cursor.take('OR'));
  return events.map((event) => EVENTS[event]);
}

/** `TRIGGER name BEFORE INSERT ON t FOR EACH ROW FOLLOWS x body` */
export function readTrigger(cursor: Cursor, { orReplace, options }: Prefix): Ddl {
  cursor.expect('TRIGGER');
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const name = cursor.qualified();
  const timing = cursor.takeAny('BEFORE', 'AFTER');
  if (timing === undefined) cursor.fail('BEFORE or AFTER was expected');
  const events = readEvents(cursor);
  cursor.expect('ON');
  const on = cursor.qualified();
  cursor.expect('FOR', 'EACH', 'ROW');
  const residue = options.map((one) => `${one.name}=${one.value}`);
  const order = cursor.at;
  if (cursor.takeAny('FOLLOWS', 'PRECEDES') !== undefined) {
    cursor.name();
    residue.push(cursor.slice(order));
  }
  const trigger: Writable<DdlTrigger> = {
    kind: 'trigger',
    name,
    // A name without a database is looked for where the trigger is.
    on: on.schema === undefined && name.schema !== undefined ? { ...on, schema: name.schema } : on,
    timing: timing === 'BEFORE' ? 'before' : 'after',
    events,
    forEach: 'row',
    body: cursor.rest(),
  };
  if (trigger.body === '') cursor.fail('what the trigger does was expected');
  if (orReplace) trigger.replace = true;
  if (ifNotExists) trigger.ifNotExists = true;
  if (residue.length > 0) trigger.residue = residue;
  return trigger;
}

/** The statement up to a name and from there on. @param at number of the name's token. */
function aroundName(cursor: Cursor, at: number): readonly [string, string] {
  return [`${cursor.slice(0, at)} `, cursor.slice(at, cursor.tokens.length)];
}

/** `EVENT name ON SCHEDULE ...`, `PACKAGE name ...`: kept whole. */
export function readKept(cursor: Cursor, words: string): Ddl {
  cursor.next();
  cursor.take('BODY');
  cursor.take('IF', 'NOT', 'EXISTS');
  const at = cursor.at;
  const name = cursor.qualified();
  cursor.rest();
  const makes = words === 'CREATE EVENT' ? { makes: name, made: 'event' as const } : {};
  return { kind: 'keep', words, ...makes, ...(name.schema === undefined ? { around: aroundName(cursor, at) } : {}) };
}

/** `PROCEDURE name (...)`, `[AGGREGATE] FUNCTION name (...) ...`: kept whole. */
export function readRoutine(cursor: Cursor, { orReplace }: Prefix): Ddl {
  const aggregate = cursor.take('AGGREGATE');
  const isFunction = cursor.takeAny('FUNCTION', 'PROCEDURE') === 'FUNCTION';
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const at = cursor.at;
  const name = cursor.qualified();
  // A function of a shared library has no body.
  if (isFunction && cursor.is('RETURNS')) {
    cursor.rest();
    return { kind: 'keep', words: 'CREATE FUNCTION', first: true };
  }
  const signature = cursor.bracketed().replaceAll(/\s+/g, ' ').trim();
  if (cursor.done) cursor.fail('what the routine does was expected');
  cursor.rest();
  const routine = aggregate ? 'aggregate' : isFunction ? 'function' : 'procedure';
  const around = name.schema === undefined ? { around: aroundName(cursor, at) } : {};
  return {
    kind: 'routine',
    name,
    routine,
    signature,
    ...(orReplace ? { replace: true } : {}),
    ...(ifNotExists ? { ifNotExists } : {}),
    ...around,
  };
}

/** `[UNIQUE | FULLTEXT | SPATIAL] INDEX name ON t (...)` */
export function readCreateIndex(cursor: Cursor, { orReplace }: Prefix): Ddl {
  const kind = cursor.takeAny('UNIQUE', 'FULLTEXT', 'SPATIAL', 'VECTOR');
  const start = cursor.offset;
  cursor.expect('INDEX');
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const name = cursor.name();
  const before = cursor.takeAny('USING', 'TYPE') === undefined ? undefined : cursor.name().toLowerCase();
  cursor.expect('ON');
  const table = cursor.qualified();
  const special = kind === undefined || kind === 'UNIQUE' ? (before === 'btree' ? undefined : before) : kind.toLowerCase();
  const given = { name, unique: kind === 'UNIQUE', ...(special === undefined ? {} : { method: special }) };
  const index = readIndex(cursor, start, given);
  while (cursor.isAny('ALGORITHM', 'LOCK', 'WAIT', 'NOWAIT')) {
    cursor.next();
    cursor.take('=');
    cursor.next();
  }
  return {
    kind: 'create index',
    table,
    index: withoutBtree(index),
    ...(ifNotExists ? { ifNotExists } : {}),
    ...(orReplace ? { replace: true } : {}),
  };
}

/** MariaDB: `SEQUENCE name START WITH 1 ...` */
export function readSequence(cursor: Cursor, altered = false): Ddl {
  cursor.expect('SEQUENCE');
  const ifNotExists = !altered && cursor.take('IF', 'NOT', 'EXISTS');
  if (altered) cursor.take('IF', 'EXISTS');
  const name = cursor.qualified();
  const options: Writable<DdlSequence['options']> = {};
  const residue: string[] = [];
  const value = () => {
    cursor.take('=');
    return cursor.number() ?? '';
  };
  while (!cursor.done && cursor.problem === undefined) {
    const from = cursor.at;
    // Where an existing one goes on is no part of its definition.
    if (altered && cursor.take('RESTART')) {
      cursor.take('WITH');
      cursor.take('=');
      cursor.number();
    } else if (cursor.take('START')) {
      cursor.take('WITH');
      options.start = value();
    } else if (cursor.take('INCREMENT')) {
      cursor.take('BY');
      options.increment = value();
    } else if (cursor.take('MINVALUE')) options.min = value();
    else if (cursor.take('MAXVALUE')) options.max = value();
    else if (cursor.take('NO', 'MINVALUE') || cursor.take('NOMINVALUE')) options.min = 'none';
    else if (cursor.take('NO', 'MAXVALUE') || cursor.take('NOMAXVALUE')) options.max = 'none';
    else if (cursor.take('CACHE')) options.cache = value();
    else if (cursor.take('NOCACHE')) options.cache = '0';
    else if (cursor.take('CYCLE')) options.cycle = true;
    else if (cursor.take('NOCYCLE') || cursor.take('NO', 'CYCLE')) options.cycle = false;
    else if (cursor.take('AS')) {
      cursor.next();
      cursor.takeAny('SIGNED', 'UNSIGNED');
      residue.push(cursor.slice(from));
    } else if (cursor.isName()) {
      cursor.next();
      cursor.take('=');
      cursor.next();
      residue.push(cursor.slice(from));
    } else cursor.fail('an option of the sequence was expected');
  }
  const kept = residue.length > 0 ? { residue } : {};
  if (altered) return { kind: 'alter sequence', name, options, ...kept };
  return { kind: 'sequence', name, ...(ifNotExists ? { ifNotExists } : {}), options, ...kept };
}
