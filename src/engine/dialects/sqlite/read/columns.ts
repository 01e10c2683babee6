import type { Default } from '#model/column-types.ts';
import type { Sql } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlColumn, DdlConstraint, DdlKey } from '../../base/read/ddl.ts';
import { endsType } from '../words.ts';
import { conflictClause, readReference } from './constraints.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The type exactly as it was declared: any words, then perhaps one or two numbers in brackets. May be empty. */
function readType(cursor: Cursor): string {
  const from = cursor.at;
  while (!cursor.done && (cursor.isName() || cursor.peek().kind === 'string')) {
    if (endsType(cursor.word()) || cursor.is('GENERATED', 'ALWAYS')) break;
    cursor.next();
  }
  if (cursor.at > from && cursor.is('(')) cursor.skip();
  return cursor.slice(from);
}

/** Constants, and the words that stand for one. */
function isConstant(sql: Sql): boolean {
  return /^[+-]?\s*(?:\d|\.\d)/.test(sql) || /^[xX]?'/.test(sql) || /^(?:true|false)$/i.test(sql);
}

/** What follows DEFAULT: an expression in brackets, a number with its sign, a literal or a single word. */
function readDefault(cursor: Cursor): Default {
  const from = cursor.at;
  if (cursor.is('(')) cursor.skip();
  else {
    if (cursor.isAny('+', '-')) cursor.next();
    if (cursor.done || cursor.isAny(',', ')')) cursor.fail('a value was expected');
    cursor.next();
  }
  const sql = cursor.slice(from);
  if (/^null$/i.test(sql)) return { kind: 'null', sql };
  return { kind: isConstant(sql) ? 'literal' : 'expression', sql };
}

/** Reads one column and gathers what its clauses say. */
class ColumnReading {
  readonly column: Writable<DdlColumn>;
  readonly constraints: Writable<DdlConstraint>[] = [];
  readonly residue: Sql[] = [];
  private readonly cursor: Cursor;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
    const start = cursor.offset;
    const name = cursor.name();
    this.column = { start, end: cursor.endOffset, name, type: { name: readType(cursor) } };
  }

  run(): DdlColumn {
    const { cursor, column, constraints, residue } = this;
    while (!cursor.done && !cursor.isAny(',', ')')) {
      const from = cursor.at;
      const name = cursor.take('CONSTRAINT') ? cursor.name() : undefined;
      if (!this.clause(name, from)) {
        // A name alone is allowed, and names nothing.
        if (name === undefined) cursor.fail('a clause of the column was expected');
        else residue.push(cursor.slice(from));
      }
    }
    column.end = cursor.endOffset;
    if (constraints.length > 0) column.constraints = constraints;
    if (residue.length > 0) column.residue = residue;
    return column;
  }

  private place(from: number): { start: number; end: number } {
    return { start: this.cursor.tokens[from]?.start ?? 0, end: this.cursor.endOffset };
  }

  /** @returns whether a clause stood here. */
  private clause(name: string | undefined, from: number): boolean {
    const { cursor, column } = this;
    if (cursor.take('PRIMARY', 'KEY')) this.key('primary', name, from);
    else if (cursor.take('UNIQUE')) this.key('unique', name, from);
    else if (cursor.take('NOT', 'NULL')) this.notNull(name);
    else if (cursor.take('NULL')) this.conflict();
    else if (cursor.is('CHECK')) this.check(name, from);
    else if (cursor.take('DEFAULT')) {
      column.default = readDefault(cursor);
      if (name !== undefined) column.defaultName = name;
    } else if (cursor.take('COLLATE')) {
      const at = cursor.at;
      cursor.name();
      column.collation = cursor.slice(at);
    } else if (cursor.is('REFERENCES')) this.reference(name, from);
    else if (cursor.take('GENERATED', 'ALWAYS') || cursor.is('AS')) this.generated();
    else return false;
    return true;
  }

  private notNull(name: string | undefined): void {
    this.column.nullable = false;
    if (name !== undefined) this.column.notNullName = name;
    const conflict = conflictClause(this.cursor);
    if (conflict !== undefined) this.residue.push(`NOT NULL ${conflict}`);
  }

  /** NULL, which changes nothing, may say ON CONFLICT, which changes nothing either. */
  private conflict(): void {
    conflictClause(this.cursor);
  }

  private key(kind: 'primary' | 'unique', name: string | undefined, from: number): void {
    const { cursor, column } = this;
    const desc = kind === 'primary' && cursor.takeAny('ASC', 'DESC') === 'DESC';
    const conflict = conflictClause(cursor);
    if (kind === 'primary' && cursor.take('AUTOINCREMENT')) column.identity = { mode: 'by default' };
    const key: DdlKey = {
      ...this.place(from),
      kind,
      ...(name === undefined ? {} : { name }),
      elements: [{ column: column.name, ...(desc ? { order: 'desc' as const } : {}) }],
      ...(conflict === undefined ? {} : { residue: [conflict] }),
    };
    this.constraints.push(key);
  }

  private check(name: string | undefined, from: number): void {
    this.cursor.expect('CHECK');
    const expression = this.cursor.bracketed();
    this.constraints.push({ ...this.place(from), kind: 'check', ...(name === undefined ? {} : { name }), expression });
  }

  private reference(name: string | undefined, from: number): void {
    const reference = readReference(this.cursor);
    this.constraints.push({
      ...this.place(from),
      kind: 'foreign',
      ...(name === undefined ? {} : { name }),
      columns: [this.column.name],
      ...reference,
    });
  }

  private generated(): void {
    const { cursor, column } = this;
    cursor.expect('AS');
    const expression = cursor.bracketed();
    column.generated = { expression, stored: cursor.takeAny('STORED', 'VIRTUAL') === 'STORED' };
  }
}

/** A column of CREATE TABLE or ADD COLUMN (https://sqlite.org/syntax/column-def.html). */
export function readColumn(cursor: Cursor): DdlColumn {
  return new ColumnReading(cursor).run();
}
