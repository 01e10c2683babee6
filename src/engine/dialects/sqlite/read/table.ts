import type { Sql, StorageParameter } from '#model/types.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlColumn, DdlConstraint, DdlKey } from '../../base/read/ddl.ts';
import { readColumn } from './columns.ts';
import { beginsConstraint, readTableConstraint } from './constraints.ts';
import { type PlacedName, readPlacedName } from './names.ts';

/** What a statement `CREATE TABLE name AS query` says of itself; the columns are only known to an engine. */
export interface TableOfQuery {
  readonly name: PlacedName;
  readonly ifNotExists: boolean;
  readonly temporary: boolean;
  readonly query: Sql;
}

/** `CREATE [TEMP] TABLE [IF NOT EXISTS] name`. The cursor is left behind the name. */
export function readTableHead(cursor: Cursor): Omit<TableOfQuery, 'query'> {
  cursor.expect('CREATE');
  const temporary = cursor.takeAny('TEMP', 'TEMPORARY') !== undefined;
  cursor.expect('TABLE');
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const name = readPlacedName(cursor);
  return { name, ifNotExists, temporary: temporary || name.temporary };
}

interface Body {
  readonly columns: DdlColumn[];
  readonly constraints: DdlConstraint[];
  readonly residue: Sql[];
}

/** The rowid itself: a single column of exactly the type INTEGER, so that no order can be chosen for it. */
function isRowid(key: DdlKey, columns: readonly DdlColumn[]): boolean {
  const column = columns.find((one) => one.name.toLowerCase() === key.elements[0]?.column?.toLowerCase());
  return key.kind === 'primary' && key.elements.length === 1 && column?.type.name.toLowerCase() === 'integer';
}

function addConstraint(cursor: Cursor, { columns, constraints, residue }: Body): void {
  const read = readTableConstraint(cursor);
  const { constraint } = read;
  if (read.residue !== undefined) residue.push(read.residue);
  if (constraint === undefined) return;
  const isKey = constraint.kind === 'primary' || constraint.kind === 'unique';
  if (!isKey || !isRowid(constraint, columns)) {
    constraints.push(constraint);
    return;
  }
  const elements = constraint.elements.map(({ column }) => ({ ...(column === undefined ? {} : { column }) }));
  constraints.push({ ...constraint, elements });
  if (read.autoIncrement !== true) return;
  const name = elements[0]?.column?.toLowerCase();
  const at = columns.findIndex((one) => one.name.toLowerCase() === name);
  const column = columns[at];
  if (column !== undefined) columns[at] = { ...column, identity: { mode: 'by default' } };
}

function readBody(cursor: Cursor): Body {
  const body: Body = { columns: [], constraints: [], residue: [] };
  cursor.expect('(');
  while (!cursor.done && !cursor.is(')')) {
    if (body.columns.length > 0 && beginsConstraint(cursor)) {
      addConstraint(cursor, body);
      // Between constraints a comma may be missing.
      cursor.refuseLastComma();
      if (!cursor.take(',') && !cursor.is(')') && !beginsConstraint(cursor))
        cursor.fail('a comma or a closing bracket was expected');
    } else {
      body.columns.push(readColumn(cursor));
      cursor.refuseLastComma();
      if (!cursor.take(',') && !cursor.is(')')) cursor.fail('a comma or a closing bracket was expected');
    }
  }
  cursor.expect(')');
  return body;
}

function readOptions(cursor: Cursor): StorageParameter[] {
  const options: StorageParameter[] = [];
  while (!cursor.done) {
    if (cursor.take('WITHOUT', 'ROWID')) options.push({ name: 'WITHOUT ROWID', value: '' });
    else if (cursor.take('STRICT')) options.push({ name: 'STRICT', value: '' });
    else cursor.fail('WITHOUT ROWID or STRICT was expected');
    if (!cursor.done) cursor.expect(',');
  }
  return options;
}

/** Members of the primary key, which can hold NULL in a table that is neither STRICT nor WITHOUT ROWID. */
function withoutNulls(columns: readonly DdlColumn[], constraints: readonly DdlConstraint[]): DdlColumn[] {
  const all = [...columns.flatMap((column) => column.constraints ?? []), ...constraints];
  const primary = all.find((one): one is DdlKey => one.kind === 'primary');
  const members = new Set((primary?.elements ?? []).flatMap(({ column }) => column?.toLowerCase() ?? []));
  return columns.map((column) => (members.has(column.name.toLowerCase()) ? { ...column, nullable: false } : column));
}

/** `CREATE TABLE` (https://sqlite.org/lang_createtable.html). */
export function readTable(cursor: Cursor): Ddl {
  const { name, ifNotExists, temporary } = readTableHead(cursor);
  if (cursor.is('AS')) {
    cursor.rest();
    return { kind: 'keep', words: 'CREATE TABLE AS', about: name.name };
  }
  const { columns, constraints, residue } = readBody(cursor);
  const parameters = readOptions(cursor);
  return {
    kind: 'table',
    name: name.name,
    ...(ifNotExists ? { ifNotExists } : {}),
    ...(temporary ? { temporary } : {}),
    columns: parameters.length === 0 ? columns : withoutNulls(columns, constraints),
    constraints,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(residue.length === 0 ? {} : { residue }),
  };
}

/** The parts of `CREATE TABLE ... AS query`; undefined for every other statement. */
export function tableOfQuery(cursor: Cursor): TableOfQuery | undefined {
  const isTable = cursor.is('CREATE') && (cursor.word(1) === 'TABLE' || cursor.word(2) === 'TABLE');
  if (!isTable) return undefined;
  const head = readTableHead(cursor);
  if (cursor.problem !== undefined || !cursor.take('AS')) return undefined;
  return { ...head, query: cursor.rest() };
}
