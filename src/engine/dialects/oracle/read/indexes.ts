import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlElement, DdlIndex } from '../../base/read/ddl.ts';
import { readAttributes } from './attributes.ts';
import { ifNotExists, keep } from './tables.ts';

/** A member of an index: a column or an expression, with its order. */
function readIndexElement(cursor: Cursor): DdlElement {
  const from = cursor.at;
  while (!cursor.done && !cursor.isAny(',', ')') && !(cursor.isAny('ASC', 'DESC') && cursor.at > from)) cursor.skip();
  const to = cursor.at;
  const order = cursor.takeAny('ASC', 'DESC') === 'DESC' ? ({ order: 'desc' } as const) : {};
  if (to - from === 1 && (cursor.tokens[from]?.kind === 'word' || cursor.tokens[from]?.kind === 'quoted')) {
    const after = cursor.at;
    cursor.at = from;
    const column = cursor.name();
    cursor.at = after;
    return { column, ...order };
  }
  const expression = cursor.slice(from, to);
  if (expression === '') cursor.fail('a column or an expression was expected');
  return { expression, ...order };
}

/** `CREATE [UNIQUE | BITMAP] INDEX`, from the word before INDEX on; undefined when it is no index. */
export function readIndex(cursor: Cursor): Ddl[] | undefined {
  const kind =
    cursor.word(1) === 'INDEX' ? cursor.takeAny('UNIQUE', 'BITMAP', 'MULTIVALUE', 'VECTOR', 'SEARCH', 'HYBRID') : undefined;
  if (!cursor.is('INDEX')) return undefined;
  const start = cursor.offset;
  cursor.next();
  const exists = ifNotExists(cursor);
  const { name } = cursor.qualified();
  cursor.expect('ON');
  // An index of a cluster, or one whose kind the model has no word for.
  if (cursor.is('CLUSTER') || kind === 'VECTOR' || kind === 'SEARCH' || kind === 'HYBRID') return keep(cursor, 'CREATE INDEX');
  const table = cursor.qualified();
  const alias = cursor.isName() ? cursor.next() : undefined;
  const elements = cursor.list(() => readIndexElement(cursor));
  if (alias !== undefined || cursor.is('FROM')) return keep(cursor, 'CREATE INDEX', table);
  const { parameters, tablespace, invisible, partitioning, residue } = readAttributes(cursor);
  if (partitioning !== undefined) return keep(cursor, 'CREATE INDEX', table);
  const index: DdlIndex = {
    kind: 'index',
    name,
    ...(kind === 'UNIQUE' ? { unique: true } : {}),
    ...(kind === 'BITMAP' || kind === 'MULTIVALUE' ? { method: kind.toLowerCase() } : {}),
    elements,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(tablespace === undefined ? {} : { tablespace }),
    ...(invisible ? { invisible: true } : {}),
    ...(residue.length === 0 ? {} : { residue }),
    start,
    end: cursor.endOffset,
  };
  return [{ kind: 'create index', table, index, ...(exists ? { ifNotExists: true } : {}) }];
}
