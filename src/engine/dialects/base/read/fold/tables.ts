import type { Partitioning } from '#model/table-parts.ts';
import type { StorageParameter } from '#model/types.ts';
import { failed, modelled, note, noteStrange, type Outcome, skipped } from '../../../postgres/read/outcome.ts';
import { removeTable } from '../../../postgres/read/remove.ts';
import type { MutableTable } from '../../../postgres/read/state.ts';
import { copyOf, type Writable } from '../../../postgres/read/writable.ts';
import { lexSql, tokenName } from '../../lex.ts';
import { nameKey, TRAITS } from '../../traits.ts';
import type { DdlCreateIndex, DdlIndex, DdlPartitioning, DdlTable } from '../ddl.ts';
import { addColumn, addColumnConstraints } from './columns.ts';
import { addConstraint, addIndex, columnTodo, strangeColumns } from './constraints.ts';
import { partNamed, removePart } from './find.ts';
import { type Folding, keepSql, kept, sayName } from './folding.ts';

/** Partitioning with its columns by id. */
export function partitioningOf(folding: Folding, table: MutableTable, given: DdlPartitioning): Writable<Partitioning> {
  const elements = given.elements.map(({ column, expression }) => {
    const found = column === undefined ? undefined : folding.state.column(table, column);
    return found === undefined ? { expression: expression ?? folding.state.quote(column ?? '') } : { column: found.id };
  });
  return copyOf({ ...given, elements }) as Writable<Partitioning>;
}

/** Parameters with later ones in place of earlier ones of the same name. */
export function withParameters(
  before: readonly StorageParameter[] | undefined,
  more: readonly StorageParameter[],
): Writable<StorageParameter>[] {
  const all = new Map((before ?? []).map((one) => [one.name.toUpperCase(), one] as const));
  for (const one of more) all.set(one.name.toUpperCase(), one);
  return [...all.values()].map((one) => ({ ...one }));
}

/** Copies columns, keys, checks and indexes of another table: `CREATE TABLE x LIKE y` of MySQL copies no foreign keys. */
function copyLike(folding: Folding, table: MutableTable, from: MutableTable): void {
  const { state } = folding;
  const ids = new Map<string, string>();
  for (const column of from.columns) {
    const id = state.partId('columns', table, column.name);
    ids.set(column.id, id);
    table.columns.push({ ...copyOf(column), id });
  }
  const to = (id: string) => ids.get(id) ?? id;
  for (const key of from.keys)
    table.keys.push({ ...copyOf(key), id: state.partId('keys', table, key.name ?? key.kind), columns: key.columns.map(to) });
  for (const check of from.checks)
    table.checks.push({ ...copyOf(check), id: state.partId('checks', table, check.name ?? 'check') });
  for (const index of from.indexes) {
    const elements = copyOf(index.elements).map((one) => (one.column === undefined ? one : { ...one, column: to(one.column) }));
    table.indexes.push({ ...copyOf(index), id: state.partId('indexes', table, index.name ?? 'index'), elements });
  }
  if (from.parameters !== undefined) table.parameters = copyOf(from.parameters);
}

/** `CREATE TABLE` */
export function createTable(folding: Folding, ddl: DdlTable): Outcome {
  const { state, outcome } = folding;
  const { id: schema } = state.targetSchema(ddl.name);
  const object = `table ${sayName(folding, ddl.name)}`;
  const known = state.relationIn(schema, ddl.name.name);
  if (known !== undefined) {
    if (ddl.ifNotExists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
    const old = known.kind === 'tables' ? state.get('tables', known.id) : undefined;
    if (ddl.orReplace !== true || old === undefined)
      return failed(`${object} is defined a second time; the first definition is kept`, object);
    removeTable(state, old);
  }
  const table = state.addTable(schema, ddl.name.name);
  Object.assign(outcome, modelled(object, table.id));
  if (ddl.temporary === true) table.persistence = 'temporary';
  if (ddl.like !== undefined) {
    const from = state.table(ddl.like);
    if (from === undefined) note(outcome, `table ${sayName(folding, ddl.like)} is not in the text, so its columns are not known`);
    else copyLike(folding, table, from);
  }
  const doubled = new Set<string>();
  const columns = ddl.columns.filter((column) => {
    if (state.column(table, column.name) === undefined) {
      addColumn(folding, table, column);
      return true;
    }
    doubled.add(column.name);
    return false;
  });
  for (const name of doubled) note(outcome, `column ${name} is defined twice; the first definition is kept`);
  for (const column of columns) addColumnConstraints(folding, table, column);
  for (const constraint of ddl.constraints) addConstraint(folding, table, constraint);
  if (ddl.parameters !== undefined && ddl.parameters.length > 0)
    table.parameters = withParameters(table.parameters, ddl.parameters);
  if (ddl.tablespace !== undefined) table.tablespace = ddl.tablespace;
  if (ddl.comment !== undefined && ddl.comment !== '') table.comment = ddl.comment;
  if (ddl.partitioning !== undefined) table.partitioning = partitioningOf(folding, table, ddl.partitioning);
  Object.assign(table, kept(folding, ddl.residue));
  return outcome;
}

/** `CREATE INDEX` */
export function createIndex(folding: Folding, ddl: DdlCreateIndex): Outcome {
  const { state, outcome } = folding;
  const object = `index ${ddl.index.name ?? ''} on ${sayName(folding, ddl.table)}`.replace('  ', ' ');
  const table = state.table(ddl.table);
  if (table === undefined) return indexElsewhere(folding, ddl, object);
  const known = ddl.index.name === undefined ? undefined : partNamed(folding, table, ddl.index.name);
  // A check may have the name of an index; a key may not.
  const same = known?.list === 'checks' ? undefined : known;
  if (same !== undefined) {
    if (ddl.ifNotExists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
    if (ddl.replace !== true) return failed(`${object} is defined a second time; the first definition is kept`, object);
    if (same.list === 'keys' && TRAITS[folding.dialect].uniqueIndexIsKey !== true) {
      const record = keepSql(folding, 'CREATE INDEX', folding.sql, 'last', table.id);
      return { state: 'verbatim', object, record, reason: 'it makes the index of a key anew: kept as text' };
    }
    removePart(same);
  }
  const strange = strangeColumns(folding, table, ddl.index.elements);
  if (strange.length > 0) return noColumn(folding, table, strange[0] as string, object);
  Object.assign(outcome, modelled(object, table.id));
  outcome.part = addIndex(folding, table, ddl.index);
  if (folding.dialect === 'sqlite') noteBareNames(folding, table, ddl.index);
  return outcome;
}

/** Names of the row's own number. */
const ROWID = /^(?:_rowid_|rowid|oid)$/i;

/** Says of names without quotes in an index of SQLite, which has yet to execute it, that the table has no such column. */
function noteBareNames({ state, sql, outcome, dialect }: Folding, table: MutableTable, { elements, start }: DdlIndex): void {
  const strange = elements.flatMap(({ column }) =>
    column === undefined || ROWID.test(column) || state.column(table, column) !== undefined ? [] : [column],
  );
  if (strange.length === 0) return;
  const words = lexSql(sql, dialect).tokens.filter(({ kind }) => kind === 'word');
  const bare = new Set(words.map(({ text }) => nameKey(text, dialect)));
  for (const column of strange) {
    if (bare.has(nameKey(column, dialect)))
      noteStrange(outcome, column, `table ${table.name} has no column ${column}. ${columnTodo(table, column)}`, start);
  }
}

/** A statement that names a column which its table does not have, with the place where it does. */
function noColumn({ sql, dialect }: Folding, table: MutableTable, column: string, object: string): Outcome {
  const key = nameKey(column, dialect);
  const there = lexSql(sql, dialect).tokens.findLast((token) => nameKey(tokenName(token, dialect), dialect) === key);
  const said = `table ${table.name} has no column ${column}`;
  const outcome = failed(said, object, there?.start);
  noteStrange(outcome, column, `${said}. ${columnTodo(table, column)}`, there?.start);
  return outcome;
}

/** An index on a view (SQL Server, Oracle), or on something that is not in the text. */
function indexElsewhere(folding: Folding, ddl: DdlCreateIndex, object: string): Outcome {
  const view = folding.state.view(ddl.table);
  if (view === undefined)
    return failed(`there is no table ${sayName(folding, ddl.table)} in the text for the index to stand on`, object);
  const record = keepSql(folding, 'CREATE INDEX', folding.sql, 'last', view.id);
  return { state: 'verbatim', object, record, reason: 'an index on a view: kept as text' };
}
