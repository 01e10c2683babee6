import type { Id, View } from '#model/types.ts';
import { checkedColumns, checkNames, elementNames, integerOfSerial, Namer, notNullName } from '../invented.ts';
import { inventedName } from '../names.ts';
import { literal } from '../quote.ts';
import { indexNameOf } from './lookup.ts';
import type { MutableTable, ReadState } from './state.ts';
import { isSerialType } from './types.ts';
import type { Writable } from './writable.ts';

function nameOfColumn(state: ReadState, table: MutableTable, id: Id): string {
  return state.columnById(table, id)?.name ?? 'expr';
}

/** A serial column becomes what it stands for, with its sequence as a record, so that the sequence keeps its name. */
function spellSerial(state: ReadState, table: MutableTable, column: MutableTable['columns'][number], integer: string): void {
  const name = inventedName(table.name, [column.name], 'seq');
  const id = state.recordId('sequences', state.hint(table.schema, name));
  const type = integer === 'bigint' ? {} : { type: integer as 'integer' | 'smallint' };
  state.records.sequences.set(id, {
    id,
    schema: table.schema,
    name,
    options: type,
    ownedBy: { table: table.id, column: column.id },
  });
  state.register(table.schema, name, { kind: 'sequences', id });
  column.type = { kind: 'builtin', name: integer };
  column.nullable = false;
  column.default = { kind: 'expression', sql: `nextval(${literal(state.sqlName(table.schema, name))}::regclass)` };
}

/** {@link spellSerial} for a column that is serial, before its type or default changes. */
export function spellOut(state: ReadState, table: MutableTable, column: MutableTable['columns'][number]): void {
  const integer = integerOfSerial(column.type);
  if (integer !== undefined) spellSerial(state, table, column, integer);
}

function keepColumn(state: ReadState, table: MutableTable, column: MutableTable['columns'][number]): void {
  if (!column.nullable || isSerialType(column.type)) column.notNullName = notNullName(table.name, column);
  spellOut(state, table, column);
  if (column.identity !== undefined) column.identity.sequenceName ??= inventedName(table.name, [column.name], 'seq');
}

/**
 * Gives parts without a name the one PostgreSQL has invented for them, before their table or a column of it is renamed.
 * @param only the column that is renamed; absent: the table is.
 */
export function keepInventedNames(state: ReadState, table: MutableTable, only?: Id): void {
  const concerns = (ids: readonly (Id | undefined)[]) => only === undefined || ids.includes(only);
  const checks = checkNames(table);
  for (const check of table.checks) {
    if (!concerns(checkedColumns(table, check.expression).map((column) => column.id))) continue;
    check.name = checks.get(check.id) ?? inventedName(table.name, [], 'check');
  }
  const names = [...table.keys, ...table.exclusions, ...table.indexes, ...state.relationshipsOf(table.id)].map((one) => one.name);
  const namer = new Namer(names);
  for (const key of table.keys) {
    if (key.name !== undefined || (key.kind === 'primary' ? only !== undefined : !concerns(key.columns))) continue;
    const columns = key.kind === 'primary' ? [] : key.columns.map((id) => nameOfColumn(state, table, id));
    key.name = namer.next(table.name, columns, key.kind === 'primary' ? 'pkey' : 'key');
  }
  for (const exclusion of table.exclusions) {
    const ids = exclusion.elements.map((element) => element.column);
    if (exclusion.name !== undefined || !concerns(ids)) continue;
    const columns = elementNames(exclusion.elements, (id) => nameOfColumn(state, table, id));
    exclusion.name = namer.next(table.name, columns, 'excl');
  }
  for (const link of state.relationshipsOf(table.id)) {
    if (link.name !== undefined || !concerns(link.childColumns)) continue;
    const columns = link.childColumns.map((id) => nameOfColumn(state, table, id));
    link.name = namer.next(table.name, columns, 'fkey');
  }
  keepIndexNames(state, table, only);
  for (const column of table.columns) if (concerns([column.id])) keepColumn(state, table, column);
}

/** The same for the indexes of a table or materialized view. */
export function keepIndexNames(state: ReadState, owner: MutableTable | Writable<View>, only?: Id): void {
  const namer = new Namer(owner.indexes.map((index) => index.name));
  for (const index of owner.indexes) {
    if (index.name !== undefined) continue;
    const name = namer.number(indexNameOf(state, owner, index));
    if (only === undefined || index.elements.some((element) => element.column === only)) index.name = name;
  }
}
