import type { Column, ColumnType } from '#model/column-types.ts';
import { noteStrange } from '../../../postgres/read/outcome.ts';
import type { MutableTable } from '../../../postgres/read/state.ts';
import { copyOf, type Writable } from '../../../postgres/read/writable.ts';
import { reservedHint } from '../../hints.ts';
import { TRAITS } from '../../traits.ts';
import { strangeType } from '../../type-words.ts';
import type { DdlColumn, DdlPosition } from '../ddl.ts';
import { addConstraint } from './constraints.ts';
import { type Folding, kept, placed, typeOf } from './folding.ts';

/** Whether a type of the schema says NOT NULL for the columns that have it. */
function isNotNull({ state, dialect }: Folding, type: ColumnType): boolean {
  if (type.kind !== 'custom' || !TRAITS[dialect].typesSayNull) return false;
  const made = state.get('types', type.type);
  return made?.kind === 'domain' && made.notNull === true;
}

/** The record of a column's definition, its constraints aside. */
function recordOf(folding: Folding, column: DdlColumn, id: string): Writable<Column> {
  const { default: given, identity, generated } = column;
  const type = typeOf(folding, column.type);
  const [bare = ''] = /^\w+/.exec(folding.sql.slice(column.start, column.start + 20)) ?? [];
  const reserved = reservedHint(bare, folding.dialect);
  if (reserved !== undefined) noteStrange(folding.outcome, column.name, reserved, column.start);
  const strange = strangeType(folding.dialect, type);
  if (strange !== undefined) noteStrange(folding.outcome, strange.word, strange.message, column.start);
  return {
    id,
    name: column.name,
    type,
    nullable: column.nullable ?? !isNotNull(folding, type),
    ...(column.notNullName === undefined ? {} : { notNullName: column.notNullName }),
    ...(given === undefined ? {} : { default: copyOf(given) }),
    ...(column.defaultName === undefined ? {} : { defaultName: column.defaultName }),
    ...(column.onUpdate === undefined ? {} : { onUpdate: column.onUpdate }),
    ...(identity === undefined ? {} : { identity: copyOf(identity) }),
    ...(generated === undefined ? {} : { generated: copyOf(generated) }),
    ...(column.collation === undefined ? {} : { collation: column.collation }),
    ...(column.charset === undefined ? {} : { charset: column.charset }),
    ...(column.invisible === true ? { invisible: true } : {}),
    ...(column.comment === undefined || column.comment === '' ? {} : { comment: column.comment }),
    ...kept(folding, column.residue),
  };
}

/** Puts a column where it goes: last, first, or after another. */
function insert(folding: Folding, table: MutableTable, column: Writable<Column>, position: DdlPosition | undefined): void {
  if (position === undefined) table.columns.push(column);
  else if ('first' in position) table.columns.unshift(column);
  else {
    const after = folding.state.column(table, position.after)?.id;
    const at = table.columns.findIndex((one) => one.id === after);
    table.columns.splice(at < 0 ? table.columns.length : at + 1, 0, column);
  }
}

/** Adds a column. Its constraints come when all columns are there: {@link addColumnConstraints}. */
export function addColumn(folding: Folding, table: MutableTable, column: DdlColumn, position?: DdlPosition): Writable<Column> {
  const record = recordOf(folding, column, folding.state.partId('columns', table, column.name));
  insert(folding, table, record, position);
  placed(folding, record.id, column);
  return record;
}

export function addColumnConstraints(folding: Folding, table: MutableTable, column: DdlColumn): void {
  for (const constraint of column.constraints ?? []) addConstraint(folding, table, constraint);
}

/** Replaces a column's definition; what the new one does not say is gone, the id and everything by id stays. */
export function changeColumn(
  folding: Folding,
  table: MutableTable,
  old: Writable<Column>,
  column: DdlColumn,
  position?: DdlPosition,
): void {
  const next = recordOf(folding, column, old.id);
  const inKey = table.keys.some((key) => key.kind === 'primary' && key.columns.includes(old.id));
  if (inKey) next.nullable = false;
  const at = table.columns.indexOf(old);
  table.columns[at] = next;
  placed(folding, next.id, column);
  if (position === undefined) return;
  table.columns.splice(at, 1);
  insert(folding, table, next, position);
}
