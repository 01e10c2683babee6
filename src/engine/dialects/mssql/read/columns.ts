import type { Default, Identity } from '#model/column-types.ts';
import type { Sql } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlColumn, DdlConstraint, DdlType } from '../../base/read/ddl.ts';
import { inOrder } from '../residue.ts';
import { defaultOf, expression, withoutBrackets } from './clauses.ts';
import { type ConstraintHead, constraintBody, indexBody, isConstraint } from './constraints.ts';
import { readType } from './types.ts';

/** Words that end an expression without brackets in a column's definition. */
const ENDS = [
  'CHECK',
  'COLLATE',
  'CONSTRAINT',
  'DEFAULT',
  'FOR',
  'FOREIGN',
  'GENERATED',
  'HIDDEN',
  'IDENTITY',
  'INDEX',
  'MASKED',
  'NOT',
  'NULL',
  'ON',
  'PERSISTED',
  'PRIMARY',
  'REFERENCES',
  'ROWGUIDCOL',
  'SPARSE',
  'UNIQUE',
  'WITH',
];

/** A column's definition while it is read. */
interface Draft {
  nullable?: boolean;
  default?: Default;
  defaultName?: string;
  identity?: Identity;
  generated?: { expression: Sql; stored: boolean };
  collation?: string;
  invisible?: boolean;
  residue: Sql[];
  constraints: DdlConstraint[];
}

/** `IDENTITY`, `IDENTITY (seed, increment)`; 1, 1 is what it does by itself. */
export function readIdentity(cursor: Cursor): Identity {
  if (!cursor.is('(')) return { mode: 'always' };
  const [start = '1', increment = '1'] = cursor.list(() => cursor.until().replaceAll(/\s+/g, ''));
  if (start === '1' && increment === '1') return { mode: 'always' };
  return { mode: 'always', options: { start, increment } };
}

/** The value of `DEFAULT`. */
export function readDefault(cursor: Cursor): Default {
  if (!cursor.is('NEXT', 'VALUE', 'FOR')) return defaultOf(expression(cursor, ...ENDS));
  const from = cursor.at;
  cursor.at += 3;
  cursor.qualified();
  if (cursor.take('OVER')) cursor.skip();
  return { kind: 'expression', sql: cursor.slice(from) };
}

/** Takes what stands up to here as a clause that the model has no field for. */
function keep(cursor: Cursor, draft: Draft, from: number): true {
  draft.residue.push(cursor.slice(from));
  return true;
}

/** `GENERATED ALWAYS AS ROW START | ROW END | TRANSACTION_ID START | SEQUENCE_NUMBER END ...` */
function generatedAlways(cursor: Cursor, draft: Draft, from: number): true {
  cursor.expect('ALWAYS');
  cursor.expect('AS');
  cursor.name();
  if (cursor.takeAny('START', 'END') === undefined) cursor.fail('START or END was expected');
  return keep(cursor, draft, from);
}

/** Clauses that only a few columns have. True when one was taken. */
function special(cursor: Cursor, draft: Draft): boolean {
  const from = cursor.at;
  const word = cursor.takeAny('ROWGUIDCOL', 'SPARSE', 'FILESTREAM', 'MASKED', 'ENCRYPTED', 'GENERATED', 'COLUMN_SET', 'HIDDEN');
  if (word === 'HIDDEN') {
    draft.invisible = true;
    return true;
  }
  if (word === 'ROWGUIDCOL' || word === 'SPARSE' || word === 'FILESTREAM') return keep(cursor, draft, from);
  if (word === 'GENERATED') return generatedAlways(cursor, draft, from);
  if (word === 'COLUMN_SET') {
    cursor.expect('FOR');
    cursor.expect('ALL_SPARSE_COLUMNS');
    return keep(cursor, draft, from);
  }
  if (word === undefined) return false;
  cursor.expect('WITH');
  cursor.bracketed();
  return keep(cursor, draft, from);
}

/** One clause after the type of a column. True when one was taken. */
function clause(cursor: Cursor, draft: Draft, column: string): boolean {
  const from = cursor.at;
  if (cursor.take('NOT', 'FOR', 'REPLICATION')) return keep(cursor, draft, from);
  if (cursor.take('NOT', 'NULL')) draft.nullable = false;
  else if (cursor.take('NULL')) draft.nullable = true;
  else if (cursor.take('COLLATE')) draft.collation = cursor.name();
  else if (cursor.take('IDENTITY')) draft.identity = readIdentity(cursor);
  else if (cursor.take('WITH', 'VALUES')) return true;
  else if (cursor.is('INDEX')) draft.constraints.push(indexBody(cursor, column));
  else return constraint(cursor, draft, column) || special(cursor, draft);
  return true;
}

/** A constraint in a column's definition; `CONSTRAINT name` may also name its default or its NOT NULL. */
function constraint(cursor: Cursor, draft: Draft, column: string): boolean {
  const head: ConstraintHead = { start: cursor.offset };
  const named = cursor.take('CONSTRAINT') ? { ...head, name: cursor.name() } : head;
  if (cursor.take('DEFAULT')) {
    draft.default = readDefault(cursor);
    if (named.name !== undefined) draft.defaultName = named.name;
  } else if (isConstraint(cursor)) draft.constraints.push(constraintBody(cursor, named, column));
  else if (named.name !== undefined && cursor.isAny('NOT', 'NULL')) draft.nullable = cursor.take('NULL');
  else if (named.name === undefined) return false;
  else cursor.fail('a constraint was expected');
  return true;
}

function computed(cursor: Cursor, draft: Draft): void {
  // COLLATE is part of what is computed: such a column has no collation of its own.
  const sql =
    cursor.is('(') && ends(cursor) ? cursor.bracketed() : expression(cursor, ...ENDS.filter((word) => word !== 'COLLATE'));
  draft.generated = { expression: withoutBrackets(sql), stored: cursor.take('PERSISTED') };
}

/** Whether the bracket that comes next holds all of a computed column's expression. */
function ends(cursor: Cursor): boolean {
  const { at } = cursor;
  cursor.skip();
  const last = cursor.done || cursor.isAny(',', ')', ...ENDS.filter((word) => word !== 'COLLATE'));
  cursor.at = at;
  return last;
}

/** A column's definition: `name type clauses` or `name AS expression clauses`. */
export function readColumn(cursor: Cursor): DdlColumn {
  const start = cursor.offset;
  const name = cursor.name();
  const draft: Draft = { residue: [], constraints: [] };
  let type: DdlType = { name: '' };
  if (cursor.take('AS')) computed(cursor, draft);
  // `timestamp` alone names a column of that type.
  else if (name.toLowerCase() === 'timestamp' && (cursor.done || cursor.isAny(',', ')', 'NOT', 'NULL')))
    type = { name: 'rowversion' };
  else type = readType(cursor);
  while (!cursor.done && !cursor.isAny(',', ')') && clause(cursor, draft, name));
  if (draft.identity !== undefined) draft.nullable ??= false;
  const { residue, constraints, ...rest } = draft;
  return {
    name,
    type,
    ...rest,
    ...(residue.length === 0 ? {} : { residue: inOrder(residue) }),
    ...(constraints.length === 0 ? {} : { constraints }),
    start,
    end: cursor.endOffset,
  };
}
