import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlColumn, DdlConstraint, DdlTable } from '../../base/read/ddl.ts';
import { readColumn } from './columns.ts';
import { isConstraint, readConstraint } from './constraints.ts';
import { type Writable, withoutBtree } from './elements.ts';
import { readOptions } from './options.ts';
import { readPartitioning } from './partitions.ts';

interface Body {
  readonly columns: readonly DdlColumn[];
  readonly constraints: readonly DdlConstraint[];
  /** `PERIOD FOR ...` of MariaDB. */
  readonly periods: readonly string[];
}

function readBody(cursor: Cursor): Body {
  const columns: DdlColumn[] = [];
  const constraints: DdlConstraint[] = [];
  const periods: string[] = [];
  cursor.list(() => {
    if (cursor.is('PERIOD', 'FOR')) periods.push(cursor.until());
    else if (isConstraint(cursor)) constraints.push(readConstraint(cursor));
    else columns.push(readColumn(cursor));
  });
  return { columns, constraints, periods };
}

function beginsQuery(cursor: Cursor): boolean {
  return cursor.isAny('SELECT', 'AS', 'IGNORE', 'REPLACE', 'WITH', 'VALUES', 'TABLE') && !cursor.is('WITH', 'SYSTEM');
}

/** Fills BINARY in where the table says its character set: then the collation is known. */
function withCollations(table: Writable<DdlTable>): void {
  const charset = table.parameters?.find((one) => one.name === 'DEFAULT CHARSET')?.value;
  if (charset === undefined) return;
  table.columns = table.columns.map((column) => {
    if (column.residue?.includes('BINARY') !== true || column.collation !== undefined) return column;
    const { residue, ...rest } = column;
    const others = residue.filter((one) => one !== 'BINARY');
    return { ...rest, collation: `${charset.toLowerCase()}_bin`, ...(others.length === 0 ? {} : { residue: others }) };
  });
}

/** `CREATE [OR REPLACE] [TEMPORARY] TABLE [IF NOT EXISTS] ...`, from TABLE on. */
export function readTable(cursor: Cursor, given: { readonly orReplace: boolean; readonly temporary: boolean }): Ddl {
  cursor.expect('TABLE');
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const table: Writable<DdlTable> = { kind: 'table', name: cursor.qualified(), columns: [], constraints: [] };
  if (ifNotExists) table.ifNotExists = true;
  if (given.orReplace) table.orReplace = true;
  if (given.temporary) table.temporary = true;
  if (cursor.take('LIKE')) return { ...table, like: cursor.qualified() };
  if (cursor.is('(', 'LIKE')) {
    cursor.take('(', 'LIKE');
    table.like = cursor.qualified();
    cursor.expect(')');
    return table;
  }
  if (cursor.is('(') && cursor.word(1) !== 'SELECT') {
    const { columns, constraints, periods } = readBody(cursor);
    table.columns = columns;
    table.constraints = constraints;
    if (periods.length > 0) table.residue = periods;
  }
  const options = readOptions(cursor);
  if (options.parameters.length > 0) table.parameters = options.parameters;
  if (options.comment !== undefined) table.comment = options.comment;
  if (options.tablespace !== undefined) table.tablespace = options.tablespace;
  if (options.residue.length > 0) table.residue = [...(table.residue ?? []), ...options.residue];
  const partitioning = readPartitioning(cursor);
  if (typeof partitioning === 'string') table.residue = [...(table.residue ?? []), partitioning];
  else if (partitioning !== undefined) table.partitioning = partitioning;
  // What a query gives it the text does not tell.
  if (beginsQuery(cursor) || cursor.is('(')) {
    cursor.rest();
    return { kind: 'keep', words: 'CREATE TABLE ... SELECT', makes: table.name };
  }
  withCollations(table);
  const engine = table.parameters?.find((one) => one.name === 'ENGINE')?.value ?? '';
  if (!/^(?:memory|heap|ndb|ndbcluster)$/i.test(engine)) table.constraints = table.constraints.map(withoutBtree);
  return table;
}
