import type { Partition } from '#model/table-parts.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlPartitioning } from '../../base/read/ddl.ts';

/** `( PARTITION name VALUES ... options, ... )` */
function readParts(cursor: Cursor): Partition[] {
  return cursor.list(() => {
    cursor.expect('PARTITION');
    const unnamed = cursor.is('VALUES', 'LESS') || cursor.is('VALUES', '(');
    const name = unnamed || cursor.isAny(',', ')') ? '' : cursor.name();
    const from = cursor.at;
    const bounded = cursor.take('VALUES', 'LESS', 'THAN') || cursor.take('VALUES');
    if (bounded) cursor.skip();
    const bound = bounded ? cursor.slice(from) : undefined;
    const options = cursor.until();
    return { name, ...(bound === undefined ? {} : { bound }), ...(options === '' ? {} : { options }) };
  });
}

/** `SUBPARTITION BY ...` with its template, as text. */
function subpartitions(cursor: Cursor): string | undefined {
  if (!cursor.is('SUBPARTITION')) return undefined;
  const from = cursor.at;
  cursor.take('SUBPARTITION', 'BY');
  cursor.next();
  if (cursor.is('(')) cursor.skip();
  if (cursor.take('SUBPARTITION', 'TEMPLATE')) cursor.skip();
  else if (cursor.take('SUBPARTITIONS')) {
    cursor.next();
    if (cursor.take('STORE', 'IN')) cursor.skip();
  }
  return cursor.slice(from);
}

/**
 * `PARTITION BY RANGE | LIST | HASH (columns) ...`.
 * @returns undefined, with the cursor where it was, for what the model has no words for: by reference, system,
 * automatic lists, partitions that are stored by turns.
 */
export function readPartitioning(cursor: Cursor): DdlPartitioning | undefined {
  const start = cursor.at;
  cursor.take('PARTITION', 'BY');
  const strategy = cursor.takeAny('RANGE', 'LIST', 'HASH');
  if (strategy === undefined) {
    cursor.at = start;
    return undefined;
  }
  const elements = cursor.list(() => ({ column: cursor.name() }));
  const interval = cursor.take('INTERVAL') ? cursor.bracketed() : undefined;
  if (cursor.isAny('AUTOMATIC', 'STORE')) {
    cursor.at = start;
    return undefined;
  }
  const sub = subpartitions(cursor);
  const count = strategy === 'HASH' && cursor.take('PARTITIONS') ? Number(cursor.number() ?? 0) : undefined;
  if (cursor.isAny('STORE', 'AUTOMATIC')) {
    cursor.at = start;
    return undefined;
  }
  const parts = cursor.is('(') ? readParts(cursor) : undefined;
  return {
    strategy: strategy === 'RANGE' ? 'range' : strategy === 'LIST' ? 'list' : 'hash',
    elements,
    ...(count === undefined ? {} : { count }),
    ...(interval === undefined ? {} : { interval }),
    ...(sub === undefined ? {} : { sub }),
    ...(parts === undefined ? {} : { parts }),
  };
}
