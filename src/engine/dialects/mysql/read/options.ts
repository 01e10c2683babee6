import type { StorageParameter } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import { readParameter } from './elements.ts';

/** What follows the brackets of CREATE TABLE, or stands in ALTER TABLE. */
export interface TableOptions {
  readonly parameters: readonly StorageParameter[];
  readonly comment?: string;
  readonly tablespace?: string;
  readonly residue: readonly string[];
}

/** Options of two words. */
const PAIRS = [
  ['DATA', 'DIRECTORY'],
  ['INDEX', 'DIRECTORY'],
] as const;

const OPTIONS = new Set([
  'ENGINE',
  'TYPE',
  'STORAGE',
  'AUTO_INCREMENT',
  'AUTOEXTEND_SIZE',
  'AVG_ROW_LENGTH',
  'CHECKSUM',
  'COMPRESSION',
  'CONNECTION',
  'DELAY_KEY_WRITE',
  'ENCRYPTION',
  'ENGINE_ATTRIBUTE',
  'IETF_QUOTES',
  'INSERT_METHOD',
  'ITEF_QUOTES',
  'KEY_BLOCK_SIZE',
  'MAX_ROWS',
  'MIN_ROWS',
  'PACK_KEYS',
  'PAGE_CHECKSUM',
  'PASSWORD',
  'ROW_FORMAT',
  'SECONDARY_ENGINE',
  'SECONDARY_ENGINE_ATTRIBUTE',
  'SEQUENCE',
  'START',
  'STATS_AUTO_RECALC',
  'STATS_PERSISTENT',
  'STATS_SAMPLE_PAGES',
  'TABLE_CHECKSUM',
  'TRANSACTIONAL',
  'UNION',
]);

/** `[DEFAULT] CHARSET = x`, `[DEFAULT] COLLATE = x` */
function readCharset(cursor: Cursor): StorageParameter | undefined {
  const from = cursor.at;
  cursor.take('DEFAULT');
  const charset = cursor.take('CHARSET') || cursor.take('CHARACTER', 'SET') || cursor.take('CHAR', 'SET');
  if (!charset && !cursor.take('COLLATE')) {
    cursor.at = from;
    return undefined;
  }
  cursor.take('=');
  return { name: charset ? 'DEFAULT CHARSET' : 'COLLATE', value: cursor.name() };
}

function readPair(cursor: Cursor): StorageParameter | undefined {
  const pair = PAIRS.find(([first, second]) => cursor.take(first, second));
  return pair === undefined ? undefined : readParameter(cursor, pair.join(' '));
}

/** Reads options until something else comes; commas between them are optional. */
export function readOptions(cursor: Cursor): TableOptions {
  const parameters: StorageParameter[] = [];
  const residue: string[] = [];
  let comment: string | undefined;
  let tablespace: string | undefined;
  for (;;) {
    const from = cursor.at;
    const charset = readCharset(cursor) ?? readPair(cursor);
    if (charset !== undefined) parameters.push(charset);
    else if (cursor.take('COMMENT')) {
      cursor.take('=');
      comment = cursor.string();
    } else if (cursor.take('TABLESPACE')) {
      cursor.take('=');
      tablespace = cursor.name();
    } else if (cursor.take('WITH', 'SYSTEM', 'VERSIONING')) residue.push(cursor.slice(from));
    else if (OPTIONS.has(cursor.word()) || (cursor.isName() && cursor.word(1) === '=')) {
      const name = cursor.next().text;
      const known = OPTIONS.has(name.toUpperCase()) ? name.toUpperCase() : name;
      parameters.push(readParameter(cursor, known === 'TYPE' ? 'ENGINE' : known));
    } else break;
    if (cursor.is(',') && !OPTIONS_END.has(cursor.word(1))) cursor.take(',');
  }
  return {
    parameters,
    residue,
    ...(comment === undefined ? {} : { comment }),
    ...(tablespace === undefined ? {} : { tablespace }),
  };
}

/** Words that begin another action of ALTER TABLE after a comma, and no option. */
const OPTIONS_END = new Set([
  'ADD',
  'ALTER',
  'CHANGE',
  'CONVERT',
  'DISABLE',
  'DROP',
  'ENABLE',
  'MODIFY',
  'ORDER',
  'RENAME',
  'ALGORITHM',
  'LOCK',
]);
