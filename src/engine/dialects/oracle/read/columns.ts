import type { Identity } from '#model/column-types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlColumn, DdlConstraint, DdlType } from '../../base/read/ddl.ts';
import { constraintName, readColumnConstraint, readState } from './constraints.ts';
import { asDefault, readValue } from './expressions.ts';
import { readSequenceOptions } from './sequence-options.ts';
import { readType } from './types.ts';

export interface ReadColumn {
  readonly column: DdlColumn;
  /** Whether the definition says a type; MODIFY may leave it out. */
  readonly typed: boolean;
}

type Draft = { -readonly [K in keyof DdlColumn]: DdlColumn[K] };

/** Marks a default or identity that NULL gets, too. */
export const ON_NULL = 'ON NULL';

class ColumnReader {
  private readonly residue: string[] = [];
  private readonly constraints: DdlConstraint[] = [];
  private readonly cursor: Cursor;
  private readonly column: Draft;
  private typed = false;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
    const start = cursor.offset;
    const name = cursor.name();
    this.column = { name, type: { name: '' }, start, end: start };
  }

  read(): ReadColumn {
    const { cursor, column } = this;
    if (!this.clauseBegins() && !cursor.done && !cursor.isAny(',', ')')) {
      column.type = this.type();
      this.typed = true;
    }
    while (!cursor.done && !cursor.isAny(',', ')')) {
      const before = cursor.at;
      this.clause();
      if (cursor.at === before) cursor.fail('this cannot stand in a column');
    }
    column.end = cursor.endOffset;
    if (this.residue.length > 0) column.residue = this.residue;
    if (this.constraints.length > 0) column.constraints = this.constraints;
    return { column, typed: this.typed };
  }

  private type(): DdlType {
    return readType(this.cursor);
  }

  /** Whether a clause comes where the type may stand. */
  private clauseBegins(): boolean {
    const { cursor } = this;
    return cursor.isAny(
      ...['AS', 'GENERATED', 'DEFAULT', 'VISIBLE', 'INVISIBLE', 'CONSTRAINT', 'NULL', 'NOT', 'PRIMARY', 'UNIQUE', 'CHECK'],
      ...['REFERENCES', 'ENCRYPT', 'DECRYPT', 'COLLATE', 'SORT', 'DROP', 'ANNOTATIONS', 'SCOPE'],
    );
  }

  private clause(): void {
    const { cursor, column } = this;
    const from = cursor.at;
    if (cursor.take('DEFAULT')) this.default();
    else if (cursor.is('GENERATED') || cursor.is('AS', '(')) this.generated();
    else if (cursor.take('INVISIBLE')) column.invisible = true;
    else if (cursor.take('VISIBLE')) column.invisible = false;
    else if (cursor.take('COLLATE')) {
      cursor.qualified();
      column.collation = cursor.slice(from + 1);
    } else if (cursor.takeAny('SORT', 'DECRYPT') !== undefined) this.residue.push(cursor.slice(from));
    else if (cursor.takeAny('ENCRYPT', 'ANNOTATIONS', 'SCOPE', 'DOMAIN', 'WITH') !== undefined) {
      this.until();
      this.residue.push(cursor.slice(from));
    } else this.constraint();
  }

  /** Moves to the next clause of the column. */
  private until(): void {
    const { cursor } = this;
    cursor.until('CONSTRAINT', 'NOT', 'NULL', 'UNIQUE', 'PRIMARY', 'REFERENCES', 'CHECK', 'DEFAULT', 'ANNOTATIONS', 'ENCRYPT');
  }

  private default(): void {
    const { cursor, column } = this;
    if (cursor.take('ON', 'NULL')) {
      const from = cursor.at - 2;
      if (cursor.take('FOR', 'INSERT')) {
        if (cursor.take('AND')) cursor.expect('UPDATE');
        else cursor.take('ONLY');
      }
      this.residue.push(cursor.slice(from).toUpperCase().replaceAll(/\s+/g, ' '));
      column.nullable = false;
    }
    column.default = asDefault(readValue(cursor));
  }

  private generated(): void {
    const { cursor, column } = this;
    let mode: Identity['mode'] = 'always';
    if (cursor.take('GENERATED') && !cursor.take('ALWAYS') && !cursor.is('AS')) {
      cursor.expect('BY', 'DEFAULT');
      mode = 'by default';
      if (cursor.take('ON', 'NULL')) {
        cursor.take('FOR', 'INSERT', 'ONLY');
        this.residue.push(ON_NULL);
      }
    }
    if (!cursor.take('AS')) {
      cursor.fail('AS was expected');
      return;
    }
    if (cursor.take('IDENTITY')) column.identity = this.identity(mode);
    else {
      const expression = cursor.bracketed();
      const stored = cursor.takeAny('VIRTUAL', 'MATERIALIZED') === 'MATERIALIZED';
      column.generated = { expression, stored };
    }
  }

  private identity(mode: Identity['mode']): Identity {
    const { cursor, column } = this;
    const inBrackets = cursor.take('(');
    const { options, rest } = readSequenceOptions(cursor);
    if (inBrackets) cursor.expect(')');
    for (const one of rest) this.residue.push(`IDENTITY ${one}`);
    column.nullable = false;
    return Object.keys(options).length === 0 ? { mode } : { mode, options };
  }

  private constraint(): void {
    const { cursor, column } = this;
    const start = cursor.offset;
    const from = cursor.at;
    const named = constraintName(cursor);
    if (cursor.take('NOT', 'NULL')) this.notNull(from, named.name);
    else if (cursor.take('NULL')) {
      column.nullable = true;
      readState(cursor);
    } else {
      const read = readColumnConstraint(cursor, column.name, { start, ...named });
      if (read === undefined) cursor.fail('this cannot stand in a column');
      else this.constraints.push(read);
    }
  }

  /** @param from its first token. */
  private notNull(from: number, name: string | undefined): void {
    const { cursor, column } = this;
    const { deferral, disabled, notValid, rest } = readState(cursor);
    if (deferral !== undefined || disabled || notValid || rest.length > 0) {
      // It does not hold for every row, so the column is not said to be without nulls.
      this.residue.push(cursor.slice(from));
      return;
    }
    column.nullable = false;
    if (name !== undefined) column.notNullName = name;
  }
}

/** A column with its type, default and constraints, up to a comma or closing bracket. */
export function readColumn(cursor: Cursor): ReadColumn {
  return new ColumnReader(cursor).read();
}
