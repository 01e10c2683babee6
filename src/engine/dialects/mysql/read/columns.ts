import type { Default } from '#model/column-types.ts';
import type { Sql } from '#model/types.ts';
import { stringValue } from '../../base/lex.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlColumn, DdlConstraint } from '../../base/read/ddl.ts';
import { literal } from '../quote.ts';
import { readReferences, type Writable } from './elements.ts';
import { readType } from './types.ts';

/** Words that may follow a default or ON UPDATE without brackets of their own, and that begin no other clause. */
const NOW = new Set([
  'CURRENT_TIMESTAMP',
  'NOW',
  'LOCALTIME',
  'LOCALTIMESTAMP',
  'CURRENT_DATE',
  'CURRENT_TIME',
  'CURDATE',
  'CURTIME',
]);

/** `CURRENT_TIMESTAMP(3)`, `NOW()` and their like, as written. */
function readNow(cursor: Cursor): Sql {
  const from = cursor.at;
  cursor.next();
  if (cursor.is('(')) cursor.skip();
  return cursor.slice(from);
}

/** Words that begin a clause of a column, so that they end an expression without brackets (MariaDB). */
const CLAUSES = [
  'NOT',
  'NULL',
  'DEFAULT',
  'ON',
  'AUTO_INCREMENT',
  'UNIQUE',
  'PRIMARY',
  'KEY',
  'COMMENT',
  'COLLATE',
  'CHECK',
  'CONSTRAINT',
  'REFERENCES',
  'INVISIBLE',
  'VISIBLE',
  'FIRST',
  'AFTER',
  'GENERATED',
  'COLUMN_FORMAT',
  'STORAGE',
] as const;

/** What follows DEFAULT. */
export function readDefault(cursor: Cursor): Default {
  const from = cursor.at;
  const constant = readConstant(cursor);
  if (constant !== undefined) return constant;
  cursor.at = from;
  if (NOW.has(cursor.word()) && cursor.dialect === 'mysql') return { kind: 'expression', sql: readNow(cursor) };
  const sql = cursor.until(...CLAUSES);
  if (sql === '') cursor.fail('a value was expected');
  return { kind: /^[_nxb]\w*'/i.test(sql) ? 'literal' : 'expression', sql };
}

/** A constant, or an expression in brackets; undefined when something else stands here. */
function readConstant(cursor: Cursor): Default | undefined {
  const from = cursor.at;
  const { kind, text } = cursor.peek();
  if (cursor.take('NULL')) return { kind: 'null', sql: 'NULL' };
  if (kind === 'string') {
    cursor.next();
    // Adjacent literals are one text.
    while (cursor.peek().kind === 'string') cursor.next();
    const plain = text.startsWith('"') ? literal(stringValue(text, cursor.dialect)) : cursor.slice(from);
    return { kind: 'literal', sql: plain };
  }
  if (cursor.number() !== undefined) return { kind: 'literal', sql: cursor.slice(from) };
  if (cursor.takeAny('TRUE', 'FALSE') !== undefined) return { kind: 'literal', sql: cursor.slice(from) };
  if (cursor.is('(')) {
    cursor.skip();
    return { kind: 'expression', sql: cursor.slice(from) };
  }
  return undefined;
}

/** Reads one column's definition and gathers what its clauses say. */
class ColumnReading {
  private readonly column: Writable<DdlColumn>;
  private readonly constraints: DdlConstraint[] = [];
  private readonly residue: Sql[] = [];
  private readonly cursor: Cursor;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
    const start = cursor.offset;
    const name = cursor.name();
    const { type, charset, collation, serial, residue = [] } = readType(cursor);
    this.column = { start, end: 0, name, type };
    if (charset !== undefined) this.column.charset = charset;
    if (collation !== undefined) this.column.collation = collation;
    this.residue.push(...residue);
    if (serial === true) this.serial();
  }

  /** @param ends words that may follow the definition: `FIRST`, `AFTER` in ALTER TABLE. */
  run(ends: readonly string[]): DdlColumn {
    const { cursor, column, constraints, residue } = this;
    while (!cursor.done && !cursor.isAny(',', ')', ...ends)) {
      const before = cursor.at;
      this.clause();
      if (cursor.at === before) cursor.fail('a clause of the column was expected');
    }
    column.end = cursor.endOffset;
    if (constraints.length > 0) column.constraints = constraints;
    if (residue.length > 0) column.residue = residue;
    return column;
  }

  private serial(): void {
    this.column.nullable = false;
    this.column.identity = { mode: 'by default' };
    this.key('unique', this.column.start);
  }

  private key(kind: 'primary' | 'unique', start: number): void {
    this.constraints.push({ kind, elements: [{ column: this.column.name }], start, end: this.cursor.endOffset });
  }

  private clause(): void {
    const { cursor, column } = this;
    const start = cursor.offset;
    if (cursor.take('NOT', 'NULL')) column.nullable = false;
    else if (cursor.take('NULL')) column.nullable = true;
    else if (cursor.take('SERIAL', 'DEFAULT', 'VALUE')) this.serial();
    else if (cursor.take('DEFAULT')) column.default = readDefault(cursor);
    else if (cursor.take('ON', 'UPDATE')) column.onUpdate = readNow(cursor);
    else if (cursor.takeAny('AUTO_INCREMENT', 'AUTOINCREMENT') !== undefined) column.identity = { mode: 'by default' };
    else if (cursor.take('UNIQUE')) {
      cursor.take('KEY');
      this.key('unique', start);
    } else if (cursor.take('PRIMARY', 'KEY') || cursor.take('PRIMARY') || cursor.take('KEY')) this.key('primary', start);
    else if (cursor.take('COMMENT')) {
      cursor.take('=');
      column.comment = cursor.string();
    } else if (cursor.take('COLLATE')) {
      cursor.take('=');
      column.collation = cursor.name().toLowerCase();
    } else if (cursor.take('CHARACTER', 'SET') || cursor.take('CHARSET')) column.charset = cursor.name().toLowerCase();
    else if (cursor.take('INVISIBLE')) column.invisible = true;
    else if (cursor.take('VISIBLE')) delete column.invisible;
    else if (cursor.is('REFERENCES')) this.reference(start);
    else if (cursor.isAny('CHECK', 'CONSTRAINT')) this.check(start);
    else if (cursor.isAny('GENERATED', 'AS')) this.generated();
    else this.kept();
  }

  /** MySQL reads a reference in a column's definition and makes no foreign key of it; MariaDB does since 10.5. */
  private reference(start: number): void {
    const { cursor, column } = this;
    const key = readReferences(cursor, [column.name], start);
    this.constraints.push(cursor.dialect === 'mysql' ? { ...key, notEnforced: true } : key);
  }

  /** In MariaDB a check of a column has its column's name. */
  private check(start: number): void {
    const { cursor, column } = this;
    const name = cursor.take('CONSTRAINT') && !cursor.is('CHECK') ? cursor.name() : undefined;
    cursor.expect('CHECK');
    const expression = cursor.bracketed();
    const own = name ?? (cursor.dialect === 'mariadb' ? column.name : undefined);
    const notEnforced = cursor.take('NOT', 'ENFORCED');
    if (!notEnforced) cursor.take('ENFORCED');
    const end = cursor.endOffset;
    const check = { kind: 'check' as const, expression, start, end, ...(own === undefined ? {} : { name: own }) };
    this.constraints.push(notEnforced ? { ...check, notEnforced } : check);
  }

  private generated(): void {
    const { cursor, column, residue } = this;
    const from = cursor.at;
    cursor.take('GENERATED', 'ALWAYS');
    cursor.expect('AS');
    // MariaDB: the ends of a system-versioned row.
    if (cursor.take('ROW')) {
      cursor.takeAny('START', 'END');
      residue.push(cursor.slice(from));
      return;
    }
    const expression = cursor.bracketed();
    const stored = cursor.takeAny('STORED', 'PERSISTENT', 'VIRTUAL');
    column.generated = { expression, stored: stored === 'STORED' || stored === 'PERSISTENT' };
  }

  /** Clauses without a field: `COLUMN_FORMAT FIXED`, `STORAGE DISK`, `SRID 4326`, `WITH SYSTEM VERSIONING`, `REF_SYSTEM_ID=1`. */
  private kept(): void {
    const { cursor, residue } = this;
    const from = cursor.at;
    if (cursor.take('WITH', 'SYSTEM', 'VERSIONING') || cursor.take('WITHOUT', 'SYSTEM', 'VERSIONING')) {
      residue.push(cursor.slice(from));
      return;
    }
    if (
      cursor.isAny('COLUMN_FORMAT', 'STORAGE', 'SRID', 'ENGINE_ATTRIBUTE', 'SECONDARY_ENGINE_ATTRIBUTE') ||
      cursor.word(1) === '='
    ) {
      cursor.next();
      cursor.take('=');
      cursor.next();
      residue.push(cursor.slice(from));
    }
  }
}

/** Reads a column's definition, from its name on. */
export function readColumn(cursor: Cursor, ...ends: readonly string[]): DdlColumn {
  return new ColumnReading(cursor).run(ends);
}
