import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlConstraint } from '../../base/read/ddl.ts';
import { readIndex, readKey, readReferences } from './elements.ts';

/** A name, unless the list or a method follows. */
function optionalName(cursor: Cursor): string | undefined {
  if (cursor.isAny('(', 'USING', 'TYPE') && !(cursor.is('TYPE') && cursor.word(1) === '(')) return undefined;
  return cursor.isName() || cursor.peek().kind === 'string' ? cursor.name() : undefined;
}

/** Whether a constraint or index of the table stands here and no column: names of columns may be such words only in quotes. */
export function isConstraint(cursor: Cursor): boolean {
  const { kind } = cursor.peek();
  if (kind !== 'word') return false;
  if (cursor.isAny('CONSTRAINT', 'PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK', 'KEY', 'INDEX', 'FULLTEXT', 'SPATIAL')) return true;
  return (
    cursor.is('VECTOR') &&
    cursor.isAny('VECTOR') &&
    (cursor.word(1) === 'INDEX' || cursor.word(1) === 'KEY' || cursor.word(1) === '(')
  );
}

function readUnnamed(cursor: Cursor, start: number, name: string | undefined): DdlConstraint {
  if (cursor.take('PRIMARY', 'KEY')) {
    // A name after the words is read and forgotten by the server.
    optionalName(cursor);
    return readKey(cursor, 'primary', start, name);
  }
  if (cursor.take('UNIQUE')) {
    cursor.takeAny('KEY', 'INDEX');
    cursor.take('IF', 'NOT', 'EXISTS');
    return readKey(cursor, 'unique', start, optionalName(cursor) ?? name);
  }
  if (cursor.take('FOREIGN', 'KEY')) {
    cursor.take('IF', 'NOT', 'EXISTS');
    const index = optionalName(cursor);
    const columns = cursor.list(() => cursor.name());
    return readReferences(cursor, columns, start, name ?? index);
  }
  if (cursor.take('CHECK')) {
    const expression = cursor.bracketed();
    const notEnforced = cursor.take('NOT', 'ENFORCED');
    if (!notEnforced) cursor.take('ENFORCED');
    const check = { kind: 'check' as const, expression, start, end: cursor.endOffset, ...(name === undefined ? {} : { name }) };
    return notEnforced ? { ...check, notEnforced } : check;
  }
  const special = cursor.takeAny('FULLTEXT', 'SPATIAL', 'VECTOR')?.toLowerCase();
  if (cursor.takeAny('KEY', 'INDEX') === undefined && special === undefined)
    cursor.fail('a key, check or foreign key was expected');
  cursor.take('IF', 'NOT', 'EXISTS');
  const own = optionalName(cursor);
  return readIndex(cursor, start, {
    ...(own === undefined ? {} : { name: own }),
    ...(special === undefined ? {} : { method: special }),
  });
}

/** A key, index, check or foreign key of a table. */
export function readConstraint(cursor: Cursor): DdlConstraint {
  const start = cursor.offset;
  let name: string | undefined;
  if (cursor.take('CONSTRAINT') && !cursor.isAny('PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK')) {
    cursor.take('IF', 'NOT', 'EXISTS');
    name = cursor.name();
  }
  return readUnnamed(cursor, start, name);
}
