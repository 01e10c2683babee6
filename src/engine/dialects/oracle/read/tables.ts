import type { StorageParameter } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlColumn, DdlConstraint, DdlName } from '../../base/read/ddl.ts';
import { readAttributes } from './attributes.ts';
import { readColumn } from './columns.ts';
import { isTableConstraint, readTableConstraint } from './constraints.ts';

/** Kinds of tables that are said before the word TABLE; the writer puts them back there. */
export const TABLE_KINDS = ['PRIVATE', 'SHARDED', 'DUPLICATED', 'IMMUTABLE', 'BLOCKCHAIN', 'JSON COLLECTION'] as const;

/** What stands between the brackets of CREATE TABLE or ADD. */
export interface Elements {
  readonly columns: readonly DdlColumn[];
  readonly constraints: readonly DdlConstraint[];
  /** What an ALTER TABLE has to say: supplemental logging, periods, references to rows. */
  readonly adds: readonly string[];
}

/** One element, put where it belongs. */
export function readElement(cursor: Cursor, into: { columns: DdlColumn[]; constraints: DdlConstraint[]; adds: string[] }): void {
  if (isTableConstraint(cursor)) {
    const read = readTableConstraint(cursor);
    if (read !== undefined) into.constraints.push(read);
  } else if (cursor.is('SUPPLEMENTAL', 'LOG') || cursor.is('PERIOD', 'FOR') || cursor.is('SCOPE', 'FOR') || cursor.is('REF', '(')) {
    const sql = cursor.until();
    // Logging is added without brackets.
    into.adds.push(/^SUPPLEMENTAL\b/i.test(sql) ? `ADD ${sql}` : `ADD (${sql})`);
  } else into.columns.push(readColumn(cursor).column);
}

function readElements(cursor: Cursor): Elements {
  const into = { columns: [] as DdlColumn[], constraints: [] as DdlConstraint[], adds: [] as string[] };
  cursor.list(() => {
    readElement(cursor, into);
    return undefined;
  });
  return into;
}

/** Words between CREATE and TABLE. Undefined when it is no table. */
export function takeTableWords(cursor: Cursor): { temporary: boolean; kinds: StorageParameter[] } | undefined {
  const start = cursor.at;
  const kinds: StorageParameter[] = [];
  let temporary = false;
  for (;;) {
    if (cursor.take('TABLE')) return { temporary, kinds };
    if (cursor.takeAny('GLOBAL', 'TEMPORARY') !== undefined) temporary = true;
    else {
      const kind = TABLE_KINDS.find((words) => cursor.take(...words.split(' ')));
      if (kind === undefined) break;
      kinds.push({ name: kind, value: '' });
    }
  }
  cursor.at = start;
  return undefined;
}

export function ifNotExists(cursor: Cursor): boolean {
  return cursor.take('IF', 'NOT', 'EXISTS');
}

/** A statement that is kept as text and makes something. @param words its leading words. */
export function keepMaking(cursor: Cursor, words: string, makes: DdlName): Ddl[] {
  cursor.rest();
  return [{ kind: 'keep', words, makes }];
}

/** A statement that is kept as text. @param words its leading words. */
export function keep(cursor: Cursor, words: string, about?: DdlName, first?: boolean): Ddl[] {
  cursor.rest();
  return [{ kind: 'keep', words, ...(about === undefined ? {} : { about }), ...(first === true ? { first } : {}) }];
}

/** `CREATE ... TABLE`, from its name on. */
export function readTable(cursor: Cursor, { temporary, kinds }: { temporary: boolean; kinds: StorageParameter[] }): Ddl[] {
  const exists = ifNotExists(cursor);
  const name = cursor.qualified();
  if (cursor.takeAny('SHARING', 'PARENT') !== undefined) {
    cursor.take('=');
    cursor.next();
  }
  // Their columns are those of a type or a query.
  if (!cursor.is('(')) return keepMaking(cursor, 'CREATE TABLE', name);
  const from = cursor.at;
  const elements = readElements(cursor);
  const attributes = readAttributes(cursor);
  if (cursor.is('AS')) {
    cursor.at = from;
    return keepMaking(cursor, 'CREATE TABLE', name);
  }
  const { parameters, tablespace, partitioning, residue } = attributes;
  const actions = elements.adds.map((sql) => ({ kind: 'keep', sql }) as const);
  return [
    {
      kind: 'table',
      name,
      ...(exists ? { ifNotExists: true } : {}),
      ...(temporary ? { temporary: true } : {}),
      columns: elements.columns,
      constraints: elements.constraints,
      ...(parameters.length + kinds.length === 0 ? {} : { parameters: [...kinds, ...parameters] }),
      ...(tablespace === undefined ? {} : { tablespace }),
      ...(partitioning === undefined ? {} : { partitioning }),
      ...(residue.length === 0 ? {} : { residue }),
    },
    ...(actions.length === 0 ? [] : [{ kind: 'alter table', name, actions } as const]),
  ];
}
