import type { Trigger } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlAction, DdlObjectKind } from '../../base/read/ddl.ts';
import type { Grammar, Read } from '../../base/read/grammar.ts';
import { readColumn } from './columns.ts';
import { readElement, readTableConstraint } from './constraints.ts';
import { readPlacedName } from './names.ts';
import { readPragma } from './pragma.ts';
import { readTable } from './table.ts';

/** Statements that define nothing, by their first word. */
const SKIPPED: Readonly<Record<string, string>> = {
  BEGIN: 'it begins a transaction',
  COMMIT: 'it ends a transaction',
  END: 'it ends a transaction',
  ROLLBACK: 'it takes a transaction back',
  SAVEPOINT: 'it marks a place in a transaction',
  RELEASE: 'it ends a part of a transaction',
  SELECT: 'it reads data',
  VALUES: 'it reads data',
  EXPLAIN: 'it explains a query',
  INSERT: 'data: a model holds no rows',
  REPLACE: 'data: a model holds no rows',
  UPDATE: 'data: a model holds no rows',
  DELETE: 'data: a model holds no rows',
  WITH: 'it reads or changes data',
  ATTACH: 'it opens another database file',
  DETACH: 'it closes another database file',
  ANALYZE: 'it gathers statistics of rows',
  REINDEX: 'it rebuilds indexes',
  VACUUM: 'it rewrites the file',
};

/** What the shell's `.schema` lists of SQLite's own tables: no statement may make one. */
function own(ddl: Ddl): Ddl {
  return ddl.kind === 'table' && /^sqlite_/i.test(ddl.name.name)
    ? { kind: 'skip', reason: 'SQLite makes this table by itself' }
    : ddl;
}

function readIndex(cursor: Cursor): Ddl {
  cursor.expect('CREATE');
  const unique = cursor.take('UNIQUE');
  cursor.expect('INDEX');
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const { name } = readPlacedName(cursor);
  cursor.expect('ON');
  const table = { name: cursor.name() };
  const start = cursor.offset;
  const elements = cursor.list(() => readElement(cursor));
  const where = cursor.take('WHERE') ? cursor.rest() : undefined;
  return {
    kind: 'create index',
    table,
    index: {
      kind: 'index',
      start,
      end: cursor.endOffset,
      name: name.name,
      ...(unique ? { unique } : {}),
      elements,
      ...(where === undefined ? {} : { where }),
    },
    ...(ifNotExists ? { ifNotExists } : {}),
  };
}

function readView(cursor: Cursor): Ddl {
  cursor.expect('CREATE');
  const temporary = cursor.takeAny('TEMP', 'TEMPORARY') !== undefined;
  cursor.expect('VIEW');
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const placed = readPlacedName(cursor);
  const columns = cursor.is('(') ? cursor.list(() => cursor.name()) : undefined;
  cursor.expect('AS');
  if (!cursor.isAny('SELECT', 'VALUES', 'WITH')) cursor.fail('a query was expected');
  return {
    kind: 'view',
    name: placed.name,
    ...(ifNotExists ? { ifNotExists } : {}),
    ...(temporary || placed.temporary ? { temporary: true } : {}),
    ...(columns === undefined ? {} : { columns }),
    query: cursor.rest(),
  };
}

function readTiming(cursor: Cursor): Trigger['timing'] {
  if (cursor.take('INSTEAD', 'OF')) return 'instead of';
  return cursor.takeAny('BEFORE', 'AFTER') === 'AFTER' ? 'after' : 'before';
}

function readEvent(cursor: Cursor): Trigger['events'][number] {
  const word = cursor.takeAny('INSERT', 'UPDATE', 'DELETE');
  if (word === undefined) cursor.fail('INSERT, UPDATE or DELETE was expected');
  return word === 'INSERT' ? 'insert' : word === 'UPDATE' ? 'update' : 'delete';
}

function readColumnNames(cursor: Cursor): string[] {
  const names = [cursor.name()];
  while (cursor.take(',')) names.push(cursor.name());
  return names;
}

/** The condition of a trigger: up to the BEGIN of its body, brackets aside. */
function readWhen(cursor: Cursor): string {
  const from = cursor.at;
  while (!cursor.done && !cursor.is('BEGIN')) cursor.skip();
  if (cursor.at === from) cursor.fail('a condition was expected');
  return cursor.slice(from);
}

function readTrigger(cursor: Cursor): Ddl {
  cursor.expect('CREATE');
  const temporary = cursor.takeAny('TEMP', 'TEMPORARY') !== undefined;
  cursor.expect('TRIGGER');
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const placed = readPlacedName(cursor);
  const timing = readTiming(cursor);
  const event = readEvent(cursor);
  const updateOf = event === 'update' && cursor.take('OF') ? readColumnNames(cursor) : undefined;
  cursor.expect('ON');
  const on = readPlacedName(cursor);
  if (cursor.take('FOR')) cursor.expect('EACH', 'ROW');
  const when = cursor.take('WHEN') ? readWhen(cursor) : undefined;
  if (!cursor.is('BEGIN')) cursor.fail('BEGIN was expected');
  const body = cursor.rest();
  if (cursor.problem === undefined && cursor.tokens.at(-1)?.word !== 'END') cursor.fail('END was expected');
  return {
    kind: 'trigger',
    name: placed.name,
    on: on.name,
    ...(ifNotExists ? { ifNotExists } : {}),
    timing,
    events: [event],
    ...(updateOf === undefined ? {} : { updateOf }),
    forEach: 'row',
    ...(when === undefined ? {} : { when }),
    body,
    ...(temporary || placed.temporary ? { residue: ['TEMP'] } : {}),
  };
}

function readVirtual(cursor: Cursor): Ddl {
  cursor.expect('CREATE', 'VIRTUAL', 'TABLE');
  cursor.take('IF', 'NOT', 'EXISTS');
  const { name } = readPlacedName(cursor);
  cursor.expect('USING');
  cursor.name();
  cursor.rest();
  return { kind: 'keep', words: 'CREATE VIRTUAL TABLE', about: name };
}

function readAdd(cursor: Cursor): DdlAction {
  const isCheck = cursor.is('CHECK') && cursor.word(1) === '(';
  if (cursor.is('CONSTRAINT') || isCheck) {
    const { constraint } = readTableConstraint(cursor);
    if (constraint !== undefined) return { kind: 'add constraint', constraint };
    cursor.fail('a constraint was expected');
  }
  cursor.take('COLUMN');
  return { kind: 'add column', column: readColumn(cursor) };
}

function readDropped(cursor: Cursor): DdlAction {
  if (cursor.take('CONSTRAINT')) return { kind: 'drop constraint', what: 'any', name: cursor.name() };
  cursor.take('COLUMN');
  return { kind: 'drop column', name: cursor.name() };
}

function readRenamed(cursor: Cursor): DdlAction {
  if (cursor.take('TO')) return { kind: 'rename table', to: { name: cursor.name() } };
  cursor.take('COLUMN');
  const from = cursor.name();
  cursor.expect('TO');
  return { kind: 'rename column', from, to: cursor.name() };
}

/** SET NOT NULL and DROP NOT NULL of a column, which SQLite has since 3.53. */
function readAltered(cursor: Cursor): DdlAction {
  cursor.take('COLUMN');
  const name = cursor.name();
  const set = cursor.takeAny('SET', 'DROP');
  if (set === undefined) cursor.fail('SET or DROP was expected');
  cursor.expect('NOT', 'NULL');
  return { kind: 'alter column', name, nullable: set === 'DROP' };
}

/** `ALTER TABLE` (https://sqlite.org/lang_altertable.html): one action in one statement. */
function readAlter(cursor: Cursor): Ddl {
  cursor.expect('ALTER', 'TABLE');
  const { name } = readPlacedName(cursor);
  const kind = cursor.takeAny('RENAME', 'ADD', 'DROP', 'ALTER');
  if (kind === undefined) cursor.fail('RENAME, ADD, DROP or ALTER was expected');
  const read = kind === 'RENAME' ? readRenamed : kind === 'ADD' ? readAdd : kind === 'DROP' ? readDropped : readAltered;
  return { kind: 'alter table', name, actions: [read(cursor)] };
}

const DROPPED: Readonly<Record<string, DdlObjectKind>> = { TABLE: 'table', VIEW: 'view', INDEX: 'index', TRIGGER: 'trigger' };

function readDrop(cursor: Cursor): Ddl {
  cursor.expect('DROP');
  const what = cursor.takeAny(...Object.keys(DROPPED));
  if (what === undefined) cursor.fail('TABLE, VIEW, INDEX or TRIGGER was expected');
  const ifExists = cursor.take('IF', 'EXISTS');
  const { name } = readPlacedName(cursor);
  return { kind: 'drop', what: DROPPED[what ?? ''] ?? 'table', names: [name], ...(ifExists ? { ifExists } : {}) };
}

function readCreate(cursor: Cursor): Ddl {
  if (cursor.word(1) === 'VIRTUAL') return readVirtual(cursor);
  const what =
    cursor.word(1) === 'TEMP' || cursor.word(1) === 'TEMPORARY' || cursor.word(1) === 'UNIQUE' ? cursor.word(2) : cursor.word(1);
  if (what === 'TABLE') return own(readTable(cursor));
  if (what === 'INDEX') return readIndex(cursor);
  if (what === 'VIEW') return readView(cursor);
  if (what === 'TRIGGER') return readTrigger(cursor);
  cursor.next();
  cursor.fail('TABLE, INDEX, VIEW or TRIGGER was expected');
  return { kind: 'skip', reason: '' };
}

function readStatement(cursor: Cursor): Ddl {
  const word = cursor.word();
  if (word === 'CREATE') return readCreate(cursor);
  if (word === 'ALTER') return readAlter(cursor);
  if (word === 'DROP') return readDrop(cursor);
  if (word === 'PRAGMA') return readPragma(cursor);
  const reason = Object.hasOwn(SKIPPED, word) ? SKIPPED[word] : undefined;
  if (reason === undefined) cursor.fail('a statement was expected');
  cursor.rest();
  return { kind: 'skip', reason: reason ?? '' };
}

function read(cursor: Cursor): Read {
  const ddl = readStatement(cursor);
  if (cursor.problem === undefined && !cursor.done) cursor.fail('the end of the statement was expected');
  return cursor.problem === undefined ? { ok: true, ddl: [ddl] } : { ok: false, problem: cursor.problem };
}

/** SQLite's statements (https://sqlite.org/lang.html) as one grammar. What a model has no place for is kept or skipped. */
export const SQLITE_GRAMMAR: Grammar = { read };
