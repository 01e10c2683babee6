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
  ...['IMMUTABLE', 'REJECT', 'PARAMETERS', 'ATTRIBUTES', 'CLUSTERING', 'HASHING', ...NUMBERED],
]);

/** Clauses that are nothing but what is so anyway. */
const USUAL = new Set(['VISIBLE', 'NOPARALLEL', 'USABLE', 'NOREVERSE']);

/**
 * Where a clause behind the columns of a table stands among the others ("SQL Language Reference", CREATE TABLE: physical
 * properties before table properties, partitions between storage of columns and the rest).
 */
const RANKS: readonly RegExp[] = [
  /^DEFAULT\s+COLLATION\b/i,
  /^(?:NO\s+(?:DROP|DELETE)|HASHING|USING)\b/i,
  /^SEGMENT\b/i,
  /^(?:ORGANIZATION|CLUSTER)\b/i,
];
const OF_COLUMNS = /^(?:LOB|VARRAY|NESTED|XMLTYPE|OPAQUE|COLUMN)\b/i;
const PARTITIONS = /^PARTITION\b/i;
const AFTER_PARTITIONS =
  /^(?:CACHE|NOCACHE|RESULT_CACHE|PARALLEL|NOPARALLEL|ROWDEPENDENCIES|NOROWDEPENDENCIES|ENABLE|DISABLE|FLASHBACK|NO\s+FLASHBACK|ROW\s+ARCHIVAL|ANNOTATIONS)\b/i;

/** Rank of what has fields: numbers and tablespace. */
export const PHYSICAL_RANK = RANKS.length;
/** Rank of partitions. */
export const PARTITION_RANK = PHYSICAL_RANK + 3;

export function clauseRank(clause: string): number {
  const rank = RANKS.findIndex((one) => one.test(clause));
  if (rank >= 0) return rank;
  if (OF_COLUMNS.test(clause)) return PHYSICAL_RANK + 2;
  if (PARTITIONS.test(clause)) return PARTITION_RANK;
  return AFTER_PARTITIONS.test(clause) ? PARTITION_RANK + 1 : PHYSICAL_RANK + 1;
}

export interface Attributes {
  readonly parameters: readonly StorageParameter[];
  readonly tablespace?: string;
  readonly invisible: boolean;
  readonly partitioning?: DdlPartitioning;
  /** Everything else, clause by clause, in the order of {@link clauseRank}. */
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
  if (pairs.includes(first)) {
    if (cursor.done) cursor.fail(`what follows ${first} was expected`);
    cursor.skip();
  }
  while (!cursor.done && !CLAUSES.has(cursor.word())) cursor.skip();
  if (['ROW', 'COLUMN'].includes(first) && cursor.isAny('COMPRESS', 'NOCOMPRESS')) {
    cursor.next();
    while (!cursor.done && !CLAUSES.has(cursor.word())) cursor.skip();
  }
  return cursor.slice(from);
}

/** {@link clause}, if it begins with a word and closes its brackets. */
function checkedClause(cursor: Cursor): string {
  const from = cursor.at;
  if (cursor.peek().kind !== 'word' || (cursor.is('PARTITION') && !cursor.is('PARTITION', 'BY'))) {
    cursor.fail('a clause of a table or index was expected');
    return '';
  }
  const text = clause(cursor);
  const depth = cursor.tokens.slice(from, cursor.at).reduce((sum, { word }) => sum + (word === '(' ? 1 : word === ')' ? -1 : 0), 0);
  if (depth !== 0) cursor.fail('the bracket is never closed');
  return text;
}

/** Clauses in their order. One that begins with a word that is not known belongs to what stands before it. */
function inOrder(residue: readonly string[]): string[] {
  const isKnown = (one: string) => CLAUSES.has(/^\w+/.exec(one)?.[0].toUpperCase() ?? '');
  const known = residue.filter(isKnown).toSorted((a, b) => clauseRank(a) - clauseRank(b));
  const rest = residue.filter((one) => !isKnown(one));
  if (rest.length === 0) return known;
  const last = known.pop();
  return [...known, [...(last === undefined ? [] : [last]), ...rest].join(' ')];
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
        const text = checkedClause(cursor);
        if (text !== '' && !USUAL.has(text.toUpperCase())) residue.push(text);
      }
    }
  }
  return {
    parameters,
    ...(tablespace === undefined ? {} : { tablespace }),
    invisible,
    ...(partitioning === undefined ? {} : { partitioning }),
    residue: inOrder(residue),
  };
}
