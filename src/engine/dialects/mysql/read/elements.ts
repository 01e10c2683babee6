import type { StorageParameter } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlElement, DdlForeignKey, DdlIndex, DdlKey } from '../../base/read/ddl.ts';

export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** `column`, `column(10)`, `(expression)`, each perhaps with a direction. */
export function readElement(cursor: Cursor): DdlElement {
  const element: Writable<DdlElement> = {};
  if (cursor.is('(')) element.expression = cursor.bracketed();
  else {
    element.column = cursor.name();
    if (cursor.take('(')) {
      element.length = Number(cursor.number() ?? '0');
      cursor.expect(')');
    }
  }
  if (cursor.take('DESC')) element.order = 'desc';
  else cursor.take('ASC');
  return element;
}

/** `USING BTREE`, `TYPE HASH` before or after the list. */
export function readMethod(cursor: Cursor): string | undefined {
  if (cursor.takeAny('USING', 'TYPE') === undefined) return undefined;
  return cursor.name().toLowerCase();
}

type Options = Pick<DdlIndex, 'method' | 'comment' | 'invisible' | 'residue'>;

/** What follows the list of a key or index. */
export function readIndexOptions(cursor: Cursor, options: Writable<Options>): void {
  const residue: string[] = [];
  for (;;) {
    const from = cursor.at;
    const method = readMethod(cursor);
    if (method !== undefined) options.method = method;
    else if (cursor.take('COMMENT')) {
      cursor.take('=');
      options.comment = cursor.string();
    } else if (cursor.take('INVISIBLE') || cursor.take('IGNORED')) options.invisible = true;
    else if (cursor.take('VISIBLE') || cursor.take('NOT', 'IGNORED')) delete options.invisible;
    else if (cursor.take('WITH', 'PARSER')) {
      cursor.name();
      residue.push(cursor.slice(from));
    } else if (
      cursor.isAny('KEY_BLOCK_SIZE', 'ENGINE_ATTRIBUTE', 'SECONDARY_ENGINE_ATTRIBUTE', 'CLUSTERING', 'M', 'DISTANCE') ||
      (cursor.isName() && cursor.word(1) === '=')
    ) {
      const name = cursor.next().text;
      const spelled = cursor.take('=');
      const value = cursor.next().text;
      residue.push(`${name}${spelled ? '=' : ' '}${value}`);
    } else break;
  }
  if (residue.length > 0) options.residue = residue;
}

const ACTIONS = { RESTRICT: 'restrict', CASCADE: 'cascade' } as const;

function readAction(cursor: Cursor): DdlForeignKey['onDelete'] {
  if (cursor.take('SET', 'NULL')) return 'set null';
  if (cursor.take('SET', 'DEFAULT')) return 'set default';
  if (cursor.take('NO', 'ACTION')) return 'no action';
  const word = cursor.takeAny('RESTRICT', 'CASCADE');
  if (word === undefined) cursor.fail('RESTRICT, CASCADE, SET NULL, SET DEFAULT or NO ACTION was expected');
  return word === undefined ? undefined : ACTIONS[word as keyof typeof ACTIONS];
}

/** `REFERENCES parent (columns) MATCH x ON DELETE y ON UPDATE z`. @param start where the constraint begins. */
export function readReferences(cursor: Cursor, columns: readonly string[], start: number, name?: string): DdlForeignKey {
  cursor.expect('REFERENCES');
  const parent = cursor.qualified();
  const parentColumns = cursor.is('(') ? cursor.list(() => readElement(cursor).column ?? '') : [];
  const key: Writable<DdlForeignKey> = { kind: 'foreign', columns, parent, parentColumns, start, end: 0 };
  if (name !== undefined) key.name = name;
  for (;;) {
    if (cursor.take('MATCH')) {
      if (cursor.takeAny('FULL', 'PARTIAL', 'SIMPLE') === 'FULL') key.match = 'full';
    } else if (cursor.take('ON', 'DELETE')) {
      const action = readAction(cursor);
      if (action !== undefined) key.onDelete = action;
    } else if (cursor.take('ON', 'UPDATE')) {
      const action = readAction(cursor);
      if (action !== undefined) key.onUpdate = action;
    } else break;
  }
  key.end = cursor.endOffset;
  return key;
}

/** Columns and options of a primary or unique key, from its method on. */
export function readKey(cursor: Cursor, kind: DdlKey['kind'], start: number, name?: string): DdlKey {
  const before = readMethod(cursor);
  const periods: string[] = [];
  const elements = cursor.list(() => {
    const from = cursor.at;
    const element = readElement(cursor);
    if (!cursor.take('WITHOUT', 'OVERLAPS')) return element;
    // MariaDB: a period of the table, which is no column.
    periods.push(cursor.slice(from));
    return undefined;
  });
  const columns = elements.filter((element) => element !== undefined);
  const key: Writable<DdlKey> = { kind, elements: columns, start, end: 0 };
  if (name !== undefined) key.name = name;
  if (before !== undefined) key.method = before;
  readIndexOptions(cursor, key);
  if (periods.length > 0) key.residue = [...periods, ...(key.residue ?? [])];
  key.end = cursor.endOffset;
  return key;
}

/** Columns and options of an index. @param method `fulltext`, `spatial`, `vector` of the statement's own words. */
export function readIndex(cursor: Cursor, start: number, given: { name?: string; unique?: boolean; method?: string }): DdlIndex {
  const before = readMethod(cursor);
  const elements = cursor.list(() => readElement(cursor));
  const index: Writable<DdlIndex> = { kind: 'index', elements, start, end: 0 };
  if (given.name !== undefined) index.name = given.name;
  if (given.unique === true) index.unique = true;
  if (before !== undefined) index.method = before;
  readIndexOptions(cursor, index);
  if (given.method !== undefined) index.method = given.method;
  index.end = cursor.endOffset;
  return index;
}

/** A parameter's value as text; `=` may be missing. */
export function readParameter(cursor: Cursor, name: string): StorageParameter {
  cursor.take('=');
  if (cursor.is('(')) return { name, value: `(${cursor.bracketed()})` };
  const sign = cursor.number();
  if (sign !== undefined) return { name, value: sign };
  return { name, value: cursor.next().text };
}

/** B-trees are what every index is, so that nothing need say it; not in tables in memory, where hashes are. */
export function withoutBtree<T extends { readonly kind: string; readonly method?: string }>(one: T): T {
  if (one.method !== 'btree') return one;
  const { method: _, ...rest } = one;
  return rest as T;
}
