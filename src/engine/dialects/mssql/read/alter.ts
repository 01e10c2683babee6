import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlAction } from '../../base/read/ddl.ts';
import { options } from './clauses.ts';
import { readColumn, readDefault } from './columns.ts';
import { constraintBody, indexBody, isConstraint } from './constraints.ts';
import { period } from './table.ts';
import { readType } from './types.ts';

/** Clauses that ALTER COLUMN gives to a column or takes from it, one at a time. */
const SWITCHED = ['ROWGUIDCOL', 'PERSISTED', 'SPARSE', 'HIDDEN', 'MASKED', 'NOT'];

/** `[CONSTRAINT name] DEFAULT value FOR column [WITH VALUES]` */
function addDefault(cursor: Cursor, name: string | undefined): DdlAction {
  cursor.expect('DEFAULT');
  const value = readDefault(cursor);
  cursor.expect('FOR');
  const column = cursor.name();
  cursor.take('WITH', 'VALUES');
  return { kind: 'alter column', name: column, default: value, ...(name === undefined ? {} : { defaultName: name }) };
}

function addElement(cursor: Cursor, notValid: boolean): DdlAction {
  const start = cursor.offset;
  const kept = period(cursor);
  if (kept !== undefined) return { kind: 'keep', sql: `ADD ${kept}` };
  if (cursor.is('INDEX')) return { kind: 'add constraint', constraint: indexBody(cursor) };
  const name = cursor.take('CONSTRAINT') ? { name: cursor.name() } : {};
  if (cursor.is('DEFAULT')) return addDefault(cursor, name.name);
  if (name.name !== undefined || isConstraint(cursor))
    return { kind: 'add constraint', constraint: constraintBody(cursor, { start, ...name, ...(notValid ? { notValid } : {}) }) };
  return { kind: 'add column', column: readColumn(cursor) };
}

/** One after the other, with commas between them. A word after a comma can make more of what ADD does: it is said once. */
function several<T>(cursor: Cursor, one: () => T): T[] {
  const all: T[] = [];
  do {
    if (cursor.done) {
      cursor.fail('a name was expected');
      break;
    }
    all.push(one());
  } while (cursor.take(','));
  return all;
}

/** `ALTER COLUMN c ADD SPARSE`, `ALTER COLUMN c DROP NOT FOR REPLICATION` ... */
function switchClause(cursor: Cursor, name: string, adds: boolean): DdlAction {
  const from = cursor.at;
  const word = cursor.takeAny(...SWITCHED);
  if (word === 'NOT') cursor.expect('FOR', 'REPLICATION');
  if (word === 'MASKED' && cursor.take('WITH')) cursor.bracketed();
  if (word === undefined) cursor.fail(`${SWITCHED.join(', ')} was expected`);
  const sql = cursor.slice(from);
  if (word === 'HIDDEN') return { kind: 'alter column', name, invisible: adds };
  if (word === 'PERSISTED') return { kind: 'alter column', name, stored: adds };
  return adds ? { kind: 'alter column', name, addResidue: sql } : { kind: 'alter column', name, dropResidue: sql };
}

function alterColumn(cursor: Cursor): DdlAction {
  const name = cursor.name();
  if (cursor.take('ADD')) return switchClause(cursor, name, true);
  if (cursor.is('DROP')) {
    cursor.next();
    return switchClause(cursor, name, false);
  }
  const type = readType(cursor);
  let collation: string | undefined;
  // What is not said is as of a new column: NULL is allowed.
  let nullable = true;
  let addResidue: string | undefined;
  for (;;) {
    const from = cursor.at;
    if (cursor.take('COLLATE')) collation = cursor.name();
    else if (cursor.take('NOT', 'NULL')) nullable = false;
    else if (cursor.take('WITH')) cursor.bracketed();
    else if (cursor.take('SPARSE')) addResidue = 'SPARSE';
    else if (cursor.take('MASKED', 'WITH')) {
      cursor.bracketed();
      addResidue = cursor.slice(from);
    } else if (!cursor.take('NULL')) break;
  }
  const more = { ...(collation === undefined ? {} : { collation }), ...(addResidue === undefined ? {} : { addResidue }) };
  return { kind: 'alter column', name, type, nullable, ...more };
}

/** `DROP [CONSTRAINT] a, COLUMN b, c`: the word holds until another one comes. */
function dropList(cursor: Cursor): DdlAction[] {
  let what: 'column' | 'constraint' | 'index' = 'constraint';
  return several(cursor, () => {
    const from = cursor.at;
    if (cursor.is('PERIOD', 'FOR')) {
      cursor.at = from + 2;
      cursor.name();
      return { kind: 'keep', sql: `DROP ${cursor.slice(from)}` } as const;
    }
    const said = cursor.takeAny('COLUMN', 'CONSTRAINT', 'INDEX');
    if (said !== undefined) what = said.toLowerCase() as typeof what;
    const ifExists = cursor.take('IF', 'EXISTS') ? { ifExists: true } : {};
    const name = cursor.name();
    if (cursor.take('WITH')) cursor.bracketed();
    if (what === 'column') return { kind: 'drop column', name, ...ifExists } as const;
    return { kind: 'drop constraint', what: what === 'index' ? 'index' : 'any', name, ...ifExists } as const;
  });
}

/** `[WITH CHECK | WITH NOCHECK] CHECK | NOCHECK CONSTRAINT ALL | a, b` */
function switchConstraints(cursor: Cursor, looked: boolean | undefined): DdlAction[] {
  const enforced = cursor.takeAny('CHECK', 'NOCHECK') === 'CHECK';
  cursor.expect('CONSTRAINT');
  // Old rows are looked at only when WITH CHECK says so; what was in force and trusted stays trusted.
  const state = { notEnforced: !enforced, ...(looked === true && enforced ? { notValid: false } : {}) };
  if (cursor.take('ALL')) return [{ kind: 'alter constraint', ...state }];
  return several(cursor, () => ({ kind: 'alter constraint', name: cursor.name(), ...state }));
}

function switchTriggers(cursor: Cursor, enabled: boolean): DdlAction[] {
  if (cursor.take('ALL')) return [{ kind: 'alter trigger', enabled }];
  return several(cursor, () => ({ kind: 'alter trigger', name: cursor.name(), enabled }));
}

/** `SET (NAME = value, ...)`: a table whose versioning is off is one without it. */
function setOptions(cursor: Cursor): DdlAction[] {
  const all = options(cursor);
  const isOff = ({ name, value }: (typeof all)[number]) => name === 'SYSTEM_VERSIONING' && /^OFF\b/i.test(value);
  const off = all.filter(isOff).map(({ name }) => name);
  return [{ kind: 'set', parameters: all.filter((one) => !isOff(one)), ...(off.length === 0 ? {} : { dropParameters: off }) }];
}

function rebuild(cursor: Cursor): DdlAction[] {
  const nothing: DdlAction = { kind: 'nothing', reason: 'maintenance: it changes nothing' };
  if (cursor.take('PARTITION')) {
    cursor.rest();
    return [nothing];
  }
  const lasting = cursor.take('WITH') ? options(cursor).filter(({ name }) => /COMPRESSION$/.test(name)) : [];
  return lasting.length === 0 ? [nothing] : [{ kind: 'set', parameters: lasting }];
}

function actions(cursor: Cursor): DdlAction[] {
  let looked: boolean | undefined;
  if (cursor.is('WITH', 'CHECK') || cursor.is('WITH', 'NOCHECK')) {
    looked = cursor.word(1) === 'CHECK';
    cursor.at += 2;
  }
  if (cursor.take('ADD')) return several(cursor, () => addElement(cursor, looked === false));
  if (cursor.isAny('CHECK', 'NOCHECK')) return switchConstraints(cursor, looked);
  if (cursor.take('ALTER', 'COLUMN')) return [alterColumn(cursor)];
  if (cursor.take('DROP')) return dropList(cursor);
  if (cursor.take('ENABLE', 'TRIGGER')) return switchTriggers(cursor, true);
  if (cursor.take('DISABLE', 'TRIGGER')) return switchTriggers(cursor, false);
  if (cursor.take('SET')) return setOptions(cursor);
  if (cursor.take('REBUILD')) return rebuild(cursor);
  const word = cursor.word();
  const sql = cursor.rest();
  if (word === 'SWITCH' || word === 'SPLIT' || word === 'MERGE')
    return [{ kind: 'nothing', reason: 'it moves rows between tables: a model holds no rows' }];
  return [{ kind: 'keep', sql }];
}

/** `ALTER TABLE name ...`; the words before the name are taken already. */
export function alterTable(cursor: Cursor): Ddl {
  const name = cursor.qualified();
  if (cursor.done) cursor.fail('an action was expected');
  return { kind: 'alter table', name, actions: actions(cursor) };
}
