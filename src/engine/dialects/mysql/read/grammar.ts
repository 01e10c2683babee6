import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlObjectKind } from '../../base/read/ddl.ts';
import type { Grammar, Read } from '../../base/read/grammar.ts';
import { readAlterTable } from './alter.ts';
import { gapOf } from './notes.ts';
import { readCreateIndex, readKept, readPrefix, readRoutine, readSequence, readTrigger, readView } from './objects.ts';
import { readTable } from './table.ts';

const SESSION = 'setting of the session';
const TRANSACTION = 'transaction: it changes nothing by itself';
const DATA = 'data: a model holds no rows';
const QUERY = 'a query: it changes nothing';
const REPLICATION = 'replication: it is about the server, not the schema';
const MAINTENANCE = 'maintenance: it changes nothing';

/** Statements that define nothing, by their first word. */
const SKIPPED: Readonly<Record<string, string>> = {
  SET: SESSION,
  LOCK: SESSION,
  UNLOCK: SESSION,
  FLUSH: MAINTENANCE,
  RESET: MAINTENANCE,
  PURGE: MAINTENANCE,
  CACHE: MAINTENANCE,
  KILL: MAINTENANCE,
  BEGIN: TRANSACTION,
  COMMIT: TRANSACTION,
  ROLLBACK: TRANSACTION,
  START: TRANSACTION,
  SAVEPOINT: TRANSACTION,
  RELEASE: TRANSACTION,
  XA: TRANSACTION,
  INSERT: DATA,
  REPLACE: DATA,
  UPDATE: DATA,
  DELETE: DATA,
  LOAD: DATA,
  TRUNCATE: DATA,
  IMPORT: DATA,
  HANDLER: DATA,
  SELECT: QUERY,
  VALUES: QUERY,
  TABLE: QUERY,
  WITH: QUERY,
  SHOW: QUERY,
  EXPLAIN: QUERY,
  DESCRIBE: QUERY,
  DESC: QUERY,
  HELP: QUERY,
  ANALYZE: MAINTENANCE,
  CHECK: MAINTENANCE,
  CHECKSUM: MAINTENANCE,
  OPTIMIZE: MAINTENANCE,
  REPAIR: MAINTENANCE,
  CHANGE: REPLICATION,
  STOP: REPLICATION,
  CLONE: MAINTENANCE,
  SHUTDOWN: MAINTENANCE,
  CALL: 'it runs a procedure: what that does the text does not tell',
  DO: 'it runs an expression',
  PREPARE: 'a statement that is put together while it runs: what it does the text does not tell',
  EXECUTE: 'a statement that is put together while it runs: what it does the text does not tell',
  DEALLOCATE: 'a statement that is put together while it runs: what it does the text does not tell',
  DELIMITER: 'a line for a client program, not SQL',
  WARNINGS: 'a line for a client program, not SQL',
  NOWARNING: 'a line for a client program, not SQL',
  SOURCE: 'a line for a client program, not SQL',
};

/** `DATABASE name CHARACTER SET x ...` */
function readDatabase(cursor: Cursor): Ddl {
  cursor.takeAny('DATABASE', 'SCHEMA');
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const name = cursor.name();
  const options = cursor.rest();
  return {
    kind: 'schema',
    name,
    ...(ifNotExists ? { ifNotExists } : {}),
    ...(options === '' ? {} : { residue: [options] }),
  };
}

function readCreate(cursor: Cursor): Ddl {
  const prefix = readPrefix(cursor);
  const from = cursor.at;
  if (cursor.is('SPATIAL', 'REFERENCE')) return kept(cursor, 'CREATE SPATIAL REFERENCE SYSTEM', true);
  switch (cursor.word()) {
    case 'TABLE':
      return readTable(cursor, prefix);
    case 'VIEW':
      return readView(cursor, prefix);
    case 'TRIGGER':
      return readTrigger(cursor, prefix);
    case 'PROCEDURE':
    case 'FUNCTION':
    case 'AGGREGATE':
      return readRoutine(cursor, prefix);
    case 'UNIQUE':
    case 'FULLTEXT':
    case 'SPATIAL':
    case 'VECTOR':
    case 'INDEX':
      return readCreateIndex(cursor, prefix);
    case 'SEQUENCE':
      return readSequence(cursor);
    case 'DATABASE':
    case 'SCHEMA':
      return readDatabase(cursor);
    case 'EVENT':
    case 'PACKAGE':
      return readKept(cursor, `CREATE ${cursor.word()}`);
    case 'SERVER':
    case 'TABLESPACE':
    case 'UNDO':
    case 'LOGFILE':
    case 'USER':
    case 'ROLE':
    case 'RESOURCE':
      return kept(cursor, `CREATE ${cursor.word()}`, true);
    default:
      cursor.at = from;
      cursor.fail('what is to be created was expected');
      return { kind: 'skip', reason: '' };
  }
}

function kept(cursor: Cursor, words: string, first: boolean): Ddl {
  cursor.rest();
  return { kind: 'keep', words, ...(first ? { first } : {}) };
}

const DROPPED: Readonly<Record<string, DdlObjectKind>> = {
  TABLE: 'table',
  TABLES: 'table',
  VIEW: 'view',
  SEQUENCE: 'sequence',
  TRIGGER: 'trigger',
  PROCEDURE: 'routine',
  FUNCTION: 'routine',
  DATABASE: 'schema',
  SCHEMA: 'schema',
  INDEX: 'index',
  EVENT: 'event',
};

function readDrop(cursor: Cursor): Ddl {
  cursor.take('TEMPORARY');
  const word = cursor.word();
  const what = Object.hasOwn(DROPPED, word) ? DROPPED[word] : undefined;
  if (what === undefined) {
    // A dump drops what it is about to make, in case it is there.
    if (cursor.word(1) !== 'IF') return kept(cursor, `DROP ${word}`.trim(), false);
    cursor.rest();
    return { kind: 'skip', reason: 'IF EXISTS: an empty database has nothing to drop' };
  }
  cursor.next();
  const ifExists = cursor.take('IF', 'EXISTS') ? { ifExists: true } : {};
  const names = [cursor.qualified()];
  while (cursor.take(',')) names.push(cursor.qualified());
  const on = what === 'index' && cursor.take('ON') ? { on: cursor.qualified() } : {};
  cursor.rest();
  return { kind: 'drop', what, names, ...ifExists, ...on };
}

function readRename(cursor: Cursor): Ddl[] {
  if (cursor.takeAny('TABLE', 'TABLES') === undefined) return [kept(cursor, `RENAME ${cursor.word()}`, false)];
  cursor.take('IF', 'EXISTS');
  const all: Ddl[] = [];
  do {
    const from = cursor.qualified();
    cursor.takeAny('WAIT', 'NOWAIT');
    cursor.expect('TO');
    all.push({ kind: 'rename', what: 'table', from, to: cursor.qualified() });
  } while (cursor.take(','));
  return all;
}

/** `ALTER VIEW`, `ALTER DATABASE`, `ALTER SEQUENCE` ... from the kind on. */
function readAlter(cursor: Cursor): Ddl {
  cursor.takeAny('ONLINE', 'OFFLINE');
  cursor.take('IGNORE');
  if (cursor.is('TABLE')) return readAlterTable(cursor);
  const prefix = readPrefix(cursor);
  if (cursor.is('VIEW')) return readView(cursor, { ...prefix, orReplace: true });
  if (cursor.isAny('DATABASE', 'SCHEMA')) {
    if (cursor.word(1) === 'DEFAULT' || cursor.word(1) === 'CHARACTER' || cursor.word(1) === 'COLLATE')
      return { kind: 'skip', reason: 'it sets the default of whatever database is in use' };
    return { ...readDatabase(cursor), ifNotExists: true } as Ddl;
  }
  if (cursor.is('SEQUENCE')) return readSequence(cursor, true);
  return kept(cursor, `ALTER ${cursor.word()}`, false);
}

function readStatement(cursor: Cursor): readonly Ddl[] {
  if (cursor.done) return [{ kind: 'skip', reason: 'an empty statement' }];
  const word = cursor.word();
  if (cursor.take('CREATE')) return [readCreate(cursor)];
  if (cursor.take('ALTER')) return [readAlter(cursor)];
  if (cursor.take('DROP')) return [readDrop(cursor)];
  if (cursor.take('RENAME')) return readRename(cursor);
  if (cursor.take('USE')) return [{ kind: 'use', schema: cursor.name() }];
  if (cursor.isAny('GRANT', 'REVOKE', 'INSTALL', 'UNINSTALL', 'SIGNAL')) return [kept(cursor, word, false)];
  if (cursor.is('(')) return skipped(cursor, QUERY);
  if (Object.hasOwn(SKIPPED, word)) return skipped(cursor, SKIPPED[word] as string);
  cursor.fail('a statement of MySQL was expected');
  return [];
}

function skipped(cursor: Cursor, reason: string): Ddl[] {
  cursor.rest();
  return [{ kind: 'skip', reason }];
}

/** MySQL's statements and, with the cursor's dialect, MariaDB's: what differs between them is told apart where it stands. */
export const MYSQL_GRAMMAR: Grammar = {
  gap: gapOf,
  read(cursor: Cursor): Read {
    const ddl = readStatement(cursor);
    if (cursor.problem === undefined && !cursor.done) cursor.fail('the end of the statement was expected');
    return cursor.problem === undefined ? { ok: true, ddl } : { ok: false, problem: cursor.problem };
  },
};
