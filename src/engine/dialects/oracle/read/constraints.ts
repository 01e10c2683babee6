import type { Deferral } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlCheck, DdlConstraint, DdlForeignKey, DdlKey } from '../../base/read/ddl.ts';

/** What stands after a constraint: when it is checked, of what, and with which index. */
export interface ConstraintState {
  readonly deferral?: Deferral;
  readonly disabled: boolean;
  /** NOVALIDATE: rows that are there already are not looked at. */
  readonly notValid: boolean;
  readonly tablespace?: string;
  /** Clauses that no field has: USING INDEX with anything but a tablespace, RELY, EXCEPTIONS INTO. */
  readonly rest: readonly string[];
}

const STATE_WORDS = [
  'DEFERRABLE',
  'INITIALLY',
  'RELY',
  'NORELY',
  'USING',
  'ENABLE',
  'DISABLE',
  'VALIDATE',
  'NOVALIDATE',
  'EXCEPTIONS',
  'PRECHECK',
  'NOPRECHECK',
  'CONSTRAINT',
  'CHECK',
  'UNIQUE',
  'PRIMARY',
  'REFERENCES',
  'NOT',
  'NULL',
] as const;

function usingIndex(cursor: Cursor): { tablespace?: string; rest?: string } {
  const from = cursor.at - 2;
  if (cursor.is('TABLESPACE') && (cursor.peek(2).text === '' || [',', ')', ...STATE_WORDS].includes(cursor.word(2)))) {
    cursor.next();
    return { tablespace: cursor.name() };
  }
  cursor.until(...STATE_WORDS);
  const text = cursor.slice(from);
  // An index that the engine makes anyway.
  return /^USING\s+INDEX$/i.test(text) ? {} : { rest: text };
}

/** Reads what may stand after a constraint, in any order. */
export function readState(cursor: Cursor): ConstraintState {
  let deferral: Deferral | undefined;
  let disabled = false;
  let validate: boolean | undefined;
  let tablespace: string | undefined;
  const rest: string[] = [];
  for (;;) {
    const from = cursor.at;
    if (cursor.take('NOT', 'DEFERRABLE') || cursor.take('INITIALLY', 'IMMEDIATE')) continue;
    if (cursor.take('DEFERRABLE')) deferral ??= 'deferrable';
    else if (cursor.take('INITIALLY', 'DEFERRED')) deferral = 'initially deferred';
    else if (cursor.take('DISABLE')) disabled = true;
    else if (cursor.take('ENABLE')) disabled = false;
    else if (cursor.take('VALIDATE')) validate = true;
    else if (cursor.take('NOVALIDATE')) validate = false;
    else if (cursor.take('USING', 'INDEX')) {
      const using = usingIndex(cursor);
      tablespace = using.tablespace ?? tablespace;
      if (using.rest !== undefined) rest.push(using.rest);
    } else if (cursor.takeAny('RELY', 'PRECHECK') !== undefined) rest.push(cursor.slice(from).toUpperCase());
    else if (cursor.take('EXCEPTIONS', 'INTO')) {
      cursor.qualified();
      rest.push(cursor.slice(from));
    } else if (cursor.takeAny('NORELY', 'NOPRECHECK') === undefined) break;
  }
  // A disabled constraint is not validated unless it says so.
  if (disabled && validate === true) rest.push('VALIDATE');
  return {
    ...(deferral === undefined ? {} : { deferral }),
    disabled,
    notValid: validate === false && !disabled,
    ...(tablespace === undefined ? {} : { tablespace }),
    rest,
  };
}

/** `(a, b)` of a key. */
function columnNames(cursor: Cursor): string[] {
  return cursor.list(() => cursor.name());
}

function residueOf(residue: readonly string[]): { residue?: readonly string[] } {
  return residue.length === 0 ? {} : { residue };
}

function key(cursor: Cursor, kind: DdlKey['kind'], columns: readonly string[], common: Common): DdlKey {
  const { deferral, disabled, notValid, tablespace, rest } = readState(cursor);
  return {
    ...place(cursor, common),
    kind,
    elements: columns.map((column) => ({ column })),
    ...(deferral === undefined ? {} : { deferral }),
    ...(tablespace === undefined ? {} : { tablespace }),
    ...residueOf([...rest, ...(disabled ? ['DISABLE'] : []), ...(notValid ? ['NOVALIDATE'] : [])]),
  };
}

/** @param columns of the child. */
function foreign(cursor: Cursor, columns: readonly string[], common: Common): DdlForeignKey {
  cursor.expect('REFERENCES');
  const parent = cursor.qualified();
  const parentColumns = cursor.is('(') ? columnNames(cursor) : [];
  let onDelete: DdlForeignKey['onDelete'];
  if (cursor.take('ON', 'DELETE')) {
    if (cursor.take('CASCADE')) onDelete = 'cascade';
    else if (cursor.take('SET', 'NULL')) onDelete = 'set null';
    else if (!cursor.take('NO', 'ACTION')) cursor.fail('CASCADE or SET NULL was expected');
  }
  const { deferral, disabled, notValid, rest } = readState(cursor);
  return {
    ...place(cursor, common),
    kind: 'foreign',
    columns,
    parent,
    parentColumns,
    ...(onDelete === undefined ? {} : { onDelete }),
    ...(deferral === undefined ? {} : { deferral }),
    ...(disabled ? { notEnforced: true } : {}),
    ...(notValid ? { notValid: true } : {}),
    ...residueOf(rest),
  };
}

function check(cursor: Cursor, common: Common): DdlCheck {
  const expression = cursor.bracketed();
  const { deferral, disabled, notValid, rest } = readState(cursor);
  const waits = deferral === 'initially deferred' ? ['DEFERRABLE INITIALLY DEFERRED'] : ['DEFERRABLE'];
  return {
    ...place(cursor, common),
    kind: 'check',
    expression,
    ...(disabled ? { notEnforced: true } : {}),
    ...(notValid ? { notValid: true } : {}),
    ...residueOf([...(deferral === undefined ? [] : waits), ...rest]),
  };
}

interface Common {
  readonly start: number;
  readonly name?: string;
}

function place(cursor: Cursor, { start, name }: Common): { start: number; end: number; name?: string } {
  return { start, end: cursor.endOffset, ...(name === undefined ? {} : { name }) };
}

/** `CONSTRAINT name`, when it comes next. */
export function constraintName(cursor: Cursor): { name?: string } {
  return cursor.take('CONSTRAINT') ? { name: cursor.name() } : {};
}

/** Whether a constraint of a table, rather than a column, comes next. */
export function isTableConstraint(cursor: Cursor): boolean {
  if (cursor.is('CONSTRAINT')) return true;
  return (
    cursor.is('PRIMARY', 'KEY') ||
    cursor.is('FOREIGN', 'KEY') ||
    (cursor.isAny('UNIQUE', 'CHECK') && cursor.word(1) === '(' && cursor.peek().kind === 'word')
  );
}

/** `[CONSTRAINT name] PRIMARY KEY (...) | UNIQUE (...) | FOREIGN KEY (...) REFERENCES ... | CHECK (...)` with its state. */
export function readTableConstraint(cursor: Cursor): DdlConstraint | undefined {
  const common = { start: cursor.offset, ...constraintName(cursor) };
  if (cursor.take('PRIMARY', 'KEY')) return key(cursor, 'primary', columnNames(cursor), common);
  if (cursor.take('UNIQUE')) return key(cursor, 'unique', columnNames(cursor), common);
  if (cursor.take('FOREIGN', 'KEY')) return foreign(cursor, columnNames(cursor), common);
  if (cursor.take('CHECK')) return check(cursor, common);
  cursor.fail('PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK was expected');
  return undefined;
}

/** The same behind the type of a column. Undefined when none comes next; NOT NULL and NULL are left to the column. */
export function readColumnConstraint(
  cursor: Cursor,
  column: string,
  common: { readonly start: number; readonly name?: string },
): DdlConstraint | undefined {
  if (cursor.take('PRIMARY', 'KEY')) return key(cursor, 'primary', [column], common);
  if (cursor.take('UNIQUE')) return key(cursor, 'unique', [column], common);
  if (cursor.is('REFERENCES')) return foreign(cursor, [column], common);
  if (cursor.take('CHECK')) return check(cursor, common);
  return undefined;
}
