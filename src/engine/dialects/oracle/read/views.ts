import type { StorageParameter } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlView } from '../../base/read/ddl.ts';
import { ifNotExists, keep, keepMaking } from './tables.ts';

/** Kinds of views that are said before the word VIEW; the writer puts them back there. */
export const VIEW_KINDS = ['EDITIONING', 'NONEDITIONABLE'] as const;

/** Number of the token where the query begins that runs to the end. */
function queryEnd(cursor: Cursor): { query: string; tail: string } {
  const from = cursor.at;
  let end = cursor.tokens.length;
  for (let at = end - 1; at > from && at > end - 9; at--) {
    const words = (i: number) => cursor.tokens[at + i]?.word;
    if (words(0) === 'WITH' && ((words(1) === 'READ' && words(2) === 'ONLY') || (words(1) === 'CHECK' && words(2) === 'OPTION'))) {
      end = at;
      break;
    }
  }
  cursor.at = cursor.tokens.length;
  return { query: cursor.slice(from, end), tail: cursor.slice(end) };
}

/** The names in brackets behind the name of a view; undefined when constraints stand among them. */
function readNames(cursor: Cursor): string[] | undefined {
  const start = cursor.at;
  let plain = true;
  const names = cursor.list(() => {
    const name = cursor.name();
    cursor.takeAny('VISIBLE');
    if (!cursor.isAny(',', ')')) {
      plain = false;
      cursor.until();
    }
    return name;
  });
  if (plain) return names;
  cursor.at = start;
  return undefined;
}

/** `VIEW name ...`, from the words between CREATE [OR REPLACE] and VIEW on; undefined when it is no view. */
export function readView(cursor: Cursor, replace: boolean): Ddl[] | undefined {
  const start = cursor.at;
  const options: StorageParameter[] = [];
  for (;;) {
    const kind = cursor.takeAny(...VIEW_KINDS);
    if (kind !== undefined) options.push({ name: kind, value: '' });
    // Whether it is made in spite of errors is not said of the view itself.
    else if (cursor.takeAny('FORCE', 'EDITIONABLE') === undefined && !cursor.take('NO', 'FORCE') && !cursor.take('NOFORCE')) break;
  }
  if (!cursor.take('VIEW')) {
    cursor.at = start;
    return undefined;
  }
  const exists = ifNotExists(cursor);
  const name = cursor.qualified();
  const columns = cursor.is('(') ? readNames(cursor) : [];
  if (columns === undefined) return keepMaking(cursor, 'CREATE VIEW', name);
  const residue: string[] = [];
  while (!cursor.done && !cursor.is('AS')) {
    const from = cursor.at;
    if (cursor.take('BEQUEATH')) options.push({ name: 'BEQUEATH', value: cursor.next().word });
    else {
      cursor.until('AS', 'BEQUEATH');
      if (cursor.at === from) cursor.skip();
      residue.push(cursor.slice(from));
    }
  }
  cursor.expect('AS');
  const { query, tail } = queryEnd(cursor);
  const checked = /^WITH\s+CHECK\s+OPTION$/i.test(tail);
  if (tail !== '' && !checked) residue.push(tail);
  const view: DdlView = {
    kind: 'view',
    name,
    ...(replace ? { replace } : {}),
    ...(exists ? { ifNotExists: true } : {}),
    ...(columns.length === 0 ? {} : { columns }),
    query,
    ...(options.length === 0 ? {} : { options }),
    ...(checked ? { checkOption: 'cascaded' } : {}),
    ...(residue.length === 0 ? {} : { residue }),
  };
  return [view];
}

/** `MATERIALIZED VIEW name ...`, from MATERIALIZED on. What stands before AS is kept as it is. */
export function readMaterializedView(cursor: Cursor): Ddl[] {
  cursor.take('MATERIALIZED', 'VIEW');
  if (cursor.is('LOG')) return keep(cursor, 'CREATE MATERIALIZED VIEW LOG');
  const exists = ifNotExists(cursor);
  const name = cursor.qualified();
  if (cursor.is('OF')) return keepMaking(cursor, 'CREATE MATERIALIZED VIEW', name);
  const columns = cursor.is('(') ? readNames(cursor) : [];
  if (columns === undefined) return keepMaking(cursor, 'CREATE MATERIALIZED VIEW', name);
  const from = cursor.at;
  const isQuery = () => cursor.is('AS') && (cursor.word(1) === '(' || cursor.word(1) === 'SELECT' || cursor.word(1) === 'WITH');
  while (!cursor.done && !isQuery()) cursor.skip();
  const properties = cursor.slice(from);
  cursor.expect('AS');
  const view: DdlView = {
    kind: 'view',
    name,
    materialized: true,
    ...(exists ? { ifNotExists: true } : {}),
    ...(columns.length === 0 ? {} : { columns }),
    query: cursor.rest(),
    ...(properties === '' ? {} : { residue: [properties] }),
  };
  return [view];
}
