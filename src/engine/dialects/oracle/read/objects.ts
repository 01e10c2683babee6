import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlName, DdlObjectKind } from '../../base/read/ddl.ts';
import { readSequenceOptions } from './sequence-options.ts';
import { ifNotExists, keep } from './tables.ts';

function skip(cursor: Cursor, reason: string): Ddl[] {
  cursor.rest();
  return [{ kind: 'skip', reason }];
}

/** `SEQUENCE name ...`, from the name on. */
export function readSequence(cursor: Cursor): Ddl[] {
  const exists = ifNotExists(cursor);
  const name = cursor.qualified();
  if (cursor.take('SHARING', '=')) cursor.next();
  const { options, rest } = readSequenceOptions(cursor);
  if (!cursor.done) cursor.fail('this is no option of a sequence');
  const residue = rest.length === 0 ? {} : { residue: rest };
  return [{ kind: 'sequence', name, ...(exists ? { ifNotExists: true } : {}), options, ...residue }];
}

/** Names joined by dots. */
function path(cursor: Cursor): string[] {
  const names = [cursor.name()];
  while (cursor.take('.')) names.push(cursor.name());
  return names;
}

function named(names: readonly string[]): DdlName {
  const [name, schema] = [names.at(-1) ?? '', names.at(-2)];
  return schema === undefined ? { name } : { schema, name };
}

/** `COMMENT ON ...`, from COMMENT on. */
export function readComment(cursor: Cursor): Ddl[] {
  cursor.expect('COMMENT', 'ON');
  const what = cursor.take('MATERIALIZED', 'VIEW') ? 'MATERIALIZED VIEW' : cursor.takeAny('TABLE', 'COLUMN', 'VIEW');
  if (what === undefined) return keep(cursor, 'COMMENT');
  const names = path(cursor);
  cursor.expect('IS');
  const text = cursor.take('NULL') ? '' : cursor.string();
  if (!cursor.done) cursor.fail('the comment ends here');
  const comment = text === '' ? {} : { comment: text };
  if (what !== 'COLUMN') {
    const on = what === 'TABLE' ? 'table' : what === 'VIEW' ? 'view' : 'materialized view';
    return [{ kind: 'comment', on, name: named(names), ...comment }];
  }
  return [{ kind: 'comment', on: 'column', name: named(names.slice(0, -1)), part: names.at(-1) ?? '', ...comment }];
}

const DROPPED: readonly (readonly [DdlObjectKind, ...string[]])[] = [
  ['materialized view', 'MATERIALIZED', 'VIEW'],
  ['table', 'TABLE'],
  ['view', 'VIEW'],
  ['index', 'INDEX'],
  ['sequence', 'SEQUENCE'],
  ['routine', 'FUNCTION'],
  ['routine', 'PROCEDURE'],
  ['trigger', 'TRIGGER'],
  ['type', 'TYPE'],
];

/** `DROP ...`, from the word after it on. */
export function readDrop(cursor: Cursor): Ddl[] {
  if (cursor.is('MATERIALIZED', 'VIEW', 'LOG') || cursor.is('TYPE', 'BODY'))
    return skip(cursor, 'the model does not hold what it drops');
  const isPublic = cursor.take('PUBLIC', 'SYNONYM');
  if (isPublic || cursor.take('SYNONYM') || (cursor.is('PACKAGE') && !cursor.is('PACKAGE', 'BODY') && cursor.take('PACKAGE'))) {
    cursor.take('IF', 'EXISTS');
    const name = cursor.qualified();
    cursor.take('FORCE');
    return [{ kind: 'drop', what: 'object', names: [isPublic ? { schema: 'PUBLIC', name: name.name } : name] }];
  }
  const what = DROPPED.find(([, ...words]) => cursor.take(...words))?.[0];
  if (what === undefined) return skip(cursor, 'the model does not hold what it drops');
  const ifExists = cursor.take('IF', 'EXISTS');
  const name = cursor.qualified();
  while (
    !cursor.done &&
    cursor.takeAny(
      'CASCADE',
      'CONSTRAINTS',
      'PURGE',
      'FORCE',
      'VALIDATE',
      'ONLINE',
      'PRESERVE',
      'TABLE',
      'INCLUDING',
      'DATAFILES',
    ) !== undefined
  );
  if (!cursor.done) cursor.fail('this cannot stand here');
  return [{ kind: 'drop', what, names: [name], ...(ifExists ? { ifExists } : {}) }];
}

/** `RENAME a TO b`, from the first name on. */
export function readRename(cursor: Cursor): Ddl[] {
  const from = cursor.qualified();
  cursor.expect('TO');
  return [{ kind: 'rename', what: 'object', from, to: cursor.qualified() }];
}

/** `GRANT | REVOKE ...`: kept, about the object it names. */
export function readGrant(cursor: Cursor): Ddl[] {
  const words = cursor.word();
  while (!cursor.done && !cursor.isAny('ON', 'TO', 'FROM')) cursor.skip();
  const isObject = cursor.take('ON') && !cursor.isAny('DIRECTORY', 'EDITION', 'MINING', 'JAVA', 'SQL', 'USER', 'SCHEMA');
  return keep(cursor, words, isObject && cursor.isName() ? cursor.qualified() : undefined);
}

/** `ALTER` of anything but a table, from the word after it on. */
export function readAlter(cursor: Cursor): Ddl[] {
  if (cursor.take('SESSION', 'SET', 'CURRENT_SCHEMA', '=')) return [{ kind: 'use', schema: cursor.name() }];
  if (cursor.isAny('SESSION', 'SYSTEM', 'DATABASE')) return skip(cursor, 'it is about the session or the server, not the schema');
  const what = cursor.word();
  if (cursor.is('INDEX')) return alterIndex(cursor);
  if (cursor.is('TRIGGER')) return alterTrigger(cursor);
  if (cursor.is('SEQUENCE')) return alterSequence(cursor);
  cursor.next();
  if (cursor.is('VIEW')) cursor.next();
  const about = cursor.isName() ? cursor.qualified() : undefined;
  if (cursor.is('COMPILE')) return skip(cursor, 'compiling changes nothing that a model holds');
  return keep(cursor, `ALTER ${what}`, ['USER', 'ROLE', 'PROFILE', 'TABLESPACE'].includes(what) ? undefined : about);
}

function alterIndex(cursor: Cursor): Ddl[] {
  cursor.next();
  const from = cursor.qualified();
  if (cursor.take('RENAME', 'TO')) return [{ kind: 'rename', what: 'index', from, to: { name: cursor.name() } }];
  if (cursor.isAny('REBUILD', 'COALESCE', 'SHRINK', 'COMPILE', 'MONITORING', 'NOMONITORING')) {
    return skip(cursor, 'building an index anew changes nothing that a model holds');
  }
  return keep(cursor, 'ALTER INDEX');
}

function alterTrigger(cursor: Cursor): Ddl[] {
  cursor.next();
  const from = cursor.qualified();
  if (cursor.take('RENAME', 'TO')) return [{ kind: 'rename', what: 'trigger', from, to: { name: cursor.name() } }];
  if (cursor.isAny('COMPILE')) return skip(cursor, 'compiling changes nothing that a model holds');
  const word = cursor.takeAny('ENABLE', 'DISABLE');
  if (word !== undefined && cursor.done) return [{ kind: 'alter trigger', name: from, enabled: word === 'ENABLE' }];
  return keep(cursor, 'ALTER TRIGGER');
}

function alterSequence(cursor: Cursor): Ddl[] {
  cursor.next();
  const ifExists = cursor.take('IF', 'EXISTS');
  const name = cursor.qualified();
  const { options, rest } = readSequenceOptions(cursor);
  // Where it goes on from is not part of its definition.
  const restarts = cursor.take('RESTART');
  if (restarts && Object.keys(options).length + rest.length === 0) return skip(cursor, 'where a sequence goes on is data');
  if (!cursor.done) return keep(cursor, 'ALTER SEQUENCE', ifExists ? undefined : name);
  return [{ kind: 'alter sequence', name, options, ...(rest.length === 0 ? {} : { residue: rest }) }];
}
