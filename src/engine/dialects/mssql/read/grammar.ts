import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlName } from '../../base/read/ddl.ts';
import type { Grammar, Read } from '../../base/read/grammar.ts';
import { refuseSlip } from '../../base/read/object-words.ts';
import { alterTable } from './alter.ts';
import { drop } from './drop.ts';
import { readCompound } from './guard.ts';
import { alterIndex, createIndex, isIndex } from './indexes.ts';
import { routine, sequence, trigger, type, view } from './objects.ts';
import { execute } from './system.ts';
import { createTable } from './table.ts';

const skip = (reason: string): Ddl => ({ kind: 'skip', reason });

const SESSION = skip('setting of the session');
const DATA = skip('data: a model holds no rows');
const QUERY = skip('a query: it changes nothing');
const DATABASE = skip('the database itself is not part of a schema');
const MAINTENANCE = skip('maintenance: it changes nothing');
const TRANSACTION = skip('transaction: it changes nothing by itself');
const FLOW = skip('control of flow: it changes nothing by itself');
const SERVER = skip('the server is not part of a schema');

/** Statements that say nothing of a schema, by their first word. */
const NOTHING: Readonly<Record<string, Ddl>> = {
  SET: SESSION,
  DECLARE: SESSION,
  REVERT: SESSION,
  PRINT: skip('a message: it changes nothing'),
  RAISERROR: skip('a message: it changes nothing'),
  THROW: skip('a message: it changes nothing'),
  RETURN: FLOW,
  GOTO: FLOW,
  BREAK: FLOW,
  CONTINUE: FLOW,
  WAITFOR: FLOW,
  ELSE: FLOW,
  END: FLOW,
  INSERT: DATA,
  UPDATE: DATA,
  DELETE: DATA,
  MERGE: DATA,
  BULK: DATA,
  TRUNCATE: DATA,
  SELECT: QUERY,
  WITH: QUERY,
  OPEN: QUERY,
  FETCH: QUERY,
  CLOSE: QUERY,
  DEALLOCATE: QUERY,
  USE: DATABASE,
  BACKUP: DATABASE,
  RESTORE: DATABASE,
  CHECKPOINT: MAINTENANCE,
  DBCC: MAINTENANCE,
  RECONFIGURE: SERVER,
  SHUTDOWN: SERVER,
  KILL: SERVER,
  COMMIT: TRANSACTION,
  ROLLBACK: TRANSACTION,
  SAVE: TRANSACTION,
  BEGIN: TRANSACTION,
  // Clients want GO on a line of its own; a person may not know.
  GO: skip('the end of a batch'),
};

/** What CREATE, ALTER and DROP are about ("Transact-SQL reference", Statements). */
const OBJECTS: ReadonlySet<string> = new Set(
  (
    'AGGREGATE APPLICATION ASSEMBLY ASYMMETRIC AUTHORIZATION AVAILABILITY BROKER CERTIFICATE CLUSTERED COLUMN COLUMNSTORE CONTRACT ' +
    'CREDENTIAL CRYPTOGRAPHIC DATABASE DEFAULT ENDPOINT EVENT EXTERNAL FULLTEXT FUNCTION INDEX JSON LOGIN MASTER MESSAGE ' +
    'NONCLUSTERED OR PARTITION PRIMARY PROC PROCEDURE QUEUE REMOTE RESOURCE ROLE ROUTE RULE SCHEMA SEARCH SECURITY SELECTIVE ' +
    'SEQUENCE SERVER SERVICE SPATIAL STATISTICS SYMMETRIC SYNONYM TABLE TRIGGER TYPE UNIQUE USER VECTOR VIEW WORKLOAD XML'
  ).split(' '),
);

/** What others may need to be there: it is written before them. */
const FIRST =
  /^CREATE (?:PARTITION|DEFAULT|RULE|ASSEMBLY|XML SCHEMA|FULLTEXT (?:CATALOG|STOPLIST)|USER|ROLE|APPLICATION|LOGIN|SERVER|CERTIFICATE|MASTER|SYMMETRIC|ASYMMETRIC|COLUMN|CREDENTIAL|EXTERNAL|CRYPTOGRAPHIC|SEARCH)\b/;

/** Words of a statement that is kept: those at its beginning that are no name. */
function leading(cursor: Cursor, most: number): string {
  const words: string[] = [];
  for (let at = 0; at < most; at++) {
    const { kind, word } = cursor.tokens[at] ?? {};
    if (kind !== 'word' || word === undefined || word === 'ON') break;
    words.push(word);
  }
  return words.join(' ');
}

/** How many words of a statement say what it is about. */
const LONG =
  /^(?:CREATE|ALTER) (?:PARTITION|XML|FULLTEXT|SYMMETRIC|ASYMMETRIC|SECURITY|EVENT|EXTERNAL|DATABASE|SERVER|COLUMN|SEARCH|MASTER)$/;

function keep(cursor: Cursor, about?: DdlName): Ddl {
  const two = leading(cursor, 2);
  const words = LONG.test(two) ? leading(cursor, 3) : two;
  const first = FIRST.test(`${leading(cursor, 3)} `) ? { first: true } : {};
  cursor.rest();
  return { kind: 'keep', words, ...(about === undefined ? {} : { about }), ...first };
}

/** The object that `ON` names, with or without its class: `ON OBJECT::dbo.t`, `ON dbo.t`. */
function aboutOf(cursor: Cursor): DdlName | undefined {
  const at = cursor.tokens.findIndex(({ word }) => word === 'ON');
  if (at < 0) return undefined;
  const found = cursor.part(at + 1, cursor.tokens.length);
  if (found.word(1) === '::') {
    if (!found.is('OBJECT')) return undefined;
    found.at += 2;
  }
  const name = found.qualified();
  return found.problem === undefined ? name : undefined;
}

function create(cursor: Cursor, replace: boolean): Ddl {
  if (cursor.take('TABLE')) return createTable(cursor);
  if (cursor.take('VIEW')) return view(cursor, replace);
  if (cursor.takeAny('PROC', 'PROCEDURE') !== undefined) return routine(cursor, 'procedure', replace);
  if (cursor.take('FUNCTION')) return routine(cursor, 'function', replace);
  if (cursor.take('TRIGGER')) return trigger(cursor, replace);
  if (isIndex(cursor)) return createIndex(cursor);
  if (cursor.take('SEQUENCE')) return sequence(cursor, false);
  if (cursor.take('TYPE')) return type(cursor);
  if (cursor.is('DATABASE') && !/^(?:AUDIT|ENCRYPTION|SCOPED)$/.test(cursor.word(1))) {
    cursor.rest();
    return DATABASE;
  }
  if (cursor.take('SYNONYM')) {
    const makes = cursor.qualified();
    cursor.rest();
    return { kind: 'keep', words: 'CREATE SYNONYM', makes };
  }
  refuseSlip(cursor, 'CREATE', OBJECTS);
  if (cursor.peek().kind !== 'word') cursor.fail('what to create was expected');
  return keep(cursor, cursor.is('STATISTICS') || cursor.is('FULLTEXT', 'INDEX') ? aboutOf(cursor) : undefined);
}

/** `CREATE SCHEMA name [AUTHORIZATION owner]`, and the tables, views and permissions that follow in the same statement. */
function createSchema(cursor: Cursor): Ddl[] {
  const own = cursor.is('AUTHORIZATION') ? undefined : cursor.name();
  const owner = cursor.take('AUTHORIZATION') ? cursor.name() : undefined;
  const name = own ?? owner ?? '';
  const all: Ddl[] = [{ kind: 'schema', name, ...(owner === undefined ? {} : { owner }) }];
  while (!cursor.done && cursor.problem === undefined) {
    const from = cursor.at;
    const isNext = () => (cursor.is('CREATE') && cursor.at > from) || cursor.isAny('GRANT', 'DENY', 'REVOKE');
    do cursor.skip();
    while (!cursor.done && !isNext());
    all.push(...elementOf(cursor.part(from, cursor.at), name));
  }
  return all;
}

function elementOf(part: Cursor, schema: string): Ddl[] {
  if (!part.take('CREATE')) {
    const ddl = permission(part);
    return [ddl.kind === 'keep' ? { ...ddl, sql: part.slice(0, part.tokens.length) } : ddl];
  }
  const ddl = create(part, false);
  if (part.problem !== undefined) return [{ kind: 'skip', reason: part.problem.message }];
  if ((ddl.kind === 'table' || ddl.kind === 'view') && ddl.name.schema === undefined)
    return [{ ...ddl, name: { schema, name: ddl.name.name } }];
  return [ddl];
}

function permission(cursor: Cursor): Ddl {
  const about = aboutOf(cursor);
  const words = cursor.tokens[0]?.word ?? 'GRANT';
  cursor.rest();
  return { kind: 'keep', words, ...(about === undefined ? {} : { about }) };
}

function alter(cursor: Cursor): Ddl {
  if (cursor.take('TABLE')) return alterTable(cursor);
  if (cursor.take('INDEX')) return alterIndex(cursor);
  if (cursor.take('SEQUENCE')) return sequence(cursor, true);
  if (cursor.isAny('VIEW', 'PROC', 'PROCEDURE', 'FUNCTION', 'TRIGGER')) return create(cursor, true);
  if (cursor.is('DATABASE') && !/^(?:AUDIT|ENCRYPTION|SCOPED)$/.test(cursor.word(1))) {
    cursor.rest();
    return DATABASE;
  }
  if (cursor.is('SCHEMA') && cursor.word(2) === 'TRANSFER') {
    cursor.next();
    const schema = cursor.name();
    cursor.next();
    if (cursor.word(1) === '::') cursor.at += 2;
    const from = cursor.qualified();
    return { kind: 'rename', what: 'object', from, to: { schema, name: from.name } };
  }
  refuseSlip(cursor, 'ALTER', OBJECTS);
  return keep(cursor, cursor.is('FULLTEXT', 'INDEX') ? aboutOf(cursor) : undefined);
}

/** `ENABLE | DISABLE TRIGGER a, b | ALL ON table | DATABASE | ALL SERVER` */
function switchTrigger(cursor: Cursor, enabled: boolean): Ddl {
  cursor.expect('TRIGGER');
  const names: string[] = [];
  const all = cursor.take('ALL');
  if (!all)
    do names.push(cursor.qualified().name);
    while (cursor.take(','));
  cursor.expect('ON');
  if (cursor.is('DATABASE') || cursor.is('ALL', 'SERVER')) {
    cursor.rest();
    return { kind: 'keep', words: enabled ? 'ENABLE TRIGGER' : 'DISABLE TRIGGER' };
  }
  const name = cursor.qualified();
  const action = { kind: 'alter trigger', enabled } as const;
  return { kind: 'alter table', name, actions: all ? [action] : names.map((one) => ({ ...action, name: one })) };
}

/** `SELECT ... INTO table FROM ...`: columns and types are those of the query. A temporary table is of no schema. */
function makesTable(cursor: Cursor): boolean {
  const { at } = cursor;
  while (!cursor.done && !cursor.isAny('INTO', 'FROM')) cursor.skip();
  const found = cursor.take('INTO') && !cursor.peek().text.startsWith('#') && !cursor.peek().text.startsWith('[#');
  cursor.at = at;
  return found;
}

/** What a statement says, by its first word, which is taken. Undefined when T-SQL has no such statement. */
function statement(cursor: Cursor, word: string): readonly Ddl[] | undefined {
  switch (word) {
    case 'CREATE':
      if (cursor.take('SCHEMA')) return createSchema(cursor);
      return [create(cursor, cursor.take('OR', 'ALTER'))];
    case 'ALTER':
      return [alter(cursor)];
    case 'DROP':
      return drop(cursor);
    case 'ENABLE':
    case 'DISABLE':
      return [switchTrigger(cursor, word === 'ENABLE')];
    case 'GRANT':
    case 'DENY':
    case 'REVOKE':
      return [permission(cursor)];
    case 'ADD':
      return [keep(cursor)];
    default:
      break;
  }
  if (word === 'UPDATE' && cursor.is('STATISTICS')) {
    cursor.rest();
    return [MAINTENANCE];
  }
  if (word === 'SELECT' && makesTable(cursor)) {
    cursor.rest();
    return [{ kind: 'keep', words: 'SELECT INTO' }];
  }
  const nothing = Object.hasOwn(NOTHING, word) ? NOTHING[word] : undefined;
  if (nothing === undefined) return undefined;
  cursor.rest();
  return [nothing];
}

function readOne(cursor: Cursor): Read {
  if (cursor.done) return { ok: true, ddl: [] };
  const word = cursor.word();
  const isCall = word === 'EXEC' || word === 'EXECUTE';
  // A procedure may be called by its name alone where a batch begins.
  if (isCall || /^(?:SP|XP)_/.test(word)) {
    if (isCall) cursor.next();
    return execute(cursor, readOne);
  }
  cursor.next();
  const ddl = statement(cursor, word);
  if (ddl === undefined) {
    cursor.at = 0;
    cursor.fail('T-SQL has no statement that begins like this');
  } else if (!cursor.done) cursor.fail('the statement should end here');
  const { problem } = cursor;
  return problem === undefined ? { ok: true, ddl: ddl ?? [] } : { ok: false, problem };
}

/** Whether a statement holds others. */
function isCompound(cursor: Cursor): boolean {
  if (cursor.isAny('IF', 'WHILE')) return true;
  return cursor.is('BEGIN') && !['TRAN', 'TRANSACTION', 'DISTRIBUTED', 'DIALOG', 'CONVERSATION'].includes(cursor.word(1));
}

/** Reads T-SQL as SQL Server 2016 to 2025 and Azure SQL have it. */
export const MSSQL_GRAMMAR: Grammar = {
  read: (cursor) => (isCompound(cursor) ? readCompound(cursor, readOne) : readOne(cursor)),
};
