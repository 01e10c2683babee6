import type { StorageParameter } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlColumn, DdlConstraint, DdlTable } from '../../base/read/ddl.ts';
import { options, store } from './clauses.ts';
import { readColumn } from './columns.ts';
import { constraintBody, indexBody, isConstraint } from './constraints.ts';

/** What stands in the brackets of CREATE TABLE. */
interface Body {
  readonly columns: DdlColumn[];
  readonly constraints: DdlConstraint[];
  readonly residue: string[];
}

/** `PERIOD FOR SYSTEM_TIME (a, b)`: it stays text, as the model has no periods. */
export function period(cursor: Cursor): string | undefined {
  if (!cursor.is('PERIOD', 'FOR')) return undefined;
  const from = cursor.at;
  cursor.at += 2;
  cursor.name();
  cursor.bracketed();
  return cursor.slice(from);
}

/** `INDEX i CLUSTERED COLUMNSTORE [WITH ...] [ORDER ...]`: it has no columns of its own, so it stays text. */
function wholeIndex(cursor: Cursor): string | undefined {
  const [from, named] = [cursor.at, cursor.is('INDEX')];
  if (!named || cursor.word(2) !== 'CLUSTERED' || cursor.word(3) !== 'COLUMNSTORE' || cursor.word(4) === '(') return undefined;
  cursor.at += 4;
  cursor.until();
  return cursor.slice(from);
}

/** `[CONSTRAINT name] CONNECTION (a TO b) ...` of an edge table. */
function connection(cursor: Cursor): string | undefined {
  const named = cursor.is('CONSTRAINT') && cursor.word(2) === 'CONNECTION';
  if (!named && !cursor.is('CONNECTION', '(')) return undefined;
  return cursor.until();
}

function tableElement(cursor: Cursor, body: Body): void {
  const start = cursor.offset;
  const kept = period(cursor) ?? wholeIndex(cursor) ?? connection(cursor);
  if (kept !== undefined) body.residue.push(kept);
  else if (cursor.is('INDEX')) body.constraints.push(indexBody(cursor));
  else if (cursor.take('CONSTRAINT')) body.constraints.push(constraintBody(cursor, { start, name: cursor.name() }));
  else if (isConstraint(cursor)) body.constraints.push(constraintBody(cursor, { start }));
  else body.columns.push(readColumn(cursor));
}

interface Tail {
  tablespace?: string;
  readonly parameters: StorageParameter[];
  readonly residue: string[];
}

function tableTail(cursor: Cursor, tail: Tail): void {
  while (!cursor.done) {
    if (cursor.take('ON')) {
      const { tablespace, residue } = store(cursor);
      if (tablespace !== undefined) tail.tablespace = tablespace;
      if (residue !== undefined) tail.residue.push(residue);
    } else if (cursor.isAny('TEXTIMAGE_ON', 'FILESTREAM_ON')) {
      const name = cursor.next().word;
      tail.parameters.push({ name, value: cursor.name() });
    } else if (cursor.take('WITH')) tail.parameters.push(...options(cursor));
    else if (cursor.is('AS', 'NODE') || cursor.is('AS', 'EDGE')) {
      tail.residue.push(`AS ${cursor.word(1)}`);
      cursor.at += 2;
    } else {
      cursor.fail('the table ends here');
      return;
    }
  }
}

/** `CREATE TABLE name (...) ...`; the words before the name are taken already. */
export function createTable(cursor: Cursor): Ddl {
  const name = cursor.qualified();
  if (cursor.is('AS') && !cursor.is('AS', 'NODE') && !cursor.is('AS', 'EDGE')) {
    // A file table, or one that takes its columns from a query.
    cursor.rest();
    return { kind: 'keep', words: 'CREATE TABLE' };
  }
  const body: Body = { columns: [], constraints: [], residue: [] };
  if (cursor.is('(')) cursor.list(() => tableElement(cursor, body), 'comma');
  else if (!cursor.is('AS')) cursor.expect('(');
  const tail: Tail = { parameters: [], residue: body.residue };
  tableTail(cursor, tail);
  const table: DdlTable = {
    kind: 'table',
    name,
    ...(name.name.startsWith('#') ? { temporary: true } : {}),
    columns: body.columns,
    constraints: body.constraints,
    ...(tail.parameters.length === 0 ? {} : { parameters: tail.parameters }),
    ...(tail.tablespace === undefined ? {} : { tablespace: tail.tablespace }),
    ...(tail.residue.length === 0 ? {} : { residue: tail.residue }),
  };
  return table;
}
