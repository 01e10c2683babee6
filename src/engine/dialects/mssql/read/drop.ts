import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlName, DdlObjectKind } from '../../base/read/ddl.ts';

const KINDS: Readonly<Record<string, DdlObjectKind>> = {
  TABLE: 'table',
  VIEW: 'view',
  PROC: 'routine',
  PROCEDURE: 'routine',
  FUNCTION: 'routine',
  SEQUENCE: 'sequence',
  TYPE: 'type',
  SCHEMA: 'schema',
  SYNONYM: 'object',
};

/** `DROP INDEX [IF EXISTS] i ON t, ...`, and of old `DROP INDEX t.i`. */
function indexes(cursor: Cursor): Ddl[] {
  const ifExists = cursor.take('IF', 'EXISTS') ? { ifExists: true } : {};
  const all: Ddl[] = [];
  do {
    const name = cursor.qualified();
    const on: DdlName | undefined = cursor.take('ON')
      ? cursor.qualified()
      : name.schema === undefined
        ? undefined
        : { name: name.schema };
    if (cursor.take('WITH')) cursor.bracketed();
    all.push({ kind: 'drop', what: 'index', names: [{ name: name.name }], ...ifExists, ...(on === undefined ? {} : { on }) });
  } while (cursor.take(','));
  return all;
}

function list(cursor: Cursor): DdlName[] {
  const all: DdlName[] = [];
  do all.push(cursor.qualified());
  while (cursor.take(','));
  return all;
}

function trigger(cursor: Cursor): Ddl {
  const ifExists = cursor.take('IF', 'EXISTS') ? { ifExists: true } : {};
  const names = list(cursor);
  if (!cursor.is('ON')) return { kind: 'drop', what: 'trigger', names, ...ifExists };
  cursor.rest();
  return { kind: 'keep', words: 'DROP TRIGGER' };
}

/** `DROP ...`; the word itself is taken already. */
export function drop(cursor: Cursor): Ddl[] {
  if (cursor.take('INDEX')) return indexes(cursor);
  if (cursor.take('TRIGGER')) return [trigger(cursor)];
  if (cursor.is('DATABASE') && !/^(?:AUDIT|ENCRYPTION|SCOPED)$/.test(cursor.word(1))) {
    cursor.rest();
    return [{ kind: 'skip', reason: 'the database itself is not part of a schema' }];
  }
  const what = Object.hasOwn(KINDS, cursor.word()) ? KINDS[cursor.word()] : undefined;
  if (what === undefined) {
    const words = cursor.peek().kind === 'word' ? `DROP ${cursor.word()}` : 'DROP';
    cursor.rest();
    return [{ kind: 'keep', words }];
  }
  cursor.next();
  const ifExists = cursor.take('IF', 'EXISTS') ? { ifExists: true } : {};
  return [{ kind: 'drop', what, names: list(cursor), ...ifExists }];
}
