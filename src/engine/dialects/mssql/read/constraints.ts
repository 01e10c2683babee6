import type { ReferentialAction } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlConstraint, DdlElement, DdlIndex } from '../../base/read/ddl.ts';
import { expression, indexOptions, lasting, store, withoutBrackets } from './clauses.ts';

/** What stood before a constraint: where it began, its name, and whether old rows are looked at (`WITH NOCHECK`). */
export interface ConstraintHead {
  readonly start: number;
  readonly name?: string;
  readonly notValid?: boolean;
}

const KEYS = ['PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN', 'REFERENCES'];

/** Whether a constraint other than a default comes next, its name aside. */
export function isConstraint(cursor: Cursor): boolean {
  return cursor.isAny(...KEYS);
}

/** `column [ASC | DESC]` */
function element(cursor: Cursor): DdlElement {
  const column = cursor.name();
  if (cursor.takeAny('ASC', 'DESC') !== 'DESC') return { column };
  return { column, order: 'desc' };
}

export function elements(cursor: Cursor): DdlElement[] {
  return cursor.list(() => element(cursor));
}

export function names(cursor: Cursor): string[] {
  return cursor.list(() => cursor.name());
}

/** `CLUSTERED` or `NONCLUSTERED`, and `HASH`. */
export function shape(cursor: Cursor): { clustered?: boolean; method?: string } {
  const word = cursor.takeAny('CLUSTERED', 'NONCLUSTERED');
  const method = cursor.take('HASH') ? { method: 'hash' } : {};
  return word === undefined ? method : { clustered: word === 'CLUSTERED', ...method };
}

/** What may follow the columns of a key or index: `WITH`, `ON`, in any order. */
export function tail(cursor: Cursor, draft: { residue: string[] }): Partial<DdlIndex> {
  const found: { -readonly [K in keyof DdlIndex]?: DdlIndex[K] } = {};
  while (!cursor.done) {
    if (cursor.is('WITH')) {
      const parameters = lasting(indexOptions(cursor));
      if (parameters.length > 0) found.parameters = parameters;
    } else if (cursor.take('ON')) {
      const { tablespace, residue } = store(cursor);
      if (tablespace !== undefined) found.tablespace = tablespace;
      if (residue !== undefined) draft.residue.push(residue);
    } else if (cursor.take('FILESTREAM_ON')) draft.residue.push(`FILESTREAM_ON ${cursor.next().text}`);
    else if (cursor.is('NOT', 'ENFORCED')) {
      // Keys of a warehouse that are not looked after.
      cursor.at += 2;
      draft.residue.push('NOT ENFORCED');
    } else break;
  }
  return found;
}

function key(cursor: Cursor, head: ConstraintHead, column: string | undefined): DdlConstraint {
  const kind = cursor.take('PRIMARY') ? 'primary' : 'unique';
  if (kind === 'primary') cursor.expect('KEY');
  else cursor.expect('UNIQUE');
  const how = shape(cursor);
  // An old script may write CLUSTERED and leave the columns of a column's own key to the column.
  const list = cursor.is('(') || column === undefined ? elements(cursor) : [{ column }];
  const draft = { residue: [] as string[] };
  const rest = tail(cursor, draft);
  return {
    kind,
    ...named(head),
    elements: list,
    ...how,
    ...rest,
    ...(draft.residue.length === 0 ? {} : { residue: draft.residue }),
    ...place(cursor, head),
  } as DdlConstraint;
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = { CASCADE: 'cascade', NO: 'no action', SET: 'set null' };

function action(cursor: Cursor): ReferentialAction | undefined {
  const word = cursor.takeAny('CASCADE', 'NO', 'SET');
  if (word === 'NO') cursor.expect('ACTION');
  if (word === 'SET' && cursor.take('DEFAULT')) return 'set default';
  if (word === 'SET') cursor.expect('NULL');
  if (word === undefined) cursor.fail('CASCADE, NO ACTION, SET NULL or SET DEFAULT was expected');
  return word === undefined ? undefined : ACTIONS[word];
}

function foreignKey(cursor: Cursor, head: ConstraintHead, column: string | undefined): DdlConstraint {
  let columns = column === undefined ? [] : [column];
  if (cursor.take('FOREIGN')) {
    cursor.expect('KEY');
    if (cursor.is('(') || column === undefined) columns = names(cursor);
  }
  cursor.expect('REFERENCES');
  const parent = cursor.qualified();
  const parentColumns = cursor.is('(') ? names(cursor) : [];
  const found: { onDelete?: ReferentialAction; onUpdate?: ReferentialAction; residue?: string[] } = {};
  for (;;) {
    if (cursor.is('ON', 'DELETE') || cursor.is('ON', 'UPDATE')) {
      const event = cursor.word(1) === 'DELETE' ? 'onDelete' : 'onUpdate';
      cursor.at += 2;
      const does = action(cursor);
      // NO ACTION is what a key does by itself.
      if (does !== undefined && does !== 'no action') found[event] = does;
    } else if (cursor.take('NOT', 'FOR', 'REPLICATION')) found.residue = ['NOT FOR REPLICATION'];
    else break;
  }
  const notValid = head.notValid === true ? { notValid: true } : {};
  return { kind: 'foreign', ...named(head), columns, parent, parentColumns, ...found, ...notValid, ...place(cursor, head) };
}

function check(cursor: Cursor, head: ConstraintHead): DdlConstraint {
  cursor.expect('CHECK');
  const residue = cursor.take('NOT', 'FOR', 'REPLICATION') ? { residue: ['NOT FOR REPLICATION'] } : {};
  const sql = withoutBrackets(cursor.bracketed());
  const notValid = head.notValid === true ? { notValid: true } : {};
  return { kind: 'check', ...named(head), expression: sql, ...notValid, ...residue, ...place(cursor, head) };
}

function named({ name }: ConstraintHead): { name?: string } {
  return name === undefined ? {} : { name };
}

function place(cursor: Cursor, { start }: ConstraintHead): { start: number; end: number } {
  return { start, end: cursor.endOffset };
}

/** A constraint after its name. @param column the column in whose definition it stands. */
export function constraintBody(cursor: Cursor, head: ConstraintHead, column?: string): DdlConstraint {
  if (cursor.isAny('PRIMARY', 'UNIQUE')) return key(cursor, head, column);
  return cursor.is('CHECK') ? check(cursor, head) : foreignKey(cursor, head, column);
}

/**
 * An index in a table's definition: `INDEX name [UNIQUE] [CLUSTERED | NONCLUSTERED] [HASH | COLUMNSTORE] (columns)
 * [INCLUDE (...)] [WHERE ...] [WITH (...)] [ON ...]`.
 * @param column the column in whose definition it stands.
 */
export function indexBody(cursor: Cursor, column?: string): DdlIndex {
  const start = cursor.offset;
  cursor.expect('INDEX');
  const name = cursor.name();
  const unique = cursor.take('UNIQUE') ? { unique: true } : {};
  let how = shape(cursor);
  if (cursor.take('COLUMNSTORE')) how = { ...how, method: 'columnstore' };
  const list = cursor.is('(') || column === undefined ? elements(cursor) : [{ column }];
  return { kind: 'index', name, ...unique, ...how, elements: list, ...indexTail(cursor), start, end: cursor.endOffset };
}

/** `[INCLUDE (...)] [WHERE ...] [WITH (...)] [ON ...]` */
export function indexTail(cursor: Cursor): Partial<DdlIndex> {
  const include = cursor.take('INCLUDE') ? { include: names(cursor) } : {};
  const order = cursor.is('ORDER', '(') ? orderOf(cursor) : [];
  const where = cursor.take('WHERE') ? { where: withoutBrackets(expression(cursor, 'WITH', 'ON', 'FILESTREAM_ON')) } : {};
  const draft = { residue: order };
  const rest = tail(cursor, draft);
  return { ...include, ...where, ...rest, ...(draft.residue.length === 0 ? {} : { residue: draft.residue }) };
}

/** `ORDER (columns)` of a columnstore index. */
function orderOf(cursor: Cursor): string[] {
  const from = cursor.at;
  cursor.next();
  cursor.bracketed();
  return [cursor.slice(from)];
}
