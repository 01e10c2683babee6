import type { ColumnType } from '#model/column-types.ts';
import { noteStrange, withResidue } from './outcome.ts';
import type { MutableTable, PendingKey, ReadState } from './state.ts';
import type { Writable } from './writable.ts';

/** Keeps a foreign key whose parent was never found as text, and says so. @param inline it can only stand in its table. */
function keepUnresolved(state: ReadState, pending: PendingKey, inline: boolean): void {
  const child = state.get('tables', pending.child);
  const relationship = state.get('relationships', pending.relationship);
  if (child === undefined || relationship === undefined) return;
  state.records.relationships.delete(relationship.id);
  const columns = pending.columns.length === 0 ? 'a primary key' : `columns ${pending.columns.join(', ')}`;
  const reason =
    relationship.parent === ''
      ? `its foreign key references table ${pending.parentText}, which is not in the text`
      : `its foreign key references ${columns} that table ${pending.parentText} does not have`;
  const missing = relationship.parent === '' ? pending.parentText.split('.') : pending.columns;
  const todo = relationship.parent === '' ? 'Add the table' : 'Add them';
  noteStrange(pending.outcome, missing.at(-1) ?? '', `${reason}; kept as text. ${todo}, or correct the name.`, pending.from);
  if (inline) {
    child.residue = [...(child.residue ?? []), pending.clause];
    withResidue(pending.outcome, `${reason}; kept as text`);
    return;
  }
  const sql = `ALTER TABLE ${state.sqlName(child.schema, child.name)} ADD ${pending.clause}`;
  const id = state.recordId('verbatim', sql);
  state.records.verbatim.set(id, { id, kind: 'ALTER TABLE', sql, about: child.id, place: 'last', order: state.nextOrder() });
  if (pending.alone) {
    pending.outcome.state = 'verbatim';
    pending.outcome.record = id;
    pending.outcome.reason = `${reason}; kept as text`;
  } else withResidue(pending.outcome, `${reason}; kept as text`);
}

/** Types named before the text defined them. */
function resolveType(state: ReadState, type: Writable<ColumnType>): Writable<ColumnType> {
  if (type.kind !== 'other') return type;
  const id = state.typeId(type.schema === undefined ? { name: type.name } : { schema: type.schema, name: type.name });
  if (id === undefined) return type;
  return { kind: 'custom', type: id, ...(type.dims === undefined ? {} : { dims: type.dims }) };
}

function dropDanglingColumns(state: ReadState, table: MutableTable): void {
  const known = (id: string) => state.columnById(table, id) !== undefined;
  table.keys = table.keys.filter((key) => key.columns.every(known));
}

/**
 * What can only be settled when the whole text is read: foreign keys to later tables, types of later statements.
 * @param inline constraints stand in their tables only.
 */
export function finish(state: ReadState, inline = false): void {
  state.pending.forEach((pending, at) => {
    if (!state.resolve(at)) keepUnresolved(state, pending, inline);
  });
  const { records } = state;
  const held = Object.values(records).map((map) => map as ReadonlyMap<string, unknown>);
  for (const raw of records.verbatim.values())
    if (raw.about !== undefined && !held.some((map) => map.has(raw.about ?? ''))) delete raw.about;
  for (const table of state.records.tables.values()) {
    for (const column of table.columns) column.type = resolveType(state, column.type);
    dropDanglingColumns(state, table);
  }
}
