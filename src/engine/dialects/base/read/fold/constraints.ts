import { nearest } from '#lib/edit-distance.ts';
import type { Index, IndexElement, Key } from '#model/table-parts.ts';
import type { Relationship } from '#model/types.ts';
import { note, noteStrange, withResidue } from '../../../postgres/read/outcome.ts';
import type { MutableTable } from '../../../postgres/read/state.ts';
import { copyOf, type Writable } from '../../../postgres/read/writable.ts';
import { nameKey, TRAITS } from '../../traits.ts';
import type { DdlCheck, DdlConstraint, DdlElement, DdlForeignKey, DdlIndex, DdlKey, DdlPlace } from '../ddl.ts';
import { columnIds, type Folding, keepSql, kept, missingColumns, placed } from './folding.ts';
import { giveWay, inventedName, makeIndex } from './made-indexes.ts';
import { nextNumber } from './numbered.ts';

function named(name: string | undefined): { name?: string } {
  return name === undefined ? {} : { name };
}

/** Members of an index; a name that is no column is taken for an expression. */
function elementsOf(folding: Folding, table: MutableTable, elements: readonly DdlElement[]): Writable<IndexElement>[] {
  return elements.map(({ column, expression, ...rest }) => {
    const found = column === undefined ? undefined : folding.state.column(table, column);
    const what = found === undefined ? { expression: expression ?? folding.state.quote(column ?? '') } : { column: found.id };
    return { ...what, ...rest };
  });
}

/** Whether only an index can say it, not a constraint over columns. */
function needsIndex({ dialect }: Folding, { kind, elements, invisible }: DdlKey): boolean {
  const down = TRAITS[dialect].uniqueIndexIsKey === true && elements.some((one) => one.order !== undefined);
  const special = elements.some((one) => one.column === undefined || one.length !== undefined || one.operatorClass !== undefined);
  return kind === 'unique' && (special || down || invisible === true);
}

function addKey(folding: Folding, table: MutableTable, key: DdlKey): void {
  if (needsIndex(folding, key)) {
    const { kind: _, deferral: __, ...rest } = key;
    addIndex(folding, table, { ...rest, kind: 'index', unique: true });
    return;
  }
  const { state, outcome } = folding;
  const name = key.name ?? (key.kind === 'unique' ? inventedName(folding, table, key.elements) : undefined);
  const names = key.elements.map((one) => one.column ?? one.expression ?? '');
  const columns = columnIds(folding, table, names);
  if (columns === undefined) {
    keepClause(folding, table, key, `the ${key.kind} key`, missingColumns(folding, table, names));
    return;
  }
  const primary = table.keys.find((one) => one.kind === 'primary');
  if (key.kind === 'primary' && primary !== undefined) {
    note(outcome, 'the table has a primary key already: this one is left out');
    return;
  }
  const descending = key.elements.flatMap((one, at) => (one.order === 'desc' ? [at] : []));
  const cut = key.elements.some((one) => one.length !== undefined);
  const id = state.partId('keys', table, name ?? `${key.kind} ${names.join(' ')}`);
  const record: Key = {
    id,
    kind: key.kind,
    ...named(name),
    columns,
    ...(key.deferral === undefined ? {} : { deferral: key.deferral }),
    ...(key.clustered === undefined ? {} : { clustered: key.clustered }),
    ...(key.method === undefined ? {} : { method: key.method }),
    ...(descending.length === 0 ? {} : { descending }),
    ...(cut ? { lengths: key.elements.map((one) => one.length ?? null) } : {}),
    ...(key.parameters === undefined || key.parameters.length === 0 ? {} : { parameters: key.parameters }),
    ...(key.tablespace === undefined ? {} : { tablespace: key.tablespace }),
    ...(key.comment === undefined ? {} : { comment: key.comment }),
    ...kept(folding, key.residue),
  };
  giveWay(folding, table, columns);
  table.keys.push(copyOf(record));
  placed(folding, id, key);
  // SQLite lets keys hold NULL unless they are said not to.
  if (key.kind !== 'primary' || folding.dialect === 'sqlite') return;
  for (const column of table.columns) if (columns.includes(column.id)) column.nullable = false;
}

/** What to do about a column that a table does not have. */
export function columnTodo(table: MutableTable, name: string): string {
  const names = table.columns.map((one) => one.name);
  const [like] = nearest(name, names, 1);
  return like === undefined ? 'Add the column, or correct the name.' : `Did you mean ${like}?`;
}

/** Says of a clause that is kept as text which of its columns are missing, at each of their names. */
function noteMissing(folding: Folding, table: MutableTable, at: DdlPlace, what: string, missing: readonly string[]): void {
  const { outcome } = folding;
  withResidue(outcome, `${what} names ${missing.join(', ')}, which the table does not have: it is kept as text`);
  for (const name of missing) {
    const todo = columnTodo(table, name);
    noteStrange(
      outcome,
      name,
      `${what} names ${name}, a column that table ${table.name} does not have: it is kept as text. ${todo}`,
      at.start,
    );
  }
}

/** Keeps as text what names columns that the table does not have. @param what it is, for the message. */
function keepClause(folding: Folding, table: MutableTable, place: DdlPlace, what: string, missing: readonly string[]): void {
  const { state, sql } = folding;
  noteMissing(folding, table, place, what, missing);
  const clause = sql.slice(place.start, place.end);
  keepSql(folding, 'ALTER TABLE', `ALTER TABLE ${state.sqlName(table.schema, table.name)} ADD ${clause}`, 'last', table.id);
}

/** Columns that a table of objects or a nested table has by itself. */
const OWN_COLUMN = /^(?:\$|(?:NESTED_TABLE_ID|OBJECT_ID|OBJECT_VALUE|ROWID)$)/i;

/**
 * Names in an index of which the table has no column, where its columns are known. None in SQLite, which has executed the
 * statement: there a name in quotes that is no column is a text.
 */
export function strangeColumns({ state, dialect }: Folding, table: MutableTable, elements: readonly DdlElement[]): string[] {
  if (table.columns.length === 0 || dialect === 'sqlite') return [];
  return elements.flatMap(({ column }) =>
    column === undefined || OWN_COLUMN.test(column) || state.column(table, column) !== undefined ? [] : [column],
  );
}

/** Adds an index, or the key that it is where the dialect tells no difference. @returns its id. */
export function addIndex(folding: Folding, table: MutableTable, index: DdlIndex): string {
  const { start, end, kind: _, include, residue, elements, parameters, ...rest } = index;
  const name = index.name ?? inventedName(folding, table, elements);
  const id = folding.state.partId('indexes', table, name ?? `index ${table.indexes.length + 1}`);
  const included = include === undefined ? undefined : columnIds(folding, table, include);
  const { unique, ...others } = rest;
  const made: Writable<Index> = {
    id,
    ...copyOf(others),
    ...named(name),
    ...(unique === true ? { unique } : {}),
    elements: elementsOf(folding, table, elements),
    ...(included === undefined || included.length === 0 ? {} : { include: included }),
    ...(parameters === undefined || parameters.length === 0 ? {} : { parameters: copyOf(parameters) }),
    ...kept(folding, residue),
  };
  giveWay(
    folding,
    table,
    made.elements.map((one) => (one.length === undefined ? one.column : undefined)),
  );
  table.indexes.push(made);
  settleUnique(folding, table, made);
  placed(folding, id, { start, end });
  return id;
}

/** The key that a unique index is when it holds nothing but whole columns, ascending, and the planner uses it. */
function asKey(index: Index): Key | undefined {
  const { id, name, elements, method, comment, residue, unique, invisible, where, include, parameters, tablespace } = index;
  const special = where !== undefined || include !== undefined || invisible === true || unique !== true;
  const columns = elements.flatMap(({ column, ...more }) =>
    column !== undefined && Object.keys(more).length === 0 ? [column] : [],
  );
  if (special || columns.length < elements.length || new Set(columns).size < columns.length) return undefined;
  return {
    id,
    kind: 'unique',
    ...named(name),
    columns,
    ...(method === undefined ? {} : { method }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(tablespace === undefined ? {} : { tablespace }),
    ...(comment === undefined ? {} : { comment }),
    ...(residue === undefined ? {} : { residue }),
  };
}

/** Makes a unique index the key that it is, in dialects that tell no difference. */
export function settleUnique({ dialect }: Folding, table: MutableTable, index: Writable<Index>): void {
  const key = TRAITS[dialect].uniqueIndexIsKey === true ? asKey(index as Index) : undefined;
  if (key === undefined) return;
  table.indexes = table.indexes.filter((one) => one !== index);
  table.keys.push(copyOf(key));
}

/** Says whether the planner uses an index, or a unique key by its index. @returns false when the table has none of the name. */
export function alterIndex(folding: Folding, table: MutableTable, name: string, invisible: boolean): boolean {
  const isIt = (one: { readonly name?: string | undefined }) =>
    one.name !== undefined && nameKey(one.name, folding.dialect) === nameKey(name, folding.dialect);
  const key = table.keys.find((one) => one.kind === 'unique' && isIt(one));
  if (key !== undefined) {
    if (!invisible) return true;
    const { kind: _, columns, descending: __, lengths: ___, deferral: ____, ...rest } = key;
    table.keys = table.keys.filter((one) => one !== key);
    table.indexes.push({ ...rest, unique: true, elements: columns.map((column) => ({ column })), invisible });
    return true;
  }
  const index = table.indexes.find(isIt);
  if (index === undefined) return false;
  if (invisible) index.invisible = true;
  else delete index.invisible;
  settleUnique(folding, table, index);
  return true;
}

function clauseOf({ state }: Folding, key: DdlForeignKey): string {
  const list = (names: readonly string[]) => names.map((name) => state.quote(name)).join(', ');
  const { schema, name } = key.parent;
  const parent = `${schema === undefined ? '' : `${state.quote(schema)}.`}${state.quote(name)}`;
  return [
    key.name === undefined ? '' : `CONSTRAINT ${state.quote(key.name)} `,
    `FOREIGN KEY (${list(key.columns)}) REFERENCES ${parent}`,
    key.parentColumns.length === 0 ? '' : ` (${list(key.parentColumns)})`,
    key.onDelete === undefined ? '' : ` ON DELETE ${key.onDelete.toUpperCase()}`,
    key.onUpdate === undefined ? '' : ` ON UPDATE ${key.onUpdate.toUpperCase()}`,
    key.deferral === undefined ? '' : ` ${key.deferral === 'deferrable' ? 'DEFERRABLE' : 'DEFERRABLE INITIALLY DEFERRED'}`,
  ].join('');
}

/** Where a foreign key says its parent. */
function referencesAt({ sql }: Folding, { start, end }: DdlForeignKey): number {
  const at = /\breferences\b/i.exec(sql.slice(start, end))?.index;
  return start + (at ?? 0);
}

/** Adds a foreign key; its parent may come later in the text. @param alone it is a statement of its own. */
function addForeignKey(folding: Folding, table: MutableTable, key: DdlForeignKey, alone: boolean): void {
  const { state, outcome } = folding;
  const columns = columnIds(folding, table, key.columns);
  if (columns === undefined) {
    noteMissing(folding, table, key, 'the foreign key', missingColumns(folding, table, key.columns));
    keepSql(
      folding,
      'ALTER TABLE',
      `ALTER TABLE ${state.sqlName(table.schema, table.name)} ADD ${clauseOf(folding, key)}`,
      'last',
      table.id,
    );
    return;
  }
  giveWay(folding, table, columns);
  const own = key.name ?? nextNumber(folding, table, 'foreign');
  const id = state.recordId('relationships', `${state.hint(table.schema, table.name)} ${own ?? key.columns.join(' ')}`);
  const record: Relationship = {
    id,
    ...named(own),
    child: table.id,
    parent: '',
    childColumns: columns,
    parentColumns: [],
    ...(key.onDelete === undefined ? {} : { onDelete: key.onDelete }),
    ...(key.onUpdate === undefined ? {} : { onUpdate: key.onUpdate }),
    ...(key.match === undefined ? {} : { match: key.match }),
    ...(key.deferral === undefined ? {} : { deferral: key.deferral }),
    ...(key.notValid === true ? { notValid: true } : {}),
    ...(key.notEnforced === true ? { notEnforced: true } : {}),
    ...kept(folding, key.residue),
  };
  if (key.name === undefined && own !== undefined) makeIndex(folding, table, { ...record, name: undefined });
  state.records.relationships.set(id, copyOf(record));
  if (key.notEnforced === true && folding.dialect === 'mysql')
    note(outcome, `MySQL makes no foreign key of REFERENCES in a column: that to ${key.parent.name} comes in as not enforced`);
  placed(folding, id, key);
  const home = state.schemaName(table.schema);
  const { schema, name } = key.parent;
  state.pending.push({
    relationship: id,
    child: table.id,
    parents: schema === undefined ? [{ schema: home, name }, ...state.candidates({ name })] : [{ schema, name }],
    parentText: schema === undefined ? name : `${schema}.${name}`,
    columns: key.parentColumns,
    from: referencesAt(folding, key),
    outcome,
    clause: clauseOf(folding, key),
    alone,
  });
}

function addCheck(folding: Folding, table: MutableTable, check: DdlCheck): void {
  const name = check.name ?? nextNumber(folding, table, 'check');
  const id = folding.state.partId('checks', table, name ?? `check ${table.checks.length + 1}`);
  table.checks.push({
    id,
    ...named(name),
    expression: check.expression,
    ...(check.notValid === true ? { notValid: true } : {}),
    ...(check.notEnforced === true ? { notEnforced: true } : {}),
    ...kept(folding, check.residue),
  });
  placed(folding, id, check);
}

/** Adds a constraint or index to a table. @param alone it is the only thing its statement does. */
export function addConstraint(folding: Folding, table: MutableTable, constraint: DdlConstraint, alone = false): void {
  switch (constraint.kind) {
    case 'primary':
    case 'unique':
      addKey(folding, table, constraint);
      return;
    case 'foreign':
      addForeignKey(folding, table, constraint, alone);
      return;
    case 'check':
      addCheck(folding, table, constraint);
      return;
    case 'index': {
      const strange = strangeColumns(folding, table, constraint.elements);
      if (strange.length > 0) keepClause(folding, table, constraint, 'the index', strange);
      else addIndex(folding, table, constraint);
    }
  }
}
