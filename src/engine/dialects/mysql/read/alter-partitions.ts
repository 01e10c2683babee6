import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlAction } from '../../base/read/ddl.ts';
import { readPart } from './partitions.ts';

/** What `ALTER TABLE` does to partitions: each of them is its statement's only action. */

/** An action from its first word on, as text. @param from number of that word. */
function action(cursor: Cursor, from: number, what: Omit<DdlAction & { kind: 'partitions' }, 'kind' | 'sql'>): DdlAction[] {
  return [{ kind: 'partitions', sql: cursor.slice(from), ...what }];
}

function names(cursor: Cursor): string[] {
  const all = [cursor.name()];
  while (cursor.take(',')) all.push(cursor.name());
  return all;
}

/** `PARTITION (PARTITION p ...)`, `PARTITION PARTITIONS 2`, after ADD. */
export function addPartition(cursor: Cursor): DdlAction[] {
  const from = cursor.at - 1;
  cursor.expect('PARTITION');
  cursor.take('IF', 'NOT', 'EXISTS');
  cursor.takeAny('NO_WRITE_TO_BINLOG', 'LOCAL');
  if (cursor.take('PARTITIONS')) {
    const more = Number(cursor.number() ?? '0');
    return action(cursor, from, { more });
  }
  const into = cursor.list(() => readPart(cursor));
  return action(cursor, from, { into });
}

/** `PARTITION p, q`, after DROP. */
export function dropPartition(cursor: Cursor): DdlAction[] {
  const from = cursor.at - 1;
  cursor.expect('PARTITION');
  const ifExists = cursor.take('IF', 'EXISTS') ? { ifExists: true } : {};
  const drop = names(cursor);
  return action(cursor, from, { drop, ...ifExists });
}

/** `COALESCE PARTITION 2` */
export function coalesce(cursor: Cursor): DdlAction[] {
  const from = cursor.at;
  cursor.expect('COALESCE', 'PARTITION');
  cursor.takeAny('NO_WRITE_TO_BINLOG', 'LOCAL');
  const more = -Number(cursor.number() ?? '0');
  return action(cursor, from, { more });
}

/** `REORGANIZE PARTITION p, q INTO (PARTITION r ...)`; without names it only spreads the rows anew. */
export function reorganize(cursor: Cursor): DdlAction[] {
  const from = cursor.at;
  cursor.expect('REORGANIZE', 'PARTITION');
  cursor.takeAny('NO_WRITE_TO_BINLOG', 'LOCAL');
  if (cursor.done) return [{ kind: 'nothing', reason: 'maintenance of partitions' }];
  const drop = names(cursor);
  cursor.expect('INTO');
  const into = cursor.list(() => readPart(cursor));
  return action(cursor, from, { drop, into });
}
