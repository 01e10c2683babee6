import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlName } from '../../base/read/ddl.ts';
import type { Grammar, Read } from '../../base/read/grammar.ts';
import { refuseSlip } from '../../base/read/object-words.ts';
import { readAlterTable } from './alter.ts';
import { readBlock } from './blocks.ts';
import { readCreateType, readRoutine, readTrigger } from './code.ts';
import { readIndex } from './indexes.ts';
import { readAlter, readComment, readDrop, readGrant, readRename, readSequence } from './objects.ts';
import { ifNotExists, keep, keepMaking, readTable, takeTableWords } from './tables.ts';
import { readMaterializedView, readView } from './views.ts';

/** Statements that leave no trace in a schema, by their first word. */
const PASSING: Readonly<Record<string, string>> = {
  INSERT: 'data: a model holds no rows',
  UPDATE: 'data: a model holds no rows',
  DELETE: 'data: a model holds no rows',
  MERGE: 'data: a model holds no rows',
  TRUNCATE: 'data: a model holds no rows',
  SELECT: 'a query changes nothing',
  WITH: 'a query changes nothing',
  CALL: 'what it does is not in the text',
  COMMIT: 'it ends a transaction',
  ROLLBACK: 'it ends a transaction',
  SAVEPOINT: 'it belongs to a transaction',
  SET: 'it is about the session, not the schema',
  LOCK: 'it is about the session, not the schema',
  EXPLAIN: 'a query changes nothing',
  ANALYZE: 'statistics are not part of a model',
  PURGE: 'the recycle bin is not part of a model',
  FLASHBACK: 'what it brings back is not in the text',
};

/** Objects that others may need, so that their statements are kept at the beginning. */
const FIRST = new Set([
  'USER',
  'TABLESPACE',
  'ROLE',
  'PROFILE',
  'DIRECTORY',
  'CLUSTER',
  'DATABASE',
  'TEMPORARY',
  'UNDO',
  'BIGFILE',
  'SMALLFILE',
]);

/** What CREATE is about ("SQL Language Reference" 23ai, SQL Statements). */
const OBJECTS: ReadonlySet<string> = new Set(
  (
    'AND ANALYTIC ATTRIBUTE AUDIT BIGFILE BITMAP BLOCKCHAIN CLUSTER CONTEXT CONTROLFILE DATABASE DIMENSION DIRECTORY DISKGROUP ' +
    'DOMAIN DUPLICATED EDITION EDITIONABLE EDITIONING FLASHBACK FORCE FUNCTION GLOBAL HIERARCHY HYBRID IMMUTABLE INDEX INDEXTYPE ' +
    'INMEMORY JAVA JSON LIBRARY LOCKDOWN LOGICAL MATERIALIZED MLE MULTIVALUE NO NOFORCE NONEDITIONABLE OPERATOR OUTLINE PACKAGE ' +
    'PFILE PLUGGABLE PMEM PRIVATE PROCEDURE PROFILE PROPERTY PUBLIC RESTORE ROLE ROLLBACK SCHEMA SEARCH SEQUENCE SHARDED SHARED ' +
    'SMALLFILE SPATIAL SPFILE SYNONYM TABLE TABLESPACE TEMPORARY TRIGGER TRUE TYPE UNDO UNIFIED UNIQUE USER USECASE VECTOR VIEW'
  ).split(' '),
);

function create(cursor: Cursor): Ddl[] {
  const replace = cursor.take('OR', 'REPLACE');
  const view = readView(cursor, replace);
  if (view !== undefined) return view;
  cursor.takeAny('EDITIONABLE', 'NONEDITIONABLE');
  const table = takeTableWords(cursor);
  if (table !== undefined) return readTable(cursor, table);
  const index = readIndex(cursor);
  if (index !== undefined) return index;
  if (cursor.is('MATERIALIZED', 'VIEW')) return readMaterializedView(cursor);
  if (cursor.isAny('FUNCTION', 'PROCEDURE')) return readRoutine(cursor, replace);
  if (cursor.take('SEQUENCE')) return readSequence(cursor);
  if (cursor.take('TRIGGER')) return readTrigger(cursor, replace);
  if (cursor.take('TYPE')) return readCreateType(cursor, replace);
  return other(cursor);
}

function madeName(cursor: Cursor): DdlName {
  ifNotExists(cursor);
  return cursor.qualified();
}

/** What the model has no record for. */
function other(cursor: Cursor): Ddl[] {
  const word = cursor.word();
  if (word === '') {
    cursor.fail('what is created was expected');
    return [];
  }
  refuseSlip(cursor, 'CREATE', OBJECTS);
  cursor.next();
  if (word === 'PUBLIC' && cursor.take('SYNONYM')) {
    return keepMaking(cursor, 'CREATE PUBLIC SYNONYM', { schema: 'PUBLIC', name: madeName(cursor).name });
  }
  if (word === 'SYNONYM') return keepMaking(cursor, 'CREATE SYNONYM', madeName(cursor));
  if (word === 'PACKAGE') {
    const words = cursor.take('BODY') ? 'CREATE PACKAGE BODY' : 'CREATE PACKAGE';
    return keepMaking(cursor, words, madeName(cursor));
  }
  return keep(cursor, `CREATE ${word}`, undefined, FIRST.has(word));
}

function statement(cursor: Cursor): Ddl[] {
  const word = cursor.word();
  if (cursor.take('CREATE')) return create(cursor);
  if (cursor.take('ALTER', 'TABLE')) return readAlterTable(cursor);
  if (cursor.take('ALTER')) return readAlter(cursor);
  if (word === 'COMMENT') return readComment(cursor);
  if (cursor.take('DROP')) return readDrop(cursor);
  if (cursor.take('RENAME')) return readRename(cursor);
  if (word === 'GRANT' || word === 'REVOKE') return readGrant(cursor);
  if (word === 'BEGIN' || word === 'DECLARE') return readBlock(cursor, statement);
  if (Object.hasOwn(PASSING, word)) {
    cursor.rest();
    return [{ kind: 'skip', reason: PASSING[word] as string }];
  }
  if (word === 'AUDIT' || word === 'NOAUDIT' || word === 'ASSOCIATE' || word === 'ADMINISTER') return keep(cursor, word);
  cursor.fail('a statement of Oracle was expected');
  return [];
}

/** How Oracle's statements are read ("Oracle Database SQL Language Reference" 23ai, SQL Statements). */
export const ORACLE_GRAMMAR: Grammar = {
  read(cursor: Cursor): Read {
    const ddl = statement(cursor);
    if (cursor.problem === undefined && !cursor.done) cursor.fail('the statement should end here');
    return cursor.problem === undefined ? { ok: true, ddl } : { ok: false, problem: cursor.problem };
  },
};
