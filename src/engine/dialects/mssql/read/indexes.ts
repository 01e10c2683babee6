import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlIndex } from '../../base/read/ddl.ts';
import { lasting, options, store } from './clauses.ts';
import { elements, indexTail, shape } from './constraints.ts';

/** Kinds of indexes with a word of their own before INDEX, by that word. */
const METHODS: Readonly<Record<string, string>> = {
  XML: 'xml',
  SPATIAL: 'spatial',
  JSON: 'json',
  VECTOR: 'vector',
};

/** Whether `CREATE INDEX` comes, its words before INDEX included. */
export function isIndex(cursor: Cursor): boolean {
  let at = 0;
  while (
    ['UNIQUE', 'CLUSTERED', 'NONCLUSTERED', 'COLUMNSTORE', 'PRIMARY', 'SELECTIVE', ...Object.keys(METHODS)].includes(
      cursor.word(at),
    )
  )
    at++;
  return cursor.word(at) === 'INDEX';
}

/** What an XML, spatial, JSON or vector index says after its column, as text; its options apart. */
function specialTail(cursor: Cursor): Partial<DdlIndex> {
  const residue: string[] = [];
  let found: Partial<DdlIndex> = {};
  const paths = cursor.at;
  while (!cursor.done && !cursor.isAny('WITH', 'ON')) cursor.skip();
  if (cursor.at > paths) residue.push(cursor.slice(paths));
  while (!cursor.done) {
    if (cursor.take('ON')) {
      const { tablespace, residue: scheme } = store(cursor);
      if (tablespace !== undefined) found = { ...found, tablespace };
      if (scheme !== undefined) residue.push(scheme);
    } else if (cursor.is('WITH') && cursor.word(1) === '(') {
      cursor.next();
      const parameters = lasting(options(cursor));
      if (parameters.length > 0) found = { ...found, parameters };
    } else {
      const from = cursor.at;
      cursor.skip();
      while (!cursor.done && !cursor.isAny('WITH', 'ON')) cursor.skip();
      residue.push(cursor.slice(from));
    }
  }
  return { ...found, ...(residue.length === 0 ? {} : { residue }) };
}

/** Whether the options say that an index of the name may be there. */
function replaces(cursor: Cursor): boolean {
  const { at } = cursor;
  let found = false;
  for (; !cursor.done; cursor.next())
    if (cursor.is('DROP_EXISTING') && !(cursor.word(1) === '=' && cursor.word(2) === 'OFF')) found = true;
  cursor.at = at;
  return found;
}

/** `CREATE ... INDEX name ON table ...`; CREATE is taken already. */
export function createIndex(cursor: Cursor): Ddl {
  const start = cursor.offset;
  const unique = cursor.take('UNIQUE') ? { unique: true } : {};
  const how = shape(cursor);
  const prefix = cursor.takeAny('PRIMARY', 'SELECTIVE');
  const word = cursor.takeAny('COLUMNSTORE', ...Object.keys(METHODS));
  const kind = word === 'COLUMNSTORE' ? 'columnstore' : word === undefined ? undefined : METHODS[word];
  const method = kind === undefined ? {} : { method: prefix === undefined ? kind : `${prefix.toLowerCase()} ${kind}` };
  cursor.expect('INDEX');
  const name = cursor.name();
  cursor.expect('ON');
  const table = cursor.qualified();
  const replace = replaces(cursor) ? { replace: true } : {};
  if (kind === 'columnstore' && !cursor.is('(')) {
    // Its columns are all of the table's, so that the model has no elements to give it.
    cursor.rest();
    return { kind: 'keep', words: 'CREATE CLUSTERED COLUMNSTORE INDEX', about: table };
  }
  const list = elements(cursor);
  const special = kind !== undefined && kind !== 'columnstore';
  const rest = special ? specialTail(cursor) : indexTail(cursor);
  const index: DdlIndex = {
    kind: 'index',
    name,
    ...unique,
    ...how,
    ...method,
    elements: list,
    ...rest,
    start,
    end: cursor.endOffset,
  };
  return { kind: 'create index', table, index, ...replace };
}

/** `ALTER INDEX name | ALL ON table ...` */
export function alterIndex(cursor: Cursor): Ddl {
  if (!cursor.take('ALL')) cursor.name();
  cursor.expect('ON');
  const about = cursor.qualified();
  const word = cursor.takeAny('REBUILD', 'REORGANIZE', 'RESUME', 'PAUSE', 'ABORT');
  cursor.rest();
  if (word !== undefined) return { kind: 'skip', reason: 'maintenance: it changes nothing' };
  return { kind: 'keep', words: 'ALTER INDEX', about };
}
