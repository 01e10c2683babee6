import type { Partition } from '#model/table-parts.ts';
import type { Sql } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlPartitioning } from '../../base/read/ddl.ts';
import type { Writable } from './elements.ts';

/** One partition: `PARTITION p VALUES LESS THAN (10) ENGINE = InnoDB (SUBPARTITION ...)`, `PARTITION p DEFAULT` (MariaDB). */
export function readPart(cursor: Cursor): Partition {
  cursor.expect('PARTITION');
  const name = cursor.name();
  const from = cursor.at;
  let bound: Sql | undefined;
  if (cursor.take('VALUES')) {
    if (cursor.take('LESS', 'THAN')) cursor.skip();
    else {
      cursor.expect('IN');
      cursor.bracketed();
    }
    bound = cursor.slice(from);
  } else if (cursor.take('DEFAULT')) bound = cursor.slice(from);
  const options = cursor.until();
  return { name, ...(bound === undefined ? {} : { bound }), ...(options === '' ? {} : { options }) };
}

function columns(cursor: Cursor): DdlPartitioning['elements'] {
  // `KEY ()` means the primary key.
  return cursor.take('(', ')') ? [] : cursor.list(() => ({ column: cursor.name() }));
}

/** An expression in brackets; a plain name is a column. */
function expression(cursor: Cursor): DdlPartitioning['elements'] {
  const plain = cursor.is('(') && cursor.word(2) === ')' && (cursor.peek(1).kind === 'word' || cursor.peek(1).kind === 'quoted');
  return plain ? columns(cursor) : [{ expression: cursor.bracketed() }];
}

function readMethod(cursor: Cursor): Writable<DdlPartitioning> | undefined {
  const linear = cursor.take('LINEAR') ? { linear: true } : {};
  if (cursor.take('HASH')) return { strategy: 'hash', ...linear, elements: expression(cursor) };
  if (cursor.is('KEY') && cursor.word(1) !== 'ALGORITHM') {
    cursor.next();
    return { strategy: 'key', ...linear, elements: columns(cursor) };
  }
  const word = cursor.takeAny('RANGE', 'LIST');
  if (word === undefined) return undefined;
  const strategy = word === 'RANGE' ? ('range' as const) : ('list' as const);
  return cursor.take('COLUMNS')
    ? { strategy, byColumns: true, elements: columns(cursor) }
    : { strategy, elements: expression(cursor) };
}

/**
 * `PARTITION BY ...`, when it comes next. What the model has no words for (MariaDB's SYSTEM_TIME, a KEY with an ALGORITHM)
 * comes back as text.
 */
export function readPartitioning(cursor: Cursor): DdlPartitioning | Sql | undefined {
  const from = cursor.at;
  if (!cursor.take('PARTITION', 'BY')) return undefined;
  const found = readMethod(cursor);
  if (found === undefined) {
    cursor.at = from;
    return cursor.rest();
  }
  if (cursor.take('PARTITIONS')) found.count = Number(cursor.number() ?? '0');
  if (cursor.is('SUBPARTITION', 'BY')) {
    const sub = cursor.at;
    while (!cursor.done && !cursor.is('(', 'PARTITION')) cursor.skip();
    found.sub = cursor.slice(sub);
  }
  if (cursor.is('(')) found.parts = cursor.list(() => readPart(cursor));
  return found;
}
