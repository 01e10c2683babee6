import type { StorageParameter } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlPartitioning } from '../../base/read/ddl.ts';
import { readPartitioning } from './partitions.ts';

/** Physical attributes that have a number. */
const NUMBERED = ['PCTFREE', 'PCTUSED', 'INITRANS', 'MAXTRANS'];

/** Words that begin a clause behind the columns of a table, index or materialized view, and those that go on with it. */
const CLAUSES = new Set([
  ...['TABLESPACE', 'STORAGE', 'LOGGING', 'NOLOGGING', 'FILESYSTEM_LIKE_LOGGING', 'COMPRESS', 'NOCOMPRESS', 'CACHE', 'NOCACHE'],
  ...['PARALLEL', 'NOPARALLEL', 'MONITORING', 'NOMONITORING', 'ORGANIZATION', 'LOB', 'VARRAY', 'NESTED', 'XMLTYPE', 'OPAQUE'],
  ...['ENABLE', 'DISABLE', 'SEGMENT', 'RESULT_CACHE', 'ROWDEPENDENCIES', 'NOROWDEPENDENCIES', 'FLASHBACK', 'INMEMORY', 'CLUSTER'],
  ...['PARTITION', 'INDEXING', 'READ', 'MEMOPTIMIZE', 'ROW', 'COLUMN', 'ON', 'SUBSTITUTABLE', 'ILM', 'OVERFLOW', 'LOCAL'],
  ...['GLOBAL', 'REVERSE', 'ONLINE', 'COMPUTE', 'INVISIBLE', 'VISIBLE', 'INDEXTYPE', 'UNUSABLE', 'USABLE', 'NOSORT', 'SORT'],
  ...['PCTTHRESHOLD', 'MAPPING', 'INCLUDING', 'NO', 'AS', 'ANNOTATIONS', 'REFRESH', 'BUILD', 'USING', 'DEFAULT', 'SUPPLEMENTAL'],
  ...['IMMUTABLE', 'REJECT', 'PARAMETERS', 'ATTRIBUTES', ...NUMBERED],
]);

/** Clauses that are nothing but what is so anyway. */
const USUAL = new Set(['VISIBLE', 'NOPARALLEL', 'USABLE', 'NOREVERSE']);

export interface Attributes {
  readonly parameters: readonly StorageParameter[];
  readonly tablespace?: string;
  readonly invisible: boolean;
  readonly partitioning?: DdlPartitioning;
  /** Everything else, clause by clause. */
  readonly residue: readonly string[];
}

/** One clause up to the next one. What follows ORGANIZATION belongs to it. */
function clause(cursor: Cursor): string {
  const from = cursor.at;
  const first = cursor.next().word;
  if (first === 'ORGANIZATION') {
    cursor.next();
    const inside = ['PCTTHRESHOLD', 'MAPPING', 'INCLUDING', 'OVERFLOW', 'NO', 'COMPRESS', 'NOCOMPRESS', 'REJECT', ...NUMBERED];
    // Where the rest of the rows goes has attributes of its own.
    const outside = ['PARTITION', 'LOB', 'VARRAY', 'NESTED', 'XMLTYPE', 'ENABLE', 'DISABLE', 'AS'];
    for (let overflow = false; !cursor.done; cursor.skip()) {
      if (overflow ? cursor.isAny(...outside) : CLAUSES.has(cursor.word()) && !cursor.isAny(...inside)) break;
      overflow ||= cursor.is('OVERFLOW');
    }
    return cursor.slice(from);
  }
  // The names of LOBs, nested tables and indexes behind them are in no list of words.
  if (['LOB', 'VARRAY', 'NESTED', 'XMLTYPE', 'OPAQUE', 'LOCAL', 'GLOBAL'].includes(first)) {
    while (!cursor.done && !(CLAUSES.has(cursor.word()) && !cursor.isAny('AS', 'LOB', 'XMLTYPE', 'PARTITION', 'COLUMN')))
      cursor.skip();
    return cursor.slice(from);
  }
  const pairs = ['ROW', 'COLUMN', 'SEGMENT', 'ON', 'READ', 'ENABLE', 'DISABLE', 'NO', 'FLASHBACK', 'DEFAULT', 'INDEXTYPE'];
  if (pairs.includes(first)) cursor.skip();
  while (!cursor.done && !CLAUSES.has(cursor.word())) cursor.skip();
  if (['ROW', 'COLUMN'].includes(first) && cursor.isAny('COMPRESS', 'NOCOMPRESS')) {
    cursor.next();
    while (!cursor.done && !CLAUSES.has(cursor.word())) cursor.skip();
  }
  return cursor.slice(from);
}

/** What stands behind the columns of a table or index, up to AS or the end. */
export function readAttributes(cursor: Cursor): Attributes {
  const parameters: StorageParameter[] = [];
  const residue: string[] = [];
  let tablespace: string | undefined;
  let invisible = false;
  let partitioning: DdlPartitioning | undefined;
  while (!cursor.done && !cursor.is('AS')) {
    const name = cursor.word();
    if (NUMBERED.includes(name) && cursor.peek(1).kind === 'number') {
      cursor.next();
      parameters.push({ name, value: cursor.next().text });
    } else if (cursor.is('TABLESPACE')) {
      cursor.next();
      tablespace = cursor.name();
    } else if (cursor.take('INVISIBLE')) invisible = true;
    else if (cursor.is('ON', 'COMMIT')) {
      const value = clause(cursor).replace(/^ON\s+COMMIT\s+/i, '');
      parameters.push({ name: 'ON COMMIT', value: value.toUpperCase().replaceAll(/\s+/g, ' ') });
    } else {
      partitioning ??= cursor.is('PARTITION', 'BY') ? readPartitioning(cursor) : undefined;
      if (name !== 'PARTITION' || cursor.is('PARTITION')) {
        const text = clause(cursor);
        if (!USUAL.has(text.toUpperCase())) residue.push(text);
      }
    }
  }
  return {
    parameters,
    ...(tablespace === undefined ? {} : { tablespace }),
    invisible,
    ...(partitioning === undefined ? {} : { partitioning }),
    residue,
  };
}
