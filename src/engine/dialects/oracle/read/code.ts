import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlName, DdlTrigger, DdlType } from '../../base/read/ddl.ts';
import { ifNotExists, keep } from './tables.ts';
import { readType } from './types.ts';

const EVENTS = { INSERT: 'insert', UPDATE: 'update', DELETE: 'delete' } as const;

type Event = (typeof EVENTS)[keyof typeof EVENTS];

/** `BEFORE | AFTER | INSTEAD OF`; undefined for compound triggers and events of a database. */
function timing(cursor: Cursor): DdlTrigger['timing'] | undefined {
  if (cursor.take('INSTEAD', 'OF')) return 'instead of';
  const word = cursor.takeAny('BEFORE', 'AFTER');
  return word === undefined ? undefined : word === 'BEFORE' ? 'before' : 'after';
}

function events(cursor: Cursor): { events: Event[]; updateOf: string[] } {
  const found: Event[] = [];
  const updateOf: string[] = [];
  do {
    const word = cursor.takeAny('INSERT', 'UPDATE', 'DELETE') as keyof typeof EVENTS | undefined;
    if (word === undefined) return { events: [], updateOf };
    found.push(EVENTS[word]);
    if (word === 'UPDATE' && cursor.take('OF')) {
      do updateOf.push(cursor.name());
      while (cursor.take(','));
    }
  } while (cursor.take('OR'));
  return { events: found, updateOf };
}

/** The table that a compound trigger stands on, as far as it says one. */
function tableOf(cursor: Cursor): DdlName | undefined {
  while (!cursor.done && !cursor.is('ON')) cursor.skip();
  cursor.take('ON');
  return cursor.isName() && !cursor.isAny('SCHEMA', 'DATABASE', 'PLUGGABLE', 'NESTED') && cursor.word(1) !== '.'
    ? cursor.qualified()
    : undefined;
}

/** `TRIGGER name ...`, from the name on. */
export function readTrigger(cursor: Cursor, replace: boolean): Ddl[] {
  const exists = ifNotExists(cursor);
  const name = cursor.qualified();
  const start = cursor.at;
  const when = timing(cursor);
  const { events: found, updateOf } = when === undefined ? { events: [], updateOf: [] } : events(cursor);
  if (when === undefined || found.length === 0 || cursor.is('ON', 'NESTED')) {
    cursor.at = start;
    return keep(cursor, 'CREATE TRIGGER', tableOf(cursor));
  }
  cursor.expect('ON');
  const on = cursor.qualified();
  const trigger: { -readonly [K in keyof DdlTrigger]: DdlTrigger[K] } = {
    kind: 'trigger',
    name,
    on,
    timing: when,
    events: found,
    forEach: when === 'instead of' ? 'row' : 'statement',
    body: '',
  };
  if (replace) trigger.replace = true;
  if (exists) trigger.ifNotExists = true;
  if (updateOf.length > 0) trigger.updateOf = updateOf;
  const residue = heading(cursor, trigger);
  if (residue.length > 0) trigger.residue = residue;
  trigger.body = cursor.rest();
  if (trigger.body === '') cursor.fail('a block or CALL was expected');
  return [trigger];
}

/** What stands between the table and the body. @returns what the model has no field for. */
function heading(cursor: Cursor, trigger: { -readonly [K in keyof DdlTrigger]: DdlTrigger[K] }): string[] {
  const residue: string[] = [];
  for (;;) {
    const from = cursor.at;
    if (cursor.take('REFERENCING')) {
      while (cursor.takeAny('OLD', 'NEW', 'PARENT') !== undefined) {
        cursor.take('AS');
        cursor.name();
      }
      trigger.referencing = cursor.slice(from + 1);
    } else if (cursor.take('FOR', 'EACH', 'ROW')) trigger.forEach = 'row';
    else if (cursor.take('DISABLE')) trigger.enabled = 'disabled';
    else if (cursor.take('ENABLE')) continue;
    else if (cursor.take('WHEN')) trigger.when = cursor.bracketed();
    else if (cursor.takeAny('FOLLOWS', 'PRECEDES') !== undefined) {
      do cursor.qualified();
      while (cursor.take(','));
      residue.push(cursor.slice(from));
    } else if (cursor.take('FORWARD', 'CROSSEDITION') || cursor.take('REVERSE', 'CROSSEDITION') || cursor.take('CROSSEDITION')) {
      residue.push(cursor.slice(from));
    } else break;
  }
  return residue;
}

/** Types of a routine's parameters, in order. */
function signature(cursor: Cursor): string {
  if (!cursor.is('(')) return '';
  const types = cursor.list(() => {
    cursor.name();
    while (cursor.takeAny('IN', 'OUT', 'NOCOPY') !== undefined);
    const from = cursor.at;
    while (!cursor.done && !cursor.isAny(',', ')', 'DEFAULT', ':=')) cursor.skip();
    const type = cursor.slice(from);
    cursor.until();
    return type;
  });
  return types.join(', ');
}

/** `FUNCTION | PROCEDURE name (...) ...`, from that word on. */
export function readRoutine(cursor: Cursor, replace: boolean): Ddl[] {
  const routine = cursor.next().word === 'FUNCTION' ? 'function' : 'procedure';
  ifNotExists(cursor);
  const name = cursor.qualified();
  const types = signature(cursor);
  cursor.rest();
  return [{ kind: 'routine', name, routine, signature: types, ...(replace ? { replace } : {}) }];
}

/** Attributes of an object type; undefined when it has methods, too. */
function attributes(cursor: Cursor): { name: string; type: DdlType; start: number; end: number }[] | undefined {
  let plain = true;
  const found = cursor.list(() => {
    const start = cursor.offset;
    const special = ['MEMBER', 'STATIC', 'CONSTRUCTOR', 'MAP', 'ORDER', 'OVERRIDING', 'FINAL', 'NOT', 'INSTANTIABLE', 'PRAGMA'];
    if (cursor.isAny(...special)) {
      plain = false;
      cursor.until();
      return { name: '', type: { name: '' }, start, end: cursor.endOffset };
    }
    const name = cursor.name();
    const type = readType(cursor);
    return { name, type, start, end: cursor.endOffset };
  });
  return plain ? found : undefined;
}

/** Options of an object type that stand before AS; the writer puts them back there. */
const BEFORE_AS = ['FORCE', 'OID', 'AUTHID', 'DEFAULT', 'SHARING', 'ACCESSIBLE'];

/** `TYPE name ...`, from the name on. */
export function readCreateType(cursor: Cursor, replace: boolean): Ddl[] {
  if (cursor.take('BODY')) {
    const name = cursor.qualified();
    return keep(cursor, 'CREATE TYPE BODY', name);
  }
  ifNotExists(cursor);
  const name = cursor.qualified();
  const replaces = replace ? { replace } : {};
  const residue: string[] = [];
  while (cursor.isAny(...BEFORE_AS)) {
    const from = cursor.at;
    cursor.next();
    while (!cursor.done && !cursor.isAny('AS', 'IS', 'UNDER', ...BEFORE_AS)) cursor.skip();
    residue.push(cursor.slice(from));
  }
  // Made to be filled in later, where types need one another.
  if (cursor.done && residue.length === 0) return keep(cursor, 'CREATE TYPE', undefined, true);
  const isObject = (cursor.take('AS') || cursor.take('IS')) && cursor.take('OBJECT') && cursor.is('(');
  const members = isObject ? attributes(cursor) : undefined;
  if (members === undefined) {
    cursor.rest();
    return [{ kind: 'type', name, ...replaces, definition: { kind: 'written' } }];
  }
  while (!cursor.done) {
    const from = cursor.at;
    cursor.take('NOT');
    if (cursor.takeAny('FINAL', 'INSTANTIABLE', 'PERSISTABLE') === undefined) cursor.fail('FINAL or INSTANTIABLE was expected');
    residue.push(cursor.slice(from).toUpperCase().replaceAll(/\s+/g, ' '));
  }
  const definition = { kind: 'composite', attributes: members } as const;
  return [{ kind: 'type', name, ...replaces, definition, ...(residue.length === 0 ? {} : { residue }) }];
}
